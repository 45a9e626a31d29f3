"""A unit of work: one actor and one transaction, scoped to that actor's practice.

Nothing is kept unless `commit` is called, which also writes the lines of the audit trail. Modules of this room
reach the database through `read`, `ask`, `write`, `write_back`, `mine` and `of_practice`; nobody else does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, CursorResult, Executable, Row, Select, Table, Uuid, bindparam
from sqlalchemy.exc import SQLAlchemyError

from core.errors import SecureBaseError, StoreError
from core.model.access import Relation
from core.model.audit import TrailHead
from core.model.days import around_gap
from core.model.people import Actor
from core.store.backend import Backend, guarded
from core.store.chain import AuditKey, Line, RecordSeal, add_lines, seals_text
from core.store.clock import Clock
from core.store.ids import Ids

Rows = Sequence[Mapping[str, object]]

ACTORS_PRACTICE = "actors_practice"
NO_AUDIT_KEY = (
    "This server's records can be read here and not written: no audit key was given. Nothing was saved. Let "
    "SECURE_BASE_AUDIT_KEY name the practice's audit key file, which only its owner may read, and start again."
)


@dataclass(frozen=True, kw_only=True)
class Tools:
    """What every unit of work of a store is made with."""

    backend: Backend
    clock: Clock
    ids: Ids
    audit_key: AuditKey | None
    """`None` where a server has none here: nothing can be written then."""

    told: list[Callable[[Actor, TrailHead], None]] = field(default_factory=list)
    """Called after each commit that wrote to the trail, with where it ends now."""


class UnitOfWork:
    """Opened by `Store.writing` or `Store.reading`; over after `commit` or at the end of its block.

    Once the database refused a statement, nothing more can be read, written or committed in it.
    """

    def __init__(self, tools: Tools, connection: Connection, *, actor: Actor, zone: str, writes: bool) -> None:
        self.actor = actor
        self.relations: dict[UUID, Relation] = {}
        """How the clients that were asked about stand to the actor; asked once in a unit of work."""
        self._tools = tools
        self._backend, self._clock, self._ids = tools.backend, tools.clock, tools.ids
        self._lines: list[Line] = []
        self._seals: list[RecordSeal] = []
        self._connection: Connection | None = connection
        self._zone = ZoneInfo(zone)
        self._writes = writes
        self._refused = False

    @property
    def now(self) -> datetime:
        """The present instant in UTC, asked anew each time."""
        return self._clock.now()

    @property
    def today(self) -> date:
        """The day it is now in the practice's zone."""
        return self.local_day(self.now)

    def local_day(self, instant: datetime) -> date:
        """The day on which `instant`, which must be aware, falls in the practice's zone."""
        return self.local_time(instant).date()

    def local_time(self, instant: datetime) -> datetime:
        """`instant`, which must be aware, in the practice's zone."""
        return instant.astimezone(self._zone)

    def around_gap(self, day: date, at: time) -> tuple[time, time] | None:
        """The times before and after `at` where the practice's clocks leave it out on that day; `None` where not."""
        return around_gap(day, at, self._zone)

    def new_id(self) -> UUID:
        """An id for a new record."""
        return self._ids.next()

    @property
    def audit_key(self) -> AuditKey:
        """What seals records and lines; `StoreError` where there is none."""
        if self._tools.audit_key is None:
            raise StoreError(NO_AUDIT_KEY)
        return self._tools.audit_key

    @property
    def lines(self) -> Sequence[Line]:
        """The lines of the trail that `commit` will write."""
        return tuple(self._lines)

    @property
    def was_refused(self) -> bool:
        """Whether the database refused a statement."""
        return self._refused

    def note_seal(self, seal: RecordSeal) -> None:
        """Let the next line of the trail carry the seal of a record that was written."""
        self._seals.append(seal)

    def note_line(self, line: Line) -> None:
        """Let `commit` write a line of the trail, with the seals noted since the line before."""
        self._open(writing=True)
        self._lines.append(replace(line, record_seals=seals_text(self._seals)))
        self._seals = []

    def commit(self) -> None:
        """Keep everything that was written with its lines in the trail, and end this unit of work."""
        connection = self._open(writing=True)
        if self._seals:
            raise StoreError("A record was written without its line in the audit trail. Nothing of it was saved.")
        head = self._write_lines(connection) if self._lines else None
        guarded(self._backend, connection.commit)
        self.end()
        for tell in self._tools.told if head else ():
            tell(self.actor, cast("TrailHead", head))

    def _write_lines(self, connection: Connection) -> TrailHead:
        practice_id, key = self.actor.practice_id, self.audit_key
        guarded(self._backend, lambda: self._backend.hold_trail(connection, practice_id))
        return guarded(
            self._backend, lambda: add_lines(connection, practice_id, self._lines, key=key, now=self._clock.now())
        )

    def end(self) -> None:
        """Give up what was not committed. The store calls this; a second call does nothing."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.close()
        except SQLAlchemyError:  # a lost connection cannot be rolled back; the database has done so itself
            connection.invalidate()

    def _open(self, *, writing: bool = False) -> Connection:
        if self._connection is None:
            raise StoreError("This unit of work is over; nothing more was read or saved. Open another one.")
        if self._refused:
            raise StoreError("An earlier step of this save was refused, so nothing of it was saved. Begin it anew.")
        if writing and not self._writes:
            raise StoreError("This unit of work is for reading only; nothing was saved. Open one for writing.")
        return self._connection

    def _with_connection(self, act: Callable[[Connection], None]) -> None:
        connection = self._open(writing=True)
        guarded(self._backend, lambda: act(connection))

    def _run(self, statement: Executable, rows: Rows | None, *, writing: bool) -> CursorResult[Any]:
        connection = self._open(writing=writing)
        try:
            return guarded(self._backend, lambda: cast("CursorResult[Any]", connection.execute(statement, rows)))
        except SecureBaseError:
            self._refused = True  # PostgreSQL would take nothing more; so neither does SQLite
            raise


@contextmanager
def without_guards(work: UnitOfWork) -> Iterator[None]:
    """Let rows that never change be deleted within this block: for erasure alone.

    Within the transaction: whatever is raised brings the guards back together with the rows.
    """
    work._with_connection(work._backend.drop_guards)  # noqa: SLF001 - this module's own class
    yield
    work._with_connection(work._backend.make_guards)  # noqa: SLF001 - this module's own class


def read(work: UnitOfWork, statement: Select[Any]) -> Sequence[Row[Any]]:
    """All rows of `statement`, which must itself hold `mine` for each table it reads."""
    return work._run(statement, None, writing=False).all()  # noqa: SLF001 - this module's own class


def ask(work: UnitOfWork, statement: Select[Any], **given: object) -> Sequence[Row[Any]]:
    """All rows of a statement that was made once, with `of_practice` for each table it reads, and is asked often.

    `given` fills in the places that the statement leaves open.
    """
    places = {ACTORS_PRACTICE: work.actor.practice_id, **given}
    return work._run(statement, [places], writing=False).all()  # noqa: SLF001 - this module's own class


def write(work: UnitOfWork, statement: Executable, rows: Rows | None = None) -> int:
    """Run `statement` once, or once for each of `rows`; tells how many rows it touched."""
    return work._run(statement, rows, writing=True).rowcount  # noqa: SLF001 - this module's own class


def write_back(work: UnitOfWork, statement: Executable) -> Sequence[Row[Any]]:
    """Run a statement that returns the rows it wrote, as they stand then."""
    return work._run(statement, None, writing=True).all()  # noqa: SLF001 - this module's own class


def mine(work: UnitOfWork, table: Table) -> ColumnElement[bool]:
    """The condition that keeps a statement within the actor's practice."""
    return table.c.practice_id == work.actor.practice_id


def of_practice(table: Table) -> ColumnElement[bool]:
    """The condition of `mine` for a statement that is made once: `ask` fills in whose practice it is."""
    return table.c.practice_id == bindparam(ACTORS_PRACTICE, type_=Uuid())
