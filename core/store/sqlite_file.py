"""The file a SQLite database lives in: told apart from other files, made whole or not at all, migrated."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import text
from sqlalchemy.exc import StatementError

from core.errors import UnusableDatabase
from core.store.clock import Clock
from core.store.constraints import FaultKind, named_error
from core.store.migrate import SCRIPTS, newest_revision, refuse_newer, revision_of, upgrade
from core.store.sqlite import connect, drop_guards, fault_of, make_engine, make_guards

APPLICATION_ID = 0x53424153
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_UNCHANGED = "It was not opened or changed; choose another place, or put the right file there."


def path_of(location: str | Path) -> Path | None:
    """The absolute path of a file that was named by path or `sqlite:///` URL; `None` for another URL."""
    words = str(location)
    if isinstance(location, Path) or "://" not in words:
        return Path(location).absolute()
    scheme, _, rest = words.partition("://")
    if scheme != "sqlite":
        return None
    path = Path(unquote(rest.removeprefix("/")))
    if not path.is_absolute():
        raise UnusableDatabase(
            f"{words} names no absolute path; sqlite:////folder/file.db (four strokes) is taken. Nothing was opened."
        )
    return path


def prepare(path: Path, clock: Clock, *, scripts: Path = SCRIPTS) -> Path | None:
    """Make the file if nothing is there, migrate an older one, refuse what is not ours.

    Returns the verified copy that was taken before a migration, or `None` when none was needed.
    """
    try:
        if not os.path.lexists(path):
            _refuse_orphan(path)
            make(path, scripts=scripts)
        refuse_foreign(path)
        return _bring_up_to_date(path, clock, scripts)
    except (sqlite3.Error, StatementError) as error:
        problem = _unusable(path, error)
    except OSError as error:
        problem = UnusableDatabase(
            f"{path} cannot be made or read: {error.strerror}. Nothing was changed; choose a folder that you may "
            "write to."
        )
    raise problem


def refuse_foreign(path: Path) -> None:
    """Raise `UnusableDatabase` unless `path` holds a whole SQLite file with our mark in its header."""
    if not path.exists():
        raise UnusableDatabase(f"{path} is a link that leads nowhere. {_UNCHANGED}")
    if path.is_dir():
        raise UnusableDatabase(f"{path} is a folder, where a database file was expected. {_UNCHANGED}")
    size = path.stat().st_size
    if size == 0:
        raise UnusableDatabase(f"{path} is empty (0 bytes), where a database was expected. {_UNCHANGED}")
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header.startswith(_MAGIC):
        raise UnusableDatabase(f"{path} is not a database file, or its beginning is damaged. {_UNCHANGED}")
    if len(header) < _HEADER_BYTES or (size < _size_by(header) and not _has_log(path)):
        raise UnusableDatabase(f"{path} is cut short: part of the database is missing. {_UNCHANGED}")
    if _number(header, 68) != APPLICATION_ID:
        raise UnusableDatabase(f"{path} is a database of another program. {_UNCHANGED}")


def _size_by(header: bytes) -> int:
    """The size in bytes that the header speaks of; 0 where it does not say."""
    page = int.from_bytes(header[16:18], "big")
    if _number(header, 24) != _number(header, 92):
        return 0
    return (65_536 if page == 1 else page) * _number(header, 28)


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big")


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _has_log(path: Path) -> bool:
    log = _log_of(path)
    return log.exists() and log.stat().st_size > 0


def _refuse_orphan(path: Path) -> None:
    if _has_log(path):
        raise UnusableDatabase(
            f"{path} is missing, but {_log_of(path).name} beside it holds part of it. No new database was made; put "
            "the file back, or move what is left of it away."
        )


def make(path: Path, *, scripts: Path = SCRIPTS) -> None:
    """Build the database beside its place and put it there whole, so that no half-made file is ever found."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    draft = path.with_name(f"{path.name}.making-{os.getpid()}")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        connection = connect(draft)
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
        _migrate(draft, scripts)
        _put(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _put(draft: Path, path: Path) -> None:
    """Give the finished file its name, without taking the place of one that another process just made."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.rename(path)


def _bring_up_to_date(path: Path, clock: Clock, scripts: Path) -> Path | None:
    connection = connect(path)
    try:
        connection.execute("BEGIN IMMEDIATE")  # a folder or file that cannot be written shows itself here
        connection.execute("ROLLBACK")
        connection.execute("PRAGMA journal_mode=WAL")
        revision = _revision(path)
        refuse_newer(revision, str(path), scripts)
        if revision == newest_revision(scripts):
            return None
        copy = take_copy(connection, path, label=f"before-{newest_revision(scripts)}-{clock.now():%Y%m%dT%H%M%S}")
    finally:
        connection.close()
    _migrate(path, scripts)
    return copy


def _revision(path: Path) -> str | None:
    engine = make_engine(path, begin="BEGIN DEFERRED", read_only=True)
    with engine.connect() as connection:
        revision = revision_of(connection)
    engine.dispose()
    return revision


def take_copy(connection: sqlite3.Connection, path: Path, *, label: str) -> Path:
    """A copy of the open database beside it, whole and checked, named with `label`."""
    copy = path.with_name(f"{path.stem}.{label}{path.suffix}")
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    target = connect(copy)
    try:
        connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise UnusableDatabase(
                f"The copy of {path} that is taken before its tables are changed did not pass its check. "
                "Nothing was changed; the database itself may be damaged, so go back to a copy that is sound."
            )
    finally:
        target.close()
    return copy


def _migrate(path: Path, scripts: Path, to: str = "head") -> None:
    """Migrate on a connection of its own with foreign keys off: rebuilding a table would delete its children."""
    engine = make_engine(path, begin="BEGIN IMMEDIATE", foreign_keys=False)
    try:
        with engine.begin() as connection:
            refuse_newer(revision_of(connection), str(path), scripts)
            upgrade(connection, drop_guards=drop_guards, make_guards=make_guards, scripts=scripts, to=to)
            if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                raise UnusableDatabase(
                    f"{path} holds records that belong to nothing, so its tables were not brought up to date. "
                    "Nothing was changed; go back to a copy that is sound."
                )
    finally:
        engine.dispose()


def _unusable(path: Path, error: sqlite3.Error | StatementError) -> Exception:
    cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    fault = fault_of(cause)
    if fault.kind is FaultKind.BUSY:
        return named_error(fault)
    if fault.kind is FaultKind.READ_ONLY:
        return UnusableDatabase(
            f"{path} can be read but not written to. Nothing was changed; choose a folder that you may write to."
        )
    return UnusableDatabase(f"{path} cannot be used as a database ({fault.kind.value}). {_UNCHANGED}")
