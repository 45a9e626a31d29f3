"""A client's series as points on their real days: one for each check-in, none for a day that nobody recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from statistics import mode
from typing import NamedTuple

from core.analysis.days_kept import Run, week_of, window_of
from core.analysis.exposure import CheckInRecords, Touching, kept_days, spans
from core.analysis.ranks import carried_over
from core.analysis.rates import VALUES, Answer, asked_at, exact, was_asked
from core.model.days import DAYS_IN_WEEK, Window
from core.model.measures import COUNTS

LEAST_DAYS_OF_WEEK = 3


@dataclass(frozen=True, kw_only=True)
class Points:
    """Values of one measure, oldest first, whole in units of 1/`scale`, so that ties stay ties.

    `days` are ordinals, each once: the middle day of those that a check-in keeps by the exposure rule. A rating is as
    it was given, a count is times a week. `left_blank` are the check-ins that did not ask.
    """

    measure: str
    days: tuple[int, ...]
    values: tuple[int, ...]
    scale: int = 1
    left_blank: int = 0

    def __post_init__(self) -> None:
        if [*self.days] != sorted(set(self.days)) or len(self.days) != len(self.values):
            raise ValueError("points need one value for each day, and each day once, oldest first")

    @property
    def span_days(self) -> int:
        """From the first day to the last, both counted; 0 without a point."""
        return self.days[-1] - self.days[0] + 1 if self.days else 0

    @property
    def step(self) -> int:
        """The commonest number of days from one point to the next, of several the least; 1 with fewer than two."""
        gaps = sorted(later - earlier for earlier, later in pairwise(self.days))
        return mode(gaps) if gaps else 1


class PeriodValue(NamedTuple):
    """The value of one of several equal periods in a row; `None` is a gap."""

    days: Window
    value: Fraction | None


def points_of(records: CheckInRecords, measure: str, window: Window, *, whole_periods: bool = False) -> Points:
    """The points of `measure` in `window`; with `whole_periods` only of check-ins whose days all lie in it."""
    ordered = spans(records, window)
    if whole_periods:
        ordered = Touching(span for span in ordered if span.last - span.first + 1 == span.content.period_days)
    answer = VALUES[measure]
    known = [
        (days[(len(days) - 1) // 2], answer(span.content) or 0, span.content.period_days)
        for span, days in kept_days(ordered, was_asked(measure))
        if days
    ]
    lengths = {length for _, _, length in known} if measure in COUNTS else set()  # a rating stands as it is
    scale = lcm(*lengths)
    times = {length: DAYS_IN_WEEK * scale // length for length in lengths}
    found = sorted([(day, value * times.get(length, 1)) for day, value, length in known])
    return Points(
        measure=measure,
        days=tuple([day for day, _ in found]),
        values=tuple([value for _, value in found]),
        scale=scale,
        left_blank=asked_at(ordered, measure).not_asked,
    )


def lasting_from(parts: Iterable[tuple[Points, Sequence[float]]], *, lowest: float) -> float:
    """The carry-over from one point to the next, from the deviations of each part and their neighbours.

    Neighbours are exactly one usual step apart, and in the same part.
    """
    products: list[float] = []
    squares: list[float] = []
    for points, deviations in parts:
        pairs = zip(pairwise(points.days), pairwise(deviations), strict=True)
        step = points.step
        products += [a * b for (day, next_day), (a, b) in pairs if next_day - day == step]
        squares += [each * each for each in deviations]
    return carried_over(products, squares, lowest=lowest)


def weekly_medians(records: CheckInRecords, measure: str, window: Window) -> tuple[PeriodValue, ...]:
    """A rating as one value for each ISO week that `window` touches: the median of its days, and a gap under three.

    Days outside `window` have no part in it. Source: project default.
    """
    weeks = spans(records, window).weeks(was_asked(measure))
    answer = VALUES[measure]
    first, last = week_of(window.start.toordinal()), week_of(window.end.toordinal())
    return tuple(
        [
            PeriodValue(
                window_of(week * DAYS_IN_WEEK + 1, (week + 1) * DAYS_IN_WEEK), _middle(weeks.get(week, ()), answer)
            )
            for week in range(first, last + 1)
        ]
    )


def _middle(runs: Iterable[Run], answer: Answer) -> Fraction | None:
    """The median of the days of a week; `None` under three of them."""
    ordered: list[int] = []
    for span, _, _, days in runs:
        ordered += [answer(span.content) or 0] * days
    if len(ordered) < LEAST_DAYS_OF_WEEK:
        return None
    ordered.sort()
    return exact(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2], 2)
