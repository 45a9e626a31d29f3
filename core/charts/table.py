"""The hero chart as text: the same values, a row a week, for reading aloud and for copying."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from core.charts.drawing import bar_figure
from core.charts.own import own_column
from core.charts.words import ChartWords, change_words
from core.model.course import Course, RatingMark, StripCell
from core.model.days import Window, iso_week_start, print_day, print_day_short, print_window
from core.model.measures import ANXIETY, COUNTS
from core.model.numbers import print_number
from core.model.words import ANSWER_WORDS, NO_RECORD_WORDS, NOT_ASKED_WORDS, SESSION_WORDS

DAYS, AVERAGE, PEAK, SESSIONS, EVENTS = "Days", "average", "peak", "Sessions", "Events"


@dataclass
class _Row:
    """The cells of one week, or of one gap, before they are put into words."""

    window: Window
    gap: bool = False
    cells: dict[str, str] = field(default_factory=dict)
    sessions: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


def course_table(course: Course, words: ChartWords) -> pd.DataFrame:
    """One row an ISO week, and one row a gap; all columns are text, oldest row first.

    A mark of the chart stands in the week of its middle day; other weeks that its days touch point to that
    week. *not asked* is what a check-in left blank; *no record*, days without a check-in. Sessions and events
    of days inside a gap stand in the gap's row.
    """
    columns = [*_columns(words), *_own_columns(course)]
    rows = _week_rows(course, words) + [_gap_row(gap, columns) for gap in course.gaps]
    _add_calendar(rows, course)
    rows.sort(key=lambda row: (row.window.start, row.gap))
    table = [_texts(row, columns) for row in rows]
    return pd.DataFrame(table, columns=[DAYS, *columns, SESSIONS, EVENTS], dtype="str")


def _columns(words: ChartWords) -> list[str]:
    anxiety = words.measures[ANXIETY].name
    counts = [f"{words.measures[measure].name}, {words.measures[measure].unit}" for measure in COUNTS]
    return [f"{anxiety}, {AVERAGE}", f"{anxiety}, {PEAK}", *counts, *_sign_columns(words).values()]


def _own_columns(course: Course) -> list[str]:
    """A heading for each of the client's own measures; two of one name are told apart by a number."""
    headings: list[str] = []
    for own in course.own:
        heading = own_column(own)
        same = sum(other == heading or other.startswith(f"{heading} (") for other in headings)
        headings.append(f"{heading} ({same + 1})" if same else heading)
    return headings


def _sign_columns(words: ChartWords) -> dict[str, str]:
    return {sign: f"Sign: {name}" for sign, name in words.signs.items()}


def _week_rows(course: Course, words: ChartWords) -> list[_Row]:
    columns = _columns(words)
    rows: dict[date, _Row] = {}
    for column, texts in _by_column(course, words, columns).items():
        for monday, text in texts.items():
            row = rows.setdefault(monday, _Row(window=_shown(monday, course)))
            row.cells[column] = text
    return list(rows.values())


def _by_column(course: Course, words: ChartWords, columns: list[str]) -> dict[str, dict[date, str]]:
    averages, peaks = columns[:2]
    found = {
        averages: _weeks((mark.days, _average(mark)) for mark in course.anxiety),
        peaks: _weeks((mark.days, _peak(mark)) for mark in course.anxiety),
    }
    for column, measure in zip(columns[2:4], COUNTS, strict=True):
        found[column] = _weeks((bar.days, bar_figure(bar)) for bar in course.bars.get(measure, ()))
    for sign, column in _sign_columns(words).items():
        found[column] = _weeks(_answers(course.strip.get(sign, ())))
    for column, own in zip(_own_columns(course), course.own, strict=True):
        marks = ((mark.days, _average(mark)) for mark in own.marks)
        found[column] = _weeks([*marks, *((bar.days, bar_figure(bar)) for bar in own.bars)])
    return found


def _weeks(values: Iterable[tuple[Window, str]]) -> dict[date, str]:
    """Texts by week: several in one week carry their days; a week that is only touched points to the right one."""
    inside: defaultdict[date, list[tuple[Window, str]]] = defaultdict(list)
    pointers: dict[date, str] = {}
    for days, text in values:
        home = iso_week_start(days.middle)
        inside[home].append((days, text))
        monday = iso_week_start(days.start)
        while monday <= days.end:
            if monday != home:
                pointers.setdefault(monday, f"see week of {print_day_short(home)}")
            monday += timedelta(weeks=1)
    return pointers | {home: _together(found) for home, found in inside.items()}


def _together(found: list[tuple[Window, str]]) -> str:
    if len(found) == 1:
        return found[0][1]
    return "; ".join(f"{text} ({_short(days)})" for days, text in found)


def _short(days: Window) -> str:
    """Days without their year, which stands in the row's first cell."""
    first, last = print_day_short(days.start), print_day_short(days.end)
    return first if first == last else f"{first} to {last}"


def _average(mark: RatingMark) -> str:
    return NOT_ASKED_WORDS if mark.average is None else print_number(mark.average)


def _peak(mark: RatingMark) -> str:
    return NOT_ASKED_WORDS if mark.peak is None else str(mark.peak)


def _answers(cells: Iterable[StripCell]) -> Iterable[tuple[Window, str]]:
    return ((cell.days, ANSWER_WORDS[cell.answer]) for cell in cells)


def _shown(monday: date, course: Course) -> Window:
    """The part of the week that is in view."""
    sunday = monday + timedelta(days=6)
    return Window(max(monday, course.window.start), min(sunday, course.window.end))


def _gap_row(gap: Window, columns: list[str]) -> _Row:
    return _Row(window=gap, gap=True, cells=dict.fromkeys(columns, NO_RECORD_WORDS))


def _add_calendar(rows: list[_Row], course: Course) -> None:
    for session in course.sessions:
        text = f"session {session.number} {SESSION_WORDS[session.status]} ({print_day_short(session.day)})"
        _row_of(session.day, rows, course).sessions.append(text)
    for event in course.events:
        _row_of(event.day, rows, course).events.append(f"{event.words} ({print_day_short(event.day)})")
    for change in course.recording_changes:
        _row_of(change.day, rows, course).events.append(f"{change_words(change)} ({print_day_short(change.day)})")


def _row_of(day: date, rows: list[_Row], course: Course) -> _Row:
    """The gap that holds `day`, else its week; a week before the first record gets a row of its own."""
    for row in sorted(rows, key=lambda row: not row.gap):
        if day in row.window:
            return row
    added = _Row(window=_shown(iso_week_start(day), course))
    rows.append(added)
    return added


def _texts(row: _Row, columns: list[str]) -> dict[str, str]:
    blank = NOT_ASKED_WORDS if row.cells else NO_RECORD_WORDS
    days = print_day(row.window.end) if row.window.days == 1 else print_window(row.window)
    texts = {column: row.cells.get(column, blank) for column in columns}
    return {DAYS: days, **texts, SESSIONS: "; ".join(row.sessions), EVENTS: "; ".join(row.events)}
