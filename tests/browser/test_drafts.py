"""Words of a note on their way to the record: sent by themselves, kept when interrupted, never overwritten."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import Visit, axe, eventually
from tests.browser.server import PASSPHRASE, THERAPIST, Server
from tests.browser.writing import again, box, crash, line, open_note, start_note, wait_until_stored

WORDS = "One hour without the phone, and write down what came up."
SAVED = re.compile(r"^Draft saved \d\d:\d\d:\d\d$")
CALLS = re.compile(
    r"status of (401|404|409|422)|status 401|ERR_CONNECTION|WebSocket|No response received|is not responding"
    r"|Connection failed"
)  # fmt: skip


@pytest.fixture
def told(open_page: OpenPage):
    """`open_page`; what the browser writes about calls that were refused or not answered is awaited here.

    A page loaded anew at a screen's own address first asks for Streamlit's files beside it, which are not there.
    """
    visits: list[Visit] = []

    def opened(server: Server, path: str = "/", **looks) -> Visit:
        visits.append(open_page(server, path, **looks))
        return visits[-1]

    yield opened
    for visit in visits:
        visit.console_errors[:] = [said for said in visit.console_errors if not CALLS.search(said)]


def test_words_are_stored_while_they_are_typed_and_the_servers_time_stands_under_them(server, told):
    hand, name = start_note(server, told)
    box(hand).press_sequentially(WORDS, delay=90)
    expect(hand.page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    expect(box(hand)).to_be_focused()
    wait_until_stored(hand)
    hand.page.reload()
    open_note(hand.page, name)
    expect(box(hand)).to_have_value(WORDS)


@pytest.mark.parametrize("leave", ["reload", "close"])
def test_last_key_before_a_page_goes_is_kept(leave, server, told):
    hand, name = start_note(server, told)
    context = hand.page.context
    box(hand).press_sequentially("a last word")
    if leave == "reload":
        hand.page.reload()
    else:
        beside = context.new_page()
        hand.page.close()
        hand.page = beside
        beside.goto(server.url)
    open_note(hand.page, name)
    expect(box(hand)).to_have_value("a last word")


def test_screen_that_is_drawn_anew_while_somebody_types_takes_no_key(server, open_page):
    hand, _ = start_note(server, open_page)
    tick = hand.page.get_by_test_id("stMain").get_by_test_id("stCheckbox").first
    for part in range(6):
        tick.click()
        box(hand).click()
        hand.page.keyboard.press("Control+End")
        hand.page.keyboard.type(f"part {part} of it. ", delay=40)
    expect(box(hand)).to_be_focused()
    expect(box(hand)).to_have_value("".join(f"part {part} of it. " for part in range(6)))
    wait_until_stored(hand)


def test_two_windows_see_both_texts_and_nothing_is_overwritten(server, told):
    here, name = start_note(server, told)
    other_page = here.page.context.new_page()
    other_page.goto(server.url)
    there = open_note(other_page, name)
    box(there).fill("From the other window.")
    wait_until_stored(there)
    box(here).press_sequentially("From this one.")
    line(here, "nothing was overwritten")
    expect(here.page.get_by_role("textbox", name="The other text")).to_have_text("From the other window.")
    expect(here.page.get_by_text(re.compile(r"The other, saved \d\d:\d\d:\d\d by Dr Example"))).to_be_visible()
    expect(box(here)).to_be_focused()
    assert axe(here.page) == []
    here.page.get_by_role("button", name="Sign and lock", exact=True).click()
    expect(here.page.get_by_role("button", name="Keep both")).to_be_visible()
    expect(here.page.get_by_role("dialog")).to_have_count(0)
    here.page.get_by_role("button", name="Keep both").click()
    wait_until_stored(here)
    expect(box(here)).to_have_value("From the other window.\n\nFrom this one.")
    there.page.reload()
    open_note(there.page, name)
    expect(box(there)).to_have_value("From the other window.\n\nFrom this one.")


def test_sign_waits_for_the_words_that_are_still_on_their_way(server, open_page):
    hand, _ = start_note(server, open_page)
    box(hand).press_sequentially(WORDS)
    hand.page.get_by_role("button", name="Sign and lock", exact=True).click()
    dialog = hand.page.get_by_role("dialog")
    expect(dialog).to_contain_text(WORDS)
    hand.press("Sign now")
    expect(hand.page.get_by_test_id("stText").filter(has_text=WORDS)).to_be_visible()
    eventually(lambda: hand.page.evaluate("() => !document.body.innerHTML.includes('not saved')"))


def test_other_format_takes_the_last_words_along(server, open_page):
    hand, _ = start_note(server, open_page)
    box(hand, "Subjective: your words").press_sequentially("slept badly")
    hand.page.get_by_role("radio", name="DAP", exact=True).click()
    expect(box(hand, "Data: your words")).to_have_value("slept badly")


def test_words_typed_while_the_server_is_away_are_stored_after_signing_in_in_the_same_window(start_server, told):
    server = start_server()
    hand, name = start_note(server, told)
    box(hand).press_sequentially("before. ")
    wait_until_stored(hand)
    crash(server)
    box(hand).press_sequentially("while it was away. ", delay=30)
    line(hand, "Not saved yet")
    expect(box(hand)).to_be_focused()
    again(server)
    sheet = hand.page.get_by_role("dialog")
    expect(sheet).to_contain_text("Signed out", timeout=30_000)
    sheet.get_by_label("Your name").fill(THERAPIST)
    sheet.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    sheet.get_by_role("button", name="Sign in").click()
    expect(sheet).to_have_count(0, timeout=30_000)
    open_note(hand.page, name)
    expect(box(hand)).to_have_value("before. while it was away. ")


@pytest.mark.parametrize(("width", "dark"), [(1366, True), (390, False), (390, True)])
def test_editor_is_accessible_in_every_look(width, dark, server, told):
    hand = start_note(server, lambda each: told(each, dark=dark))[0]
    hand.page.set_viewport_size({"width": width, "height": 844})
    box(hand).press_sequentially(WORDS)
    line(hand, "Draft saved")
    assert axe(hand.page) == []
    assert hand.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_room_is_told_once_nine_tenths_are_used_and_what_is_too_long_stays_in_the_window(server, told):
    hand, _ = start_note(server, told)
    box(hand).fill("😀" * 20_000 + "x" * 165_000)
    line(hand, "Room for 15,000 more characters")
    wait_until_stored(hand)
    longer = "x" * 212_300
    box(hand).fill(longer)
    line(hand, "has 212,300 characters; up to 200,000 are kept")
    expect(box(hand)).to_have_value(longer)
    box(hand).fill("short again")
    wait_until_stored(hand)
    expect(hand.page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
