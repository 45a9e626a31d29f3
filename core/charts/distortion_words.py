"""Distortions by kind and beside triggers in words: figures, the caption, and the two tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import pandas as pd

from core.charts.drawing import bar_figure
from core.charts.words import listed
from core.model.days import print_window
from core.model.distortions import DistortionBreakdown, KindReading, ThoughtExample, TriggerCell, TriggerTable
from core.model.numbers import count_of, one_decimal, print_number
from core.model.readings import Rate
from core.model.words import NOT_ASKED_WORDS

UNSORTED = "not sorted"
KIND, NOW, BEFORE, SHARE, SAID, DAYS = "Kind", "Now", "Before", "Share", "What can be said", "Days"
TRIGGER, CAME_UP = "Trigger", "Came up (check-ins)"


@dataclass(frozen=True, kw_only=True)
class KindWords:
    """Labels of the kinds by id, and by id what a rule says of now beside before, where one was asked."""

    kinds: Mapping[str, str]
    said: Mapping[str, str] = field(default_factory=dict)


def rate_figure(rate: Rate) -> str:
    """`6.3`, times a week; the count with its days under 7 observed days; `not asked` or `no record` without one."""
    if not rate.observed_days:
        return "not asked" if rate.asked.check_ins else "no record"
    if rate.per_week is None:
        return f"{print_number(rate.count)} in {count_of(rate.observed_days, 'day')}"
    return one_decimal(rate.per_week)


def rate_words(rate: Rate) -> str:
    """`6.3 a week (12 in 14 days)`, or the figure alone where it is no rate."""
    if rate.per_week is None:
        return rate_figure(rate)
    return f"{one_decimal(rate.per_week)} a week ({print_number(rate.count)} in {count_of(rate.observed_days, 'day')})"


def share_words(found: DistortionBreakdown, reading: KindReading) -> str:
    """`6 of 16`: a share with its base, or why there is none."""
    if not found.sorting.every_kind:
        return "not every kind asked"
    if found.share(reading) is None:
        return "none named"
    return f"{print_number(reading.named)} of {print_number(found.sorting.named)}"


def asked_words(found: DistortionBreakdown) -> str:
    """`asked by kind at 3 of 4 check-ins, some kinds only at 1, a total only at 1`."""
    sorting = found.sorting
    if not sorting.check_ins:
        return "no check-in in these days"
    parts = [f"every kind asked at {sorting.every_kind} of {count_of(sorting.check_ins, 'check-in')}"]
    others = {
        "some kinds only at": sorting.some_kinds,
        "a total only at": sorting.total_only,
        "not asked at": sorting.not_asked,
    }
    return ", ".join([*parts, *(f"{words} {number}" for words, number in others.items() if number)])


def breakdown_caption(found: DistortionBreakdown, words: KindWords) -> str:
    """What the figure shows: the days, what was asked, each kind now and before with its base, and the shares."""
    lead = (
        f"Distortions by kind, {print_window(found.window)} beside {print_window(found.before)}: {asked_words(found)}."
    )
    if found.reason:
        return f"{lead} {found.reason[0].upper()}{found.reason[1:]}."
    parts = [_kind_words(reading, words) for reading in found.kinds]
    shares = [
        f"{words.kinds[reading.kind].lower()} {share_words(found, reading)}" for reading in found.kinds if reading.named
    ]
    share = f" Of all named where every kind was asked: {listed(shares)}." if shares else ""
    unsorted = f" Not sorted: {rate_words(found.unsorted)}." if found.unsorted.observed_days else ""
    return f"{lead} {' '.join(parts)}{unsorted}{share}"


def breakdown_table(found: DistortionBreakdown, words: KindWords) -> pd.DataFrame:
    """One row a kind in the order of the figure, then what was not sorted; all columns are text."""
    rows = [
        {
            KIND: words.kinds[reading.kind],
            NOW: rate_words(reading.now),
            BEFORE: rate_words(reading.before),
            SHARE: share_words(found, reading),
            SAID: words.said.get(reading.kind, ""),
        }
        for reading in found.kinds
    ]
    last = {KIND: UNSORTED, NOW: rate_words(found.unsorted), BEFORE: "", SHARE: "", SAID: ""}
    columns = [KIND, NOW, BEFORE, SHARE, *([SAID] if words.said else [])]
    return pd.DataFrame([*rows, last], columns=columns, dtype="str")


def bars_table(found: DistortionBreakdown, words: KindWords) -> pd.DataFrame:
    """The bars as text, a row for all of the same days, oldest first; a kind not asked on them says so."""
    bars = {words.kinds[reading.kind]: reading.bars for reading in found.kinds} | {UNSORTED: found.unsorted_bars}
    days = sorted({bar.days for row in bars.values() for bar in row})
    texts = {name: {bar.days: bar_figure(bar) for bar in row} for name, row in bars.items()}
    rows = [
        {DAYS: print_window(each)} | {name: texts[name].get(each, NOT_ASKED_WORDS) for name in bars} for each in days
    ]
    return pd.DataFrame(rows, columns=[DAYS, *bars], dtype="str")


def trigger_frame(found: TriggerTable, kinds: Mapping[str, str], triggers: Mapping[UUID, str]) -> pd.DataFrame:
    """One row a trigger; under each kind how often it was named with the trigger and, after a slash, without it."""
    rows = [
        {TRIGGER: triggers[trigger], CAME_UP: f"{found.check_ins[trigger]} of {found.used}"}
        | {kinds[kind]: cell_words(found.cell(trigger, kind)) for kind in found.kinds}
        for trigger in found.triggers
    ]
    return pd.DataFrame(rows, columns=[TRIGGER, CAME_UP, *(kinds[kind] for kind in found.kinds)], dtype="str")


def trigger_lines(found: TriggerTable, kinds: Mapping[str, str], triggers: Mapping[UUID, str]) -> list[str]:
    """The same as one line a trigger, for a narrow page."""
    rows = trigger_frame(found, kinds, triggers).to_dict("records")
    return [
        f"{row.pop(TRIGGER)}, came up at {row.pop(CAME_UP)} {'check-in' if found.used == 1 else 'check-ins'}. "
        + "; ".join(f"{kind} {words}" for kind, words in row.items())
        for row in rows
    ]


def example_words(example: ThoughtExample, kinds: Mapping[str, str]) -> str:
    """`Mind-reading 6, catastrophizing 4 in 7 days, 15 to 21 May 2026. Balanced thought tried on 3 of the 7 days.`"""
    named = [f"{kinds[kind].lower()} {count}" for kind, count in example.kinds]
    named += [f"{UNSORTED} {example.unsorted}"] if example.unsorted else []
    told = ", ".join(named)
    days = f"{count_of(example.days.days, 'day')}, {print_window(example.days)}"
    return f"{told[0].upper()}{told[1:]} in {days}.{_balanced(example)}"


def cell_words(cell: TriggerCell) -> str:
    """`6 in 14 / 3 in 21 days`: with the trigger, then without it."""
    with_trigger, without = _counted(cell.with_trigger), _counted(cell.without)
    if cell.with_trigger.observed_days and cell.without.observed_days:
        with_trigger = with_trigger.rpartition(" ")[0]
    return f"{with_trigger} / {without}"


def _balanced(example: ThoughtExample) -> str:
    if not example.balanced:
        return ""
    if example.balanced_days is None:
        return " A balanced thought was tried; on how many days was not asked."
    return f" A balanced thought was tried on {example.balanced_days} of the {count_of(example.days.days, 'day')}."


def _counted(rate: Rate) -> str:
    return f"{print_number(rate.count)} in {count_of(rate.observed_days, 'day')}" if rate.observed_days else "no days"


def _kind_words(reading: KindReading, words: KindWords) -> str:
    said = f"; {words.said[reading.kind]}" if reading.kind in words.said else ""
    return f"{words.kinds[reading.kind]}: {rate_words(reading.now)}, before {rate_words(reading.before)}{said}."
