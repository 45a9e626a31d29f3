"""Hooks of the style block that still hold, the first look at a review, the copy button of a signed note."""

import re

import pytest
from playwright.sync_api import Locator, expect

from dashboard.theme import CSS
from tests.browser.conftest import DEMO_DAY, OpenPage, StartServer, Walk
from tests.browser.screens_to_see import FULL, close_menu
from tests.browser.server import Server
from tests.browser.steps import Hand
from tests.browser.windows import DESK, PHONE

STATES = re.compile(r":(?:is\([^)]*\)|hover|active|focus-visible)")
BY_NAME = {seen.name: seen for seen in FULL}
SHOWING = (
    "today",
    "review-sign-open",
    "check-in-more",
    "note-signed",
    "note-draft",
    "documents-differences",
    "settings",
)
PANELS = ("Anxiety", "Reassurance", "Distortions")


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """A synthetic practice of this module's own: a note is started in it."""
    return start_server(demo=True, today=DEMO_DAY)


def _selectors() -> list[str]:
    """Every selector of the style block, without the states that only a pointer makes."""
    rules = re.sub(r"/\*.*?\*/|</?style>|@media[^{]*\{", "", CSS, flags=re.DOTALL)
    listed = ",".join(re.findall(r"([^{}]+)\{[^{}]*\}", rules))
    split = re.split(r",(?![^()]*\))", STATES.sub("", listed))
    return sorted({selector.strip() for selector in split})


def test_style_block_is_read_whole() -> None:
    assert len(_selectors()) >= 12
    assert all(selector.startswith(("[", "button")) for selector in _selectors())


def test_every_hook_of_the_style_block_matches_something(server: Server, walk: Walk) -> None:
    unmatched = set(_selectors())
    for name in SHOWING:
        page = walk(server).page
        BY_NAME[name].way(Hand(page=page))
        unmatched -= {selector for selector in unmatched if page.locator(selector).count()}
    assert unmatched == set()


def test_first_look_at_a_review_holds_the_figures_and_all_three_panels(server: Server, open_page: OpenPage) -> None:
    page = open_page(server).page
    BY_NAME["review"].way(Hand(page=page))
    for figure in ("average 5, peak 7", re.compile("about 7 times"), "12 times"):
        _inside(page.get_by_role("cell", name=figure).first)
    chart = page.get_by_role("figure").first
    expect(chart).to_be_visible()
    for panel in PANELS:
        _inside(chart.locator("text", has_text=re.compile(f"^{panel}")).first)
    for axis in ("y", "y2", "y3"):
        _inside(chart.locator(f".subplot.x{axis} .gridlayer, .{axis}grid").first)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_what_is_come_to_by_the_keyboard_stands_clear_of_the_header_of_a_low_window(
    server: Server, open_page: OpenPage, phone: bool
) -> None:
    page = open_page(server, phone=phone).page
    BY_NAME["sessions"].way(Hand(page=page))
    close_menu(page)
    page.set_viewport_size({"width": PHONE["width"], "height": 420} if phone else {"width": 1000, "height": 360})
    button = page.get_by_role("button", name="Add event")
    in_sight = button.evaluate("""button => {
        const main = document.querySelector('[data-testid="stMain"]')
        main.append(Object.assign(document.createElement("div"), {style: "height: 2000px; flex: none"}))
        main.scrollTop = main.scrollHeight
        button.focus()
        const { x, y, width, height } = button.getBoundingClientRect()
        const places = [[x + 2, y + 2], [x + width / 2, y + height - 2]]
        return places.map(at => button.contains(document.elementFromPoint(...at)))
    }""")
    assert in_sight == [True, True]


def test_address_of_a_screen_is_opened_and_loaded_anew_without_an_unanswered_request(
    server: Server, open_page: OpenPage
) -> None:
    page = open_page(server).page
    refused: list[str] = []
    page.on("response", lambda answer: refused.append(answer.url) if answer.status >= 400 else None)
    page.goto(f"{server.url}/learn")
    Hand(page=page).sees_title("Learn")
    page.reload()
    Hand(page=page).sees_title("Learn")
    assert refused == []


def test_choosing_a_page_on_a_phone_closes_the_menu(server: Server, open_page: OpenPage) -> None:
    page = open_page(server, phone=True).page
    hand = Hand(page=page)
    menu = page.get_by_role("button", name="Expand sidebar")
    hand.click(menu)
    expect(menu).to_be_hidden()
    hand.click(page.get_by_role("link", name="Learn"))
    hand.sees_title("Learn")
    expect(menu).to_be_visible()


def _inside(part: Locator) -> None:
    """The whole of it lies in the window before anything is scrolled."""
    box = part.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= DESK["height"], f"{part}: {box}"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_copy_button_of_a_signed_note_is_in_sight(server: Server, open_page: OpenPage, dark: bool) -> None:
    page = open_page(server, dark=dark).page
    BY_NAME["note-signed"].way(Hand(page=page))
    page.mouse.move(5, 5)
    expect(page.get_by_role("button", name="Copy to clipboard")).to_be_visible()
