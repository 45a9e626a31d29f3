"""Two people in one practice: the owner adds an assistant, who begins in a browser of their own and sees no record."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import StartServer
from tests.browser.looking import axe, settled
from tests.browser.server import PASSPHRASE
from tests.browser.signing_in import WITHIN_MS, field, set_up, stands_on_today
from tests.browser.steps import Hand, add_client
from tests.browser.windows import Windows

ASSISTANT, THEIRS = "Robin Lee", "candle river seven moth plank"
WORDS = "Canaryword about the week"


def test_assistant_begins_with_a_starting_code_and_sees_names_and_no_notes(
    start_server: StartServer, windows: Windows
) -> None:
    server, hand = start_server(), Hand(page=windows.take())
    set_up(server, hand.page)
    add_client(hand, "Ada")
    hand.go("Sessions", "Ada: sessions")
    hand.press("Add session")
    expect(hand.page.get_by_text("1 so far")).to_be_visible()
    happened = hand.page.get_by_label("What happened", exact=True)
    happened.fill(WORDS)
    happened.press("Enter")
    expect(hand.page.get_by_text(WORDS)).to_be_visible()
    code = _added(hand)

    page = windows.take()
    page.goto(server.url + "/auth/sign-in")
    page.get_by_role("link", name="I have a starting code").click()
    assert axe(page) == []
    _begin(page, code)
    stands_on_today(page)
    expect(page.get_by_text("Ada", exact=True).first).to_be_visible(timeout=WITHIN_MS)
    page.get_by_role("button", name="Sessions").click()
    expect(page.get_by_role("heading", level=1, name="Ada: sessions")).to_be_visible(timeout=WITHIN_MS)
    settled(page)
    assert WORDS not in page.inner_text("body")
    side = page.get_by_test_id("stSidebar")
    expect(side.get_by_role("link", name="Questionnaires")).to_be_visible()
    for hidden in ("Review", "Check-in", "Notes", "Profile"):
        expect(side.get_by_role("link", name=hidden, exact=True)).to_have_count(0)
    page.goto(server.url + "/notes")
    expect(page.get_by_text(re.compile("not open to you"))).to_be_visible(timeout=WITHIN_MS)

    _end(hand)
    expect(page).to_have_url(re.compile("/auth/sign-in"), timeout=WITHIN_MS)
    _begin(page, code, again=False)


def _added(hand: Hand) -> str:
    """Add the assistant in Settings; gives the starting code."""
    hand.go("Settings", "Settings")
    hand.page.get_by_text("Who works in this practice").click()
    page = hand.page
    page.get_by_role("button", name="Add somebody").click()
    page.wait_for_url("**/auth/accounts/add")
    field(page, "Name of the new person").fill(ASSISTANT)
    field(page, "Role").select_option("assistant")
    field(page, "Your passphrase").fill(PASSPHRASE)
    assert axe(page) == []
    page.get_by_role("button", name="Add them").click()
    shown = page.get_by_role("group", name="Starting code")
    expect(shown).to_be_visible(timeout=WITHIN_MS)
    code = "-".join(shown.locator("span").all_inner_texts())
    page.get_by_role("link", name="Back to Settings").click()
    expect(page.get_by_role("heading", level=1, name="Settings")).to_be_visible(timeout=WITHIN_MS)
    settled(page)
    return code


def _begin(page: Page, code: str, *, again: bool = True) -> None:
    """Give the starting code and choose a passphrase; a code that was used opens nothing."""
    page.goto(re.sub(r"/auth/.*|/notes.*", "", page.url).rstrip("/") + "/auth/begin")
    field(page, "Your name").fill(ASSISTANT)
    field(page, "Starting code").fill(code)
    field(page, "New passphrase").fill(THEIRS)
    field(page, "The same passphrase again").fill(THEIRS)
    page.get_by_role("button", name="Set my passphrase and sign in").click()
    if not again:
        expect(page.get_by_role("alert")).to_contain_text("do not open this practice", timeout=WITHIN_MS)


def _end(hand: Hand) -> None:
    """End the assistant's account."""
    page = hand.page
    page.get_by_text("Who works in this practice").click()
    page.get_by_role("button", name="Change an account").click()
    page.wait_for_url("**/auth/accounts/change")
    field(page, "Whose account").select_option(ASSISTANT)
    field(page, "What is changed").select_option("End the account")
    field(page, "Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("heading", name="The account is ended")).to_be_visible(timeout=WITHIN_MS)
