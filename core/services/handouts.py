"""Logging which handouts were given to a client, and on which day."""

from datetime import date
from uuid import UUID

from core.catalogue import Catalogue
from core.errors import InvalidInput, NotFound
from core.model.access import Act
from core.model.audit import Subject
from core.model.days import print_day
from core.model.handouts_given import GivenHandout
from core.services.access import need, need_record
from core.store import UnitOfWork, clients, handouts


def give_handout(
    work: UnitOfWork, catalogue: Catalogue, client_id: UUID, *, handout: str, day: date, request_id: UUID
) -> GivenHandout:
    """Log a handout as given, on today or an earlier day; the same `request_id` again gives the first line back."""
    need(work, Act.WRITE_RECORD, client_id)
    if handout not in catalogue.handouts:
        raise NotFound("There is no such handout. Nothing was saved; choose one from the list on Learn.")
    if day > work.today:
        raise InvalidInput(f"The day {print_day(day)} lies in the future. Nothing was saved; choose today or earlier.")
    return handouts.give(work, client_id, handout, day, request_id)


def undo_handout(work: UnitOfWork, given_id: UUID) -> UUID:
    """Take back a line that was logged by mistake; it is kept and shown nowhere. `NotFound` if it is back already."""
    need_record(work, Act.WRITE_RECORD, Subject.HANDOUT, given_id)
    handouts.withdraw(work, given_id)
    return given_id


def handouts_given(work: UnitOfWork, client_id: UUID) -> tuple[GivenHandout, ...]:
    """What was given to a client, oldest first; `NotFound` if there is no such client."""
    need(work, Act.READ_RECORD, client_id)
    clients.get(work, client_id)
    return handouts.of_client(work, client_id)
