"""Intervals of counts, bursts and ratios: at their edges, and against scipy, statsmodels and published numbers."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import inf
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from core.analysis.count_rates import count_rates
from core.analysis.counts import (
    IN_BURSTS,
    NO_BURSTS,
    NONE_BEFORE,
    compare_rates,
    count_units,
    describe_rate,
    different_coverage,
    dispersion,
    poisson_interval,
    rate_interval,
)
from core.analysis.rates import rate
from core.model.check_in import CheckIn, CountKind
from core.model.counts import CountUnit, Dispersion, UnitKind
from core.model.days import Window
from core.model.findings import Direction, Status, Verdict
from core.model.measures import COUNTS, REASSURANCE
from core.model.readings import Asked, Rate
from core.model.records import Recorded
from core.notes.count_sentences import rates_sentences
from tests.builders import TODAY, all_recorded, check_in, daily, method, weekly
from tests.unit.analysis.strategies import WINDOW, extreme_histories, histories

UNKNOWN = Dispersion(factor=1.0, units=4, by=None)
EVEN = Dispersion(factor=1.0, units=8, by=UnitKind.RECORDS)
METHOD = method()
LATER = Window.ending(TODAY, 28)
EARLIER = LATER.before(28)

# Published limits at 95 % of a count (Garwood 1936; the table is in every handbook, here from memory, and the first
# upper limit is quoted by the help page of pois.exact in the R package epitools, read in a stored copy).
GARWOOD = {0: (0.0, 3.689), 1: (0.0253, 5.572), 5: (1.623, 11.668), 10: (4.795, 18.390)}

# The example of R's help page on poisson.test (read in a stored copy): 11 in 800 against 21 in 3011; its printed answer
# (ratio 1.971488, p 0.07967, interval 0.8584264 to 4.2772659) is from memory.
R_EXAMPLE = ((11, 800), (21, 3011))
R_ANSWER = (1.971488, 0.07967, 0.8584264, 4.2772659)


def a_rate(count: Fraction | int, days: int, window: Window | None = None) -> Rate:
    return Rate(
        window=window or Window.ending(TODAY, max(days, 1)),
        count=Fraction(count),
        observed_days=days,
        asked=Asked(asked=1, check_ins=1),
        refs=(),
    )


def units(*counts: int, days: int = 7) -> tuple[CountUnit, ...]:
    return tuple(CountUnit(days=days, count=count, week=week) for week, count in enumerate(counts))


@pytest.mark.parametrize(("count", "limits"), GARWOOD.items())
def test_limits_of_a_count_are_the_published_ones(count: int, limits: tuple[float, float]) -> None:
    found = poisson_interval(count)
    assert (found.low, found.high) == (pytest.approx(limits[0], abs=5e-4), pytest.approx(limits[1], abs=5e-4))


@pytest.mark.parametrize("count", [0, 1, 3, 12, 31, 200])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_limits_of_a_count_are_those_of_statsmodels(count: int, level: float) -> None:
    found = poisson_interval(count, level=level)
    low, high = confint_poisson(count, 1, method="exact-c", alpha=1 - level)
    assert found.low == pytest.approx(0.0 if count == 0 else float(low), abs=1e-8)
    assert found.high == pytest.approx(float(high), rel=1e-9)


def test_none_in_a_week_still_allows_half_an_event_a_day() -> None:
    found = describe_rate(a_rate(0, 7), UNKNOWN)
    assert found.interval is not None
    assert (found.estimate, found.interval.low) == (0, 0)
    assert found.interval.high / 7 == pytest.approx(0.527, abs=5e-4)


def test_widened_limits_are_of_the_divided_count_times_the_factor() -> None:
    plain, wide = poisson_interval(Fraction(10), factor=1), poisson_interval(40, factor=4)
    assert (wide.low, wide.high) == (pytest.approx(4 * plain.low), pytest.approx(4 * plain.high))


@pytest.mark.parametrize(("count", "factor"), [(-1, 1.0), (3, 0.9)])
def test_a_count_below_zero_and_a_factor_below_one_are_refused(count: int, factor: float) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        poisson_interval(count, factor=factor)


@pytest.mark.parametrize(("days", "verdict"), [(6, "not_enough_recorded"), (7, "described"), (8, "described")])
def test_a_weekly_figure_needs_seven_observed_days(days: int, verdict: str) -> None:
    found = describe_rate(a_rate(3, days), UNKNOWN)
    assert found.verdict == verdict
    assert (found.interval is None) == (days < 7)
    assert found.would_change == (("1 more observed day for a figure per week",) if days < 7 else ())


def test_no_observed_day_is_unknown_and_not_zero() -> None:
    found = describe_rate(a_rate(0, 0), UNKNOWN)
    assert (found.status, found.estimate, found.interval) == (Status.CANNOT_JUDGE, None, None)
    assert rate_interval(a_rate(0, 0)) is None


def test_dispersion_is_pearsons_statistic() -> None:
    counts = [3, 0, 5, 2, 8, 1, 0, 6]
    found = dispersion(units(*counts))
    mean = sum(counts) / len(counts)
    assert found.factor == pytest.approx(float(stats.chisquare(counts, [mean] * 8).statistic) / 7)
    assert (found.units, found.by) == (8, UnitKind.RECORDS)


@pytest.mark.parametrize(("how_many", "known"), [(7, False), (8, True), (9, True)])
def test_dispersion_needs_eight_units(how_many: int, known: bool) -> None:
    found = dispersion(units(*([0, 9] * 5)[:how_many]))
    assert found.known == known
    assert (found.factor > 1) == known


def test_two_periods_have_each_their_own_mean() -> None:
    found = dispersion(units(2, 2, 2, 2), units(9, 9, 9, 9))
    assert (found.factor, found.units, found.known) == (1.0, 8, True)


def test_even_counts_are_never_less_than_one_times_as_uneven() -> None:
    assert dispersion(units(3, 3, 3, 3, 3, 3, 3, 3)).factor == 1.0


def test_a_stretch_without_events_says_nothing_of_bursts() -> None:
    assert not dispersion(units(*[0] * 12)).known


def test_longer_records_are_expected_to_count_more() -> None:
    even = tuple(CountUnit(days=days, count=2 * days, week=days) for days in range(1, 9))
    assert dispersion(even).factor == 1.0


def test_bursts_of_whole_weeks_show_in_daily_records() -> None:
    each_day = [CountUnit(days=1, count=(0, 3)[week % 2], week=week) for week in range(8) for _ in range(7)]
    found = dispersion(each_day)
    assert found.by is UnitKind.WEEKS
    assert found.factor > 10


def test_a_weekly_record_is_one_unit_and_not_seven_even_days() -> None:
    records = weekly(8, reassurance=0) + all_recorded(check_in(TODAY - timedelta(weeks=9), 7, reassurance=63))
    found = dispersion(count_units(records, REASSURANCE, Window.ending(TODAY, 80)))
    assert found.factor == pytest.approx(63.0)


def test_a_record_cut_by_the_window_is_no_unit() -> None:
    records = weekly(3, reassurance=4)
    assert len(count_units(records, REASSURANCE, Window.ending(TODAY, 20))) == 2
    assert len(count_units(records, REASSURANCE, Window.ending(TODAY, 21))) == 3


def test_a_record_that_a_shorter_one_cuts_is_no_unit() -> None:
    records = all_recorded(check_in(TODAY, 7, reassurance=7), check_in(TODAY - timedelta(days=2), 1, reassurance=5))
    assert [unit.count for unit in count_units(records, REASSURANCE, WINDOW)] == [5]


def test_the_caution_says_what_is_assumed() -> None:
    bursts = Dispersion(factor=2.0, units=8, by=UnitKind.WEEKS)
    assert describe_rate(a_rate(9, 28), UNKNOWN).cautions == (NO_BURSTS,)
    assert describe_rate(a_rate(9, 28), EVEN).cautions == ()
    assert describe_rate(a_rate(9, 28), bursts).cautions == (IN_BURSTS,)
    wide, plain = describe_rate(a_rate(9, 28), bursts).interval, describe_rate(a_rate(9, 28), EVEN).interval
    assert wide.low < plain.low < plain.high < wide.high


def test_the_ratio_is_the_one_of_rs_help_page() -> None:
    (after, later), (before, earlier) = R_EXAMPLE
    found = compare_rates(
        a_rate(after, later, Window.ending(TODAY, later)), a_rate(before, earlier, Window.ending(TODAY, earlier)), EVEN
    )
    shown = (found.estimate, found.p_value, found.interval.low, found.interval.high)
    assert shown == tuple(pytest.approx(value, rel=1e-4) for value in R_ANSWER)
    assert found.verdict is Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("after", "later", "before", "earlier"),
    [(12, 28, 31, 28), (6, 28, 0, 28), (0, 14, 9, 28), (40, 21, 8, 25), (3, 7, 3, 7), (100, 28, 40, 20)],
)
def test_the_ratio_is_that_of_scipys_binomial(after: int, later: int, before: int, earlier: int) -> None:
    found = compare_rates(a_rate(after, later), a_rate(before, earlier), EVEN)
    expected = stats.binomtest(after, after + before, later / (later + earlier))
    ends = expected.proportion_ci(0.95, method="exact")
    low, high = (
        share / (1 - share) * earlier / later if share < 1 else inf for share in (float(ends.low), float(ends.high))
    )
    assert (found.interval.low, found.interval.high) == (pytest.approx(low, rel=1e-8), pytest.approx(high, rel=1e-8))
    assert found.p_value == pytest.approx(float(expected.pvalue), abs=1e-9)


def test_none_before_has_no_ratio_and_an_open_interval() -> None:
    found = compare_rates(a_rate(6, 28), a_rate(0, 28), EVEN)
    assert (found.estimate, found.interval.high, found.direction) == (None, inf, Direction.HIGHER)
    assert NONE_BEFORE in found.cautions


def test_none_after_is_a_ratio_of_zero() -> None:
    found = compare_rates(a_rate(0, 28), a_rate(6, 28), EVEN)
    assert (found.estimate, found.interval.low, found.direction) == (0, 0, Direction.LOWER)


@pytest.mark.parametrize(("events", "judged"), [(5, False), (6, True), (7, True)])
def test_a_ratio_needs_six_events_in_all(events: int, judged: bool) -> None:
    found = compare_rates(a_rate(events - 1, 28), a_rate(1, 28), EVEN)
    assert (found.status is Status.OK) == judged


@pytest.mark.parametrize(("days", "judged"), [(6, False), (7, True), (8, True)])
def test_a_ratio_needs_seven_observed_days_on_each_side(days: int, judged: bool) -> None:
    short, long = a_rate(9, days), a_rate(9, 14)
    for found in (compare_rates(short, long, EVEN), compare_rates(long, short, EVEN)):
        assert (found.status is Status.OK) == judged
        assert judged or found.would_change[0].startswith("1 more observed day in the ")


@pytest.mark.parametrize(("observed", "alike"), [(13, False), (14, True), (15, True)])
def test_coverage_may_differ_by_thirty_points_and_no_more(observed: int, alike: bool) -> None:
    window = Window.ending(TODAY, 20)
    full, part = a_rate(40, 20, window), a_rate(1, observed, window)
    for found in (compare_rates(full, part, EVEN), compare_rates(part, full, EVEN)):
        assert (found.verdict is Verdict.RECORDED_TOO_DIFFERENTLY) == (not alike)
        assert alike or (found.direction, found.estimate, found.interval) == (None, None, None)
        assert alike or "recorded too differently to compare" in found.reason
    assert (different_coverage(full, part) is None) == alike


def test_bursts_take_a_direction_back_and_leave_out_p() -> None:
    later, earlier = a_rate(8, 28), a_rate(24, 28)
    bursts = Dispersion(factor=4.0, units=8, by=UnitKind.RECORDS)
    assert compare_rates(later, earlier, EVEN).direction is Direction.LOWER
    found = compare_rates(later, earlier, bursts)
    assert (found.direction, found.verdict, found.p_value) == (None, Verdict.NO_CLEAR_CHANGE, None)


def test_a_fraction_of_a_count_has_an_interval_and_no_p() -> None:
    found = compare_rates(a_rate(Fraction(40, 7), 28), a_rate(20, 28), EVEN)
    assert found.p_value is None
    whole = compare_rates(a_rate(6, 28), a_rate(20, 28), EVEN)
    assert found.interval.low < whole.interval.low


def test_one_look_is_never_a_reliable_change() -> None:
    assert compare_rates(a_rate(0, 28), a_rate(500, 28), EVEN).verdict is Verdict.POSSIBLE_CHANGE


@given(st.integers(0, 60), st.integers(0, 60), st.integers(7, 28), st.integers(7, 28))
def test_swapping_the_periods_turns_the_direction_round(after: int, before: int, later: int, earlier: int) -> None:
    one = compare_rates(a_rate(after, later), a_rate(before, earlier), EVEN)
    other = compare_rates(a_rate(before, earlier), a_rate(after, later), EVEN)
    turned = {Direction.LOWER: Direction.HIGHER, Direction.HIGHER: Direction.LOWER, None: None}
    assert (other.verdict, other.direction) == (one.verdict, turned[one.direction])
    if one.interval and one.interval.low > 0:
        assert other.interval.high == pytest.approx(1 / one.interval.low, rel=1e-6)


@given(st.integers(0, 300), st.floats(1, 9))
def test_the_interval_holds_the_count_and_widens_with_bursts(count: int, factor: float) -> None:
    plain, wide = poisson_interval(count), poisson_interval(count, factor=factor)
    assert plain.low <= count <= plain.high
    assert wide.low <= plain.low + 1e-9
    assert wide.high >= plain.high - 1e-9


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_records_makes_no_difference(records: tuple[Recorded[CheckIn], ...], chance: Random) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)
    found = [_compared(given) for given in (records, tuple(shuffled))]
    assert found[0] == found[1]


@given(
    st.lists(st.tuples(st.integers(2, 12), st.integers(0, 30), st.integers(0, 3)), min_size=1, max_size=6), st.data()
)
def test_splitting_a_count_over_adjoining_records_changes_neither_total_nor_days(
    periods: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    whole: list[CheckIn] = []
    end = TODAY
    for days, count, gap in periods:
        whole.append(check_in(end, days, reassurance=count))
        end -= timedelta(days=days + gap)
    which = data.draw(st.integers(0, len(whole) - 1))
    one = whole[which]
    late_days = data.draw(st.integers(1, one.period_days - 1))
    late = data.draw(st.integers(0, one.reassurance_count))
    parts = [
        _part(one, one.period_end, late_days, late),
        _part(
            one, one.period_end - timedelta(days=late_days), one.period_days - late_days, one.reassurance_count - late
        ),
    ]
    window = Window.ending(TODAY, 100)
    before = rate(all_recorded(*whole), REASSURANCE, window, kinds=5)
    after = rate(all_recorded(*whole[:which], *parts, *whole[which + 1 :]), REASSURANCE, window, kinds=5)
    assert (after.count, after.observed_days) == (before.count, before.observed_days)
    assert describe_rate(after, UNKNOWN).interval == describe_rate(before, UNKNOWN).interval


@settings(max_examples=40)
@given(extreme_histories())
def test_no_count_that_can_be_recorded_is_too_much(records: tuple[Recorded[CheckIn], ...]) -> None:
    for measure in COUNTS:
        found = count_rates(records, measure, TODAY, METHOD)
        assert all(rates_sentences(found, "Counted"))
        for each in (found.now, found.ratio):
            if each.interval is not None and each.estimate is not None:
                assert 0 <= each.interval.low <= each.estimate <= each.interval.high


def test_a_day_of_a_month_beside_one_burst_has_an_interval() -> None:
    """Fails where the quantiles cannot take a small part of an event over a large dispersion."""
    one_day = [check_in(TODAY - timedelta(days=back), 1, reassurance=0) for back in range(27)]
    month = check_in(TODAY - timedelta(days=27), 31, reassurance=1)
    burst = [check_in(TODAY - timedelta(days=28 + back), 1, reassurance=300 * (back == 5)) for back in range(28)]
    found = count_rates(all_recorded(*one_day, month, *burst), REASSURANCE, TODAY, METHOD)
    assert found.now.rate.count == Fraction(1, 31)
    assert found.now.dispersion.factor == pytest.approx(300)
    assert (found.ratio.interval.low, found.ratio.direction) == (0, None)


def _part(whole: CheckIn, end: object, days: int, count: int) -> CheckIn:
    kind = CountKind.EXACT if count else None
    return replace(whole, period_end=end, period_days=days, reassurance_count=count, reassurance_count_kind=kind)


def _compared(records: tuple[Recorded[CheckIn], ...]) -> object:
    spread = dispersion(*(count_units(records, REASSURANCE, window) for window in (EARLIER, LATER)))
    later, earlier = (rate(records, REASSURANCE, window, kinds=5) for window in (LATER, EARLIER))
    return compare_rates(later, earlier, spread), describe_rate(later, spread)


def test_daily_and_weekly_records_of_the_same_rate_have_the_same_interval() -> None:
    day_by_day, by_week = daily(28, reassurance=1), weekly(4, reassurance=7)
    rates = [rate(records, REASSURANCE, LATER, kinds=5) for records in (day_by_day, by_week)]
    assert rate_interval(rates[0]) == rate_interval(rates[1])
