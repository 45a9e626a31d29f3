"""Profile: who the client is, and the facts that other screens read."""

from uuid import UUID

import streamlit as st

from core.model.days import print_day
from core.model.people import Client, DatedPartnerStatus, PartnerStatus
from core.model.words import PARTNER_WORDS
from core.services.clients import (
    close_client,
    edit_client,
    get_client,
    move_start_level,
    reopen_client,
    set_partner_status,
)
from dashboard import runtime
from dashboard.components.choices import needed_choice
from dashboard.components.client_form import client_fields
from dashboard.components.days import day_or_none, needed_day
from dashboard.components.messages import attempt, saw_change, tell_of_change
from dashboard.components.page import header, needed_client, section, small


def show(client_id: UUID) -> None:
    """Draw the blocks of the profile, each with its own form."""
    client = runtime.load(get_client, client_id)
    closed = (
        f"closed on {print_day(client.closed_on)}"
        if client.closed_on
        else f"since {print_day(client.details.started_on)}"
    )
    header(f"{client.details.name}: profile", f"Code {client.code}, {closed}.")
    tell_of_change(f"profile_{client.id}", client.revision)
    left, right = st.columns(2, gap="large")
    with left:
        _details(client)
        _closing(client)
    with right:
        _partner(client)
        _start_level(client)


def _details(client: Client) -> None:
    section("Client")
    key = f"details_{client.id}_{client.revision}"
    with st.form(key, border=False):
        build = client_fields(key, runtime.today(), client.details)
        pressed = st.form_submit_button("Save changes")
    if pressed:
        _done(attempt(lambda: runtime.save(edit_client, client, build())))


def _partner(client: Client) -> None:
    section("Partner", PARTNER_WORDS[client.partner_on(runtime.today())])
    for dated in sorted(client.partner, key=lambda each: each.since, reverse=True):
        small(f"{PARTNER_WORDS[dated.status]} from {print_day(dated.since)}")
    with st.form(f"partner_{client.id}_{len(client.partner)}", border=False):
        status = needed_choice(
            "From that day", tuple(PartnerStatus), words=PARTNER_WORDS, initial=PartnerStatus.PARTNER,
            key=f"partner_{client.id}_{len(client.partner)}",
        )  # fmt: skip
        since = st.date_input("Day", value=runtime.today(), format="DD/MM/YYYY", key=f"partner_since_{client.id}")
        pressed = st.form_submit_button("Save partner status")
    if pressed and attempt(lambda: _set_partner(client, status, since)) is not None:
        st.rerun()


def _set_partner(client: Client, status: PartnerStatus, since: object) -> Client:
    dated = DatedPartnerStatus(status=status, since=needed_day("partner status", since))
    return runtime.save(set_partner_status, client.id, dated)


def _start_level(client: Client) -> None:
    moved = client.start_level_from
    section("Start level", f"moved by you to {print_day(moved)}" if moved else "from the first check-ins")
    with st.form(f"start_level_{client.id}_{moved}", border=False):
        day = st.date_input(
            "Let it begin on another day (blank: from the first check-ins)", value=moved, format="DD/MM/YYYY"
        )
        pressed = st.form_submit_button("Save start level")
    if pressed and attempt(lambda: runtime.save(move_start_level, client.id, day_or_none(day))) is not None:
        st.rerun()


def _closing(client: Client) -> None:
    section("Close", "the record is kept and can be opened again")
    if client.closed_on:
        if st.button("Open this record again"):
            _done(attempt(lambda: runtime.save(reopen_client, client)))
        return
    day = st.date_input("Closed on", value=runtime.today(), format="DD/MM/YYYY", key=f"close_on_{client.id}")
    pressed = st.button("Close this record")
    if pressed:
        _done(attempt(lambda: runtime.save(close_client, client, needed_day("closing", day))))


def _done(changed: Client | None) -> None:
    """Draw the page anew after a change of our own; a refused one stays with its sentence."""
    if changed is not None:
        saw_change(f"profile_{changed.id}", changed.revision)
        st.rerun()


show(needed_client())
