"""The described episodes that the reassurance sign reads: the ones that the reassurance loop counts."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from core.analysis.sign_lines import Held, Relief, relief_told
from core.model.check_in_parts import Episode
from core.model.six_rules import SixRules


class Described(NamedTuple):
    """A described episode that counts; `row` is its place in its check-in, from 1."""

    held: Held
    row: int
    told: Episode


class ReliefCounts(NamedTuple):
    """How many episodes said how much they helped and how many of those were low; how long, and how many were short."""

    helped: int = 0
    low: int = 0
    lasting: int = 0
    short: int = 0

    def less(self, other: "ReliefCounts") -> "ReliefCounts":
        """What is left without the episodes of `other`."""
        return ReliefCounts(
            self.helped - other.helped, self.low - other.low, self.lasting - other.lasting, self.short - other.short
        )


def described(counted: Iterable[Held], window: range) -> Iterator[Described]:
    """The episodes of a window that count, by the rule of the reassurance loop.

    One with a day counts where its check-in is the one that counts on it; one without, where its check-in counts on
    more than half of its own days.
    """
    for held in counted:
        content = held.line.content
        for row, told in enumerate(content.episodes, start=1):
            if told.day is None:
                counts = 2 * len(held.days) > content.period_days
            else:
                day = told.day.toordinal()
                counts = day in window and day in held.days
            if counts:
                yield Described(held, row, told)


def relief_in(counted: Iterable[Held], window: range) -> Relief:
    """What the episodes of a window that count say; a check-in that keeps all its days is not gone through again."""
    reliefs: list[int] = []
    ended: list[int] = []
    still = 0
    for held in counted:
        told = held.line.relief
        if told is None:
            continue
        if len(held.days) < held.line.length:
            told = relief_told(each.told for each in described([held], window))
        reliefs += told.reliefs
        ended += told.ended_minutes
        still += told.still_helping
    return Relief(reliefs, ended, still)


def relief_so_far(all_told: Iterable[Relief | None], six: SixRules) -> list[ReliefCounts]:
    """The counts of the first 0, 1, 2 and so on; minutes that are a minimum are never short."""
    helped = low = lasting = short = 0
    so_far = ReliefCounts()
    sums = [so_far]
    for told in all_told:
        if told is not None:
            reliefs, ended_minutes, still_helping = told
            helped += len(reliefs)
            lasting += len(ended_minutes) + still_helping
            for relief in reliefs:
                low += relief <= six.poor_relief_median
            for minutes in ended_minutes:
                short += minutes < six.poor_relief_minutes
            so_far = ReliefCounts(helped, low, lasting, short)
        sums.append(so_far)
    return sums
