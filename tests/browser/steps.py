"""What a therapist does on the screens, found by role and label; every activation is counted."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, Position, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from dashboard.components.caseload_table import ROW_HEIGHT
from tests.browser.looking import settled
from tests.browser.server import PASSPHRASE, THERAPIST

PRACTICE = "River Practice"
JOINER = "\u2060"
NAME_CELL = 'td[aria-colindex="1"]'
POINTER_TRIES = 5
HEADER_HEIGHT = 36


@dataclass(kw_only=True)
class Hand:
    """A person at one page. `clicks` counts activations; typed numbers and words are not among them."""

    page: Page
    clicks: int = 0

    def click(self, what: Locator) -> None:
        """Press one thing, and wait until the screen has answered."""
        what.click()
        self.clicks += 1
        settled(self.page)

    def press(self, name: str, *, first: bool = False) -> None:
        """Press the button with exactly this name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        self.click(button.first if first else button)

    def rate(self, row: str, answer: str) -> None:
        """Choose in a row of which only one answer can stand."""
        chosen = self.page.get_by_role("radiogroup", name=row, exact=True).get_by_role("radio", name=answer, exact=True)
        self.click(chosen)
        if not chosen.is_checked():  # the row was drawn anew under the hand, and what was pressed is not there any more
            chosen.click()
            settled(self.page)
        expect(chosen).to_be_checked()

    def chip(self, row: str, answer: str) -> None:
        """Press a chip in a row of several."""
        chosen = self.page.get_by_role("toolbar", name=row, exact=True).get_by_role("button", name=answer, exact=True)
        self.click(chosen)
        expect(chosen).to_have_attribute("aria-pressed", "true")

    def fill(self, label: str, words: str) -> None:
        """Type into the field with exactly this label, and leave it."""
        field = self.page.get_by_label(label, exact=True)
        field.fill(words)
        field.press("Tab")
        settled(self.page)

    def number(self, label: str, value: int) -> None:
        """Type a number into its box, and leave it."""
        box = self.page.get_by_role("textbox", name=label, exact=True)
        box.fill(str(value))
        box.press("Tab")
        settled(self.page)

    def all_six(self) -> None:
        """Say that all six signs were asked about."""
        self.click(self.page.locator("label").filter(has=self.page.get_by_role("switch", name=re.compile("unchosen"))))
        expect(self.page.get_by_role("toolbar", name="Not present")).to_have_count(0)

    def go(self, page_name: str, title: str) -> None:
        """Take the sidebar's way to a page, and wait for its title."""
        self.click(self.page.get_by_test_id("stSidebar").get_by_role("link", name=page_name, exact=True))
        self.sees_title(title)

    def sees_title(self, title: str) -> None:
        """Wait until the screen with this title stands."""
        expect(self.page.get_by_role("heading", level=1, name=shown(title))).to_be_visible()
        settled(self.page)

    def save_check_in(self, client: str) -> None:
        """Save the check-in on the form; the client's review opens and says so."""
        self.press("Save check-in")
        self.sees_title(client)
        expect(self.page.get_by_text(re.compile(r"Saved c\d+"))).to_be_visible()

    def answer(self, questionnaire: str, digits: str) -> None:
        """Fill a questionnaire by its answers in order, up to the moment before Save."""
        self.rate("Questionnaire", questionnaire)
        expect(self.page.get_by_text(f"0 of {len(digits)} answered")).to_be_visible()
        self.page.get_by_label("Answers in order", exact=True).fill(digits)
        answered = f"{len(digits.replace('-', ''))} of {len(digits)} answered"
        expect(self.page.get_by_text(answered)).to_be_visible()
        settled(self.page)


