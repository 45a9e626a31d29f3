"""The reassurance loop in words: its numbers, the sentences that stand for its figures, and its table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from core.charts.words import listed
from core.model.check_in_parts import How, Whom
from core.model.days import print_day, print_window
from core.model.durations import print_minutes
from core.model.numbers import count_of, one_decimal, print_number
from core.model.readings import Rate
from core.model.reassurance import LoopEpisode, ReassuranceLoop
from core.model.words import ENDED_WORDS, HOW_WORDS, PART_OF_DAY_WORDS, WHOM_WORDS

NOT_KNOWN = "not known"
NO_DAY = "day not known"
BEST_REMEMBERED = "Under half are described; those may be the ones best remembered."
Choice = TypeVar("Choice", Whom, How)
COLUMNS = ("Entry", "Day", "Time", "Whom", "How", "Relief", "Lasted", "Ended", "Same worry again")


@dataclass(frozen=True, kw_only=True)
class LoopNumber:
    """One line of figures: what it is, the figure, and its base where it has one of its own."""

    label: str
    figure: str
    base: str = ""

    @property
    def text(self) -> str:
        """Figure and base as one line."""
        return f"{self.figure} ({self.base})" if self.base else self.figure


def loop_numbers(loop: ReassuranceLoop) -> tuple[LoopNumber, ...]:
    """The figures of the loop with their bases; nothing but the counts while too few are described."""
    counts = (
        LoopNumber(label="Recorded", figure=recorded_words(loop.rate)),
        LoopNumber(label="Described", figure=_described(loop)),
    )
    if not loop.enough:
        return counts
    return (
        *counts,
        LoopNumber(label="Relief", figure=_relief(loop), base=_said(loop.relief.used, loop)),
        LoopNumber(label="Lasted", figure=lasted_words(loop), base=_lasted_base(loop)),
        LoopNumber(label="Same worry again that day", figure=_again(loop), base=_said(loop.asked_again.used, loop)),
        LoopNumber(label="Whom", figure=_mixed(loop.whom, WHOM_WORDS)),
        LoopNumber(label="How", figure=_mixed(loop.how, HOW_WORDS)),
    )


def loop_cautions(loop: ReassuranceLoop) -> tuple[str, ...]:
    """Sentences that stand beside every use of the figures."""
    found = []
    if loop.described and not loop.enough:
        found.append(
            f"From {loop.needed} described episodes on, their relief and how long it lasted are given; "
            f"{count_of(loop.needed - loop.described, 'more episode')} would do."
        )
    if loop.enough and loop.under_half_described:
        found.append(BEST_REMEMBERED)
    if loop.enough and loop.lasted.end_unknown:
        found.append(
            f"How the relief ended is not known for {loop.lasted.end_unknown} of {loop.lasted.used}; "
            "their time is taken as it was told."
        )
    if loop.enough and loop.lasted.untimed:
        found.append(f"Still helping, for a time not known: {loop.lasted.untimed}, left out of the time.")
    if loop.set_aside:
        found.append(f"{loop.set_aside} more described in check-ins that do not count on those days.")
    return tuple(found)


def loop_caption(loop: ReassuranceLoop) -> str:
    """What the plot shows: its days, every figure with its base, and what could not be drawn."""
    lead = f"Relief and how long it lasted, {print_window(loop.window)}."
    numbers = " ".join(f"{number.label}: {number.text}." for number in loop_numbers(loop))
    drawn = f" {drawn_words(loop)}" if loop.enough else ""
    return " ".join([f"{lead} {numbers}{drawn}", *loop_cautions(loop)])


def grid_caption(loop: ReassuranceLoop) -> str:
    """What the day grid shows: on how many days something is described, and the days without an answer."""
    days, lead = loop.days, f"Day by day, {print_window(loop.window)}:"
    dated = [each for each in loop.episodes if each.told.day is not None]
    timed = sum(1 for each in dated if each.told.part_of_day is not None)
    described = len({each.told.day for each in dated})
    told = f"{count_of(len(dated), 'described episode')} on {count_of(described, 'day')}, {timed} with a time of day"
    others = {
        "none asked": len(days.none_asked),
        "not asked about": len(days.not_asked),
        "no record": len(days.no_record),
    }
    parts = [told, *(f"{words} on {count_of(number, 'day')}" for words, number in others.items() if number)]
    undated = loop.described - len(dated)
    tail = f" {undated} described without a day." if undated else ""
    return f"{lead} {'; '.join(parts)}.{tail} On other days some may have been counted and not described."


def loop_table(loop: ReassuranceLoop) -> pd.DataFrame:
    """One row for each described episode, oldest first; empty while too few are described. All columns are text."""
    rows = [dict(zip(COLUMNS, _row(each), strict=True)) for each in loop.episodes] if loop.enough else []
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def drawn_words(loop: ReassuranceLoop) -> str:
    """`8 of the 9 described are drawn; 1 without relief or time is not.`"""
    drawn = sum(1 for each in loop.episodes if each.on_plot)
    left = loop.described - drawn
    if not left:
        return f"All {loop.described} described are drawn."
    verb = "is" if left == 1 else "are"
    return f"{drawn} of the {loop.described} described are drawn; {left} without relief or time {verb} not."


def recorded_words(rate: Rate) -> str:
    """`31 times in 28 observed days, 7.8 a week`; no figure a week under 7 observed days."""
    if not rate.observed_days:
        return "no record" if not rate.asked.check_ins else "not asked"
    days = count_of(rate.observed_days, "observed day")
    if not rate.count:
        return f"none in {days}"
    times = "time" if rate.count == 1 else "times"
    count = f"{_known(rate)}{print_number(rate.count)} {times} in {days}"
    return count if rate.per_week is None else f"{count}, {one_decimal(rate.per_week)} a week"


def lasted_words(loop: ReassuranceLoop) -> str:
    """`median 20 min`; where half have not ended, after how long more than half were still helping."""
    lasted = loop.lasted
    if lasted.median is not None:
        return "median 0, gone at once" if lasted.median == 0 else f"median {print_minutes(lasted.median)}"
    if lasted.still_helping_after is None:
        return lasted.reason or NOT_KNOWN
    share = "more than half" if 2 * lasted.outlasting > lasted.used else "half"
    if not lasted.still_helping_after:
        return f"{share} still helping, for a time not known"
    return f"{share} still helping after {print_minutes(lasted.still_helping_after)}"


def episode_words(each: LoopEpisode) -> str:
    """One episode as lines for the pointer: where it stands in the record, to whom, and what it brought."""
    row = dict(zip(COLUMNS, _row(each), strict=True))
    time = "" if row["Time"] == NOT_KNOWN else f", {row['Time']}"
    return (
        f"{row['Entry']}, {row['Day']}{time}<br>{_whom(each)}, {_how(each)}<br>"
        f"relief {row['Relief']}, {row['Lasted']}, {_ended(each)}"
    )


def _row(each: LoopEpisode) -> tuple[str, ...]:
    told = each.told
    day = f"{NO_DAY} ({print_window(each.period)})" if told.day is None else print_day(told.day)
    again = {True: "yes", False: "no", None: NOT_KNOWN}[told.same_worry]
    return (
        each.ref.label,
        day,
        NOT_KNOWN if told.part_of_day is None else PART_OF_DAY_WORDS[told.part_of_day],
        NOT_KNOWN if told.whom is None else WHOM_WORDS[told.whom],
        NOT_KNOWN if told.how is None else HOW_WORDS[told.how],
        NOT_KNOWN if told.relief is None else str(told.relief),
        _minutes(each),
        NOT_KNOWN if told.ended is None else ENDED_WORDS[told.ended],
        again,
    )


def _minutes(each: LoopEpisode) -> str:
    minutes = each.told.relief_minutes
    if minutes is None:
        return NOT_KNOWN
    if each.still_helping:
        return f"at least {print_minutes(minutes)}" if minutes else "at least 0 min"
    return print_minutes(minutes)


def _whom(each: LoopEpisode) -> str:
    return "whom not known" if each.told.whom is None else WHOM_WORDS[each.told.whom]


def _how(each: LoopEpisode) -> str:
    return "how not known" if each.told.how is None else HOW_WORDS[each.told.how]


def _ended(each: LoopEpisode) -> str:
    return "how it ended not known" if each.told.ended is None else ENDED_WORDS[each.told.ended]


def _described(loop: ReassuranceLoop) -> str:
    if not loop.rate.count or loop.described > loop.rate.count:
        return str(loop.described)
    return f"{loop.described} of {_known(loop.rate)}{print_number(loop.rate.count)}"


def _relief(loop: ReassuranceLoop) -> str:
    relief = loop.relief
    if relief.median is None:
        return relief.reason or NOT_KNOWN
    if relief.lowest == relief.highest:
        return f"{relief.lowest} of 10 each time"
    return f"median {print_number(relief.median)} of 10, {relief.lowest} to {relief.highest}"


def _again(loop: ReassuranceLoop) -> str:
    found = loop.asked_again
    return found.reason or f"{found.again} of {found.used}"


def _said(used: int, loop: ReassuranceLoop) -> str:
    return "" if used == loop.described or used < loop.needed else f"{used} of {loop.described} say"


def _lasted_base(loop: ReassuranceLoop) -> str:
    lasted = loop.lasted
    if lasted.reason:
        return ""
    minimum = f"{lasted.still_helping} of them at least" if lasted.still_helping else ""
    return ", ".join(part for part in (_said(lasted.used, loop), minimum) if part)


def _mixed(mix: Iterable[tuple[Choice | None, int]], words: Mapping[Choice, str]) -> str:
    return listed([f"{NOT_KNOWN if choice is None else words[choice]} {number}" for choice, number in mix])


def _known(rate: Rate) -> str:
    return f"{'at least ' if rate.at_least else ''}{'about ' if rate.about else ''}"
