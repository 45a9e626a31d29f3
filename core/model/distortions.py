"""Distortions by kind, and beside the client's triggers: every rate with what was asked for it."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from msgspec import Struct

from core.model.course import CountBar
from core.model.days import Window
from core.model.findings import Finding
from core.model.readings import Rate
from core.model.records import RecordRef


class KindReading(Struct, frozen=True, kw_only=True):
    """One kind of distortion: its rate now and in the days before, and its bars over the days in view.

    Both rates have only the days on which this kind was asked. `named` is how often it was named in the check-ins of
    `now` that asked every kind (their parts within the window); its share is of all that was named there.
    """

    kind: str
    now: Rate
    before: Rate
    bars: tuple[CountBar, ...]
    named: Fraction


class Sorting(Struct, frozen=True, kw_only=True):
    """How the check-ins of a window asked for distortions: each stands in one of the first four.

    `every_kind` asked all kinds, `some_kinds` not all of them (their kinds have no part in shares), `total_only` gave
    only a number of all kinds together, `not_asked` nothing. `named` is what the first named, all kinds together.
    """

    every_kind: int
    some_kinds: int
    total_only: int
    not_asked: int
    named: Fraction

    @property
    def check_ins(self) -> int:
        """All check-ins that touch the window."""
        return self.every_kind + self.some_kinds + self.total_only + self.not_asked


class DistortionBreakdown(Finding, frozen=True, kw_only=True):
    """Distortions by kind over `window`, beside the days of `before`; `kinds` by current rate, highest first.

    `total` has all that was noticed, `unsorted` what was not named as one kind, with its `unsorted_bars`. `view` are
    the days of the bars. `used` and `missing` count check-ins that asked some kind, and those that did not.
    """

    window: Window
    before: Window
    view: Window
    kinds: tuple[KindReading, ...]
    total: Rate
    unsorted: Rate
    unsorted_bars: tuple[CountBar, ...]
    sorting: Sorting

    def share(self, reading: KindReading) -> Fraction | None:
        """The part of all that was named in check-ins that asked every kind; `None` where nothing was."""
        return reading.named / self.sorting.named if self.sorting.named else None


class Told(Struct, frozen=True, kw_only=True):
    """What one check-in says of distortions and of triggers, apart from where it is kept.

    `kinds` holds the kinds that were asked. `triggers` are those of the profile that came up, an empty set where
    none did, `None` where they were not asked.
    """

    ref: RecordRef
    recorded_at: datetime
    days: Window
    kinds: Mapping[str, int]
    triggers: frozenset[UUID] | None


class TriggerCell(Struct, frozen=True, kw_only=True):
    """One kind in the records in which a trigger came up, and in those in which it was asked and did not."""

    kind: str
    trigger: UUID
    with_trigger: Rate
    without: Rate


class TriggerTable(Finding, frozen=True, kw_only=True):
    """Kinds of distortion beside triggers over `window`; side by side, which shows no cause.

    `cells` hold each pair once, by trigger, then by kind. `check_ins` says for each trigger in how many of the asked
    check-ins it came up. `used` counts check-ins that asked triggers and some kind, `missing` those that did not.
    """

    window: Window
    kinds: tuple[str, ...]
    triggers: tuple[UUID, ...]
    cells: tuple[TriggerCell, ...]
    check_ins: Mapping[UUID, int]

    def cell(self, trigger: UUID, kind: str) -> TriggerCell:
        """The cell of this pair; `KeyError` where there is none."""
        return {(each.trigger, each.kind): each for each in self.cells}[trigger, kind]


class ThoughtExample(Struct, frozen=True, kw_only=True):
    """The client's words from a check-in that named a distortion, over `days`.

    `kinds` are those named there, most often first; `unsorted` how many were named and not sorted. Which of them the
    words were about is not recorded. `balanced` says that a balanced thought was tried in these days, `balanced_days`
    on how many of them, where that was told; its words are not recorded. Without it nothing is known: the practice is
    asked about only where it stands in the client's plan.
    """

    ref: RecordRef
    days: Window
    words: str
    kinds: tuple[tuple[str, int], ...]
    unsorted: int
    balanced: bool
    balanced_days: int | None = None
