"""Events in the database; a removed one is kept and shown nowhere."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, select

from core.errors import NotFound
from core.model.audit import Action, Subject
from core.model.calendar import Event, EventDetails
from core.store import audit
from core.store.keys import NOT_FOUND, add_row, change_rows, place_for
from core.store.rows import event_from, event_values, told_in
from core.store.tables import event
from core.store.unit_of_work import UnitOfWork, ask, of_practice

_EVENTS = select(*told_in(event)).where(of_practice(event)).order_by(event.c.day, event.c.number)
_ONE = _EVENTS.where(event.c.id == bindparam("event_id"))
_OF_CLIENT = _EVENTS.where(event.c.client_id == bindparam("client_id"), ~event.c.withdrawn)


def add(work: UnitOfWork, client_id: UUID, details: EventDetails, request_id: UUID) -> Event:
    """Save a new event; the same `request_id` again gives the first one back."""
    place = place_for(work, event, client_id, request_id)
    if place.saved is not None:
        return _from(ask(work, _ONE, event_id=place.saved))[0]
    made = Event(id=work.new_id(), client_id=client_id, number=place.number, details=details)
    row = {
        "id": made.id,
        "client_id": client_id,
        "number": made.number,
        "withdrawn": False,
        "request_id": request_id,
    }
    add_row(work, event, row | event_values(details))
    audit.record(work, Action.ADD, Subject.EVENT, made.id)
    return made


def remove(work: UnitOfWork, event_id: UUID) -> None:
    """Take an event off the axis; `NotFound` where there is none, or it is off already."""
    if not change_rows(work, event, event.c.id == event_id, ~event.c.withdrawn, values={"withdrawn": True}):
        raise NotFound(NOT_FOUND)
    audit.record(work, Action.WITHDRAW, Subject.EVENT, event_id, version=2)


def of_client(work: UnitOfWork, client_id: UUID) -> tuple[Event, ...]:
    """The client's events that were not removed, oldest first."""
    return _from(ask(work, _OF_CLIENT, client_id=client_id))


def _from(rows: Iterable[Row[Any]]) -> tuple[Event, ...]:
    return tuple(event_from(row) for row in rows)
