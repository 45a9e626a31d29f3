"""The reassurance loop: what was described of the times reassurance was sought, with the base of every figure."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from msgspec import Struct

from core.model.check_in_parts import Episode, How, ReliefEnded, Whom
from core.model.days import Window
from core.model.findings import Finding
from core.model.readings import Rate
from core.model.records import RecordRef


class LoopEpisode(Struct, frozen=True, kw_only=True):
    """One described episode with the check-in that holds it; `row` is its place there, from 1."""

    ref: RecordRef
    row: int
    period: Window
    told: Episode

    @property
    def still_helping(self) -> bool:
        """Whether the minutes are only a minimum."""
        return self.told.ended is ReliefEnded.STILL_HELPING

    @property
    def on_plot(self) -> bool:
        """Whether both relief and how long it lasted were told."""
        return self.told.relief is not None and self.told.relief_minutes is not None


class Relief(Finding, frozen=True, kw_only=True):
    """How much it helped (0-10) over the episodes that say so: `estimate` is the median."""

    median: Fraction | None
    lowest: int | None
    highest: int | None


class ReliefLasted(Finding, frozen=True, kw_only=True):
    """How long relief lasted, in minutes, over the episodes that say so: `estimate` is the median.

    `median` is `None` while it is not reached: then `outlasting` of them, half or more, are known to have been still
    helping after `still_helping_after` minutes. `still_helping` of the `used` episodes give a minimum, not a value,
    and `untimed` were still helping for a time not known. `end_unknown` do not say how the relief ended; their
    minutes are taken as they were told.
    """

    median: Fraction | None
    still_helping_after: int | None
    outlasting: int
    still_helping: int
    untimed: int
    end_unknown: int


class AskedAgain(Finding, frozen=True, kw_only=True):
    """Of the episodes that say so (`used`), in how many the same worry was asked again the same day."""

    again: int


@dataclass(frozen=True, kw_only=True)
class DayGrid:
    """What is known of each day of the window besides episodes; no day stands in two of these.

    `no_record`: no check-in covers it. `not_asked`: one does, and reassurance was left blank. `none_asked`: the
    check-in that counts on it says none.
    """

    no_record: tuple[date, ...]
    not_asked: tuple[date, ...]
    none_asked: tuple[date, ...]


@dataclass(frozen=True, kw_only=True)
class ReassuranceLoop:
    """The loop over `window`: how often, how many described, and what those say.

    `episodes` are the described ones that count, oldest first. `set_aside` were described in check-ins whose days
    shorter check-ins replace, or that lie mostly outside the window. Below `needed` described episodes nothing but
    the counts is given: the findings cannot judge, and `whom` and `how` are empty; otherwise these two hold each
    choice with its number, most frequent first, `None` for not known.
    """

    window: Window
    rate: Rate
    episodes: tuple[LoopEpisode, ...]
    set_aside: int
    needed: int
    relief: Relief
    lasted: ReliefLasted
    asked_again: AskedAgain
    whom: tuple[tuple[Whom | None, int], ...]
    how: tuple[tuple[How | None, int], ...]
    days: DayGrid

    @property
    def described(self) -> int:
        """How many episodes are described."""
        return len(self.episodes)

    @property
    def enough(self) -> bool:
        """Whether enough are described to say more than the counts."""
        return self.described >= self.needed

    @property
    def under_half_described(self) -> bool:
        """Whether fewer than half of the counted times are described."""
        return 2 * self.described < self.rate.count


class ReliefWeek(Struct, frozen=True, kw_only=True):
    """What the described episodes of one bar of reassurance say of how long relief lasted; `days` are the bar's.

    `told` of the `described` ones say how long, in minutes. Below `needed` of them nothing more is given; else
    `median` is their median, or `None` while it is not reached: then half or more were still helping after
    `at_least` minutes.
    """

    days: Window
    described: int
    told: int
    needed: int
    median: Fraction | None = None
    at_least: int | None = None
    refs: tuple[RecordRef, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether enough say how long relief lasted."""
        return self.told >= self.needed

    @property
    def minutes(self) -> Fraction | None:
        """Where its mark stands: the median, or the minutes that half or more outlasted."""
        return self.median if self.median is not None or self.at_least is None else Fraction(self.at_least)
