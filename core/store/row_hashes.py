"""What a seal of a record covers: which tables, by which key, and with which rows below it.

The seal is made from the row as it stands after the write and is bound to its table, its practice and its key,
so that a row that was changed, put back or moved does not fit any more. What is blank is left out: a column that
a later version adds leaves the seals of older rows as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from core.store import record_tables as records
from core.store import tables
from core.store.chain import AuditKey, RecordSeal, canonical
from core.store.schema import METADATA

Values = Mapping[str, Any]

KEY_BETWEEN = "/"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A table of rows that belong to a record, tied to it by `key`, in the order of the record's own key."""

    table: Table
    key: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Covered:
    """A table whose rows are sealed, each with the rows of its parts.

    `key` names a row within its practice, `noun` is what a sentence calls it. Columns of `left_out` are not sealed.
    """

    table: Table
    noun: str
    key: tuple[str, ...] = ("id",)
    parts: tuple[Part, ...] = ()
    left_out: frozenset[str] = frozenset()

    def key_of(self, row: Values) -> str:
        """The row's key as text."""
        return KEY_BETWEEN.join(str(getattr(row[name], "hex", row[name])) for name in self.key)

    def seal(self, key: AuditKey, row: Values, parts: Mapping[str, Iterable[Values]]) -> RecordSeal:
        """The seal of a row; `parts` are the rows below it, by the name of their table."""
        below = {name: sorted(map(_filled, rows)) for name, rows in parts.items()}
        kept = {name: row[name] for name in row if name not in self.left_out}
        content = ["row", self.table.name, _filled(kept), {name: rows for name, rows in below.items() if rows}]
        return RecordSeal(table=self.table.name, key=self.key_of(row), seal=key.seal(canonical(content)).hex())


def _version(table: Table, noun: str, *parts: Table, key: str) -> Covered:
    below = tuple(Part(table=part, key=(key, "version")) for part in parts)
    return Covered(table=table, noun=noun, key=("id", "version"), parts=below)


COVERED: Mapping[str, Covered] = {
    each.table.name: each
    for each in (
        Covered(table=tables.practice, noun="the practice's own details", left_out=frozenset({"idle_minutes"})),
        Covered(table=tables.therapist, noun="a therapist's details"),
        Covered(table=tables.client, noun="a client's details"),
        Covered(table=tables.care, noun="whose client somebody is", key=("client_id", "number")),
        Covered(table=tables.share, noun="with whom a client is shared"),
        Covered(table=tables.partner_status, noun="a partner status", key=("client_id", "since")),
        Covered(table=tables.session, noun="a session"),
        Covered(table=tables.event, noun="an event"),
        Covered(table=tables.profile_block, noun="a block of a profile", key=("client_id", "kind", "version")),
        Covered(table=tables.practice_block, noun="a setting of the practice", key=("kind", "version")),
        Covered(table=tables.given_handout, noun="a handout that was given"),
        Covered(table=records.check_in, noun="a check-in"),
        _version(records.check_in_version, "a check-in", records.episode, records.mark, key="check_in_id"),
        Covered(table=records.response, noun="a questionnaire response"),
        _version(
            records.response_version,
            "a questionnaire response",
            records.answer,
            records.entered_total,
            key="response_id",
        ),
        Covered(table=records.safety_review, noun="a safety review"),
        Covered(table=records.note, noun="a note"),
        Covered(table=records.addendum, noun="an addendum"),
    )
}
"""Every table of the record by its name."""

NOT_COVERED: Mapping[str, str] = {
    "audit": "the chain itself seals it",
    "sign_in": "it changes with every minute at the screen and is gone after a day; the trail has its own lines",
    "secret": "nobody reads a record by it; each change of it has its own line",
    "draft_words": "it is working text that changes every few seconds; signing folds it into the note, which is sealed",
    "attempt": "it counts wrong passphrases and is nobody's record",
    "second_factor": "its key has a seal of its own, and its last step changes at each signing in",
}
"""Tables whose rows are not sealed one by one, and why."""

AS_PARTS = frozenset(part.table.name for each in COVERED.values() for part in each.parts)


def uncovered() -> Sequence[str]:
    """Tables that are neither sealed nor left out with a reason: there must be none."""
    return sorted(set(METADATA.tables) - set(COVERED) - AS_PARTS - set(NOT_COVERED))


def _filled(row: Values) -> str:
    return canonical({name: value for name, value in row.items() if value is not None}).decode()
