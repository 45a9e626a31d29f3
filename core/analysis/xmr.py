"""The individuals chart (XmR) of a rating: one value for each equal period, beside what its first values vary by."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from core.analysis.chart_rules import (
    BASELINE_POINTS,
    LOOK_HERE,
    PARAMETERS,
    TRIAL,
    TRIAL_BELOW,
    signals_of,
    whole_or_half,
)
from core.model.days import Window
from core.model.findings import Parameter, Status, Verdict
from core.model.series_findings import ChartPoint, ControlChart

METHOD = "individuals_chart"
REACH = Fraction(266, 100)
FALSE_MARKS = (
    "with nothing changed, about 1 in 4 such charts has a mark by 24 points and 2 in 5 by 40; "
    "where values carry over from one to the next, up to 2 in 3 and more"
)
NO_TREND = "the rule for rising or falling runs is off for whole and half numbers"


def individuals_chart(
    points: Sequence[ChartPoint], measure: str, *, baseline: int = BASELINE_POINTS, trend: int | None = None
) -> ControlChart:
    """The chart of `points`, one for each equal period, oldest first; a value of `None` is a gap.

    centre = mean of the first `baseline` values; limits = centre +/- 2.66 x the mean distance of neighbours among
    them. The baseline is frozen: later points never move it. A gap breaks neighbours and runs. Under 12 values, or
    where the first ones do not vary, there are no limits and no marks. Limits are not cut at the ends of the scale.
    Source: Shewhart 1931; Wheeler's 2.66 = 3 / 1.128 (from memory); rules: `chart_rules.signals_of`.
    """
    known = [point for point in points if point.value is not None]
    missing = len(points) - len(known)
    if len(known) < baseline:
        more = baseline - len(known)
        reason = f"limits take {baseline} values, and there are {len(known)}"
        return _without_limits(points, measure, reason, f"{more} more value{'s' * (more > 1)}")
    first = points[: points.index(known[baseline - 1]) + 1]
    values = [point.value for point in known[:baseline] if point.value is not None]
    centre, distance = sum(values, Fraction(0)) / len(values), _mean_distance(first)
    if not distance:
        return _without_limits(points, measure, "the first values do not vary, so there are no limits", "other values")
    low, high = float(centre - REACH * distance), float(centre + REACH * distance)
    drawn = tuple(ChartPoint(days=point.days, value=point.value, low=low, high=high) for point in points)
    cautions = [LOOK_HERE, FALSE_MARKS] + [TRIAL] * (baseline < TRIAL_BELOW)
    return ControlChart(
        method=METHOD,
        measure=measure,
        status=Status.OK,
        verdict=Verdict.DESCRIBED,
        estimate=float(centre),
        used=len(known),
        missing=missing,
        span_days=_span_days(points),
        parameters=(*PARAMETERS, Parameter(name="reach of the limits", value=REACH, source="3 / 1.128, from memory")),
        cautions=tuple(cautions + [NO_TREND] * bool(trend and whole_or_half(points))),
        would_change=("a baseline that the therapist sets anew, with the reason",),
        points=drawn,
        baseline=Window(first[0].days.start, first[-1].days.end),
        signals=signals_of(drawn, centre, trend=trend),
    )


def _mean_distance(points: Sequence[ChartPoint]) -> Fraction:
    """The mean distance of neighbours with no gap between them; 0 where there are none."""
    distances = [
        abs(later.value - point.value)
        for point, later in pairwise(points)
        if point.value is not None and later.value is not None
    ]
    return sum(distances, Fraction(0)) / len(distances) if distances else Fraction(0)


def _without_limits(points: Sequence[ChartPoint], measure: str, reason: str, needed: str) -> ControlChart:
    known = sum(1 for point in points if point.value is not None)
    return ControlChart(
        method=METHOD,
        measure=measure,
        status=Status.CANNOT_JUDGE,
        verdict=Verdict.NOT_ENOUGH_RECORDED,
        used=known,
        missing=len(points) - known,
        span_days=_span_days(points),
        parameters=PARAMETERS,
        would_change=(needed,),
        reason=reason,
        points=tuple(points),
    )


def _span_days(points: Sequence[ChartPoint]) -> int:
    return (points[-1].days.end - points[0].days.start).days + 1 if points else 0
