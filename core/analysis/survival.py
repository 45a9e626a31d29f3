"""How long something lasted where some of it had not ended yet: shares still going on, and their median."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Lasted:
    """One length of time: exact where it `ended`, else a minimum. Any unit, 0 or more."""

    length: int
    ended: bool


def shares_still_on(all_lasted: Iterable[Lasted]) -> tuple[tuple[int, Fraction], ...]:
    """After each length at which something ended, the share estimated to be still going on; shortest first.

    A minimum counts as still going on at its own length. Source: product-limit estimate of Kaplan and Meier (1958,
    doi:10.1080/01621459.1958.10501452; from memory), held to statsmodels' SurvfuncRight in the tests.
    """
    known = tuple(all_lasted)
    share, steps = Fraction(1), []
    for length in sorted({each.length for each in known if each.ended}):
        at_hand = sum(1 for each in known if each.length >= length)
        ended = sum(1 for each in known if each.ended and each.length == length)
        share *= 1 - Fraction(ended, at_hand)
        steps.append((length, share))
    return tuple(steps)


def median_length(all_lasted: Iterable[Lasted]) -> Fraction | None:
    """The length after which half is estimated to have ended; `None` where that is not reached.

    Where the share is exactly half over a stretch, the middle of the stretch up to the next step, which is the plain
    median when nothing is a minimum (the convention of R's survival package, from memory). A share that stays at half
    to the end has not reached its median here: what is still going on would count for nothing (project default).
    """
    steps = shares_still_on(all_lasted)
    for place, (length, share) in enumerate(steps):
        if share < HALF:
            return Fraction(length)
        if share == HALF:
            return Fraction(length + steps[place + 1][0], 2) if place + 1 < len(steps) else None
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
