"""The frame of every screen: title and line, actions, section labels, and the sidebar."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import streamlit as st

from core.model.people import Client
from dashboard import runtime, selection, theme
from dashboard.components import hide
from dashboard.components.text import literal

TODAY_PAGE = "screens/today.py"
REVIEW_PAGE = "screens/review.py"
CHECK_IN_PAGE = "screens/check_in.py"
SESSIONS_PAGE = "screens/sessions.py"
QUESTIONNAIRES_PAGE = "screens/questionnaires.py"
NOTE_PAGE = "screens/note.py"
NOTES_PAGE = "screens/notes.py"
PROFILE_PAGE = "screens/profile.py"
NEW_CLIENT_PAGE = "screens/new_client.py"
DOCUMENTS_PAGE = "screens/documents.py"
SETTINGS_PAGE = "screens/settings.py"

INKS = "secure_base_inks_"
TITLE_WIDTHS = (5, 4)


def header(title: str, line: str = "", *, actions: int = 0) -> list[Any]:
    """Draw the title (any text, shown as it is) with a line under it; return places for `actions` at the right.

    `line` is Markdown of our own; a client's text in it must have gone through `literal`.
    """
    place, buttons = header_with_place(title, actions=actions)
    if line:
        place.markdown(line)
    return buttons


def header_with_place(title: str, *, actions: int) -> tuple[Any, list[Any]]:
    """The same with a place for the line, for a page that knows only later what to say there."""
    left, right = st.columns(TITLE_WIDTHS, vertical_alignment="bottom")
    left.markdown(f"# {literal(title)}", anchors=False)  # a link to it would put a client's name into the address
    line = left.container()
    row = right.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom")
    return line, [row.container(width="content") for _ in range(actions)]


def section(label: str, words: str = "", *, place: Any = st) -> None:
    """Draw a section label: small capitals under a hairline, then a few plain words."""
    place.markdown(f"##### {label}" + (f" *{words}*" if words else ""), anchors=False)


def small(text: str, *, place: Any = st) -> None:
    """Draw small print in the secondary ink."""
    place.markdown(f":small[:gray[{text}]]")


def labelled_row(label: str, hint: str = "") -> AbstractContextManager[Any]:
    """Draw a bold label with a grey hint at the left; return the place for the control at the right."""
    left, right = st.columns((1.55, 4), gap="medium", vertical_alignment="center")
    left.markdown(f"**{label}**" + (f" :gray[:small[{hint}]]" if hint else ""))
    return right


def sidebar(
    everywhere: Sequence[tuple[Any, str]],
    client: Client | None,
    client_pages: Sequence[tuple[Any, str]],
) -> None:
    """Draw the navigation: pages that always stand, then the chosen client's; at the foot what hides and locks."""
    found = runtime.presence()
    with st.sidebar:
        for page, label in everywhere:
            st.page_link(page, label=label)
        if client is not None:
            small(literal(hide.shown_name(client, hidden=hide.is_on(found))))
            for page, label in client_pages:
                st.page_link(page, label=label)
        hide.controls(found, phone=is_phone())


def inks_again() -> None:
    """Draw the button by which the window (dashboard/assets/inks.js) knows the inks of this run and asks for others.

    Nobody sees it.
    """
    st.button("Draw in the colours of the theme", key=INKS + theme.palette().name)


def is_phone() -> bool:
    """Whether the browser says that it is a phone's: the width of a window cannot be seen from here."""
    agent = st.context.headers.get("User-Agent")
    return isinstance(agent, str) and "Mobi" in agent


def needed_client() -> UUID:
    """The chosen client's id; without one, say so and end the screen."""
    client_id = selection.chosen_client()
    if client_id is None:
        header("No client chosen", "Choose one on Today, and this page opens for them.")
        st.page_link(TODAY_PAGE, label="Go to Today")
        st.stop()
    return client_id
