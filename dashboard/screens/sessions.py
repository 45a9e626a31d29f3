"""Sessions: what was planned and what became of it, and events on the time axis."""

from uuid import UUID

import streamlit as st

from core.errors import InvalidInput
from core.model.access import Act
from core.model.calendar import EventDetails, Session, SessionDetails, SessionStatus
from core.model.days import print_day
from core.model.people import Client
from core.model.unlikely_days import DayKind, KnownDays
from core.model.words import SESSION_WORDS
from core.services.access import acts_on
from core.services.calendar import (
    USUAL_SESSION_MINUTES,
    add_event,
    add_session,
    change_session,
    events_of,
    remove_event,
    sessions_of,
)
from core.services.clients import edit_client, get_client
from dashboard import runtime, selection
from dashboard.components.choices import needed_choice
from dashboard.components.client_record import details_form
from dashboard.components.days import DayAsked, day_field
from dashboard.components.messages import attempt, saw_change, tell_of_change
from dashboard.components.numbers import NumberBoxes
from dashboard.components.page import header, needed_client, section
from dashboard.components.text import literal

SHOWN_SESSIONS = 8
ON_THE_AXIS = "Sessions and events stand on the time axis of the review."
AS_PLANNED = "What was planned, and what became of it."


def show(client_id: UUID) -> None:
    """Draw the sessions at the left and the events at the right."""
    client, acts = runtime.load(get_client, client_id), runtime.load(acts_on, client_id)
    header(f"{client.details.name}: sessions", ON_THE_AXIS if Act.READ_RECORD in acts else AS_PLANNED)
    left, right = st.columns(2, gap="large")
    with left:
        if Act.WRITE_SESSIONS in acts:
            _sessions(client)
        else:
            _read_sessions(client)
    with right:
        if Act.WRITE_RECORD in acts:
            _events(client)
        elif Act.READ_RECORD in acts:
            _read_events(client)
        elif Act.WRITE_DETAILS in acts:
            _details(client)


def _details(client: Client) -> None:
    """What is written about the client, for who does not see the profile, where it stands otherwise."""
    changed = details_form(client, runtime.today(), lambda details: runtime.save(edit_client, client, details))
    if changed is not None:
        st.rerun()


def _sessions(client: Client) -> None:
    sessions = runtime.load(sessions_of, client.id)
    section("Sessions", f"{len(sessions)} so far" if sessions else "none yet")
    request_id = selection.form_id(f"session_{client.id}")
    with st.form(f"session_{request_id}", border=False):
        first, second = st.columns(2)
        asked = DayAsked(kind=DayKind.PLANNED, known=_known(client), value=runtime.today())
        day = day_field("Day", asked, key=f"day_{request_id}", place=first)
        starts_at = second.time_input("Start", value=None, step=900)
        numbers = NumberBoxes()
        minutes = numbers.box("Minutes", key=f"minutes_{request_id}", initial=USUAL_SESSION_MINUTES, place=first)
        status = needed_choice(
            "It was",
            tuple(SessionStatus),
            words=SESSION_WORDS,
            initial=SessionStatus.ATTENDED,
            key=f"new_status_{request_id}",
            place=second,
        )
        pressed = st.form_submit_button("Add session")

    def build() -> SessionDetails:
        InvalidInput.unless_empty(numbers.problems)
        return SessionDetails(day=day.needed("session"), starts_at=starts_at, minutes=minutes or 0, status=status)

    if pressed and attempt(lambda: runtime.save(add_session, client.id, build(), request_id)) is not None:
        selection.close_form(f"session_{client.id}")
        st.rerun()
    for session in list(reversed(sessions))[:SHOWN_SESSIONS]:
        _session_line(session)


def _read_sessions(client: Client) -> None:
    sessions = runtime.load(sessions_of, client.id)
    section("Sessions", f"{len(sessions)} so far" if sessions else "none yet")
    for session in list(reversed(sessions))[:SHOWN_SESSIONS]:
        st.markdown(f"{_session_words(session)} :gray[{SESSION_WORDS[session.details.status]}]")


def _session_words(session: Session) -> str:
    details = session.details
    starts = f" {details.starts_at:%H:%M}" if details.starts_at else ""
    return f"**s{session.number}** {print_day(details.day)}{starts}, {details.minutes} minutes"


def _session_line(session: Session) -> None:
    tell_of_change(f"session_{session.id}", session.revision)
    details = session.details
    words, place = st.columns((2, 1), vertical_alignment="center")
    words.markdown(_session_words(session))
    chosen = needed_choice(
        f"Session {session.number} was", tuple(SessionStatus), words=SESSION_WORDS, initial=details.status, place=place,
        key=f"status_{session.id}_{session.revision}", label_visibility="collapsed",
    )  # fmt: skip
    changed = attempt(lambda: _change_status(session, chosen)) if chosen is not details.status else None
    if changed is not None:
        saw_change(f"session_{session.id}", changed.revision)
        st.rerun()


def _change_status(session: Session, status: SessionStatus) -> Session:
    details = session.details
    changed = SessionDetails(day=details.day, starts_at=details.starts_at, minutes=details.minutes, status=status)
    return runtime.save(change_session, session, changed)


def _known(client: Client) -> KnownDays:
    return KnownDays.about(client.details, runtime.today())


def _read_events(client: Client) -> None:
    events = runtime.load(events_of, client.id)
    section("Events", f"{len(events)}" if events else "none yet")
    for event in reversed(events):
        st.markdown(f"{print_day(event.details.day)}: {literal(event.details.words)}")


def _events(client: Client) -> None:
    section("Events", "one line each, drawn on the time axis")
    request_id = selection.form_id(f"event_{client.id}")
    with st.form(f"event_{request_id}", border=False):
        words = st.text_input("What happened", placeholder="for instance: new job")
        asked = DayAsked(kind=DayKind.OF_LIFE, known=_known(client), value=runtime.today())
        day = day_field("Day", asked, key=f"day_{request_id}")
        pressed = st.form_submit_button("Add event")
    if (
        pressed
        and attempt(
            lambda: runtime.save(
                add_event, client.id, EventDetails(day=day.needed("event"), words=words.strip()), request_id
            )
        )
        is not None
    ):
        selection.close_form(f"event_{client.id}")
        st.rerun()
    for event in reversed(runtime.load(events_of, client.id)):
        line, button = st.columns((4, 1), vertical_alignment="center")
        line.markdown(f"{print_day(event.details.day)}: {literal(event.details.words)}")
        if button.button("Remove", key=f"remove_{event.id}", type="tertiary"):
            runtime.save(remove_event, event.id)
            st.rerun()


show(needed_client())
