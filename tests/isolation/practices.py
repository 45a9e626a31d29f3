"""Practices in which everybody bears a canary: words that nobody else's screen may ever show."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from core.model.people import PracticeDetails
from core.services import sign_ins
from core.services.check_ins import record_check_in
from core.services.clients import add_client
from core.store import SystemClock
from dashboard.opened import PracticeFile
from dashboard.settings import folder_mark
from tests.browser.server import PASSPHRASE, THERAPIST, Server
from tests.builders import check_in
from tests.isolation.window import Window
from tests.services.entries import details, form
from tests.store.encrypted import CHEAP

CANARY = re.compile(rb"Canary([0-9a-f]{12})")


@dataclass(frozen=True, kw_only=True)
class User:
    """One sign-in of a therapist, with a client of its own open in it."""

    window: Window
    mark: bytes


@dataclass(frozen=True, kw_only=True)
class Peopled:
    """A running server with a practice of its own, and everybody who is signed in to it."""

    server: Server
    users: tuple[User, ...]

    @property
    def marks(self) -> frozenset[bytes]:
        """The canaries of all clients of this practice."""
        return frozenset(user.mark for user in self.users)


def marks_in(raw: bytes) -> set[bytes]:
    """The canaries among the bytes that somebody was sent."""
    return set(CANARY.findall(raw))


def peopled(folder: Path, *, users: int, program: tuple[str, ...] = ("dashboard",)) -> Peopled:
    """Make a practice with a client and a sign-in for each user, and start the server on it."""
    data = folder / "data"
    data.mkdir(parents=True, mode=0o700)
    tokens = _practice(data / "practice.db", users)
    server = Server(data_dir=data, log=folder / "server.log", program=program).start()
    assert Window(server).sign_in().status == 303  # opens the door to all of them
    cookie = f"secure-base-{folder_mark(data)[:8]}"
    return Peopled(
        server=server,
        users=tuple(
            User(window=Window(server, cookies={cookie: token}), mark=mark.encode()) for token, mark in tokens.items()
        ),
    )


def _practice(path: Path, users: int) -> dict[str, str]:
    """The practice in its encrypted file; the cookies' values, each with the canary of the client open in it."""
    practice = PracticeDetails(name="River Practice", therapist=THERAPIST, zone="Europe/Berlin")
    opened, _ = PracticeFile(path, clock=SystemClock(), cost=CHEAP).set_up(practice, PASSPHRASE)
    made = {secrets.token_urlsafe(32): secrets.token_hex(6) for _ in range(users)}
    with opened.store.writing(opened.actor) as work:
        for token, mark in made.items():
            client = add_client(work, details(f"Canary{mark}", started_on=work.today), form())
            record_check_in(work, client.id, check_in(work.today, 1, anxiety=4, note=f"said Canary{mark}"), uuid4())
            sign_ins.open_client(work, sign_ins.begin(work, token).id, client.id)
        work.commit()
    opened.close()
    return made
