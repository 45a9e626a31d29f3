"""No serious or critical accessibility finding on any screen: on a desk in both themes, on a phone in the dark one."""

import pytest
from playwright.sync_api import Page, expect

from core.charts.palette import DARK
from tests.browser.conftest import DEMO_DAY, OpenPage, StartServer, Walk
from tests.browser.looking import OF_COLOUR, axe, fits_sideways, in_theme
from tests.browser.screens_to_see import EMPTY_TODAY, FULL, WITHOUT_RECORDS, Seen, close_menu, open_menu
from tests.browser.server import Server
from tests.browser.steps import Hand
from tests.browser.test_faults import faulty_server

__all__ = ["faulty_server"]

SIZES = pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
THEMES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
PAGES = [seen for seen in FULL if seen.whole]
DIALOGS = [seen for seen in FULL if not seen.whole]


@pytest.fixture(scope="module")
def full(start_server: StartServer) -> Server:
    """A synthetic practice for this module: notes are started and answers entered in it."""
    return start_server(demo=True, today=DEMO_DAY)


@pytest.fixture(scope="module")
def without_client(start_server: StartServer) -> Server:
    """A server on an empty folder, where a practice is set up and nobody added."""
    return start_server()


def _has_no_finding(page: Page, *, phone: bool) -> None:
    """None by any rule as it stands, and on a desk none by the rules of colour when it is dark.

    A phone's window is dark from the first: its colours are the desk's. No heading is a link to itself: it would be
    one stop more for Tab, and put a client's name into the address.
    """
    assert axe(page) == []
    expect(page.get_by_role("heading").get_by_role("link")).to_have_count(0)
    if not phone:
        in_theme(page, DARK)
        assert axe(page, *OF_COLOUR) == []


@SIZES
@pytest.mark.parametrize("seen", PAGES, ids=lambda seen: seen.name)
def test_screen_fits_and_has_no_serious_finding(full: Server, walk: Walk, seen: Seen, phone: bool) -> None:
    page = walk(full, phone=phone, dark=phone).page
    seen.way(Hand(page=page))
    close_menu(page)
    assert fits_sideways(page)
    _has_no_finding(page, phone=phone)


@SIZES
@THEMES
@pytest.mark.parametrize("seen", DIALOGS, ids=lambda seen: seen.name)
def test_dialog_fits_and_has_no_serious_finding(
    full: Server, open_page: OpenPage, seen: Seen, phone: bool, dark: bool
) -> None:
    page = open_page(full, phone=phone, dark=dark).page  # a dialog stands only until the script runs again
    seen.way(Hand(page=page))
    assert fits_sideways(page)
    assert axe(page) == []


@SIZES
@pytest.mark.parametrize("empty", WITHOUT_RECORDS, ids=lambda seen: seen.name)
def test_screen_without_records_has_no_serious_finding(server: Server, walk: Walk, empty: Seen, phone: bool) -> None:
    page = walk(server, phone=phone, dark=phone).page
    empty.way(Hand(page=page))
    close_menu(page)
    _has_no_finding(page, phone=phone)


@SIZES
def test_caseload_without_clients_has_no_serious_finding(without_client: Server, walk: Walk, phone: bool) -> None:
    page = walk(without_client, phone=phone, dark=phone).page
    EMPTY_TODAY.way(Hand(page=page))
    close_menu(page)
    _has_no_finding(page, phone=phone)


@SIZES
def test_menu_has_no_serious_finding(full: Server, walk: Walk, phone: bool) -> None:
    page = walk(full, phone=phone, dark=phone).page
    Hand(page=page).sees_title("Today")
    open_menu(page)
    _has_no_finding(page, phone=phone)


@SIZES
@THEMES
def test_fault_page_has_no_serious_finding(faulty_server: Server, open_page: OpenPage, phone: bool, dark: bool) -> None:
    page = open_page(faulty_server, phone=phone, dark=dark).page  # the colours are Streamlit's own, not ours
    page.get_by_role("button", name="Script").click()
    expect(page.get_by_role("alert")).to_contain_text("a fault in the program")
    assert axe(page) == []
