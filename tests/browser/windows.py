"""The browser windows of the tests: a desk's and a phone's, emptied after each visit and used again.

A window that was just opened has to read and compile all of the page's code; one that is used again has it at hand,
and takes a third of the time.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, ViewportSize
from playwright.sync_api import Error as PlaywrightError

DESK = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class Windows:
    """Windows of one browser, each in a context of its own: two that are open at once share nothing."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[bool, list[Page]] = defaultdict(list)
        self._is_phone: dict[Page, bool] = {}

    def take(self, *, phone: bool = False, dark: bool = False) -> Page:
        """A window that shows nothing and remembers nothing, in the size and theme that are asked for."""
        page = self._free[phone].pop() if self._free[phone] else self._open(phone=phone)
        page.emulate_media(color_scheme="dark" if dark else "light", media="null")
        return page

    def give_back(self, page: Page) -> None:
        """Empty the window for the next visit; one that was closed, or cannot be emptied, is not used again."""
        phone = self._is_phone.pop(page)
        if page.is_closed():
            return
        try:
            _close_others(page)
            page.unroute_all()
            page.set_viewport_size(PHONE if phone else DESK)
            page.evaluate(FORGET)
            page.goto("about:blank")
            page.context.clear_cookies()
            page.context.clear_permissions()
        except PlaywrightError:
            page.context.close()
            return
        self._is_phone[page] = phone
        self._free[phone].append(page)

    @contextmanager
    def borrowed(self, *, phone: bool = False) -> Iterator[Page]:
        """A window for one person; it shares no cookie with another."""
        page = self.take(phone=phone)
        try:
            yield page
        finally:
            self.give_back(page)

    def _open(self, *, phone: bool) -> Page:
        context = self._browser.new_context(
            viewport=PHONE if phone else DESK,
            is_mobile=phone,
            has_touch=phone,
            user_agent=PHONE_AGENT if phone else None,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        page = context.new_page()
        self._is_phone[page] = phone
        return page


def _close_others(page: Page) -> None:
    for other in page.context.pages:
        if other is not page:
            other.close()
