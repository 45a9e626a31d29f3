"""Rows and nouns of the longer part of a check-in: its own columns, and a mark for each thing that a list names."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer
from core.model.full_answers import BLANK, BodySign, FullAnswers, Reaction
from core.model.records import as_stored
from core.store.gathered import constant, json_array, json_group_object
from core.store.record_tables import PARTNER_ANSWER_COLUMNS, MarkKind, mark
from core.store.rows import Columns, KnownIds, Values

Choice = TypeVar("Choice", bound=StrEnum)
Marks = dict[str, int | None]

# A choice by its stored word: looked up thousands of times for one review, where calling the enumeration is slow.
_ANSWERS = {None: None} | {choice.value: choice for choice in SignAnswer}
_REACTIONS = {choice.value: choice for choice in Reaction}
_BODY_SIGNS = {choice.value: choice for choice in BodySign}
_NO_NUMBERS: Mapping[UUID, int] = MappingProxyType({})

NUMBER_COLUMNS = ("anxiety_now", "checking_days", "conflicts", "repeated_conflicts")
FULL_COLUMNS = (*NUMBER_COLUMNS, "conflict_topic", *PARTNER_ANSWER_COLUMNS)
_ALL_BLANK = (None,) * len(FULL_COLUMNS)

MARKS = json_array(
    *(json_group_object(mark.c.subject, mark.c.value).filter(mark.c.kind == constant(kind)) for kind in MarkKind)
)
"""The marks of a check-in for each kind, in the order of `MarkKind`: their values by subject."""

NONE_OF_THEM = ""
"""The subject of the mark that says: asked, and there was none. Every other mark has one that is not blank."""


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


def full_from(columns: Columns, ids: KnownIds, marks: Sequence[Marks | None]) -> FullAnswers:
    """The full answers of a check-in, of what stands in `FULL_COLUMNS` and of its `MARKS`."""
    if columns == _ALL_BLANK and not any(marks):
        return BLANK
    reactions, body_signs, triggers, practised, goals, measures = marks
    anxiety_now, checking_days, conflicts, repeated_conflicts, topic, withdrew, avoided_talks, avoided_decisions = (
        columns
    )
    fields = {
        "anxiety_now": anxiety_now,
        "checking_days": checking_days,
        "conflicts": conflicts,
        "repeated_conflicts": repeated_conflicts,
        "conflict_topic": None if topic is None else ids[topic],
        "withdrew": _ANSWERS[withdrew],
        "avoided_talks": _ANSWERS[avoided_talks],
        "avoided_decisions": _ANSWERS[avoided_decisions],
        "reactions": frozenset([_REACTIONS[each] for each in reactions if each]) if reactions else None,
        "body_signs": frozenset([_BODY_SIGNS[each] for each in body_signs if each]) if body_signs else None,
        "triggers": frozenset([ids[each] for each in triggers if each]) if triggers else None,
        "practised": _practised(practised) if practised else None,
        "goal_progress": _numbers(goals, ids) if goals else _NO_NUMBERS,
        "own_measures": _numbers(measures, ids) if measures else _NO_NUMBERS,
    }
    return as_stored(FullAnswers, fields)


def _choice(chosen: frozenset[Choice] | None) -> dict[str, int | None] | None:
    return None if chosen is None else {each.value: None for each in chosen}


def _by_id(numbers: Mapping[UUID, int]) -> dict[str, int | None] | None:
    return {str(each): value for each, value in numbers.items()} or None


def _rows(kind: MarkKind, marks: Mapping[str, int | None]) -> Iterator[Values]:
    for subject, value in (marks or {NONE_OF_THEM: None}).items():
        yield {"kind": kind.value, "subject": subject, "value": value}


def _practised(marks: Marks) -> Mapping[str, int | None]:
    return MappingProxyType({subject: value for subject, value in sorted(marks.items()) if subject})


def _numbers(marks: Marks, ids: KnownIds) -> Mapping[UUID, int]:
    return MappingProxyType({ids[subject]: value for subject, value in sorted(marks.items()) if value is not None})
