"""Sessions in the database."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, select

from core.errors import NotFound
from core.model.audit import Action, Subject
from core.model.calendar import Session, SessionDetails
from core.store import audit
from core.store.keys import NOT_FOUND, add_row, change_row, place_for
from core.store.rows import session_from, session_values, told_in
from core.store.tables import session
from core.store.unit_of_work import UnitOfWork, ask, mine, of_practice, read

_SESSIONS = select(*told_in(session))
_OF_CLIENT = _SESSIONS.where(of_practice(session), session.c.client_id == bindparam("client_id"))


def add(work: UnitOfWork, client_id: UUID, details: SessionDetails, request_id: UUID) -> Session:
    """Save a new session; the same `request_id` again gives the first one back."""
    place = place_for(work, session, client_id, request_id)
    if place.saved is not None:
        return get(work, place.saved)
    made = Session(id=work.new_id(), client_id=client_id, number=place.number, revision=1, details=details)
    row = {"id": made.id, "client_id": client_id, "number": made.number, "revision": 1, "request_id": request_id}
    add_row(work, session, row | session_values(details))
    audit.record(work, Action.ADD, Subject.SESSION, made.id)
    return made


def change(work: UnitOfWork, session_id: UUID, details: SessionDetails, revision: int) -> Session:
    """Save new details; `Conflict` unless the session is still at `revision`."""
    after = change_row(work, session, session_id, revision=revision, values=session_values(details))
    audit.record(work, Action.CHANGE, Subject.SESSION, session_id, version=after)
    return get(work, session_id)


def get(work: UnitOfWork, session_id: UUID) -> Session:
    """One session; `NotFound` where there is none in this practice."""
    found = sorted_sessions(work, session.c.id == session_id)
    if not found:
        raise NotFound(NOT_FOUND)
    return found[0]


def of_client(work: UnitOfWork, client_id: UUID) -> tuple[Session, ...]:
    """The client's sessions, oldest first; one without a time stands last on its day."""
    return _sorted(ask(work, _OF_CLIENT, client_id=client_id))


def on_day(work: UnitOfWork, day: date) -> tuple[Session, ...]:
    """The whole practice's sessions on a day by time; those without a time stand last."""
    return sorted_sessions(work, session.c.day == day)


def sorted_sessions(work: UnitOfWork, *conditions: ColumnElement[bool]) -> tuple[Session, ...]:
    """The practice's sessions that meet `conditions`, by day and time; those without a time stand last on their day."""
    return _sorted(read(work, _SESSIONS.where(mine(work, session), *conditions)))


def _sorted(rows: Iterable[Row[Any]]) -> tuple[Session, ...]:
    return tuple(sorted((session_from(row) for row in rows), key=_in_order))


def _in_order(one: Session) -> tuple[date, bool, time, int, UUID]:
    starts_at = one.details.starts_at
    return one.details.day, starts_at is None, starts_at or time.min, one.number, one.id
