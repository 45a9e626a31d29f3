"""A service that is followed by an error leaves nothing, and none of them writes where only reading is meant."""

import inspect
from contextlib import suppress
from datetime import time
from functools import wraps
from uuid import uuid4

import pytest

from core.errors import Conflict, NotFound, StoreError
from core.model.access import Role
from core.model.audit import Action
from core.model.calendar import EventDetails
from core.model.notes import TypedWords
from core.model.people import DatedPartnerStatus, PartnerStatus
from core.model.profile import Goals, QuestionnairePlans
from core.model.profile_items import QuestionnairePlan
from core.model.responses import SafetyAction, SafetyReviewDetails
from core.services import (
    accounts,
    audit_trail,
    calendar,
    check_ins,
    clients,
    handouts,
    profiles,
    questionnaire_plans,
    questionnaires,
    session_notes,
    sharing,
)
from core.services.progress import review_client
from core.store import audit, notes
from tests.builders import check_in
from tests.services.entries import DAY, PLANNED, details, form, phq9_answers, session_on

READERS = {
    "list_clients", "get_client", "look_alikes", "sessions_of", "session_of_today", "events_of", "check_ins_of",
    "check_in_history", "propose_period", "last_covered_day", "warn_about", "scored_responses", "open_note", "notes_of",
    "response_history", "questionnaire_plans", "due_questionnaires", "client_profile", "client_formulation",
    "block_history", "handouts_given", "lists_asked_about", "looked_lately", "who_looked", "clock_problem",
    "list_accounts", "is_alone", "client_access", "possible_readers", "possible_therapists",
}  # fmt: skip


@pytest.fixture
def attempts(save, client, catalogue, phq9):
    """Every service that writes, ready to be run on a practice that has one of everything."""
    words = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words="Spoke about it.")
    partner = DatedPartnerStatus(status=PartnerStatus.PARTNER, since=DAY)
    session = save(calendar.add_session, client.id, session_on(DAY, PLANNED), form())
    event = save(calendar.add_event, client.id, EventDetails(day=DAY, words="New job"), form())
    record = save(check_ins.record_check_in, client.id, check_in(DAY, anxiety=7), form())
    response = save(questionnaires.record_response, client.id, phq9, phq9_answers(item9=1), form())
    plans = QuestionnairePlans(plans=(QuestionnairePlan(questionnaire="phq9", every_days=28, since=DAY),))
    given = save(handouts.give_handout, catalogue, client.id, handout="ho_loop", day=DAY, request_id=form())

    @wraps(profiles.save_block)
    def save_block(work):
        profiles.save_block(work, catalogue, client.id, Goals(), seen=0, held_from=DAY)

    @wraps(handouts.give_handout)
    def give_handout(work):
        handouts.give_handout(work, catalogue, client.id, handout="ho_body", day=DAY, request_id=form())

    draft = save(session_notes.start_note, catalogue, session, "soap", form())
    content = session_notes.note_content(catalogue.note_templates["soap"], (), {"plan": "Own words."})
    written = save(notes.save_draft, draft.id, content, draft.revision)
    signed = save(session_notes.start_note, catalogue, session, "soap", form())
    signed = save(notes.save_draft, signed.id, content, signed.revision)
    signed = save(session_notes.sign_note, signed.id, signed.revision)
    reader, leaver, other = (
        save(accounts.add_account, name, role)
        for name, role in (("Dr R", Role.SUPERVISOR), ("Dr L", Role.ASSISTANT), ("Dr O", Role.THERAPIST))
    )
    save(sharing.share_client, client.id, reader.id)
    return {
        clients.add_client: (details("Somebody new"), form()),
        clients.edit_client: (client, details("Changed")),
        clients.close_client: (client, DAY),
        clients.reopen_client: (client,),
        clients.set_partner_status: (client.id, partner),
        clients.move_start_level: (client.id, DAY),
        calendar.add_session: (client.id, session_on(starts_at=time(15)), form()),
        calendar.change_session: (session, session_on()),
        calendar.attend_today: (client.id, form()),
        calendar.add_event: (client.id, EventDetails(day=DAY, words="Other"), form()),
        calendar.remove_event: (event.id,),
        check_ins.record_check_in: (client.id, check_in(DAY, anxiety=1), form()),
        check_ins.correct_check_in: (record.ref, check_in(DAY, anxiety=1), "misheard"),
        check_ins.withdraw_check_in: (record.ref,),
        questionnaires.record_response: (client.id, phq9, phq9_answers(), form()),
        questionnaires.correct_response: (response.ref, phq9, phq9_answers(), "misread"),
        questionnaires.withdraw_response: (response.ref,),
        questionnaire_plans.plan_questionnaires: (catalogue, client.id, plans, 0),
        questionnaires.review_safety_item: (response.ref, words),
        session_notes.start_note: (catalogue, session, "dap", form()),
        session_notes.save_statements: (
            catalogue,
            draft.id,
            session_notes.Chosen(template="dap", statements=()),
            written.revision,
        ),
        session_notes.save_words: (
            catalogue,
            TypedWords(note_id=draft.id, section="plan", text="More.", base=1, window=form(), sent=1),
        ),
        session_notes.sign_note: (draft.id, written.revision),
        session_notes.add_addendum: (signed.id, "More", "left out", form()),
        session_notes.discard_draft: (written,),
        save_block: (),
        give_handout: (),
        handouts.undo_handout: (given.id,),
        audit_trail.looked_at: (client.id, "review"),
        audit_trail.record_act: (Action.BACK_UP,),
        audit_trail.record_export: (client.id,),
        accounts.add_account: ("Dr New", Role.THERAPIST),
        accounts.change_role: (leaver.id, Role.SUPERVISOR),
        accounts.note_new_code: (leaver.id,),
        accounts.end_account: (leaver.id,),
        sharing.share_client: (client.id, other.id),
        sharing.stop_sharing: (client.id, reader.id),
        sharing.hand_over: (client.id, other.id),
    }


