"""Rows and nouns of the longer part of a check-in: its own columns, and a mark for each thing that a list names."""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from operator import itemgetter
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer
from core.model.full_answers import BLANK, BodySign, FullAnswers, Reaction
from core.model.records import as_stored
from core.store.record_tables import PARTNER_ANSWER_COLUMNS, MarkKind
from core.store.rows import Child, Columns, KnownIds, Values

Choice = TypeVar("Choice", bound=StrEnum)

# A choice by its stored word: looked up thousands of times for one review, where calling the enumeration is slow.
_ANSWERS = {None: None} | {choice.value: choice for choice in SignAnswer}
_REACTIONS = {choice.value: choice for choice in Reaction}
_BODY_SIGNS = {choice.value: choice for choice in BodySign}
_KINDS = tuple(kind.value for kind in MarkKind)  # as they are stored: a member of an enumeration is slow to look up

NUMBER_COLUMNS = ("anxiety_now", "checking_days", "conflicts", "repeated_conflicts")
_own_columns = itemgetter(*NUMBER_COLUMNS, *PARTNER_ANSWER_COLUMNS)
_ALL_BLANK = (None,) * len((*NUMBER_COLUMNS, *PARTNER_ANSWER_COLUMNS))

NONE_OF_THEM = ""
"""The subject of the mark that says: asked, and there was none."""


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


def full_from(columns: Columns, ids: KnownIds, marks: Sequence[Child]) -> FullAnswers:
    """The full answers of a check-in's columns and of its marks, whose rows are record and version, then the mark."""
    own = _own_columns(columns)
    if not marks and own == _ALL_BLANK:
        return BLANK
    groups: dict[str, dict[str, int | None]] = {}
    for _, _, kind, subject, value in marks:
        group = groups.setdefault(kind, {})
        if subject != NONE_OF_THEM:
            group[subject] = value
    reactions, body_signs, triggers, practised, goals, measures = map(groups.get, _KINDS)
    anxiety_now, checking_days, conflicts, repeated_conflicts, withdrew, avoided_talks, avoided_decisions = own
    topic = columns["conflict_topic"]
    fields = {
        "anxiety_now": anxiety_now,
        "checking_days": checking_days,
        "conflicts": conflicts,
        "repeated_conflicts": repeated_conflicts,
        "conflict_topic": None if topic is None else ids[topic],
        "withdrew": _ANSWERS[withdrew],
        "avoided_talks": _ANSWERS[avoided_talks],
        "avoided_decisions": _ANSWERS[avoided_decisions],
        "reactions": None if reactions is None else frozenset([_REACTIONS[each] for each in reactions]),
        "body_signs": None if body_signs is None else frozenset([_BODY_SIGNS[each] for each in body_signs]),
        "triggers": None if triggers is None else frozenset([ids[each] for each in triggers]),
        "practised": None if practised is None else MappingProxyType(practised),
        "goal_progress": _numbers(goals, ids),
        "own_measures": _numbers(measures, ids),
    }
    return as_stored(FullAnswers, fields)


def _choice(chosen: frozenset[Choice] | None) -> dict[str, int | None] | None:
    return None if chosen is None else {each.value: None for each in chosen}


def _by_id(numbers: Mapping[UUID, int]) -> dict[str, int | None] | None:
    return {str(each): value for each, value in numbers.items()} or None


def _rows(kind: MarkKind, marks: Mapping[str, int | None]) -> Iterator[Values]:
    for subject, value in (marks or {NONE_OF_THEM: None}).items():
        yield {"kind": kind.value, "subject": subject, "value": value}


def _numbers(marks: Mapping[str, int | None] | None, ids: KnownIds) -> Mapping[UUID, int]:
    return MappingProxyType({ids[subject]: value for subject, value in (marks or {}).items() if value is not None})
