"""The course of one client over time, ready to be drawn, tabled and put into a sentence.

Chart, table and caption all read this one value, so they cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from msgspec import Struct

from core.model.calendar import SessionStatus
from core.model.check_in_parts import SignAnswer
from core.model.days import Window
from core.model.own_lists import NamedMeasure
from core.model.readings import Asked, Comparison, SignReading
from core.model.records import RecordRef


class RatingMark(Struct, frozen=True, kw_only=True):
    """One dot of a line of ratings (anxiety, or one of the client's own), at the middle of `days`.

    One check-in, or one week where `weekly`. `average` is 0-10 and `None` where only a peak was
    recorded; `peak` is 0-10 or `None`, as always for a rating of the client's own. `joined` is false where a
    line from the last average before would cross more than 10 days without an average, and for a mark that has
    none.
    """

    days: Window
    average: Fraction | None
    peak: int | None
    joined: bool
    weekly: bool
    refs: tuple[RecordRef, ...]


class CountBar(Struct, frozen=True, kw_only=True):
    """A count as a rate: `count` in `observed_days` days (1 or more), over days that no other bar has.

    One check-in over the 4 or more days in a row that it keeps by the exposure rule (the rate rule's number),
    or the shorter ones of one ISO week put together. `count` is the part of their counts that falls on those
    days, 0 where the answer was zero. `days` are the first to last observed day. `thin` marks fewer than 4
    observed days, which only shorter check-ins can have: drawn hollow and narrow, labelled with count and days,
    and kept out of the axis range.
    """

    days: Window
    count: Fraction
    observed_days: int
    per_week: Fraction
    thin: bool
    about: bool
    at_least: bool
    partial: bool
    refs: tuple[RecordRef, ...]


class StripCell(Struct, frozen=True, kw_only=True):
    """The answers to one sign over some days; `answer` is `None` where it was not asked.

    One check-in over 4 or more days in a row, or the shorter ones of one ISO week put together, as the bars
    are: *often* when that was the answer on half of the asked days or more, else *sometimes* when the sign was
    seen at all.
    """

    days: Window
    answer: SignAnswer | None
    refs: tuple[RecordRef, ...]


@dataclass(frozen=True, kw_only=True)
class SessionMark:
    """A past session on the axis."""

    day: date
    status: SessionStatus
    number: int


@dataclass(frozen=True, kw_only=True)
class EventMark:
    """An event on the axis, in the therapist's one line."""

    day: date
    words: str


@dataclass(frozen=True, kw_only=True)
class RecordingChange:
    """The day from which the usual length of a record changed, for example 7 days to 1 day."""

    day: date
    from_days: int
    to_days: int


@dataclass(frozen=True, kw_only=True)
class OwnCourse:
    """One measure in the client's words over the window, read as the built-in ones are: `marks` of a rating or
    `bars` of a count, oldest first, and at how many check-ins it was asked.
    """

    named: NamedMeasure
    marks: tuple[RatingMark, ...]
    bars: tuple[CountBar, ...]
    asked: Asked


@dataclass(frozen=True, kw_only=True)
class Course:
    """Everything drawn on the hero chart for `window`, oldest first.

    `bars`, `strip` and `asked` are keyed by measure or sign id of the catalogue. `gaps` are runs of
    days that no check-in covers, between the first record and the end of the window. `readings` are
    the states now, in the catalogue's order. `comparisons` carry the start levels. `own` are the client's own
    measures that are asked about now or were answered in the window.
    """

    window: Window
    check_ins: int
    observed_days: int
    anxiety: tuple[RatingMark, ...]
    bars: Mapping[str, tuple[CountBar, ...]]
    strip: Mapping[str, tuple[StripCell, ...]]
    asked: Mapping[str, Asked]
    gaps: tuple[Window, ...]
    sessions: tuple[SessionMark, ...]
    events: tuple[EventMark, ...]
    recording_changes: tuple[RecordingChange, ...]
    comparisons: tuple[Comparison, ...]
    readings: tuple[SignReading, ...]
    own: tuple[OwnCourse, ...] = ()
