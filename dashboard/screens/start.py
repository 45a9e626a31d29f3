"""Start: look around among invented people, or set up one's own practice."""

from zoneinfo import available_timezones

import streamlit as st

from core.model.people import Actor, Practice
from core.services.practices import practice_details, set_up_practice
from dashboard import runtime, selection
from dashboard.components.messages import attempt
from dashboard.components.page import TODAY_PAGE, header, section
from dashboard.components.text import literal
from dashboard.selection import Which

NOT_LISTED = "Etc/"


def show() -> None:
    """Draw the two ways in."""
    stays = " Everything stays on this computer." if runtime.keeps_to_this_computer() else ""
    header("Secure Base", f"Charts what clients tell you about relationship insecurity.{stays}")
    look, own = st.columns(2, gap="large")
    with look:
        section("Look around")
        st.markdown(
            "Twelve invented people with a year of check-ins, questionnaires and notes. "
            "They live in a file of their own and never mix with yours."
        )
        if st.button("Look around in the synthetic practice"):
            with st.spinner("Making the synthetic practice. This takes a few seconds the first time."):
                runtime.synthetic_store()
            _enter(Which.SYNTHETIC)
    with own:
        _own_practice()


def _own_practice() -> None:
    found = runtime.own_store().practice()
    section("My practice")
    if found is not None:
        st.markdown(f"{literal(found[0].details.name)} is set up.")
        if st.button("Open my practice", type="primary"):
            _enter(Which.OWN)
        return
    with st.form("set_up", border=False):
        name = st.text_input("Name of the practice", max_chars=200)
        therapist = st.text_input("Your name, as it stands under notes", max_chars=200)
        zones = sorted(zone for zone in available_timezones() if not zone.startswith(NOT_LISTED))
        here = st.context.timezone
        zone = st.selectbox(
            "Time zone", zones, index=zones.index(here) if isinstance(here, str) and here in zones else None,
            help="Decides which day an entry belongs to.", placeholder="choose one",
        )  # fmt: skip
        pressed = st.form_submit_button("Set up my practice", type="primary")
    if pressed and attempt(lambda: _set_up(name, therapist, zone or "")) is not None:
        _enter(Which.OWN)


def _set_up(name: str, therapist: str, zone: str) -> tuple[Practice, Actor]:
    return set_up_practice(runtime.own_store(), practice_details(name, therapist, zone))


def _enter(which: Which) -> None:
    selection.choose_practice(which)
    st.switch_page(TODAY_PAGE)


show()
