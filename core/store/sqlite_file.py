"""The file a SQLite database lives in: told apart from other files, made whole or not at all, migrated."""

import os
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import text
from sqlalchemy.exc import StatementError

from core.errors import UnusableDatabase
from core.store.cipher import DRIVER_ERRORS, damaged_places
from core.store.clock import Clock
from core.store.constraints import FaultKind, named_error
from core.store.data_key import DataKey
from core.store.file_check import APPLICATION_ID, cannot_open, damaged, refuse_foreign, refuse_orphan
from core.store.free_space import give_up_reserve, refuse_without_room
from core.store.migrate import SCRIPTS, newest_revision, refuse_newer, revision_of, upgrade
from core.store.sqlite import connect, drop_guards, fault_of, make_engine, make_guards
from core.store.whole_files import discard_database


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


def prepare(path: Path, clock: Clock, *, scripts: Path = SCRIPTS, key: DataKey | None = None) -> Path | None:
    """Make the file if nothing is there, migrate an older one, refuse what is not ours; encrypted where `key` is given.

    Returns the verified copy that was taken before a migration, or `None` when none was needed.
    """
    give_up_reserve(path.parent)
    try:
        if not os.path.lexists(path):
            refuse_orphan(path)
            make(path, scripts=scripts, key=key)
        refuse_foreign(path, key)
        return _bring_up_to_date(path, clock, scripts, key)
    except (*DRIVER_ERRORS, StatementError) as error:
        problem = _unusable(path, error, key)
    except OSError as error:
        problem = _not_made(path, error)
    raise problem


def make(path: Path, *, scripts: Path = SCRIPTS, key: DataKey | None = None) -> None:
    """Build the database beside its place and put it there whole, so that no half-made file is ever found."""
    make_folder(path)
    draft = path.with_name(f"{path.name}.making-{os.getpid()}")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(connect(draft, key=key)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute("PRAGMA journal_mode=WAL")
        _migrate(draft, scripts, key)
        put(draft, path)
    finally:
        discard_database(draft)


def make_folder(path: Path) -> None:
    """Make the folder of `path` where there is none, for its owner alone."""
    if path.parent.exists():
        return
    try:
        path.parent.mkdir(parents=True, mode=0o700)
    except OSError as error:
        problem = _not_made(path, error)
    else:
        return
    raise problem


def _not_made(path: Path, error: OSError) -> UnusableDatabase:
    return UnusableDatabase(
        f"{path} cannot be made or read: {error.strerror}. Nothing was changed; choose a folder that you may write to."
    )


def put(draft: Path, path: Path) -> None:
    """Give the finished file its name, without taking the place of one that another process just made."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.rename(path)


def _bring_up_to_date(path: Path, clock: Clock, scripts: Path, key: DataKey | None) -> Path | None:
    connection = connect(path, key=key)
    try:
        _refuse_unwritable(connection)
        connection.execute("PRAGMA journal_mode=WAL")
        revision = revision_in(path, key)
        refuse_newer(revision, str(path), scripts)
        if revision == newest_revision(scripts):
            return None
        refuse_without_room(path, times=3)  # the copy, and the log of a change of every table
        label = f"before-{newest_revision(scripts)}-{clock.now():%Y%m%dT%H%M%S}"
        copy = take_copy(connection, path, label=label, key=key)
    finally:
        connection.close()
    _migrate(path, scripts, key)
    return copy


def _refuse_unwritable(connection: sqlite3.Connection) -> None:
    """Write something and take it back: a folder or file that cannot be written shows itself in no other way."""
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute(f"PRAGMA user_version={version}")
    connection.execute("ROLLBACK")


def revision_in(path: Path, key: DataKey | None) -> str | None:
    """The revision of the tables in a file; `None` where there are none of ours."""
    engine = make_engine(path, begin="BEGIN DEFERRED", key=key, read_only=True)
    with engine.connect() as connection:
        revision = revision_of(connection)
    engine.dispose()
    return revision


def take_copy(connection: sqlite3.Connection, path: Path, *, label: str, key: DataKey | None = None) -> Path:
    """A copy of the open database beside it, whole and checked, named with `label`; under the same key, if any."""
    copy = path.with_name(f"{path.stem}.{label}{path.suffix}")
    copy_into(connection, copy, key)
    if not _is_whole(copy, key):
        discard_database(copy)
        raise UnusableDatabase(
            f"The copy of {path} that is taken before its tables are changed did not pass its check. "
            "Nothing was changed; the database itself may be damaged, so go back to a copy that is sound."
        )
    return copy


def copy_into(connection: sqlite3.Connection, copy: Path, key: DataKey | None) -> None:
    """Copy the open database into the new file `copy`, to be read by its owner alone; a copy cut short is removed."""
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with ExitStack() as undo:
        undo.callback(discard_database, copy)
        with closing(connect(copy, key=key)) as target:
            connection.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
        undo.pop_all()


def _is_whole(copy: Path, key: DataKey | None) -> bool:
    connection = connect(copy, key=key)
    try:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",) and not damaged_places(copy, key)
    finally:
        connection.close()


def _migrate(path: Path, scripts: Path, key: DataKey | None) -> None:
    """Migrate on a connection of its own with foreign keys off: rebuilding a table would delete its children."""
    engine = make_engine(path, begin="BEGIN IMMEDIATE", key=key, foreign_keys=False)
    try:
        with engine.begin() as connection:
            refuse_newer(revision_of(connection), str(path), scripts)
            upgrade(connection, drop_guards=drop_guards, make_guards=make_guards, scripts=scripts)
            if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
                raise UnusableDatabase(
                    f"{path} holds records that belong to nothing, so its tables were not brought up to date. "
                    "Nothing was changed; go back to a copy that is sound."
                )
    finally:
        engine.dispose()


def _unusable(path: Path, error: BaseException, key: DataKey | None) -> Exception:
    cause = error.orig if isinstance(error, StatementError) and error.orig is not None else error
    fault = fault_of(cause)
    if fault.kind is FaultKind.BUSY:
        return named_error(fault)
    if key is not None and fault.kind is FaultKind.DAMAGED:
        return damaged(path, damaged_places(path, key))
    return cannot_open(path, fault)
