"""How long something lasted where some of it had not ended yet: shares still going on, and their median.

Lengths come in two lists, each shortest first: the exact ones of what `ended`, and the `minimums` of what had not. Any
unit, 0 or more.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction

from core.analysis.rates import exact


def shares_still_on(ended: Sequence[int], minimums: Sequence[int]) -> tuple[tuple[int, Fraction], ...]:
    """After each length at which something ended, the share estimated to be still going on; shortest first.

    A minimum counts as still going on at its own length. Source: product-limit estimate of Kaplan and Meier (1958,
    doi:10.1080/01621459.1958.10501452; from memory), held to statsmodels' SurvfuncRight in the tests.
    """
    last_of_each = {length: Fraction(top, bottom) for length, top, bottom in _steps(ended, minimums)}
    return tuple(last_of_each.items())


def median_length(ended: Sequence[int], minimums: Sequence[int]) -> Fraction | None:
    """The length after which half is estimated to have ended; `None` where that is not reached.

    Where the share is exactly half over a stretch, the middle of the stretch up to the next step, which is the plain
    median when nothing is a minimum (the convention of R's survival package, from memory). A share that stays at half
    to the end has not reached its median here: what is still going on would count for nothing (project default).
    """
    reached: int | None = None  # where the share came to exactly half
    for length, top, bottom in _steps(ended, minimums):
        if reached is not None:
            return exact(reached + length, 2)
        if 2 * top < bottom:
            return exact(length)
        if 2 * top == bottom:
            reached = length
    return None


def outlasted(ended: Sequence[int], minimums: Sequence[int]) -> tuple[int, int] | None:
    """The longest length after which more than half (or, failing that, half) are known to have been still going on.

    With how many those are; `None` where there is no such length. Counted, not estimated: the last steps of the
    estimate may rest on very few.
    """
    best: tuple[int, int] | None = None
    all_together = len(ended) + len(minimums)
    for length in sorted({*ended, *minimums}, reverse=True):
        on = all_together - bisect_right(ended, length) - bisect_left(minimums, length)
        if 2 * on > all_together:
            return length, on
        if 2 * on == all_together and best is None:
            best = length, on
    return best


def _steps(ended: Sequence[int], minimums: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The steps of the estimate, shortest first: the length, and the share after it as two whole numbers.

    Of lengths that are the same each is a step of its own.
    """
    top = bottom = 1
    passed, at_hand = 0, len(ended) + len(minimums)
    for length in ended:
        while passed < len(minimums) and minimums[passed] < length:
            passed += 1
            at_hand -= 1
        bottom *= at_hand
        at_hand -= 1
        top *= at_hand
        yield length, top, bottom
