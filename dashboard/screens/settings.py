"""Settings: where the data live, by which numbers signs are worked out, and the way to the other practice."""

import streamlit as st

from core.model.days import print_day
from core.services.thresholds import change_thresholds, reset_thresholds, threshold_settings
from dashboard import runtime
from dashboard.components.explain import explain_link
from dashboard.components.page import START_PAGE, header, section, small
from dashboard.components.sign_numbers import numbers_block
from dashboard.components.text import literal


def show() -> None:
    """Draw what is set; the numbers of the signs can be changed here, for all clients."""
    place = runtime.needed_workplace()
    header("Settings", literal(place.practice.details.name))
    left, right = st.columns(2, gap="large")
    with left:
        section("Practice")
        st.markdown(
            f"Therapist: {literal(place.actor.name)}  \nTime zone: {literal(place.practice.details.zone)}  \n"
            f"Set up: {print_day(place.practice.made_on)}"
        )
        section("Where the data live")
        st.text(place.store.location_label)
        where = (
            "Nothing leaves this computer."
            if runtime.keeps_to_this_computer()
            else "Your own practice lives on the database server that this program was started with."
        )
        small(f"Not encrypted yet: use test data only. {where}")
        section("Another practice")
        st.page_link(START_PAGE, label="Look around in the synthetic practice, or open or set up my own")
    with right:
        section("How signs are worked out")
        _numbers()
        explain_link("how_sign_state", key="settings", label="State of a warning sign: the rule with its defaults")
        section("Questionnaires")
        for questionnaire in runtime.catalogue().questionnaires.values():
            st.markdown(f"**{questionnaire.short_name}** {questionnaire.name}")
            small(questionnaire.licence)
        for notice in runtime.catalogue().notices:
            st.warning(literal(notice))


def _numbers() -> None:
    catalogue = runtime.catalogue()
    numbers_block(
        runtime.load(threshold_settings, catalogue, None),
        key="numbers_for_all",
        otherwise="default",
        save=lambda numbers, seen: runtime.save(change_thresholds, catalogue, None, numbers, seen=seen),
        reset=lambda seen: runtime.save(reset_thresholds, catalogue, None, seen=seen),
    )


show()
