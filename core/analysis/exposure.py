"""Which check-in counts on which day, and which days stand together: how daily and weekly records are made comparable.

A day that several check-ins cover belongs to the one with the shortest period, and of those to the one
recorded last (by instant, then by number). Only check-ins in which the field was answered take part, so
that a blank never hides an answer. Source: project default (method page, "Exposure").
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from core.model.check_in import CheckIn
from core.model.check_in_parts import LONGEST_PERIOD_DAYS
from core.model.days import DAYS_IN_WEEK, Window
from core.model.records import Recorded, RecordRef

CheckInRecords = Iterable[Recorded[CheckIn]]
Records = Sequence[Recorded[CheckIn]]
Answered = Callable[[CheckIn], bool]


@dataclass(frozen=True, slots=True)
class Span:
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


@dataclass(frozen=True, slots=True)
class Run:
    """Days next to each other on which one check-in counts, as ordinals, both included."""

    span: Span
    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it has, 1 or more."""
        return self.last - self.first + 1

    @property
    def week(self) -> int:
        """The ISO week (numbered by `week_of`) of its middle day; of the later one where two are in the middle."""
        return week_of((self.first + self.last + 1) // 2)


@dataclass(frozen=True, slots=True)
class Kept:
    """The ordinals of the days, oldest first, on which a check-in is the one that counts; may be empty."""

    span: Span
    days: Sequence[int]

    def runs(self) -> Iterator[Run]:
        """The days in runs, oldest first; more than one where another check-in counts in between."""
        if isinstance(self.days, range) and self.days:
            yield Run(self.span, self.days[0], self.days[-1])
            return
        for _, run in groupby(enumerate(self.days), key=lambda item: item[1] - item[0]):
            days = [day for _, day in run]
            yield Run(self.span, days[0], days[-1])

    def weeks(self) -> Iterator[tuple[int, Sequence[int]]]:
        """The days of every ISO week (numbered by `week_of`) that is touched."""
        at = 0
        while at < len(self.days):
            week = week_of(self.days[at])
            after = bisect_right(self.days, (week + 1) * DAYS_IN_WEEK, at)
            yield week, self.days[at:after]
            at = after


def counting(records: CheckInRecords) -> list[Recorded[CheckIn]]:
    """The records that count (withdrawn ones do not), oldest period end first, whatever order they came in."""
    return sorted(
        (record for record in records if not record.withdrawn),
        key=lambda record: (record.content.period_end, -record.content.period_days, record.ref.number),
    )


def ended_by(ordered: Records, day: date) -> Records:
    """Those of the records that had ended by `day`; `ordered` is what `counting` gave."""
    return ordered[: bisect_right(ordered, day, key=_end)]


def around(ordered: Records, window: Window) -> Records:
    """Those of the records that may touch `window`, so that no more are read; `ordered` is what `counting` gave."""
    first = bisect_left(ordered, window.start, key=_end)
    return ordered[first : bisect_right(ordered, window.end + timedelta(days=LONGEST_PERIOD_DAYS), key=_end)]


def spans(records: CheckInRecords, window: Window) -> list[Span]:
    """The check-ins that touch `window`, cut to it, in the order in which they take days."""
    first, last = window.start.toordinal(), window.end.toordinal()
    touching = []
    for record in records:
        content = record.content
        end = content.period_end.toordinal()
        start = end - content.period_days + 1
        if start <= last and end >= first and not record.withdrawn:
            touching.append(Span(record, content, max(start, first), min(end, last)))
    touching.sort(key=lambda span: (span.record.recorded_at, span.ref.number), reverse=True)
    touching.sort(key=lambda span: span.content.period_days)
    return touching


def kept_days(ordered: Iterable[Span], answered: Answered) -> list[Kept]:
    """What each check-in with an answer keeps; `ordered` is what `spans` gave."""
    return kept_in_turn(span for span in ordered if answered(span.content))


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


def gathered(all_kept: Iterable[Kept], least_days: int) -> list[list[Run]]:
    """All runs of days, oldest first, in the groups that bars and squares show as one each.

    A run of `least_days` or more stands alone. Shorter ones (diaries, the rest of a check-in that others
    replace) stand with their neighbours of the same ISO week, that of their middle day; no run is cut, and no
    two groups reach into each other's days. Source: project default.
    """
    runs = sorted((run for kept in all_kept for run in kept.runs()), key=lambda run: run.first)
    return [
        list(group)
        for _, group in groupby(runs, key=lambda run: (run.week, run.first if run.days >= least_days else None))
    ]


def window_of(first: int, last: int) -> Window:
    """The window between two ordinals, both included."""
    return Window(date.fromordinal(first), date.fromordinal(last))


def week_of(day: int) -> int:
    """The number of the ISO week that holds an ordinal; weeks in a row differ by one."""
    return (day - 1) // DAYS_IN_WEEK


def refs_of(some: Iterable[Span]) -> tuple[RecordRef, ...]:
    """The records of `some` spans, each once, by running number."""
    refs = {span.record.ref.number: span.record.ref for span in some}
    if len(refs) == 1:
        return tuple(refs.values())
    return tuple(refs[number] for number in sorted(refs))


def _end(record: Recorded[CheckIn]) -> date:
    return record.content.period_end