@pytest.fixture
def everything(load, client, catalogue):
    """All that is known of the client, and the audit trail."""
    return lambda: (
        load(clients.list_clients),
        load(review_client, catalogue, client.id),
        load(profiles.client_formulation, catalogue, client.id),
        load(audit.all),
        load(accounts.list_accounts),
        load(sharing.client_access, client.id),
    )


def test_every_service_that_takes_a_unit_of_work_is_tried_here(attempts):
    tried = {service.__name__ for service in attempts}
    for module in (
        accounts,
        audit_trail,
        calendar,
        check_ins,
        clients,
        handouts,
        profiles,
        questionnaire_plans,
        questionnaires,
        session_notes,
        sharing,
    ):
        for name, service in inspect.getmembers(module, inspect.isfunction):
            if service.__module__ == module.__name__ and not name.startswith("_"):
                takes_work = next(iter(inspect.signature(service).parameters), None) == "work"
                assert not takes_work or name in tried | READERS, name


def test_error_after_a_service_wrote_leaves_nothing(attempts, everything, store, actor):
    before = everything()
    for service, arguments in attempts.items():
        with pytest.raises(NotFound), store.writing(actor) as work:
            _write_and_stumble(work, service, arguments)
        assert everything() == before, service.__name__


def test_service_without_a_commit_leaves_nothing(attempts, everything, store, actor):
    before = everything()
    with store.writing(actor) as work:
        clients.add_client(work, details("Lost"), form())
    assert everything() == before


def test_service_refuses_to_write_in_a_unit_of_work_that_reads(attempts, everything, load):
    before = everything()
    for service, arguments in attempts.items():
        with pytest.raises(StoreError, match="reading only"):
            load(service, *arguments)
        assert everything() == before, service.__name__


def test_service_that_writes_leaves_one_line_in_the_trail(attempts, everything, store, actor):
    before = len(everything()[3])
    for service, arguments in attempts.items():
        with store.writing(actor) as work:
            service(work, *arguments)
            assert len(audit.all(work)) == before + 1, service.__name__


def test_what_every_service_writes_fits_its_seal_in_the_trail(attempts, store, actor):
    for service, arguments in attempts.items():
        with suppress(Conflict), store.writing(actor) as work:  # one that an earlier one was quicker than
            service(work, *arguments)
            work.commit()
        assert store.trail.check(actor.practice_id, None).problems == (), service.__name__


def _write_and_stumble(work, service, arguments):
    service(work, *arguments)
    clients.get_client(work, uuid4())
