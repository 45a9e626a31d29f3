"""Which check-in counts on which day, and which days stand together: how daily and weekly records are made comparable.

A day that several check-ins cover belongs to the one with the shortest period, and of those to the one
recorded last (by instant, then by number). Only check-ins in which the field was answered take part, so
that a blank never hides an answer. Source: project default (method page, "Exposure").
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import compress
from operator import gt
from typing import overload

from core.analysis.days_kept import (
    Group,
    Kept,
    Run,
    Span,
    by_week,
    gathered,
    kept_in_turn,
    refs_over,
    runs_of,
    whole_runs,
)
from core.model.check_in import CheckIn
from core.model.check_in_parts import LONGEST_PERIOD_DAYS
from core.model.days import Window
from core.model.readings import Level, Rate
from core.model.records import Recorded, RecordRef

CheckInRecords = Iterable[Recorded[CheckIn]]
Records = Sequence[Recorded[CheckIn]]
Answered = Callable[[CheckIn], bool]


class Touching(tuple[Span, ...]):
    """The check-ins that touch some days, cut to them, in the order in which they take days.

    Most fields are answered at the same check-ins, so what these keep is worked out once for all of them. `figures`
    holds those of a measure over a window that were worked out so far.
    """

    def __init__(self, _spans: Iterable[Span]) -> None:
        """Begin with nothing worked out."""
        self._places: dict[Answered, bytes] = {}
        self._known: dict[bytes, list[Kept]] = {}
        self._weeks: dict[bytes, dict[int, list[Run]]] = {}
        self._runs: dict[bytes, list[Run]] = {}
        self._refs: dict[bytes, tuple[RecordRef, ...]] = {}
        self._groups: dict[tuple[bytes, int], list[Group]] = {}
        self.figures: dict[tuple[str, Window, int], Rate | Level] = {}

    def places(self, answered: Answered) -> bytes:
        """1 for each check-in with an answer and 0 for the others; what is asked again is known."""
        found = self._places.get(answered)
        if found is None:
            found = self._places[answered] = bytes([answered(span.content) for span in self])
        return found

    def kept(self, answered: Answered) -> list[Kept]:
        """What each check-in with an answer keeps."""
        return self._kept(self.places(answered))

    def weeks(self, answered: Answered) -> dict[int, list[Run]]:
        """The days of check-ins with an answer by ISO week (numbered by `week_of`)."""
        here = self.places(answered)
        found = self._weeks.get(here)
        if found is None:
            found = self._weeks[here] = by_week(self.runs_at(here))
        return found

    def runs(self, answered: Answered) -> list[Run]:
        """The days of check-ins with an answer in runs, oldest first."""
        return self.runs_at(self.places(answered))

    def refs(self, answered: Answered) -> tuple[RecordRef, ...]:
        """The check-ins with an answer that keep a day, by running number."""
        return self.refs_at(self.places(answered))

    def gathered(self, answered: Answered, least_days: int) -> list[Group]:
        """The days of check-ins with an answer in groups, as `gathered` makes them."""
        return self.groups_at(self.places(answered), least_days)

    def gathered_with_rest(self, here: bytes, least_days: int) -> list[Group]:
        """The days of all check-ins in groups; those at the places marked take theirs before the rest."""
        if self.apart or len(set(here)) < 2:
            return self.groups_at(bytes([1] * len(self)), least_days)
        rest = bytes([not each for each in here])
        return gathered(runs_of(kept_in_turn([*compress(self, here), *compress(self, rest)])), least_days)

    def groups_at(self, here: bytes, least_days: int) -> list[Group]:
        """The days of the check-ins at the places marked in groups, as `gathered` makes them."""
        found = self._groups.get((here, least_days))
        if found is None:
            found = self._groups[here, least_days] = gathered(self.runs_at(here), least_days)
        return found

    def refs_at(self, here: bytes) -> tuple[RecordRef, ...]:
        """The check-ins at the places marked that keep a day, by running number."""
        found = self._refs.get(here)
        if found is None:
            found = self._refs[here] = refs_over(self.runs_at(here))
        return found

    def runs_at(self, here: bytes) -> list[Run]:
        """The days of the check-ins at the places marked in runs, oldest first."""
        found = self._runs.get(here)
        if found is None:
            found = whole_runs(compress(self, here)) if self.apart else runs_of(self._kept(here))
            self._runs[here] = found
        return found

    def _kept(self, here: bytes) -> list[Kept]:
        found = self._known.get(here)
        if found is None:
            some = compress(self, here)
            found = [Kept(span, span.days) for span in some] if self.apart else kept_in_turn(some)
            self._known[here] = found
        return found

    @cached_property
    def apart(self) -> bool:
        """Whether no two share a day, so that each keeps all of its days."""
        begun, ended = sorted([span.first for span in self]), sorted([span.last for span in self])
        return all(map(gt, begun[1:], ended))  # none begins before all that begun before it have ended

    @cached_property
    def covered(self) -> list[tuple[int, int]]:
        """The stretches of days that check-ins cover, oldest first: the ordinals of first and last day of each."""
        found: list[tuple[int, int]] = []
        for first, last in sorted([(span.first, span.last) for span in self]):
            begin, end = found[-1] if found else (first, first)
            if first > end + 1 or not found:
                found.append((first, last))
            elif last > end:
                found[-1] = begin, last
        return found


class Timeline(Sequence[Recorded[CheckIn]]):
    """The check-ins that count (withdrawn ones do not), oldest period end first, laid out in days once.

    Any window is cut from it without going through the others, and once, also where several parts of it hold the same
    check-ins there. It lives no longer than one reading.
    """

    def __init__(self, whole: Sequence[Span], ranks: Sequence[int], ends: Sequence[int]) -> None:
        """Take check-ins with all of their days, their places in the order in which they take days, their last days."""
        self.whole, self.ranks, self._ends = whole, ranks, ends
        self.longest = LONGEST_PERIOD_DAYS  # no check-in speaks of more days
        self._begins = 0  # its place in the timeline that it is a part of
        self._asked: dict[Window, Touching] = {}  # what was cut from it, by the window that was asked for
        self._cuts: dict[tuple[int, int, int, int], Touching] = {}
        self._parts: dict[tuple[int, int], Timeline] = {}

    @classmethod
    def of(cls, records: CheckInRecords) -> "Timeline":
        """The timeline of `records`, whatever order they came in."""
        some = [_whole(record) for record in records if not record.withdrawn]
        by_end = sorted([(span.last, span.first, span.record.ref.number, at) for at, span in enumerate(some)])
        whole = [some[at] for _, _, _, at in by_end]
        latest = [(span.record.recorded_at, span.record.ref.number, -place) for place, span in enumerate(whole)]
        latest.sort(reverse=True)
        in_turn = [-place for _, _, place in latest]
        in_turn.sort(key=[span.content.period_days for span in whole].__getitem__)
        ranks = [0] * len(whole)
        for rank, place in enumerate(in_turn):
            ranks[place] = rank
        timeline = cls(whole, ranks, [span.last for span in whole])
        timeline.longest = max(timeline.lengths, default=0)
        return timeline

    @overload
    def __getitem__(self, place: int) -> Recorded[CheckIn]: ...

    @overload
    def __getitem__(self, place: slice) -> "Timeline": ...

    def __getitem__(self, place: int | slice) -> "Recorded[CheckIn] | Timeline":
        if isinstance(place, int):
            return self.whole[place].record
        begin, end, _ = place.indices(len(self))
        if (begin, end) == (0, len(self)):
            return self
        found = self._parts.get((begin, end))
        if found is None:
            found = Timeline(self.whole[begin:end], self.ranks[begin:end], self._ends[begin:end])
            self._parts[begin, end] = found
            found._begins, found._cuts, found.longest = self._begins + begin, self._cuts, self.longest
        return found

    def __len__(self) -> int:
        return len(self.whole)

    def __iter__(self) -> Iterator[Recorded[CheckIn]]:
        return (span.record for span in self.whole)

    @cached_property
    def first(self) -> int | None:
        """The ordinal of the first day that was ever recorded; `None` without a check-in."""
        if not self.whole:
            return None
        near = bisect_left(self._ends, self._ends[0] + self.longest)  # no later one goes back as far
        return min([span.first for span in self.whole[:near]])

    @cached_property
    def lengths(self) -> frozenset[int]:
        """How many days a check-in speaks of: every number that occurs."""
        return frozenset([span.content.period_days for span in self.whole])

    def ended_by(self, day: date) -> "Timeline":
        """Those that had ended by `day`."""
        if not self._ends or self._ends[-1] <= day.toordinal():
            return self
        return self[: bisect_right(self._ends, day.toordinal())]

    def touching(self, window: Window) -> Touching:
        """Those that touch `window`; most windows are asked for once for each measure."""
        found = self._asked.get(window)
        if found is None:
            found = self._asked[window] = self._touching(window)
        return found

    def _touching(self, window: Window) -> Touching:
        first, last = window.start.toordinal(), window.end.toordinal()
        if self.first is not None:  # windows that differ only where nothing is recorded are cut once
            first, last = max(first, self.first), min(last, self._ends[-1])
        begin, end = bisect_left(self._ends, first), bisect_left(self._ends, last + self.longest)
        key = first, last, self._begins + begin, self._begins + end
        found = self._cuts.get(key)
        if found is None:
            found = self._cuts[key] = Touching(self._cut(range(begin, end), first, last))
        return found

    def _cut(self, some: range, first: int, last: int) -> list[Span]:
        places = [place for place in some if self.whole[place].first <= last]
        places.sort(key=self.ranks.__getitem__)
        touching = [self.whole[place] for place in places]
        return [span if first <= span.first and span.last <= last else span.cut(first, last) for span in touching]


def counting(records: CheckInRecords) -> Timeline:
    """The records that count, on one timeline; a timeline is taken as it is."""
    return records if isinstance(records, Timeline) else Timeline.of(records)


def spans(records: CheckInRecords, window: Window) -> Touching:
    """The check-ins that touch `window`, cut to it, in the order in which they take days."""
    return counting(records).touching(window)


def kept_days(ordered: Touching, answered: Answered) -> list[Kept]:
    """What each check-in with an answer keeps; `ordered` is what `spans` gave."""
    return ordered.kept(answered)


def _whole(record: Recorded[CheckIn]) -> Span:
    last = record.content.period_end.toordinal()
    return Span(record, record.content, last - record.content.period_days + 1, last)
