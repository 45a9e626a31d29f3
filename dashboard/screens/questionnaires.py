"""Questionnaires: enter a paper form without mistakes, and see what was entered."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from core.model.questionnaire_definitions import Questionnaire
from core.model.records import Recorded, RecordRef
from core.model.responses import Response, SafetyReview, SafetyReviewDetails
from core.model.review import ScoredResponse
from core.services.clients import get_client
from core.services.questionnaires import (
    correct_response,
    preview_score,
    read_answers,
    record_response,
    review_safety_item,
    scored_responses,
    withdraw_response,
)
from dashboard import runtime, selection
from dashboard.components.correction import correction_row
from dashboard.components.days import needed_day
from dashboard.components.messages import attempt
from dashboard.components.page import header, labelled_row, needed_client, section, small
from dashboard.components.questionnaire_form import (
    Answers,
    AnswerSheet,
    answer_rows,
    answered_line,
    refuse_mistyped,
)
from dashboard.components.safety_stop import safety_stop
from dashboard.components.scores import cut_off_lines, filled, saved_line, score_line


def show(client_id: UUID) -> None:
    """Draw the form and what was entered before; a safety item that awaits words stops everything else."""
    client = runtime.load(get_client, client_id)
    responses = runtime.load(scored_responses, runtime.catalogue(), client_id)
    stopped = next((scored for scored in responses if scored.response.ref.id == selection.stopped_for()), None)
    if stopped is not None and stopped.awaits_review:
        safety_stop(stopped, partial(_write_review, stopped.response.ref))
    edited = next(
        (scored.response for scored in responses if scored.response.ref.id == selection.edited_record()), None
    )
    if edited is not None and _definition(edited) is None:
        selection.edit_record(None)
        st.warning(
            f"{edited.ref.label} cannot be corrected: the definition it was filled in under, version "
            f"{edited.content.questionnaire_version}, is not here. The record is kept as it is."
        )
        edited = None
    form = f"response_{client_id}_{edited.ref.label if edited else 'new'}"
    line = (
        f"Correcting {edited.ref.label}. The earlier version is kept." if edited else "For a form filled in on paper."
    )
    [place] = header(f"{client.details.name}: questionnaires", line, actions=1)
    _saved(responses)
    _entry(place, client_id, form, edited)
    _filled(form, responses)


def _entry(
    place: st.delta_generator.DeltaGenerator, client_id: UUID, form: str, edited: Recorded[Response] | None
) -> None:
    request_id = selection.form_id(form)
    pressed = place.button("Save questionnaire", type="primary", key=f"save_{request_id}")
    answer_place = st.container()
    questionnaire, day, reason = _heading(str(request_id), edited)
    sheet = AnswerSheet(
        key=f"{request_id}_{questionnaire.id}",
        questionnaire=questionnaire,
        read=partial(read_answers, questionnaire),
        initial=edited.content.answers if edited else {},
    )
    answers = answer_rows(sheet)
    _preview(questionnaire, answers)
    if not pressed:
        return

    def save() -> Recorded[Response]:
        refuse_mistyped(sheet)
        return _save(client_id, questionnaire, day, answers, edited, reason)

    with answer_place:
        saved = attempt(save)
    if saved is not None:
        selection.close_form(form)
        selection.edit_record(None)
        selection.stop_for(saved.ref.id)
        selection.leave_message("response_saved", record_id=saved.ref.id)
        st.rerun()


def _heading(key: str, edited: Recorded[Response] | None) -> tuple[Questionnaire, object, str]:
    known = _offered(edited)
    section("Form")
    with labelled_row("Questionnaire", "date it was filled in"), st.container(horizontal=True):
        chosen = edited.content.questionnaire if edited else None
        code = st.segmented_control(
            "Questionnaire", list(known), format_func=lambda each: known[each].short_name, required=True,
            default=chosen or next(iter(known)), key=f"{key}_which", label_visibility="collapsed", wrap=True,
            disabled=edited is not None,
        )  # fmt: skip
        day = st.date_input(
            "Date", value=edited.content.day if edited else runtime.today(), format="DD/MM/YYYY", key=f"{key}_day",
            label_visibility="collapsed", width=150,
        )  # fmt: skip
    reason = _correct(edited, key) if edited else ""
    questionnaire = known[code or next(iter(known))]
    small(f"{questionnaire.name}. {questionnaire.licence}")
    if questionnaire.unchecked:
        small(f"From memory, not checked: {', '.join(fact.replace('_', ' ') for fact in questionnaire.unchecked)}.")
    return questionnaire, day, reason


def _offered(edited: Recorded[Response] | None) -> dict[str, Questionnaire]:
    """The forms whose items can be entered; a correction has its own, in the version it was filled in under."""
    own = _definition(edited) if edited else None
    if own is not None:
        return {own.id: own}
    every = runtime.catalogue().questionnaires.values()
    return {each.id: each for each in every if each.items and each.ships == "topics"}


def _definition(response: Recorded[Response]) -> Questionnaire | None:
    content = response.content
    return runtime.catalogue().questionnaire(content.questionnaire, content.questionnaire_version)


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


def _preview(questionnaire: Questionnaire, answers: Answers) -> None:
    score = preview_score(questionnaire, answers)
    section("So far", answered_line(answers))
    scored = score.total is not None or any(each.value is not None for each in score.subscales)
    st.markdown(score_line(score) if scored else "The total appears when every item is answered.")
    for line in cut_off_lines(questionnaire, score):
        small(line)


def _save(
    client_id: UUID,
    questionnaire: Questionnaire,
    day: object,
    answers: Answers,
    edited: Recorded[Response] | None,
    reason: str,
) -> Recorded[Response]:
    response = Response(
        questionnaire=questionnaire.id, questionnaire_version=questionnaire.version,
        day=needed_day("questionnaire", day), answers=answers,
    )  # fmt: skip
    if edited is not None:
        return runtime.save(correct_response, edited.ref, questionnaire, response, reason)
    return runtime.save(
        record_response, client_id, questionnaire, response, selection.form_id(f"response_{client_id}_new")
    )


def _write_review(ref: RecordRef, details: SafetyReviewDetails) -> SafetyReview:
    return runtime.save(review_safety_item, ref, details)


def _saved(responses: Sequence[ScoredResponse]) -> None:
    message = selection.message()
    if message and message["kind"] == "response_saved":
        saved = [scored for scored in responses if scored.response.ref.id == message["record_id"]]
        saved_line(saved)


def _filled(form: str, responses: Sequence[ScoredResponse]) -> None:
    corrected = filled(responses)
    if corrected is not None:
        selection.close_form(form)
        selection.edit_record(corrected)
        st.rerun()


show(needed_client())
