"""What people of a practice see: it fits both sizes, has no serious finding in either theme, and needs no mouse."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from core.charts.palette import DARK, LIGHT
from tests.browser.conftest import StartServer
from tests.browser.looking import axe, fits_sideways, in_theme, settled
from tests.browser.people_to_see import BY_PEOPLE, SeenBy
from tests.browser.peopled import Person, make_peopled
from tests.browser.server import Server
from tests.browser.signing_in import sign_in, stands_on_today
from tests.browser.steps import Hand
from tests.browser.tabbing import tab_round
from tests.browser.windows import DESK, PHONE, Windows

Seat = Callable[[Person | None], Page]
SCREENS = [each for each in BY_PEOPLE if each.whole]


@pytest.fixture(scope="module")
def server(start_server: StartServer, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A practice with people of every role and invented clients."""
    return start_server(data_dir=make_peopled(tmp_path_factory.mktemp("peopled")))


@pytest.fixture(scope="module")
def seat(server: Server, windows: Windows) -> Iterator[Seat]:
    """The window of each person, who signs in once; nobody's is one before signing in."""
    pages: dict[Person | None, Page] = {}

    def of(who: Person | None) -> Page:
        if who not in pages:
            pages[who] = windows.take()
            if who is not None:
                sign_in(server, pages[who], name=who)
                stands_on_today(pages[who])
        return pages[who]

    yield of
    for page in pages.values():
        windows.give_back(page)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_screen_of_people_fits_has_no_finding_and_is_gone_through_by_tab(
    server: Server, seat: Seat, screen: SeenBy
) -> None:
    page = seat(screen.who)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    page.goto(server.url + screen.address)
    settled(page)
    screen.way(Hand(page=page))
    assert fits_sideways(page)
    found = {LIGHT.name: axe(page)}
    assert tab_round(page).problems == {}
    in_theme(page, DARK)
    found[DARK.name] = axe(page)
    page.set_viewport_size(PHONE)
    assert fits_sideways(page)
    assert found == {LIGHT.name: [], DARK.name: []}
