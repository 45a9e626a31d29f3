"""What correcting a record needs besides its form: the reason, and the two ways out."""

from dataclasses import dataclass

import streamlit as st

from core.model.records import RecordRef
from dashboard.components.page import labelled_row


@dataclass(frozen=True, kw_only=True)
class Correction:
    """The reason as typed, and which way out was just pressed."""

    reason: str = ""
    withdraw: bool = False
    leave: bool = False


def correction_row(ref: RecordRef, key: str) -> Correction:
    """Draw the reason and the buttons to withdraw the record or to leave it as it was."""
    with (
        labelled_row("Reason for the correction", "kept with it"),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        reason = st.text_input("Reason for the correction", key=f"{key}_reason", label_visibility="collapsed")
        return Correction(
            reason=reason,
            withdraw=st.button(f"Withdraw {ref.label}", key=f"{key}_withdraw", help="It counts nowhere; it is kept."),
            leave=st.button("Leave as it was", key=f"{key}_leave"),
        )
