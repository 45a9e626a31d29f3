"""The days of check-ins as ordinals: what each of them keeps, in runs, in ISO weeks and in drawn groups."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct

from core.model.check_in import CheckIn
from core.model.days import DAYS_IN_WEEK, Window
from core.model.records import Recorded, RecordRef


class Span(Struct, frozen=True):
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

    def cut(self, first: int, last: int) -> "Span":
        """Its days from `first` to `last`, of which it has some."""
        return Span(self.record, self.content, max(self.first, first), min(self.last, last))


Run = tuple[Span, int, int, int]
"""Days next to each other on which one check-in counts: the ordinals of the first and last, how many (1 or more)."""


class Group(Struct, frozen=True):
    """Runs of days, oldest first, that are shown as one: from first to last day, how many days, of which records."""

    runs: list[Run]
    window: Window
    days: int
    refs: tuple[RecordRef, ...]


class Kept(NamedTuple):
    """The ordinals of the days, oldest first, on which a check-in is the one that counts; may be empty."""

    span: Span
    days: Sequence[int]

    def runs(self) -> list[Run]:
        """The days in runs, oldest first; more than one where another check-in counts in between."""
        span, days = self
        if isinstance(days, range):
            return [(span, days[0], days[-1], len(days))] if days else []
        some = [[day for _, day in run] for _, run in groupby(enumerate(days), key=lambda item: item[1] - item[0])]
        return [(span, run[0], run[-1], len(run)) for run in some]


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


def whole_runs(apart: Iterable[Span]) -> list[Run]:
    """The runs of check-ins that keep all of their days, oldest first."""
    return sorted([(span, span.first, span.last, span.last - span.first + 1) for span in apart], key=_first_day)


def runs_of(all_kept: Iterable[Kept]) -> list[Run]:
    """All runs of days, oldest first."""
    return sorted([run for kept in all_kept for run in kept.runs()], key=_first_day)


_first_day = itemgetter(1)


def gathered(runs: Iterable[Run], least_days: int) -> list[Group]:
    """Runs of days, oldest first, in the groups that bars and squares show as one each.

    A run of `least_days` or more stands alone. Shorter ones (diaries, the rest of a check-in that others
    replace) stand with their neighbours of the same ISO week, that of their middle day; no run is cut, and no
    two groups reach into each other's days. Source: project default.
    """
    groups: list[list[Run]] = []
    open_week: int | None = None  # of the group that a short run may still join
    for run in runs:
        _, first, last, days = run
        week = None if days >= least_days else week_of((first + last + 1) // 2)
        if week is None or week != open_week:
            groups.append([run])
        else:
            groups[-1].append(run)
        open_week = week
    return [_group(some) for some in groups]


def _group(runs: list[Run]) -> Group:
    span, first, last, days = runs[0]
    if len(runs) == 1:
        return Group(runs, window_of(first, last), days, (span.record.ref,))
    last = runs[-1][2]
    return Group(runs, window_of(first, last), sum([days for _, _, _, days in runs]), refs_over(runs))


def by_week(runs: Iterable[Run]) -> dict[int, list[Run]]:
    """The runs of each ISO week (numbered by `week_of`) that has any, oldest first and cut where weeks meet."""
    weeks: dict[int, list[Run]] = {}
    for span, first, last, _ in runs:
        day, week, last_week = first, (first - 1) // DAYS_IN_WEEK, (last - 1) // DAYS_IN_WEEK
        while week < last_week:
            sunday = (week + 1) * DAYS_IN_WEEK
            weeks.setdefault(week, []).append((span, day, sunday, sunday - day + 1))
            day, week = sunday + 1, week + 1
        weeks.setdefault(week, []).append((span, day, last, last - day + 1))
    return weeks


@lru_cache(maxsize=4_096)
def window_of(first: int, last: int) -> Window:
    """The window between two ordinals, both included: the same weeks come again for every measure and client."""
    return Window(date.fromordinal(first), date.fromordinal(last))


def week_of(day: int) -> int:
    """The number of the ISO week that holds an ordinal; weeks in a row differ by one."""
    return (day - 1) // DAYS_IN_WEEK


def refs_of(some: Iterable[Span]) -> tuple[RecordRef, ...]:
    """The records of `some` spans, each once, by running number."""
    return _by_number({span.record.ref.number: span.record.ref for span in some})


def refs_over(runs: Iterable[Run]) -> tuple[RecordRef, ...]:
    """The same of some runs."""
    return _by_number({span.record.ref.number: span.record.ref for span, _, _, _ in runs})


def _by_number(refs: Mapping[int, RecordRef]) -> tuple[RecordRef, ...]:
    return tuple(refs.values()) if len(refs) < 2 else tuple([refs[number] for number in sorted(refs)])
