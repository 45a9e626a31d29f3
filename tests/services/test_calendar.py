"""Planning and recording sessions, and events beside them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.errors import Conflict, InvalidInput, NotFound
from core.model.calendar import EventDetails
from core.services.calendar import (
    add_event,
    add_session,
    attend_today,
    change_session,
    events_of,
    remove_event,
    session_of_today,
    sessions_of,
)
from tests.services.entries import ATTENDED, CANCELLED, DAY, MISSED, PLANNED, WEEK, form, session_on


def test_planned_session_of_today_becomes_attended(save, load, client):
    planned = save(add_session, client.id, session_on(DAY, PLANNED, time(14), minutes=90), form())
    attended = save(attend_today, client.id, form())
    assert attended.id == planned.id
    assert attended.details == session_on(DAY, ATTENDED, time(14), minutes=90)
    assert load(sessions_of, client.id) == (attended,)


def test_two_sessions_never_begin_at_the_same_time(save, load, client):
    request = form()
    first = save(add_session, client.id, session_on(DAY, PLANNED, time(14)), request)
    assert save(add_session, client.id, session_on(DAY, PLANNED, time(14)), request) == first
    with pytest.raises(InvalidInput, match="Session s1 is on 21 May 2026 at the same time"):
        save(add_session, client.id, session_on(DAY, ATTENDED, time(14)), form())
    save(add_session, client.id, session_on(DAY, CANCELLED, time(14)), form())
    save(add_session, client.id, session_on(DAY, PLANNED, time(15)), form())
    assert len(load(sessions_of, client.id)) == 3


def test_without_a_session_today_one_is_made_that_starts_now(save, load, client, clock):
    clock.move_to(datetime(2026, 5, 21, 10, 7, 33, tzinfo=UTC))
    made = save(attend_today, client.id, form())
    assert made.details == session_on(DAY, ATTENDED, time(12, 7))
    assert load(sessions_of, client.id) == (made,)


def test_attended_session_is_given_back_unchanged_even_to_a_reader(save, load, client):
    first = save(attend_today, client.id, form())
    assert save(attend_today, client.id, form()) == first
    assert load(attend_today, client.id, form()) == first
    assert load(sessions_of, client.id) == (first,)


@pytest.mark.parametrize("status", [MISSED, CANCELLED])
def test_missed_or_cancelled_session_is_not_taken_for_todays(save, load, client, status):
    other = save(add_session, client.id, session_on(DAY, status), form())
    assert load(session_of_today, client.id) is None
    made = save(attend_today, client.id, form())
    assert made.id != other.id
    assert made.number == 2


def test_session_of_another_day_is_not_todays(save, load, client):
    save(add_session, client.id, session_on(DAY - WEEK, ATTENDED), form())
    save(add_session, client.id, session_on(DAY + WEEK, PLANNED), form())
    assert load(session_of_today, client.id) is None


def test_earliest_of_two_sessions_today_is_todays(save, load, client):
    save(add_session, client.id, session_on(DAY, PLANNED, time(16)), form())
    early = save(add_session, client.id, session_on(DAY, PLANNED, time(9)), form())
    assert load(session_of_today, client.id) == early


def test_same_form_sent_twice_makes_one_session_and_one_event(save, load, client):
    request = form()
    session = save(add_session, client.id, session_on(), request)
    assert save(add_session, client.id, session_on(minutes=30), request) == session
    assert load(sessions_of, client.id) == (session,)
    event = save(add_event, client.id, EventDetails(day=DAY, words="New job"), request)
    assert save(add_event, client.id, EventDetails(day=DAY, words="Other"), request) == event
    assert load(events_of, client.id) == (event,)


@pytest.mark.parametrize("status", [ATTENDED, MISSED])
def test_day_to_come_can_only_be_planned_or_cancelled(save, load, client, status):
    tomorrow = DAY + timedelta(days=1)
    with pytest.raises(InvalidInput, match=f"22 May 2026 is still to come, so it cannot be {status.value}"):
        save(add_session, client.id, session_on(tomorrow, status), form())
    planned = save(add_session, client.id, session_on(tomorrow, PLANNED), form())
    with pytest.raises(InvalidInput, match="still to come"):
        save(change_session, planned, session_on(tomorrow, status))
    assert load(sessions_of, client.id) == (planned,)
    assert save(change_session, planned, session_on(tomorrow, CANCELLED)).details.status is CANCELLED


def test_stale_session_is_a_conflict(save, load, client):
    session = save(add_session, client.id, session_on(DAY, PLANNED), form())
    changed = save(change_session, session, session_on(DAY, MISSED))
    with pytest.raises(Conflict):
        save(change_session, session, session_on(DAY, ATTENDED))
    assert load(sessions_of, client.id) == (changed,)


def test_late_evening_session_belongs_to_the_practices_day(save, client, clock):
    clock.move_to(datetime(2026, 5, 21, 22, 30, tzinfo=UTC))
    made = save(attend_today, client.id, form())
    assert made.details == session_on(DAY + timedelta(days=1), ATTENDED, time(0, 30))


def test_event_in_the_future_is_refused(save, load, client):
    with pytest.raises(InvalidInput, match="22 May 2026 lies in the future"):
        save(add_event, client.id, EventDetails(day=DAY + timedelta(days=1), words="Moving"), form())
    assert load(events_of, client.id) == ()


def test_events_stand_by_day_and_can_be_taken_off(save, load, client):
    later = save(add_event, client.id, EventDetails(day=DAY, words="<b>Moved</b> 🏠"), form())
    earlier = save(add_event, client.id, EventDetails(day=DAY - WEEK, words="=cmd"), form())
    assert load(events_of, client.id) == (earlier, later)
    save(remove_event, earlier.id)
    assert load(events_of, client.id) == (later,)
    with pytest.raises(NotFound):
        save(remove_event, earlier.id)


@pytest.mark.parametrize(
    ("day", "at", "offered"),
    [
        (date(2026, 3, 29), time(2), "01:00 or 03:00"),
        (date(2026, 3, 29), time(2, 30), "01:30 or 03:30"),
        (date(2026, 3, 29), time(2, 59), "01:59 or 03:59"),
    ],
)
def test_time_that_the_clocks_leave_out_is_refused_with_those_around_it(save, load, client, day, at, offered):
    said = f"there is no {at:%H:%M} on that day. Nothing was saved; choose {offered}"
    with pytest.raises(InvalidInput, match=said):
        save(add_session, client.id, session_on(day, ATTENDED, at), form())
    made = save(add_session, client.id, session_on(day, ATTENDED, time(11)), form())
    with pytest.raises(InvalidInput, match=offered):
        save(change_session, made, session_on(day, ATTENDED, at))
    assert [each.details.starts_at for each in load(sessions_of, client.id)] == [time(11)]


@pytest.mark.parametrize(
    ("day", "at"),
    [(date(2026, 3, 29), time(1, 59)), (date(2026, 3, 29), time(3)), (date(2025, 10, 26), time(2, 30))],
    ids=["before", "after", "told twice in autumn"],
)
def test_times_beside_a_change_of_the_clocks_are_taken(save, client, day, at):
    assert save(add_session, client.id, session_on(day, ATTENDED, at), form()).details.starts_at == at
