"""Where windows lie within the check-ins that answered one field, and what its counts add up to in them.

The same exposure rule as for rates. All windows are added up in one pass, as differences of running sums; only where
check-ins share days are those of a window gone through.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import gcd
from typing import NamedTuple

from core.analysis.days_kept import Kept, Span, kept_in_turn
from core.analysis.sign_fields import COUNTS

Days = tuple[int, ...]
"""The last days of some windows, as ordinals, in any order; read fastest oldest first."""

Place = tuple[int, int]
"""A window within the check-ins of a field: from which one up to, not including, which one it reaches. A check-in that
ends after the window is not known yet."""

NEVER = date.max.toordinal() + 1

Counted = tuple[int, int, int, int]
"""The parts of an `Amount`."""


class Amount(NamedTuple):
    """What was counted over some days: `top` / `bottom` in `days` observed days, at `check_ins`."""

    top: int
    bottom: int
    days: int
    check_ins: int

    @property
    def total(self) -> Fraction:
        """The count."""
        return Fraction(self.top, self.bottom)


class Windows(NamedTuple):
    """Where the windows up to some `days` lie within the check-ins of a field.

    `cuts` says of which of them the first check-in begins before it, by how many days; in those `clashing` two
    check-ins share a day.
    """

    days: Days
    places: list[Place]
    cuts: dict[int, int]
    clashing: list[int]


class Asked:
    """The check-ins at which some field was answered, by last day."""

    def __init__(self, spans: Sequence[Span], ranks: Sequence[int], window_days: int) -> None:
        """Take `spans` with all of their days, and which of two counts on a day that both cover (the lower rank)."""
        self.spans, self.lasts = spans, [span.last for span in spans]
        self._firsts, self._ranks, self._window_days = [span.first for span in spans], ranks, window_days
        self.lengths = [last - first + 1 for first, last in zip(self._firsts, self.lasts, strict=True)]
        self.ends: Days = tuple(dict.fromkeys(self.lasts))
        self._days_so_far = [0, *accumulate(self.lengths)]
        # At how many places a check-in shares a day with the one before.
        shared = [first <= end for first, end in zip(self._firsts[1:], self.lasts, strict=False)]
        self._shared_so_far = [0, 0, *accumulate(shared)]
        self._windows: dict[Days, Windows] = {}
        self._counts_so_far: dict[str, list[int]] = {}
        self._held: dict[int, list[Kept]] = {}

    def add_up(self, name: str, counts: Iterable[int]) -> None:
        """Take the count `name` of each check-in."""
        self._counts_so_far[name] = [0, *accumulate(counts)]

    def windows(self, days: Days) -> Windows:
        """Where the windows up to `days` lie."""
        found = self._windows.get(days)
        if found is None:
            found = self._windows[days] = self._found(days)
        return found

    def _found(self, days: Days) -> Windows:
        lasts, firsts, before = [*self.lasts, NEVER], self._firsts, self._window_days - 1
        places, cuts = [], {}
        begin, end, latest = 0, 0, NEVER
        for at, day in enumerate(days):
            start = day - before
            if day < latest:
                begin, end = bisect_left(self.lasts, start), bisect_right(self.lasts, day)
            latest = day
            while lasts[begin] < start:
                begin += 1
            while lasts[end] <= day:
                end += 1
            places.append((begin, end))
            if begin < end and firsts[begin] < start:
                cuts[at] = start - firsts[begin]
        return Windows(days, places, cuts, self._clashing(places))

    def _clashing(self, places: Sequence[Place]) -> list[int]:
        shared = self._shared_so_far
        if not shared[-1]:
            return []
        return [at for at, (begin, end) in enumerate(places) if begin < end and shared[end] > shared[begin + 1]]

    def amounts(self, name: str, days: Days, wanted: Iterable[int]) -> dict[int, Counted]:
        """The count `name` in those of the windows up to `days` that are at the places `wanted`.

        Each record's count is spread evenly over its days.
        """
        (_, places, cuts, clashing), so_far, days_so_far = (
            self.windows(days),
            self._counts_so_far[name],
            self._days_so_far,
        )
        found: dict[int, Counted] = {}
        for at in wanted:
            begin, end = places[at]
            found[at] = (so_far[end] - so_far[begin], 1, days_so_far[end] - days_so_far[begin], end - begin)
        for at in found.keys() & cuts.keys():
            cut, (begin, _), (count, _, observed, check_ins) = cuts[at], places[at], found[at]
            length, first = self.lengths[begin], so_far[begin + 1] - so_far[begin]
            found[at] = (count * length - first * cut, length, observed - cut, check_ins)
        for at in found.keys() & clashing:
            found[at] = amount_of(self.held(days[at]), name)
        return found

    def held(self, day: int) -> list[Kept]:
        """What counts in the window that ends on `day`, by last day; each keeps at least one."""
        found = self._held.get(day)
        if found is None:
            [(begin, end)] = self.windows((day,)).places
            start = day - self._window_days + 1
            in_turn = [self.spans[place] for place in sorted(range(begin, end), key=self._ranks.__getitem__)]
            kept = kept_in_turn([span.cut(start, span.last) if span.first < start else span for span in in_turn])
            found = self._held[day] = sorted([each for each in kept if each.days], key=_in_order)
        return found


def amount_of(counting: Iterable[Kept], name: str) -> Amount:
    """What was counted, each record's count spread evenly over its days."""
    count_of = COUNTS[name]
    top, bottom, observed, check_ins = 0, 1, 0, 0
    for span, days in counting:
        length = span.content.period_days
        top, bottom = top * length + (count_of(span.content) or 0) * len(days) * bottom, bottom * length
        observed += len(days)
        check_ins += 1
    shared = gcd(top, bottom)
    return Amount(top // shared, bottom // shared, observed, check_ins)


def _in_order(held: Kept) -> tuple[int, int]:
    return held.span.last, held.span.first
