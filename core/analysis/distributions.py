"""Tails and quantiles of the chi-square, beta and binomial distributions, without a numerical library.

Tails are summed as series or continued fractions; quantiles are found by bisection, quickened by Halley's steps while
these stay between the two ends. Next to an end of the scale a quantile comes from the first term of its tail's series.
Tests hold all of them to scipy, within 1e-9 where it is of use, over every count that can be recorded and every
dispersion that follows. The formulas are standard ones (Abramowitz and Stegun, Handbook of Mathematical Functions, 6.5
and 26.5), written from memory.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from math import exp, inf, lgamma, log, log1p, sqrt
from statistics import NormalDist

from msgspec import Struct

TINY = 1e-300
SMALLEST_STEP = 1e-16
LAST_STEP = 1e-6  # as a part of the value: a Halley's step triples the digits that are right, so none is missing then
LARGEST_EXPONENT = 700.0
NEAR_ZERO = 1e-17  # below it the first term of a tail's series is the whole of it
MOST_HALVINGS = 2_100
AS_LIKELY = 1 + 1e-7
CLOSE_TO_ONE = 1e-15
STANDARD_NORMAL = NormalDist()
STEPS = [float(step) for step in range(1, 10_000)]
"""The terms of a sum, which takes half as long again when they are counted in whole numbers.

