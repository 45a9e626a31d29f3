"""SQLCipher: the driver for encrypted files, how a key is handed to it, and which pages fail their check."""

import re
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import cast

import sqlcipher3.dbapi2

from core.store.data_key import MARK_BYTES, DataKey

DRIVER = cast("ModuleType", sqlcipher3.dbapi2)
DRIVER_ERRORS = (sqlite3.Error, cast("type[Exception]", sqlcipher3.dbapi2.Error))
PAGE_BYTES = 4_096
_FAILS = re.compile(r"page (\d+)")


def driver(key: DataKey | None) -> ModuleType:
    """Python's own driver for a plain file, SQLCipher's for an encrypted one."""
    return sqlite3 if key is None else DRIVER


def hand_over(connection: sqlite3.Connection, key: DataKey) -> None:
    """Give a fresh connection its key, before anything else is said to it."""
    connection.execute("PRAGMA cipher_log_level=NONE")  # a wrong key would be told on the terminal
    connection.execute(f"PRAGMA key={literal(key)}")
    connection.execute("PRAGMA cipher_compatibility=4")  # the form of the file, whatever the driver's next default is


def literal(key: DataKey) -> str:
    """The raw key and the file's first 16 bytes, as SQLCipher takes them; no derivation follows.

    Taking those bytes from the key and not from the file lets a file whose beginning is damaged be told
    from one under another key.
    """
    return f"\"x'{key.raw().hex()}{key.mark.hex()}'\""


def begins_with_mark(path: Path, mark: bytes) -> bool:
    """Whether the file begins as one under the key of this mark does."""
    with path.open("rb") as file:
        return file.read(MARK_BYTES) == mark


def damaged_places(path: Path, key: DataKey | None, beginning: bytes | None = None) -> tuple[int, ...]:
    """The pages whose check fails, counted from 1; none of a plain file, whose pages have no check.

    Looks at the file as it is on the disk, page by page, also where it cannot be opened. A page that is just
    being written can fail once, so only what fails twice counts. Where this process has the file open, hand over
    its first bytes as `beginning`: to open and close it here would take SQLite's locks away (POSIX).
    """
    if key is None:
        return ()
    found = _failing(path, key)
    pages = found & _failing(path, key) if found else set()
    begins = begins_with_mark(path, key.mark) if beginning is None else beginning == key.mark
    return tuple(sorted(pages if begins else pages | {1}))


def connect_without_log(path: Path, key: DataKey) -> sqlite3.Connection:
    """Open a file to be read as it is on the disk, whatever log lies beside it."""
    connection = DRIVER.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    hand_over(connection, key)
    return cast("sqlite3.Connection", connection)


def _failing(path: Path, key: DataKey) -> set[int]:
    connection = DRIVER.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        hand_over(connection, key)
        rows = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        connection.close()
    return {int(number[1]) for row in rows if (number := _FAILS.search(str(row[0])))}
