"""What a file is, told by looking at it: a database of ours or one of several other things, each with its sentence."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from core.errors import BusyDatabase, DamagedDatabase, UnusableDatabase, WrongKey
from core.store.cipher import DRIVER_ERRORS, PAGE_BYTES, begins_with_mark, connect_without_log, damaged_places
from core.store.constraints import Fault, FaultKind, named_error
from core.store.data_key import MARK_BYTES, DataKey
from core.store.key_file import SUFFIX, key_path_of, mark_of
from core.store.sqlite import connect, fault_of

APPLICATION_ID = 0x53424153
UNCHANGED = "It was not opened or changed; choose another place, or put the right file there."
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_MOST_NAMED = 5
_MALFORMED = "database disk image is malformed"


def refuse_foreign(path: Path, key: DataKey | None = None) -> None:
    """Raise unless `path` holds a whole database of ours: a plain one, or one that `key` opens.

    `WrongKey` and `DamagedDatabase` tell apart what SQLite has one answer for; all else is `UnusableDatabase`.
    """
    if not os.path.lexists(path):
        raise UnusableDatabase(f"{path} is missing, where a database was expected. Nothing was opened.")
    if not path.exists():
        raise UnusableDatabase(f"{path} is a link that leads nowhere. {UNCHANGED}")
    if path.is_dir():
        raise UnusableDatabase(f"{path} is a folder, where a database file was expected. {UNCHANGED}")
    if path.stat().st_size == 0:
        raise UnusableDatabase(f"{path} is empty (0 bytes), where a database was expected. {UNCHANGED}")
    if key is None:
        _refuse_foreign_plain(path)
    else:
        _refuse_foreign_encrypted(path, key)


def is_readable(path: Path) -> bool:
    """Whether the file begins as a database that is not encrypted."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def is_encrypted(path: Path) -> bool:
    """Whether the file begins as a database that belongs to one of the key files beside it; opens nothing."""
    marks = [mark_of(each) for each in path.parent.glob(f"*{SUFFIX}")]
    return any(mark is not None and begins_with_mark(path, mark) for mark in marks)


def _refuse_foreign_plain(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header.startswith(_MAGIC):
        if mark_of(key_path_of(path)) == header[:MARK_BYTES]:
            raise WrongKey(f"{path} is encrypted, and no key was given. It was not opened or changed; sign in first.")
        raise UnusableDatabase(f"{path} is not a database file, or its beginning is damaged. {UNCHANGED}")
    if len(header) < _HEADER_BYTES or (path.stat().st_size < _size_by(header) and not _has_log(path)):
        raise UnusableDatabase(f"{path} is cut short: part of the database is missing. {UNCHANGED}")
    if _number(header, 68) != APPLICATION_ID:
        raise UnusableDatabase(f"{path} is a database of another program. {UNCHANGED}")


def _refuse_foreign_encrypted(path: Path, key: DataKey) -> None:
    if is_readable(path):
        raise UnusableDatabase(
            f"{path} is not encrypted, where an encrypted database was expected. It was not opened or changed; "
            "encrypt it first, or put the right file there."
        )
    has_log = _has_log(path)
    try:
        found = _application_id(path, key, leave_log=has_log)
    except DRIVER_ERRORS as error:
        problem = (_foreign_log(path, key) if has_log else None) or _why_not(path, key, error)
    else:
        if found != APPLICATION_ID:
            raise UnusableDatabase(f"{path} is a database of another program. {UNCHANGED}")
        failing = _ends_that_fail(path, key)
        if not failing:
            return
        problem = damaged(path, failing)
    raise problem


def _ends_that_fail(path: Path, key: DataKey) -> tuple[int, ...]:
    """The first or last page where SQLite itself sees nothing wrong; a log may still complete the last one."""
    if not begins_with_mark(path, key.mark):
        return (1,)
    whole, rest = divmod(path.stat().st_size, PAGE_BYTES)
    return (whole + 1,) if rest and not _has_log(path) else ()


def _application_id(path: Path, key: DataKey, *, leave_log: bool) -> object:
    """The mark of the program that made the file; whatever is wrong with file and log is raised.

    A log that was left by a crash is looked through together with the file and is not taken into it before: one that
    belongs to another file would destroy this one.
    """
    with closing(connect(path, key=key, read_only=True, leave_log=leave_log)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if leave_log and connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError(_MALFORMED)  # as SQLite says it where it cannot even begin
        return connection.execute("PRAGMA application_id").fetchone()[0]


def _foreign_log(path: Path, key: DataKey) -> UnusableDatabase | None:
    """The error for a file that is whole by itself, and not together with the log beside it; else `None`."""
    try:
        with closing(connect_without_log(path, key)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except DRIVER_ERRORS:
        return None
    if not whole:
        return None
    log = _log_of(path).name
    return UnusableDatabase(
        f"{path} is whole by itself, and {log} beside it is damaged or belongs to another file. Nothing was opened or "
        f"changed. Move {log} elsewhere, keep it, and open again; if something is missing then, signing in will say so."
    )


def _why_not(path: Path, key: DataKey, error: BaseException) -> UnusableDatabase | BusyDatabase:
    """The sentence for an encrypted file that could not be read: each page's check tells whose it is."""
    fault = fault_of(error)
    if fault.kind is FaultKind.BUSY:
        busy = named_error(fault)
        return BusyDatabase(str(busy))
    if fault.kind is not FaultKind.DAMAGED:
        return cannot_open(path, fault)
    failing = damaged_places(path, key)
    if begins_with_mark(path, key.mark) or len(failing) < path.stat().st_size // PAGE_BYTES:
        return damaged(path, failing)
    mark = mark_of(key_path_of(path))
    if mark is not None and begins_with_mark(path, mark):
        return WrongKey(f"{path} is encrypted under another key than the one given. {UNCHANGED}")
    return UnusableDatabase(
        f"{path} is not the database that this key belongs to: no part of it can be read with it. {UNCHANGED}"
    )


def cannot_open(path: Path, fault: Fault) -> UnusableDatabase:
    """The error for a file that could not be opened for a reason other than what is in it."""
    if fault.kind is FaultKind.FULL:
        return UnusableDatabase(
            f"{path} could not be opened: the disk is full or refuses to work. Nothing was changed; make room on it, "
            "then open it again."
        )
    if fault.kind is FaultKind.READ_ONLY:
        return UnusableDatabase(
            f"{path} can be read but not written to. Nothing was changed; choose a folder that you may write to."
        )
    return UnusableDatabase(f"{path} cannot be used as a database ({fault.kind.value}). {UNCHANGED}")


def damaged(path: Path, pages: tuple[int, ...]) -> DamagedDatabase:
    """The error for a file of ours under the right key, of which `pages` (counted from 1) fail their check."""
    named = ", ".join(str(page) for page in pages[:_MOST_NAMED])
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    what = f"page {named}{more} fails its check" if pages else "part of it is missing"
    return DamagedDatabase(
        f"{path} is damaged: {what}. It was not opened or changed; keep it as it is, and restore the latest backup to "
        "a new file.",
        pages=pages,
    )


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


def refuse_orphan(path: Path) -> None:
    """Raise where no database stands at `path`, but the log of one does."""
    if _has_log(path):
        raise UnusableDatabase(
            f"{path} is missing, but {_log_of(path).name} beside it holds part of it. No new database was made; put "
            "the file back, or move what is left of it away."
        )
