"""Screens for people who are not the owner: what they are offered, what they see, and what they are refused."""

import pytest
from streamlit.testing.v1 import AppTest

from core.model.access import Role
from core.model.people import Client, ClientDetails
from core.services import accounts, clients, questionnaires, sharing
from dashboard import runtime, selection, staff
from dashboard.runtime import Workplace
from tests.screens.conftest import CANARY, PASSPHRASE, Enter, Open, act, buttons, shown
from tests.store.entries import request


def offered(at: AppTest) -> list[str]:
    """The labels of the pages at the left."""
    return [each.label for each in at.sidebar if each.type == "page_link"]


def test_assistant_sees_sessions_and_what_is_due_and_no_record(enter: Enter, filled: Client, open_page: Open) -> None:
    enter(Role.ASSISTANT)
    at = open_page()
    assert "Sessions today" in shown(at)
    assert filled.details.name in shown(at)
    assert "New client" not in buttons(at)
    at = open_page("sessions", filled.id)
    assert "Events" not in shown(at)
    assert "Save changes" in buttons(at)
    for screen in ("review", "check_in", "profile", "notes", "note", "new_client"):
        at = open_page(screen, filled.id)
        assert "not open to you" in shown(at), screen
        assert CANARY not in shown(at), screen


def test_assistant_is_offered_sessions_and_questionnaires_alone(enter: Enter, filled: Client, open_page: Open) -> None:
    enter(Role.ASSISTANT)
    at = open_page("sessions", filled.id)
    assert {"Sessions", "Questionnaires"} <= set(offered(at))
    assert not {"Review", "Check-in", "Notes", "Profile"} & set(offered(at))
    at = open_page("settings")
    assert not {"Add somebody", "New recovery code", "Back up now", "Erase the open client"} & buttons(at)


def test_assistant_who_entered_a_safety_item_is_told_whom_to_tell(
    enter: Enter, filled: Client, open_page: Open, practice: Workplace
) -> None:
    with practice.store.reading(practice.actor) as work:
        [scored] = questionnaires.scored_responses(work, runtime.catalogue(), filled.id)
    enter(Role.ASSISTANT)
    at = open_page("questionnaires", filled.id, **{selection.STOP: scored.response.ref.id})
    assert f"Tell {practice.actor.name} now" in shown(at)
    assert "Save questionnaire" in buttons(at)
    assert "Done" not in buttons(at)


def test_supervisor_reads_what_is_shared_and_is_told_that_it_cannot_be_changed(
    enter: Enter, filled: Client, open_page: Open, practice: Workplace
) -> None:
    supervisor = enter(Role.SUPERVISOR)
    assert "Nothing is shared with you yet" in shown(open_page())
    assert "no access" in shown(open_page(None, filled.id))
    act(practice, sharing.share_client, filled.id, supervisor.id)
    at = open_page("review", filled.id)
    assert "open to you for reading" in shown(at)
    assert "**c1**" in shown(at)
    assert not [each for each in buttons(at) if each.startswith(("Start note", "Check-in", "Correct"))]
    assert "Start note" not in buttons(open_page("notes", filled.id))
    at = open_page("sessions", filled.id)
    assert "**s1**" in shown(at)
    assert not {"Add session", "Add event"} & buttons(at)
    at = open_page("profile", filled.id)
    assert "Whose client" in shown(at)
    assert not [each for each in buttons(at) if each.startswith(("Edit", "Stop", "Share", "Save"))]
    at = open_page("questionnaires", filled.id)
    assert "**q1**" in shown(at)
    assert not [each for each in buttons(at) if each.startswith(("Save", "Correct", "Take"))]
    assert "not open to you" in shown(open_page("check_in", filled.id))


def test_therapist_sees_own_clients_and_no_others(
    enter: Enter, filled: Client, open_page: Open, practice: Workplace
) -> None:
    therapist = enter(Role.THERAPIST)
    at = open_page()
    assert "New client" in buttons(at)
    assert filled.details.name not in shown(at)
    act(practice, sharing.hand_over, filled.id, therapist.id)
    at = open_page("profile", filled.id)
    assert "The therapist" in shown(at)
    assert {"Share", "Hand over"} & buttons(at)
    assert {"Export a client or the practice", "Erase the open client"} <= buttons(open_page("settings"))


def test_record_that_was_handed_over_closes_at_the_next_run_with_its_reason(
    enter: Enter, filled: Client, open_page: Open, practice: Workplace
) -> None:
    therapist = enter(Role.THERAPIST)
    act(practice, sharing.hand_over, filled.id, therapist.id)
    at = open_page("review", filled.id)
    assert "Start note" in buttons(at)
    act(practice, sharing.hand_over, filled.id, practice.actor.id)
    at.run()
    assert "no access to this client" in shown(at)
    assert filled.details.name not in shown(at)
    assert runtime.presence().sign_in.client_id is None


def test_role_and_account_that_are_taken_away_hold_at_the_next_run(
    enter: Enter, filled: Client, open_page: Open, practice: Workplace
) -> None:
    assistant = enter(Role.ASSISTANT)
    at = open_page("sessions", filled.id)
    act(practice, accounts.change_role, assistant.id, Role.SUPERVISOR)
    at.run()
    assert "no access" in shown(at)
    staff.end(runtime.door(), practice.actor, assistant.id)
    assert runtime.presence() is None
    at.run()
    assert shown(at) == ""


def test_owner_alone_sees_no_clutter_and_finds_accounts_in_one_closed_place(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    assert "Whose client" not in shown(open_page("profile", client.id))
    at = open_page("settings")
    assert "Accounts" in shown(at)
    assert "Add somebody" in buttons(at)
    assert "Change an account" not in buttons(at)


def test_owner_shares_stops_and_hands_over_at_the_foot_of_the_profile(
    practice: Workplace, client: Client, open_page: Open
) -> None:
    for name, role in (("Sam Reader", Role.SUPERVISOR), ("Dr Next", Role.THERAPIST)):
        act(practice, accounts.add_account, name, role)
    at = open_page("profile", client.id)
    choice = next(each for each in at.selectbox if each.label == "Share with")
    choice.select("Sam Reader, supervisor").run()
    next(each for each in at.button if each.label == "Share").click().run()
    assert "Shared with Sam Reader" in shown(at)
    next(each for each in at.button if each.label == "Stop sharing").click().run()
    assert "Shared with nobody" in shown(at)
    next(each for each in at.selectbox if each.label == "Hand over to").select("Dr Next, therapist").run()
    next(each for each in at.button if each.label == "Hand over").click().run()
    assert act(practice, sharing.client_access, client.id).therapist == "Dr Next"
    assert "open to you for reading" in shown(at)


def test_owner_reads_a_colleague_s_client_and_writes_nothing_clinical(
    enter: Enter, practice: Workplace, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(Role.THERAPIST)
    today = runtime.today()
    theirs = runtime.save(clients.add_client, ClientDetails(name="Bea", started_on=today), request())
    token = runtime.presences().enter(lambda: runtime.door().unlock(practice.actor.name, PASSPHRASE), instead_of=None)[
        1
    ]
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
    at = open_page("review", theirs.id)
    assert "open to you for reading" in shown(at)
    assert "Start note" not in buttons(at)
    offered_here = buttons(open_page("profile", theirs.id))
    assert {"Save changes", "Close this record"} <= offered_here
    assert not {"Save start level", "Save phases", "Edit goals"} & offered_here
