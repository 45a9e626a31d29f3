"""The open database: the practice in it, and units of work for its actors."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, select

from core.errors import (
    AlreadySigned,
    BusyDatabase,
    Conflict,
    NotAllowed,
    SecureBaseError,
    StoreError,
    UnusableDatabase,
)
from core.model.access import Role
from core.model.audit import Action, Subject
from core.model.people import Actor, Practice, PracticeDetails
from core.store import audit, backup, postgresql, sqlite_file
from core.store.backend import Backend, StoreState, guarded
from core.store.backup import Backup
from core.store.belonging import is_owner, who_is
from core.store.chain import MOST_BACK, AuditKey, set_back_line
from core.store.clock import Clock, ClockWatch, FixedClock
from core.store.data_key import DataKey
from core.store.ids import Ids, RandomIds
from core.store.keys import add_row
from core.store.lineage import Lineage, Standing, lineage_of, standing_of, trace_at, write_generation
from core.store.named_faults import named_faults
from core.store.rows import practice_from
from core.store.sealing import refuse_other_key, seal_what_stands
from core.store.sqlite import SqliteBackend
from core.store.tables import practice, therapist
from core.store.trail import Trail
from core.store.unit_of_work import NO_AUDIT_KEY, Tools, UnitOfWork
from core.store.whole_files import take_lock

_PRACTICES = (
    select(practice, therapist.c.id.label("therapist_id"), therapist.c.name.label("therapist"))
    .join(therapist, therapist.c.practice_id == practice.c.id)
    .where(is_owner())
)


class Store:
    """One open database; made by `open_store`, closed with `close`. Safe to use from several threads."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._backend = tools.backend
        self._watch = None if isinstance(tools.clock, FixedClock) else ClockWatch(tools.clock)

    @property
    def location_label(self) -> str:
        """The file's path, or the server's address without its password."""
        return self._backend.label

    @property
    def trail(self) -> Trail:
        """The audit trail as a whole."""
        return Trail(self._tools)

    def practice(self) -> tuple[Practice, Actor] | None:
        """The practice and its owner, in whose name the program itself acts; `None` before set-up."""
        with self._connection(self._backend.reader) as connection:
            row = guarded(
                self._backend, lambda: connection.execute(_PRACTICES.order_by(practice.c.made_at).limit(1)).first()
            )
        if row is None:
            return None
        actor = Actor(id=row.therapist_id, practice_id=row.id, name=row.therapist, role=Role.OWNER)
        return practice_from(row), actor

    def person(self, practice_id: UUID, person_id: UUID) -> Actor | None:
        """Somebody of a practice as they stand now; `None` for a stranger and for an account that was ended."""
        with self._connection(self._backend.reader) as connection:
            found = guarded(self._backend, lambda: who_is(connection, practice_id, person_id))
        return None if found is None or found.ended else found.actor

    def set_up(
        self, details: PracticeDetails, *, synthetic: bool, therapist_id: UUID | None = None
    ) -> tuple[Practice, Actor]:
        """Make the practice and its owner, under `therapist_id` where it is given; `Conflict` when there is one."""
        with self._connection(self._backend.writer) as connection:
            guarded(self._backend, lambda: self._backend.hold(connection, None))
            if guarded(self._backend, lambda: connection.execute(_PRACTICES.limit(1)).first()) is not None:
                raise Conflict("This database holds a practice already. Nothing was changed; open that one.")
            return self._set_up(connection, details, synthetic=synthetic, therapist_id=therapist_id)

    def _set_up(
        self, connection: Connection, details: PracticeDetails, *, synthetic: bool, therapist_id: UUID | None
    ) -> tuple[Practice, Actor]:
        now, ids = self._tools.clock.now(), self._tools.ids
        made_on = now.astimezone(ZoneInfo(details.zone)).date()
        made = Practice(id=ids.next(), details=details, synthetic=synthetic, made_on=made_on)
        actor = Actor(id=therapist_id or ids.next(), practice_id=made.id, name=details.therapist, role=Role.OWNER)
        work = self._unit(connection, actor, details.zone, writes=True)
        practice_row = {"id": made.id, "name": details.name, "zone": details.zone, "synthetic": synthetic}
        add_row(work, practice, {"made_on": made_on, "made_at": now, **practice_row})
        add_row(work, therapist, {"id": actor.id, "name": actor.name, "role": actor.role.value})
        audit.record(work, Action.SET_UP, Subject.PRACTICE, made.id)
        work.commit()
        return made, actor

    @contextmanager
    def writing(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A unit of work that may write; nothing is kept without its `commit`.

        A refusal that leaves its block gets a line in the trail, in a transaction of its own after the rollback.
        """
        if self._tools.audit_key is None:
            raise StoreError(NO_AUDIT_KEY)
        with self._connection(self._backend.writer) as connection:
            guarded(self._backend, lambda: self._backend.hold(connection, actor.practice_id))
            work = self._unit(connection, *self._known(connection, actor), writes=True)
            self._watch_clock(work)
            try:
                yield work
            except SecureBaseError as error:
                work.end()
                self._note_refusal(work, error)
                raise
            finally:
                work.end()

    @contextmanager
    def reading(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A unit of work that sees one moment of the data and cannot write."""
        with self._connection(self._backend.reader) as connection:
            work = self._unit(connection, *self._known(connection, actor), writes=False)
            try:
                yield work
            except NotAllowed as error:
                work.end()
                self._note_refusal(work, error)
                raise
            finally:
                work.end()

    def state(self) -> StoreState:
        """Look the database over, for `doctor`; may take seconds."""
        return guarded(self._backend, self._backend.state)

    def clean(self) -> bool:
        """Leave nothing in the file of what was deleted, as `Backend.clean`; may take seconds."""
        with named_faults(Path(self.location_label)):
            return guarded(self._backend, self._backend.clean)

    def back_up(self, folder: Path) -> Backup:
        """Take a checked backup of the encrypted database into `folder`, while it is in use."""
        path, key = self._encrypted_file()
        return backup.take(path, key, folder, self._tools.clock.now())

    def standing(self) -> Standing:
        """Where the database stands, to be remembered for this computer."""
        with self._connection(self._backend.reader) as connection:
            return guarded(self._backend, lambda: standing_of(connection))

    def lineage(self, seen: Standing | None) -> Lineage:
        """Whether this database is the one last seen on this computer, an older one, or one that parted from it."""
        with self._connection(self._backend.reader) as connection:
            here = guarded(self._backend, lambda: standing_of(connection))
            then = guarded(self._backend, lambda: trace_at(connection, seen.changes if seen else 0))
        return lineage_of(seen, here, then)

    def begin_generation(self, seen: Standing | None) -> Standing:
        """Go on from here: with a generation above that of any seen before, so that this file counts as the newest."""
        self._encrypted_file()
        with self._connection(self._backend.writer) as connection:
            here = guarded(self._backend, lambda: standing_of(connection))
            above = 1 + max(here.generation, seen.generation if seen else 0)
            guarded(self._backend, lambda: write_generation(connection, above))
            guarded(self._backend, connection.commit)
        return replace(here, generation=above)

    def _encrypted_file(self) -> tuple[Path, DataKey]:
        backend = self._backend
        if not isinstance(backend, SqliteBackend) or backend.key is None:
            raise StoreError("This is done with an encrypted file only. Nothing was changed.")
        return backend.path, backend.key

    def close(self) -> None:
        """Close every connection, and forget the audit key; a SQLite file is whole by itself afterwards."""
        self._backend.close()
        if self._tools.audit_key is not None and self._tools.audit_key.is_secret:
            self._tools.audit_key.forget()

    @contextmanager
    def _connection(self, engine: Engine) -> Iterator[Connection]:
        self._backend.refuse_gone()
        connection = guarded(self._backend, engine.connect)
        try:
            yield connection
        finally:
            connection.close()

    def _known(self, connection: Connection, actor: Actor) -> tuple[Actor, str]:
        """The actor as they stand in the database now, and the practice's zone.

        `NotAllowed` for somebody who does not belong to the practice, or not any more.
        """
        found = guarded(self._backend, lambda: who_is(connection, actor.practice_id, actor.id))
        if found is None:
            raise NotAllowed("You do not belong to this practice, so nothing was opened. Start the program again.")
        if found.ended:
            raise NotAllowed("Your account in this practice was ended, so nothing was opened or saved.")
        return found.actor, found.zone

    def _watch_clock(self, work: UnitOfWork) -> None:
        by = self._watch.set_back() if self._watch else MOST_BACK
        if self._watch and by > MOST_BACK:
            work.note_line(set_back_line(work.actor.practice_id, work.actor.id, work.now, by))
            self._watch.begin_anew()

    def _note_refusal(self, refused: UnitOfWork, error: SecureBaseError) -> None:
        """Write down that something was refused, or that the database failed; never stands in the error's way."""
        if isinstance(error, NotAllowed | AlreadySigned):
            action = Action.REFUSED
        elif refused.was_refused and isinstance(error, StoreError) and not isinstance(error, BusyDatabase):
            action = Action.FAILED
        else:
            return
        actor = refused.actor
        with suppress(SecureBaseError), self._connection(self._backend.writer) as connection:
            guarded(self._backend, lambda: self._backend.hold(connection, actor.practice_id))
            work = self._unit(connection, *self._known(connection, actor), writes=True)
            try:
                audit.record(work, action, Subject.PRACTICE, actor.practice_id, detail=type(error).__name__)
                work.commit()
            finally:
                work.end()

    def _unit(self, connection: Connection, actor: Actor, zone: str, *, writes: bool) -> UnitOfWork:
        return UnitOfWork(self._tools, connection, actor=actor, zone=zone, writes=writes)


def open_store(
    location: str | Path,
    *,
    clock: Clock,
    ids: Ids | None = None,
    key: DataKey | None = None,
    audit_key: AuditKey | None = None,
) -> Store:
    """Open the SQLite file at a path (or `sqlite:///` URL), or the PostgreSQL database at a URL.

    With `key` the file is an encrypted one, and is held for this store alone (`AlreadyOpen`); a server takes
    no key. A file is made where nothing is, and tables are made or brought up to date (a SQLite file is
    copied first). Raises `UnusableDatabase` for anything that is not ours and leaves it as it is.

    `audit_key` is for a server, which nothing is written to without one; a file has its own from `key`.
    """
    path = sqlite_file.path_of(location)
    backend = _open_server(str(location)) if path is None else _open_file(path, clock, key)
    seals = audit_key if path is None else AuditKey.of(key)
    try:
        if seals is not None:
            seal_what_stands(backend, seals, clock)
            if path is None:
                refuse_other_key(backend, seals)
    except SecureBaseError:
        backend.close()
        raise
    return Store(Tools(backend=backend, clock=clock, ids=ids or RandomIds(), audit_key=seals))


def _open_file(path: Path, clock: Clock, key: DataKey | None) -> Backend:
    if key is None:
        sqlite_file.prepare(path, clock)
        return SqliteBackend(path)
    sqlite_file.make_folder(path)
    with ExitStack() as undo:
        release = take_lock(path)
        undo.callback(release)
        sqlite_file.prepare(path, clock, key=key)
        undo.pop_all()
    return SqliteBackend(path, key=key, release=release)


def _open_server(location: str) -> Backend:
    backend = postgresql.PostgresBackend(postgresql.address(location))
    try:
        postgresql.prepare(backend)
    except UnusableDatabase:
        backend.close()
        raise
    return backend
