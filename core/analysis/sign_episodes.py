"""The described episodes that the reassurance sign reads: the ones that the reassurance loop counts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from core.analysis.days_kept import Kept
from core.analysis.sign_fields import STILL_HELPING
from core.model.check_in_parts import Episode
from core.model.six_rules import SixRules


class Described(NamedTuple):
    """A described episode that counts; `row` is its place in its check-in, from 1."""

    held: Kept
    row: int
    told: Episode


ReliefCounts = tuple[int, int, int, int]
"""How many episodes said how much they helped and how many of those were low; how long, and how many were short."""

NO_RELIEF: ReliefCounts = (0, 0, 0, 0)


def described(counted: Iterable[Kept]) -> Iterator[Described]:
    """The episodes of the days that check-ins keep, by the rule of the reassurance loop.

    One with a day counts where its check-in is the one that counts on it; one without, where its check-in counts on
    more than half of its own days.
    """
    for held in counted:
        content = held.span.content
        for row, told in enumerate(content.episodes, start=1):
            here = 2 * len(held.days) > content.period_days if told.day is None else told.day.toordinal() in held.days
            if here:
                yield Described(held, row, told)


def relief_so_far(all_told: Iterable[Sequence[Episode]], six: SixRules) -> list[ReliefCounts]:
    """What the episodes of the first 0, 1, 2 and so on check-ins say together; a minimum is never short."""
    low_up_to, short_below = six.poor_relief_median, six.poor_relief_minutes
    helped = low = lasting = short = 0
    sums = [NO_RELIEF]
    for episodes in all_told:
        for told in episodes:
            relief, minutes = told.relief, told.relief_minutes
            if relief is not None:
                helped += 1
                if relief <= low_up_to:
                    low += 1
            if minutes is not None:
                lasting += 1
                if minutes < short_below and told.ended is not STILL_HELPING:
                    short += 1
        sums.append((helped, low, lasting, short))
    return sums
