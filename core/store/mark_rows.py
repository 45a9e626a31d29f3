"""Rows and nouns of the longer part of a check-in: its own columns, and a mark for each thing that a list names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row

from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer
from core.model.full_answers import BLANK, BodySign, FullAnswers, Reaction
from core.store.record_tables import PARTNER_ANSWER_COLUMNS, MarkKind
from core.store.rows import Values

Choice = TypeVar("Choice", bound=StrEnum)

NUMBER_COLUMNS = ("anxiety_now", "checking_days", "conflicts", "repeated_conflicts")


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


def full_from(row: Row[Any], marks: Iterable[Row[Any]]) -> FullAnswers:
    """The full answers of a check-in's row and of its marks."""
    groups: defaultdict[str, dict[str, int | None]] = defaultdict(dict)
    for mark in marks:
        groups[mark.kind][mark.subject] = mark.value
    columns = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    if not groups and all(columns[name] is None for name in (*NUMBER_COLUMNS, *PARTNER_ANSWER_COLUMNS)):
        return BLANK
    given = {kind: _chosen(groups.get(kind.value)) for kind in MarkKind}
    partner = {name: SignAnswer(value) for name in PARTNER_ANSWER_COLUMNS if (value := columns[name]) is not None}
    reactions, body_signs, triggers = (
        given[kind] for kind in (MarkKind.REACTION, MarkKind.BODY_SIGN, MarkKind.TRIGGER)
    )
    return FullAnswers(
        anxiety_now=row.anxiety_now,
        checking_days=row.checking_days,
        conflicts=row.conflicts,
        repeated_conflicts=row.repeated_conflicts,
        conflict_topic=row.conflict_topic,
        reactions=None if reactions is None else frozenset(map(Reaction, reactions)),
        body_signs=None if body_signs is None else frozenset(map(BodySign, body_signs)),
        triggers=None if triggers is None else frozenset(map(UUID, triggers)),
        practised=given[MarkKind.PRACTISED],
        goal_progress=_numbers(given[MarkKind.GOAL]),
        own_measures=_numbers(given[MarkKind.OWN_MEASURE]),
        **partner,
    )


def _choice(chosen: frozenset[Choice] | None) -> dict[str, int | None] | None:
    return None if chosen is None else {each.value: None for each in chosen}


def _by_id(numbers: Mapping[UUID, int]) -> dict[str, int | None] | None:
    return {str(each): value for each, value in numbers.items()} or None


def _rows(kind: MarkKind, marks: Mapping[str, int | None]) -> Iterator[Values]:
    for subject, value in (marks or {NONE_OF_THEM: None}).items():
        yield {"kind": kind.value, "subject": subject, "value": value}


def _chosen(marks: dict[str, int | None] | None) -> dict[str, int | None] | None:
    if marks is None:
        return None
    return {subject: value for subject, value in marks.items() if subject != NONE_OF_THEM}


def _numbers(marks: dict[str, int | None] | None) -> dict[UUID, int]:
    return {UUID(subject): value for subject, value in (marks or {}).items() if value is not None}
