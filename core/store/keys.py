"""Keys, running numbers, request ids and revisions: how a row is added once and changed knowingly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Insert, Row, Select, Table, bindparam, delete, func, insert, select, update

from core.errors import Conflict, InvalidInput, NotFound
from core.model.text import text_problems
from core.store.chain import RecordSeal
from core.store.constraints import CHANGED_ELSEWHERE
from core.store.row_hashes import COVERED
from core.store.tables import client
from core.store.unit_of_work import UnitOfWork, ask, mine, of_practice, read, write, write_back

REASON_LENGTH = 2_000
NOT_FOUND = "No such record exists in this practice. Nothing was changed; go back and open it from its list."


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a new record of a client goes: its running number, or `saved`, the record the same form made before."""

    saved: UUID | None
    number: int


def saved_by(work: UnitOfWork, table: Table, request_id: UUID) -> UUID | None:
    """The id of the record that the same form made before, or `None`."""
    rows = read(work, select(table.c.id).where(mine(work, table), table.c.request_id == request_id))
    return rows[0].id if rows else None


def place_for(work: UnitOfWork, table: Table, client_id: UUID, request_id: UUID) -> Place:
    """The place of a new record in `table`; `NotFound` unless the client is of this practice.

    Numbers are never used twice. One question to the database instead of three: a save waits for each of them.
    """
    found = ask(work, _place_in(table), client_id=client_id, request_id=request_id)[0]
    if found.saved is None and found.client is None:
        raise NotFound(NOT_FOUND)
    return Place(saved=found.saved, number=(found.highest or 0) + 1)


@lru_cache(maxsize=16)
def _place_in(table: Table) -> Select[Any]:
    saved = select(table.c.id).where(of_practice(table), table.c.request_id == bindparam("request_id"))
    known = select(client.c.id).where(of_practice(client), client.c.id == bindparam("client_id"))
    highest = select(func.max(table.c.number)).where(of_practice(table), table.c.client_id == bindparam("client_id"))
    return select(
        saved.scalar_subquery().label("saved"),
        known.scalar_subquery().label("client"),
        highest.scalar_subquery().label("highest"),
    )


def need_client(work: UnitOfWork, client_id: UUID) -> None:
    """Raise `NotFound` unless the client is of this practice."""
    if not read(work, select(client.c.id).where(mine(work, client), client.c.id == client_id)):
        raise NotFound(NOT_FOUND)


def add_row(
    work: UnitOfWork,
    table: Table,
    values: Mapping[str, object],
    parts: Mapping[Table, Sequence[Mapping[str, object]]] | None = None,
) -> None:
    """Add one row to the actor's practice, with the rows of its parts; its seal goes into the trail's next line.

    The rows of one part have the same columns.
    """
    practice_id = {} if table.name == "practice" else {"practice_id": work.actor.practice_id}
    row = practice_id | dict(values)
    below = {part: [practice_id | dict(each) for each in rows] for part, rows in (parts or {}).items() if rows}
    for into, rows in {table: [row], **below}.items():
        write(work, _insert_into(into), rows)
    if table.name in COVERED:
        seal = COVERED[table.name].seal(work.audit_key, row, {part.name: rows for part, rows in below.items()})
        work.note_seal(seal)


@lru_cache(maxsize=64)
def _insert_into(table: Table) -> Insert:
    return insert(table)


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
