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


def relief_counts(before: ReliefCounts, episodes: Iterable[Episode], six: SixRules) -> ReliefCounts:
    """What some episodes say together with those `before`; minutes that are a minimum are never short."""
    helped, low, lasting, short = before
    low_up_to, short_below = six.poor_relief_median, six.poor_relief_minutes
    for told in episodes:
        if told.relief is not None:
            helped += 1
            low += told.relief <= low_up_to
        if told.relief_minutes is not None:
            lasting += 1
            short += told.relief_minutes < short_below and told.ended is not STILL_HELPING
    return helped, low, lasting, short


def relief_so_far(all_told: Iterable[Sequence[Episode]], six: SixRules) -> list[ReliefCounts]:
    """What the episodes of the first 0, 1, 2 and so on check-ins say together."""
    sums = [NO_RELIEF]
    for episodes in all_told:
        sums.append(relief_counts(sums[-1], episodes, six) if episodes else sums[-1])
    return sums
