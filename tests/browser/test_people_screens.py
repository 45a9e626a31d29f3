"""What people of a practice see: it fits both sizes, has no serious finding in either theme, and needs no mouse."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pyotp
import pytest
from playwright.sync_api import Page, expect

from core.charts.palette import DARK, LIGHT
from tests.browser.conftest import StartServer
from tests.browser.looking import MOTION_ENDS, axe, fits_sideways, in_theme, settled
from tests.browser.people_to_see import BY_PEOPLE
from tests.browser.peopled import Person, make_peopled
from tests.browser.screens_to_see import Seen
from tests.browser.server import PASSPHRASE, Server
from tests.browser.signing_in import WITHIN_MS, field, sign_in, stands_on_today
from tests.browser.steps import Hand, find_client
from tests.browser.tabbing import tab_round
from tests.browser.test_keyboard import Keyboard
from tests.browser.windows import DESK, PHONE, Windows

Seat = Callable[[Person | None], Page]
NEW_NAME = "Alex Moor"
SECOND_STEP = "/auth/second-step"
SCREENS = [each for each in BY_PEOPLE if each.whole]


@pytest.fixture(scope="module")
def server(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A practice with people of every role and invented clients."""
    return start_server(data_dir=make_peopled(tmp_path_factory.mktemp("peopled")))


@pytest.fixture(scope="module")
def seat(server: Server, windows: Windows) -> Iterator[Seat]:
    """The window of each person, who signs in once; nobody's is one before signing in."""
    pages: dict[Person | None, Page] = {}

    def of(who: Person | None) -> Page:
        if who not in pages:
            pages[who] = windows.take()
            if who is not None:
                sign_in(server, pages[who], name=who)
                stands_on_today(pages[who])
        return pages[who]

    yield of
    for page in pages.values():
        windows.give_back(page)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_screen_of_people_fits_has_no_finding_and_is_gone_through_by_tab(
    server: Server, seat: Seat, screen: Seen
) -> None:
    page = seat(screen.who)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    page.goto(server.url + screen.address)
    settled(page)
    screen.way(Hand(page=page))
    _stands_every_look(page)


def _stands_every_look(page: Page) -> None:
    """Look at it wide in both themes, go through it by Tab, and look at it narrow; it is left so."""
    assert fits_sideways(page)
    found = {LIGHT.name: axe(page)}
    assert tab_round(page).problems == {}
    in_theme(page, DARK)
    found[DARK.name] = axe(page)
    page.set_viewport_size(PHONE)
    assert fits_sideways(page)
    assert found == {LIGHT.name: [], DARK.name: []}


def test_second_step_is_turned_on_asked_for_and_turned_off_without_a_mouse(server: Server, windows: Windows) -> None:
    page = windows.take()
    sign_in(server, page, name=Person.THERAPIST)
    stands_on_today(page)
    _type_into(page, server.url + SECOND_STEP, "Your passphrase", PASSPHRASE)
    key = "".join(page.get_by_role("group", name="Key").locator("span").all_inner_texts())
    Keyboard(page=page).tab_to("", "Code")
    page.keyboard.type(_code_of(key))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("is on", timeout=WITHIN_MS)
    page.goto(server.url + SECOND_STEP)
    _stands_every_look(page)

    page.context.clear_cookies()
    sign_in(server, page, name=Person.THERAPIST)
    expect(field(page, "Code")).to_be_focused(timeout=WITHIN_MS)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    _stands_every_look(page)
    field(page, "Code").focus()
    page.keyboard.type(_code_of(key, 1))
    page.keyboard.press("Enter")
    stands_on_today(page)
    _type_into(page, server.url + SECOND_STEP, "Your passphrase", PASSPHRASE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("is off", timeout=WITHIN_MS)
    windows.give_back(page)


def _type_into(page: Page, address: str, label: str, words: str) -> None:
    """Open a page whose first field has the focus, type into it and send it by Enter."""
    page.goto(address)
    expect(field(page, label)).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(field(page, label)).to_have_count(0, timeout=WITHIN_MS)


def _code_of(key: str, steps: int = 0) -> str:
    """The code that a telephone shows now, or some steps of 30 seconds from now."""
    return pyotp.TOTP(key).at(datetime.now(UTC), counter_offset=steps)


def test_owner_adds_somebody_and_shares_a_client_with_them_without_a_mouse(server: Server, seat: Seat) -> None:
    page = seat(Person.OWNER)
    page.set_viewport_size(DESK)
    keys, hand = Keyboard(page=page), Hand(page=page)
    page.goto(server.url + "/settings")
    hand.sees_title("Settings")
    keys.tab_to("", "Who works in this practice")
    keys.activate("Enter")
    keys.tab_to("", "Add somebody")
    page.keyboard.press("Enter")
    expect(field(page, "Name of the new person")).to_be_focused()
    page.keyboard.type(NEW_NAME)
    page.keyboard.press("Tab")
    page.keyboard.type("supervisor")
    keys.tab_to("", "Your passphrase")
    page.keyboard.type(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Starting code")).to_be_visible(timeout=WITHIN_MS)
    keys.tab_to("", "Back to Settings")
    page.keyboard.press("Enter")
    hand.sees_title("Settings")
    find_client(_on_today(server, hand), "Karim")
    hand.go("Profile", "Karim: profile")
    keys.tab_to("", "Share or hand over")
    keys.activate("Enter")
    page.evaluate(MOTION_ENDS)  # a list that opens while its place still moves is closed again
    page.keyboard.press("Tab")
    page.keyboard.type(NEW_NAME)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    settled(page)
    keys.tab_to("", "Share")
    keys.activate("Enter")
    expect(page.get_by_text(f"Shared with {NEW_NAME} to read")).to_be_visible()
    keys.back_to("Stop sharing")
    keys.activate("Enter")
    expect(page.get_by_text("Shared with nobody.")).to_be_visible()


def _on_today(server: Server, hand: Hand) -> Hand:
    hand.page.goto(server.url)
    hand.sees_title("Today")
    return hand
