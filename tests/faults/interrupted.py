"""Typing into a draft that something interrupts: how much of it is gone, and whether anything called saved is."""

import random
import signal
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.server import PASSPHRASE, THERAPIST, Server
from tests.browser.steps import Hand, sign_in
from tests.browser.writing import again, box, crash, open_note, start_note, wait_until_stored
from tests.chromium import FLAGS, find_chromium

KEY_EVERY_MS = 40
STOPPED_SECONDS = 4.0
STORED = """(label) => { for (const each of document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')) {
  const draft = each.shadowRoot?.querySelector('.draft')?.draft
  if (draft?.label === label) return [draft.stored, draft.text] } return ['', ''] }"""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One interruption: characters typed, called saved by then, and found afterwards; seconds a character took."""

    kind: str
    typed: str
    saved: str
    found: str
    seconds_each: float

    @property
    def seconds_lost(self) -> float:
        """Seconds of typing whose characters are not in the record."""
        return (len(self.typed) - len(self.found)) * self.seconds_each

    @property
    def is_whole(self) -> bool:
        """Whether what was found is the beginning of what was typed, and holds all that was called saved."""
        return self.typed.startswith(self.found) and self.found.startswith(self.saved)


@dataclass(kw_only=True)
class Typist:
    """Somebody who types into one draft of one practice, whatever happens."""

    server: Server
    browser: Browser
    context: BrowserContext
    hand: Hand
    name: str
    chance: random.Random = field(default_factory=lambda: random.Random(5))

    def trial(self, kind: str) -> Trial:
        """Type for a few seconds, be interrupted, come back, and look at what is there."""
        box(self.hand).fill("")
        wait_until_stored(self.hand)
        seconds_each = self._type(self.chance.uniform(0.5, 4.5))
        saved, typed = self.hand.page.evaluate(STORED, "Plan: your words")
        typed = INTERRUPTIONS[kind](self, typed)
        return Trial(kind=kind, typed=typed, saved=saved, found=box(self.hand).input_value(), seconds_each=seconds_each)

    def reload(self, typed: str) -> str:
        """The page is loaded anew."""
        self.hand.page.reload()
        open_note(self.hand.page, self.name)
        return typed

    def close(self, typed: str) -> str:
        """The tab is closed and another one opened."""
        before, self.hand.page = self.hand.page, self.context.new_page()
        before.close()
        self.hand.page.goto(self.server.url)
        open_note(self.hand.page, self.name)
        return typed

    def kill(self, typed: str) -> str:
        """The server is killed and the tab closed while it is dead, so that only what was stored is left."""
        crash(self.server)
        self.hand.page.close()
        again(self.server)
        self.hand.page = self.context.new_page()
        self.hand.page.goto(self.server.url)
        if "/auth/" in self.hand.page.url:
            sign_in(self.hand.page)
        open_note(self.hand.page, self.name)
        return typed

    def stop(self, typed: str) -> str:
        """The server hangs while the typing goes on, and goes on later."""
        assert self.server.process is not None
        self.server.process.send_signal(signal.SIGSTOP)
        self._type(STOPPED_SECONDS)
        typed = self.hand.page.evaluate(STORED, "Plan: your words")[1]
        self.server.process.send_signal(signal.SIGCONT)
        return self._reloaded(typed)

    def expire(self, typed: str) -> str:
        """The sign-in ends while the typing goes on; signing in again happens in the same window."""
        self.context.clear_cookies()
        self._type(0.4)
        typed = self.hand.page.evaluate(STORED, "Plan: your words")[1]
        sheet = self.hand.page.get_by_role("dialog")
        sheet.get_by_label("Your name").fill(THERAPIST, timeout=20_000)
        sheet.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
        sheet.get_by_role("button", name="Sign in").click()
        sheet.wait_for(state="detached", timeout=20_000)
        open_note(self.hand.page, self.name)
        return typed

    def _reloaded(self, typed: str) -> str:
        wait_until_stored(self.hand)
        self.hand.page.reload()
        open_note(self.hand.page, self.name)
        return typed

    def _type(self, seconds: float) -> float:
        """Type for about so long; gives the seconds that a character took."""
        began, typed = time.monotonic(), 0
        box(self.hand).focus()
        while (spent := time.monotonic() - began) < seconds:
            self.hand.page.keyboard.type(self.chance.choice("abcdefgh "), delay=KEY_EVERY_MS)
            typed += 1
        return spent / max(typed, 1)


INTERRUPTIONS: dict[str, Callable[[Typist, str], str]] = {
    "reload": Typist.reload,
    "close": Typist.close,
    "kill": Typist.kill,
    "stop": Typist.stop,
    "expire": Typist.expire,
}


def interruptions(browser: Browser, server: Server, *, count: int) -> list[Trial]:
    """So many trials, each kind in turn, on a server whose data folder was empty."""
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto(server.url)
    hand, name = start_note(server, lambda _: _Opened(page))
    typist = Typist(server=server, browser=browser, context=context, hand=hand, name=name)
    kinds = list(INTERRUPTIONS)
    try:
        return [typist.trial(kinds[number % len(kinds)]) for number in range(count)]
    finally:
        context.close()


@dataclass(frozen=True)
class _Opened:
    page: object


def report(count: int) -> None:
    """Run `count` interruptions on a server of their own and print what was lost."""
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("No Chromium: the interruptions were not tried.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(data_dir=Path(folder) / "data", log=Path(folder) / "log").start()
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        try:
            print_trials(interruptions(browser, server, count=count))
        finally:
            browser.close()
            server.stop()


def print_trials(trials: list[Trial]) -> None:
    """One line for each kind, and one for all."""
    print(f"{len(trials)} interruptions of {dict(Counter(trial.kind for trial in trials))}")
    for kind in INTERRUPTIONS:
        lost = [trial.seconds_lost for trial in trials if trial.kind == kind]
        if lost:
            print(f"  {kind}: lost {statistics.median(lost):.2f} s of typing (median), {max(lost):.2f} s at most")
    broken = sum(not trial.is_whole for trial in trials)
    print(f"  lost after it was called saved, or out of order: {broken}", flush=True)
