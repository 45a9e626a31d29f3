"""The u chart of a count: times a day over stretches of different length, beside what the first ones lead to expect."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import exp, sqrt

from msgspec import Struct

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
)
from core.analysis.days_kept import window_of
from core.analysis.exposure import CheckInRecords, spans
from core.analysis.rates import VALUES, exact, was_asked
from core.model.days import Window
from core.model.findings import Parameter, Status, Verdict
from core.model.series_findings import ChartPoint, ControlChart

METHOD = "u_chart"
SIGMAS = 3
TAIL = 0.00135
FEW_EXPECTED = 3
BURSTS = 1.3
WIDEST_MOVE = 3.267
MOVE_TO_SIGMA = 1.128
WIDENED = "entries come in bursts, so the limits are widened"


class Stretch(Struct, frozen=True):
    """So many events over `observed` days (1 or more) out of those of `days`."""

    days: Window
    events: int
    observed: int


class Baseline(Struct, frozen=True, kw_only=True):
    """What the first stretches say: `centre` times a day, `spread` as sigma between them, 1 where not widened."""

    centre: Fraction
    spread: float

    def limits(self, observed: int) -> tuple[float, float]:
        """The limits over so many days in times a day; below 3 expected entries those of the Poisson distribution."""
        expected = float(self.centre) * observed
        reach = SIGMAS * self.spread * sqrt(expected)
        low, high = max(0.0, expected - reach), expected + reach
        if expected < FEW_EXPECTED:
            exact = poisson_quantile(TAIL, expected), poisson_quantile(1 - TAIL, expected)
            low, high = (min(low, exact[0]), max(high, exact[1])) if self.spread > 1 else exact
        return low / observed, high / observed


def stretches_of(records: CheckInRecords, measure: str, window: Window) -> tuple[Stretch, ...]:
    """The counts in `window` as they were recorded: one stretch for each check-in that keeps all of its days.

    A check-in of which others keep some days is left out, since what falls on the rest was never counted.
    """
    answer = VALUES[measure]
    return tuple(
        [
            Stretch(window_of(first, last), answer(span.content) or 0, days)
            for span, first, last, days in spans(records, window).runs(was_asked(measure))
            if days == span.content.period_days
        ]
    )


def u_chart(stretches: Sequence[Stretch], measure: str, *, baseline: int = BASELINE_POINTS) -> ControlChart:
    """The chart of `stretches`, oldest first, which do not overlap; values and limits are times a day.

    centre = entries / days of the first `baseline` stretches, frozen; limits = centre +/- 3 x sqrt(centre / days),
    cut at 0. Where the first stretches scatter 1.3 times as much as single events would, the limits are widened by
    Laney's factor. Under 3 expected entries the limits are the 0.135 % ends of the Poisson distribution. A stretch of
    days without a record breaks runs. Under 12 stretches, or without an entry, there are no limits.
    Source: u chart and Laney 2002 (from memory); 12, 1.3 and 3 are project defaults.
    """
    first = stretches[:baseline]
    if len(first) < baseline:
        more = baseline - len(first)
        reason = f"limits take {baseline} check-ins, and there are {len(first)}"
        return _without_limits(stretches, measure, reason, f"{more} more check-in{'s' * (more > 1)}")
    if not any(stretch.events for stretch in first):
        return _without_limits(stretches, measure, "none in the first check-ins, so there are no limits", "an entry")
    held = baseline_of(first)
    days, values = [stretch.days for stretch in stretches], _placed_all(stretches, held)
    observed, span_days = _observed(stretches), _span_days(stretches)
    cautions = [LOOK_HERE] + [TRIAL] * (baseline < TRIAL_BELOW) + [WIDENED] * (held.spread > 1)
    return ControlChart(
        method=METHOD,
        measure=measure,
        status=Status.OK,
        verdict=Verdict.DESCRIBED,
        estimate=float(held.centre),
        used=observed,
        missing=span_days - observed,
        span_days=span_days,
        parameters=(
            *PARAMETERS,
            Parameter(name="widened by", value=held.spread, source="Laney 2002 (from memory)"),
            Parameter(name="sigmas", value=SIGMAS, source="Shewhart 1931 (from memory)"),
        ),
        cautions=tuple(cautions),
        would_change=("a baseline that the therapist sets anew, with the reason",),
        points=drawn(days, values),
        baseline=Window(days[0].start, days[baseline - 1].end),
        signals=signals_of(days, values, after_gaps=_after_gaps(days) if observed < span_days else ()),
    )


def baseline_of(first: Sequence[Stretch]) -> Baseline:
    """The centre of some stretches with at least one entry, and how far they scatter beyond single events."""
    centre = Fraction(sum(stretch.events for stretch in first), _observed(first))
    a_day = float(centre)
    expected = [a_day * stretch.observed for stretch in first]
    off = [(stretch.events - mean) / sqrt(mean) for stretch, mean in zip(first, expected, strict=True)]
    factor = sum(each**2 for each in off) / (len(first) - 1) if len(first) > 1 else 1.0
    return Baseline(centre=centre, spread=max(1.0, _screened_sigma(off)) if factor > BURSTS else 1.0)


def poisson_quantile(probability: float, mean: float) -> int:
    """The smallest count that a Poisson count with this mean (under 700) reaches with `probability` or more."""
    count, term = 0, exp(-mean)
    total = term
    while total < probability:
        count += 1
        term *= mean / count
        total += term
    return count


def _screened_sigma(off: Sequence[float]) -> float:
    """Sigma from the moves between neighbours, those above 3.267 times their mean left out once."""
    moves = [abs(later - earlier) for earlier, later in pairwise(off)]
    most = WIDEST_MOVE * sum(moves) / len(moves)
    usual = [move for move in moves if move <= most]
    return sum(usual) / len(usual) / MOVE_TO_SIGMA


def _placed_all(stretches: Sequence[Stretch], held: Baseline) -> list[Placed]:
    """Where the counts a day lie; the same counts over as many days come again, and are placed once."""
    limits: dict[int, tuple[float, float]] = {}
    known: dict[tuple[int, int], Placed] = {}
    found = []
    for stretch in stretches:
        count = events, observed = stretch.events, stretch.observed
        place = known.get(count)
        if place is None:
            if observed not in limits:
                limits[observed] = held.limits(observed)
            place = known[count] = placed(exact(events, observed), held.centre, limits[observed])
        found.append(place)
    return found


def _after_gaps(days: Sequence[Window]) -> set[int]:
    """The places of the stretches before which lie days that none of them has."""
    return {place for place, (before, at) in enumerate(pairwise(days), 1) if (at.start - before.end).days > 1}


def _observed(stretches: Sequence[Stretch]) -> int:
    return sum([stretch.observed for stretch in stretches])


def _without_limits(stretches: Sequence[Stretch], measure: str, reason: str, needed: str) -> ControlChart:
    observed, span_days = _observed(stretches), _span_days(stretches)
    return ControlChart(
        method=METHOD,
        measure=measure,
        status=Status.CANNOT_JUDGE,
        verdict=Verdict.NOT_ENOUGH_RECORDED,
        used=observed,
        missing=span_days - observed,
        span_days=span_days,
        parameters=PARAMETERS,
        would_change=(needed,),
        reason=reason,
        points=tuple([ChartPoint(days=each.days, value=exact(each.events, each.observed)) for each in stretches]),
    )


def _span_days(stretches: Sequence[Stretch]) -> int:
    return (stretches[-1].days.end - stretches[0].days.start).days + 1 if stretches else 0
