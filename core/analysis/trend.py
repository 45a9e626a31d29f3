"""Whether a series rises or falls on its real days: the middle slope, and a test guarded against carry-over."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from statistics import NormalDist

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from core.analysis.points import Points, lasting_from
from core.analysis.ranks import LASTING_UNKNOWN, two_sided
from core.model.days import DAYS_IN_WEEK
from core.model.findings import Direction, Interval, Parameter, Status, Verdict
from core.model.series_findings import Slope

METHOD = "guarded_trend"
FEWEST_POINTS = 8
FEWEST_DAYS = 14
ALPHA = 0.05
MOST_AT_AN_END = Fraction(1, 4)
PARAMETERS = (
    Parameter(name="fewest values", value=FEWEST_POINTS, source="project default"),
    Parameter(name="fewest days", value=FEWEST_DAYS, source="project default"),
    Parameter(name="p below", value=ALPHA, source="convention"),
    Parameter(name="least carry-over assumed", value=LASTING_UNKNOWN, source="project default, tried by simulation"),
)
ONE_LOOK = "one look at one stretch of days; a change is called at reviews only"


class Line(Struct, frozen=True, kw_only=True):
    """The middle slope a day with its interval, where the line is on the first day, and the test of its direction.

    Values are in the units of the points. `s` counts pairs that rise less pairs that fall; `variance` is already
    widened by `widening`.
    """

    slope: float
    low: float
    high: float
    at_start: float
    s: int
    variance: float
    widening: float
    lasting: float
    p_value: float


def trend(points: Points, *, ends: tuple[int, int | None], level: float = 0.95) -> Slope:
    """The slope of `points` a week, with whether it can be told from none; `ends` are the scale's lowest and highest.

    It takes 8 points over 14 days. One look is a possible change at most. Source: `middle_line`.
    """
    if len(points.days) < FEWEST_POINTS or points.span_days < FEWEST_DAYS:
        return _too_few(points)
    line = middle_line(points, level=level)
    at_ends = [_share(points, end) for end in ends]
    direction = _direction(line)
    return Slope(
        method=METHOD,
        measure=points.measure,
        status=Status.OK,
        verdict=Verdict.NO_CLEAR_CHANGE if direction is None else Verdict.POSSIBLE_CHANGE,
        direction=direction,
        estimate=line.slope * DAYS_IN_WEEK / points.scale,
        interval=Interval(
            low=line.low * DAYS_IN_WEEK / points.scale, high=line.high * DAYS_IN_WEEK / points.scale, level=level
        ),
        used=len(points.days),
        missing=points.left_blank,
        span_days=points.span_days,
        parameters=PARAMETERS,
        cautions=_cautions(line, at_ends),
        would_change=("more values over more days",)
        if direction is None
        else ("a next review that agrees or does not",),
        first_day=date.fromordinal(points.days[0]),
        level_at_start=line.at_start / points.scale,
        p_value=line.p_value,
        lasting=line.lasting,
        at_lowest=at_ends[0],
        at_highest=at_ends[1],
    )


def middle_line(points: Points, *, level: float = 0.95) -> Line:
    """The median of the slopes of all pairs of points on their real days, and the guarded test of a trend.

    The line goes through the medians of days and values. The test is Mann and Kendall's with the correction for ties;
    its variance is multiplied by f = 1 + (2/n) x the sum of r^(days apart / step) over all pairs, r being the lag-1
    correlation of what the line leaves, never under 0.3. `step` is the usual distance of points, so that weekly values
    carry over from week to week as daily ones do from day to day.
    Source: Theil 1950; Sen 1968, doi:10.1080/01621459.1968.10480934; Mann 1945; Kendall 1975 (all cited from memory).
    The guard is the project's own and not one of the published corrections.
    """
    days = np.array(points.days, dtype=np.int64)
    values = np.array(points.values, dtype=np.int64)
    earlier, later = _pairs(len(days))
    rises = values[later] - values[earlier]
    slopes = np.sort(rises / (days[later] - days[earlier]))
    slope = _middle(slopes)
    lasting = lasting_from([(points, _left_over(points, slope))], lowest=LASTING_UNKNOWN)
    widening = _widening(points, lasting)
    s = int(np.sign(rises).sum())
    variance = _tied_variance(points.values) * widening
    low, high = _interval(slopes, variance, level)
    return Line(
        slope=slope,
        low=low,
        high=high,
        at_start=_middle(np.sort(values)) - slope * (_middle(days) - points.days[0]),
        s=s,
        variance=variance,
        widening=widening,
        lasting=lasting,
        p_value=two_sided(max(0, abs(s) - 1), variance),
    )


@lru_cache(maxsize=128)
def _pairs(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The places of all pairs of so many points, the earlier ones and the later ones; nobody writes into them."""
    earlier, later = np.triu_indices(count, k=1)
    earlier.flags.writeable = later.flags.writeable = False
    return earlier, later


