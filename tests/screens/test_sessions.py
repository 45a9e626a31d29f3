"""Sessions and events: added, changed, refused."""

from collections.abc import Callable
from datetime import timedelta

from streamlit.testing.v1 import AppTest

from core.model.calendar import Event, Session, SessionStatus
from core.model.people import Client
from core.services.calendar import events_of, sessions_of
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]


def sessions(practice: Workplace, client: Client) -> tuple[Session, ...]:
    with practice.store.reading(practice.actor) as work:
        return sessions_of(work, client.id)


def events(practice: Workplace, client: Client) -> tuple[Event, ...]:
    with practice.store.reading(practice.actor) as work:
        return events_of(work, client.id)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_session_of_today_is_recorded(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("sessions", client.id)
    press(at, "Add session")
    assert not at.exception
    [session] = sessions(practice, client)
    assert (session.details.status, session.details.minutes) == (SessionStatus.ATTENDED, 50)


def test_session_to_come_cannot_be_attended_yet(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("sessions", client.id)
    at.date_input[0].set_value(client.details.started_on + timedelta(days=3))
    press(at, "Add session")
    assert "still to come" in at.error[0].value
    assert sessions(practice, client) == ()


def test_session_of_no_minutes_is_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("sessions", client.id)
    next(box for box in at.text_input if box.label == "Minutes").input("0")
    press(at, "Add session")
    assert "1 to 480 minutes are taken" in at.error[0].value
    assert sessions(practice, client) == ()


def test_status_chosen_in_the_list_is_kept(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("sessions", client.id)
    press(at, "Add session")
    next(box for box in at.selectbox if box.label == "Session 1 was").select("missed").run()
    assert sessions(practice, client)[0].details.status is SessionStatus.MISSED


def test_event_is_added_and_taken_off_the_axis(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("sessions", client.id)
    next(box for box in at.text_input if box.label == "What happened").input("new job")
    press(at, "Add event")
    assert [event.details.words for event in events(practice, client)] == ["new job"]
    press(at, "Remove")
    assert events(practice, client) == ()


def test_event_without_words_is_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("sessions", client.id)
    press(at, "Add event")
    assert "The event is empty" in at.error[0].value
    assert events(practice, client) == ()


def test_status_chosen_elsewhere_is_told_and_not_overwritten(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    here = open_page("sessions", client.id)
    press(here, "Add session")
    there = open_page("sessions", client.id)
    next(box for box in there.selectbox if box.label == "Session 1 was").select("missed").run()
    next(box for box in here.selectbox if box.label == "Session 1 was").select("cancelled").run()
    assert ["was changed elsewhere" in each.value for each in here.warning] == [True]
    assert sessions(practice, client)[0].details.status is SessionStatus.MISSED
