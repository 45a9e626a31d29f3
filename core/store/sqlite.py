"""SQLite: how we connect, lock, guard rows, and what its errors mean.

`connect` is the one place where a file is opened, plain or encrypted.
"""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, Engine, PoolProxiedConnection, QueuePool, Table, create_engine, text
from sqlalchemy.exc import DatabaseError

from core.errors import StoreError
from core.store import cipher
from core.store.backend import Dialect, StoreState
from core.store.constraints import Fault, FaultKind
from core.store.data_key import MARK_BYTES, DataKey
from core.store.free_space import give_up_reserve
from core.store.guards import (
    APPEND_ONLY_MARK,
    GUARDED,
    PREFIX,
    SIGNED,
    SIGNED_MARK,
    TAKEN_MARK,
    unique_keys,
)
from core.store.migrate import revision_of
from core.store.schema import METADATA

WAIT_SECONDS = 5.0

_FAULTS = {
    sqlite3.SQLITE_BUSY: FaultKind.BUSY,
    sqlite3.SQLITE_LOCKED: FaultKind.BUSY,
    sqlite3.SQLITE_FULL: FaultKind.FULL,
    sqlite3.SQLITE_IOERR: FaultKind.FULL,
    sqlite3.SQLITE_READONLY: FaultKind.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: FaultKind.READ_ONLY,  # the log beside the file could not be made
    sqlite3.SQLITE_CORRUPT: FaultKind.DAMAGED,
    sqlite3.SQLITE_NOTADB: FaultKind.DAMAGED,
}
_SAID = {
    # A copy and an export tell the cause in words alone.
    "database is locked": FaultKind.BUSY,
    "database or disk is full": FaultKind.FULL,
    "disk I/O error": FaultKind.FULL,
    "attempt to write a readonly database": FaultKind.READ_ONLY,
    "unable to open database file": FaultKind.READ_ONLY,
    "database disk image is malformed": FaultKind.DAMAGED,
    "file is not a database": FaultKind.DAMAGED,
}
_TRIGGERS = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB :pattern")
_UNIQUE = re.compile(r"^UNIQUE constraint failed: (.+)$")
_NAMED = re.compile(r"^(CHECK|NOT NULL) constraint failed: (.+)$")


