"""Questionnaires: enter a paper form without mistakes, see what was entered, and what is due."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from core.model.access import Act
from core.model.profile import DatedBlock
from core.model.questionnaire_definitions import Questionnaire
from core.model.records import Recorded, RecordRef
from core.model.responses import Response, SafetyReview, SafetyReviewDetails
from core.model.review import DueQuestionnaire, ScoredResponse
from core.services.access import acts_on
from core.services.clients import get_client
from core.services.questionnaire_plans import due_questionnaires, plan_questionnaires, questionnaire_plans
from core.services.questionnaires import (
    correct_response,
    preview_entered,
    preview_score,
    read_answers,
    read_totals,
    record_response,
    response_history,
    review_safety_item,
    scored_responses,
    withdraw_response,
)
from core.services.sharing import client_access
from dashboard import runtime, selection
from dashboard.components.correction import correction_row
from dashboard.components.due_forms import due_rows, plan_form, plan_rows, with_plan, without_plan
from dashboard.components.filled import filled
from dashboard.components.forms_list import forms_list
from dashboard.components.messages import attempt
from dashboard.components.page import header, needed_client
from dashboard.components.response_entry import Draft, Scoring, response_entry
from dashboard.components.response_form import being_corrected, choose_form, form_heading, offered
from dashboard.components.safety_stop import safety_stop, tell_therapist
from dashboard.components.scores import saved_line

SCORING = Scoring(
    read_answers=read_answers, read_totals=read_totals, score_answers=preview_score, score_totals=preview_entered
)


def show(client_id: UUID) -> None:
    """Draw the form and what was entered before; a safety item that awaits words stops everything else."""
    client = runtime.load(get_client, client_id)
    responses = runtime.load(scored_responses, runtime.catalogue(), client_id)
    due = runtime.load(due_questionnaires, runtime.catalogue(), client_id)
    stopped = next((scored for scored in responses if scored.response.ref.id == selection.stopped_for()), None)
    acts = runtime.load(acts_on, client_id)
    if stopped is not None and stopped.awaits_review and Act.WRITE_RECORD in acts:
        safety_stop(stopped, partial(_write_review, stopped.response.ref))
    edited = being_corrected(responses)
    if stopped is not None and stopped.awaits_review and Act.WRITE_RECORD not in acts:
        tell_therapist(stopped, runtime.load(client_access, client_id).therapist)
    if Act.WRITE_FORMS not in acts:
        header(f"{client.details.name}: questionnaires", "Filled in so far.")
        filled(responses, _history, writes=False)
        return
    form = f"response_{client_id}_{edited.ref.label if edited else 'new'}"
    line = (
        f"Correcting {edited.ref.label}. The earlier version is kept." if edited else "For a form filled in on paper."
    )
    [place] = header(f"{client.details.name}: questionnaires", line, actions=1)
    _saved(responses)
    if edited is None:
        due_rows(due, partial(choose_form, str(selection.form_id(form))))
    _entry(place, client_id, form, edited, responses)
    _filled(form, responses)
    if edited is None:
        _plan(client_id, due)
    if not responses:
        forms_list(runtime.catalogue().questionnaires)


def _entry(
    place: st.delta_generator.DeltaGenerator,
    client_id: UUID,
    form: str,
    edited: Recorded[Response] | None,
    responses: Sequence[ScoredResponse],
) -> None:
    key = str(selection.form_id(form))
    pressed = place.button("Save questionnaire", type="primary", key=f"save_{key}")
    answer_place = st.container()
    before = edited.content if edited else None
    heading = form_heading(offered(responses, edited), key, runtime.today(), before)
    reason = _correct(edited, key) if edited else ""
    draft = response_entry(SCORING, heading, key, before)
    if not pressed:
        return
    with answer_place:
        saved = attempt(lambda: _save(client_id, heading.questionnaire, draft, edited, reason))
    if saved is not None:
        selection.close_form(form)
        selection.edit_record(None)
        selection.stop_for(saved.ref.id)
        selection.leave_message("response_saved", record_id=saved.ref.id)
        st.rerun()


def _correct(edited: Recorded[Response], key: str) -> str:
    """Draw what a correction needs besides the form; return its reason."""
    correction = correction_row(edited.ref, key)
    leave = correction.leave
    if correction.withdraw:
        leave = attempt(lambda: runtime.save(withdraw_response, edited.ref, correction.reason)) is not None
    if leave:
        selection.edit_record(None)
        st.rerun()
    return correction.reason


def _save(
    client_id: UUID, questionnaire: Questionnaire, draft: Draft, edited: Recorded[Response] | None, reason: str
) -> Recorded[Response]:
    response = draft()
    if edited is not None:
        return runtime.save(correct_response, edited.ref, questionnaire, response, reason)
    request_id = selection.form_id(f"response_{client_id}_new")
    return runtime.save(record_response, client_id, questionnaire, response, request_id)


def _write_review(ref: RecordRef, details: SafetyReviewDetails) -> SafetyReview:
    return runtime.save(review_safety_item, ref, details)


def _saved(responses: Sequence[ScoredResponse]) -> None:
    message = selection.message()
    if message and message["kind"] == "response_saved":
        saved_line([scored for scored in responses if scored.response.ref.id == message["record_id"]])


def _history(record_id: UUID) -> tuple[ScoredResponse, ...]:
    return runtime.load(response_history, runtime.catalogue(), record_id)


def _filled(form: str, responses: Sequence[ScoredResponse]) -> None:
    corrected = filled(responses, _history, writes=True)
    if corrected is not None:
        selection.close_form(form)
        selection.edit_record(corrected)
        st.rerun()


def _plan(client_id: UUID, due: Sequence[DueQuestionnaire]) -> None:
    forms = runtime.catalogue().questionnaires
    plans, seen = runtime.load(questionnaire_plans, client_id)
    taken_off = plan_rows(due)
    added = plan_form(forms, f"plan_{client_id}_{seen}", runtime.today())

    def save() -> DatedBlock:
        changed = with_plan(plans, added()) if added else without_plan(plans, taken_off or "")
        return runtime.save(plan_questionnaires, runtime.catalogue(), client_id, changed, seen)

    if (added or taken_off) and attempt(save) is not None:
        st.rerun()


show(needed_client())
