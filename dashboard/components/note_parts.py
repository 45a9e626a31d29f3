"""Around the note: the one confirm before signing, what to do about a clash, copying, and adding words later."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from core.errors import SecureBaseError
from core.model.days import print_day
from core.model.notes import Note
from core.model.people import Client
from core.model.records import RecordRef
from dashboard import selection
from dashboard.components.draft_box import WAITS
from dashboard.components.messages import show_refusal
from dashboard.components.page import section, small
from dashboard.components.text import literal


@st.dialog("Sign and lock")
def sign_dialog(client: Client, key: str, text: str, sign: Callable[[], object]) -> None:
    """Show the stored note and ask once; `sign` is called by the one button, and a refusal stays on the screen."""
    st.markdown(
        f"The note for **{literal(client.details.name)}** is locked when it is signed, as it stands below. It cannot "
        "be changed afterwards; words can be added under it, with their date."
    )
    if st.button("Sign now", type="primary", key=f"{key}_sign_now", on_click=_signed, args=(key, sign)):
        st.rerun()  # a press in a dialog draws only the dialog again
    st.text(text)


def discarding(key: str, discard: Callable[[], None]) -> None:
    """Offer to take the draft off the list, behind one more press."""
    with st.popover("Discard draft", type="tertiary"):
        st.markdown("The draft is taken off the list. It stays in the record and cannot be opened from here again.")
        with st.container(key=f"{WAITS}_discard"):
            st.button("Discard this draft", key=f"{key}_discard", on_click=discard)


def refused_signing(key: str) -> None:
    """Say why the last try to sign was refused, once."""
    refusal = selection.value(f"{key}_refused")
    if isinstance(refusal, SecureBaseError):
        show_refusal(refusal, just_now=True)
        selection.put(f"{key}_refused", None)


def clash(key: str, keep_mine: Callable[[], None], take_theirs: Callable[[], None]) -> None:
    """Format or statements were saved in another window: both choices are still there, and the therapist chooses."""
    st.warning(
        "The statements of this draft were changed in another window since you opened it here. Nothing was "
        "overwritten: your choice is on this page, the other one is in the record. The words are saved apart from it."
    )
    with st.container(horizontal=True):
        st.button("Save what is on this page", key=f"{key}_mine", on_click=keep_mine)
        st.button("Show the other choice", key=f"{key}_theirs", on_click=take_theirs)


def changed_line(changed: Sequence[RecordRef]) -> None:
    """Say which records have a newer version than the one the signed note rests on."""
    if changed:
        count = "1 record has" if len(changed) == 1 else f"{len(changed)} records have"
        labels = ", ".join(ref.label for ref in changed)
        st.info(f"{count} changed since signing: {labels}. The note stays as it was signed.")


def copy_box(text: str) -> None:
    """The note as plain text with the browser's own copy button."""
    section("Plain text", "the button at its corner copies it")
    with st.container(key="plain_text"):
        st.code(text, language=None, wrap_lines=True)


def addenda(note: Note, local_time: Callable[[datetime], datetime]) -> None:
    """Draw what was added under a signed note; `local_time` turns an instant into the practice's time."""
    for added in note.addenda:
        day = print_day(local_time(added.written_at).date())
        section("Addendum", f"{day}, {literal(added.written_by)}: {literal(added.reason)}")
        st.text(added.words)


def addendum_form(note: Note, key: str) -> tuple[str, str] | None:
    """Draw the form for an addendum; return its words and reason when it was sent."""
    section("Add to this note", "dated, under the signed text")
    with st.form(f"addendum_{key}", border=False):
        words = st.text_area("What to add", height=110, key=f"{key}_addendum")
        reason = st.text_input("Reason", key=f"{key}_addendum_reason", placeholder="for instance: left out on the day")
        pressed = st.form_submit_button("Sign addendum")
    small(f"n{note.number} itself does not change.")
    return (words, reason) if pressed else None


def _signed(key: str, sign: Callable[[], object]) -> None:
    try:
        sign()
    except SecureBaseError as refusal:
        selection.put(f"{key}_refused", refusal)
