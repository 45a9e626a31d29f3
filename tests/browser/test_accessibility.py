"""No serious or critical accessibility finding on any screen, in both sizes and both themes."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DEMO_DAY, OpenPage, StartServer
from tests.browser.looking import axe
from tests.browser.screens_to_see import EMPTY_TODAY, FULL, WITHOUT_RECORDS, Seen, close_menu
from tests.browser.server import Server
from tests.browser.steps import Hand
from tests.browser.test_faults import faulty_server

__all__ = ["faulty_server"]

LOOKS = pytest.mark.parametrize(
    ("phone", "dark"),
    [(False, False), (False, True), (True, False), (True, True)],
    ids=["desk-light", "desk-dark", "phone-light", "phone-dark"],
)


@pytest.fixture(scope="module")
def full(start_server: StartServer) -> Server:
    """A synthetic practice for this module: notes are started and answers entered in it."""
    return start_server(demo=True, today=DEMO_DAY)


@pytest.fixture(scope="module")
def without_client(start_server: StartServer) -> Server:
    """A server on an empty folder, where a practice is set up and nobody added."""
    return start_server()


@LOOKS
@pytest.mark.parametrize("seen", FULL, ids=lambda seen: seen.name)
def test_screen_has_no_serious_finding(full: Server, open_page: OpenPage, seen: Seen, phone: bool, dark: bool) -> None:
    page = open_page(full, phone=phone, dark=dark).page
    seen.way(Hand(page=page))
    if seen.whole:
        close_menu(page)
    assert axe(page) == []


@LOOKS
@pytest.mark.parametrize("seen", WITHOUT_RECORDS, ids=lambda seen: seen.name)
def test_screen_without_records_has_no_serious_finding(
    server: Server, open_page: OpenPage, seen: Seen, phone: bool, dark: bool
) -> None:
    page = open_page(server, phone=phone, dark=dark).page
    seen.way(Hand(page=page))
    close_menu(page)
    assert axe(page) == []


@LOOKS
def test_caseload_without_clients_has_no_serious_finding(
    without_client: Server, open_page: OpenPage, phone: bool, dark: bool
) -> None:
    page = open_page(without_client, phone=phone, dark=dark).page
    EMPTY_TODAY.way(Hand(page=page))
    close_menu(page)
    assert axe(page) == []


@LOOKS
def test_menu_has_no_serious_finding(full: Server, open_page: OpenPage, phone: bool, dark: bool) -> None:
    page = open_page(full, phone=phone, dark=dark).page
    Hand(page=page).sees_title("Today")
    assert axe(page) == []


@LOOKS
def test_fault_page_has_no_serious_finding(faulty_server: Server, open_page: OpenPage, phone: bool, dark: bool) -> None:
    page = open_page(faulty_server, phone=phone, dark=dark).page
    page.get_by_role("button", name="Script").click()
    expect(page.get_by_role("alert")).to_contain_text("a fault in the program")
    assert axe(page) == []
