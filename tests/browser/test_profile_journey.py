"""The profile in a real browser: written, renamed, looked back at, by keyboard, in two windows; a handout logged."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import eventually, rows
from tests.browser.server import Server
from tests.browser.steps import Hand, add_client, find_client, set_up, sign_in
from tests.browser.test_keyboard import Keyboard

CLIENT = "Ada Quill"
CONTENT = "SELECT content FROM profile_block WHERE kind = ? ORDER BY version"


@pytest.fixture(scope="module")
def open_practices() -> set[str]:
    """The servers of this module on which the practice and the client are there already."""
    return set()


@pytest.fixture
def profile_page(server: Server, open_page: OpenPage, open_practices: set[str]):
    """Opens the client's profile in a window of its own."""

    def opened() -> Hand:
        page = open_page(server).page
        hand = sign_in(page) if open_practices else set_up(page)
        hand.sees_title("Today")
        if open_practices:
            find_client(hand, CLIENT)
        else:
            add_client(hand, CLIENT)
        open_practices.add(server.url)
        hand.go("Profile", f"{CLIENT}: profile")
        return hand

    return opened


def contents(server: Server, kind: str) -> list[str]:
    return [row[0] for row in rows(server.data_dir / "practice.db", CONTENT.replace("?", f"'{kind}'"))]


def nothing_names_the_client(page: Page) -> None:
    assert "Ada" not in page.url
    assert "Ada" not in page.title()


def test_goal_is_added_and_renamed_and_the_earlier_version_can_be_read(server: Server, profile_page) -> None:
    hand = profile_page()
    hand.press("Edit goals")
    hand.fill("Line 1", "one evening, no phone")
    hand.press("Save goals")
    expect(hand.page.get_by_text("one evening, no phone")).to_be_visible()
    expect(hand.page.get_by_role("button", name="Earlier versions")).to_have_count(0)
    hand.press("Edit goals")
    hand.fill("Line 1", "two evenings, no phone")
    hand.press("Save goals")
    expect(hand.page.get_by_text("two evenings, no phone")).to_be_visible()
    expect(hand.page.get_by_text("one evening, no phone")).to_have_count(0)
    hand.press("Earlier versions")
    expect(hand.page.get_by_text("one evening, no phone")).to_be_visible()
    expect(hand.page.get_by_text("Version 1, from")).to_be_visible()
    nothing_names_the_client(hand.page)
    assert len(contents(server, "goals")) == 2


def test_block_is_written_without_a_mouse(server: Server, profile_page) -> None:
    hand = profile_page()
    keys = Keyboard(page=hand.page)
    keys.tab_to("", "Edit hypothesis")
    keys.activate("Enter")
    keys.tab_to("", "In your words")
    hand.page.keyboard.type("steps back when it gets close")
    keys.tab_to("", "Save hypothesis")
    keys.activate("Enter")
    expect(hand.page.get_by_role("button", name="Save hypothesis")).to_have_count(0)
    expect(hand.page.get_by_text("steps back when it gets close")).to_be_visible()
    assert keys.activations == 2
    eventually(lambda: len(contents(server, "hypothesis")) == 1)


def test_two_windows_on_one_block_lose_nothing(server: Server, profile_page) -> None:
    here, there = profile_page(), profile_page()
    for hand in (here, there):
        hand.press("Edit strengths")
    there.fill("Line 1", "saved there")
    there.press("Save strengths")
    here.fill("Line 1", "typed here")
    here.press("Save strengths")
    expect(here.page.get_by_text("changed in another window")).to_be_visible()
    expect(here.page.get_by_text("saved there")).to_be_visible()
    expect(here.page.get_by_label("Line 1", exact=True)).to_have_value("typed here")
    assert len(contents(server, "strengths")) == 1
    here.press("Save strengths")
    expect(here.page.get_by_text("typed here")).to_be_visible()
    assert ["saved there" in content for content in contents(server, "strengths")] == [True, False]


def test_words_typed_into_an_open_block_outlast_a_look_at_another_page(profile_page) -> None:
    hand = profile_page()
    hand.press("Edit consent")
    hand.fill("Words on it", "sheet given")
    hand.go("Sessions", f"{CLIENT}: sessions")
    hand.go("Profile", f"{CLIENT}: profile")
    expect(hand.page.get_by_label("Words on it", exact=True)).to_have_value("sheet given")
    hand.press("Leave as it was")
    expect(hand.page.get_by_text("sheet given")).to_have_count(0)


def test_handout_is_logged_as_given_and_stands_on_the_profile(profile_page) -> None:
    hand = profile_page()
    hand.go("Learn", "Learn")
    hand.press("Why reassurance wears off")
    hand.sees_title("Why reassurance wears off")
    hand.press("Log as given")
    expect(hand.page.get_by_text(f"Logged as given to {CLIENT}")).to_be_visible()
    nothing_names_the_client(hand.page)
    hand.page.emulate_media(media="print")
    expect(hand.page.get_by_text("Logged as given")).to_be_hidden()
    expect(hand.page.get_by_role("button", name="Log as given")).to_be_hidden()
    hand.page.emulate_media(media="screen")
    hand.go("Profile", f"{CLIENT}: profile")
    expect(hand.page.get_by_text("Why reassurance wears off")).to_be_visible()
