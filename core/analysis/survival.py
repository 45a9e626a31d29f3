"""How long something lasted where some of it had not ended yet: shares still going on, and their median."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from operator import itemgetter
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
    return tuple((length, Fraction(top, bottom)) for length, top, bottom in _steps(all_lasted))


def median_length(all_lasted: Iterable[Length]) -> Fraction | None:
    """The length after which half is estimated to have ended; `None` where that is not reached.

    Where the share is exactly half over a stretch, the middle of the stretch up to the next step, which is the plain
    median when nothing is a minimum (the convention of R's survival package, from memory). A share that stays at half
    to the end has not reached its median here: what is still going on would count for nothing (project default).
    """
    steps = _steps(all_lasted)
    for length, top, bottom in steps:
        if 2 * top < bottom:
            return exact(length)
        if 2 * top == bottom:
            following = next(steps, None)
            return None if following is None else exact(length + following[0], 2)
    return None


def outlasted(all_lasted: Sequence[Length]) -> tuple[int, int] | None:
    """The longest length after which more than half (or, failing that, half) are known to have been still going on.

    With how many those are; `None` where there is no such length. Counted, not estimated: the last steps of the
    estimate may rest on very few.
    """
    best: tuple[int, int] | None = None
    longer, all_together = 0, len(all_lasted)
    for length, same in groupby(sorted(all_lasted, reverse=True), key=_length):
        ended = [each for _, each in same]
        on = longer + ended.count(False)
        if 2 * on > all_together:
            return length, on
        if 2 * on == all_together and best is None:
            best = length, on
        longer += len(ended)
    return best


def _steps(all_lasted: Iterable[Length]) -> Iterator[tuple[int, int, int]]:
    """The steps of the estimate, shortest first: the length, and the share after it as two whole numbers."""
    top = bottom = 1
    known = sorted(all_lasted)
    at_hand = len(known)
    for length, same in groupby(known, key=_length):
        ended = [each for _, each in same]
        if any(ended):
            top *= at_hand - ended.count(True)
            bottom *= at_hand
            yield length, top, bottom
        at_hand -= len(ended)


_length = itemgetter(0)
