"""Counts with what is compatible with them: exact intervals, bursts, and the ratio of two periods.

How much is known comes first: without enough observed days there is no interval, and two windows that were not
observed alike are not compared at all.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import inf

from msgspec.structs import replace

from core.analysis.days_kept import Kept, week_of
from core.analysis.distributions import beta_quantile, binomial_two_sided, chi2_quantile
from core.analysis.exposure import CheckInRecords, kept_days, spans
from core.analysis.rates import VALUES, was_asked
from core.model.counts import CountUnit, Dispersion, RateFinding, RatioFinding, UnitKind, per_week
from core.model.days import DAYS_IN_WEEK, Window
from core.model.findings import Direction, Interval, Parameter, Status, Verdict
from core.model.readings import Level, Rate

LEVEL = 0.95
MIN_DAYS = DAYS_IN_WEEK
MIN_EVENTS = 6
MIN_UNITS = 8
FARTHEST_COVERAGE = Fraction(30, 100)

NO_BURSTS = "assumes that events do not come in bursts"
IN_BURSTS = "events come in bursts, so the interval is widened"
NONE_BEFORE = "none before, so no ratio can be named"
SAME_AGAIN = "the same difference at the next review"
MORE_RECORDED = "more events, or more observed days"
PROJECT_DEFAULT = "project default"
GARWOOD = "Garwood 1936; Ulm 1990 (from memory)"
CONDITIONAL = "exact conditional binomial with Clopper-Pearson ends (from memory)"

_COVERAGE = Parameter(name="most that the observed shares may differ", value=FARTHEST_COVERAGE, source=PROJECT_DEFAULT)


def count_units(records: CheckInRecords, measure: str, window: Window) -> tuple[CountUnit, ...]:
    """The counts of `measure` in `window` as they were recorded, for `dispersion`.

    A record that keeps only some of its days is left out: what falls on them is a share worked out by spreading,
    and spread counts look more even than they were.
    """
    return units_of(kept_days(spans(records, window), was_asked(measure)), measure)


def units_of(all_kept: Iterable[Kept], measure: str) -> tuple[CountUnit, ...]:
    """`count_units` of days that were already kept."""
    answer = VALUES[measure]
    return tuple(
        [
            CountUnit(days=len(days), count=answer(span.content) or 0, week=week_of((span.first + span.last + 1) // 2))
            for span, days in all_kept
            if len(days) == span.content.period_days
        ]
    )


def dispersion(*periods: Sequence[CountUnit]) -> Dispersion:
    """How unevenly counts fell within each of `periods`, taken together; each period has its own mean.

    factor = max(1, sum of (count - mean x days)² / (mean x days) / (units - periods)), with the mean per day. It is
    worked out on whole records, whatever their lengths, and again on ISO weeks; the larger of the two counts, since
    days in a row may be alike. Daily values are never used: a weekly count spread over seven days looks even by
    construction. A period of one unit or without an event says nothing. Under 8 units the factor is not known.
    Source: Pearson's dispersion statistic (from memory); taking the larger of the two is a project default.
    """
    by_week = [_weeks(units) for units in periods]
    found = [_dispersion(periods, UnitKind.RECORDS), _dispersion(by_week, UnitKind.WEEKS)]
    known = [each for each in found if each.known]
    return max(known, key=lambda each: each.factor) if known else found[0]


def poisson_interval(count: Fraction | float, *, factor: float = 1.0, level: float = LEVEL) -> Interval:
    """The numbers of events that `count` is compatible with: exact, or widened when `factor` is above 1.

    Ends: chi2(a/2, 2k)/2 and chi2(1 - a/2, 2k + 2)/2; 0 below a count of 0. Widened: of k / factor, times factor.
    The count may be a fraction. Source: Garwood 1936 and Ulm 1990 (from memory). The widening is a project default;
    two windows of four weeks together, it held the true rate in 91 to 98 % at true factors of 1 to 4
    (`tests/bench/change_and_counts.py`).
    """
    number = float(count)
    if number < 0 or factor < 1:
        raise ValueError(f"a count is 0 or more and a factor 1 or more, and {number} and {factor} are not")
    events, tail = number / factor, (1 - level) / 2
    low = chi2_quantile(tail, 2 * events) / 2 if events else 0.0
    return Interval(low=low * factor, high=chi2_quantile(1 - tail, 2 * events + 2) / 2 * factor, level=level)


def rate_interval(rate: Rate, spread: Dispersion | None = None, *, level: float = LEVEL) -> Interval | None:
    """The weekly rates compatible with `rate`, widened by `spread`; `None` under 7 observed days."""
    if rate.observed_days < MIN_DAYS:
        return None
    factor = spread.factor if spread else 1.0
    return per_week(poisson_interval(rate.count, factor=factor, level=level), rate.observed_days)


def describe_rate(rate: Rate, spread: Dispersion, *, level: float = LEVEL) -> RateFinding:
    """The rate per week with its interval; under 7 observed days only the count is known."""
    interval, figure = rate_interval(rate, spread, level=level), rate.per_week
    known = interval is not None and figure is not None
    short = MIN_DAYS - rate.observed_days
    return RateFinding(
        method="rate per week with an exact Poisson interval",
        status=Status.OK if known else Status.CANNOT_JUDGE,
        verdict=Verdict.DESCRIBED if known else Verdict.NOT_ENOUGH_RECORDED,
        estimate=float(figure) if figure is not None else None,
        interval=interval,
        used=rate.observed_days,
        missing=rate.window.days - rate.observed_days,
        span_days=rate.window.days,
        parameters=(
            Parameter(name="observed days needed", value=MIN_DAYS, source=PROJECT_DEFAULT),
            Parameter(name="level of the interval", value=level, source=GARWOOD),
            *_widening(spread),
        ),
        cautions=_cautions(spread) if known else (),
        would_change=() if known else (f"{_more(short, 'observed day')} for a figure per week",),
        reason=None if known else f"{_days(rate.observed_days)} observed, and {MIN_DAYS} are needed",
        rate=rate,
        dispersion=spread,
    )


def compare_rates(later: Rate, earlier: Rate, spread: Dispersion, *, level: float = LEVEL) -> RatioFinding:
    """The ratio of two rates; at most a possible change, since this is one look.

    Given all events together, those of the later period are binomial with share t1 / (t1 + t2); the ends p of the
    Clopper-Pearson interval give the ratio p / (1 - p) x t2 / t1. With bursts both counts are divided by the
    factor first. A direction is given only when the interval leaves out 1. Needs 7 observed days on both sides and
    6 events in all (with 5, even 5 to 0 leaves 1 in). Source: `CONDITIONAL`; the minimums are project defaults.
    """
    reason, more = _cannot_compare(later, earlier)
    different = different_coverage(later, earlier)
    parameters = (
        Parameter(name="observed days needed on each side", value=MIN_DAYS, source=PROJECT_DEFAULT),
        Parameter(name="events needed in all", value=MIN_EVENTS, source=PROJECT_DEFAULT),
        Parameter(name="level of the interval", value=level, source=CONDITIONAL),
        _COVERAGE,
        *_widening(spread),
    )
    observed = later.observed_days + earlier.observed_days
    days = later.window.days + earlier.window.days
    first, last = min(later.window.start, earlier.window.start), max(later.window.end, earlier.window.end)
    base = RatioFinding(
        method="ratio of two rates",
        status=Status.CANNOT_JUDGE,
        verdict=Verdict.NOT_ENOUGH_RECORDED if reason else Verdict.RECORDED_TOO_DIFFERENTLY,
        used=observed,
        missing=days - observed,
        span_days=(last - first).days + 1,
        parameters=parameters,
        would_change=more or ("days observed alike in both periods",),
        reason=reason or different or "not compared",
        later=later,
        earlier=earlier,
        dispersion=spread,
    )
    return base if reason or different else _judged(base, level)


def different_coverage(one: Rate | Level, other: Rate | Level) -> str | None:
    """Why two windows cannot be compared, or `None`: their observed shares differ by more than 30 points.

    Then no direction word is given at all. Source: project default.
    """
    if not covered_differently((one.observed_days, one.window.days), (other.observed_days, other.window.days)):
        return None
    sides = [f"{each.observed_days} of {_days(each.window.days)}" for each in (one, other)]
    return f"recorded too differently to compare: {sides[0]} observed in one period, {sides[1]} in the other"


def covered_differently(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the shares of days differ by more than 30 points: so many of so many, here and there."""
    (observed, days), (other_observed, other_days) = one, other
    apart = abs(observed * other_days - other_observed * days)  # in units of 1 / (days * other_days)
    return apart * FARTHEST_COVERAGE.denominator > FARTHEST_COVERAGE.numerator * days * other_days


