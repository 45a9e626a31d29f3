"""Tails and quantiles of the chi-square, beta and binomial distributions, without a numerical library.

Tails are summed as series or continued fractions; quantiles are found by bisection, quickened by Newton's steps while
these stay between the two ends. Next to an end of the scale a quantile comes from the first term of its tail's series.
Tests hold all of them to scipy, within 1e-9 where it is of use, over every count that can be recorded and every
dispersion that follows. The formulas are standard ones (Abramowitz and Stegun, Handbook of Mathematical Functions, 6.5
and 26.5), written from memory.
"""

from collections.abc import Callable
from math import exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist

TINY = 1e-300
SMALLEST_STEP = 1e-16
LAST_STEP = 1e-10  # as a part of the value: a Newton's step doubles the digits that are right, so none is missing then
LARGEST_EXPONENT = 700.0
NEAR_ZERO = 1e-17  # below it the first term of a tail's series is the whole of it
MOST_TERMS = 100_000
MOST_HALVINGS = 2_100
AS_LIKELY = 1 + 1e-7
STANDARD_NORMAL = NormalDist()


def chi2_cdf(value: float, freedom: float) -> float:
    """The probability of `value` or less; `freedom` (above 0) need not be whole."""
    _refuse_unless(freedom > 0, f"degrees of freedom {freedom} are not above 0")
    return 0.0 if value <= 0 else _gamma_tails(freedom / 2, value / 2)[0]


def chi2_quantile(probability: float, freedom: float) -> float:
    """The value that `chi2_cdf` takes to `probability` (0 up to, and not including, 1)."""
    _refuse_unless(0 <= probability < 1, f"the probability {probability} is not from 0 to below 1")
    _refuse_unless(freedom > 0, f"degrees of freedom {freedom} are not above 0")
    if probability == 0:
        return 0.0
    shape = freedom / 2
    near_zero = _power(log(probability) + lgamma(shape + 1), shape)
    if near_zero < NEAR_ZERO:
        return 2 * near_zero
    at = STANDARD_NORMAL.inv_cdf(probability)
    start = shape * max(1 - 1 / (9 * shape) + at / (3 * shape**0.5), 0.0) ** 3
    if start < 0.05 * shape:
        start = near_zero
    high = max(2 * start, 1.0)
    while _gamma_tails(shape, high)[0] < probability:
        high *= 2
    upper = probability > 0.5

    def distance(value: float) -> float:
        below, above = _gamma_tails(shape, value)
        return (1 - probability) - above if upper else below - probability

    def density(value: float) -> float:
        return exp(min((shape - 1) * log(value) - value - lgamma(shape), LARGEST_EXPONENT))

    return 2 * _root(distance, density, high=high, start=start)


def beta_cdf(value: float, first: float, second: float) -> float:
    """The probability of `value` or less; both shapes above 0."""
    _refuse_unless(first > 0 and second > 0, f"the shapes {first} and {second} are not both above 0")
    if value <= 0:
        return 0.0
    return 1.0 if value >= 1 else _beta_tails(value, first, second)[0]


def beta_quantile(probability: float, first: float, second: float) -> float:
    """The value from 0 to 1 that `beta_cdf` takes to `probability`."""
    _refuse_unless(0 <= probability <= 1, f"the probability {probability} is not from 0 to 1")
    _refuse_unless(first > 0 and second > 0, f"the shapes {first} and {second} are not both above 0")
    if probability in (0, 1):
        return float(probability)
    scale = lgamma(first) + lgamma(second) - lgamma(first + second)
    near_zero = _power(log(probability) + log(first) + scale, first)
    if near_zero * (second + 1) < NEAR_ZERO:
        return near_zero
    near_one = _power(log1p(-probability) + log(second) + scale, second)
    if near_one * (first + 1) < NEAR_ZERO:
        return 1 - near_one
    upper = probability > 0.5

    def distance(value: float) -> float:
        below, above = _beta_tails(value, first, second)
        return (1 - probability) - above if upper else below - probability

    def density(value: float) -> float:
        return exp(min(_beta_log(value, first, second) - log(value) - log1p(-value), LARGEST_EXPONENT))

    mean = first / (first + second)
    start = mean + STANDARD_NORMAL.inv_cdf(probability) * sqrt(mean * (1 - mean) / (first + second + 1))
    return _root(distance, density, high=1.0, start=start if 0 < start < 1 else mean)