For 220,000 events, the most that two years of check-ins can hold, 3,700 of them are taken.
"""


class _Tails(Struct, frozen=True):
    """The two tails of a distribution at a value, the smaller one with all its digits, and the density there."""

    below: float
    above: float
    density: float


def chi2_cdf(value: float, freedom: float) -> float:
    """The probability of `value` or less; `freedom` (above 0) need not be whole."""
    if not freedom > 0:
        raise ValueError(f"degrees of freedom {freedom} are not above 0")
    return 0.0 if value <= 0 else _gamma_tails(freedom / 2, value / 2).below


def chi2_quantile(probability: float, freedom: float) -> float:
    """The value that `chi2_cdf` takes to `probability` (0 up to, and not including, 1)."""
    if not 0 <= probability < 1:
        raise ValueError(f"the probability {probability} is not from 0 to below 1")
    if not freedom > 0:
        raise ValueError(f"degrees of freedom {freedom} are not above 0")
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
    return 2 * _root(
        lambda value: _gamma_tails(shape, value),
        lambda value: (shape - 1) / value - 1,
        probability,
        end=inf,
        start=start,
    )


def beta_cdf(value: float, first: float, second: float) -> float:
    """The probability of `value` or less; both shapes above 0."""
    if not (first > 0 and second > 0):
        raise ValueError(f"the shapes {first} and {second} are not both above 0")
    if value <= 0:
        return 0.0
    return 1.0 if value >= 1 else _beta_tails(value, first, second).below


def beta_quantile(probability: float, first: float, second: float) -> float:
    """The value from 0 to 1 that `beta_cdf` takes to `probability`."""
    if not 0 <= probability <= 1:
        raise ValueError(f"the probability {probability} is not from 0 to 1")
    if not (first > 0 and second > 0):
        raise ValueError(f"the shapes {first} and {second} are not both above 0")
    if probability in (0, 1):
        return float(probability)
    scale = lgamma(first) + lgamma(second) - lgamma(first + second)
    near_zero = _power(log(probability) + log(first) + scale, first)
    if near_zero * (second + 1) < NEAR_ZERO:
        return near_zero
    near_one = _power(log1p(-probability) + log(second) + scale, second)
    if near_one * (first + 1) < NEAR_ZERO:
        return 1 - near_one
    if min(first, second) > 1:
        start = _middle_start(probability, first, second)
    else:
        start = near_zero if near_zero * (second + 1) < near_one * (first + 1) else 1 - near_one
    return _root(
        lambda value: _beta_tails(value, first, second),
        lambda value: (first - 1) / value - (second - 1) / (1 - value),
        probability,
        end=1.0,
        start=start,
    )


def _middle_start(probability: float, first: float, second: float) -> float:
    """A value near the quantile where both shapes are above 1: formula 26.5.22 of the handbook."""
    at = STANDARD_NORMAL.inv_cdf(probability)
    one, other, bend = 1 / (2 * first - 1), 1 / (2 * second - 1), (at * at - 3) / 6
    width = 2 / (one + other)
    reach = at * sqrt(max(width + bend, 0.0)) / width + (other - one) * (bend + 5 / 6 - 2 / (3 * width))
    return first / (first + second * exp(min(-2 * reach, LARGEST_EXPONENT)))


def binomial_two_sided(hits: int, tries: int, share: float) -> float:
    """The exact two-sided p: the probability of every count that is no more likely than `hits`.

    `share` is above 0 and below 1. Source: the definition that R's binom.test and scipy's binomtest use, equally likely
    within 1e-7 (from memory; tests compare with scipy).
    """
    if not 0 <= hits <= tries:
        raise ValueError(f"{hits} of {tries} is no count")
    if not 0 < share < 1:
        raise ValueError(f"the share {share} is not between 0 and 1")
    of_all, hit, miss = lgamma(tries + 1), log(share), log1p(-share)

    def likely(count: int) -> float:
        ways = of_all - lgamma(count + 1) - lgamma(tries - count + 1)
        return exp(ways + count * hit + (tries - count) * miss)

    limit, mode = likely(hits) * AS_LIKELY, min(tries, int((tries + 1) * share))
    fewer = bisect_right(range(mode), limit, key=likely)
    more = bisect_left(range(mode, tries + 1), -limit, key=lambda count: -likely(count)) + mode
    if more == mode:
        return 1.0
    below = _beta_tails(share, fewer, tries - fewer + 1).above if fewer else 0.0
    return below + (_beta_tails(share, more, tries - more + 1).below if more <= tries else 0.0)


def _power(logarithm: float, shape: float) -> float:
    """The value whose logarithm times `shape` is `logarithm`: 0 where it is too small to be told from 0."""
    return exp(min(logarithm / shape, LARGEST_EXPONENT))


def _gamma_tails(shape: float, value: float) -> _Tails:
    """Those of the gamma distribution with scale 1."""
    weight = exp(shape * log(value) - value - lgamma(shape))
    if value < shape + 1:
        below = weight * _gamma_series(shape, value)
        return _Tails(below, 1 - below, weight / value)
    above = weight * _gamma_fraction(shape, value)
    return _Tails(1 - above, above, weight / value)


def _gamma_series(shape: float, value: float) -> float:
    term = total = 1.0 / shape
    for step in STEPS:
        term *= value / (shape + step)
        total += term
        if term < total * SMALLEST_STEP:
            break
    return total


def _gamma_fraction(shape: float, value: float) -> float:
    """A continued fraction by the modified method of Lentz."""
    head = value + 1.0 - shape
    upper, total = 1.0 / TINY, 1.0 / head
    lower = total
    for step in STEPS:
        part = step * (shape - step)
        head += 2.0
        lower = 1.0 / (head + part * lower or TINY)
        upper = head + part / upper or TINY
        change = upper * lower
        total *= change
        if abs(change - 1.0) < CLOSE_TO_ONE:
            break
    return total


def _beta_tails(value: float, first: float, second: float) -> _Tails:
    scale = lgamma(first + second) - lgamma(first) - lgamma(second)
    weight = exp(scale + first * log(value) + second * log1p(-value))
    density = weight / (value * (1 - value))
    if value < (first + 1) / (first + second + 2):
        below = weight * _beta_fraction(value, first, second) / first
        return _Tails(below, 1 - below, density)
    above = weight * _beta_fraction(1 - value, second, first) / second
    return _Tails(1 - above, above, density)


def _beta_fraction(value: float, first: float, second: float) -> float:
    """A continued fraction by the modified method of Lentz, two of its terms at a time."""
    both = first + second
    upper, total = 1.0, 1.0 / (1.0 - both * value / (first + 1.0) or TINY)
    lower = total
    for step in STEPS:
        even = first + 2.0 * step
        part = step * (second - step) * value / ((even - 1.0) * even)
        lower = 1.0 / (1.0 + part * lower or TINY)
        upper = 1.0 + part / upper or TINY
        total *= upper * lower
        part = -(first + step) * (both + step) * value / (even * (even + 1.0))
        lower = 1.0 / (1.0 + part * lower or TINY)
        upper = 1.0 + part / upper or TINY
        change = upper * lower
        total *= change
        if abs(change - 1.0) < CLOSE_TO_ONE:
            break
    return total


def _root(
    tails: Callable[[float], _Tails],
    bend: Callable[[float], float],
    probability: float,
    *,
    end: float,
    start: float,
) -> float:
    """The value from 0 to `end` with `probability` below it: Halley's step, or half-way where that leaves the ends.

    `bend` is the slope of the density as a part of it.
    """
    low, high, at = 0.0, end, start if 0 < start < end else min(end, 1.0) / 2
    for _ in range(MOST_HALVINGS):
        here = tails(at)
        off = (1 - probability) - here.above if probability > 0.5 else here.below - probability
        if off == 0:
            return at
        low, high = (low, at) if off > 0 else (at, high)
        newton = off / here.density if here.density > 0 else inf
        step = newton / (1 - min(newton * bend(at), 1.0) / 2)
        if abs(step) <= max(LAST_STEP * min(at, end - at), SMALLEST_STEP * at):
            return at - step
        after = at - step
        if not low < after < high:
            after = (low + high) / 2 if high < inf else 2 * at
            if after in (low, high):
                return after
        at = after
    return at
