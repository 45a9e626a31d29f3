"""The middle slope on real days and the guarded trend test, held to scipy and pymannkendall."""

from fractions import Fraction
from math import sqrt

import pymannkendall
import pytest
from scipy.stats import kendalltau, norm, theilslopes

from core.analysis.points import Points, points_of
from core.analysis.trend import MOST_AT_AN_END, middle_line, trend
from core.model.days import Window
from core.model.findings import Direction, Status, Verdict
from core.model.measures import ANXIETY, REASSURANCE
from tests.builders import TODAY, daily, weekly
from tests.wording import assert_clean

ENDS = (0, 10)
GAPS = (1, 3, 4, 9, 10, 11, 16, 22, 23, 31)
CASES = [
    (tuple(range(1, 13)), (8, 7, 7, 6, 7, 5, 6, 4, 5, 4, 3, 3)),
    (GAPS, (2, 4, 3, 6, 6, 5, 8, 7, 9, 9)),
    (GAPS, (5, 5, 4, 6, 5, 5, 4, 6, 5, 4)),
    ((1, 8, 15, 22, 29, 43, 50, 57), (9, 8, 8, 6, 7, 5, 4, 4)),
]


def points(days: tuple[int, ...], values: tuple[int, ...], measure: str = ANXIETY) -> Points:
    return Points(measure=measure, days=days, values=values)


@pytest.mark.parametrize(("days", "values"), CASES)
def test_slope_and_line_on_real_days_are_those_of_scipy(days: tuple[int, ...], values: tuple[int, ...]) -> None:
    line = middle_line(points(days, values))
    expected = theilslopes(values, days, method="separate")
    assert line.slope == pytest.approx(expected.slope, abs=1e-12)
    assert line.at_start == pytest.approx(expected.intercept + expected.slope * days[0], abs=1e-9)


@pytest.mark.parametrize(("days", "values"), CASES)
def test_interval_is_that_of_scipy_at_the_level_to_which_the_guard_widens(
    days: tuple[int, ...], values: tuple[int, ...]
) -> None:
    line = middle_line(points(days, values))
    wider = 2 * norm.cdf(norm.ppf(0.975) * sqrt(line.widening)) - 1
    expected = theilslopes(values, days, alpha=wider)
    assert (line.low, line.high) == pytest.approx((expected.low_slope, expected.high_slope), abs=1e-12)


@pytest.mark.parametrize(("days", "values"), CASES)
def test_s_and_its_variance_before_the_guard_are_those_of_mann_and_kendall(
    days: tuple[int, ...], values: tuple[int, ...]
) -> None:
    line = middle_line(points(days, values))
    expected = pymannkendall.original_test(values)
    assert line.s == expected.s
    assert line.variance / line.widening == pytest.approx(expected.var_s)
    pairs = len(values) * (len(values) - 1) / 2
    tied = sum(values.count(value) * (values.count(value) - 1) / 2 for value in set(values))
    assert line.s / sqrt(pairs * (pairs - tied)) == pytest.approx(kendalltau(days, values).statistic)


def test_guard_fades_with_the_days_that_pass() -> None:
    days, values = GAPS, CASES[1][1]
    line = middle_line(points(days, values))
    pairs = [(a, b) for place, a in enumerate(days) for b in days[place + 1 :]]
    assert line.widening == pytest.approx(1 + 2 / len(days) * sum(line.lasting ** (b - a) for a, b in pairs))


def test_weekly_values_carry_over_from_week_to_week() -> None:
    values = CASES[0][1]
    by_day = middle_line(points(tuple(range(1, 13)), values))
    by_week = middle_line(points(tuple(range(1, 85, 7)), values))
    assert by_week.widening == pytest.approx(by_day.widening)
    assert by_week.slope == pytest.approx(by_day.slope / 7)


def test_carry_over_is_never_taken_for_less_than_3_tenths() -> None:
    assert middle_line(points(tuple(range(1, 21)), (4, 6) * 10)).lasting == 0.3


@pytest.mark.parametrize(
    ("days", "enough"),
    [((1, 2, 3, 4, 5, 6, 7), False), ((1, 2, 3, 4, 5, 6, 7, 13), False), ((1, 2, 3, 4, 5, 6, 7, 14), True)],
)
def test_a_slope_takes_8_values_over_14_days(days: tuple[int, ...], enough: bool) -> None:
    found = trend(points(days, tuple(range(len(days)))), ends=ENDS)
    assert (found.status is Status.OK) is enough
    assert (found.estimate is not None) is enough
    assert found.reason is None if enough else found.would_change


def test_slope_is_told_per_week_and_one_look_is_a_possible_change_at_most() -> None:
    found = trend(points(tuple(range(1, 85, 7)), (9, 9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4)), ends=ENDS)
    assert found.estimate == pytest.approx(-0.5)
    assert (found.verdict, found.direction) == (Verdict.POSSIBLE_CHANGE, Direction.LOWER)
    assert found.interval is not None
    assert found.interval.low <= -0.5 <= found.interval.high < 0


def test_a_rise_that_turns_is_no_clear_change() -> None:
    found = trend(points(tuple(range(1, 17)), (1, 2, 3, 4, 5, 6, 7, 8, 8, 7, 6, 5, 4, 3, 2, 1)), ends=ENDS)
    assert (found.verdict, found.direction) == (Verdict.NO_CLEAR_CHANGE, None)


def test_many_values_at_the_lowest_end_are_pointed_out() -> None:
    at_line = trend(points(tuple(range(1, 17)), (5, 4) * 6 + (0,) * 4), ends=ENDS)
    above = trend(points(tuple(range(1, 17)), (5, 4) * 5 + (5,) + (0,) * 5), ends=ENDS)
    assert at_line.at_lowest == MOST_AT_AN_END
    assert above.at_lowest == Fraction(5, 16)
    told = [any("end of the scale" in caution for caution in found.cautions) for found in (at_line, above)]
    assert told == [False, True]


def test_points_of_weekly_check_ins_lie_in_the_middle_of_their_days() -> None:
    window = Window.ending(TODAY, 84)
    found = points_of(weekly(4, reassurance=3), REASSURANCE, window)
    assert [TODAY.toordinal() - day for day in found.days] == [24, 17, 10, 3]
    assert [Fraction(value, found.scale) for value in found.values] == [3] * 4
    assert found.step == 7


def test_counts_of_days_and_weeks_stand_on_one_scale() -> None:
    records = (*weekly(2, reassurance=14), *daily(1, until=TODAY.replace(day=1), reassurance=2))
    found = points_of(records, REASSURANCE, Window.ending(TODAY, 84))
    assert {Fraction(value, found.scale) for value in found.values} == {14}


def test_every_sentence_about_a_slope_uses_no_banned_word() -> None:
    for days, values in CASES:
        found = trend(points(days, values), ends=ENDS)
        for text in (*found.cautions, *found.would_change, found.reason or ""):
            assert_clean(text)
