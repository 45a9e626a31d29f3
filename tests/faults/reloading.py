"""A save whose page is loaded anew in its middle: whether records and the lines that tell of them always agree.

`python -m tests.faults.reloading` does it 200 times in a real browser; the suite has a short version.
"""

import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright

from core.store import SystemClock, open_store
from dashboard.door import OWN_FILE
from tests.browser.looking import key_of, rows, settled
from tests.browser.server import Server
from tests.browser.steps import Hand, add_client, find_client
from tests.browser.writing import enter
from tests.chromium import FLAGS, find_chromium
from tests.faults.practices import half_saves

LONG = 200
LATEST_MS = 300
SAVE_AND_RELOAD = "(button, ms) => { button.click(); setTimeout(() => location.reload(), ms) }"
COUNTS = """SELECT (SELECT count(*) FROM check_in), (SELECT count(*) FROM check_in_version),
    (SELECT count(*) FROM audit WHERE subject = 'check_in' AND action = 'add')"""


@dataclass(frozen=True, kw_only=True)
class Reload:
    """One save and its reload so many milliseconds after the press; records, versions and lines that came of it."""

    after_ms: float
    made: tuple[int, int, int]

    @property
    def agrees(self) -> bool:
        """Whether there is one of each, or none of any."""
        return self.made in {(0, 0, 0), (1, 1, 1)}


def reloads(page: Page, server: Server, times: int, *, seed: int = 1) -> list[Reload]:
    """Save a check-in so often, its page loaded anew at a random moment after the press; `page` is a new visitor's."""
    chance, file = Random(seed), server.data_dir / OWN_FILE
    page.goto(server.url)
    hand, name = enter(server, page), f"Client {uuid4().hex[:6]}"
    add_client(hand, name)
    done: list[Reload] = []
    before = _counts(file)
    for number in range(times):
        _open_form(hand, name)
        hand.rate("Anxiety, average", str(number % 11))
        ms = chance.uniform(0, LATEST_MS)
        with page.expect_event("load"):
            page.get_by_role("button", name="Save check-in", exact=True).evaluate(SAVE_AND_RELOAD, ms)
        settled(page)
        after = _counts(file)
        done.append(Reload(after_ms=ms, made=(after[0] - before[0], after[1] - before[1], after[2] - before[2])))
        before = after
    return done


def problems_left(server: Server) -> list[str]:
    """What the checks say of the closed practice, whose server has ended."""
    file = server.data_dir / OWN_FILE
    with closing(open_store(file, clock=SystemClock(), key=key_of(file))) as store:
        found = store.practice()
        assert found is not None
        with store.reading(found[1]) as work:
            half = half_saves(work)
        sound = [] if store.state().sound else ["the database's own check fails"]
        return [*half, *sound, *store.trail.check(found[0].id, None).problems]


def _open_form(hand: Hand, name: str) -> None:
    """The empty form of a check-in; the client stays open through a reload."""
    settled(hand.page)
    if not hand.page.get_by_test_id("stSidebar").get_by_role("link", name="Check-in", exact=True).count():
        hand.go("Today", "Today")
        find_client(hand, name)
    if not hand.page.get_by_role("heading", level=1, name=f"{name}: check-in").count():
        hand.go("Check-in", f"{name}: check-in")


def _counts(file: Path) -> tuple[int, int, int]:
    [(records, versions, lines)] = rows(file, COUNTS)
    return records, versions, lines


def main(times: int) -> int:
    """Print what came of so many reloads; 0 where everything agrees."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("No Chromium: no reload was tried.")
    with tempfile.TemporaryDirectory(prefix="secure-base-faults-") as folder, sync_playwright() as playwright:
        server = Server(data_dir=Path(folder) / "data", log=Path(folder) / "log").start()
        browser: Browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        try:
            done = reloads(browser.new_page(locale="en-GB", reduced_motion="reduce"), server, times)
        finally:
            browser.close()
            server.stop()
        problems = problems_left(server)
    saved = [each for each in done if each.made == (1, 1, 1)]
    print(f"{len(done)} saves with a reload 0 to {LATEST_MS} ms after the press: {len(saved)} saved, ", end="")
    print(f"{sum(each.made == (0, 0, 0) for each in done)} not begun, {sum(not each.agrees for each in done)} in part")
    print(f"first reload after a save that was kept: {min((each.after_ms for each in saved), default=-1):.0f} ms")
    print(f"checks afterwards: {problems or 'nothing found'}")
    return 0 if all(each.agrees for each in done) and not problems else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LONG))
