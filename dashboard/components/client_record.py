"""The quieter part of the profile: partner status, details, start level and closing, each with its own small form."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from core.model.days import print_day
from core.model.people import Client, ClientDetails, DatedPartnerStatus, PartnerStatus
from core.model.unlikely_days import DayKind, KnownDays
from core.model.words import PARTNER_WORDS
from dashboard.components.choices import needed_choice
from dashboard.components.client_form import client_fields
from dashboard.components.days import DayAsked, day_field
from dashboard.components.messages import attempt
from dashboard.components.page import section, small
from dashboard.components.profile_blocks import Place, edit_button, ways_out
from dashboard.components.profile_words import partner_words


def partner_block(place: Place, client: Client, today: date, save: Callable[[DatedPartnerStatus], Client]) -> None:
    """Draw the partner status with its days, or its form."""
    if not place.is_open:
        _read_partner(place, client)
        return
    section("Partner")
    key = f"partner_{client.id}_{len(client.partner)}"
    status = needed_choice(
        "From that day", tuple(PartnerStatus), words=PARTNER_WORDS, initial=PartnerStatus.PARTNER, key=key
    )
    asked = DayAsked(kind=DayKind.OF_LIFE, known=KnownDays.about(client.details, today), value=today)
    since = day_field("Day", asked, key=f"{key}_since", persist_state="session")
    if ways_out(place):
        saved = attempt(lambda: save(DatedPartnerStatus(status=status, since=since.needed("partner status"))))
        if saved is not None:
            place.close()
            st.rerun()


def _read_partner(place: Place, client: Client) -> None:
    words = partner_words(client)
    section("Partner")
    with st.container(gap="xxsmall"):
        if words:
            st.markdown(words)
        else:
            small("Whether there is a partner now. Without one, three of the signs begin as “no occasion”.")
        edit_button(place)


def details_form(client: Client, today: date, save: Callable[[ClientDetails], Client]) -> Client | None:
    """Draw what is written about the client; return the client after a change."""
    section("Client")
    key = f"details_{client.id}_{client.revision}"
    with st.form(key, border=False):
        build = client_fields(key, today, client.details)
        pressed = st.form_submit_button("Save changes")
    return attempt(lambda: save(build())) if pressed else None


def start_level_form(client: Client, today: date, save: Callable[[date | None], Client]) -> Client | None:
    """Draw from when the start level counts; return the client after a change."""
    moved = client.start_level_from
    section("Start level", f"moved by you to {print_day(moved)}" if moved else "from the first check-ins")
    with st.form(f"start_level_{client.id}_{moved}", border=False):
        asked = DayAsked(kind=DayKind.OF_WORK, known=KnownDays.about(client.details, today), value=moved)
        words = "Let it begin on another day (blank: from the first check-ins)"
        day = day_field(words, asked, key=f"start_level_{client.id}_{moved}_day")
        pressed = st.form_submit_button("Save start level")
    return attempt(lambda: save(day.or_none())) if pressed else None


def closing_form(
    client: Client, today: date, *, close: Callable[[date], Client], reopen: Callable[[], Client]
) -> Client | None:
    """Draw the way to close the record or to open it again; return the client after a change."""
    section("Close", "the record is kept and can be opened again")
    if client.closed_on:
        return attempt(reopen) if st.button("Open this record again") else None
    asked = DayAsked(kind=DayKind.OF_WORK, known=KnownDays.about(client.details, today), value=today)
    day = day_field("Closed on", asked, key=f"close_on_{client.id}")
    return attempt(lambda: close(day.needed("closing"))) if st.button("Close this record") else None
