"""The individuals chart: limits held to a published example and to numpy, and marks at the edge of their rules."""

from datetime import timedelta
from fractions import Fraction

import numpy as np
import pytest

from core.analysis.points import PeriodValue, weekly_medians
from core.analysis.xmr import NO_TREND, individuals_chart
from core.model.days import Window, iso_week_start
from core.model.findings import Direction, Status, Verdict
from core.model.measures import ANXIETY
from core.model.series_findings import ControlChart, SignalKind
from tests.builders import TODAY, all_recorded, check_in, daily, weekly
from tests.wording import assert_clean

FIRST = iso_week_start(TODAY) - timedelta(weeks=60)
STEADY = (5, 6, 4, 5, 6, 4, 5, 6, 4, 5, 6, 4)


def weeks(*values: str | int | None) -> list[PeriodValue]:
    starts = (FIRST + timedelta(weeks=place) for place in range(len(values)))
    return [
        PeriodValue(Window(start, start + timedelta(days=6)), None if value is None else Fraction(str(value)))
        for start, value in zip(starts, values, strict=True)
    ]


def chart(*values: str | int | None, baseline: int = 12, trend: int | None = None) -> ControlChart:
    return individuals_chart(weeks(*values), ANXIETY, baseline=baseline, trend=trend)


def limits(found: ControlChart) -> tuple[float | None, float | None]:
    return found.points[0].low, found.points[0].high


def marks(found: ControlChart) -> list[tuple[SignalKind, Direction, int]]:
    return [(signal.kind, signal.side, len(signal.days)) for signal in found.signals]


def test_limits_are_those_of_the_flow_rates_in_the_nist_handbook() -> None:
    # NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: mean 50.81, limits 45.8159 and 55.8041 (3/1.128).
    found = chart(
        "49.6", "47.6", "49.9", "51.3", "47.8", "51.2", "52.6", "52.4", "53.6", "52.1", baseline=10
    )  # fmt: skip
    assert found.estimate == pytest.approx(50.81)
    assert limits(found) == pytest.approx((45.8159, 55.8041), abs=0.002)


@pytest.mark.parametrize(
    "values", [STEADY, (0, 3, 1, 9, 2, 2, 8, 4, 4, 7, 0, 10), (7, 7, 7, 8, 7, 7, 7, 6, 7, 7, 7, 7)]
)
def test_limits_are_those_that_numpy_gives(values: tuple[int, ...]) -> None:
    found = chart(*values)
    reach = 2.66 * np.abs(np.diff(values)).mean()
    assert found.estimate == pytest.approx(np.mean(values))
    assert limits(found) == pytest.approx((np.mean(values) - reach, np.mean(values) + reach))


def test_limits_take_12_values() -> None:
    found = chart(*STEADY[:11])
    assert (found.status, found.verdict) == (Status.CANNOT_JUDGE, Verdict.NOT_ENOUGH_RECORDED)
    assert found.would_change == ("1 more value",)
    assert len(found.points) == 11
    assert chart(*STEADY).status is Status.OK


def test_values_that_do_not_vary_have_no_limits() -> None:
    found = chart(*[5] * 20, 9)
    assert found.status is Status.CANNOT_JUDGE
    assert found.signals == ()


def test_gap_is_not_bridged_by_a_distance() -> None:
    found = chart(5, 5, 5, 5, 5, 5, None, 9, 9, 9, 9, 9, 9)
    assert found.status is Status.CANNOT_JUDGE
    assert found.missing == 1


def test_later_points_do_not_move_the_limits() -> None:
    assert limits(chart(*STEADY)) == limits(chart(*STEADY, 9, 10, 0, None, 10, 9))


