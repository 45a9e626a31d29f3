"""Today and the review, empty and full, and what happens without a choice."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.model.calendar import SessionDetails, SessionStatus
from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer, Source
from core.model.people import Client
from core.services.calendar import add_session, sessions_of
from core.services.check_ins import check_ins_of, correct_check_in, record_check_in
from core.services.clients import add_client, close_client
from core.store.sqlite import connect
from dashboard import runtime, selection
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]


def shown(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


@pytest.fixture
def recorded(practice: Workplace, client: Client) -> Client:
    """A check-in of the last seven days and a session today."""
    with practice.store.writing(practice.actor) as work:
        content = CheckIn(
            period_end=work.today,
            period_days=7,
            source=Source.CLIENT_IN_SESSION,
            anxiety_average=6,
            reassurance_count=0,
            signs={"ws_checking": SignAnswer.OFTEN},
        )
        record_check_in(work, client.id, content, uuid4())
        planned = SessionDetails(day=work.today, starts_at=None, minutes=50, status=SessionStatus.PLANNED)
        add_session(work, client.id, planned, uuid4())
        work.commit()
    return client


def test_earlier_versions_of_a_check_in_are_read_on_the_review(
    open_page: Open, practice: Workplace, recorded: Client
) -> None:
    with practice.store.writing(practice.actor) as work:
        (first,) = check_ins_of(work, recorded.id)
        correct_check_in(work, first.ref, replace(first.content, anxiety_average=4), "misheard *it*")
        work.commit()
    at = open_page("review", recorded.id)
    assert "anxiety average 6" not in shown(at)
    at.button(f"versions_{first.ref.id}").click().run()
    told = shown(at)
    assert "because: misheard &#42;it&#42;" in told
    assert (
        told.index("Version 2, written")
        < told.index("anxiety average 4", told.index("Version 2"))
        < told.index("Version 1, written")
        < told.index("anxiety average 6")
    )
    at.button(f"versions_{first.ref.id}").click().run()
    assert "Version 1, written" not in shown(at)


@pytest.mark.usefixtures("practice")
def test_today_without_clients_says_what_to_do(open_page: Open) -> None:
    assert "No clients yet" in shown(open_page())


def test_today_lists_the_session_and_the_client(open_page: Open, recorded: Client) -> None:
    at = open_page()
    assert "no time" in shown(at)
    assert at.dataframe[0].value["Client"].tolist() == [recorded.details.name]
    assert at.dataframe[0].value["Recorded"].tolist() == ["today"]


def test_review_of_a_new_client_draws_no_empty_chart(open_page: Open, client: Client) -> None:
    at = open_page("review", client.id)
    assert "Nothing recorded yet" in shown(at)
    assert "Signs now" not in shown(at)


def test_review_shows_what_was_recorded_and_never_a_zero_for_a_blank(open_page: Open, recorded: Client) -> None:
    at = open_page("review", recorded.id)
    ledger = at.table[0].value
    assert ledger["This period"].tolist() == ["average **6**", "none recorded", "not asked"]
    assert "Not enough recorded" in shown(at)


def test_course_is_there_as_a_table_too(open_page: Open, recorded: Client) -> None:
    at = open_page("review", recorded.id)
    next(each for each in at.toggle if each.label == "As a table").set_value(True).run()
    assert not at.exception
    assert "6" in at.dataframe[0].value["Anxiety, average"].tolist()


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("page", ["review", "check_in", "questionnaires", "sessions", "notes", "note", "profile"])
def test_page_of_a_client_without_a_choice_leads_to_today(page: str, open_page: Open) -> None:
    assert "No client chosen" in shown(open_page(page))


@pytest.mark.usefixtures("practice")
def test_client_that_is_gone_is_not_a_fault(open_page: Open) -> None:
    assert "No client chosen" in shown(open_page("review", uuid4()))


def test_settings_say_where_the_data_live_and_by_which_rule(open_page: Open, practice: Workplace) -> None:
    at = open_page("settings")
    assert practice.store.location_label in [text.value for text in at.text]
    assert "14 asked days" in shown(at.button(key="explain_settings").click().run())


def test_closed_record_is_found_on_today(open_page: Open, practice: Workplace, recorded: Client) -> None:
    with practice.store.writing(practice.actor) as work:
        close_client(work, recorded, work.today)
        work.commit()
    at = open_page()
    finder = at.selectbox(key="find_client")
    assert finder.options == ["Ada (closed)"]
    finder.select("Ada (closed)").run()
    assert any(text.value == "# Ada" for text in at.markdown)


def test_clients_with_one_name_are_told_apart_by_their_codes(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    with practice.store.writing(practice.actor) as work:
        other = add_client(work, client.details, uuid4())
        work.commit()
    at = open_page()
    finder = at.selectbox(key="find_client")
    assert sorted(finder.options) == sorted(f"Ada, {each.code}" for each in (client, other))
    finder.select(f"Ada, {other.code}").run()
    assert at.session_state[selection.CLIENT] == other.id


def test_check_in_from_today_is_a_new_one_after_a_correction_was_left(open_page: Open, recorded: Client) -> None:
    at = open_page("review", recorded.id)
    next(button for button in at.button if button.label == "Correct c1").click().run()
    assert "Correcting c1" in shown(at)
    at.switch_page("screens/today.py").run()
    next(button for button in at.button if button.label == "Check-in").click().run()
    assert "Leave blank what you did not ask" in shown(at)
    assert "Correcting c1" not in shown(at)


def test_refused_attendance_is_told_and_the_saved_line_stays(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("check_in", client.id)
    next(each for each in at.button_group if each.label == "Anxiety, average").set_value(4)
    next(button for button in at.button if button.label == "Save check-in").click().run()
    at.switch_page("screens/review.py").run()
    opened = runtime.door().open
    assert opened is not None
    with closing(connect(opened.path, key=opened.key)) as other_program:
        other_program.execute("BEGIN IMMEDIATE")
        at.button(key="attend_today").click().run()
        other_program.execute("ROLLBACK")
    assert "in use by somebody else" in at.error[0].value
    assert "Saved c1." in shown(at)
    at.button(key="attend_today").click().run()
    assert not at.error
    with practice.store.reading(practice.actor) as work:
        assert [session.details.status for session in sessions_of(work, client.id)] == [SessionStatus.ATTENDED]


def test_sign_that_was_not_asked_is_not_read_as_the_measure_of_that_name(open_page: Open, recorded: Client) -> None:
    at = open_page("review", recorded.id)
    assert "**Not asked** distortions; the signs reassurance, jealousy" in shown(at)
    assert "signs not asked: reassurance, jealousy" in shown(at)
