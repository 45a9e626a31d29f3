"""A hand at the boxes of a draft, and what of it stands in the database of its server."""

import os
import signal
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.browser import server as servers
from tests.browser.conftest import OpenPage
from tests.browser.looking import eventually, settled
from tests.browser.server import Server
from tests.browser.steps import Hand, add_client, find_client, set_up, sign_in

PLAN = "Plan: your words"


def enter(server: Server, page: Page) -> Hand:
    """Set the practice up, or sign in where that was done before."""
    return set_up(page) if page.get_by_label("Name of the practice", exact=True).count() else sign_in(page)


def start_note(server: Server, open_page: OpenPage) -> tuple[Hand, str]:
    """A fresh draft of a new client, in a browser of its own; gives the client's name too."""
    hand, name = enter(server, open_page(server).page), f"Client {uuid4().hex[:6]}"
    add_client(hand, name)
    hand.go("Notes", f"{name}: notes")
    hand.press("Start note")
    hand.sees_title(f"{name}: note, session 1")
    return hand, name


def open_note(page: Page, name: str) -> Hand:
    """Open the client's one draft in a page that has just been loaded; the client is kept with most sign-ins."""
    hand = Hand(page=page)
    settled(page)
    if not page.get_by_test_id("stSidebar").get_by_role("link", name="Notes", exact=True).count():
        hand.go("Today", "Today")
        find_client(hand, name)
    if not page.get_by_role("heading", level=1, name=f"{name}: notes").count():
        hand.go("Notes", f"{name}: notes")
    hand.click(page.get_by_role("button", name="Open n1", exact=True))
    hand.sees_title(f"{name}: note, session 1")
    return hand


def box(hand: Hand, label: str = PLAN) -> Locator:
    """The box of a section."""
    return hand.page.get_by_role("textbox", name=label, exact=True)


def line(hand: Hand, words: str) -> None:
    """Wait until a box's line says `words`."""
    expect(hand.page.get_by_role("status").filter(has_text=words).first).to_be_visible(timeout=15_000)


def lines(hand: Hand) -> str:
    """What all the boxes' lines say."""
    return " ".join(hand.page.get_by_role("status").all_text_contents())


def wait_until_stored(hand: Hand) -> None:
    """Wait until every box of this window says that its words are stored, by its own account."""
    eventually(lambda: bool(hand.page.evaluate(ALL_STORED)))


def crash(server: Server) -> None:
    """Kill the server and all that it started without a word, as a crash would."""
    assert server.process is not None
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    server.process = None


def again(server: Server) -> None:
    """Start the server again at the same address."""
    port, found = server.port, servers.free_port
    servers.free_port = lambda: port  # type: ignore[assignment]  # for the length of one start
    try:
        server.start()
    finally:
        servers.free_port = found


ALL_STORED = """() => [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
  .every((each) => !each.shadowRoot?.querySelector('.draft')?.draft?.unsaved)"""
