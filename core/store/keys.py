"""Keys, running numbers, request ids and revisions: how a row is added once and changed knowingly."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Table, delete, func, insert, select, update

from core.errors import Conflict, InvalidInput, NotFound
from core.model.text import text_problems
from core.store.chain import RecordSeal
from core.store.constraints import CHANGED_ELSEWHERE
from core.store.row_hashes import COVERED
from core.store.tables import client
from core.store.unit_of_work import UnitOfWork, mine, read, write, write_back

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


def add_row(
    work: UnitOfWork,
    table: Table,
    values: Mapping[str, object],
    parts: Mapping[Table, Sequence[Mapping[str, object]]] | None = None,
) -> None:
    """Add one row to the actor's practice, with the rows of its parts; its seal goes into the trail's next line."""
    row = values if table.name == "practice" else {"practice_id": work.actor.practice_id, **values}
    write(work, insert(table).values(**row))
    below = {part: rows for part, rows in (parts or {}).items() if rows}
    for part, rows in below.items():
        write(work, insert(part), rows)
    if table.name in COVERED:
        seal = COVERED[table.name].seal(work.audit_key, row, {part.name: rows for part, rows in below.items()})
        work.note_seal(seal)


def change_row(work: UnitOfWork, table: Table, record_id: UUID, *, revision: int, values: Mapping[str, object]) -> int:
    """Change the row that is still at `revision` and give its new revision; `Conflict` when it moved on."""
    same = (table.c.id == record_id, table.c.revision == revision)
    if change_rows(work, table, *same, values={"revision": revision + 1, **values}):
        return revision + 1
    if not read(work, select(table.c.id).where(mine(work, table), table.c.id == record_id)):
        raise NotFound(NOT_FOUND)
    raise Conflict(CHANGED_ELSEWHERE)


def change_rows(
    work: UnitOfWork, table: Table, *conditions: ColumnElement[bool], values: Mapping[str, object]
) -> Sequence[Row[Any]]:
    """Change the practice's rows that meet `conditions`, and tell them as they stand then; each is sealed anew.

    For tables without parts.
    """
    statement = update(table).where(mine(work, table), *conditions).values(**values).returning(*table.c)
    rows = write_back(work, statement)
    if table.name in COVERED:
        for row in rows:
            work.note_seal(COVERED[table.name].seal(work.audit_key, row._asdict(), {}))
    return rows


def remove_rows(work: UnitOfWork, table: Table, *conditions: ColumnElement[bool]) -> int:
    """Delete the practice's rows that meet `conditions`; the trail's next line says that they are gone.

    Rows of parts go before, with a plain `delete`. Tells how many there were.
    """
    if table.name not in COVERED:
        return write(work, delete(table).where(mine(work, table), *conditions))
    covered = COVERED[table.name]
    key = [table.c[name] for name in covered.key]
    rows = write_back(work, delete(table).where(mine(work, table), *conditions).returning(*key))
    for row in rows:
        gone = RecordSeal(table=table.name, key=covered.key_of(row._asdict()), seal="")
        work.note_seal(gone)
    return len(rows)


def need_reason(reason: str) -> None:
    """Raise `InvalidInput` unless a reason was given."""
    InvalidInput.unless_empty(text_problems("The reason", reason, longest=REASON_LENGTH, needed=True))
