"""Learn: handouts to read with a client or to print, found by the words of the catalogue."""

import streamlit as st

from core.catalogue import find_entries, find_handouts
from core.model.definitions import Pointer
from dashboard import runtime, selection
from dashboard.components.handout import article_names, draw_handout
from dashboard.components.page import header, small
from dashboard.components.text import literal

HELD, OPENED, SEARCH = "learn", "handout", "search"
MOST_PLACES = 6


def show() -> None:
    """Draw the list with its search, or the handout that was opened."""
    kept = selection.held(HELD)
    handout = runtime.catalogue().handouts.get(kept.get(OPENED, ""))
    if handout is None:
        _draw_list()
        return
    with st.container(key="handout_controls", horizontal=True, vertical_alignment="center"):
        st.button("All handouts", on_click=_open, args=(None,))
        small("To print it, use your browser: Ctrl P, or ⌘ P on a Mac. Only the page itself is printed.")
    draw_handout(handout, runtime.catalogue().documents)


def _draw_list() -> None:
    header("Learn", "One-page handouts in our own words, each with one thing to try. They speak of people in general.")
    kept = selection.held(HELD)
    text = st.text_input("Search by topic", value=kept.get(SEARCH, ""), key="learn_search", max_chars=80, width=420)
    kept[SEARCH] = text
    found = find_handouts(text, runtime.catalogue())
    with st.container(gap="xsmall"):
        for handout in found:
            row = st.container(horizontal=True, vertical_alignment="center")
            row.button(handout.title, key=f"open_{handout.id}", type="tertiary", on_click=_open, args=(handout.id,))
            small(" · ".join(article_names(handout, runtime.catalogue().documents)), place=row)
    if not found:
        st.info(_no_hit(text))


def _no_hit(text: str) -> str:
    """That no handout was found, and where the articles speak of it if they do; Markdown."""
    found = find_entries(text, runtime.catalogue())
    if not found:
        return f"No handout on '{literal(text.strip())}': neither article covers it."
    places = "\n".join(f"- {entry.label}: {_place(entry.pointer)}" for entry in found[:MOST_PLACES])
    return f"No handout on '{literal(text.strip())}'. The articles speak of it here:\n\n{places}"


def _place(pointer: Pointer | None) -> str:
    """Where to read on; everything that is found has a place."""
    if pointer is None:
        return ""
    document = runtime.catalogue().documents[pointer.document]
    return f"{document.handout_name}, “{document.section(pointer.section).shown}”"


def _open(handout_id: str | None) -> None:
    selection.held(HELD)[OPENED] = handout_id


show()
