"""Real servers and a real Chromium, a fresh one for each module; contexts for desk and phone, light and dark."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, ViewportSize, sync_playwright

from tests.browser.looking import Visit, settled
from tests.browser.server import Server
from tests.chromium import FLAGS, find_chromium
from tests.conftest import IN_CI, NO_BROWSER

DEMO_DAY = "2026-05-21"
DESK = ViewportSize(width=1366, height=768)
PHONE = ViewportSize(width=390, height=844)
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"

StartServer = Callable[..., Server]
OpenPage = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start a server: `start_server()` on an empty folder of its own, `start_server(demo=True, today=...)`.

    All of them end with the tests.
    """
    started: list[Server] = []

    def start(*, demo: bool = False, today: str = "", data_dir: Path | None = None) -> Server:
        folder = tmp_path_factory.mktemp("server")
        server = Server(data_dir=data_dir or folder / "data", log=folder / "server.log", demo=demo, today=today)
        started.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """A server whose data folder was empty when this module began."""
    return start_server()


@pytest.fixture(scope="session")
def demo_server(start_server: StartServer) -> Server:
    """A server on the synthetic practice as of 21 May 2026. Tests that write to it start one of their own."""
    return start_server(demo=True, today=DEMO_DAY)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright, for one module: while it runs its event loop is the thread's, which other tests cannot have."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium; skipped without one, failed in CI."""
    path = find_chromium()
    if path is None:
        if IN_CI:
            pytest.fail(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    chromium = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
    yield chromium
    chromium.close()


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open a page of a server in a context of its own, settled: `open_page(server, "/today", phone=True, dark=True)`.

    At the end the test fails when a page wrote an error to its console or asked another host for anything.
    """
    visits: list[Visit] = []

    def open_it(server: Server, path: str = "/", *, phone: bool = False, dark: bool = False) -> Visit:
        context = browser.new_context(
            viewport=PHONE if phone else DESK,
            is_mobile=phone,
            has_touch=phone,
            user_agent=PHONE_AGENT if phone else None,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        visit = Visit(page=context.new_page())
        visit.listen()
        visits.append(visit)
        visit.page.goto(server.url + path)
        settled(visit.page)
        return visit

    yield open_it
    for visit in visits:
        visit.page.context.close()
    assert [visit.console_errors for visit in visits if visit.console_errors] == []
    assert [visit.foreign_requests for visit in visits if visit.foreign_requests] == []
