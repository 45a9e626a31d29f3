"""The lines above every screen: which kind of practice is open, and what is wrong with clock, disk or trail."""

import streamlit as st

from core.model.access import Act
from dashboard import runtime
from dashboard.theme import SYNTHETIC_LINE


def show(*, synthetic: bool, notice: str | None) -> None:
    """Say on a synthetic practice that all people are invented, with what else `notice` has to say about it."""
    said = f" {notice}" if notice else ""
    if synthetic:
        with st.container(horizontal=True, vertical_alignment="center", key="bar_synthetic"):
            st.markdown(f":small[{SYNTHETIC_LINE}{said}]", width="stretch")
            if st.button("Set up or open my practice", type="tertiary"):
                runtime.leave_for(runtime.SIGN_IN_PAGE)


def warn(*sentences: str | None) -> None:
    """Say what is wrong with the clock, the disk or the audit trail, on every screen until it is right again."""
    for sentence in filter(None, sentences):
        st.warning(sentence)


def say_what_is_open(acts: frozenset[Act]) -> None:
    """Say that a record is open for reading alone, where it is."""
    if Act.READ_RECORD in acts and Act.WRITE_RECORD not in acts:
        st.info("This record is open to you for reading. Its therapist writes it.")
