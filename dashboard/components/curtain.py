"""What stands in a screen's place while names, words and figures are hidden.

A screen is left out as a whole and not cleaned here and there: a place that was forgotten would be a leak, and a box
that said "hidden" could be saved.
"""

import streamlit as st

from core.model.people import Client
from dashboard import selection
from dashboard.components.hide import MARK
from dashboard.components.page import header, small


def draw(screen: str, client: Client | None) -> None:
    """Draw the curtain; what was typed into the screen's boxes is kept, since they go with it."""
    selection.keep_typed(screen)
    header(screen, "" if client is None else client.code)
    with st.container(key=MARK):
        st.markdown("**Hidden.** Names, words and figures are not sent to this window.")
        small("What you typed is kept. To go on, turn Hide off at the foot of the sidebar, or press Alt+N.")
