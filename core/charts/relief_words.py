"""The two small series above the loop in words: their sentence, their table, and what the pointer reads."""

from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from core.charts.caption import exactness, value_range
from core.charts.drawing import bar_figure
from core.model.course import CountBar, Course
from core.model.days import Window, print_window
from core.model.durations import print_minutes
from core.model.measures import REASSURANCE
from core.model.numbers import count_of
from core.model.reassurance import ReliefWeek
from core.model.words import NO_RECORD_WORDS

DAYS, ASKED, DESCRIBED, LASTED = "Days", "Asked for reassurance", "Described", "Relief lasted"
SIDE_BY_SIDE = "They stand side by side in time, which shows no cause."


def relief_caption(course: Course, weeks: Sequence[ReliefWeek]) -> str:
    """What the two series show: their days, the range of each with its base, and what could not be drawn."""
    bars = course.bars.get(REASSURANCE, ())
    lead = f"Over time, {print_window(course.window)}."
    if not bars:
        return f"{lead} Asking for reassurance: not asked about in these days."
    return " ".join(
        [lead, _asked(bars), *_lasted(weeks, len(bars)), *_open_days(course.gaps), SIDE_BY_SIDE],
    )


def relief_table(course: Course, weeks: Sequence[ReliefWeek]) -> pd.DataFrame:
    """One row a bar and one row a gap, oldest first; all columns are text."""
    told = {week.days: week for week in weeks}
    rows = [(bar.days, _cells(bar, told.get(bar.days))) for bar in course.bars.get(REASSURANCE, ())]
    rows += [(gap, (NO_RECORD_WORDS,) * 3) for gap in course.gaps]
    table = [(print_window(days), *cells) for days, cells in sorted(rows, key=lambda row: row[0])]
    return pd.DataFrame(table, columns=[DAYS, ASKED, DESCRIBED, LASTED], dtype="str")


def week_words(week: ReliefWeek) -> str:
    """What the pointer reads: `lasted 20 min in the middle<br>4 of 5 described say so, 15 to 21 May 2026`."""
    return f"{lasted_figure(week)}<br>{week.told} of {week.described} described say so, {print_window(week.days)}"


def lasted_figure(week: ReliefWeek) -> str:
    """`median 20 min`, `half or more still helping after 2 h`, or why there is none."""
    if not week.enough:
        return f"no median under {week.needed} that say how long"
    if week.median is not None:
        return f"median {_minutes(week.median)}"
    if week.at_least is None:
        return "half or more still helping, for a time not known"
    return f"half or more still helping after {_minutes(Fraction(week.at_least))}"


def _asked(bars: Sequence[CountBar]) -> str:
    whole = [bar for bar in bars if not bar.thin]
    parts = [f"{value_range([bar.per_week for bar in whole])} a week"] if whole else []
    if len(bars) > len(whole):
        parts.append(f"{count_of(len(bars) - len(whole), 'bar')} of under 4 observed days shown as a count only")
    return f"Asking for reassurance: {', '.join([*parts, *exactness(tuple(bars))])}, in {count_of(len(bars), 'bar')}."


def _lasted(weeks: Sequence[ReliefWeek], bars: int) -> list[str]:
    """The sentences on how long relief lasted."""
    base = f"of {count_of(bars, 'bar')}"
    if not weeks:
        return [f"How long relief lasted: described in 0 {base}."]
    drawn = [week for week in weeks if week.minutes is not None]
    told = [f"How long relief lasted: described in {len(weeks)} {base}."]
    medians = sorted(week.median for week in weeks if week.median is not None)
    if medians:
        span = _minutes(medians[0])
        if medians[-1] != medians[0]:
            span = f"{'none' if not medians[0] else span} to {_minutes(medians[-1])}"
        told.append(f"Medians in {len(medians)} of them: {span}.")
    if len(drawn) > len(medians):
        told.append(f"A minimum instead in {len(drawn) - len(medians)}, still helping when told.")
    few = sum(not week.enough for week in weeks)
    if few:
        told.append(f"Too few for a median, under {weeks[0].needed} that say how long, in {few}.")
    return told


def _open_days(gaps: Sequence[Window]) -> list[str]:
    if not gaps:
        return []
    days = sum(gap.days for gap in gaps)
    return [f"No record on {count_of(days, 'day')} in {count_of(len(gaps), 'gap')}, left open."]


def _cells(bar: CountBar, week: ReliefWeek | None) -> tuple[str, str, str]:
    if week is None:
        return bar_figure(bar), "none described", ""
    return bar_figure(bar), str(week.described), lasted_figure(week)


def _minutes(minutes: Fraction) -> str:
    return "0, gone at once" if minutes == 0 else print_minutes(minutes)
