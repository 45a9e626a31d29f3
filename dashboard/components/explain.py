"""Links from a figure to how it is worked out: they lead to Documents, which has the way back."""

from collections.abc import Mapping

import streamlit as st

from dashboard import selection
from dashboard.components.page import DOCUMENTS_PAGE

HOW = "How this is worked out"


def explain_link(topic: str, *, key: str, label: str = HOW) -> None:
    """Draw a link to one topic; `key` names the place, which is drawn open when somebody comes back to it."""
    if st.button(label, key=f"explain_{key}", type="tertiary"):
        selection.look_up(topic, from_place=key)
        st.switch_page(DOCUMENTS_PAGE)


def explain_links(topics: Mapping[str, str], *, key: str, label: str = HOW) -> None:
    """Draw one button that opens several links, by the ids of their topics."""
    with st.popover(label, type="tertiary", key=f"explain_{key}"):
        for topic, words in topics.items():
            explain_link(topic, key=f"{key}_{topic}", label=words)
