"""Days that look like a slip: asked about beside their field, saved once confirmed, and nothing typed is lost."""

from datetime import date, timedelta
from html import unescape

from streamlit.testing.v1 import AppTest

from core.model.people import Client
from core.model.profile import BlockKind
from core.services.calendar import events_of, sessions_of
from core.services.check_ins import check_ins_of
from core.services.clients import list_clients
from core.services.profiles import client_profile
from core.services.questionnaires import scored_responses
from dashboard import runtime
from dashboard.runtime import Workplace
from tests.screens.conftest import Open

LONG_AGO = date(1990, 1, 1)
BOX = "1 Jan 1990 is right"


def field(at: AppTest, label: str, place: int = 0) -> AppTest:
    return [each for each in at.date_input if each.label == label][place]


def press(at: AppTest, label: str) -> AppTest:
    next(each for each in at.button if each.label == label).click()
    return at.run()


def confirm(at: AppTest, box: str = BOX) -> None:
    next(each for each in at.checkbox if each.label == box).check()


def asked(at: AppTest) -> list[str]:
    return [each.value for each in at.warning if "Is the day right?" in each.value]


def refused(at: AppTest) -> str:
    return unescape("\n".join(each.value for each in at.error))


def test_session_long_before_the_work_began_is_asked_about_and_kept_once_confirmed(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    at = open_page("sessions", client.id)
    field(at, "Day").set_value(LONG_AGO)
    next(each for each in at.text_input if each.label == "Minutes").input("35")
    press(at, "Add session")
    assert "before the work with this client began" in asked(at)[0]
    assert f"tick “{BOX}”" in refused(at)
    assert runtime.load(sessions_of, client.id) == ()
    assert next(each for each in at.text_input if each.label == "Minutes").value == "35"
    confirm(at)
    press(at, "Add session")
    [session] = runtime.load(sessions_of, client.id)
    assert (session.details.day, session.details.minutes) == (LONG_AGO, 35)


def test_box_confirms_one_day_and_not_the_next(practice: Workplace, client: Client, open_page: Open) -> None:
    at = open_page("sessions", client.id)
    field(at, "Day").set_value(LONG_AGO)
    press(at, "Add session")
    confirm(at)
    field(at, "Day").set_value(date(1991, 1, 1))
    press(at, "Add session")
    assert "1 Jan 1991" in refused(at)
    assert runtime.load(sessions_of, client.id) == ()
    field(at, "Day").set_value(runtime.today())
    press(at, "Add session")
    assert asked(at) == []
    assert len(runtime.load(sessions_of, client.id)) == 1


def test_session_planned_far_ahead_is_asked_about_and_one_attended_ahead_stays_refused(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    ahead = runtime.today() + timedelta(days=800)
    at = open_page("sessions", client.id)
    field(at, "Day").set_value(ahead)
    press(at, "Add session")
    assert "ahead" in asked(at)[0]
    next(each for each in at.checkbox if each.label.endswith("is right")).check()
    press(at, "Add session")
    assert "still to come" in refused(at)
    next(each for each in at.selectbox if each.label == "It was").select("planned")
    press(at, "Add session")
    assert [each.details.day for each in runtime.load(sessions_of, client.id)] == [ahead]


def test_event_of_a_life_is_asked_about_only_before_birth_or_long_ago(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    at = open_page("sessions", client.id)
    for day in (LONG_AGO, date(1900, 1, 1)):
        field(at, "Day", 1).set_value(day)
        next(each for each in at.text_input if each.label == "What happened").input("moved house")
        press(at, "Add event")
    assert "1 Jan 1900 lies" in asked(at)[0]
    assert [each.details.day for each in runtime.load(events_of, client.id)] == [LONG_AGO]
    assert next(each for each in at.text_input if each.label == "What happened").value == "moved house"


def test_check_in_years_before_the_client_was_added_is_asked_about_at_once(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    at = open_page("check_in", client.id)
    field(at, "Last day of the period").set_value(LONG_AGO)
    at.text_area[0].input("long ago").run()
    assert len(asked(at)) == 1
    press(at, "Save check-in")
    assert f"tick “{BOX}”" in refused(at)
    assert at.text_area[0].value == "long ago"
    assert runtime.load(check_ins_of, client.id) == ()
    confirm(at)
    press(at, "Save check-in")
    [saved] = runtime.load(check_ins_of, client.id)
    assert saved.content.period_end == LONG_AGO


def test_questionnaire_of_long_ago_is_asked_about(practice: Workplace, client: Client, open_page: Open) -> None:
    at = open_page("questionnaires", client.id)
    field(at, "Date").set_value(LONG_AGO)
    at.text_input[0].input("1112110").run()
    press(at, "Save questionnaire")
    assert f"tick “{BOX}”" in refused(at)
    confirm(at)
    press(at, "Save questionnaire")
    assert [each.day for each in runtime.load(scored_responses, runtime.catalogue(), client.id)] == [LONG_AGO]


def test_start_and_birth_that_are_unlikely_are_asked_about_together(practice: Workplace, open_page: Open) -> None:
    at = open_page("new_client")
    next(each for each in at.text_input if each.label == "Name shown").input("Ada")
    next(each for each in at.text_input if each.label.startswith("Birth year")).input("1988")
    field(at, "Start date").set_value(LONG_AGO).run()
    assert "years back" in asked(at)[0]
    assert any("about 2 when the work began" in each.value for each in at.warning)
    press(at, "Add client")
    assert runtime.load(list_clients) == ()
    confirm(at)
    at.run()
    press(at, "Add client")
    assert "tick “1988 is right”" in refused(at)
    confirm(at, "1988 is right")
    press(at, "Add client")
    [client] = runtime.load(list_clients)
    assert (client.details.started_on, client.details.birth_year) == (LONG_AGO, 1988)


def test_day_of_a_profile_block_is_asked_about_and_its_words_stay(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    at = open_page("profile", client.id)
    at.button(key="edit_hypothesis").click().run()
    at.text_area[0].input("a working idea")
    field(at, "Holds from").set_value(date(1950, 1, 1)).run()
    at.button(key="save_hypothesis").click().run()
    assert "tick “1 Jan 1950 is right”" in refused(at)
    assert at.text_area[0].value == "a working idea"
    confirm(at, "1 Jan 1950 is right")
    at.button(key="save_hypothesis").click().run()
    assert runtime.load(client_profile, client.id).version(BlockKind.HYPOTHESIS) == 1


def test_day_outside_all_records_is_refused_and_breaks_nothing(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    at = open_page("check_in", client.id)
    field(at, "Last day of the period").set_value(date(1850, 5, 21)).run()
    press(at, "Save check-in")
    assert not at.exception
    assert "21 May 1850 was given; days from 1 Jan 1900 to 31 Dec 2199 are taken" in refused(at)
    assert runtime.load(check_ins_of, client.id) == ()
