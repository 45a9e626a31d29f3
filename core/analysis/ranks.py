"""Whether later values lie above or below earlier ones, by ranks, with a guard against days that carry over."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import sqrt
from statistics import NormalDist

from msgspec import Struct

MOST_LASTING = 0.9
LASTING_UNKNOWN = 0.3
FEWEST_NEIGHBOURS = 5

Days = Mapping[int, int]


class RankTest(Struct, frozen=True, kw_only=True):
    """`u` counts the pairs in which the later value is higher, ties as half; `pairs` is how many there are.

    `lasting` is the share of a day's deviation that carries over to the next day, by which `variance` of `u` is
    widened. `p_value` is two-sided.
    """

    u: float
    pairs: int
    variance: float
    lasting: float
    p_value: float

    @property
    def share(self) -> float:
        """The share of pairs in which the later value is higher, ties counted half."""
        return self.u / self.pairs


def guarded_rank_test(earlier: Days, later: Days) -> RankTest:
    """The rank-sum test of two windows of days (ordinal to value), with its variance widened for carry-over.

    The variance is corrected for ties, then times (1 + r) / (1 - r) with r from `lasting_of`. Halves are added towards
    the middle (continuity). No value is assumed to be anything on days without one.
    Source: rank sum after Mann & Whitney 1947, doi:10.1214/aoms/1177730491 (cited from memory); the widening is the
    project's own, tried by simulation (tests/bench/own_change.py).
    """
    first, second = list(earlier.values()), list(later.values())
    u, variance = rank_sum(first, second)
    lasting = lasting_of([earlier, later])
    widened = variance * (1 + lasting) / (1 - lasting)
    middle = len(first) * len(second) / 2
    return RankTest(
        u=u,
        pairs=len(first) * len(second),
        variance=widened,
        lasting=lasting,
        p_value=two_sided(max(0.0, abs(u - middle) - 0.5), widened),
    )


def rank_sum(first: Sequence[int], second: Sequence[int]) -> tuple[float, float]:
    """U of `second` over `first` (ties half) and its variance with the correction for ties; both need a value."""
    sizes, of_second = Counter([*first, *second]), Counter(second)
    below, rank_total, tied = 0, 0.0, 0
    for value in sorted(sizes):
        size = sizes[value]
        rank_total += of_second[value] * (below + (size + 1) / 2)
        tied += size**3 - size
        below += size
    m, n = len(first), len(second)
    u = rank_total - n * (n + 1) / 2
    total = m + n
    if total < 2:
        return u, 0.0
    return u, m * n / 12 * (total + 1 - tied / (total * (total - 1)))


def lasting_of(parts: Iterable[Days]) -> float:
    """How much of one day's deviation is still there on the next, from 0 to 0.9.

    Deviations are from the mean of each part. Pairs are days next to each other within a part; with fewer than five
    pairs 0.3 is assumed. Corrected for its bias in short series by (1 + 4r) / n.
    Source: the correction after Kendall 1954 (cited from memory); 0.3, 0.9 and five are project defaults.
    """
    products: list[float] = []
    squares: list[float] = []
    for part in parts:
        ordered = sorted(part.items())
        mean = sum(value for _, value in ordered) / len(ordered) if ordered else 0.0
        squares += [(value - mean) ** 2 for _, value in ordered]
        products += [(a - mean) * (b - mean) for (day, a), (next_day, b) in pairwise(ordered) if next_day - day == 1]
    return carried_over(products, squares, lowest=0.0)


def carried_over(products: Sequence[float], squares: Sequence[float], *, lowest: float) -> float:
    """The lag-1 correlation from products of neighbours and all squares, corrected and cut to `lowest` .. 0.9."""
    if len(products) < FEWEST_NEIGHBOURS:
        return max(lowest, LASTING_UNKNOWN)
    spread = sum(squares) / len(squares)
    raw = sum(products) / len(products) / spread if spread > 0 else 0.0
    return min(MOST_LASTING, max(lowest, raw + (1 + 4 * raw) / len(squares)))


def two_sided(distance: float, variance: float) -> float:
    """The two-sided p value of a distance from the middle under the normal curve; 1 where nothing varies."""
    if variance <= 0:
        return 1.0
    return 2 * NormalDist().cdf(-distance / sqrt(variance))
