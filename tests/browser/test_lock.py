"""An open window: locked by hand and by itself, opened by the passphrase, hidden, and signed out meanwhile."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, WebSocket, expect

from tests.browser.conftest import StartServer
from tests.browser.looking import axe, settled
from tests.browser.server import PASSPHRASE, Server
from tests.browser.server import THERAPIST as NAME
from tests.browser.signing_in import WITHIN_MS, field, set_up, sign_in, stands_on_today
from tests.browser.steps import Hand, add_client
from tests.browser.windows import Windows

CLIENT = "Wilhelmina"
WORDS = "quarrelled about the lighthouse"
UNSENT = """() => {
  window.unsent = true;
  document.addEventListener('secure-base:leaving', (event) => { if (window.unsent) event.preventDefault(); });
  document.addEventListener('secure-base:signed-in', (event) => event.detail.wait(
    fetch('/api/activity').then((answer) => { if (answer.ok) { window.unsent = false; } })));
}"""


@pytest.fixture(scope="module")
def server(start_server: StartServer, windows: Windows) -> Server:
    """A practice with one client."""
    started = start_server()
    with windows.borrowed() as page:
        set_up(started, page)
        add_client(Hand(page=page), CLIENT)
    return started


@pytest.fixture
def page(server: Server, windows: Windows) -> Iterator[Page]:
    """Signed in, with the client's sessions open."""
    with windows.borrowed() as opened:
        sign_in(server, opened)
        stands_on_today(opened)
        opened.get_by_role("combobox", name="Find client").click()
        opened.get_by_role("option", name=CLIENT).click()
        Hand(page=opened).sees_title(CLIENT)
        Hand(page=opened).go("Sessions", f"{CLIENT}: sessions")
        yield opened


def lock_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Locked")