def connect(
    path: Path,
    *,
    key: DataKey | None = None,
    read_only: bool = False,
    foreign_keys: bool = True,
    leave_log: bool = False,
) -> sqlite3.Connection:
    """Open an existing file, never make one. Transactions are begun by us (`isolation_level=None`).

    With `key` the file is one of SQLCipher; a wrong key shows at the first statement that reads.
    `foreign_keys=False` is for migrations alone: it must be off before their transaction begins. With `leave_log` the
    log beside the file is read, and not taken into the file on closing.
    """
    connection = cipher.driver(key).connect(
        f"{path.absolute().as_uri()}?mode={'ro' if leave_log else 'rw'}",
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    with ExitStack() as undo:
        undo.callback(connection.close)
        if key is not None:
            cipher.hand_over(connection, key)
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
        _keep_safe(connection, read_only=read_only)
        undo.pop_all()
    return cast("sqlite3.Connection", connection)


def _keep_safe(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA recursive_triggers=ON")  # so that INSERT OR REPLACE meets the guards
    connection.execute("PRAGMA temp_store=MEMORY")  # no temporary files with clinical content
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
    if read_only:
        connection.execute("PRAGMA query_only=ON")


def make_engine(
    path: Path, *, begin: str, key: DataKey | None = None, read_only: bool = False, foreign_keys: bool = True
) -> Engine:
    """An engine over `connect` whose transactions start with the statement `begin`."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=cipher.driver(key),
        creator=partial(connect, path, key=key, read_only=read_only, foreign_keys=foreign_keys),
        poolclass=QueuePool,
        pool_size=5,
        max_overflow=45,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
    )

    def begin_transaction(connection: PoolProxiedConnection) -> None:
        if not read_only:
            give_up_reserve(path.parent)
        connection.cursor().execute(begin)

    # Not as a listener: an engine that has one asks for listeners around every statement.
    engine.dialect.do_begin = begin_transaction  # type: ignore[assignment, method-assign]  # the place for what a driver leaves out
    return engine


class SqliteBackend:
    """An open SQLite file: one writer at a time (`BEGIN IMMEDIATE`), readers never wait (WAL)."""

    def __init__(self, path: Path, *, key: DataKey | None = None, release: Callable[[], None] | None = None) -> None:
        """`release` lets go of the lock on the file, once every connection is closed."""
        self.path, self.key, self._release = path, key, release
        self.label = str(path)
        self._file = path.open("rb", buffering=0)  # closed last: see cipher.damaged_places
        self._opened = os.fstat(self._file.fileno())
        self.writer = make_engine(path, begin="BEGIN IMMEDIATE", key=key)
        self.reader = make_engine(path, begin="BEGIN DEFERRED", key=key, read_only=True)

    def refuse_gone(self) -> None:
        """Raise where another file, or none, stands at the path now: SQLite would go on, with either of the two."""
        try:
            here: os.stat_result | None = self.path.stat()
        except OSError:
            here = None
        if here is None or not os.path.samestat(here, self._opened):
            raise StoreError(
                f"{self.path} was moved, removed or replaced while it was open. Nothing was read or saved. Put back "
                "what was here, and go on; if it is gone, stop the program and restore the latest backup."
            )

    def hold(self, connection: Connection, practice_id: UUID | None) -> None:
        """Nothing more to do: `BEGIN IMMEDIATE` holds the whole file."""

    def hold_trail(self, connection: Connection, practice_id: UUID) -> None:
        """Nothing more to do, as above."""

    def drop_guards(self, connection: Connection) -> None:
        """Take every guard off, within the transaction that is open."""
        drop_guards(connection)

    def make_guards(self, connection: Connection) -> None:
        """Put them on again."""
        make_guards(connection)

    def clean(self) -> bool:
        """Write the whole file anew, and cut its log; false where somebody who reads held the log back."""
        with closing(connect(self.path, key=self.key)) as connection:
            connection.execute("VACUUM")
            held_back, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not held_back

    def fault_of(self, error: BaseException) -> Fault:
        """What an error of either driver means."""
        return fault_of(error)

    def state(self) -> StoreState:
        """Run SQLite's own integrity check, the check of foreign keys and, where encrypted, that of every page."""
        with self.reader.connect() as connection:
            revision = revision_of(connection) or ""
            damaged = cipher.damaged_places(self.path, self.key, self._beginning())
            sound = not damaged and _is_sound(connection)
        return StoreState(
            location=self.label,
            dialect=Dialect.SQLITE,
            revision=revision,
            size_bytes=self.path.stat().st_size,
            sound=sound,
            encrypted=self.key is not None,
            damaged_pages=damaged,
        )

    def _beginning(self) -> bytes:
        self._file.seek(0)
        return self._file.read(MARK_BYTES)

    def close(self) -> None:
        """Close every connection; the last one takes the write-ahead file into the database."""
        self.reader.dispose()
        self.writer.dispose()
        self._file.close()
        release, self._release = self._release, None
        if release is not None:
            release()


def _is_sound(connection: Connection) -> bool:
    """Whether both checks find nothing; on a badly damaged file they cannot even run."""
    try:
        whole = connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        return whole and connection.execute(text("PRAGMA foreign_key_check")).first() is None
    except DatabaseError:
        return False


def fault_of(error: BaseException) -> Fault:
    """What an error of either driver means. SQLite names the columns of a unique key, so we look up its name."""
    words = str(error)
    if words.startswith(TAKEN_MARK):
        return Fault(FaultKind.UNIQUE, words.removeprefix(TAKEN_MARK))
    if words in {APPEND_ONLY_MARK, SIGNED_MARK}:
        return Fault(FaultKind.SIGNED if words == SIGNED_MARK else FaultKind.APPEND_ONLY)
    if unique := _UNIQUE.match(words):
        return Fault(FaultKind.UNIQUE, _constraint_names().get(unique[1]))
    if named := _NAMED.match(words):
        return Fault(FaultKind.CHECK if named[1] == "CHECK" else FaultKind.NOT_NULL, named[2])
    if words == "FOREIGN KEY constraint failed":
        return Fault(FaultKind.FOREIGN_KEY)
    code = getattr(error, "sqlite_errorcode", None)
    kind = _FAULTS.get(code & 0xFF) if isinstance(code, int) else None
    return Fault(kind or _SAID.get(words, FaultKind.OTHER))


def _constraint_names() -> dict[str, str]:
    """`"table.a, table.b"`, as SQLite writes it, to the constraint's name."""
    return {
        ", ".join(f"{table.name}.{column}" for column in columns): name
        for table in METADATA.tables.values()
        for name, columns in unique_keys(table)
    }


def drop_guards(connection: Connection) -> None:
    """Take every guard off, of whatever revision."""
    names = connection.execute(_TRIGGERS, {"pattern": f"{PREFIX}*"})
    for name in names.scalars().all():
        connection.execute(text(f"DROP TRIGGER {name}"))


def make_guards(connection: Connection) -> None:
    """Refuse UPDATE, DELETE and REPLACE of rows that never change, whoever asks."""
    for table in GUARDED:
        _guard(connection, table, "", APPEND_ONLY_MARK)
    for table in SIGNED:
        _guard(connection, table, "WHEN OLD.signed_at IS NOT NULL", SIGNED_MARK)


def _guard(connection: Connection, table: Table, when: str, mark: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        _trigger(connection, f"{table.name}_{verb.lower()}", f"BEFORE {verb} ON {table.name} {when}", mark)
    # REPLACE takes the old row away without its DELETE trigger unless the connection asks for it.
    for name, columns in unique_keys(table):
        same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
        same_row = f"SELECT 1 FROM {table.name} WHERE {same}"  # noqa: S608 - names of our own tables and columns
        taken = f"BEFORE INSERT ON {table.name} WHEN EXISTS ({same_row})"
        _trigger(connection, f"{name}_insert", taken, f"{TAKEN_MARK}{name}")


def _trigger(connection: Connection, name: str, when: str, mark: str) -> None:
    connection.exec_driver_sql(f"CREATE TRIGGER {PREFIX}{name} {when} BEGIN SELECT RAISE(ABORT, '{mark}'); END")