@pytest.mark.parametrize(("value", "outside"), [("8.8", False), ("9.1", True)])
def test_a_mark_lies_past_the_limit(value: str, outside: bool) -> None:
    # Distances of STEADY are 1, 2, 1 ...: 15 over 11; the limit is 5 + 2.66 x 15/11 = 8.627 from a mean of 5.
    found = chart(*STEADY, "8.6" if not outside else value)
    assert marks(found) == ([(SignalKind.OUTSIDE, Direction.HIGHER, 1)] if outside else [])


def test_a_point_on_the_limit_is_inside_it() -> None:
    edge = Fraction(5) + Fraction(266, 100) * Fraction(15, 11)
    assert marks(individuals_chart([*weeks(*STEADY), *weeks(*[None] * 13, str(edge))[13:]], ANXIETY)) == []


@pytest.mark.parametrize(("length", "marked"), [(7, False), (8, True), (9, True)])
def test_a_shift_is_8_points_on_one_side(length: int, marked: bool) -> None:
    found = chart(*STEADY[:-2], 5, 5, *["4.5"] * length)
    assert marks(found) == ([(SignalKind.SHIFT, Direction.LOWER, length)] if marked else [])


def test_a_gap_breaks_a_run() -> None:
    assert marks(chart(*STEADY[:-2], 5, 5, *["4.5"] * 4, None, *["4.5"] * 4)) == []


def test_a_point_on_the_centre_breaks_a_run() -> None:
    steady = (5, 6, 4, 5, 6, 4, 5, 6, 4, 5, 5, 5)
    assert marks(chart(*steady, *["4.5"] * 4, 5, *["4.5"] * 4)) == []


def test_trend_rule_is_off_unless_asked_for_and_on_whole_and_half_numbers() -> None:
    rising = ["3.9", "4.3", "4.6", "4.9", "5.2", "5.6"]
    assert marks(chart(*STEADY, *rising)) == []
    assert marks(chart(*STEADY, *rising, trend=6)) == [(SignalKind.TREND, Direction.HIGHER, 6)]
    assert marks(chart(*STEADY, *rising, trend=7)) == []
    whole = chart(*STEADY, 3, "3.5", 4, "4.5", "5.5", 6, trend=6)
    assert marks(whole) == []
    assert NO_TREND in whole.cautions


def test_a_chart_never_says_that_something_changed() -> None:
    found = chart(*STEADY, 10, 10, 0)
    assert found.signals
    assert (found.verdict, found.direction) == (Verdict.DESCRIBED, None)
    with pytest.raises(ValueError, match="never says that something changed"):
        ControlChart(
            method="any", measure=ANXIETY, status=Status.OK, verdict=Verdict.POSSIBLE_CHANGE, used=1, points=()
        )


def test_a_week_has_the_median_of_its_days_and_under_three_a_gap() -> None:
    monday = iso_week_start(TODAY)
    days = [check_in(monday + timedelta(days=at), 1, anxiety=value) for at, value in ((0, 2), (1, 3), (2, 9))]
    days += [check_in(monday - timedelta(days=at), 1, anxiety=8) for at in (1, 2)]
    found = weekly_medians(all_recorded(*days), ANXIETY, Window(monday - timedelta(days=7), monday + timedelta(days=6)))
    assert [point.value for point in found] == [None, 3]
    assert [point.days.start for point in found] == [monday - timedelta(days=7), monday]


def test_weekly_check_ins_give_the_value_of_most_of_the_week() -> None:
    window = Window.ending(iso_week_start(TODAY) - timedelta(days=1), 28)
    found = weekly_medians(weekly(6, anxiety=6), ANXIETY, window)
    assert [point.value for point in found] == [6] * 4
    assert weekly_medians(daily(28, until=window.end, anxiety=6), ANXIETY, window) == found


def test_every_sentence_about_a_chart_uses_no_banned_word() -> None:
    for found in (chart(*STEADY, 10, trend=6), chart(*STEADY[:3]), chart(*[5] * 12)):
        for text in (*found.cautions, *found.would_change, found.reason or ""):
            assert_clean(text)
