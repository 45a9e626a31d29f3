"""The rank-sum test, held to scipy, and its guard against days that carry over."""

from random import Random

import pytest
from scipy.stats import mannwhitneyu, ranksums

from core.analysis.ranks import guarded_rank_test, lasting_of, rank_sum, two_sided

CASES = [
    ([5, 6, 4, 7, 5, 6, 5, 8], [3, 4, 2, 5, 3, 3, 4, 2]),
    ([1, 1, 1, 2, 2, 2, 3, 3, 9], [1, 2, 3, 3, 3, 4, 4, 9, 9, 9]),
    ([0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 1, 1]),
    ([10, 2, 7, 5, 3, 8, 1, 4, 6], [12, 11, 9, 15, 14, 13, 20, 16]),
]


def days(values: list[int], start: int = 1) -> dict[int, int]:
    return dict(enumerate(values, start))


@pytest.mark.parametrize(("first", "second"), CASES)
def test_u_and_its_p_value_are_those_of_scipy(first: list[int], second: list[int]) -> None:
    expected = mannwhitneyu(second, first, alternative="two-sided", method="asymptotic", use_continuity=True)
    u, variance = rank_sum(first, second)
    assert u == expected.statistic
    distance = max(0.0, abs(u - len(first) * len(second) / 2) - 0.5)
    assert two_sided(distance, variance) == pytest.approx(expected.pvalue, abs=1e-12)


def test_variance_without_ties_is_that_of_the_plain_rank_sum() -> None:
    first, second = CASES[3]
    u, variance = rank_sum(first, second)
    z = (u - len(first) * len(second) / 2) / variance**0.5
    assert z == pytest.approx(ranksums(second, first).statistic, abs=1e-12)


def test_all_pairs_higher_is_a_share_of_one() -> None:
    test = guarded_rank_test(days([1, 2, 3]), days([4, 5, 6]))
    assert (test.u, test.pairs, test.share) == (9, 9, 1)


def test_where_nothing_varies_no_difference_can_be_told() -> None:
    assert guarded_rank_test(days([4] * 8), days([4] * 8, 30)).p_value == 1


def test_with_four_neighbours_the_carry_over_is_assumed_and_with_five_it_is_worked_out() -> None:
    assert lasting_of([days([1, 9, 1, 9, 1])]) == 0.3
    assert lasting_of([days([1, 9, 1, 9, 1, 9])]) == 0


def test_days_with_a_gap_between_them_are_no_neighbours() -> None:
    apart = {day: value for day, value in days([1, 9, 1, 9, 1, 9]).items() if day != 3}
    assert lasting_of([apart]) == 0.3


def test_carry_over_is_from_0_to_9_tenths() -> None:
    assert lasting_of([days([0] * 20 + [10] * 20)]) == 0.9
    assert lasting_of([days([0, 10] * 10)]) == 0


def test_lag_one_correlation_is_corrected_for_a_short_series() -> None:
    # Deviations -2 -2 1 1 1 1: products 4 -2 1 1 1 over 5, squares 12 over 6, so raw is 1/2 and (1 + 2) / 6 is added.
    assert lasting_of([days([3, 3, 6, 6, 6, 6])]) == 0.9
    # Deviations -1 1 1 -1 -1 1 1 -1: products -1 1 -1 1 -1 1 -1 over 7 is -1/7; (1 - 4/7) / 8 is added: below 0.
    assert lasting_of([days([1, 3, 3, 1, 1, 3, 3, 1])]) == 0
    # The same as two parts has 6 neighbours: -1/3 and (1 - 4/3) / 8 is lower still; one deviation makes it higher.
    assert lasting_of([days([1, 1, 3, 3, 3, 3, 1, 1])]) == pytest.approx(3 / 7 + (1 + 12 / 7) / 8)


def test_what_carries_over_widens_the_test() -> None:
    rng = Random(4)
    values = [round(5 + rng.gauss(0, 2)) for _ in range(16)]
    loose = guarded_rank_test(days(values[:8]), days([value - 2 for value in values[8:]], 30))
    sticky = guarded_rank_test(days(sorted(values[:8])), days(sorted(value - 2 for value in values[8:]), 30))
    assert sticky.lasting > loose.lasting
    assert sticky.u == loose.u
    assert sticky.p_value > loose.p_value


def test_order_in_which_days_are_given_makes_no_difference() -> None:
    first, second = days(CASES[0][0]), days(CASES[0][1], 30)
    backward = guarded_rank_test(dict(reversed(first.items())), dict(reversed(second.items())))
    assert backward == guarded_rank_test(first, second)