def binomial_two_sided(hits: int, tries: int, share: float) -> float:
    """The exact two-sided p: the probability of every count that is no more likely than `hits`.

    `share` is above 0 and below 1. Source: the definition that R's binom.test and scipy's binomtest use, equally likely
    within 1e-7 (from memory; tests compare with scipy).
    """
    _refuse_unless(0 <= hits <= tries, f"{hits} of {tries} is no count")
    _refuse_unless(0 < share < 1, f"the share {share} is not between 0 and 1")
    probabilities = [_binomial(count, tries, share) for count in range(tries + 1)]
    limit = probabilities[hits] * AS_LIKELY
    return min(1.0, sum(sorted(each for each in probabilities if each <= limit)))


def _binomial(count: int, tries: int, share: float) -> float:
    ways = lgamma(tries + 1) - lgamma(count + 1) - lgamma(tries - count + 1)
    return exp(ways + count * log(share) + (tries - count) * log1p(-share))


def _power(logarithm: float, shape: float) -> float:
    """The value whose logarithm times `shape` is `logarithm`: 0 where it is too small to be told from 0."""
    return exp(min(logarithm / shape, LARGEST_EXPONENT))


def _gamma_tails(shape: float, value: float) -> tuple[float, float]:
    """The lower and the upper tail of the gamma distribution with scale 1; the smaller one keeps its digits."""
    weight = exp(shape * log(value) - value - lgamma(shape))
    if value < shape + 1:
        below = weight * _gamma_series(shape, value)
        return below, 1 - below
    above = weight * _gamma_fraction(shape, value)
    return 1 - above, above


def _gamma_series(shape: float, value: float) -> float:
    term = total = 1 / shape
    for step in range(1, MOST_TERMS):
        term *= value / (shape + step)
        total += term
        if term < total * SMALLEST_STEP:
            break
    return total


def _gamma_fraction(shape: float, value: float) -> float:
    def parts(step: int) -> tuple[float, float]:
        return -step * (step - shape), value + 2 * step + 1 - shape

    return _fraction(value + 1 - shape, parts)


def _beta_tails(value: float, first: float, second: float) -> tuple[float, float]:
    weight = exp(_beta_log(value, first, second))
    if value < (first + 1) / (first + second + 2):
        below = weight * _beta_fraction(value, first, second) / first
        return below, 1 - below
    above = weight * _beta_fraction(1 - value, second, first) / second
    return 1 - above, above


def _beta_log(value: float, first: float, second: float) -> float:
    scale = lgamma(first + second) - lgamma(first) - lgamma(second)
    return scale + first * log(value) + second * log1p(-value)


def _beta_fraction(value: float, first: float, second: float) -> float:
    def parts(step: int) -> tuple[float, float]:
        pairs = step // 2
        even = first + 2 * pairs
        if step % 2:
            return -(first + pairs) * (first + second + pairs) * value / (even * (even + 1)), 1.0
        return pairs * (second - pairs) * value / ((even - 1) * even), 1.0

    return _fraction(1.0, parts)


def _fraction(head: float, parts: Callable[[int], tuple[float, float]]) -> float:
    """1 / (head + a1 / (b1 + a2 / (b2 + ...))) by the modified method of Lentz; `parts` gives a and b of each step."""
    upper, lower = 1 / TINY, 1 / head
    total = lower
    for step in range(1, MOST_TERMS):
        part, next_head = parts(step)
        lower = 1 / (next_head + part * lower or TINY)
        upper = next_head + part / upper or TINY
        change = upper * lower
        total *= change
        if abs(change - 1) < SMALLEST_STEP * 10:
            break
    return total


def _root(distance: Callable[[float], float], density: Callable[[float], float], *, high: float, start: float) -> float:
    """Where the rising `distance` is 0, from 0 to `high`: Newton's step, or half-way where that leaves the ends."""
    low, at = 0.0, start if 0 < start < high else high / 2
    for _ in range(MOST_HALVINGS):
        off = distance(at)
        if off == 0:
            return at
        low, high = (low, at) if off > 0 else (at, high)
        slope = density(at)
        step = at - off / slope if slope > 0 else inf
        by_newton = low < step < high
        after = step if by_newton else (low + high) / 2
        if abs(after - at) <= (LAST_STEP if by_newton else SMALLEST_STEP * 4) * at:
            return after
        at = after
    return at


def _refuse_unless(holds: bool, problem: str) -> None:  # noqa: FBT001 - reads as a sentence where it is called
    if not holds:
        raise ValueError(problem)
