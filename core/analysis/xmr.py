"""The individuals chart (XmR) of a rating: one value for each equal period, beside what its first values vary by."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm

from core.analysis.chart_rules import (
    BASELINE_POINTS,
    LOOK_HERE,
    PARAMETERS,
    TRIAL,
    TRIAL_BELOW,
    Placed,
    drawn,
    placed,
    signals_of,
    whole_or_half,
)
from core.analysis.points import PeriodValue
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
    periods: Sequence[PeriodValue], measure: str, *, baseline: int = BASELINE_POINTS, trend: int | None = None
) -> ControlChart:
    """The chart of the values of equal periods, oldest first; a value of `None` is a gap.

    centre = mean of the first `baseline` values; limits = centre +/- 2.66 x the mean distance of neighbours among
    them. The baseline is frozen: later points never move it. A gap breaks neighbours and runs. Under 12 values, or
    where the first ones do not vary, there are no limits and no marks. Limits are not cut at the ends of the scale.
    Source: Shewhart 1931; Wheeler's 2.66 = 3 / 1.128 (from memory); rules: `chart_rules.signals_of`.
    """
    known = [each.value for each in periods if each.value is not None]
    missing = len(periods) - len(known)
    if len(known) < baseline:
        more = baseline - len(known)
        reason = f"limits take {baseline} values, and there are {len(known)}"
        return _without_limits(periods, measure, reason, f"{more} more value{'s' * (more > 1)}")
    first = _up_to(periods, baseline)
    centre, distance = _centre_and_distance([each.value for each in first])
    if not distance:
        return _without_limits(periods, measure, "the first values do not vary, so there are no limits", "other values")
    limits = float(centre - REACH * distance), float(centre + REACH * distance)
    days, values = [each.days for each in periods], _placed_all(periods, centre, limits)
    cautions = [LOOK_HERE, FALSE_MARKS] + [TRIAL] * (baseline < TRIAL_BELOW)
    return ControlChart(
        method=METHOD,
        measure=measure,
        status=Status.OK,
        verdict=Verdict.DESCRIBED,
        estimate=float(centre),
        used=len(known),
        missing=missing,
        span_days=_span_days(periods),
        parameters=(*PARAMETERS, Parameter(name="reach of the limits", value=REACH, source="3 / 1.128, from memory")),
        cautions=tuple(cautions + [NO_TREND] * bool(trend and whole_or_half(known))),
        would_change=("a baseline that the therapist sets anew, with the reason",),
        points=drawn(days, values),
        baseline=Window(first[0].days.start, first[-1].days.end),
        signals=signals_of(days, values, trend=trend),
    )


def _up_to(periods: Sequence[PeriodValue], baseline: int) -> Sequence[PeriodValue]:
    """The first periods, as many as hold `baseline` values; there are so many."""
    with_value = [place for place, each in enumerate(periods) if each.value is not None]
    return periods[: with_value[baseline - 1] + 1]


def _centre_and_distance(values: Sequence[Fraction | None]) -> tuple[Fraction, Fraction]:
    """The mean, and the mean distance of neighbours with no gap between them; 0 where there are none."""
    ratios = [None if value is None else value.as_integer_ratio() for value in values]
    scale = lcm(*[ratio[1] for ratio in ratios if ratio])
    whole = [ratio[0] * (scale // ratio[1]) if ratio else None for ratio in ratios]
    known = [value for value in whole if value is not None]
    distances = [abs(b - a) for a, b in pairwise(whole) if a is not None and b is not None]
    return Fraction(sum(known), scale * len(known)), Fraction(sum(distances), scale * max(len(distances), 1))


def _placed_all(periods: Sequence[PeriodValue], centre: Fraction, limits: tuple[float, float]) -> list[Placed]:
    """Where each value lies; the same values come again, and are placed once."""
    gap = Placed(None, *limits)
    known: dict[tuple[int, int], Placed] = {}
    found = []
    for period in periods:
        value = period.value
        if value is None:
            found.append(gap)
            continue
        ratio = value.as_integer_ratio()
        place = known.get(ratio)
        if place is None:
            place = known[ratio] = placed(value, centre, limits)
        found.append(place)
    return found


def _without_limits(periods: Sequence[PeriodValue], measure: str, reason: str, needed: str) -> ControlChart:
    known = sum(each.value is not None for each in periods)
    return ControlChart(
        method=METHOD,
        measure=measure,
        status=Status.CANNOT_JUDGE,
        verdict=Verdict.NOT_ENOUGH_RECORDED,
        used=known,
        missing=len(periods) - known,
        span_days=_span_days(periods),
        parameters=PARAMETERS,
        would_change=(needed,),
        reason=reason,
        points=tuple([ChartPoint(days=each.days, value=each.value) for each in periods]),
    )


def _span_days(periods: Sequence[PeriodValue]) -> int:
    return (periods[-1].days.end - periods[0].days.start).days + 1 if periods else 0
