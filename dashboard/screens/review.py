"""Review: five minutes before a session, what was recorded since the last one and over time."""

from functools import partial
from uuid import UUID

import streamlit as st

from core.catalogue import practice_names
from core.errors import SecureBaseError
from core.model.access import Act
from core.model.check_in import CheckIn
from core.model.check_in_parts import Source
from core.model.prompt_answers import PromptAnswerKind
from core.model.records import Recorded, RecordRef
from core.model.review import ClientReview
from core.notes.full_facts import FactNames
from core.services.access import acts_on
from core.services.calendar import attend_today
from core.services.check_ins import check_in_history, withdraw_check_in
from core.services.progress import review_client
from core.services.prompts import answer_prompt
from dashboard import runtime, selection
from dashboard.components.changes import changes_block
from dashboard.components.course import chosen_weeks, course_block
from dashboard.components.entries import EntryWords, entries, entry_words
from dashboard.components.explain import explain_link
from dashboard.components.ledger import explain_ledger, ledger
from dashboard.components.look_closer import look_closer
from dashboard.components.messages import show_refusal
from dashboard.components.page import (
    CHECK_IN_PAGE,
    NOTES_PAGE,
    QUESTIONNAIRES_PAGE,
    header,
    is_phone,
    needed_client,
)
from dashboard.components.prompts import prompts_panel
from dashboard.components.review_parts import attended_today, beside, saved_bar, title_line
from dashboard.components.scores import pinned
from dashboard.components.security_side import security_panel
from dashboard.components.sign_panel import sign_panel

WIDTHS = (67, 33)


def show(client_id: UUID) -> None:
    """Draw what waits, then the period, the course, the signs and the entries."""
    catalogue = runtime.catalogue()
    signs = catalogue.warning_signs
    review = runtime.load(review_client, catalogue, client_id, weeks=chosen_weeks())
    acts = runtime.load(acts_on, client_id)
    writes = Act.WRITE_RECORD in acts
    _header(review, writes=writes)
    _after_saving(review)
    for scored in pinned(review.awaiting_review):
        selection.stop_for(scored.response.ref.id)
        st.switch_page(QUESTIONNAIRES_PAGE)
    left, right = st.columns(WIDTHS, gap="large")
    with left:
        ledger(review, signs, compact=is_phone())
    with right:
        beside(review)
        explain_ledger()
    if review.check_ins or review.course.sessions or review.course.events:
        course_block(review.course, signs, compact=is_phone())
        changes_block(review.changes, explain=explain_link)
        sign_panel(review, signs, reader=runtime.needed_workplace().actor.name)
        security_panel(review.security, catalogue.families, review.check_ins)
        look_closer(review, catalogue)
    prompts_panel(review, catalogue, partial(_answer_prompt, client_id) if writes else None)
    words = EntryWords(signs=signs, names=_names(review), history=_history, writes=writes)
    corrected = entries(review.check_ins, words)
    if corrected is not None:
        _correct(corrected)


def _header(review: ClientReview, *, writes: bool) -> None:
    places = header(review.client.details.name, title_line(review), actions=2 if writes else 0)
    if not writes:
        return
    check_in, note = places
    if check_in.button("Check-in", key="to_check_in"):
        selection.edit_record(None)
        st.switch_page(CHECK_IN_PAGE)
    if note.button("Start note", type="primary", key="to_notes"):
        st.switch_page(NOTES_PAGE)


def _after_saving(review: ClientReview) -> None:
    message = selection.message()
    if message is None:
        return
    refusal = message.pop("refusal", None)
    if isinstance(refusal, SecureBaseError):
        show_refusal(refusal)
    saved = next((each for each in review.check_ins if each.ref.id == message.get("record_id")), None)
    if saved is not None:
        attend = partial(_attend, review) if _offers_session(review, saved) else None
        words = entry_words(saved.content, runtime.catalogue().warning_signs, _names(review))
        if saved_bar(saved, words, partial(_undo, saved.ref), attend):
            _correct(saved.ref.id)
    elif message["kind"] == "undone":
        st.info(f"{message['label']} was undone. It counts nowhere and is kept in the record.")


def _history(check_in_id: UUID) -> tuple[Recorded[CheckIn], ...]:
    return runtime.load(check_in_history, check_in_id)


def _names(review: ClientReview) -> FactNames:
    return FactNames(lists=review.lists, practices=practice_names(runtime.catalogue()))


def _offers_session(review: ClientReview, saved: Recorded[CheckIn]) -> bool:
    in_session = saved.content.source is Source.CLIENT_IN_SESSION and saved.content.period_end == review.as_of
    return in_session and not attended_today(review)


def _attend(review: ClientReview) -> None:
    try:
        runtime.save(attend_today, review.client.id, selection.form_id(f"today_{review.client.id}"))
    except SecureBaseError as refusal:
        _refused(refusal)


def _undo(ref: RecordRef) -> None:
    try:
        runtime.save(withdraw_check_in, ref)
    except SecureBaseError as refusal:
        _refused(refusal)
        return
    selection.leave_message("undone", label=ref.label)


def _refused(refusal: SecureBaseError) -> None:
    """Say so on the page that is drawn next, beside the line about what was saved, with its buttons."""
    message = selection.message() or {"kind": "refused"}
    selection.leave_message(**{**message, "refusal": refusal})


def _answer_prompt(client_id: UUID, prompt_id: str, *, answer: PromptAnswerKind, words: str, seen: int) -> None:
    runtime.save(answer_prompt, client_id, prompt_id, answer=answer, words=words, seen=seen)


def _correct(record_id: UUID) -> None:
    selection.edit_record(record_id)
    st.switch_page(CHECK_IN_PAGE)


show(needed_client())
