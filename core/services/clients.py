"""Adding, finding and changing clients."""

from datetime import date
from unicodedata import normalize
from uuid import UUID

from core.errors import InvalidInput
from core.model.access import Act, Role
from core.model.days import print_day
from core.model.people import Client, ClientDetails, DatedPartnerStatus
from core.services.access import need, need_practice, seen
from core.store import UnitOfWork, care, clients


def add_client(work: UnitOfWork, details: ClientDetails, request_id: UUID) -> Client:
    """Add a client of the actor's own; the same `request_id` again returns the client it made."""
    need_practice(work, Act.ADD_CLIENT)
    _refuse_future(work, "The start date", details.started_on)
    added = clients.add(work, details, request_id)
    if work.actor.role is not Role.OWNER and not care.was_given(work, added.id):
        care.give(work, added.id, work.actor.id)
    need(work, Act.READ_DETAILS, added.id)
    return added


def look_alikes(work: UnitOfWork, details: ClientDetails) -> tuple[Client, ...]:
    """Clients who already have this name and, where both are known, this birth year.

    Case, blanks and the way in which accents are encoded make no difference. Clients whom the actor may not see are
    not among them.
    """
    name = _same_name(details.name)
    return tuple(
        client
        for client in list_clients(work)
        if _same_name(client.details.name) == name
        and (None in (details.birth_year, client.details.birth_year) or details.birth_year == client.details.birth_year)
    )


def edit_client(work: UnitOfWork, client: Client, details: ClientDetails) -> Client:
    """Change what is written about `client`; `Conflict` if somebody else changed it since it was read."""
    need(work, Act.WRITE_DETAILS, client.id)
    _refuse_future(work, "The start date", details.started_on)
    if client.closed_on is not None and details.started_on > client.closed_on:
        raise InvalidInput(
            f"The start date {print_day(details.started_on)} is after the closing date {print_day(client.closed_on)}. "
            "Nothing was saved; choose an earlier day, or open the record again first."
        )
    return clients.edit(work, client.id, details, client.revision)


def close_client(work: UnitOfWork, client: Client, on: date) -> Client:
    """Close a client's record from a day on: kept and readable, no longer on Today."""
    need(work, Act.WRITE_DETAILS, client.id)
    _refuse_future(work, "The closing date", on)
    if on < client.details.started_on:
        raise InvalidInput(
            f"The closing date {print_day(on)} is before the start date {print_day(client.details.started_on)}. "
            "Nothing was saved."
        )
    return clients.close(work, client.id, on, client.revision)


def reopen_client(work: UnitOfWork, client: Client) -> Client:
    """Open a closed record again."""
    need(work, Act.WRITE_DETAILS, client.id)
    return clients.close(work, client.id, None, client.revision)


def set_partner_status(work: UnitOfWork, client_id: UUID, status: DatedPartnerStatus) -> Client:
    """Record whether there is a partner, from a day on; the earlier statuses are kept."""
    need(work, Act.WRITE_RECORD, client_id)
    _refuse_future(work, "The date of the partner status", status.since)
    return clients.set_partner(work, client_id, status)


def move_start_level(work: UnitOfWork, client_id: UUID, day: date | None) -> Client:
    """Let the start level begin on `day` (for example after a break-up); `None` puts it back."""
    need(work, Act.WRITE_RECORD, client_id)
    if day is not None:
        _refuse_future(work, "The start level's date", day)
    return clients.move_start_level(work, client_id, day)


def get_client(work: UnitOfWork, client_id: UUID) -> Client:
    """One client; `NotFound` if there is none."""
    need(work, Act.READ_DETAILS, client_id)
    return clients.get(work, client_id)


def list_clients(work: UnitOfWork, to: Act = Act.READ_DETAILS) -> tuple[Client, ...]:
    """All clients to whom the actor may do `to`, closed ones too, by name: without it, whom they may see."""
    allowed = seen(work, to)
    return tuple(each for each in clients.all(work) if allowed is None or each.id in allowed)


def _same_name(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())


def _refuse_future(work: UnitOfWork, what: str, day: date) -> None:
    if day > work.today:
        raise InvalidInput(f"{what} {print_day(day)} lies in the future. Nothing was saved; choose today or earlier.")
