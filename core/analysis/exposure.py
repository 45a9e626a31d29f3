"""Which check-in counts on which day, and which days stand together: how daily and weekly records are made comparable.

A day that several check-ins cover belongs to the one with the shortest period, and of those to the one
recorded last (by instant, then by number). Only check-ins in which the field was answered take part, so
that a blank never hides an answer. Source: project default (method page, "Exposure").
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import compress, groupby, pairwise
from typing import NamedTuple, overload

from core.model.check_in import CheckIn
from core.model.check_in_parts import LONGEST_PERIOD_DAYS
from core.model.days import DAYS_IN_WEEK, Window
from core.model.records import Recorded, RecordRef

CheckInRecords = Iterable[Recorded[CheckIn]]
Records = Sequence[Recorded[CheckIn]]
Answered = Callable[[CheckIn], bool]


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
        """The same days as a window: the check-in's own where none of its days is cut off."""
        whole = self.last - self.first + 1 == self.content.period_days
        return self.content.period if whole else window_of(self.first, self.last)


class Run(NamedTuple):
    """Days next to each other on which one check-in counts, as ordinals, both included."""

    span: Span
    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days it has, 1 or more."""
        return self.last - self.first + 1

    @property
    def window(self) -> Window:
        """The same days as a window."""
        return (
            self.span.window if self.days == self.span.last - self.span.first + 1 else window_of(self.first, self.last)
        )

    @property
    def week(self) -> int:
        """The ISO week (numbered by `week_of`) of its middle day; of the later one where two are in the middle."""
        return week_of((self.first + self.last + 1) // 2)


class Kept(NamedTuple):
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
        if self.days and week_of(self.days[0]) == week_of(self.days[-1]):
            yield week_of(self.days[0]), self.days
            return
        while at < len(self.days):
            week = week_of(self.days[at])
            after = bisect_right(self.days, (week + 1) * DAYS_IN_WEEK, at)
            yield week, self.days[at:after]
            at = after


class Touching(tuple[Span, ...]):
    """The check-ins that touch some days, cut to them, in the order in which they take days.

    Most fields are answered at the same check-ins, so what these keep is worked out once for all of them.
    """

    def kept(self, answered: Answered) -> list[Kept]:
        """What each check-in with an answer keeps."""
        return self._kept(self._places(answered))

    def gathered(self, answered: Answered, least_days: int) -> list[list[Run]]:
        """The days of check-ins with an answer in groups, as `gathered` makes them."""
        here = self._places(answered)
        found = self._groups.get((here, least_days))
        if found is None:
            found = self._groups[here, least_days] = gathered(self._kept(here), least_days)
        return found

    def _places(self, answered: Answered) -> bytes:
        return bytes([answered(span.content) for span in self])

    def _kept(self, here: bytes) -> list[Kept]:
        found = self._known.get(here)
        if found is None:
            found = self._known[here] = self.kept_by(compress(self, here))
        return found

    def kept_by(self, some: Iterable[Span]) -> list[Kept]:
        """What each of `some` of these keeps when they take days in the order given."""
        return [Kept(span, span.days) for span in some] if self._apart else kept_in_turn(some)

    @cached_property
    def _apart(self) -> bool:
        """Whether no two share a day, so that each keeps all of its days."""
        days = sorted([(span.first, span.last) for span in self])
        return all(after[0] > before[1] for before, after in pairwise(days))

    @cached_property
    def _known(self) -> dict[bytes, list[Kept]]:
        return {}

    @cached_property
    def _groups(self) -> dict[tuple[bytes, int], list[list[Run]]]:
        return {}


class Timeline(Sequence[Recorded[CheckIn]]):
    """The check-ins that count (withdrawn ones do not), oldest period end first, laid out in days once.

    Any window is cut from it without going through the others, and once. It lives no longer than one reading.
    """

    def __init__(self, whole: Sequence[Span], ranks: Sequence[int]) -> None:
        """Take check-ins with all of their days, and the place of each in the order in which they take days."""
        self.whole, self.ranks = whole, ranks
        self._records = [span.record for span in whole]
        self._ends = [span.last for span in whole]
        self._touching: dict[tuple[int, int], Touching] = {}
        self._parts: dict[tuple[int, int], Timeline] = {}

    @classmethod
    def of(cls, records: CheckInRecords) -> "Timeline":
        """The timeline of `records`, whatever order they came in."""
        known = sorted(
            (record for record in records if not record.withdrawn),
            key=lambda record: (record.content.period_end, -record.content.period_days, record.ref.number),
        )
        in_turn = sorted(
            range(len(known)), key=lambda place: (known[place].recorded_at, known[place].ref.number), reverse=True
        )
        in_turn.sort(key=lambda place: known[place].content.period_days)
        ranks = [0] * len(known)
        for rank, place in enumerate(in_turn):
            ranks[place] = rank
        return cls([_whole(record) for record in known], ranks)

    @overload
    def __getitem__(self, place: int) -> Recorded[CheckIn]: ...

    @overload
    def __getitem__(self, place: slice) -> "Timeline": ...

    def __getitem__(self, place: int | slice) -> "Recorded[CheckIn] | Timeline":
        if isinstance(place, int):
            return self._records[place]
        begin, end, _ = place.indices(len(self))
        if (begin, end) == (0, len(self)):
            return self
        found = self._parts.get((begin, end))
        if found is None:
            found = self._parts[begin, end] = Timeline(self.whole[begin:end], self.ranks[begin:end])
        return found

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[Recorded[CheckIn]]:
        return iter(self._records)

    @cached_property
    def first(self) -> int | None:
        """The ordinal of the first day that was ever recorded; `None` without a check-in."""
        return min((span.first for span in self.whole), default=None)

    def ended_by(self, day: date) -> "Timeline":
        """Those that had ended by `day`."""
        return self[: bisect_right(self._ends, day.toordinal())]

    def touching(self, window: Window) -> Touching:
        """Those that touch `window`."""
        first, last = window.start.toordinal(), window.end.toordinal()
        found = self._touching.get((first, last))
        if found is None:
            found = self._touching[first, last] = Touching(self._cut(first, last))
        return found

    def _cut(self, first: int, last: int) -> Iterator[Span]:
        begin, end = bisect_left(self._ends, first), bisect_left(self._ends, last + LONGEST_PERIOD_DAYS)
        places = [place for place in range(begin, end) if self.whole[place].first <= last]
        for place in sorted(places, key=self.ranks.__getitem__):
            span = self.whole[place]
            inside = first <= span.first and span.last <= last
            yield span if inside else Span(span.record, span.content, max(span.first, first), min(span.last, last))


def counting(records: CheckInRecords) -> Timeline:
    """The records that count, on one timeline; a timeline is taken as it is."""
    return records if isinstance(records, Timeline) else Timeline.of(records)


def spans(records: CheckInRecords, window: Window) -> Touching:
    """The check-ins that touch `window`, cut to it, in the order in which they take days."""
    return counting(records).touching(window)


def kept_days(ordered: Touching, answered: Answered) -> list[Kept]:
    """What each check-in with an answer keeps; `ordered` is what `spans` gave."""
    return ordered.kept(answered)


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


def window_over(runs: Sequence[Run]) -> Window:
    """The window from the first to the last day of some runs, oldest first."""
    return runs[0].window if len(runs) == 1 else window_of(runs[0].first, runs[-1].last)


def refs_of(some: Iterable[Span]) -> tuple[RecordRef, ...]:
    """The records of `some` spans, each once, by running number."""
    every = [span.record.ref for span in some]
    if len(every) == 1:
        return (every[0],)
    refs = {ref.number: ref for ref in every}
    return tuple(refs[number] for number in sorted(refs))


def _whole(record: Recorded[CheckIn]) -> Span:
    last = record.content.period_end.toordinal()
    return Span(record, record.content, last - record.content.period_days + 1, last)
