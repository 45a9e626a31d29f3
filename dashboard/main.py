"""The Streamlit script: page configuration, which practice is open, and the way to each screen."""

from pathlib import Path

import streamlit as st

from core.errors import NotFound, SecureBaseError
from core.model.people import Client
from core.services.clients import get_client
from dashboard import runtime, selection, theme
from dashboard.components import banners, messages, page

SCREENS = Path(__file__).parent / "screens"

st.set_page_config(page_title="Secure Base", page_icon=theme.ICON, layout="wide", initial_sidebar_state=216)
st.html(theme.CSS)
st.logo(theme.LOGO)

START = st.Page(SCREENS / "start.py", title="Start", url_path="start")
TODAY = st.Page(SCREENS / "today.py", title="Today", url_path="today", default=True)
NEW_CLIENT = st.Page(SCREENS / "new_client.py", title="New client", url_path="new-client")
NOTE = st.Page(SCREENS / "note.py", title="Note", url_path="note")
LEARN = st.Page(SCREENS / "learn.py", title="Learn", url_path="learn")
DOCUMENTS = st.Page(SCREENS / "documents.py", title="Documents", url_path="documents")
SETTINGS = st.Page(SCREENS / "settings.py", title="Settings", url_path="settings")
CLIENT_PAGES = tuple(
    st.Page(SCREENS / f"{name}.py", title=title, url_path=name.replace("_", "-"))
    for name, title in (
        ("review", "Review"),
        ("check_in", "Check-in"),
        ("questionnaires", "Questionnaires"),
        ("sessions", "Sessions"),
        ("notes", "Notes"),
        ("profile", "Profile"),
    )
)
SAYS_WHAT_WAS_SAVED = ("review", "questionnaires")


def chosen_client() -> Client | None:
    """The chosen client, or `None`, also when the record is gone."""
    client_id = selection.chosen_client()
    if client_id is None:
        return None
    try:
        return runtime.load(get_client, client_id)
    except NotFound:
        selection.choose_client(None)
        return None


def _script(url_path: str) -> str:
    """The file of a screen; the page that opens by default has no path of its own."""
    return f"{SCREENS.name}/{(url_path or 'today').replace('-', '_')}.py"


def run() -> None:
    """Open the screen that was asked for; before a practice is open every way leads to the first page."""
    current = st.navigation(
        [TODAY, LEARN, DOCUMENTS, SETTINGS, *CLIENT_PAGES, NEW_CLIENT, NOTE, START], position="hidden"
    )
    place = runtime.workplace()
    if place is None:
        if current.url_path != START.url_path:
            st.switch_page(START)
        current.run()
        return
    if current.url_path not in SAYS_WHAT_WAS_SAVED:
        selection.clear_message()
    if current.url_path != DOCUMENTS.url_path:
        selection.stand_on(_script(current.url_path), current.title)
    page.sidebar(
        [(TODAY, "Today"), (LEARN, "Learn"), (DOCUMENTS, "Documents"), (SETTINGS, "Settings")],
        chosen_client(),
        [(each, each.title) for each in CLIENT_PAGES],
    )
    banners.show(synthetic=place.practice.synthetic, notice=runtime.synthetic_notice())
    current.run()


try:
    run()
except SecureBaseError as refusal:
    # Refused outside a form, by a database that is locked or gone: its sentence is made to be shown.
    messages.show_refusal(refusal)
