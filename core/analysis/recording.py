"""How the record was kept: days that nothing covers, and changes of the usual length of a check-in."""

from datetime import date
from itertools import groupby, pairwise
from statistics import median_low

from core.analysis.days_kept import window_of
from core.analysis.exposure import Timeline, Touching
from core.model.check_in import CheckIn
from core.model.course import RecordingChange
from core.model.days import Window
from core.model.records import Recorded

DAILY_UP_TO_DAYS = 2
WEEKLY_UP_TO_DAYS = 10
HABIT_CHECK_INS = 3


def covered_days(touching: Touching) -> int:
    """How many days at least one check-in covers."""
    return sum([last - first + 1 for first, last in touching.covered])


def gaps(touching: Touching, window: Window, first_day: date | None) -> tuple[Window, ...]:
    """Runs of days of `window` that no check-in covers, from the first day ever recorded on, oldest first."""
    if first_day is None or first_day > window.end:
        return ()
    next_day = max(window.start, first_day).toordinal()
    found = []
    for first, last in touching.covered:
        if first > next_day:
            found.append(window_of(next_day, first - 1))
        next_day = max(next_day, last + 1)
    if next_day <= window.end.toordinal():
        found.append(window_of(next_day, window.end.toordinal()))
    return tuple(found)


def recording_changes(known: Timeline) -> tuple[RecordingChange, ...]:
    """The days from which the usual length of a check-in became another.

    Lengths are told apart as daily (1-2 days), weekly (3-10) and longer. Three check-ins in a row make a
    habit, so that a stray one changes nothing; the lengths given are the middle ones of each habit.
    Source: project default.
    """
    if len({_class_of(days) for days in known.lengths}) < 2:
        return ()
    habits: list[list[Recorded[CheckIn]]] = []
    for _, run in groupby(known, key=_length_class):
        same = list(run)
        if len(same) < HABIT_CHECK_INS:
            continue
        if habits and _length_class(habits[-1][0]) == _length_class(same[0]):
            habits[-1] += same
        else:
            habits.append(same)
    return tuple(
        RecordingChange(day=after[0].content.period.start, from_days=_usual(before), to_days=_usual(after))
        for before, after in pairwise(habits)
    )


def _length_class(record: Recorded[CheckIn]) -> int:
    return _class_of(record.content.period_days)


def _class_of(days: int) -> int:
    return (days > DAILY_UP_TO_DAYS) + (days > WEEKLY_UP_TO_DAYS)


def _usual(habit: list[Recorded[CheckIn]]) -> int:
    return median_low(record.content.period_days for record in habit)
