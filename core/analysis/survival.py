"""How long something lasted where some of it had not ended yet: shares still going on, and their median."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple


class Lasted(NamedTuple):
    """One length of time: exact where it `ended`, else a minimum. Any unit, 0 or more."""

    length: int
    ended: bool


def shares_still_on(all_lasted: Iterable[Lasted]) -> tuple[tuple[int, Fraction], ...]:
    """After each length at which something ended, the share estimated to be still going on; shortest first.

    A minimum counts as still going on at its own length. Source: product-limit estimate of Kaplan and Meier (1958,
    doi:10.1080/01621459.1958.10501452; from memory), held to statsmodels' SurvfuncRight in the tests.
    """
    return tuple((length, Fraction(top, bottom)) for length, top, bottom in _steps(all_lasted))


def median_length(all_lasted: Iterable[Lasted]) -> Fraction | None:
    """The length after which half is estimated to have ended; `None` where that is not reached.

    Where the share is exactly half over a stretch, the middle of the stretch up to the next step, which is the plain
    median when nothing is a minimum (the convention of R's survival package, from memory). A share that stays at half
    to the end has not reached its median here: what is still going on would count for nothing (project default).
    """
    steps = _steps(all_lasted)
    for length, top, bottom in steps:
        if 2 * top < bottom:
            return Fraction(length)
        if 2 * top == bottom:
            following = next(steps, None)
            return None if following is None else Fraction(length + following[0], 2)
    return None


def outlasted(all_lasted: Sequence[Lasted]) -> tuple[int, int] | None:
    """The longest length after which more than half (or, failing that, half) are known to have been still going on.

    With how many those are; `None` where there is no such length. Counted, not estimated: the last steps of the
    estimate may rest on very few.
    """
    best: tuple[int, int] | None = None
    for length in sorted({each.length for each in all_lasted}, reverse=True):
        on = sum(1 for each in all_lasted if each.length > length or (each.length == length and not each.ended))
        if 2 * on > len(all_lasted):
            return length, on
        if 2 * on == len(all_lasted) and best is None:
            best = length, on
    return best


def _steps(all_lasted: Iterable[Lasted]) -> Iterator[tuple[int, int, int]]:
    """The steps of the estimate, shortest first: the length, and the share after it as two whole numbers."""
    top = bottom = 1
    known = sorted(all_lasted)
    lengths = [each.length for each in known]
    ended = Counter([each.length for each in known if each.ended])  # shortest first, as they are known
    for length, times in ended.items():
        at_hand = len(lengths) - bisect_left(lengths, length)
        top *= at_hand - times
        bottom *= at_hand
        yield length, top, bottom