def set_up(page: Page) -> Hand:
    """Set up a practice on the first page of an empty data folder, type the recovery code back; Today opens."""
    for label, words in (
        ("Name of the practice", PRACTICE),
        ("Your name", THERAPIST),
        ("New passphrase", PASSPHRASE),
        ("The same passphrase again", PASSPHRASE),
    ):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name="Set up my practice", exact=True).click()
    page.wait_for_url("**/auth/recovery-code")
    code = page.get_by_role("group", name="Recovery code").locator("span").all_text_contents()
    page.get_by_label("Type the code from the paper", exact=True).fill("".join(code))
    page.get_by_role("button", name="I have written it down", exact=True).click()
    return _lands_on_today(page)


def sign_in(page: Page) -> Hand:
    """Sign in on the page that stands before a practice that was set up by `set_up`; Today opens."""
    page.get_by_label("Your name", exact=True).fill(THERAPIST)
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    return _lands_on_today(page)


def _lands_on_today(page: Page) -> Hand:
    """Wait until the sign-in pages are left behind and the first screen stands."""
    page.wait_for_url(lambda url: "/auth/" not in url)
    settled(page)
    hand = Hand(page=page)
    hand.sees_title("Today")
    return hand


def add_client(hand: Hand, name: str) -> None:
    """Add a client from Today; the client's review opens."""
    hand.press("New client")
    hand.sees_title("New client")
    hand.fill("Name shown", name)
    hand.press("Add client")
    hand.sees_title(name)


def find_client(hand: Hand, name: str) -> None:
    """Open a client's review by the finder on Today, typing the name: a long list draws only what is in view.

    Where several people have clients, whose each is stands behind the name.
    """
    finder = hand.page.get_by_role("combobox", name="Find client")
    option = hand.page.get_by_role("option", name=_whole(f"{re.escape(name)}( · .*)?"))
    for _ in range(POINTER_TRIES):
        settled(hand.page)
        finder.click()
        if finder.is_editable():  # on a phone it is a list to choose from
            finder.fill(name)
        try:
            option.click(timeout=4_000)
        except PlaywrightTimeout:
            finder.press("Escape")  # the list was drawn anew under the hand; open it again
            continue
        break
    hand.sees_title(name)


def shown(text: str) -> re.Pattern[str]:
    """Exactly `text`; invisible joiners may stand in it, which keep an address from becoming a link."""
    return _whole(f"{JOINER}?".join(re.escape(letter) for letter in text))


def _whole(pattern: str) -> re.Pattern[str]:
    """Exactly this pattern; Playwright ends one at a slash that is not escaped."""
    return re.compile("^" + pattern.replace("/", r"\/") + "$")


def caseload_cells(page: Page, client: str) -> list[str]:
    """What the caseload says in a client's row, from the table that assistive software reads."""
    table = page.get_by_test_id("stDataFrame").locator("canvas tbody")
    expect(table.locator(NAME_CELL).filter(has_text=shown(client))).to_have_count(1)
    names = table.locator(NAME_CELL).all_text_contents()
    return table.locator("tr").nth(names.index(client)).locator("td").all_text_contents()


def click_caseload_row(hand: Hand, client: str) -> None:
    """Click a client's name in the caseload. Its table is a canvas: the place is worked out from the row."""
    table = hand.page.get_by_test_id("stDataFrame")
    expect(table.locator(f"canvas {NAME_CELL}").filter(has_text=shown(client))).to_have_count(1)
    row = table.locator(f"canvas {NAME_CELL}").all_text_contents().index(client)
    title = hand.page.get_by_role("heading", level=1, name=shown(client))
    hand.clicks += 1
    for _ in range(POINTER_TRIES):
        place: Position = {"x": 30, "y": HEADER_HEIGHT + ROW_HEIGHT * (row + 0.5)}
        try:
            # Slow to open is not lost: then the table is gone, and the title stands.
            table.locator("canvas").first.click(position=place, force=True, timeout=3_000)
            title.wait_for(timeout=6_000)
        except PlaywrightTimeout:
            continue  # a table that was just drawn anew does not take the pointer yet
        break
    hand.sees_title(client)