def told_to_a_screen_reader(page: Page) -> str:
    """The browser's own accessibility tree, in which what is inert does not stand."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return " ".join(str(node.get("name", {}).get("value", "")) for node in tree["nodes"] if not node["ignored"])


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    page.keyboard.type(passphrase)
    page.keyboard.press("Enter")


def test_locked_window_shows_nothing_and_goes_on_where_it_was(server: Server, page: Page) -> None:
    box = field(page, "What happened")
    box.fill(WORDS)
    box.press("ArrowLeft")
    assert CLIENT in told_to_a_screen_reader(page)
    page.keyboard.press("Alt+l")
    expect(lock_of(page)).to_be_visible()
    assert CLIENT not in told_to_a_screen_reader(page)
    assert axe(page) == []
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(lock_of(page)).to_be_visible()
    page.evaluate("document.querySelector('dialog.secure-base-lock').remove()")
    expect(lock_of(page)).to_be_visible()
    unlock(page, "not the passphrase at all")
    expect(page.get_by_role("alert").filter(has_text="another layout")).to_be_visible(timeout=WITHIN_MS)
    expect(field(page, "Passphrase")).to_be_focused()
    page.get_by_role("button", name="Show passphrase").click()
    expect(field(page, "Passphrase")).to_have_attribute("type", "text")
    field(page, "Passphrase").focus()
    page.wait_for_timeout(2_100)  # the wait that the answer told of
    unlock(page)
    expect(lock_of(page)).to_have_count(0, timeout=WITHIN_MS)
    expect(box).to_be_focused()
    page.keyboard.type("!")
    expect(box).to_have_value(f"{WORDS[:-1]}!{WORDS[-1]}")


def test_print_of_a_locked_window_holds_no_name_and_its_form_keeps_its_words(server: Server, page: Page) -> None:
    field(page, "What happened").fill(WORDS)
    page.keyboard.press("Alt+l")
    expect(lock_of(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text(CLIENT).locator("visible=true")).to_have_count(0)
    page.emulate_media(media="screen")
    unlock(page)
    expect(lock_of(page)).to_have_count(0, timeout=WITHIN_MS)
    expect(field(page, "What happened")).to_have_value(WORDS)


def test_server_gives_nothing_while_locked(server: Server, page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Lock")).click()
    expect(lock_of(page)).to_be_visible()
    page.wait_for_function("() => fetch('/api/activity').then(answer => answer.status === 423)")
    other = page.context.new_page()
    other.goto(server.url + "/review")
    expect(other).to_have_url(server.url + "/auth/sign-in")
    assert CLIENT not in other.content()


def test_every_window_of_a_browser_is_locked_and_opened_together(server: Server, page: Page) -> None:
    other = page.context.new_page()
    other.goto(server.url)
    stands_on_today(other)
    page.keyboard.press("Alt+l")
    expect(lock_of(other)).to_be_visible()
    other.bring_to_front()
    unlock(other)
    expect(lock_of(other)).to_have_count(0, timeout=WITHIN_MS)
    expect(lock_of(page)).to_have_count(0)


def test_window_warns_and_locks_by_itself_when_nobody_is_at_it(server: Server, page: Page) -> None:
    def soon(route: Route) -> None:
        route.fulfill(json={"left_seconds": 6, "locked": False})

    page.route("**/api/activity", soon)
    page.reload()
    settled(page)
    expect(page.get_by_role("status").filter(has_text="locks in less than a minute")).to_be_visible()
    assert axe(page) == []
    expect(lock_of(page)).to_be_visible(timeout=WITHIN_MS)
    page.unroute("**/api/activity")
    unlock(page)
    expect(lock_of(page)).to_have_count(0, timeout=WITHIN_MS)
    expect(page.get_by_role("status").filter(has_text="locks in less than a minute")).to_have_count(0)


def test_only_the_persons_own_input_is_reported_and_not_each_key(server: Server, page: Page) -> None:
    page.reload()
    settled(page)
    reports: list[str] = []
    page.on("request", lambda sent: reports.append(sent.url) if sent.url.endswith("/api/activity") else None)
    page.evaluate("for (const kind of ['keydown', 'pointerdown', 'wheel']) document.dispatchEvent(new Event(kind))")
    page.wait_for_timeout(1_500)
    assert reports == []
    field(page, "What happened").press_sequentially("many keys in a row")
    page.mouse.wheel(0, 100)
    page.wait_for_timeout(500)
    assert len(reports) == 1


def test_no_name_is_sent_while_hidden_and_a_form_keeps_its_words(server: Server, page: Page) -> None:
    page.reload()
    settled(page)
    sent: list[bytes] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode()))

    field(page, "What happened").fill(WORDS)
    page.keyboard.press("Alt+n")
    expect(page.get_by_text("Names, words and figures are not sent")).to_be_visible()
    settled(page)
    expect(page.locator("html")).not_to_have_class(re.compile("covered"))
    assert CLIENT not in page.content()
    assert axe(page) == []
    page.on("websocket", listen)
    page.reload()
    settled(page)
    for title in ("Review", "Profile", "Notes"):
        Hand(page=page).go(title, title)
    assert sent
    assert not any(CLIENT.encode() in frame for frame in sent)
    Hand(page=page).go("Sessions", "Sessions")
    page.keyboard.press("Alt+n")
    Hand(page=page).sees_title(f"{CLIENT}: sessions")
    assert any(CLIENT.encode() in frame for frame in sent)
    field(page, "What happened").fill(WORDS)
    page.keyboard.press("Alt+n")
    expect(page.get_by_text("Names, words and figures are not sent")).to_be_visible()
    settled(page)
    page.keyboard.press("Alt+n")
    expect(field(page, "What happened")).to_have_value(WORDS)


def test_window_of_an_ended_sign_in_is_on_the_sign_in_page(server: Server, page: Page, windows: Windows) -> None:
    _end_other_sign_ins(server, windows)
    page.wait_for_url("**/auth/sign-in", timeout=4_000)
    assert CLIENT not in page.content()


def test_words_not_stored_yet_keep_the_window_until_they_are(server: Server, page: Page, windows: Windows) -> None:
    page.evaluate(UNSENT)
    _end_other_sign_ins(server, windows)
    signed_out = page.get_by_role("dialog", name="Signed out")
    expect(signed_out).to_be_visible(timeout=4_000)
    assert CLIENT not in told_to_a_screen_reader(page)
    assert axe(page) == []
    field(page, "Your name").fill(NAME)
    field(page, "Passphrase").fill("not the passphrase at all")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="do not open")).to_be_visible(timeout=WITHIN_MS)
    assert page.evaluate("window.unsent")
    page.wait_for_timeout(2_100)  # the wait that the answer told of
    field(page, "Passphrase").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.unsent === undefined", timeout=WITHIN_MS)
    settled(page)
    expect(signed_out).to_have_count(0)
    expect(page.get_by_test_id("stSidebar").get_by_role("link", name="Today")).to_be_visible()


def _end_other_sign_ins(server: Server, windows: Windows) -> None:
    """End, in the settings of another browser, every sign-in but its own."""
    with windows.borrowed() as page:
        sign_in(server, page)
        stands_on_today(page)
        Hand(page=page).go("Settings", "Settings")
        ends = page.get_by_role("button", name="End", exact=True)
        while ends.count():
            left = ends.count()
            ends.first.click()
            expect(ends).to_have_count(left - 1)
