"""Questionnaires without a mouse: the digits of a GAD-7 and the subscales of a form that was scored elsewhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DEMO_DAY, OpenPage, StartServer
from tests.browser.looking import rows, settled
from tests.browser.server import Server
from tests.browser.steps import Hand, find_client
from tests.browser.test_keyboard import Keyboard

RESPONSES = "SELECT count(*) FROM response"
LATEST = "SELECT id FROM response_version ORDER BY recorded_at DESC LIMIT 1"


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """A synthetic practice of this module's own, since it is written in."""
    return start_server(demo=True, today=DEMO_DAY)


@pytest.fixture
def page(server: Server, open_page: OpenPage) -> Page:
    """Karim's questionnaires, with the focus where a page begins."""
    opened = open_page(server).page
    hand = Hand(page=opened)
    hand.sees_title("Today")
    find_client(hand, "Karim")
    hand.go("Questionnaires", "Karim: questionnaires")
    return opened


def _choose(keys: Keyboard, form: str) -> None:
    keys.tab_to("Questionnaire")
    keys.arrow_to(form)
    keys.activate()
    group = keys.page.get_by_role("radiogroup", name="Questionnaire")
    expect(group.get_by_role("radio", name=form, exact=True)).to_be_checked()


def _asked(server: Server, question: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows(server.data_dir / "synthetic.db", question)]


def test_seven_digits_are_entered_without_a_mouse_and_enter_saves_nothing(server: Server, page: Page) -> None:
    keys = Keyboard(page=page)
    before = _asked(server, RESPONSES)
    _choose(keys, "GAD-7")
    keys.tab_to("", "Answers in order")
    page.keyboard.type("1112110")
    expect(page.get_by_text("7 of 7 answered")).to_be_visible()
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_text("Total 7 of 0 to 21, published band: mild")).to_be_visible()
    assert _asked(server, RESPONSES) == before
    keys.back_to("Save questionnaire")
    keys.activate("Enter")
    expect(page.get_by_text(re.compile(r"Saved q\d+\. Total 7 of 0 to 21"))).to_be_visible()
    assert keys.activations == 2
    answers = _asked(server, f"SELECT value FROM answer WHERE response_id = ({LATEST}) ORDER BY item")
    assert answers == [(1,), (1,), (1,), (2,), (1,), (1,), (0,)]


def test_subscales_are_entered_without_a_mouse_and_each_says_its_range(server: Server, page: Page) -> None:
    keys = Keyboard(page=page)
    before = _asked(server, RESPONSES)
    _choose(keys, "ECR-R")
    expect(page.get_by_text(re.compile("Order of the items: two blocks: 1 to 18 on anxiety"))).to_be_visible()
    keys.tab_to("", "attachment anxiety of ECR-R")
    page.keyboard.type("3.5")
    page.keyboard.press("Tab")
    settled(page)
    assert keys.focused()[1] == "attachment avoidance of ECR-R"
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.get_by_role("alert")).to_contain_text("Attachment avoidance takes numbers 1 to 7; 9 was given.")
    assert keys.focused()[1] == "attachment avoidance of ECR-R"
    assert _asked(server, RESPONSES) == before
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2.17")
    page.keyboard.press("Tab")
    settled(page)
    expect(page.get_by_role("alert")).to_have_count(0)
    keys.back_to("Save questionnaire")
    keys.activate("Enter")
    expect(page.get_by_text(re.compile(r"Saved q\d+\. attachment anxiety 3\.5 of 1 to 7"))).to_be_visible()
    totals = _asked(server, f"SELECT scale, value FROM entered_total WHERE response_id = ({LATEST}) ORDER BY scale")
    assert totals == [("anxiety", "7/2"), ("avoidance", "217/100")]


def test_due_form_is_told_on_today_and_entered_from_its_page(server: Server, open_page: OpenPage) -> None:
    opened = open_page(server).page
    hand = Hand(page=opened)
    hand.sees_title("Today")
    expect(opened.get_by_text(re.compile("SCS-SF due 14 May")).first).to_be_visible()
    find_client(hand, "Sarah")
    expect(opened.get_by_text(re.compile("SCS-SF due 14 May")).first).to_be_visible()
    hand.go("Questionnaires", "Sarah: questionnaires")
    hand.press("Enter SCS-SF")
    opened.get_by_label("Answers in order", exact=True).fill("333333333333")
    expect(opened.get_by_text("12 of 12 answered")).to_be_visible()
    hand.press("Save questionnaire")
    expect(opened.get_by_text(re.compile(r"Saved q\d+\."))).to_be_visible()
    expect(opened.get_by_role("button", name="Enter SCS-SF")).to_have_count(0)
