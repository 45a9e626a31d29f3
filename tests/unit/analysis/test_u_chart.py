"""The u chart: limits held to a published example, scipy and numpy, with days of different number."""

from datetime import timedelta
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from scipy.stats import poisson

from core.analysis.u_chart import Baseline, Stretch, baseline_of, poisson_quantile, stretches_of, u_chart
from core.model.days import Window
from core.model.findings import Direction, Status, Verdict
from core.model.measures import REASSURANCE
from core.model.series_findings import SignalKind
from tests.builders import TODAY, all_recorded, check_in, daily, weekly
from tests.wording import assert_clean

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.1: defects on 25 wafers, mean 16, limits 4 and 28.
WAFERS = (16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13)
UNEVEN = ((12, 7), (9, 7), (3, 2), (14, 7), (25, 14), (11, 7), (2, 1), (13, 7), (8, 7), (12, 7), (10, 7), (11, 7))


def stretches(*counts: tuple[int, int], apart: int = 0) -> list[Stretch]:
    found, day = [], TODAY - timedelta(days=700)
    for count, days in counts:
        window = Window(day, day + timedelta(days=days - 1))
        found.append(Stretch(window, count, days))
        day = window.end + timedelta(days=1 + apart)
    return found


def test_limits_are_those_of_the_wafers_in_the_nist_handbook() -> None:
    one_each = stretches(*((count, 1) for count in WAFERS))
    held = Baseline(centre=baseline_of(one_each).centre, spread=1.0)
    assert held.centre == 16
    assert held.limits(1) == pytest.approx((4, 28))


def test_limits_follow_the_number_of_days() -> None:
    counts, days = (np.array(column) for column in zip(*UNEVEN, strict=True))
    centre = counts.sum() / days.sum()
    found = u_chart(stretches(*UNEVEN), REASSURANCE)
    assert found.estimate == pytest.approx(centre)
    for point, length in zip(found.points, days, strict=True):
        if centre * length >= 3:
            low, high = centre - 3 * sqrt(centre / length), centre + 3 * sqrt(centre / length)
            assert (point.low, point.high) == pytest.approx((max(0, low), high))


@pytest.mark.parametrize("expected", [0.2, 1.0, 1.7, 2.99])
def test_below_three_expected_entries_the_limits_are_those_of_the_poisson_distribution(expected: float) -> None:
    held = Baseline(centre=Fraction(str(expected)), spread=1.0)
    assert held.limits(1) == (poisson.ppf(0.00135, expected), poisson.ppf(0.99865, expected))


@pytest.mark.parametrize("probability", [0.00135, 0.025, 0.5, 0.975, 0.99865])
@pytest.mark.parametrize("mean", [0.01, 0.5, 3.0, 12.5, 80.0])
def test_poisson_quantile_is_that_of_scipy(probability: float, mean: float) -> None:
    assert poisson_quantile(probability, mean) == poisson.ppf(probability, mean)


def test_limits_are_widened_where_entries_come_in_bursts() -> None:
    bursts = stretches(*((count, 7) for count in (2, 30, 5, 28, 3, 25, 4, 30, 6, 27, 2, 29)))
    counts = np.array([stretch.events for stretch in bursts], dtype=float)
    off = (counts - counts.mean()) / np.sqrt(counts.mean())
    moves = np.abs(np.diff(off))
    sigma = moves[moves <= 3.267 * moves.mean()].mean() / 1.128
    assert baseline_of(bursts).spread == pytest.approx(sigma)
    found = u_chart(bursts, REASSURANCE)
    assert found.points[0].high == pytest.approx((counts.mean() + 3 * sigma * sqrt(counts.mean())) / 7)
    assert found.signals == ()


def test_limits_stay_as_they_are_where_entries_do_not_come_in_bursts() -> None:
    assert baseline_of(stretches(*UNEVEN)).spread == 1


@pytest.mark.parametrize(("count", "marked"), [(20, False), (21, True)])
def test_a_mark_lies_past_the_limit(count: int, marked: bool) -> None:
    # 10 a week expected: the limit is 10 + 3 x sqrt(10) = 19.5; 20 a week is past it, so 19 is the last inside.
    steady = [(10, 7)] * 12
    found = u_chart(stretches(*steady, (count - 1, 7)), REASSURANCE)
    assert [(signal.kind, signal.side) for signal in found.signals] == (
        [(SignalKind.OUTSIDE, Direction.HIGHER)] if marked else []
    )


def test_a_count_on_the_limit_is_inside_it() -> None:
    steady = [(9, 9)] * 12
    assert u_chart(stretches(*steady, (18, 9)), REASSURANCE).signals == ()


def test_days_without_a_record_break_a_run() -> None:
    counts = [(10, 7)] * 12 + [(9, 7)] * 8
    assert [signal.kind for signal in u_chart(stretches(*counts), REASSURANCE).signals] == [SignalKind.SHIFT]
    assert u_chart(stretches(*counts, apart=1), REASSURANCE).signals == ()


def test_limits_take_12_check_ins_and_an_entry() -> None:
    assert u_chart(stretches(*UNEVEN[:11]), REASSURANCE).status is Status.CANNOT_JUDGE
    assert u_chart(stretches(*[(0, 7)] * 12, (5, 7)), REASSURANCE).status is Status.CANNOT_JUDGE
    assert u_chart((), REASSURANCE).points == ()
    assert u_chart(stretches(*UNEVEN), REASSURANCE).verdict is Verdict.DESCRIBED


def test_stretches_are_check_ins_that_keep_all_their_days() -> None:
    window = Window.ending(TODAY, 28)
    assert [stretch.events for stretch in stretches_of(weekly(4, reassurance=3), REASSURANCE, window)] == [3] * 4
    mixed = all_recorded(check_in(TODAY, 7, reassurance=9), check_in(TODAY, 1, reassurance=2), check_in(anxiety=3))
    (kept,) = stretches_of(mixed, REASSURANCE, window)
    assert (kept.events, kept.observed) == (2, 1)
    assert stretches_of(daily(40, reassurance=1)[::-1], REASSURANCE, window) == stretches_of(
        daily(40, reassurance=1), REASSURANCE, window
    )


def test_a_check_in_cut_by_the_window_has_no_part() -> None:
    assert len(stretches_of(weekly(5, reassurance=3), REASSURANCE, Window.ending(TODAY, 30))) == 4


def test_every_sentence_about_a_count_chart_uses_no_banned_word() -> None:
    for found in (
        u_chart(stretches(*UNEVEN), REASSURANCE),
        u_chart(stretches(*UNEVEN[:4]), REASSURANCE),
        u_chart(stretches(*[(0, 7)] * 12), REASSURANCE),
        u_chart(stretches(*[(2, 7), (30, 7)] * 6), REASSURANCE),
    ):
        for text in (*found.cautions, *found.would_change, found.reason or ""):
            assert_clean(text)
