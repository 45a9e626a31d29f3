"""Courses put together by hand, so that a test of a chart sees every value it is about."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from core.charts.words import ChartWords
from core.model.calendar import SessionStatus
from core.model.check_in_parts import SignAnswer
from core.model.course import (
    CountBar,
    Course,
    EventMark,
    RatingMark,
    RecordingChange,
    SessionMark,
    StripCell,
)
from core.model.days import Window, iso_week_start
from core.model.measures import ANXIETY, DISTORTIONS, REASSURANCE
from core.model.readings import Asked, Comparison, Level, Rate, SignEntry, SignReading, SignState
from core.model.records import RecordKind, RecordRef

TODAY = date(2026, 5, 21)
SIGNS = {
    "ws_reassurance": "Reassurance",
    "ws_checking": "Checking",
    "ws_panic_jealousy": "Jealousy",
    "ws_overthinking": "Overthinking",
    "ws_isolation": "Friends dropped",
    "ws_repeated_conflict": "Same fight",
}
WORDS = ChartWords(signs=SIGNS)
OFTEN, SOMETIMES, ABSENT, NO_OCCASION = (
    SignAnswer.OFTEN,
    SignAnswer.SOMETIMES,
    SignAnswer.NOT_PRESENT,
    SignAnswer.NO_OCCASION,
)


def ref(number: int) -> RecordRef:
    return RecordRef(kind=RecordKind.CHECK_IN, number=number, version=1, id=UUID(int=number))


def week(monday: date) -> Window:
    return Window(monday, monday + timedelta(days=6))


def mark(
    days: Window, average: float | None, peak: int | None = None, *, joined: bool = True, weekly: bool = False
) -> RatingMark:
    exact = None if average is None else Fraction(average).limit_denominator(100)
    return RatingMark(days=days, average=exact, peak=peak, joined=joined, weekly=weekly, refs=(ref(1),))


def bar(
    days: Window,
    count: float,
    *,
    observed: int | None = None,
    about: bool = False,
    at_least: bool = False,
    partial: bool = False,
) -> CountBar:
    observed = observed or days.days
    exact = Fraction(count).limit_denominator(100)
    return CountBar(
        days=days,
        count=exact,
        observed_days=observed,
        per_week=exact * 7 / observed,
        thin=observed < 4,
        about=about,
        at_least=at_least,
        partial=partial,
        refs=(ref(1),),
    )


def cell(days: Window, answer: SignAnswer | None) -> StripCell:
    return StripCell(days=days, answer=answer, refs=(ref(1),))


def reading(sign: str, state: SignState, *answers: SignAnswer | None) -> SignReading:
    window = Window.ending(TODAY, 28)
    entries = tuple(SignEntry(ref=ref(1), period=window, answer=answer, days=7) for answer in answers)
    return SignReading(sign=sign, state=state, window=window, asked_days=7 * len(answers), entries=entries)


def start_levels(anxiety: float, reassurance: float, distortions: float) -> tuple[Comparison, ...]:
    window = Window.ending(TODAY - timedelta(days=200), 28)
    asked = Asked(asked=4, check_ins=4)
    level = Level(
        window=window, mean=Fraction(anxiety).limit_denominator(10), peak=9, observed_days=28, asked=asked, refs=()
    )
    rates = [
        Rate(window=window, count=Fraction(value).limit_denominator(10) * 4, observed_days=28, asked=asked, refs=())
        for value in (reassurance, distortions)
    ]
    return (
        Comparison(measure=ANXIETY, period=level, before=level, start=level),
        Comparison(measure=REASSURANCE, period=rates[0], before=rates[0], start=rates[0]),
        Comparison(measure=DISTORTIONS, period=rates[1], before=rates[1], start=rates[1]),
    )


def course(
    window: Window,
    *,
    anxiety: Iterable[RatingMark] = (),
    reassurance: Iterable[CountBar] = (),
    distortions: Iterable[CountBar] = (),
    strip: dict[str, tuple[StripCell, ...]] | None = None,
    gaps: Iterable[Window] = (),
    check_ins: int | None = None,
    sessions: Iterable[SessionMark] = (),
    events: Iterable[EventMark] = (),
    changes: Iterable[RecordingChange] = (),
    comparisons: tuple[Comparison, ...] = (),
    readings: tuple[SignReading, ...] = (),
    asked: dict[str, Asked] | None = None,
) -> Course:
    marks = tuple(anxiety)
    total = len(marks) if check_ins is None else check_ins
    everything = {measure: Asked(asked=total, check_ins=total) for measure in (ANXIETY, REASSURANCE, DISTORTIONS)}
    everything |= {sign: Asked(asked=total, check_ins=total) for sign in SIGNS}
    return Course(
        window=window,
        check_ins=total,
        observed_days=sum(mark.days.days for mark in marks),
        anxiety=marks,
        bars={REASSURANCE: tuple(reassurance), DISTORTIONS: tuple(distortions)},
        strip=strip or {},
        asked=everything | (asked or {}),
        gaps=tuple(gaps),
        sessions=tuple(sessions),
        events=tuple(events),
        recording_changes=tuple(changes),
        comparisons=comparisons,
        readings=readings,
    )


def weekly_course(weeks: int = 36, *, missed: Iterable[int] = (7, 11, 12, 13, 23, 25)) -> Course:
    """A long weekly record: gaps, a zero, about, at least, thin weeks, sessions of all kinds, two events."""
    first = iso_week_start(TODAY) - timedelta(weeks=weeks)
    window = Window(first, TODAY)
    missed = set(missed)
    mondays = {n: first + timedelta(weeks=n) for n in range(weeks) if n not in missed}
    averages = [7, 8, 8, 7, 7, 7, 6, 6, 8, 7, 6, 5, 4, 4, 4, 3, 4, 4, 9, 7, 8, 8, 8, 7, 5, 6, 5, 5, 5, 5]
    counts = [17, 8, 25, 4, 18, 6, 11, 11, 11, 4, 3, 0, 6, 7, 3, 3, 7, 3, 28, 11, 17, 6, 22, 4, 14, 6, 10, 6, 3, 1]
    marks, rs, cd = [], [], []
    strip: dict[str, list[StripCell]] = {sign: [] for sign in SIGNS}
    before = None
    for place, (n, monday) in enumerate(mondays.items()):
        value = averages[place % 30]
        days = week(monday)
        marks.append(mark(days, value, min(value + 1 + place % 3, 10), joined=before is not None and n - before <= 2))
        rs.append(bar(days, counts[place % 30], about=place in (3, 9, 24), at_least=place == 22))
        cd.append(bar(days, 12 + (place * 7) % 15, partial=place == 5))
        for row, sign in enumerate(SIGNS):
            answer = (
                (OFTEN, SOMETIMES, ABSENT, OFTEN, SOMETIMES)[(place + row) % 5]
                if place < 20
                else (SOMETIMES, SOMETIMES, ABSENT)[(place + row) % 3]
            )
            answer = NO_OCCASION if row in (2, 5) and place > 18 else None if (place * (row + 3)) % 17 == 5 else answer
            strip[sign].append(cell(days, answer))
        before = n
    rs[-1] = bar(Window(mondays[max(mondays)], mondays[max(mondays)] + timedelta(days=2)), 5, observed=3)
    sessions = [
        SessionMark(
            day=monday + timedelta(days=3),
            status=SessionStatus.MISSED if n == 15 else SessionStatus.CANCELLED if n == 20 else SessionStatus.ATTENDED,
            number=n + 1,
        )
        for n, monday in mondays.items()
    ]
    return course(
        window,
        anxiety=marks,
        reassurance=rs,
        distortions=cd,
        strip={sign: tuple(cells) for sign, cells in strip.items()},
        gaps=_gaps(first, missed, weeks),
        sessions=sessions,
        events=[
            EventMark(day=first + timedelta(days=90), words="new job"),
            EventMark(day=first + timedelta(days=152), words="break-up"),
        ],
        comparisons=start_levels(7.5, 13.5, 26.3),
        readings=(
            reading("ws_reassurance", SignState.WATCH, SOMETIMES, SOMETIMES, SOMETIMES, ABSENT),
            reading("ws_checking", SignState.PRESENT, OFTEN, OFTEN, SOMETIMES, SOMETIMES),
            reading("ws_panic_jealousy", SignState.INSUFFICIENT, NO_OCCASION, NO_OCCASION, NO_OCCASION, NO_OCCASION),
            reading("ws_overthinking", SignState.WATCH, SOMETIMES, ABSENT, SOMETIMES, SOMETIMES),
            reading("ws_isolation", SignState.NOT_SEEN, ABSENT, ABSENT, ABSENT, ABSENT),
            reading("ws_repeated_conflict", SignState.NOT_SEEN, ABSENT, ABSENT, SOMETIMES, ABSENT),
        ),
    )


def _gaps(first: date, missed: set[int], weeks: int) -> list[Window]:
    gaps: list[Window] = []
    for n in sorted(missed):
        if n >= weeks:
            continue
        days = week(first + timedelta(weeks=n))
        if gaps and gaps[-1].end + timedelta(days=1) == days.start:
            days = Window(gaps.pop().start, days.end)
        gaps.append(days)
    last = Window(first + timedelta(weeks=weeks), TODAY)
    return [*gaps, last]
