"""Names that look like markup, formulas, links or scripts stand on every screen exactly as they were typed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Walk
from tests.browser.screens_to_see import set_up_once
from tests.browser.server import Server
from tests.browser.steps import Hand, add_client, caseload_cells, find_client, shown

NAMES = (
    """Ada "the 'Great'" O`Neil""",
    "Zoë 👩\u200d🎤 :smile: :material/home:",
    "\u05d3\u05e0\u05d4 \u05db\u05d4\u05df (Dana)",
    "<script>window.ran = 1</script><b>x</b>",
    "![x](http://pictures.example/x.png) [y](http://links.example)",
    "=cmd|'/C calc'!A0",
    "$x^2$ :red[x] **bold** &amp; www.example.com",
)


@pytest.mark.parametrize("name", NAMES, ids=["quotes", "emoji", "right-to-left", "script", "link", "formula", "markup"])
def test_name_is_shown_as_it_was_typed(server: Server, walk: Walk, name: str) -> None:
    page = walk(server).page
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    hand = Hand(page=page)
    set_up_once(hand)
    add_client(hand, name)
    _stands_in_the_sidebar(page, name)
    for page_name in ("Check-in", "Questionnaires", "Sessions", "Notes", "Profile"):
        hand.go(page_name, f"{name}: {page_name.lower()}")
        _stands_in_the_sidebar(page, name)
    expect(page.get_by_test_id("stMain").locator("img, script, b")).to_have_count(0)
    hand.go("Check-in", f"{name}: check-in")
    hand.page.get_by_text(re.compile("^More: ")).click()
    hand.fill("In the client's words", name)
    hand.fill("Note", name)
    hand.save_check_in(name)
    expect(page.get_by_text(shown(f"“{name}”")).first).to_be_visible()
    hand.press("Start note")
    hand.sees_title(f"{name}: notes")
    hand.press("Start note")
    hand.sees_title(f"{name}: note, session 1")
    expect(page.get_by_role("textbox", name="Plan: your words")).to_be_visible()
    hand.go("Today", "Today")
    assert name in caseload_cells(page, name)
    find_client(hand, name)
    assert dialogs == []
    assert page.evaluate("() => window.ran === undefined")


def _stands_in_the_sidebar(page: Page, name: str) -> None:
    expect(page.get_by_test_id("stSidebar").get_by_text(shown(name))).to_be_visible()
