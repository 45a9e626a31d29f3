"""Clients in the database."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, bindparam, select

from core.errors import NotFound
from core.model.audit import Action, Subject
from core.model.people import Client, ClientDetails, DatedPartnerStatus
from core.store import audit
from core.store.keys import NOT_FOUND, add_row, change_row, change_rows, remove_rows, saved_by
from core.store.rows import client_from, client_values, name_key, told_in
from core.store.tables import client, partner_status
from core.store.unit_of_work import UnitOfWork, ask, mine, of_practice, read

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_NUMBERS = 10_000

_ONE = (
    select(*told_in(client), partner_status.c.since, partner_status.c.status)
    .outerjoin(
        partner_status,
        and_(partner_status.c.practice_id == client.c.practice_id, partner_status.c.client_id == client.c.id),
    )
    .where(of_practice(client), client.c.id == bindparam("client_id"))
    .order_by(partner_status.c.since)
)
"""One row for each status of the partner, or one without any."""

_PARTNERS = select(*told_in(partner_status)).where(of_practice(partner_status)).order_by(partner_status.c.since)


def add(work: UnitOfWork, details: ClientDetails, request_id: UUID) -> Client:
    """Save a new client with a code of its own; the same `request_id` again gives the first one back."""
    saved = saved_by(work, client, request_id)
    if saved is not None:
        return get(work, saved)
    client_id = work.new_id()
    row = {"id": client_id, "code": _new_code(work), "revision": 1, "request_id": request_id}
    add_row(work, client, row | client_values(details))
    audit.record(work, Action.ADD, Subject.CLIENT, client_id)
    return get(work, client_id)


def edit(work: UnitOfWork, client_id: UUID, details: ClientDetails, revision: int) -> Client:
    """Save what the therapist wrote anew; `Conflict` unless the client is still at `revision`."""
    after = change_row(work, client, client_id, revision=revision, values=client_values(details))
    audit.record(work, Action.CHANGE, Subject.CLIENT, client_id, version=after)
    return get(work, client_id)


def close(work: UnitOfWork, client_id: UUID, on: date | None, revision: int) -> Client:
    """Close on a day, or open again with `None`; `Conflict` unless the client is still at `revision`."""
    after = change_row(work, client, client_id, revision=revision, values={"closed_on": on})
    action = Action.REOPEN if on is None else Action.CLOSE
    audit.record(work, action, Subject.CLIENT, client_id, version=after)
    return get(work, client_id)


def set_partner(work: UnitOfWork, client_id: UUID, status: DatedPartnerStatus) -> Client:
    """Save the status that holds from a day on, in place of one that began on the same day."""
    before = get(work, client_id)
    held = partner_status.c
    remove_rows(work, partner_status, held.client_id == client_id, held.since == status.since)
    add_row(work, partner_status, {"client_id": client_id, "since": status.since, "status": status.status.value})
    audit.record(work, Action.PARTNER_STATUS, Subject.CLIENT, client_id, version=before.revision)
    return get(work, client_id)


def move_start_level(work: UnitOfWork, client_id: UUID, day: date | None) -> Client:
    """Let the start level begin on `day`; `None` lets it begin where the record does."""
    before = get(work, client_id)
    change_rows(work, client, client.c.id == client_id, values={"start_level_from": day})
    audit.record(work, Action.START_LEVEL, Subject.CLIENT, client_id, version=before.revision)
    return get(work, client_id)


def get(work: UnitOfWork, client_id: UUID) -> Client:
    """One client; `NotFound` where there is none in this practice."""
    rows = ask(work, _ONE, client_id=client_id)
    if not rows:
        raise NotFound(NOT_FOUND)
    return client_from(rows[0], [row for row in rows if row.since is not None])


def all(work: UnitOfWork) -> tuple[Client, ...]:  # noqa: A001 - read as `clients.all(work)`
    """Every client, closed ones too, by name without regard to case and accents."""
    return _load(work)


def find(work: UnitOfWork, text: str) -> tuple[Client, ...]:
    """Clients whose name holds `text` anywhere, without regard to case and accents; all of them for no text."""
    return _load(work, client.c.name_key.contains(name_key(text.strip()), autoescape=True))


def _load(work: UnitOfWork, *conditions: ColumnElement[bool]) -> tuple[Client, ...]:
    rows = read(work, select(*told_in(client)).where(mine(work, client), *conditions))
    partners = _partners(work) if rows else {}
    rows = sorted(rows, key=lambda row: (row.name_key, row.name, row.code))
    return tuple(client_from(row, partners.get(row.id, ())) for row in rows)


def _partners(work: UnitOfWork) -> dict[UUID, list[Row[Any]]]:
    partners: defaultdict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in ask(work, _PARTNERS):
        partners[row.client_id].append(row)
    return partners


def _new_code(work: UnitOfWork) -> str:
    """Two letters and four digits from a new id, so that nothing about the person is in it."""
    while True:
        number = work.new_id().int
        number, digits = divmod(number, CODE_NUMBERS)
        number, first = divmod(number, len(CODE_LETTERS))
        second = number % len(CODE_LETTERS)
        code = f"{CODE_LETTERS[first]}{CODE_LETTERS[second]}{digits:04}"
        if not read(work, select(client.c.id).where(mine(work, client), client.c.code == code)):
            return code
