"""The longer part of a check-in by keyboard and by hand; and the quick part costs as many actions as before."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DEMO_DAY, OpenPage, StartServer
from tests.browser.looking import rows, settled
from tests.browser.server import Server
from tests.browser.steps import Hand, find_client
from tests.browser.test_keyboard import Keyboard

QUICK_ACTIONS = 9  # to the form, average, peak, reassurance, distortions, all six, two signs, Save
HOSTILE = "**phone** <b>x</b> [l](http://e.org)"
NEWEST = "FROM check_in_version ORDER BY recorded_at DESC LIMIT 1"


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """A synthetic practice of this module's own; each test writes about another client."""
    return start_server(demo=True, today=DEMO_DAY)


def to_form(page: Page, client: str) -> Hand:
    hand = Hand(page=page)
    find_client(hand, client)
    hand.go("Check-in", f"{client}: check-in")
    return hand


def marks(server: Server, kind: str) -> list[tuple[object, ...]]:
    """Subject and value of the newest check-in's marks of one kind."""
    newest = "SELECT id FROM check_in_version ORDER BY recorded_at DESC LIMIT 1"
    return rows(
        server.data_dir / "synthetic.db",
        f"SELECT subject, value FROM mark WHERE kind = '{kind}' AND check_in_id = ({newest}) ORDER BY subject",
    )


def test_longer_part_is_filled_without_a_mouse(server: Server, open_page: OpenPage) -> None:
    page = open_page(server).page
    to_form(page, "Sarah")
    keys = Keyboard(page=page)
    keys.tab_to("", "keyboard_arrow_right")  # what opens *More* begins with the name of its arrow
    assert "More: " in keys.focused()[1]
    keys.activate("Enter")
    keys.tab_to("Anxiety now")
    keys.arrow_to("3")
    keys.activate()
    for box, digits in (("Days with checking", "2"), ("Fights in all", "1")):
        keys.tab_to("", box)
        page.keyboard.type(digits)
    keys.tab_to("Pulled away")
    keys.arrow_to("sometimes")
    keys.activate()
    keys.tab_to("In the body")
    keys.arrow_to("None")
    keys.activate()
    keys.tab_to("Practised")
    keys.arrow_to("“I” language")
    keys.activate()
    expect(page.get_by_role("textbox", name="“I” language")).to_be_visible()
    keys.tab_to("", "“I” language")
    page.keyboard.type("3")
    keys.tab_to("Sleep")
    keys.arrow_to("7")
    keys.activate()
    page.keyboard.press("Home")
    keys.back_to("Save check-in")
    keys.activate("Enter")
    Hand(page=page).sees_title("Sarah")
    found = rows(server.data_dir / "synthetic.db", f"SELECT anxiety_now, checking_days, conflicts, withdrew {NEWEST}")
    assert found == [(3, 2, 1, "sometimes")]
    assert marks(server, "body_sign") == [("", None)]
    assert marks(server, "practised") == [("cs_i_language", 3)]
    assert [value for _, value in marks(server, "own_measure")] == [7]
    assert marks(server, "trigger") == []


def test_quick_check_in_of_a_client_with_a_profile_takes_no_more_actions(server: Server, open_page: OpenPage) -> None:
    hand = to_form(open_page(server).page, "Emily")
    hand.clicks = 1
    expect(hand.page.get_by_role("radiogroup", name="Anxiety now")).to_be_hidden()
    hand.rate("Anxiety, average", "6")
    hand.rate("Anxiety, peak", "8")
    hand.rate("Asked for reassurance", "3")
    hand.rate("Distortions noticed", "4")
    hand.all_six()
    hand.chip("Often", "Reassurance")
    hand.chip("Often", "Checking")
    hand.save_check_in("Emily")
    assert hand.clicks == QUICK_ACTIONS
    assert marks(server, "practised") == []


def test_refused_then_saved_undone_and_a_hostile_topic_shows_as_typed(server: Server, open_page: OpenPage) -> None:
    page = open_page(server).page
    hand = to_form(page, "Karim")
    page.get_by_text(re.compile("^More: ")).click()
    settled(page)
    hand.number("Fights in all", 1)
    hand.number("On a known topic", 2)
    hand.fill("New topic", HOSTILE)
    hand.chip("Reactions", "panic")
    hand.chip("Reactions", "None")
    expect(page.get_by_role("toolbar", name="Reactions").get_by_role("button", name="panic")).to_have_attribute(
        "aria-pressed", "false"
    )
    hand.press("Save check-in")
    expect(page.get_by_role("alert").filter(has_text="2 fights on a known topic")).to_be_visible()
    expect(page.get_by_role("textbox", name="New topic")).to_have_value(HOSTILE)
    hand.number("Fights in all", 2)
    hand.save_check_in("Karim")
    expect(page.locator(".st-key-saved_bar").get_by_text("**phone** <b>x</b> [l]")).to_be_visible()
    assert page.get_by_role("link", name="l", exact=True).count() == 0
    hand.press("Undo")
    expect(page.get_by_text("was undone. It counts nowhere")).to_be_visible()
