"""Reads every sealed record of a practice in one pass, without ever holding more than a few thousand rows."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select

from core.store.chain import AuditKey, RecordSeal
from core.store.row_hashes import COVERED, Covered, Part

AT_ONCE = 2_000
STREAMED = {"stream_results": True, "yield_per": AT_ONCE}

Values = Mapping[str, Any]


def record_seals(
    connection: Connection, key: AuditKey, practice_id: UUID
) -> Iterator[tuple[Covered, Values, RecordSeal]]:
    """Every record as it stands now with the seal it would get now, table by table in the order of its keys."""
    for covered in COVERED.values():
        below = {part.table.name: _Below(connection, part, practice_id) for part in covered.parts}
        for row in _rows(connection, covered.table, covered.key, practice_id):
            own = tuple(row[name] for name in covered.key)
            yield covered, row, covered.seal(key, row, {name: part.of(own) for name, part in below.items()})
        for name, part in below.items():
            if part.has_strays():
                yield covered, {}, RecordSeal(table=name, key="", seal="")


class _Below:
    """The rows of a part, handed out record by record, since both come in the order of the record's key."""

    def __init__(self, connection: Connection, part: Part, practice_id: UUID) -> None:
        rows = _rows(connection, part.table, part.key, practice_id)
        self._groups = groupby(rows, key=lambda row: tuple(row[name] for name in part.key))
        self._strays = False
        self._step()

    def of(self, key: tuple[Any, ...]) -> list[Values]:
        """The rows below the record with this key; keys must be asked for in their order."""
        while self._key is not None and self._key < key:
            self._strays = True
            self._step()
        if self._key != key:
            return []
        rows = self._rows
        self._step()
        return rows

    def has_strays(self) -> bool:
        """Whether there were rows that belong to no record."""
        return self._strays or self._key is not None

    def _step(self) -> None:
        key, rows = next(self._groups, (None, ()))
        self._key: tuple[Any, ...] | None = key
        self._rows: list[Values] = list(rows)


def _rows(connection: Connection, table: Table, key: tuple[str, ...], practice_id: UUID) -> Iterator[Values]:
    of_practice = table.c.id if table.name == "practice" else table.c.practice_id
    statement = select(table).where(of_practice == practice_id).order_by(*(table.c[name] for name in key))
    for row in connection.execute(statement, execution_options=STREAMED):
        yield row._asdict()
