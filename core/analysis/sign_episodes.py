"""The described episodes that the reassurance sign reads: the ones that the reassurance loop counts."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from core.analysis.sign_lines import Held, Relief, relief_told
from core.model.check_in_parts import Episode


class Described(NamedTuple):
    """A described episode that counts; `row` is its place in its check-in, from 1."""

    held: Held
    row: int
    told: Episode


def described(counted: Iterable[Held], window: range) -> Iterator[Described]:
    """The episodes of a window that count, by the rule of the reassurance loop.

    One with a day counts where its check-in is the one that counts on it; one without, where its check-in counts on
    more than half of its own days.
    """
    for held in counted:
        content = held.line.content
        if content is None:
            continue
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
