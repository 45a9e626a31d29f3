"""The Streamlit script: page configuration, who is signed in, and the way to each screen."""

import sys
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

if "dashboard.server.gate" not in sys.modules:
    # Run by itself this script would draw screens that nothing stands before. Ahead of our own imports, since under
    # `streamlit run` those may not even be found.
    st.error(
        "This file was started by itself, without the pages for signing in. Nothing was opened or read. Stop it with "
        "Ctrl-C and start with: python3 run.py"
    )
    st.stop()

from core.errors import NotAllowed, NotFound, SecureBaseError
from core.model.access import OF_PRACTICE, Act
from core.model.people import Client
from core.services.access import acts_open
from core.services.audit_trail import clock_problem, looked_at, looked_lately
from core.services.clients import get_client
from dashboard import runtime, selection, theme
from dashboard.components import banners, curtain, hide, messages, page
from dashboard.runtime import Presence, Workplace

SCREENS = Path(__file__).parent / "screens"

st.set_page_config(page_title="Secure Base", page_icon=theme.ICON, layout="wide", initial_sidebar_state=216)
st.html(theme.CSS)
st.logo(theme.LOGO)

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
# What somebody must be allowed to do for a screen to be offered; the services refuse it by themselves.
NEEDS = {
    "review": Act.READ_RECORD,
    "check-in": Act.WRITE_RECORD,
    "questionnaires": Act.READ_FORMS,
    "sessions": Act.READ_SESSIONS,
    "notes": Act.READ_NOTES,
    "note": Act.READ_NOTES,
    "profile": Act.READ_RECORD,
    "new-client": Act.ADD_CLIENT,
}
LOOKS = frozenset(each.url_path for each in (*CLIENT_PAGES, NOTE))
NOT_OPEN = (
    "This screen is not open to you with your role in the practice, or for this client. Nothing was read or saved; "
    "what is open to you stands in the menu."
)
SAYS_WHAT_WAS_SAVED = ("review", "questionnaires")


def chosen_client() -> tuple[Client | None, SecureBaseError | None]:
    """The chosen client; none, with the reason to be told, when the record is not open to this person any more."""
    client_id = selection.chosen_client()
    if client_id is None:
        return None, None
    try:
        return runtime.load(get_client, client_id), None
    except NotFound:
        refusal = None
    except NotAllowed as taken_away:
        refusal = taken_away
    selection.choose_client(None)
    return None, refusal


def _script(url_path: str) -> str:
    """The file of a screen; the page that opens by default has no path of its own."""
    return f"{SCREENS.name}/{(url_path or 'today').replace('-', '_')}.py"


def show_locked() -> None:
    """Draw nothing of the record; the window's guard presses the button once the passphrase was given."""
    st.button("Draw this screen again", key="secure_base_again")


def note_look(client: Client | None, screen: str) -> None:
    """Let the audit trail say that this client is looked at on this screen, before anything of theirs is drawn."""
    if client is None or screen not in LOOKS:
        return
    if not runtime.load(looked_lately, client.id, screen):
        runtime.save(looked_at, client.id, screen)


def is_refused(screen: str, client: Client | None, acts: frozenset[Act]) -> bool:
    """Whether this person may not see a screen that was reached all the same; one without a client says so itself."""
    needed = NEEDS.get(screen)
    return needed is not None and needed not in acts and (client is not None or needed in OF_PRACTICE)


def draw_screen(current: StreamlitPage, client: Client | None, acts: frozenset[Act]) -> None:
    """Draw the screen that was asked for, or say that it is not open to this person."""
    selection.give_back_typed(current.title)
    if is_refused(current.url_path, client, acts):
        page.header(current.title)
        messages.show_refusal(NotAllowed(NOT_OPEN))
        return
    if current.url_path in LOOKS:
        banners.say_what_is_open(acts)
    note_look(client, current.url_path)
    current.run()


def draw(current: StreamlitPage, presence: Presence, place: Workplace) -> None:
    """Draw sidebar, banners and screen for somebody who is signed in."""
    if selection.is_new():
        selection.choose_client(presence.sign_in.client_id)
    if current.url_path not in SAYS_WHAT_WAS_SAVED:
        selection.clear_message()
    if current.url_path != DOCUMENTS.url_path:
        selection.stand_on(_script(current.url_path), current.title)
    client, taken_away = chosen_client()
    acts = runtime.load(acts_open, client.id if client else None)
    if selection.chosen_client() != presence.sign_in.client_id:
        runtime.keep_client(selection.chosen_client())
    page.sidebar(
        [(TODAY, "Today"), (LEARN, "Learn"), (DOCUMENTS, "Documents"), (SETTINGS, "Settings")],
        client,
        [(each, each.title) for each in CLIENT_PAGES if NEEDS[each.url_path] in acts],
    )
    page.inks_again()
    banners.show(synthetic=place.practice.synthetic, notice=runtime.synthetic_notice())
    backups = runtime.backups().warning if Act.BACK_UP in acts else None
    own = () if presence.visitor else (*runtime.trail_problems(), backups)
    banners.warn(runtime.load(clock_problem), runtime.space_problem(), *own)
    if hide.is_on(presence):
        curtain.draw(current.title, client)
        return
    if taken_away is not None:
        messages.show_refusal(taken_away)
    draw_screen(current, client, acts)


def run() -> None:
    """Open the screen that was asked for, for somebody who is signed in; everybody else is sent to sign in."""
    current = st.navigation([TODAY, LEARN, DOCUMENTS, SETTINGS, *CLIENT_PAGES, NEW_CLIENT, NOTE], position="hidden")
    presence = runtime.presence()
    if presence is None:
        runtime.leave_for(runtime.SIGN_IN_PAGE)
    runtime.claim_session()
    if presence.locked or presence.place is None:
        selection.keep_typed(current.title)
        show_locked()
        return
    draw(current, presence, presence.place)


try:
    run()
except SecureBaseError as refusal:
    # Refused outside a form, by a database that is locked or gone: its sentence is made to be shown.
    messages.show_refusal(refusal)
