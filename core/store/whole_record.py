"""Everything that is stored about one client, every version of it, as plain values in the order of its keys."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select

from core.errors import NotFound
from core.store import record_tables as records
from core.store import tables
from core.store.keys import NOT_FOUND
from core.store.unit_of_work import UnitOfWork, mine, read

Entry = dict[str, Any]

LEFT_OUT = frozenset({"practice_id", "client_id", "request_id", "name_key", "window_id", "sent", "noted_at"})
"""Columns that say nothing about anybody: keys said already, and what forms and editors are told apart by."""

AS_JSON = frozenset({"content"})
"""Columns that hold JSON, which is given as what it says."""


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A table whose rows belong to those of another; `tie` names its columns and, in the same order, the other's."""

    table: Table
    name: str
    tie: tuple[tuple[str, str], ...]
    branches: tuple["Branch", ...] = ()


def _of_client(table: Table, name: str, *branches: Branch) -> Branch:
    return Branch(table=table, name=name, tie=(("client_id", "id"),), branches=branches)


def _of_version(table: Table, name: str, record: str, version: str = "version") -> Branch:
    return Branch(table=table, name=name, tie=((record, "id"), (version, "version")))


def _of_note(table: Table, name: str) -> Branch:
    return Branch(table=table, name=name, tie=(("note_id", "id"),))


def _versions(table: Table, *branches: Branch) -> Branch:
    return Branch(table=table, name="versions", tie=(("id", "id"),), branches=branches)


TREE: tuple[Branch, ...] = (
    _of_client(tables.care, "therapists"),
    _of_client(tables.share, "shared_with"),
    _of_client(tables.partner_status, "partner_statuses"),
    _of_client(tables.profile_block, "profile"),
    _of_client(tables.session, "sessions"),
    _of_client(tables.event, "events"),
    _of_client(tables.given_handout, "handouts"),
    _of_client(
        records.check_in,
        "check_ins",
        _versions(
            records.check_in_version,
            _of_version(records.episode, "episodes", "check_in_id"),
            _of_version(records.mark, "marks", "check_in_id"),
        ),
    ),
    _of_client(
        records.response,
        "responses",
        _versions(
            records.response_version,
            _of_version(records.answer, "answers", "response_id"),
            _of_version(records.entered_total, "entered_totals", "response_id"),
            _of_version(records.safety_review, "safety_reviews", "response_id", "response_version"),
        ),
    ),
    _of_client(
        records.note,
        "notes",
        _of_note(records.draft_words, "draft_words"),
        _of_note(records.addendum, "addenda"),
    ),
)
"""Every table that holds something about a client."""

NOT_A_RECORD: Mapping[str, str] = {
    "sign_in": "who was signed in when; it is gone after a month",
    "secret": "what passphrases are checked against on a server",
    "attempt": "how often somebody mistyped",
    "second_factor": "what codes from a telephone are checked against",
    "audit": "who did what; it is checked where it stands, and says nothing of what was written",
}
"""Tables that are in no export, and why."""


def client_record(work: UnitOfWork, client_id: UUID) -> Entry:
    """One client with everything below; what is blank is left out. `NotFound` where there is none such."""
    rows = _rows(work, tables.client, tables.client.c.id == client_id)
    if not rows:
        raise NotFound(NOT_FOUND)
    entry = _plain(rows[0], frozenset())
    _Reader(work, client_id).hang(tables.client, rows, [entry], TREE)
    return entry


def practice_record(work: UnitOfWork) -> Entry:
    """The practice itself: its details, its therapists and every version of its settings."""
    practice = tables.practice
    (own,) = read(work, select(practice).where(practice.c.id == work.actor.practice_id))
    return {
        **_plain(own._asdict(), frozenset()),
        "therapists": [_plain(row, frozenset()) for row in _rows(work, tables.therapist)],
        "settings": [_plain(row, frozenset()) for row in _rows(work, tables.practice_block)],
    }


class _Reader:
    """Reads the branches of one client's record."""

    def __init__(self, work: UnitOfWork, client_id: UUID) -> None:
        self._work, self._client_id = work, client_id

    def hang(self, above: Table, rows: Sequence[Entry], entries: Sequence[Entry], branches: Iterable[Branch]) -> None:
        """Give each of `entries`, which stand for `rows` of the table `above`, its lists from the branches."""
        for branch in branches:
            found = _rows(self._work, branch.table, belongs(self._work, branch, above, self._client_id))
            ties = frozenset(own for own, _ in branch.tie)
            plain = [_plain(row, ties) for row in found]
            if found:
                self.hang(branch.table, found, plain, branch.branches)
            below: defaultdict[tuple[Any, ...], list[Entry]] = defaultdict(list)
            for row, entry in zip(found, plain, strict=True):
                below[tuple(row[own] for own, _ in branch.tie)].append(entry)
            for row, entry in zip(rows, entries, strict=True):
                own_rows = below.get(tuple(row[other] for _, other in branch.tie))
                if own_rows:
                    entry[branch.name] = own_rows


def belongs(work: UnitOfWork, branch: Branch, above: Table, client_id: UUID) -> ColumnElement[bool]:
    """The condition for a branch's rows of one client; `above` is the table that it hangs on."""
    columns, (own, other) = branch.table.c, branch.tie[0]
    if "client_id" in columns:
        return columns.client_id == client_id
    ours = select(above.c[other]).where(mine(work, above), above.c.client_id == client_id)
    return columns[own].in_(ours)


def _rows(work: UnitOfWork, table: Table, *conditions: ColumnElement[bool]) -> list[Entry]:
    order = table.primary_key.columns
    return [row._asdict() for row in read(work, select(table).where(mine(work, table), *conditions).order_by(*order))]


def _plain(row: Mapping[str, Any], tied: frozenset[str]) -> Entry:
    return {
        name: json.loads(value) if name in AS_JSON else value
        for name, value in row.items()
        if value is not None and name not in LEFT_OUT and name not in tied
    }
