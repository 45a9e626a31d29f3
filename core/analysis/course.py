"""The one value that the chart, its table and its caption read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from types import MappingProxyType

from core.analysis.exposure import Touching, counting
from core.analysis.method import Method
from core.analysis.rates import asked_at
from core.analysis.recording import covered_days, gaps, recording_changes
from core.analysis.series import anxiety_marks, count_bars, rating_marks
from core.analysis.strip import strip_of
from core.model.calendar import Event, Session, SessionStatus
from core.model.check_in import CheckIn
from core.model.course import Course, EventMark, OwnCourse, SessionMark
from core.model.days import Window, iso_week_start
from core.model.measures import ANXIETY, ANXIETY_PEAK, COUNTS
from core.model.own_lists import NamedMeasure
from core.model.readings import Asked, Comparison, SignReading
from core.model.records import Recorded

_MEASURES = (ANXIETY, ANXIETY_PEAK, *COUNTS)


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything of one client that stands on the time axis, in any order, and what the client's own measures are."""

    check_ins: Sequence[Recorded[CheckIn]] = ()
    sessions: tuple[Session, ...] = ()
    events: tuple[Event, ...] = ()
    own_measures: tuple[NamedMeasure, ...] = ()


def window_for(history: History, as_of: date, weeks: int | None) -> Window:
    """The days in view: the last `weeks` ISO weeks up to `as_of` (its own week is the last), or all of them.

    `None` goes back to the week of the first check-in, session or event, whichever was first; it never shows
    less than four weeks.
    """
    this_week = iso_week_start(as_of)
    if weeks is not None:
        return Window(this_week - timedelta(weeks=weeks - 1), as_of)
    first = counting(history.check_ins).first
    days = [] if first is None else [date.fromordinal(first)]
    days += [session.details.day for session in history.sessions]
    days += [event.details.day for event in history.events]
    return Window(min(iso_week_start(min(days, default=as_of)), this_week - timedelta(weeks=3)), as_of)


def course_of(
    history: History,
    window: Window,
    *,
    method: Method,
    comparisons: tuple[Comparison, ...] = (),
    readings: tuple[SignReading, ...] = (),
) -> Course:
    """The course over `window`; days of check-ins outside it are cut off, so that nothing is drawn beyond it.

    Check-ins that keep no day by the exposure rule are counted as check-ins and draw no mark. Sessions that
    are still planned have no mark.
    """
    known = counting(history.check_ins)
    ordered = known.touching(window)
    changes = recording_changes(known)
    return Course(
        window=window,
        check_ins=len(ordered),
        observed_days=covered_days(ordered),
        anxiety=anxiety_marks(ordered, method.rate_rule),
        bars=MappingProxyType({measure: count_bars(ordered, measure, method) for measure in COUNTS}),
        strip=MappingProxyType(strip_of(ordered, method)),
        asked=_asked(ordered, method),
        gaps=gaps(ordered, window, None if known.first is None else date.fromordinal(known.first)),
        sessions=_session_marks(history.sessions, window),
        events=_event_marks(history.events, window),
        recording_changes=tuple(change for change in changes if change.day in window),
        comparisons=comparisons,
        readings=readings,
        own=tuple(_own_courses(ordered, history.own_measures, method)),
    )


def _own_courses(ordered: Touching, own: Iterable[NamedMeasure], method: Method) -> Iterator[OwnCourse]:
    """The client's own measures that are asked about now, or were answered in view."""
    for named in own:
        measure = named.measure.id
        asked = asked_at(ordered, measure)
        if asked.asked or named.asked_now:
            yield OwnCourse(
                named=named,
                marks=rating_marks(ordered, measure, method.rate_rule) if named.is_rating else (),
                bars=() if named.is_rating else count_bars(ordered, measure, method),
                asked=asked,
            )


def _asked(ordered: Touching, method: Method) -> Mapping[str, Asked]:
    asked = {measure: asked_at(ordered, measure) for measure in _MEASURES}
    told = Counter(chain.from_iterable([span.content.signs for span in ordered]))
    for sign in method.signs:
        asked[sign] = Asked(asked=told[sign], check_ins=len(ordered))
    return MappingProxyType(asked)


def _session_marks(sessions: tuple[Session, ...], window: Window) -> tuple[SessionMark, ...]:
    marks = (
        SessionMark(day=session.details.day, status=session.details.status, number=session.number)
        for session in sessions
        if session.details.day in window and session.details.status is not SessionStatus.PLANNED
    )
    return tuple(sorted(marks, key=lambda mark: (mark.day, mark.number)))


def _event_marks(events: tuple[Event, ...], window: Window) -> tuple[EventMark, ...]:
    in_view = sorted(
        (event for event in events if event.details.day in window), key=lambda event: (event.details.day, event.number)
    )
    return tuple(EventMark(day=event.details.day, words=event.details.words) for event in in_view)
