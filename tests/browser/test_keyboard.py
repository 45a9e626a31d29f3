"""A check-in recorded without a mouse: Tab, arrows, Space, Enter and digits reach everything in the quick part."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DEMO_DAY, OpenPage, StartServer
from tests.browser.looking import rows, settled
from tests.browser.server import Server
from tests.browser.steps import Hand

MOST_TABS = 60
MOST_ACTIVATIONS = 9
FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return ['', ''];
  const row = at.closest('[role="radiogroup"], [role="toolbar"]');
  const own = at.getAttribute('aria-label') || at.innerText.trim() || at.labels?.[0]?.innerText || '';
  return [row === null ? '' : row.getAttribute('aria-label'), own];
}"""


@dataclass(kw_only=True)
class Keyboard:
    """Hands that only have keys; `activations` counts Enter and Space, and numbers chosen or typed are apart."""

    page: Page
    activations: int = 0

    def focused(self) -> tuple[str, str]:
        """The row that holds the focus, and the name of what is focused in it."""
        row, own = self.page.evaluate(FOCUSED)
        return str(row), str(own)

    def tab_to(self, row: str, name: str = "") -> None:
        """Go on with Tab until the focus is in a row, or on something with this name outside of rows."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.focused()[0] == row and self.focused()[1].startswith(name):
                return
        raise AssertionError(f"Tab does not lead to {row or name}.")

    def back_to(self, name: str) -> None:
        """Go back with Shift and Tab until something with this name is focused."""
        while not self.focused()[1].startswith(name):
            self.page.keyboard.press("Shift+Tab")

    def arrow_to(self, name: str) -> None:
        """Go on with the arrow inside the row until this choice is focused."""
        for _ in range(MOST_TABS):
            if self.focused()[1] == name:
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"The arrows do not lead to {name}.")

    def activate(self, key: str = "Space") -> None:
        """Press what is focused."""
        self.page.keyboard.press(key)
        self.activations += 1
        settled(self.page)


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """A synthetic practice of this module's own, since both tests write."""
    return start_server(demo=True, today=DEMO_DAY)


def test_whole_quick_check_in_is_recorded_without_a_mouse(server: Server, open_page: OpenPage) -> None:
    page = open_page(server).page
    keys = Keyboard(page=page)
    Hand(page=page).sees_title("Today")
    keys.tab_to("", "Check-in")
    keys.activate("Enter")
    Hand(page=page).sees_title("Sarah: check-in")
    for row, answer in (("Anxiety, average", "7"), ("Anxiety, peak", "9")):
        keys.tab_to(row)
        keys.arrow_to(answer)
        keys.activate()
        expect(page.get_by_role("radiogroup", name=row).get_by_role("radio", name=answer)).to_be_checked()
    for box, digits in (("Asked for reassurance", "11"), ("Distortions noticed", "16")):
        keys.tab_to("", f"{box}, another number")
        page.keyboard.type(digits)
    keys.tab_to("", "Signs left unchosen")
    keys.activate()
    expect(page.get_by_role("toolbar", name="Not present")).to_have_count(0)
    keys.tab_to("Often")
    for sign in ("Reassurance", "Checking"):
        keys.arrow_to(sign)
        keys.activate()
        chip = page.get_by_role("toolbar", name="Often").get_by_role("button", name=sign)
        expect(chip).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Home")
    keys.back_to("Save check-in")
    keys.activate("Enter")
    Hand(page=page).sees_title("Sarah")
    assert keys.activations <= MOST_ACTIVATIONS
    found = rows(
        server.data_dir / "synthetic.db",
        "SELECT anxiety_average, anxiety_peak, reassurance_count, distortions_unsorted, ws_reassurance, ws_checking, "
        "ws_panic_jealousy FROM check_in_version ORDER BY recorded_at DESC LIMIT 1",
    )
    assert found == [(7, 9, 11, 16, "often", "often", "no_occasion")]


def test_refused_save_moves_the_focus_to_the_refused_field_once(server: Server, open_page: OpenPage) -> None:
    page = open_page(server).page
    keys, hand = Keyboard(page=page), Hand(page=page)
    hand.sees_title("Today")
    keys.tab_to("", "Check-in")
    keys.activate("Enter")
    hand.sees_title("Sarah: check-in")
    keys.tab_to("", "day, Last day of the period")
    page.keyboard.type("01011990")
    page.keyboard.press("Escape")  # closes the calendar, which opened with the first digit
    box = page.get_by_role("checkbox", name="1 Jan 1990 is right")
    expect(box).to_be_visible()
    _back_to_save(keys, "Save check-in")
    expect(page.get_by_role("alert").filter(has_text="tick “1 Jan 1990 is right”")).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    keys.tab_to("", "Distortions noticed, another number")
    page.keyboard.type("many")
    _back_to_save(keys, "Save check-in")
    number = page.get_by_role("textbox", name="Distortions noticed, another number")
    expect(number).to_be_focused()
    expect(number).to_have_value("many")
    number.fill("2")
    keys.tab_to("", "Signs left unchosen")
    keys.activate()
    expect(page.get_by_role("switch", name="Signs left unchosen")).to_be_focused()
    hand.go("Sessions", "Sarah: sessions")
    keys.tab_to("", "Add event")
    keys.activate("Enter")
    expect(page.get_by_role("textbox", name="What happened")).to_be_focused()
    page.keyboard.type("moved house")
    expect(page.get_by_role("textbox", name="What happened")).to_have_value("moved house")


def _back_to_save(keys: Keyboard, name: str) -> None:
    """Go to the button at the head of the screen, and press it."""
    keys.page.get_by_role("button", name=name, exact=True).focus()
    keys.activate("Enter")
