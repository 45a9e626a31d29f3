"""What a client's own lists name, over all versions of the profile: a check-in points at an item of them by its id."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from uuid import UUID

from core.model.days import print_day
from core.model.profile import (
    BlockKind,
    DatedBlock,
    FightTopics,
    Goals,
    ItemBlock,
    OwnMeasures,
    PracticePlan,
    Triggers,
)
from core.model.profile_items import OwnMeasure, OwnMeasureKind

LIST_KINDS = (
    BlockKind.GOALS,
    BlockKind.TRIGGERS,
    BlockKind.PRACTICE_PLAN,
    BlockKind.FIGHT_TOPICS,
    BlockKind.OWN_MEASURES,
)


@dataclass(frozen=True, kw_only=True)
class OwnList:
    """One list: the newest words of everything that ever stood in it, and what check-ins ask about now, in order."""

    words: Mapping[UUID, str] = field(default_factory=dict)
    asked_now: tuple[UUID, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", MappingProxyType(dict(self.words)))

    def shown(self, answered: Collection[UUID]) -> tuple[UUID, ...]:
        """What a form shows: what is asked about now, then what an earlier answer names."""
        earlier = (item for item in self.words if item in answered and item not in self.asked_now)
        return (*self.asked_now, *earlier)


@dataclass(frozen=True, kw_only=True)
class FormerName:
    """A name that a measure had until the day on which another one began to hold."""

    name: str
    until: date


@dataclass(frozen=True, kw_only=True)
class NamedMeasure:
    """A measure of the client's own as it is called now, with its earlier names, oldest first."""

    measure: OwnMeasure
    formerly: tuple[FormerName, ...] = ()
    asked_now: bool = True

    @property
    def is_rating(self) -> bool:
        """Whether it is a rating 0-10; else it is a count of times in the period."""
        return self.measure.kind is OwnMeasureKind.RATING

    @property
    def called_before(self) -> str:
        """`called “Sleep” until 3 May 2026`, for each earlier name; empty without one."""
        return ", then ".join(f"called “{former.name}” until {print_day(former.until)}" for former in self.formerly)


@dataclass(frozen=True, kw_only=True)
class ClientLists:
    """The lists of one client that check-ins point at.

    `plan` are the catalogue ids agreed on now, `planned_ever` those of any version. `measures` are all that
    there ever were, those that are asked about now first.
    """

    goals: OwnList = field(default_factory=OwnList)
    triggers: OwnList = field(default_factory=OwnList)
    topics: OwnList = field(default_factory=OwnList)
    plan: tuple[str, ...] = ()
    planned_ever: frozenset[str] = frozenset()
    measures: tuple[NamedMeasure, ...] = ()

    def measure(self, measure_id: UUID) -> NamedMeasure | None:
        """One measure by its id."""
        return next((each for each in self.measures if each.measure.id == measure_id), None)


def lists_of(versions: Iterable[DatedBlock]) -> ClientLists:
    """The lists in these versions of blocks, given first to newest; other blocks are passed over."""
    ordered = tuple(versions)
    plans = [each.content.practices for each in ordered if isinstance(each.content, PracticePlan)]
    return ClientLists(
        goals=_list(ordered, Goals),
        triggers=_list(ordered, Triggers),
        topics=_list(ordered, FightTopics),
        plan=plans[-1] if plans else (),
        planned_ever=frozenset(practice for plan in plans for practice in plan),
        measures=_measures(ordered),
    )


def _list(versions: Iterable[DatedBlock], made: type[ItemBlock]) -> OwnList:
    blocks = [each.content for each in versions if isinstance(each.content, made)]
    if not blocks:
        return OwnList()
    return OwnList(
        words={item.id: item.words for block in blocks for item in block.items},
        asked_now=tuple(item.id for item in blocks[-1].open_items),
    )


def _measures(versions: Iterable[DatedBlock]) -> tuple[NamedMeasure, ...]:
    newest: dict[UUID, OwnMeasure] = {}
    formerly: dict[UUID, list[FormerName]] = {}
    going_on: set[UUID] = set()
    for dated, block in _blocks(versions):
        for measure in block.measures:
            before = newest.get(measure.id)
            if before is not None and before.name != measure.name:
                formerly.setdefault(measure.id, []).append(FormerName(name=before.name, until=dated.held_from))
            newest[measure.id] = measure
        going_on = {measure.id for measure in block.going_on}
    named = [
        NamedMeasure(measure=measure, formerly=tuple(formerly.get(each, ())), asked_now=each in going_on)
        for each, measure in newest.items()
    ]
    return tuple(sorted(named, key=lambda one: not one.asked_now))


def _blocks(versions: Iterable[DatedBlock]) -> Iterator[tuple[DatedBlock, OwnMeasures]]:
    for dated in versions:
        if isinstance(dated.content, OwnMeasures):
            yield dated, dated.content
