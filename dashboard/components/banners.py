"""The line above every screen that says which kind of practice is open."""

import streamlit as st

from dashboard.components.page import START_PAGE
from dashboard.theme import SYNTHETIC_LINE, TEST_DATA_LINE


def show(*, synthetic: bool, notice: str | None) -> None:
    """Say on a synthetic practice that all people are invented, on a real one that it is not encrypted yet.

    `notice` is what else must be said about the synthetic one.
    """
    said = f" {notice}" if notice else ""
    if synthetic:
        with st.container(horizontal=True, vertical_alignment="center", key="bar_synthetic"):
            st.markdown(f":small[{SYNTHETIC_LINE}{said}]", width="stretch")
            st.page_link(START_PAGE, label="Set up or open my practice")
    else:
        with st.container(key="bar_test_data"):
            st.markdown(f":small[{TEST_DATA_LINE}]")
