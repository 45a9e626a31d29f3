"""Checks a practice's whole audit trail, and every record against the last line that speaks of it.

What is expected and what is found is put side by side in a temporary database of the system's own, which holds
keys and seals alone, so that a trail of any length is checked in little memory.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from core.model.audit import Action, TrailHead, TrailReport
from core.model.days import print_day
from core.store.chain import START, AuditKey, link
from core.store.record_reading import AT_ONCE, STREAMED, record_seals
from core.store.row_hashes import COVERED, KEY_BETWEEN
from core.store.tables import audit, client

MOST_SENTENCES = 20
_SCRATCH = """
CREATE TABLE expected (tab TEXT, key TEXT, seal TEXT, line INTEGER, PRIMARY KEY (tab, key)) WITHOUT ROWID;
CREATE TABLE found (tab TEXT, key TEXT, seal TEXT, client TEXT, PRIMARY KEY (tab, key)) WITHOUT ROWID;
"""
_UNLIKE = """
SELECT f.tab, f.key, f.client, e.seal, e.line FROM found f LEFT JOIN expected e ON e.tab = f.tab AND e.key = f.key
WHERE e.seal IS NULL OR e.seal <> f.seal
UNION ALL
SELECT e.tab, e.key, NULL, NULL, e.line FROM expected e LEFT JOIN found f ON e.tab = f.tab AND e.key = f.key
WHERE f.seal IS NULL AND e.seal <> '' ORDER BY 5, 1, 2
"""
_CHANGED = "is not what {line} says was saved: it was changed outside the program, or an older state was put back."
_ADDED = "stands in no line of the audit trail: it was added outside the program."
_BACK = "is there again, though {line} says that it was removed."
_TWICE = "Some records stand in their table twice: an older state of a part of the file was put back."
_MISSING = "is missing, though {line} says that it was saved."


def check_trail(connection: Connection, key: AuditKey, practice_id: UUID, kept: TrailHead | None) -> TrailReport:
    """Read every line and every record of a practice once, and tell all that does not fit.

    `kept` is where the trail ended when that was last written down outside the database: without it, lines that
    were cut off at the end cannot be missed.
    """
    with closing(sqlite3.connect("")) as scratch:
        scratch.executescript(_SCRATCH)
        walk = _Walk(key, practice_id, kept)
        for lines in _some(walk.lines(connection)):
            scratch.executemany("INSERT OR REPLACE INTO expected VALUES (?, ?, ?, ?)", lines)
        records, strays = _read_records(connection, scratch, key, practice_id)
        unlike = _sentences(connection, scratch, practice_id)
    problems = _shortened([*walk.problems, *walk.end(), *unlike, *strays])
    return TrailReport(
        lines=walk.sequence, records=records, problems=problems, noticed=tuple(walk.noticed), sealed=key.is_secret
    )


@dataclass
class _Walk:
    """A walk along the lines, from the first to the last."""

    key: AuditKey
    practice_id: UUID
    kept: TrailHead | None
    sequence: int = 0
    problems: list[str] = field(default_factory=list)
    noticed: list[str] = field(default_factory=list)
    _before: bytes = START
    _seal_then: str | None = None

    def lines(self, connection: Connection) -> Iterator[tuple[str, str, str, int]]:
        """The seals of records that the lines carry; notes on the way what is wrong with the lines."""
        every = select(audit).where(audit.c.practice_id == self.practice_id).order_by(audit.c.sequence)
        for row in connection.execute(every, execution_options=STREAMED):
            self._step(row)
            try:
                yield from ((*each, row.sequence) for each in json.loads(row.record_seals or "[]"))
            except (ValueError, TypeError):
                self.problems.append(f"{_line(row)} names records in a way that cannot be read.")

    def _step(self, row: Row[Any]) -> None:
        if row.sequence != self.sequence + 1:
            missing = (
                f"Line {self.sequence + 1} of the audit trail is missing."
                if row.sequence == self.sequence + 2
                else f"Lines {self.sequence + 1} to {row.sequence - 1} of the audit trail are missing."
            )
            self.problems.append(missing)
        elif link(self.key, self._before, self.practice_id, row._asdict()).hex() != row.seal:
            self.problems.append(f"{_line(row)} does not fit its seal: it was changed, swapped or put in from outside.")
        self.sequence = row.sequence
        self._before = _bytes(row.seal)
        if self.kept is not None and row.sequence == self.kept.sequence:
            self._seal_then = row.seal
        if row.action == Action.TRAIL_CUT:
            self.noticed.append(f"{_line(row)} says that lines written before it had been lost when it was opened.")

    def end(self) -> list[str]:
        """What the head that was kept outside the database says of the end."""
        if self.kept is None:
            return []
        if self.kept.sequence > self.sequence:
            return [cut_sentence(self.kept.sequence, self.sequence)]
        return [] if self._seal_then == self.kept.seal else [rewritten_sentence(self.kept.sequence)]


def cut_sentence(kept: int, found: int) -> str:
    """That the last lines are gone."""
    return (
        f"The audit trail ends with line {found:,}, though it had reached line {kept:,}: what was recorded since then "
        "was cut off, or an older state of the database was put back."
    )


def rewritten_sentence(sequence: int) -> str:
    """That another line stands where one was."""
    return (
        f"Line {sequence:,} of the audit trail is another than the one that stood there: the trail was written anew "
        "from there or from before."
    )


def _read_records(
    connection: Connection, scratch: sqlite3.Connection, key: AuditKey, practice_id: UUID
) -> tuple[int, list[str]]:
    """Put what stands in the tables beside what is expected; how many records there are, and what is odd about them."""
    strays: list[str] = []

    def found() -> Iterator[tuple[str, str, str, str | None]]:
        for covered, row, seal in record_seals(connection, key, practice_id):
            if not row:
                strays.append(f"Rows of {seal.table} belong to no record: they were added outside the program.")
                continue
            of = row["id"] if covered.table is client else row.get("client_id")
            yield seal.table, seal.key, seal.seal, of and of.hex

    records = 0
    for some in _some(found()):
        put = scratch.executemany("INSERT OR IGNORE INTO found VALUES (?, ?, ?, ?)", some).rowcount
        if put < len(some):
            strays.append(_TWICE)
        records += len(some)
    return records, strays


def _sentences(connection: Connection, scratch: sqlite3.Connection, practice_id: UUID) -> list[str]:
    sentences: list[str] = []
    for table, key, of_client, seal, line in scratch.execute(_UNLIKE):
        if len(sentences) > MOST_SENTENCES:
            sentences.append("")  # counted, not worded: nobody reads more
            continue
        sentences.append(_sentence(connection, practice_id, (table, key, of_client), (seal, line)))
    return sentences


def _sentence(
    connection: Connection,
    practice_id: UUID,
    record: tuple[str, str, str | None],
    expected: tuple[str | None, int | None],
) -> str:
    table, key, of_client = record
    seal, sequence = expected
    if sequence is None:
        said = _ADDED
    elif seal is None:
        said = _MISSING
    else:
        said = _CHANGED if seal else _BACK
    found = select(audit).where(audit.c.practice_id == practice_id, audit.c.sequence == sequence)
    row = connection.execute(found).first() if sequence is not None else None
    line = _line(row, begins=False) if row is not None else ""
    return f"{_record(connection, practice_id, table, key, of_client)} {said.format(line=line)}"


def _record(connection: Connection, practice_id: UUID, table: str, key: str, of_client: str | None) -> str:
    """The record in words that name nobody: what it is, whose by code, its version and id."""
    covered = COVERED.get(table)
    if covered is None:
        return f"A record of {table}"
    values = dict(zip(covered.key, key.split(KEY_BETWEEN), strict=False))
    of = of_client or values.get("client_id")
    named = []
    if of is not None:
        codes = select(client.c.code).where(client.c.practice_id == practice_id, client.c.id == UUID(of))
        code = connection.execute(codes).scalar()
        named.append(f"client {code}" if code else "")
    named += [f"{name.replace('_', ' ')} {values[name]}" for name in covered.key if name != "client_id"]
    noun = covered.noun[0].upper() + covered.noun[1:]
    return f"{noun} ({', '.join(word for word in named if word)})"


def _shortened(sentences: list[str]) -> tuple[str, ...]:
    more = len(sentences) - MOST_SENTENCES
    if more <= 0:
        return tuple(sentences)
    return (*sentences[:MOST_SENTENCES], f"And {more:,} more like these.")


def _line(row: Row[Any], *, begins: bool = True) -> str:
    return f"{'L' if begins else 'l'}ine {row.sequence:,} of the audit trail ({print_day(row.at.date())})"


def _bytes(seal: str | None) -> bytes:
    try:
        return bytes.fromhex(seal or "")
    except ValueError:
        return b""


def _some(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some
