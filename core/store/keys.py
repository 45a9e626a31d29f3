"""Keys, running numbers, request ids and revisions: how a row is added once and changed knowingly."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Table, func, insert, select, update

from core.errors import Conflict, InvalidInput, NotFound
from core.model.text import text_problems
from core.store.constraints import CHANGED_ELSEWHERE
from core.store.tables import client
from core.store.unit_of_work import UnitOfWork, mine, read, write

REASON_LENGTH = 2_000
NOT_FOUND = "No such record exists in this practice. Nothing was changed; go back and open it from its list."


def saved_by(work: UnitOfWork, table: Table, request_id: UUID) -> UUID | None:
    """The id of the record that the same form made before, or `None`."""
    rows = read(work, select(table.c.id).where(mine(work, table), table.c.request_id == request_id))
    return rows[0].id if rows else None


def need_client(work: UnitOfWork, client_id: UUID) -> None:
    """Raise `NotFound` unless the client is of this practice."""
    if not read(work, select(client.c.id).where(mine(work, client), client.c.id == client_id)):
        raise NotFound(NOT_FOUND)


def next_number(work: UnitOfWork, table: Table, client_id: UUID) -> int:
    """The next running number of this client in `table`; numbers are never used twice."""
    highest = select(func.max(table.c.number)).where(mine(work, table), table.c.client_id == client_id)
    (number,) = read(work, highest)[0]
    return (number or 0) + 1


def add_row(work: UnitOfWork, table: Table, values: Mapping[str, object]) -> None:
    """Add one row to the actor's practice."""
    write(work, insert(table).values(practice_id=work.actor.practice_id, **values))


def change_row(work: UnitOfWork, table: Table, record_id: UUID, *, revision: int, values: Mapping[str, object]) -> int:
    """Change the row that is still at `revision` and give its new revision; `Conflict` when it moved on."""
    row = update(table).where(mine(work, table), table.c.id == record_id, table.c.revision == revision)
    if write(work, row.values(revision=revision + 1, **values)) == 1:
        return revision + 1
    if not read(work, select(table.c.id).where(mine(work, table), table.c.id == record_id)):
        raise NotFound(NOT_FOUND)
    raise Conflict(CHANGED_ELSEWHERE)


def need_reason(reason: str) -> None:
    """Raise `InvalidInput` unless a reason was given."""
    InvalidInput.unless_empty(text_problems("The reason", reason, longest=REASON_LENGTH, needed=True))
