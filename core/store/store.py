"""The open database: the practice in it, and units of work for its actors."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, bindparam, insert, select

from core.errors import Conflict, NotAllowed, UnusableDatabase
from core.model.audit import Action, Subject
from core.model.people import Actor, Practice, PracticeDetails
from core.store import audit, postgresql, sqlite_file
from core.store.backend import Backend, StoreState, guarded
from core.store.clock import Clock
from core.store.ids import Ids, RandomIds
from core.store.rows import practice_from
from core.store.sqlite import SqliteBackend
from core.store.tables import practice, therapist
from core.store.unit_of_work import Tools, UnitOfWork, write

_PRACTICES = select(practice, therapist.c.id.label("therapist_id"), therapist.c.name.label("therapist")).join(
    therapist, therapist.c.practice_id == practice.c.id
)
_ZONE = (
    select(practice.c.zone)
    .join(therapist, therapist.c.practice_id == practice.c.id)
    .where(practice.c.id == bindparam("practice_id"), therapist.c.id == bindparam("therapist_id"))
)


class Store:
    """One open database; made by `open_store`, closed with `close`. Safe to use from several threads."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._backend = tools.backend

    @property
    def location_label(self) -> str:
        """The file's path, or the server's address without its password."""
        return self._backend.label

    def practice(self) -> tuple[Practice, Actor] | None:
        """The practice and its one therapist; `None` before set-up."""
        with self._connection(self._backend.reader) as connection:
            row = guarded(
                self._backend, lambda: connection.execute(_PRACTICES.order_by(practice.c.made_at).limit(1)).first()
            )
        if row is None:
            return None
        return practice_from(row), Actor(id=row.therapist_id, practice_id=row.id, name=row.therapist)

    def set_up(self, details: PracticeDetails, *, synthetic: bool) -> tuple[Practice, Actor]:
        """Make the practice and its therapist; `Conflict` when there is one already."""
        with self._connection(self._backend.writer) as connection:
            guarded(self._backend, lambda: self._backend.hold(connection, None))
            if guarded(self._backend, lambda: connection.execute(_PRACTICES.limit(1)).first()) is not None:
                raise Conflict("This database holds a practice already. Nothing was changed; open that one.")
            return self._set_up(connection, details, synthetic=synthetic)

    def _set_up(self, connection: Connection, details: PracticeDetails, *, synthetic: bool) -> tuple[Practice, Actor]:
        now, ids = self._tools.clock.now(), self._tools.ids
        made_on = now.astimezone(ZoneInfo(details.zone)).date()
        made = Practice(id=ids.next(), details=details, synthetic=synthetic, made_on=made_on)
        actor = Actor(id=ids.next(), practice_id=made.id, name=details.therapist)
        work = self._unit(connection, actor, details.zone, writes=True)
        practice_row = {"id": made.id, "name": details.name, "zone": details.zone, "synthetic": synthetic}
        write(work, insert(practice).values(made_on=made_on, made_at=now, **practice_row))
        write(work, insert(therapist).values(practice_id=made.id, id=actor.id, name=actor.name))
        audit.record(work, Action.SET_UP, Subject.PRACTICE, made.id)
        work.commit()
        return made, actor

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A unit of work that may write; nothing is kept without its `commit`."""
        with self._connection(self._backend.writer) as connection:
            guarded(self._backend, lambda: self._backend.hold(connection, actor.practice_id))
            work = self._unit(connection, actor, self._zone_of(connection, actor), writes=True)
            try:
                yield work
            finally:
                work.end()

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A unit of work that sees one moment of the data and cannot write."""
        with self._connection(self._backend.reader) as connection:
            work = self._unit(connection, actor, self._zone_of(connection, actor), writes=False)
            try:
                yield work
            finally:
                work.end()

    def state(self) -> StoreState:
        """Look the database over, for `doctor`; may take seconds."""
        return guarded(self._backend, self._backend.state)

    def close(self) -> None:
        """Close every connection; a SQLite file is whole by itself afterwards."""
        self._backend.close()

    @contextmanager
    def _connection(self, engine: Engine) -> Iterator[Connection]:
        connection = guarded(self._backend, engine.connect)
        try:
            yield connection
        finally:
            connection.close()

    def _zone_of(self, connection: Connection, actor: Actor) -> str:
        """The practice's zone; `NotAllowed` for an actor who does not belong to the practice."""
        given = {"practice_id": actor.practice_id, "therapist_id": actor.id}
        row = guarded(self._backend, lambda: connection.execute(_ZONE, given).first())
        if row is None:
            raise NotAllowed("You do not belong to this practice, so nothing was opened. Start the program again.")
        return str(row.zone)

    def _unit(self, connection: Connection, actor: Actor, zone: str, *, writes: bool) -> UnitOfWork:
        return UnitOfWork(self._tools, connection, actor=actor, zone=zone, writes=writes)


def open_store(location: str | Path, *, clock: Clock, ids: Ids | None = None) -> Store:
    """Open the SQLite file at a path (or `sqlite:///` URL), or the PostgreSQL database at a URL.

    A file is made where nothing is, and tables are made or brought up to date (a SQLite file is
    copied first). Raises `UnusableDatabase` for anything that is not ours and leaves it as it is.
    """
    path = sqlite_file.path_of(location)
    backend = _open_server(str(location)) if path is None else _open_file(path, clock)
    return Store(Tools(backend=backend, clock=clock, ids=ids or RandomIds()))


def _open_file(path: Path, clock: Clock) -> Backend:
    sqlite_file.prepare(path, clock)
    return SqliteBackend(path)


def _open_server(location: str) -> Backend:
    backend = postgresql.PostgresBackend(postgresql.address(location))
    try:
        postgresql.prepare(backend)
    except UnusableDatabase:
        backend.close()
        raise
    return backend