def _dispersion(periods: Iterable[Sequence[CountUnit]], by: UnitKind) -> Dispersion:
    uneven, free, units = 0.0, 0, 0
    for period in periods:
        events, days = sum([unit.count for unit in period]), sum([unit.days for unit in period])
        if len(period) < 2 or not events:
            continue
        means = [events * unit.days / days for unit in period]
        uneven += sum([(unit.count - mean) ** 2 / mean for unit, mean in zip(period, means, strict=True)])
        free += len(period) - 1
        units += len(period)
    if units < MIN_UNITS:
        return Dispersion(factor=1.0, units=units, by=None)
    return Dispersion(factor=max(1.0, uneven / free), units=units, by=by)


def _weeks(units: Iterable[CountUnit]) -> list[CountUnit]:
    """The units of each ISO week as one; the only unit of a week is taken as it is."""
    weeks: dict[int, CountUnit] = {}
    for unit in units:
        week, held = unit.week, weeks.get(unit.week)
        weeks[week] = (
            unit if held is None else CountUnit(days=held.days + unit.days, count=held.count + unit.count, week=week)
        )
    return [weeks[week] for week in sorted(weeks)]


def _widening(spread: Dispersion) -> tuple[Parameter, ...]:
    least = Parameter(name="records or weeks needed to see bursts", value=MIN_UNITS, source=PROJECT_DEFAULT)
    if not spread.known:
        return (least,)
    source = f"worked out on {spread.units} {spread.by}"
    return (least, Parameter(name="dispersion factor", value=spread.factor, source=source))


