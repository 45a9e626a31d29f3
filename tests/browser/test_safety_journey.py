"""A safety item above 0: the stop, a browser closed at it, what stays pinned, and what ends it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, StartServer
from tests.browser.looking import rows
from tests.browser.server import Server
from tests.browser.steps import Hand, add_client, caseload_cells, find_client, set_up, sign_in

ITEM_NINE_IS_ONE = "111111111"
NEEDS = "safety item not reviewed"
WORDS = "Asked her directly. No plan, no means; we wrote a safety card together."


@pytest.fixture
def server(start_server: StartServer) -> Server:
    """A server of this test's own on an empty folder."""
    return start_server()


def _stop(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Before you go on")


def _enter_phq9(page: Page) -> Hand:
    hand = set_up(page)
    add_client(hand, "Ada")
    hand.go("Questionnaires", "Ada: questionnaires")
    hand.answer("PHQ-9", ITEM_NINE_IS_ONE)
    hand.press("Save questionnaire")
    expect(_stop(page)).to_be_visible()
    return hand


def _write(hand: Hand, words: str = WORDS) -> None:
    stop = _stop(hand.page)
    stop.get_by_text("reviewed with the client").click()
    stop.get_by_label("In your words").fill(words)
    stop.get_by_label("In your words").press("Tab")
    hand.press("Done")


def test_stop_says_the_answer_first_and_ends_with_a_choice_and_words_alone(server: Server, open_page: OpenPage) -> None:
    page = open_page(server).page
    hand = _enter_phq9(page)
    expect(_stop(page)).to_contain_text("1, “several days”: PHQ-9 item 9")
    page.keyboard.press("Escape")
    page.mouse.click(5, 5)
    expect(_stop(page)).to_be_visible()
    expect(_stop(page).get_by_role("button", name="Close")).to_have_count(0)
    hand.press("Done")
    expect(_stop(page).get_by_role("alert")).to_be_visible()
    assert rows(server.data_dir / "practice.db", "SELECT words FROM safety_review") == []
    _write(hand)
    expect(_stop(page)).to_have_count(0)
    assert rows(server.data_dir / "practice.db", "SELECT words FROM safety_review") == [(WORDS,)]


def test_browser_closed_at_the_stop_leaves_it_pinned_until_words_are_written(
    server: Server, open_page: OpenPage
) -> None:
    page = open_page(server).page
    _enter_phq9(page)
    page.context.close()
    hand = sign_in(open_page(server).page)
    assert NEEDS in caseload_cells(hand.page, "Ada")
    find_client(hand, "Ada")
    pinned = hand.page.get_by_text("Not yet reviewed.")
    expect(pinned).to_be_visible()
    expect(hand.page.get_by_text(re.compile("1, “several days”: PHQ-9 item 9"))).to_be_visible()
    hand.press("Write what was done")
    _write(hand)
    expect(_stop(hand.page)).to_have_count(0)
    hand.go("Review", "Ada")
    expect(pinned).to_have_count(0)
    hand.go("Today", "Today")
    assert NEEDS not in caseload_cells(hand.page, "Ada")
