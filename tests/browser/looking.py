"""What a browser test looks at: a settled page, the console and the network, the accessibility check, the file."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request, expect

from core.charts.palette import DARK, LIGHT, Palette
from core.store import DataKey, PracticeKeys, SystemClock
from core.store.cipher import DRIVER, hand_over
from core.store.file_check import is_readable
from core.store.key_file import key_path_of
from tests.browser.server import HOST, PASSPHRASE, THERAPIST

SETTLE_WITHIN_MS = 30_000
STORED_WITHIN_SECONDS = 10.0
PLAIN_PAGE = "html:not(:has(#root))"  # one of the pages before the record, which Streamlit does not draw
# A colour that is on its way from one theme to the other has the contrast of neither.
MOTION_ENDS = """() => Promise.all(document.getAnimations()
    .filter(each => each.effect.getComputedTiming().endTime < 10_000).map(each => each.finished.catch(() => null)))"""
READY = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'
WAITING = '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]'
INKS = "st-key-secure_base_inks_"
WIDEST = """() => Math.max(document.documentElement.scrollWidth,
    document.querySelector('[data-testid="stMain"]')?.scrollWidth ?? 0)"""
SERIOUS = ("serious", "critical")
OF_COLOUR = ("color-contrast", "link-in-text-block")  # the rules whose findings another theme can change


@dataclass(kw_only=True)
class Visit:
    """One page and what happened behind it; the fixture that opened it fails the test when either list fills."""

    page: Page
    console_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Open an address and wait until it is settled; from now on errors and requests to others are noted."""
        for event, note in self._notes().items():
            self.page.on(event, note)
        self.page.goto(address)
        settled(self.page)

    def forget(self) -> None:
        """Begin both lists anew."""
        self.console_errors.clear()
        self.foreign_requests.clear()

    def leave(self) -> None:
        """Note nothing more."""
        for event, note in self._notes().items():
            self.page.remove_listener(event, note)

    def _notes(self) -> dict[Any, Callable[..., None]]:
        return {"console": self._note_console, "pageerror": self._note_script_error, "request": self._note_request}

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _note_script_error(self, error: Error) -> None:
        self.console_errors.append(str(error))

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != HOST:
            self.foreign_requests.append(request.url)


def settled(page: Page) -> Page:
    """Wait until the script has run, nothing is drawn stale any more, and no exception box stands on the page.

    After an action also expect what it should have changed: the run it starts may not have begun yet. The sign-in
    pages run no script and stand at once.
    """
    if "/auth/" in page.url:
        return page
    page.wait_for_selector(READY, timeout=SETTLE_WITHIN_MS)
    expect(page.locator(WAITING)).to_have_count(0, timeout=SETTLE_WITHIN_MS)
    expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    return page


def in_theme(page: Page, palette: Palette) -> None:
    """Show the same state of the page in another theme.

    The browser changes the colours of the page itself. Figures and drawings got theirs from the server: the window has
    them drawn again by itself, in the inks of the other theme.
    """
    drawings = page.locator(".handout-screen")
    drawn = [drawing.get_attribute("src") or "" for drawing in drawings.all()]
    page.emulate_media(color_scheme="dark" if palette is DARK else "light")
    paper = page.get_by_test_id("stApp").or_(page.locator(PLAIN_PAGE))
    expect(paper).to_have_css("background-color", as_rgb(palette.paper))
    page.evaluate(MOTION_ENDS)
    if page.locator(f'[class*="{INKS}"]').count() == 0:
        return
    expect(page.locator(f".{INKS}{palette.name}")).to_have_count(1, timeout=SETTLE_WITHIN_MS)
    settled(page)
    for drawing, before in zip(drawings.all(), drawn, strict=True):
        expect(drawing).not_to_have_attribute("src", before)
    other = LIGHT if palette is DARK else DARK
    figures = page.get_by_test_id("stPlotlyChart")
    for ink in (other.ink, other.ink2, other.ink3):
        expect(figures.locator(f'text[style*="{as_rgb(ink)}"]')).to_have_count(0)


def as_rgb(colour: str) -> str:
    """A colour written `#RRGGBB`, as a browser tells it."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"


def fits_sideways(page: Page) -> bool:
    """Whether nothing on the page is wider than its window."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    return int(page.evaluate(WIDEST)) <= width


def axe(page: Page, *rules: str) -> list[str]:
    """Serious and critical accessibility findings, one line each: rule, why, and the elements; by `rules` alone."""
    options = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    results: dict[str, Any] = Axe().run(page, options={"resultTypes": ["violations"], **options}).response
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: "
        + "; ".join(str(node["target"]) for node in found["nodes"])
        for found in results["violations"]
        if found["impact"] in SERIOUS
    ]


def rows(file: Path, query: str) -> list[Any]:
    """What `query` finds in a database file, read past the running server; with the tests' passphrase if need be."""
    with closing(_connected(file)) as connection:
        return list(connection.execute(query).fetchall())


def _connected(file: Path) -> Any:
    address = f"file:{file}?mode=ro"
    if is_readable(file):
        return sqlite3.connect(address, uri=True)
    connection = DRIVER.connect(address, uri=True)
    hand_over(connection, key_of(file))
    return connection


@lru_cache(maxsize=100)
def key_of(file: Path) -> DataKey:
    """The key of an encrypted file, with the tests' passphrase."""
    return PracticeKeys(key_path_of(file), clock=SystemClock()).unlock(THERAPIST, PASSPHRASE).key


def eventually(is_so: Callable[[], bool]) -> None:
    """Wait until something outside the page is so: what was typed reaches the file a moment after the page."""
    deadline = time.monotonic() + STORED_WITHIN_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "It did not come about in time."
        time.sleep(0.05)