def _cautions(spread: Dispersion) -> tuple[str, ...]:
    if not spread.known:
        return (NO_BURSTS,)
    return (IN_BURSTS,) if spread.factor > 1 else ()


def _cannot_compare(later: Rate, earlier: Rate) -> tuple[str | None, tuple[str, ...]]:
    """Why there is too little for a ratio, and what would be enough."""
    names = {"the later period": later, "the earlier period": earlier}
    short = {name: MIN_DAYS - each.observed_days for name, each in names.items() if each.observed_days < MIN_DAYS}
    if short:
        told = " and ".join(f"{_days(names[name].observed_days)} observed in {name}" for name in short)
        more = tuple(f"{_more(days, 'observed day')} in {name}" for name, days in short.items())
        return f"{told}, and {MIN_DAYS} are needed in each", more
    events = later.count + earlier.count
    if events < MIN_EVENTS:
        return "too few events in both periods together", (f"{MIN_EVENTS} events or more in the two periods",)
    return None, ()


def _judged(base: RatioFinding, level: float) -> RatioFinding:
    later, earlier, factor = base.later, base.earlier, base.dispersion.factor
    interval = _ratio_interval(later, earlier, factor=factor, level=level)
    direction = Direction.HIGHER if interval.low > 1 else Direction.LOWER if interval.high < 1 else None
    (top, bottom), (first_top, first_bottom) = later.count.as_integer_ratio(), earlier.count.as_integer_ratio()
    now, before = top * first_bottom * earlier.observed_days, first_top * bottom * later.observed_days
    return replace(
        base,
        status=Status.OK,
        verdict=Verdict.POSSIBLE_CHANGE if direction else Verdict.NO_CLEAR_CHANGE,
        direction=direction,
        estimate=now / before if before else None,
        interval=interval,
        p_value=_p_value(later, earlier) if factor == 1 else None,
        cautions=(*_cautions(base.dispersion), *(() if before else (NONE_BEFORE,))),
        would_change=(SAME_AGAIN if direction else MORE_RECORDED,),
        reason=None,
    )


def _ratio_interval(later: Rate, earlier: Rate, *, factor: float, level: float) -> Interval:
    after, before, tail = float(later.count) / factor, float(earlier.count) / factor, (1 - level) / 2
    exposure = earlier.observed_days / later.observed_days
    low = beta_quantile(tail, after, before + 1) if after else 0.0
    rest = beta_quantile(tail, before, after + 1) if before else 0.0  # of the upper end, which may be next to 1
    high = (1 - rest) / rest if rest else inf
    return Interval(low=low / (1 - low) * exposure, high=high * exposure, level=level)


def _p_value(later: Rate, earlier: Rate) -> float | None:
    (after, parts), (before, other_parts) = later.count.as_integer_ratio(), earlier.count.as_integer_ratio()
    if parts != 1 or other_parts != 1:
        return None
    share = later.observed_days / (later.observed_days + earlier.observed_days)
    return binomial_two_sided(after, after + before, share)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _more(number: int, what: str) -> str:
    return f"{number} more {what}{'' if number == 1 else 's'}"
