"""Pieces of the review: the line under the name, what was just saved, and what stands beside the ledger."""

from collections.abc import Callable

import streamlit as st

from core.model.calendar import SessionStatus
from core.model.check_in import CheckIn
from core.model.days import print_day, print_day_short
from core.model.records import Recorded
from core.model.review import ClientReview
from dashboard.components.due_forms import due_words
from dashboard.components.page import section, small
from dashboard.components.text import literal

PLAN = "plan"
SHOWN_WORDS = 2


def title_line(review: ClientReview) -> str:
    """When the next session is, pronouns, whether the record is closed, and which forms are due."""
    parts = []
    session = review.next_session
    if session is not None:
        day = "today" if session.details.day == review.as_of else print_day(session.details.day)
        starts = f" {session.details.starts_at:%H:%M}" if session.details.starts_at else ""
        parts.append(f"Next: {day}{starts}, session {session.number}")
    if review.client.details.pronouns:
        parts.append(literal(review.client.details.pronouns))
    if review.client.closed_on:
        parts.append(f"closed on {print_day(review.client.closed_on)}")
    else:
        parts += due_words(review.due)
    return " · ".join(parts) or f"Code {review.client.code}"


def saved_bar(
    record: Recorded[CheckIn], words: str, undo: Callable[[], None], attend: Callable[[], None] | None
) -> bool:
    """One line of what was stored, with Undo; return whether Edit was pressed.

    `attend`, where there is one, offers to record today's session.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="saved_bar"):
        st.markdown(f"**Saved {record.ref.label}.** {words}", width="stretch")
        if attend is not None:
            st.button("Record today's session as attended", on_click=attend, key="attend_today")
        st.button("Undo", on_click=undo, key="undo_saved")
        return bool(st.button("Edit", key="edit_saved"))


def beside(review: ClientReview) -> None:
    """The client's words in the period, and the plan of the last signed note."""
    _words(review)
    _last_plan(review)


def attended_today(review: ClientReview) -> bool:
    """Whether a session of today is recorded as attended."""
    return any(
        session.details.day == review.as_of and session.details.status is SessionStatus.ATTENDED
        for session in review.sessions
    )


def _words(review: ClientReview) -> None:
    section("In the client's words")
    said = [record.content.client_words for record in review.period_check_ins if record.content.client_words]
    if not said:
        small("Nothing noted in this period.")
    for words in said[-SHOWN_WORDS:]:
        st.markdown(f"“{literal(words.strip())}”")


def _last_plan(review: ClientReview) -> None:
    days = {session.id: session.details.day for session in review.sessions}
    signed = [note for note in review.notes if note.signature and note.content.words.get(PLAN, "").strip()]
    latest = max(signed, key=lambda note: (days[note.session_id], note.number), default=None)
    if latest is None:
        section("Last plan")
        small("No signed note with a plan yet.")
        return
    section("Last plan", f"{print_day_short(days[latest.session_id])}, n{latest.number}")
    st.markdown(literal(latest.content.words[PLAN].strip()))
