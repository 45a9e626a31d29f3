"""Our own tails and quantiles against scipy's, on grids that reach beyond what the product asks for."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from core.analysis.distributions import (
    beta_cdf,
    beta_quantile,
    binomial_two_sided,
    chi2_cdf,
    chi2_quantile,
)

CLOSE = 1e-9
PROBABILITIES = (1e-9, 1e-6, 0.00135, 0.005, 0.025, 0.05, 0.3, 0.5, 0.7, 0.95, 0.975, 0.995, 0.99865, 1 - 1e-9)

SMALLEST, LARGEST = 1e-7, 1e5
"""Beyond what can be recorded: 1 of 31 days of one event over a dispersion of 16,200, and 28 days of 1,800 a day."""

counts_over_bursts = st.floats(math.log(SMALLEST), math.log(LARGEST)).map(math.exp)


@given(counts_over_bursts, st.integers(0, 1), st.sampled_from([0.025, 0.975]))
def test_chi_square_is_that_of_scipy_for_every_count_there_can_be(events: float, more: int, probability: float) -> None:
    freedom = 2 * events + 2 * more
    expected = float(stats.chi2.ppf(probability, freedom))
    assert chi2_quantile(probability, freedom) == pytest.approx(expected, rel=CLOSE, abs=1e-290)


@given(counts_over_bursts, counts_over_bursts, st.sampled_from([0.025, 0.975]))
def test_beta_is_that_of_scipy_for_every_two_counts_there_can_be(one: float, other: float, probability: float) -> None:
    for first, second in ((one, other), (one + 1, other), (one, other + 1)):
        found, expected = beta_quantile(probability, first, second), float(stats.beta.ppf(probability, first, second))
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_a_hundred_thousand_tries_are_those_of_scipy() -> None:
    expected = float(stats.binomtest(50_000, 100_800, 0.5).pvalue)
    assert binomial_two_sided(50_000, 100_800, 0.5) == pytest.approx(expected, abs=CLOSE)


@pytest.mark.parametrize("freedom", [0.2, 0.5, 1, 2, 3, 5.5, 10, 20, 50, 200, 1000])
def test_chi_square_is_that_of_scipy(freedom: float) -> None:
    for probability in PROBABILITIES:
        expected = float(stats.chi2.ppf(probability, freedom))
        assert chi2_quantile(probability, freedom) == pytest.approx(expected, rel=CLOSE, abs=1e-200)
        assert chi2_cdf(expected, freedom) == pytest.approx(float(stats.chi2.cdf(expected, freedom)), abs=CLOSE)


@pytest.mark.parametrize("first", [0.3, 1, 1.5, 3, 10, 50.5, 400])
@pytest.mark.parametrize("second", [0.3, 1, 2, 7.3, 40, 400])
def test_beta_is_that_of_scipy(first: float, second: float) -> None:
    for probability in PROBABILITIES:
        expected = float(stats.beta.ppf(probability, first, second))
        assert beta_quantile(probability, first, second) == pytest.approx(expected, abs=CLOSE)
        assert beta_cdf(expected, first, second) == pytest.approx(
            float(stats.beta.cdf(expected, first, second)), abs=CLOSE
        )


@pytest.mark.parametrize("tries", [1, 5, 12, 60, 300])
@pytest.mark.parametrize("share", [0.05, 0.33, 0.5, 0.8])
def test_binomial_is_that_of_scipy(tries: int, share: float) -> None:
    for hits in range(0, tries + 1, max(1, tries // 9)):
        two_sided = float(stats.binomtest(hits, tries, share).pvalue)
        assert binomial_two_sided(hits, tries, share) == pytest.approx(two_sided, abs=CLOSE)


@pytest.mark.parametrize("value", [0.1, 1.0, 7.5, 40.0])
@pytest.mark.parametrize("freedom", [1, 4, 30])
def test_quantile_undoes_the_tail(value: float, freedom: float) -> None:
    assert chi2_quantile(chi2_cdf(value, freedom), freedom) == pytest.approx(value, rel=1e-6)


def test_ends_of_the_tails_are_exact() -> None:
    assert chi2_cdf(0, 3) == chi2_cdf(-1, 3) == beta_cdf(0, 1, 2) == beta_cdf(-0.1, 1, 2) == 0
    assert beta_cdf(1, 1, 2) == beta_cdf(1.5, 1, 2) == 1
    assert (chi2_quantile(0, 3), beta_quantile(0, 1, 2), beta_quantile(1, 1, 2)) == (0, 0, 1)


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (lambda: chi2_quantile(1, 3), "probability"),
        (lambda: chi2_quantile(-0.1, 3), "probability"),
        (lambda: chi2_quantile(math.nan, 3), "probability"),
        (lambda: chi2_quantile(0.5, 0), "degrees of freedom"),
        (lambda: chi2_cdf(1, -2), "degrees of freedom"),
        (lambda: beta_quantile(1.1, 1, 1), "probability"),
        (lambda: beta_quantile(0.5, 0, 1), "shapes"),
        (lambda: beta_cdf(0.5, 1, 0), "shapes"),
        (lambda: binomial_two_sided(5, 4, 0.5), "count"),
        (lambda: binomial_two_sided(1, 4, 0), "share"),
        (lambda: binomial_two_sided(1, 4, 1), "share"),
    ],
)
def test_what_has_no_answer_is_refused(ask, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        ask()
