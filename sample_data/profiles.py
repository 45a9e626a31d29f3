"""The profiles of the invented people, read from profiles/*.toml: blocks with the moments they were written at.

An item's id follows from the person's name and the item's key, so that check-ins can point at it.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from core.model.profile import Block, FightTopics, Goals, OwnMeasures, PracticePlan, Triggers
from core.model.profile_items import OwnMeasure, OwnMeasureKind, ProfileItem
from sample_data.invented import Written
from sample_data.plans import Checked, Line

PROFILES = Path(__file__).parent / "profiles"
NAMESPACE = UUID("6b2d5f0e-9c1a-5a43-8f57-2f1c0a9d7e31")

When = Callable[[int], datetime]


@dataclass(frozen=True, kw_only=True)
class ItemPlan(Checked):
    """A line of a list; `key` names it in this file alone."""

    key: str
    words: str
    entry: str | None = None


@dataclass(frozen=True, kw_only=True)
class GoalPlan(ItemPlan):
    """A goal and the line (week, 0-10) around which its progress is drawn."""

    progress: Line


@dataclass(frozen=True, kw_only=True)
class TriggerPlan(ItemPlan):
    """A trigger and the chance (week, 0-1) that a check-in names it."""

    chance: Line


@dataclass(frozen=True, kw_only=True)
class FightsPlan(Checked):
    """Fights a week, the share of them about a known topic, and the last week in which there can be one."""

    all: Line
    known_share: float
    last_week: int | None = None


@dataclass(frozen=True, kw_only=True)
class RenamedPlan(Checked):
    """The session at which a measure got another name."""

    week: int
    name: str


@dataclass(frozen=True, kw_only=True)
class MeasurePlan(Checked):
    """A measure in the client's words: a rating 0-10 or times a week, drawn around a line."""

    key: str
    name: str
    kind: OwnMeasureKind
    line: Line
    renamed: RenamedPlan | None = None


@dataclass(frozen=True, kw_only=True)
class CheckingPlan(Checked):
    """Days with checking a week."""

    days: Line


@dataclass(frozen=True, kw_only=True)
class ProfilePlan(Checked):
    """What one person's profile says, and how the fuller answers of their check-ins run.

    `asked` is the chance that a weekly check-in has fuller answers, from the week `asked_from` on. `practices` goes
    from a catalogue id to its days a week.
    """

    asked_from: int
    asked: float
    goals: tuple[GoalPlan, ...] = ()
    triggers: tuple[TriggerPlan, ...] = ()
    topics: tuple[ItemPlan, ...] = ()
    fights: FightsPlan | None = None
    practices: Mapping[str, Line] = field(default_factory=dict)
    measures: tuple[MeasurePlan, ...] = ()
    checking: CheckingPlan | None = None


def read_profile(name: str) -> ProfilePlan | None:
    """The plan of one person by name; `None` where nobody wrote one. `ValueError` names what is wrong with a file."""
    path = PROFILES / f"{name.casefold()}.toml"
    if not path.exists():
        return None
    return TypeAdapter(ProfilePlan).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))


def item_id(person: str, key: str) -> UUID:
    """The id of an item of this person's profile."""
    return uuid5(NAMESPACE, f"{person}/{key}")


def blocks_of(person: str, plan: ProfilePlan, when: When) -> tuple[Written[Block], ...]:
    """Every block that is written, oldest first; `when` says at which moment of a week's session (0: the first)."""
    first = when(0)
    blocks = [Written(at=first, content=block) for block in _first_blocks(person, plan, first.date())]
    blocks += [
        Written(at=when(measure.renamed.week), content=_measures(person, plan, first.date(), measure.renamed.week))
        for measure in plan.measures
        if measure.renamed is not None
    ]
    return tuple(sorted(blocks, key=lambda block: block.at))


def _first_blocks(person: str, plan: ProfilePlan, day: date) -> Iterator[Block]:
    if plan.goals:
        yield Goals(items=_items(person, plan.goals))
    if plan.triggers:
        yield Triggers(items=_items(person, plan.triggers))
    if plan.topics:
        yield FightTopics(items=_items(person, plan.topics))
    if plan.practices:
        yield PracticePlan(practices=tuple(plan.practices))
    if plan.measures:
        yield _measures(person, plan, day, 0)


def _items(person: str, plans: tuple[ItemPlan, ...]) -> tuple[ProfileItem, ...]:
    return tuple(ProfileItem(id=item_id(person, plan.key), words=plan.words, entry=plan.entry) for plan in plans)


def _measures(person: str, plan: ProfilePlan, since: date, week: int) -> OwnMeasures:
    """The measures as they are called in `week`."""
    return OwnMeasures(
        measures=tuple(
            OwnMeasure(
                id=item_id(person, each.key),
                name=each.renamed.name if each.renamed is not None and week >= each.renamed.week else each.name,
                kind=each.kind,
                since=since,
            )
            for each in plan.measures
        )
    )
