"""The stop after a safety item above 0: nothing else can be done here until the therapist writes what was done."""

from collections.abc import Callable

import streamlit as st

from core.errors import SecureBaseError
from core.model.responses import SafetyAction, SafetyReviewDetails
from core.model.review import ScoredResponse
from core.model.words import SAFETY_ACTION_WORDS
from dashboard import selection
from dashboard.components.messages import show_refusal
from dashboard.components.scores import safety_line
from dashboard.components.text import literal

Save = Callable[[SafetyReviewDetails], object]


@st.dialog("Before you go on", dismissible=False, width="medium")
def safety_stop(scored: ScoredResponse, save: Save) -> None:
    """Draw the panel; `save` is called with the therapist's words, and the panel goes once it succeeded."""
    key = f"stop_{scored.response.ref.id}"
    for answer in scored.score.safety:
        st.markdown(safety_line(scored, answer))
    st.markdown(
        f"{scored.score.short_name} is saved as {scored.response.ref.label}, not yet reviewed. This answer is a "
        "reason to ask, not a measure of risk. Your own judgement and your service's procedure apply."
    )
    st.radio(
        "What did you do?",
        list(SafetyAction),
        index=None,
        format_func=SAFETY_ACTION_WORDS.__getitem__,
        key=f"{key}_action",
    )
    st.text_area("In your words", key=f"{key}_words", height=110)
    problem = selection.value(f"{key}_problem")
    if isinstance(problem, SecureBaseError):
        show_refusal(problem, just_now=selection.take(f"{key}_just_now") is True)
    pressed = st.button("Done", type="primary", key=f"{key}_done", on_click=_done, args=(key, save))
    if pressed and selection.stopped_for() is None:
        st.rerun()  # a press in a dialog draws only the dialog again


def tell_therapist(scored: ScoredResponse, therapist: str) -> None:
    """Say to who entered the form and does not write about it that the therapist must know, and who that is."""
    for answer in scored.score.safety:
        st.markdown(safety_line(scored, answer))
    st.warning(
        f"Tell {literal(therapist)} now. {scored.score.short_name} is saved as {scored.response.ref.label}, and what "
        "was done about this answer is written by the therapist; until then it stands on their Today."
    )


def _done(key: str, save: Save) -> None:
    action, words = selection.value(f"{key}_action"), selection.value(f"{key}_words") or ""
    try:
        save(SafetyReviewDetails(action=action, words=words.strip()))
    except SecureBaseError as refusal:
        selection.put(f"{key}_problem", refusal)
        selection.put(f"{key}_just_now", new=True)
        return
    selection.stop_for(None)
