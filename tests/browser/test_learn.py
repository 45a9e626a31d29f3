"""Learn in a real browser: drawings that are seen, and on paper the page alone. Axe looks at it with all screens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import Visit, settled
from tests.browser.server import Server

OpenPage = Callable[..., Visit]


def learn(visit: Visit, *, phone: bool = False) -> Page:
    """The list, reached by the sidebar as a therapist would."""
    page = visit.page
    if phone:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Learn").click()
    expect(page.get_by_role("button", name="Why reassurance wears off")).to_be_visible()
    return settled(page)


def opened(page: Page, title: str) -> Page:
    page.get_by_role("button", name=title).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    return settled(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_drawing_of_a_handout_is_told_once_and_seen(phone: bool, demo_server: Server, open_page: OpenPage) -> None:
    page = opened(learn(open_page(demo_server, phone=phone), phone=phone), "Why reassurance wears off")
    picture = page.get_by_role("img", name="A loop of four boxes")
    expect(picture).to_have_count(1)
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")


def test_paper_holds_the_page_alone_with_room_to_write(demo_server: Server, open_page: OpenPage) -> None:
    page = opened(learn(open_page(demo_server, dark=True)), "Six things to notice")
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_role("button", name="All handouts")).to_be_hidden()
    expect(page.get_by_text("Pick one of the six.")).to_be_visible()
    expect(page.locator(".handout-lines")).to_be_visible()
    expect(page.locator(".handout-paper")).to_be_visible()
    expect(page.locator(".handout-screen")).to_be_hidden()
    ink = page.get_by_text("Pick one of the six.").evaluate("words => getComputedStyle(words).color")
    assert ink == "rgb(0, 0, 0)"


@pytest.mark.parametrize("title", ["Six things to notice", "Alarm, brake and loop", "Six small practices"])
def test_long_handout_fits_on_one_sheet(title: str, demo_server: Server, open_page: OpenPage) -> None:
    page = opened(learn(open_page(demo_server)), title)
    sheet = page.pdf(format="A4")
    assert sheet.count(b"/Type /Page\n") == 1
