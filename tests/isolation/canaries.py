"""Many people at screens at once over real sockets: each sees the own client's canary, and nobody else's.

`python -m tests.isolation.canaries` draws five thousand screens for sixty people in three practices, and then does the
same on a server with a planted leak, which must be caught; the suite does both with a few.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Lock
from typing import Final

from websockets.sync.client import ClientConnection

from dashboard.theme import SYNTHETIC_LINE
from tests.isolation.practices import Peopled, User, marks_in, peopled
from tests.isolation.window import Window, run_script, session_in

PRACTICES, USERS, VISITORS, RENDERS = 3, 18, 2, 5_000
LEAKING: Final = ("tests.isolation.planted", "cache")
OF_ONE_CLIENT: Final = ("review", "check-in", "questionnaires", "sessions", "notes", "profile")
OF_NOBODY: Final = ("new-client", "learn", "documents", "settings")
OF_ALL_CLIENTS: Final = "today"
SYNTHETIC: Final = SYNTHETIC_LINE.encode()
STAYS_FOR: Final = 8
"""After so many screens somebody's line breaks, and the next handshake names some session, mostly another's."""


@dataclass(kw_only=True)
class Seen:
    """What all renders together showed. `without_own` and `foreign` count renders, and must stay 0."""

    renders: Counter[str] = field(default_factory=Counter)
    without_own: int = 0
    foreign: int = 0
    sent: int = 0
    sessions: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock, repr=False)

    def note(self, screen: str, raw: bytes, *, has_own: bool, has_foreign: bool) -> None:
        """Count one render."""
        with self.lock:
            self.renders[screen] += 1
            self.without_own += not has_own
            self.foreign += has_foreign
            self.sent += len(raw)

    def begun(self, session: str) -> None:
        """Keep a session's name, for somebody else to name it in a handshake."""
        with self.lock:
            self.sessions.append(session)


def draw(seen: Seen, practice: Peopled, user: User, *, renders: int, chance: Random) -> None:
    """Let one therapist look at screens in any order, and judge each by all the bytes that came."""
    for screen, raw in _looks(seen, user.window, [*OF_ONE_CLIENT, *OF_NOBODY, OF_ALL_CLIENTS], renders, chance):
        allowed = practice.marks if screen == OF_ALL_CLIENTS else {user.mark}
        found = marks_in(raw)
        seen.note(screen, raw, has_own=user.mark in found, has_foreign=not found <= allowed)


def draw_as_visitor(seen: Seen, window: Window, *, renders: int, chance: Random) -> None:
    """The same for somebody who looks around among invented people: no canary at all is theirs."""
    for screen, raw in _looks(seen, window, [OF_ALL_CLIENTS, *OF_NOBODY], renders, chance):
        seen.note(f"{screen} (visitor)", raw, has_own=SYNTHETIC in raw, has_foreign=bool(marks_in(raw)))


def _looks(
    seen: Seen, window: Window, screens: Sequence[str], renders: int, chance: Random
) -> Iterator[tuple[str, bytes]]:
    left = renders
    while left > 0:
        with _line(seen, window, chance) as socket:
            for _ in range(min(left, STAYS_FOR)):
                screen = chance.choice(screens)
                messages, raw = run_script(socket, screen)
                seen.begun(session_in(messages))
                yield screen, raw
        left -= STAYS_FOR


@contextmanager
def _line(seen: Seen, window: Window, chance: Random) -> Iterator[ClientConnection]:
    with seen.lock:
        somebodys = chance.choice(seen.sessions) if seen.sessions else ""
    with window.socket(session=somebodys) as socket:
        yield socket


def all_at_once(practices: Sequence[Peopled], visitors: Sequence[Window], *, renders: int) -> Seen:
    """Let everybody look at the same time, until about so many screens were drawn in all."""
    seen, everybody = Seen(), [(practice, user) for practice in practices for user in practice.users]
    each = -(-renders // (len(everybody) + len(visitors)))
    with ThreadPoolExecutor(len(everybody) + len(visitors)) as people:
        looking = [
            people.submit(draw, seen, practice, user, renders=each, chance=Random(number))
            for number, (practice, user) in enumerate(everybody)
        ]
        looking += [
            people.submit(draw_as_visitor, seen, window, renders=each, chance=Random(-number))
            for number, window in enumerate(visitors, 1)
        ]
        for one in looking:
            one.result()
    return seen


@contextmanager
def practices_in(folder: Path, *, practices: int, users: int, program: tuple[str, ...]) -> Iterator[list[Peopled]]:
    """So many servers with a practice each, stopped at the end."""
    with ExitStack() as open_now:
        made = []
        for number in range(practices):
            made.append(peopled(folder / f"practice-{number}", users=users, program=program))
            open_now.callback(made[-1].server.stop)
        yield made


def visitor_of(practice: Peopled) -> Window:
    """Somebody who looks around in the synthetic practice of the same server."""
    window = Window(practice.server)
    assert window.post("/auth/look-around", {}).status == 303
    return window


def _report(name: str, seen: Seen, began: float) -> None:
    total, seconds = seen.renders.total(), time.monotonic() - began
    print(
        f"{name}: {total} renders, {seen.sent:,} bytes, {len(set(seen.sessions))} sessions; without the own canary "
        f"{seen.without_own}, with a foreign one {seen.foreign} ({seconds:.0f} s)",
        flush=True,
    )
    for screen, count in seen.renders.most_common():
        print(f"   {screen}: {count}")


def main() -> int:
    """Print the figures; 0 where nobody saw a foreign canary and the planted leak was caught."""
    asked = argparse.ArgumentParser(description="Nobody's screen shows somebody else's client, counted.")
    asked.add_argument("--renders", type=int, default=RENDERS)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, began = Path(name), time.monotonic()
        with practices_in(folder / "whole", practices=PRACTICES, users=USERS, program=("dashboard",)) as made:
            visitors = [visitor_of(practice) for practice in made for _ in range(VISITORS)]
            whole = all_at_once(made, visitors, renders=given.renders)
            logs = sum(len(marks_in(practice.server.log.read_bytes())) for practice in made)
        _report(f"{len(made)} practices", whole, began)
        print(f"canaries in the logs of the servers: {logs}")
        began = time.monotonic()
        with practices_in(folder / "leaking", practices=1, users=3, program=LEAKING) as made:
            leaking = all_at_once(made, [], renders=30)
        _report("with a planted leak", leaking, began)
    return 1 if whole.foreign or whole.without_own or logs or not leaking.foreign else 0


if __name__ == "__main__":
    sys.exit(main())
