from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from msgspec import structs

from core.analysis.course import History, course_of, window_for
from core.analysis.series import MOST_SINGLE_MARKS, weekly_series
from core.model.calendar import SessionStatus
from core.model.check_in_parts import SignAnswer
from core.model.course import Course, EventMark, SessionMark
from core.model.days import DAYS_IN_WEEK, Window, iso_week_start
from core.model.measures import ANXIETY, ANXIETY_PEAK, DISTORTIONS, REASSURANCE
from core.model.readings import Asked
from tests.builders import (
    SIGN,
    TODAY,
    all_recorded,
    check_in,
    daily,
    event,
    method,
    recorded,
    session,
    sign_answers,
    weekly,
)

METHOD = method()
TWELVE_WEEKS = window_for(History(), TODAY, 12)


def course(history: History, window: Window = TWELVE_WEEKS) -> Course:
    return course_of(history, window, method=METHOD)


def test_twelve_weeks_are_twelve_iso_weeks_up_to_today() -> None:
    assert TWELVE_WEEKS.start == iso_week_start(TODAY) - timedelta(weeks=11)
    assert TWELVE_WEEKS.end == TODAY
    assert len(weekly_series((), ANXIETY, TWELVE_WEEKS, rule=METHOD.rate_rule)) == 12


def test_all_goes_back_to_the_week_of_the_first_check_in_session_or_event() -> None:
    first = TODAY - timedelta(weeks=30)
    later = History(check_ins=weekly(1, anxiety=5), sessions=(session(),), events=(event(),))
    for history in (
        replace(later, check_ins=(*later.check_ins, recorded(check_in(first, 1, anxiety=5), 2))),
        replace(later, sessions=(session(first, number=2), *later.sessions)),
        replace(later, events=(*later.events, event(first, number=2))),
    ):
        assert window_for(history, TODAY, None) == Window(iso_week_start(first), TODAY)


def test_all_is_never_less_than_four_weeks() -> None:
    four_weeks = Window(iso_week_start(TODAY) - timedelta(weeks=3), TODAY)
    assert window_for(History(), TODAY, None) == four_weeks
    assert window_for(History(check_ins=weekly(1, anxiety=5)), TODAY, None) == four_weeks
    planned = session(TODAY + timedelta(weeks=5), SessionStatus.PLANNED)
    assert window_for(History(sessions=(planned,)), TODAY, None) == four_weeks


def test_withdrawn_check_ins_do_not_widen_the_view() -> None:
    old = all_recorded(check_in(TODAY - timedelta(weeks=30), anxiety=5))[0]
    withdrawn = History(check_ins=(structs.replace(old, withdrawn=True),))
    assert window_for(withdrawn, TODAY, None) == window_for(History(), TODAY, None)


def test_an_empty_history_draws_nothing() -> None:
    drawn = course(History())
    assert (drawn.check_ins, drawn.observed_days, drawn.anxiety, drawn.gaps) == (0, 0, (), ())
    assert dict(drawn.bars) == {REASSURANCE: (), DISTORTIONS: ()}
    assert set(drawn.strip) == set(METHOD.signs)
    assert not any(drawn.strip.values())


def test_one_check_in_draws_one_mark_that_is_not_joined() -> None:
    drawn = course(History(check_ins=all_recorded(check_in(anxiety=5, peak=8, reassurance=0))))
    (mark,) = drawn.anxiety
    assert (mark.average, mark.peak, mark.joined, mark.weekly) == (5, 8, False, False)
    (bar,) = drawn.bars[REASSURANCE]
    assert (bar.days, bar.count) == (Window.ending(TODAY, 7), 0)
    assert drawn.bars[DISTORTIONS] == ()


def test_a_blank_field_leaves_no_bar_and_is_counted_as_not_asked() -> None:
    drawn = course(History(check_ins=(*weekly(3, anxiety=5),)))
    assert drawn.bars[REASSURANCE] == ()
    assert drawn.asked[REASSURANCE] == Asked(asked=0, check_ins=3)
    assert drawn.asked[ANXIETY] == Asked(asked=3, check_ins=3)
    assert drawn.asked[ANXIETY_PEAK] == Asked(asked=0, check_ins=3)
    assert drawn.asked[SIGN] == Asked(asked=0, check_ins=3)
    assert [cell.answer for cell in drawn.strip[SIGN]] == [None, None, None]


