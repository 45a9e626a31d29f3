"""Real servers and a real Chromium, a fresh one for each module; windows for desk and phone, light and dark."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.looking import Visit
from tests.browser.server import Server
from tests.browser.walks import Walks
from tests.browser.windows import Windows
from tests.chromium import FLAGS, find_chromium
from tests.conftest import IN_CI, NO_BROWSER

DEMO_DAY = "2026-05-21"
SEEN_WITHIN_MS = 15_000  # a machine of two cores that runs several browsers is slow to draw
expect.set_options(timeout=SEEN_WITHIN_MS)

StartServer = Callable[..., Server]
OpenPage = Callable[..., Visit]
Walk = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@contextmanager
def servers(folders: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start servers: `start()` on an empty folder of its own, `start(demo=True, today=...)`; then end all of them."""
    started: list[Server] = []

    def start(*, demo: bool = False, today: str = "", data_dir: Path | None = None) -> Server:
        folder = folders.mktemp("server")
        server = Server(data_dir=data_dir or folder / "data", log=folder / "server.log", demo=demo, today=today)
        started.append(server)
        return server.start()

    try:
        yield start
    finally:
        for server in started:
            server.stop()


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """What `servers` gives, for one module."""
    with servers(tmp_path_factory) as start:
        yield start


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """A server whose data folder was empty when this module began."""
    return start_server()


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the synthetic practice as of 21 May 2026. Tests that write to it start one of their own."""
    with servers(tmp_path_factory) as start:
        yield start(demo=True, today=DEMO_DAY)


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


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Windows:
    """The windows of this module, used again from test to test."""
    return Windows(browser)


@contextmanager
def visiting(windows: Windows) -> Iterator[OpenPage]:
    """Open a page of a server as a new visitor, settled: `open_page(server, "/today", phone=True, dark=True)`.

    At the end it fails when a page wrote an error to its console or asked another host for anything.
    """
    visits: list[Visit] = []

    def open_page(server: Server, path: str = "/", *, phone: bool = False, dark: bool = False) -> Visit:
        visit = Visit(page=windows.take(phone=phone, dark=dark))
        visits.append(visit)
        visit.go(server.url + path)
        return visit

    try:
        yield open_page
    finally:
        for visit in visits:
            visit.leave()
            windows.give_back(visit.page)
    _found_nothing_amiss(visits)


def _found_nothing_amiss(visits: Sequence[Visit]) -> None:
    assert [visit.console_errors for visit in visits if visit.console_errors] == []
    assert [visit.foreign_requests for visit in visits if visit.foreign_requests] == []


@pytest.fixture
def open_page(windows: Windows) -> Iterator[OpenPage]:
    """What `visiting` gives, for one test."""
    with visiting(windows) as opened:
        yield opened


@pytest.fixture(scope="module")
def walks(windows: Windows) -> Iterator[Walks]:
    """The visits of this module that go on from test to test."""
    made = Walks(windows)
    yield made
    made.end()


@pytest.fixture
def walk(walks: Walks) -> Iterator[Walk]:
    """Stand on Today of a server, where the test before came from: `walk(server, phone=True, dark=True)`.

    For tests that only look: what was chosen stays chosen. It fails as `open_page` does.
    """
    visits: list[Visit] = []

    def stand(server: Server, *, phone: bool = False, dark: bool = False) -> Visit:
        visits.append(walks.stand_on_today(server, phone=phone, dark=dark))
        return visits[-1]

    yield stand
    _found_nothing_amiss(visits)
