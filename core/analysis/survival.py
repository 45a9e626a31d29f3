"""How long something lasted where some of it had not ended yet: shares still going on, and their median."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from core.analysis.rates import exact

Length = tuple[int, bool]
"""What a `Lasted` is made of."""


class Lasted(NamedTuple):
    """One length of time: exact where it `ended`, else a minimum. Any unit, 0 or more."""

    length: int
    ended: bool


def shares_still_on(all_lasted: Iterable[Length]) -> tuple[tuple[int, Fraction], ...]:
    """After each length at which something ended, the share estimated to be still going on; shortest first.

    A minimum counts as still going on at its own length. Source: product-limit estimate of Kaplan and Meier (1958,
    doi:10.1080/01621459.1958.10501452; from memory), held to statsmodels' SurvfuncRight in the tests.
    """
    last_of_each = {length: Fraction(top, bottom) for length, top, bottom in _steps(all_lasted)}
    return tuple(last_of_each.items())


def median_length(all_lasted: Iterable[Length]) -> Fraction | None:
    """The length after which half is estimated to have ended; `None` where that is not reached.

    Where the share is exactly half over a stretch, the middle of the stretch up to the next step, which is the plain
    median when nothing is a minimum (the convention of R's survival package, from memory). A share that stays at half
    to the end has not reached its median here: what is still going on would count for nothing (project default).
    """
    reached: int | None = None  # where the share came to exactly half
    for length, top, bottom in _steps(all_lasted):
        if reached is not None:
            return exact(reached + length, 2)
        if 2 * top < bottom:
            return exact(length)
        if 2 * top == bottom:
            reached = length
    return None


def outlasted(all_lasted: Sequence[Length]) -> tuple[int, int] | None:
    """The longest length after which more than half (or, failing that, half) are known to have been still going on.

    With how many those are; `None` where there is no such length. Counted, not estimated: the last steps of the
    estimate may rest on very few.
    """
    best: tuple[int, int] | None = None
    ended, minimums = _parted(all_lasted)
    all_together = len(all_lasted)
    for length in sorted({*ended, *minimums}, reverse=True):
        on = all_together - bisect_right(ended, length) - bisect_left(minimums, length)
        if 2 * on > all_together:
            return length, on
        if 2 * on == all_together and best is None:
            best = length, on
    return best


def _steps(all_lasted: Iterable[Length]) -> Iterator[tuple[int, int, int]]:
    """The steps of the estimate, shortest first: the length, and the share after it as two whole numbers.

    Of lengths that are the same each is a step of its own.
    """
    top = bottom = 1
    ended, minimums = _parted(all_lasted)
    all_together = len(ended) + len(minimums)
    for shorter, length in enumerate(ended):
        at_hand = all_together - shorter - bisect_left(minimums, length)
        top *= at_hand - 1
        bottom *= at_hand
        yield length, top, bottom


def _parted(all_lasted: Iterable[Length]) -> tuple[list[int], list[int]]:
    """The lengths that ended and the minimums, each shortest first."""
    ended: list[int] = []
    minimums: list[int] = []
    for length, has_ended in all_lasted:
        (ended if has_ended else minimums).append(length)
    ended.sort()
    minimums.sort()
    return ended, minimums
