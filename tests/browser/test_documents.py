"""From a figure to how it is worked out, and back: with a mouse, without one, and on a phone."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import axe, settled
from tests.browser.screens_to_see import close_menu, open_menu
from tests.browser.server import Server
from tests.browser.steps import Hand, find_client

SIGN = "Reassurance that never quite helps"
MOST_TABS = 80
FOCUSED = "() => document.activeElement.getAttribute('aria-label') || document.activeElement.innerText.trim()"


def says_nothing_of_a_client(page: Page) -> None:
    """The address holds the screen and nothing else."""
    address = urlsplit(page.url)
    assert (address.path, address.query, address.fragment) == ("/documents", "", "")
    assert "Sarah" not in page.title()


def tab_to(page: Page, name: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if str(page.evaluate(FOCUSED)).startswith(name):
            return
    raise AssertionError(f"Tab does not lead to {name}.")


def test_from_a_sign_to_its_rule_and_back_to_the_same_client(demo_server: Server, open_page: OpenPage) -> None:
    page = open_page(demo_server).page
    hand = Hand(page=page)
    find_client(hand, "Sarah")
    page.locator(".st-key-sign_ws_reassurance summary").click()
    page.locator(".st-key-explain_sign_ws_reassurance").get_by_role("button").click()
    hand.sees_title(SIGN)
    says_nothing_of_a_client(page)
    hand.press("State of a warning sign: the rule")
    hand.sees_title("State of a warning sign")
    expect(page.get_by_role("cell", name="days looked back over, up to today")).to_be_visible()
    says_nothing_of_a_client(page)
    hand.press("Back to Review")
    hand.sees_title("Sarah")
    evidence = page.locator(".st-key-sign_ws_reassurance").get_by_role("table")
    expect(evidence).to_be_visible()


def test_browser_s_own_way_back_leads_to_the_same_client(demo_server: Server, open_page: OpenPage) -> None:
    page = open_page(demo_server).page
    hand = Hand(page=page)
    find_client(hand, "Sarah")
    hand.press("How the chart is worked out")
    hand.press("The line, and where it breaks")
    hand.sees_title("The line, and where it breaks")
    page.go_back()
    hand.sees_title("Sarah")


def test_topic_is_found_opened_and_left_without_a_mouse(demo_server: Server, open_page: OpenPage) -> None:
    page = open_page(demo_server).page
    hand = Hand(page=page)
    hand.sees_title("Today")
    tab_to(page, "Documents")
    page.keyboard.press("Enter")
    hand.sees_title("Documents")
    tab_to(page, "Search")
    page.keyboard.type("start lev")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start level", exact=True)).to_be_visible()
    settled(page)
    tab_to(page, "Start level")
    page.keyboard.press("Enter")
    hand.sees_title("Start level")
    page.keyboard.press("Home")
    tab_to(page, "Back to Today")
    page.keyboard.press("Enter")
    hand.sees_title("Today")


def test_figures_of_a_form_fit_on_a_phone(demo_server: Server, open_page: OpenPage) -> None:
    page = open_page(demo_server, phone=True).page
    hand = Hand(page=page)
    find_client(hand, "Sarah")
    open_menu(page)
    hand.go("Documents", "Documents")
    close_menu(page)
    hand.fill("Search", "phq-9")
    hand.press("PHQ-9")
    hand.sees_title("PHQ-9")
    for fold in ("items", "figures", "sources"):
        page.locator(f".st-key-fold_{fold} summary").click()
    settled(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth <= e.clientWidth")
    assert axe(page) == []
