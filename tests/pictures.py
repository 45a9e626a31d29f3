"""Pictures of every screen for docs/pictures: wide in light and dark, and a phone's in light; made by one command.

`python3 run.py pictures` calls this. It starts the program on folders of its own, with the synthetic practice as of
21 May 2026, with a practice that was just set up and with one of several people, and takes the ways that the
accessibility tests take.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from core.charts.palette import DARK
from tests.browser.conftest import DEMO_DAY
from tests.browser.looking import PLAIN_PAGE, in_theme, settled
from tests.browser.people_to_see import BY_PEOPLE, PICTURED
from tests.browser.peopled import make_peopled
from tests.browser.screens_to_see import EMPTY_TODAY, FULL, START, WITHOUT_RECORDS, Seen, close_menu
from tests.browser.server import ROOT, Server
from tests.browser.signing_in import sign_in, stands_on_today
from tests.browser.steps import Hand
from tests.browser.windows import DESK, Windows
from tests.chromium import FLAGS, find_chromium

FOLDER = ROOT / "docs" / "pictures"
LONGEST = 5_000
MOST_LOOKS, OPENING_MS = 8, 400
COLORS = 64  # plain areas and few hues: with these a picture looks the same at a third of its size


@dataclass(frozen=True, kw_only=True)
class Share:
    """Screens that one process takes pictures of, in this order, with a browser and a server of its own.

    `peopled` is whether they stand in a practice of several people.
    """

    screens: tuple[Seen, ...]
    phone: bool
    peopled: bool = False


def main() -> int:
    """Make all pictures anew; the exit code is not 0 without a browser."""
    if find_chromium() is None:
        print("No Chromium was found, and no picture was made. Install one, or set SECURE_BASE_CHROMIUM.")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    shares = _shares()
    at_once = min(len(shares), os.cpu_count() or 1)
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn")) as processes:
        made = sum(processes.map(_take, range(len(shares))))
    taken = sorted(FOLDER.glob("*.png"))
    assert made == len(taken), f"{made} pictures were made under {len(taken)} names"
    megabytes = sum(picture.stat().st_size for picture in taken) / 1e6
    print(f"{len(taken)} pictures in {FOLDER.relative_to(ROOT)}, {megabytes:.1f} MB")
    return 0


def _shares() -> list[Share]:
    """All screens in shares that take about as long; the longest come first."""
    empty = (START, EMPTY_TODAY, *WITHOUT_RECORDS)
    people = tuple(seen for seen in BY_PEOPLE if seen.name in PICTURED)
    third, half = len(FULL) // 3, len(FULL) // 2
    return [
        *(Share(screens=part, phone=False) for part in (FULL[:third], FULL[third : 2 * third], FULL[2 * third :])),
        *(Share(screens=part, phone=True) for part in (FULL[:half], FULL[half:])),
        *(Share(screens=people, phone=phone, peopled=True) for phone in (False, True)),
        *(Share(screens=empty, phone=phone) for phone in (False, True)),
    ]


@contextmanager
def _server(share: Share) -> Iterator[Server]:
    demo = share.screens[0].demo
    with tempfile.TemporaryDirectory(prefix="secure-base-pictures-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        data = make_peopled(folder) if share.peopled else folder / "data"
        server = Server(data_dir=data, log=folder / "server.log", demo=demo, today=DEMO_DAY if demo else "").start()
        try:
            yield server
        finally:
            server.stop()


def _take(number: int) -> int:
    """Take the pictures of one share; returns how many."""
    share = _shares()[number]  # a way is a function, and cannot be handed to another process
    made = 0
    with sync_playwright() as playwright, _server(share) as server:
        browser = playwright.chromium.launch(executable_path=find_chromium(), headless=True, args=list(FLAGS))
        windows = Windows(browser)
        for seen in share.screens:
            page = windows.take(phone=share.phone)
            _go(page, server, seen)
            _save(page, seen, "phone" if share.phone else "light")
            made += 1
            if not share.phone:
                if seen.whole:
                    page.set_viewport_size(DESK)
                    in_theme(page, DARK)
                else:  # a dialog stands only until the script runs again
                    page.emulate_media(color_scheme="dark")
                    page.context.clear_cookies()
                    _go(page, server, seen)
                _save(page, seen, "dark")
                made += 1
            windows.give_back(page)
        browser.close()
    return made


def _go(page: Page, server: Server, seen: Seen) -> None:
    if seen.who is not None:
        sign_in(server, page, name=seen.who)
        stands_on_today(page)
    page.goto(server.url + seen.address)
    settled(page)
    seen.way(Hand(page=page))
    if seen.whole and page.locator(PLAIN_PAGE).count() == 0:
        close_menu(page)


def _save(page: Page, seen: Seen, look: str) -> None:
    if seen.whole:
        _show_whole(page)
    page.mouse.move(0, 0)
    picture = FOLDER / f"{seen.name}-{look}.png"
    page.screenshot(path=picture, animations="disabled", caret="hide")
    _make_small(picture)


def _make_small(picture: Path) -> None:
    with Image.open(picture) as drawn:
        drawn.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(picture, optimize=True)


def _show_whole(page: Page) -> None:
    """Make the window as long as the page, so that the picture holds all of it."""
    size = page.viewport_size
    assert size is not None
    paper = page.get_by_test_id("stMain").or_(page.locator(PLAIN_PAGE))
    before = 0
    for _ in range(MOST_LOOKS):  # a longer window can draw more, and what was unfolded may still be opening
        height = int(paper.evaluate("e => e.scrollHeight"))
        if height == before:
            return
        before = height
        page.set_viewport_size(ViewportSize(width=size["width"], height=min(max(height, size["height"]), LONGEST)))
        settled(page)
        page.wait_for_timeout(OPENING_MS)


if __name__ == "__main__":
    sys.exit(main())
