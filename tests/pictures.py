"""Pictures of every screen for docs/pictures: wide in light and dark, and a phone's in light; made by one command.

`python3 run.py pictures` calls this. It starts the program on folders of its own, with the synthetic practice as of
21 May 2026 and with a practice that was just set up, and takes the ways that the accessibility tests take.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser.conftest import DEMO_DAY, DESK, PHONE, PHONE_AGENT
from tests.browser.looking import settled
from tests.browser.screens_to_see import EMPTY_TODAY, FULL, START, WITHOUT_RECORDS, Seen, close_menu
from tests.browser.server import ROOT, Server
from tests.browser.steps import Hand
from tests.chromium import FLAGS, find_chromium

FOLDER = ROOT / "docs" / "pictures"
LONGEST = 5_000
COLORS = 64  # plain areas and few hues: with these a picture looks the same at a third of its size
LOOKS = (("light", False, False), ("dark", False, True), ("phone", True, False))


def main() -> int:
    """Make all pictures anew; the exit code is not 0 without a browser."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found, and no picture was made. Install one, or set SECURE_BASE_CHROMIUM.")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        for look, phone, dark in LOOKS:
            with _server(demo=True) as server:
                _take(browser, server, FULL, look=look, phone=phone, dark=dark)
            with _server(demo=False) as server:
                _take(browser, server, (START, EMPTY_TODAY, *WITHOUT_RECORDS), look=look, phone=phone, dark=dark)
        browser.close()
    taken = sorted(FOLDER.glob("*.png"))
    megabytes = sum(picture.stat().st_size for picture in taken) / 1e6
    print(f"{len(taken)} pictures in {FOLDER.relative_to(ROOT)}, {megabytes:.1f} MB")
    return 0


@contextmanager
def _server(*, demo: bool) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="secure-base-pictures-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        server = Server(
            data_dir=folder / "data", log=folder / "server.log", demo=demo, today=DEMO_DAY if demo else ""
        ).start()
        try:
            yield server
        finally:
            server.stop()


def _take(browser: Browser, server: Server, screens: Sequence[Seen], *, look: str, phone: bool, dark: bool) -> None:
    for seen in screens:
        context = browser.new_context(
            viewport=PHONE if phone else DESK, is_mobile=phone, has_touch=phone, locale="en-GB",
            user_agent=PHONE_AGENT if phone else None, color_scheme="dark" if dark else "light",
            reduced_motion="reduce", timezone_id="Europe/London",
        )  # fmt: skip
        page = context.new_page()
        page.goto(server.url)
        settled(page)
        seen.way(Hand(page=page))
        if seen.whole:
            close_menu(page)
            _show_whole(page)
        page.mouse.move(0, 0)
        picture = FOLDER / f"{seen.name}-{look}.png"
        page.screenshot(path=picture, animations="disabled", caret="hide")
        _make_small(picture)
        context.close()


def _make_small(picture: Path) -> None:
    with Image.open(picture) as drawn:
        drawn.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE).save(picture, optimize=True)


def _show_whole(page: Page) -> None:
    """Make the window as long as the page, so that the picture holds all of it."""
    size = page.viewport_size
    assert size is not None
    for _ in range(2):  # a longer window can draw more
        height = int(page.get_by_test_id("stMain").evaluate("e => e.scrollHeight"))
        page.set_viewport_size(ViewportSize(width=size["width"], height=min(max(height, size["height"]), LONGEST)))
        settled(page)


if __name__ == "__main__":
    sys.exit(main())
