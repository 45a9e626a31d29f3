"""The days of check-ins as ordinals: what each of them keeps, in runs, in ISO weeks and in drawn groups."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from core.model.check_in import CheckIn
from core.model.days import DAYS_IN_WEEK, Window
from core.model.records import Recorded, RecordRef


class Span(NamedTuple):
    """A check-in and the ordinals (`date.toordinal`) of its first and last day within the days looked at."""

    record: Recorded[CheckIn]
    content: CheckIn
    first: int
    last: int

    @property
    def ref(self) -> RecordRef:
        """The version that was read."""
        return self.record.ref

    @property
    def days(self) -> range:
        """The ordinals of its days."""
        return range(self.first, self.last + 1)

    @property
    def window(self) -> Window:
        """The same days as a window."""
        return window_of(self.first, self.last)


class Run(NamedTuple):
    """Days next to each other on which one check-in counts, as ordinals, both included, and how many (1 or more)."""

    span: Span
    first: int
    last: int
    days: int

    @property
    def window(self) -> Window:
        """The same days as a window."""
        return window_of(self.first, self.last)

    @property
    def week(self) -> int:
        """The ISO week (numbered by `week_of`) of its middle day; of the later one where two are in the middle."""
        return week_of((self.first + self.last + 1) // 2)


class Kept(NamedTuple):
    """The ordinals of the days, oldest first, on which a check-in is the one that counts; may be empty."""

    span: Span
    days: Sequence[int]

    def runs(self) -> list[Run]:
        """The days in runs, oldest first; more than one where another check-in counts in between."""
        span, days = self
        if isinstance(days, range):
            return [Run(span, days[0], days[-1], len(days))] if days else []
        some = [[day for _, day in run] for _, run in groupby(enumerate(days), key=lambda item: item[1] - item[0])]
        return [Run(span, run[0], run[-1], len(run)) for run in some]


def kept_in_turn(in_turn: Iterable[Span]) -> list[Kept]:
    """What each check-in keeps when every one takes the days that those before it left."""
    held = list(in_turn)
    start = min((span.first for span in held), default=0)
    taken = 0  # one bit a day from `start` on: a whole check-in is asked about and taken in one step
    kept = []
    for span in held:
        own = ((1 << (span.last - span.first + 1)) - 1) << (span.first - start)
        free = [day for day in span.days if not taken >> (day - start) & 1] if taken & own else span.days
        taken |= own
        kept.append(Kept(span, free))
    return kept


def runs_of(all_kept: Iterable[Kept]) -> list[Run]:
    """All runs of days, oldest first."""
    return sorted([run for kept in all_kept for run in kept.runs()], key=_first_day)


_first_day = attrgetter("first")


def gathered(runs: Iterable[Run], least_days: int) -> list[list[Run]]:
    """Runs of days, oldest first, in the groups that bars and squares show as one each.

    A run of `least_days` or more stands alone. Shorter ones (diaries, the rest of a check-in that others
    replace) stand with their neighbours of the same ISO week, that of their middle day; no run is cut, and no
    two groups reach into each other's days. Source: project default.
    """
    groups: list[list[Run]] = []
    open_week: int | None = None  # of the group that a short run may still join
    for run in runs:
        week = None if run.days >= least_days else run.week
        if week is None or week != open_week:
            groups.append([run])
        else:
            groups[-1].append(run)
        open_week = week
    return groups


def by_week(all_kept: Iterable[Kept]) -> dict[int, list[Kept]]:
    """What is kept of every ISO week (numbered by `week_of`) in which anything is."""
    weeks: dict[int, list[Kept]] = {}
    for kept in all_kept:
        span, days = kept
        at, all_days = 0, len(days)
        while at < all_days:
            day = days[at]
            week = (day - 1) // DAYS_IN_WEEK
            last = (week + 1) * DAYS_IN_WEEK
            after = at + last - day + 1 if isinstance(days, range) else bisect_right(days, last, at)
            weeks.setdefault(week, []).append(Kept(span, days[at:after]))
            at = after
    return weeks


@lru_cache(maxsize=4_096)
def window_of(first: int, last: int) -> Window:
    """The window between two ordinals, both included: the same weeks come again for every measure and client."""
    return Window(date.fromordinal(first), date.fromordinal(last))


def week_of(day: int) -> int:
    """The number of the ISO week that holds an ordinal; weeks in a row differ by one."""
    return (day - 1) // DAYS_IN_WEEK


def window_over(runs: Sequence[Run]) -> Window:
    """The window from the first to the last day of some runs, oldest first."""
    return window_of(runs[0].first, runs[-1].last)


def refs_of(some: Iterable[Span]) -> tuple[RecordRef, ...]:
    """The records of `some` spans, each once, by running number."""
    refs: dict[int, RecordRef] = {}
    for span in some:
        ref = span.record.ref
        refs[ref.number] = ref
    return tuple(refs.values()) if len(refs) < 2 else tuple([refs[number] for number in sorted(refs)])


def refs_over(runs: Sequence[Run]) -> tuple[RecordRef, ...]:
    """The same of some runs; nearly always it is one."""
    return (runs[0].span.record.ref,) if len(runs) == 1 else refs_of([run.span for run in runs])
