"""Labels of the time axis: months where there are many, days where there are few, never one over another."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.charts.frame import Frame
from core.model.days import print_day_short

LONGEST_SPAN_WITH_DAYS = 112
MONTH_LABEL_PX = 30
DAY_LABEL_PX = 52
STEPS_IN_MONTHS = (1, 2, 3, 6, 12)
STEPS_IN_DAYS = (1, 2, 7, 14, 28)


@dataclass(frozen=True, kw_only=True)
class Ticks:
    """Labels and where they stand, and where the short strokes stand, all in days of the axis."""

    places: list[float]
    labels: list[str]
    strokes: list[float]


def time_ticks(frame: Frame) -> Ticks:
    """The ticks for the days in view; the year stands under the first label and wherever it changes."""
    days = _day_labels(frame) if frame.window.days <= LONGEST_SPAN_WITH_DAYS else _month_labels(frame)
    places, labels, year = [], [], None
    for place, day, label in days:
        places.append(place)
        labels.append(label if day.year == year else f"{label}<br>{day.year}")
        year = day.year
    if frame.window.days <= LONGEST_SPAN_WITH_DAYS:
        strokes = list(places)
    else:
        strokes = [float(frame.x(first)) for first in _month_starts(frame) if first >= frame.window.start]
    return Ticks(places=places, labels=labels, strokes=strokes)


def _day_labels(frame: Frame) -> list[tuple[float, date, str]]:
    step = next((step for step in STEPS_IN_DAYS if step * frame.px >= DAY_LABEL_PX), STEPS_IN_DAYS[-1])
    first = frame.window.start
    if step >= 7:
        first += timedelta(days=-first.weekday() % 7)
    found = []
    for days in range(0, (frame.window.end - first).days + 1, step):
        day = first + timedelta(days=days)
        place = frame.x(day) + 0.5
        if place * frame.px + DAY_LABEL_PX / 2 <= frame.sizes.width + frame.sizes.right:
            found.append((place, day, print_day_short(day)))
    return found


def _month_labels(frame: Frame) -> list[tuple[float, date, str]]:
    month = frame.px * 365.25 / 12
    step = next((step for step in STEPS_IN_MONTHS if step * month >= MONTH_LABEL_PX), STEPS_IN_MONTHS[-1])
    found = []
    for first in _month_starts(frame):
        if (first.month - 1) % step:
            continue
        begin, end = max(frame.x(first), 0), min(frame.x(_next_month(first)), frame.window.days)
        if step > 1 or (end - begin) * frame.px >= MONTH_LABEL_PX * 0.8:
            found.append(((begin + end) / 2, first, f"{first:%b}"))
    return _apart(found, frame)


def _apart(labels: list[tuple[float, date, str]], frame: Frame) -> list[tuple[float, date, str]]:
    kept: list[tuple[float, date, str]] = []
    for label in labels:
        if not kept or (label[0] - kept[-1][0]) * frame.px >= MONTH_LABEL_PX * 0.8:
            kept.append(label)
    return kept


def _month_starts(frame: Frame) -> list[date]:
    first, starts = frame.window.start.replace(day=1), []
    while first <= frame.window.end:
        starts.append(first)
        first = _next_month(first)
    return starts


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
