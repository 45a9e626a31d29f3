"""Screens for who reads a client's record and does not write it: nothing is offered that would only be refused."""

import pytest
from streamlit.testing.v1 import AppTest

from core.model.access import Role
from core.model.calendar import SessionDetails, SessionStatus
from core.model.people import Actor, Client, ClientDetails
from core.model.profile import Observations
from core.model.profile_items import ProfileItem
from core.model.prompts import REPEATS_ACROSS
from core.services import clients, sharing
from core.services.calendar import add_event, add_session
from core.store import profiles
from dashboard import runtime, selection
from dashboard.runtime import Workplace
from tests.builders import event
from tests.screens.conftest import CANARY, PASSPHRASE, Enter, Open, act, buttons, shown
from tests.store.entries import request

WRITES = ("Add", "Correct", "Edit", "Considered", "Plan", "Save", "Start note", "Take", "Undo", "Write", "Remove")
SCREENS = ("review", "questionnaires", "sessions", "notes", "profile")


@pytest.fixture
def full(practice: Workplace, filled: Client) -> Client:
    """The same client with an event, an observation in the profile, and the prompt that follows from it."""
    noted = Observations(items=(ProfileItem(id=request(), words="twice before", entry=REPEATS_ACROSS),))
    with practice.store.writing(practice.actor) as work:
        add_event(work, filled.id, event(work.today).details, request())
        profiles.save(work, filled.id, noted, seen=0, held_from=work.today)
        work.commit()
    return filled


def written_with(at: AppTest) -> set[str]:
    """The labels of everything on the screen by which a record is written."""
    fields = [*at.text_input, *at.text_area, *at.date_input]
    return {each.label for each in fields} | {label for label in buttons(at) if label.startswith(WRITES)}


def sit_down(practice: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner is at the screen again."""
    door = runtime.door()
    _, token = runtime.presences().enter(lambda: door.unlock(practice.actor.name, PASSPHRASE), instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)


def test_reader_of_a_shared_client_is_offered_nothing_that_writes(
    enter: Enter, full: Client, open_page: Open, practice: Workplace
) -> None:
    reader = enter(Role.THERAPIST)
    act(practice, sharing.share_client, full.id, reader.id)
    for screen in SCREENS:
        at = open_page(screen, full.id)
        assert "open to you for reading." in shown(at), screen
        assert "You can change" not in shown(at), screen
        assert written_with(at) == set(), screen
    labels = [each.label for each in open_page("review", full.id).expander]
    assert [each for each in labels if "Repeats across relationships" in each]
    [note] = [each for each in open_page("notes", full.id).button if each.label.startswith("Open n")]
    at = note.click().run()
    assert CANARY in shown(at)
    assert written_with(at) == set()
    assert not {"Export a client or the practice", "Erase the open client"} & buttons(open_page("settings", full.id))


def test_writer_of_the_same_client_is_offered_it_all(full: Client, open_page: Open) -> None:
    offered = {label for screen in SCREENS for label in written_with(open_page(screen, full.id))}
    assert {"Correct c1", "Considered", "Write what was done", "Edit core beliefs", "Add event", "Plan it"} <= offered
    assert "open to you for reading" not in shown(open_page("review", full.id))


def test_owner_is_offered_what_may_be_changed_about_a_colleague_s_client(
    enter: Enter, full: Client, open_page: Open, practice: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = enter(Role.THERAPIST)
    act(practice, sharing.hand_over, full.id, colleague.id)
    sit_down(practice, monkeypatch)
    assert written_with(open_page("review", full.id)) == set()
    assert written_with(open_page("questionnaires", full.id)) == set()
    at = open_page("sessions", full.id)
    assert "You can change sessions and what is written about the client" in shown(at)
    assert {each for each in written_with(at) if each.startswith("Add")} == {"Add session"}
    at = open_page("profile", full.id)
    assert not [each for each in buttons(at) if each.startswith("Edit")]
    assert {"Save changes", "Close this record"} <= buttons(at)
    assert not {"Save start level", "Save phases", "Save what was agreed", "Save number"} & buttons(at)


def test_form_that_was_open_when_the_right_to_write_went_keeps_its_words(
    enter: Enter, full: Client, open_page: Open, practice: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague = enter(Role.THERAPIST)
    sit_down(practice, monkeypatch)
    at = open_page("profile", full.id)
    at.button(key="edit_hypothesis").click().run()
    at.text_area[0].input(CANARY)
    act(practice, sharing.hand_over, full.id, colleague.id)
    at.button(key="save_hypothesis").click().run()
    assert "open to you for reading alone" in at.error[0].value
    assert at.text_area[0].value == CANARY


def whose(at: AppTest) -> list[str]:
    return list(at.dataframe[0].value.get("Therapist", []))


def a_session(practice: Workplace, client: Client, actor: Actor) -> None:
    details = SessionDetails(day=runtime.today(), starts_at=None, minutes=50, status=SessionStatus.PLANNED)
    with practice.store.writing(actor) as work:
        add_session(work, client.id, details, request())
        work.commit()


def test_today_of_the_owner_says_whose_client_each_is_and_offers_what_goes(
    enter: Enter, client: Client, open_page: Open, practice: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_page()
    assert whose(at) == []
    assert next(each for each in at.selectbox if each.label == "Find client").options == ["Ada"]
    colleague = enter(Role.THERAPIST)
    theirs = runtime.save(clients.add_client, ClientDetails(name="Bea", started_on=runtime.today()), request())
    closed = runtime.save(clients.add_client, ClientDetails(name="Cleo", started_on=runtime.today()), request())
    runtime.save(clients.close_client, closed, runtime.today())
    a_session(practice, theirs, colleague)
    a_session(practice, client, practice.actor)
    sit_down(practice, monkeypatch)
    at = open_page()
    assert sorted(whose(at)) == sorted([practice.actor.name, colleague.name])
    finder = next(each for each in at.selectbox if each.label == "Find client")
    assert f"Ada · {practice.actor.name}" in finder.options
    assert f"Cleo (closed) · {colleague.name}" in finder.options
    assert "**Bea**  \n:small[:gray[The therapist]]" in shown(at)
    assert [each.label for each in at.button].count("Review") == 2
    assert [each.label for each in at.button].count("Check-in") == 1
    enter(Role.ASSISTANT)
    assert colleague.name in shown(open_page())


def test_assistant_beside_one_therapist_reads_no_names_of_therapists(
    enter: Enter, client: Client, open_page: Open, practice: Workplace
) -> None:
    enter(Role.ASSISTANT)
    a_session(practice, client, practice.actor)
    at = open_page()
    assert "Ada" in shown(at)
    assert practice.actor.name not in shown(at)
    at = open_page("sessions", client.id)
    assert selection.CLIENT in at.session_state
    assert "open to you for reading" not in shown(at)
