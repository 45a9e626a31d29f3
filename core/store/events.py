"""Events in the database; a removed one is kept and shown nowhere."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from core.errors import NotFound
from core.model.audit import Action, Subject
from core.model.calendar import Event, EventDetails
from core.store import audit
from core.store.keys import NOT_FOUND, add_row, change_rows, need_client, next_number, saved_by
from core.store.rows import event_from, event_values
from core.store.tables import event
from core.store.unit_of_work import UnitOfWork, mine, read


def add(work: UnitOfWork, client_id: UUID, details: EventDetails, request_id: UUID) -> Event:
    """Save a new event; the same `request_id` again gives the first one back."""
    saved = saved_by(work, event, request_id)
    if saved is not None:
        return _load(work, event.c.id == saved)[0]
    need_client(work, client_id)
    made = Event(id=work.new_id(), client_id=client_id, number=next_number(work, event, client_id), details=details)
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
    return _load(work, event.c.client_id == client_id, ~event.c.withdrawn)


def _load(work: UnitOfWork, *conditions: ColumnElement[bool]) -> tuple[Event, ...]:
    statement = select(event).where(mine(work, event), *conditions).order_by(event.c.day, event.c.number)
    return tuple(event_from(row) for row in read(work, statement))