def test_a_hundred_check_ins_in_view_are_drawn_one_by_one() -> None:
    records = daily(MOST_SINGLE_MARKS, anxiety=4)
    marks = course(History(check_ins=records), Window.ending(TODAY, 140)).anxiety
    assert len(marks) == MOST_SINGLE_MARKS
    assert not any(mark.weekly for mark in marks)


def test_more_than_a_hundred_check_ins_become_weekly_means_by_days() -> None:
    earlier = daily(MOST_SINGLE_MARKS, until=TODAY - timedelta(days=3), anxiety=4, peak=6)
    last = recorded(check_in(TODAY, 1, anxiety=8, peak=9), MOST_SINGLE_MARKS + 1)
    marks = course(History(check_ins=(*earlier, last)), Window.ending(TODAY, 140)).anxiety
    assert all(mark.weekly for mark in marks)
    assert len(marks) == len({iso_week_start(mark.days.start) for mark in marks})
    monday_and_today = marks[-1]
    assert monday_and_today.average == Fraction(4 + 8, 2)
    assert monday_and_today.peak is None, "two observed days are too few for a week's peak"
    assert marks[-2].peak == 6
    assert all(mark.joined for mark in marks[1:])


def test_four_observed_days_are_enough_for_the_peak_of_a_week() -> None:
    records = daily(MOST_SINGLE_MARKS + 1, until=iso_week_start(TODAY) + timedelta(days=3), anxiety=4, peak=6)
    marks = course(History(check_ins=records), Window.ending(TODAY, 140)).anxiety
    assert (marks[-1].weekly, marks[-1].days.days, marks[-1].peak) == (True, 4, 6)


def test_marks_and_squares_are_cut_to_the_days_in_view() -> None:
    records = sign_answers(SignAnswer.OFTEN, days=14)
    drawn = course(History(check_ins=records), Window.ending(TODAY, 5))
    assert [cell.days.days for cell in drawn.strip[SIGN]] == [5]
    assert drawn.observed_days == 5


def test_planned_sessions_and_those_out_of_view_have_no_mark() -> None:
    sessions = (
        session(TODAY, SessionStatus.PLANNED, number=4),
        session(TODAY - timedelta(weeks=1), SessionStatus.MISSED, number=3),
        session(TODAY - timedelta(weeks=2), SessionStatus.ATTENDED, number=2),
        session(TODAY - timedelta(weeks=40), SessionStatus.ATTENDED, number=1),
    )
    assert course(History(sessions=sessions)).sessions == (
        SessionMark(day=TODAY - timedelta(weeks=2), status=SessionStatus.ATTENDED, number=2),
        SessionMark(day=TODAY - timedelta(weeks=1), status=SessionStatus.MISSED, number=3),
    )


def test_events_stand_in_the_order_of_their_days_with_their_words() -> None:
    events = (event(TODAY, "moved house", number=1), event(TODAY - timedelta(days=9), "new job", number=2))
    assert course(History(events=events)).events == (
        EventMark(day=TODAY - timedelta(days=9), words="new job"),
        EventMark(day=TODAY, words="moved house"),
    )


def test_weeks_without_an_observed_day_are_none_in_the_small_line() -> None:
    sunday = iso_week_start(TODAY) - timedelta(days=1)
    records = all_recorded(
        check_in(sunday - timedelta(weeks=2), anxiety=4, reassurance=3), check_in(sunday, anxiety=6, reassurance=0)
    )
    three_weeks_and_a_half = Window(sunday - timedelta(days=3 * DAYS_IN_WEEK - 1), TODAY)
    for measure, expected in ((ANXIETY, [4.0, None, 6.0, None]), (REASSURANCE, [3.0, None, 0.0, None])):
        assert weekly_series(records, measure, three_weeks_and_a_half, rule=METHOD.rate_rule) == expected


def test_a_count_of_too_few_days_is_none_in_the_small_line() -> None:
    monday = iso_week_start(TODAY)
    for days, expected in ((3, None), (4, 7 * 8 / 4)):
        end = monday + timedelta(days=days - 1)
        records = all_recorded(check_in(end, days, reassurance=8, anxiety=4))
        window = Window(monday, TODAY)
        assert weekly_series(records, REASSURANCE, window, rule=METHOD.rate_rule) == [expected]
        assert weekly_series(records, ANXIETY, window, rule=METHOD.rate_rule) == [4.0]