def _middle(ordered: NDArray[np.int64] | NDArray[np.float64]) -> float:
    """The median of values in order; `np.median` would look for the order again."""
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return float((low + high) / 2)


def _left_over(points: Points, slope: float) -> list[float]:
    """What is left of the values when the slope is taken away, around its mean."""
    rest = [value - slope * (day - points.days[0]) for day, value in zip(points.days, points.values, strict=True)]
    mean = sum(rest) / len(rest)
    return [each - mean for each in rest]


def _widening(points: Points, lasting: float) -> float:
    """f, in one pass: what all earlier points still weigh fades by the days that pass to the next."""
    total = faded = 0.0
    step = points.step
    for day, next_day in pairwise(points.days):
        faded = (faded + 1) * lasting ** ((next_day - day) / step)
        total += faded
    return 1 + 2 * total / len(points.days)


def _tied_variance(values: Sequence[int]) -> float:
    n, ties = len(values), Counter(values).values()
    return float(n * (n - 1) * (2 * n + 5) - sum(tie * (tie - 1) * (2 * tie + 5) for tie in ties)) / 18


def _interval(slopes: NDArray[np.float64], variance: float, level: float) -> tuple[float, float]:
    """The slopes that lie as far from the middle, by rank, as the test's variance allows (Sen 1968)."""
    reach = NormalDist().inv_cdf((1 + level) / 2) * sqrt(variance)
    count = len(slopes)
    low = max(round((count - reach) / 2) - 1, 0)
    high = min(round((count + reach) / 2), count - 1)
    return float(slopes[low]), float(slopes[high])


def _direction(line: Line) -> Direction | None:
    if line.p_value >= ALPHA:
        return None
    return Direction.HIGHER if line.s > 0 else Direction.LOWER


def _share(points: Points, end: int | None) -> Fraction:
    if end is None:
        return Fraction(0)
    return Fraction(points.values.count(end * points.scale), len(points.values))


def _cautions(line: Line, at_ends: list[Fraction]) -> tuple[str, ...]:
    cautions = [ONE_LOOK, "a rise that turns into a fall, or the other way round, can go unseen"]
    if max(at_ends) > MOST_AT_AN_END:
        cautions.append("more than a quarter of the values lie at an end of the scale: compare how many, not the slope")
    if not line.slope and line.p_value < ALPHA:
        cautions.append("the middle slope is 0, since many values are the same")
    return tuple(cautions)


def _too_few(points: Points) -> Slope:
    values, days = FEWEST_POINTS - len(points.days), FEWEST_DAYS - points.span_days
    needed = [f"{values} more check-in{'s' * (values > 1)} with an answer"] if values > 0 else []
    if days > 0 and not needed:
        needed = [f"check-ins over {days} more day{'s' * (days > 1)}"]
    return Slope(
        method=METHOD,
        measure=points.measure,
        status=Status.CANNOT_JUDGE,
        verdict=Verdict.NOT_ENOUGH_RECORDED,
        used=len(points.days),
        missing=points.left_blank,
        span_days=points.span_days,
        parameters=PARAMETERS,
        would_change=tuple(needed),
        reason=f"a slope takes {FEWEST_POINTS} check-ins over {FEWEST_DAYS} days or more",
    )
