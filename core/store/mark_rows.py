"""Rows and nouns of the longer part of a check-in: its own columns, and a mark for each thing that a list names."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar, cast
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, case

from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer
from core.model.full_answers import BLANK, BodySign, FullAnswers, Reaction
from core.model.records import as_stored
from core.store.gathered import constant, json_array, json_group_array, json_group_object
from core.store.record_tables import MarkKind, mark
from core.store.rows import Values, in_order
from core.store.versioned import VersionRow

Choice = TypeVar("Choice", bound=StrEnum)
Subject = TypeVar("Subject")

_NO_NUMBERS: Mapping[UUID, int] = MappingProxyType({})
_NONE_PRACTISED: Mapping[str, int | None] = MappingProxyType({})


class Marks(Struct, array_like=True):
    """The marks of a check-in by their kind: their subjects, and their values where such marks have one.

    `None` as a subject says: asked, and there was none.
    """

    reaction: frozenset[Reaction | None] | None = None
    body_sign: frozenset[BodySign | None] | None = None
    trigger: frozenset[UUID | None] | None = None
    practised: dict[str, int | None] | None = None
    goal: dict[UUID, int] | None = None
    own_measure: dict[UUID, int] | None = None


class FullRow(VersionRow, array_like=True):
    """What is read of the longer part of a check-in."""

    anxiety_now: int | None
    checking_days: int | None
    conflicts: int | None
    repeated_conflicts: int | None
    conflict_topic: UUID | None
    withdrew: SignAnswer | None
    avoided_talks: SignAnswer | None
    avoided_decisions: SignAnswer | None
    marks: Marks | None


NONE_OF_THEM = ""
"""The subject of the mark that says: asked, and there was none. Every other mark has one that is not blank."""
_VALUED = (MarkKind.PRACTISED, MarkKind.GOAL, MarkKind.OWN_MEASURE)
_NO_MARKS = Marks()
_ALL_BLANK = (None,) * 8


def _of_kind(kind: MarkKind) -> ColumnElement[Any]:
    subject, of_kind = mark.c.subject, mark.c.kind == constant(kind)
    if kind in _VALUED:
        return json_group_object(subject, mark.c.value).filter(of_kind)
    return json_group_array(case((subject != constant(NONE_OF_THEM), subject))).filter(of_kind)


MARKS = json_array(*(_of_kind(MarkKind(name)) for name in Marks.__struct_fields__))
"""What is gathered into `Marks`."""


def full_values(full: FullAnswers) -> Values:
    """The columns of the full answers."""
    return {
        "anxiety_now": full.anxiety_now,
        "checking_days": full.checking_days,
        "conflicts": full.conflicts,
        "repeated_conflicts": full.repeated_conflicts,
        "conflict_topic": full.conflict_topic,
        "withdrew": full.withdrew and full.withdrew.value,
        "avoided_talks": full.avoided_talks and full.avoided_talks.value,
        "avoided_decisions": full.avoided_decisions and full.avoided_decisions.value,
    }


def mark_values(content: CheckIn) -> list[Values]:
    """The marks of a check-in, one for each thing chosen and one for each list that was asked and had none."""
    full = content.full
    chosen: list[tuple[MarkKind, Mapping[str, int | None] | None]] = [
        (MarkKind.REACTION, _choice(full.reactions)),
        (MarkKind.BODY_SIGN, _choice(full.body_signs)),
        (MarkKind.TRIGGER, None if full.triggers is None else {str(each): None for each in full.triggers}),
        (MarkKind.PRACTISED, full.practised),
        (MarkKind.GOAL, _by_id(full.goal_progress)),
        (MarkKind.OWN_MEASURE, _by_id(full.own_measures)),
    ]
    return [row for kind, marks in chosen if marks is not None for row in _rows(kind, marks)]


def full_from(row: FullRow) -> FullAnswers:
    """The full answers of a check-in."""
    own = (
        row.anxiety_now,
        row.checking_days,
        row.conflicts,
        row.repeated_conflicts,
        row.conflict_topic,
        row.withdrew,
        row.avoided_talks,
        row.avoided_decisions,
    )
    if row.marks is None and own == _ALL_BLANK:
        return BLANK
    marks = row.marks or _NO_MARKS
    fields: dict[str, object] = {
        "anxiety_now": row.anxiety_now,
        "checking_days": row.checking_days,
        "conflicts": row.conflicts,
        "repeated_conflicts": row.repeated_conflicts,
        "conflict_topic": row.conflict_topic,
        "withdrew": row.withdrew,
        "avoided_talks": row.avoided_talks,
        "avoided_decisions": row.avoided_decisions,
        "reactions": _chosen(marks.reaction) if marks.reaction else None,
        "body_signs": _chosen(marks.body_sign) if marks.body_sign else None,
        "triggers": _chosen(marks.trigger) if marks.trigger else None,
        "practised": _practised(marks.practised) if marks.practised else None,
        "goal_progress": in_order(marks.goal) if marks.goal else _NO_NUMBERS,
        "own_measures": in_order(marks.own_measure) if marks.own_measure else _NO_NUMBERS,
    }
    return as_stored(FullAnswers, fields)


def _choice(chosen: frozenset[Choice] | None) -> dict[str, int | None] | None:
    return None if chosen is None else {each.value: None for each in chosen}


def _by_id(numbers: Mapping[UUID, int]) -> dict[str, int | None] | None:
    return {str(each): value for each, value in numbers.items()} or None


def _rows(kind: MarkKind, marks: Mapping[str, int | None]) -> Iterator[Values]:
    for subject, value in (marks or {NONE_OF_THEM: None}).items():
        yield {"kind": kind.value, "subject": subject, "value": value}


def _chosen(subjects: frozenset[Subject | None]) -> frozenset[Subject]:
    return frozenset() if None in subjects else cast("frozenset[Subject]", subjects)


def _practised(marks: dict[str, int | None]) -> Mapping[str, int | None]:
    return _NONE_PRACTISED if NONE_OF_THEM in marks else in_order(marks)
