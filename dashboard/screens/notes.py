"""Notes: a client's session notes, and starting a new one."""

from typing import Any
from uuid import UUID

import streamlit as st

from core.model.access import Act
from core.model.calendar import Session, SessionStatus
from core.model.days import print_day
from core.model.notes import Note
from core.services.access import acts_on
from core.services.calendar import attend_today, sessions_of
from core.services.clients import get_client
from core.services.session_notes import notes_of, start_note
from dashboard import runtime, selection
from dashboard.components.messages import attempt
from dashboard.components.page import NOTE_PAGE, header, labelled_row, needed_client, section, small

OFFERED_SESSIONS = 8


def show(client_id: UUID) -> None:
    """Draw the way to a new note, then the notes there are."""
    client = runtime.load(get_client, client_id)
    sessions = runtime.load(sessions_of, client_id)
    title, line = f"{client.details.name}: notes", "Progress notes, part of the record."
    writes = Act.WRITE_NOTES in runtime.load(acts_on, client_id)
    if writes:
        _new_note(client_id, sessions, header(title, line, actions=1)[0])
    else:
        header(title, line)
    _list(client_id, runtime.load(notes_of, client_id), {session.id: session for session in sessions}, writes=writes)


def _new_note(client_id: UUID, sessions: tuple[Session, ...], place: Any) -> None:
    pressed = place.button("Start note", type="primary")
    answer_place = st.container()
    session, template = _choices(client_id, sessions)
    if pressed:
        with answer_place:
            note = attempt(lambda: _start(client_id, session, template))
        if note is not None:
            _open(client_id, note)


def _choices(client_id: UUID, sessions: tuple[Session, ...]) -> tuple[Session | None, str]:
    today = runtime.today()
    past = [s for s in reversed(sessions) if s.details.status is SessionStatus.ATTENDED and s.details.day < today]
    options: list[Session | None] = [None, *past[:OFFERED_SESSIONS]]
    templates = runtime.catalogue().note_templates
    section("New note")
    with labelled_row("For session", "today's is made if it is not there yet"):
        session = st.selectbox(
            "For session", options, format_func=_session_words, key=f"note_session_{client_id}",
            label_visibility="collapsed", width=320,
        )  # fmt: skip
    with labelled_row("Format", "can be changed while it is a draft"):
        template = st.segmented_control(
            "Format", list(templates), format_func=lambda each: templates[each].label, default=next(iter(templates)),
            required=True, key=f"note_format_{client_id}", label_visibility="collapsed",
        )  # fmt: skip
    return session, template or next(iter(templates))


def _session_words(session: Session | None) -> str:
    return (
        f"today, {print_day(runtime.today())}"
        if session is None
        else f"s{session.number}, {print_day(session.details.day)}"
    )


def _start(client_id: UUID, session: Session | None, template: str) -> Note:
    about = session or runtime.save(attend_today, client_id, selection.form_id(f"today_{client_id}"))
    request_id = selection.form_id(f"note_{client_id}_{about.id}")
    return runtime.save(start_note, runtime.catalogue(), about, template, request_id)


def _open(client_id: UUID, note: Note) -> None:
    selection.close_form(f"note_{client_id}_{note.session_id}")
    selection.choose_note(note.id)
    st.switch_page(NOTE_PAGE)


def _list(client_id: UUID, notes: tuple[Note, ...], sessions: dict[UUID, Session], *, writes: bool) -> None:
    section("Notes", f"{len(notes)}" if notes else "none yet")
    if not notes:
        small("No notes yet." + (" Start one: it will already hold the period's figures." if writes else ""))
    for note in notes:
        words, button = st.columns((5, 1), vertical_alignment="center")
        session = sessions.get(note.session_id)
        about = f"session {session.number}, {print_day(session.details.day)}" if session else "session"
        added = f", {len(note.addenda)} added" if note.addenda else ""
        state = f"signed{added}" if note.signature else "**draft, not signed**"
        words.markdown(f"n{note.number} · {about} · {state}")
        if button.button(f"Open n{note.number}", key=f"open_{note.id}"):
            _open(client_id, note)


show(needed_client())
