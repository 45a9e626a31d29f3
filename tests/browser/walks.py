"""Visits that go on from screen to screen: most of the time of looking at one would go into loading the page anew."""

from contextlib import suppress

from playwright.sync_api import Error as PlaywrightError

from tests.browser.looking import Visit
from tests.browser.screens_to_see import close_menu, open_menu
from tests.browser.server import Server
from tests.browser.steps import Hand
from tests.browser.windows import Windows


class Walks:
    """One open visit for each server and size; every look begins on Today."""

    def __init__(self, windows: Windows) -> None:
        self._windows = windows
        self._open: dict[tuple[str, bool], Visit] = {}

    def stand_on_today(self, server: Server, *, phone: bool, dark: bool) -> Visit:
        """Walk back to Today; where the look before left no way there, the page is loaded anew."""
        visit = self._open.get((server.url, phone))
        if visit is not None:
            with suppress(PlaywrightError, AssertionError):
                _back_to_today(visit, dark=dark)
                return visit
            self._end(server.url, phone)
        visit = Visit(page=self._windows.take(phone=phone, dark=dark))
        self._open[server.url, phone] = visit
        visit.go(server.url)
        return visit

    def end(self) -> None:
        """Give all windows back."""
        for url, phone in list(self._open):
            self._end(url, phone)

    def _end(self, url: str, phone: bool) -> None:
        visit = self._open.pop((url, phone))
        visit.leave()
        self._windows.give_back(visit.page)


def _back_to_today(visit: Visit, *, dark: bool) -> None:
    visit.forget()
    visit.page.emulate_media(color_scheme="dark" if dark else "light")
    hand = Hand(page=visit.page)
    open_menu(visit.page)
    hand.go("Today", "Today")
    close_menu(visit.page)
