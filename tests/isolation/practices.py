"""Practices in which everybody bears a canary: words that nobody else's screen may ever show."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from core.model.people import PracticeDetails
from core.model.sign_ins import IDLE_MINUTES, LONGEST, idle_limit
from core.services import sign_ins
from core.services.check_ins import record_check_in
from core.services.clients import add_client
from core.store import SystemClock, UnitOfWork
from core.store import sign_ins as rows
from dashboard.practice_file import PracticeFile
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
    """A running server with a practice of its own, and everybody who is signed in to it.

    `stale` are cookies that were good once, by what became of them; each has the first user's client open.
    """

    server: Server
    users: tuple[User, ...]
    stale: Mapping[str, Window]

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
    tokens, stale = _practice(data / "practice.db", users)
    server = Server(data_dir=data, log=folder / "server.log", program=program).start()
    assert Window(server).sign_in().status == 303  # opens the door to all of them
    cookie = f"secure-base-{folder_mark(data)[:8]}"
    return Peopled(
        server=server,
        users=tuple(
            User(window=Window(server, cookies={cookie: token}), mark=mark.encode()) for token, mark in tokens.items()
        ),
        stale={name: Window(server, cookies={cookie: token}) for name, token in stale.items()},
    )


def _practice(path: Path, users: int) -> tuple[dict[str, str], dict[str, str]]:
    """Make the practice in its encrypted file: cookies with the canary of the client open in each, and stale ones."""
    practice = PracticeDetails(name="River Practice", therapist=THERAPIST, zone="Europe/Berlin")
    opened, _ = PracticeFile(path, clock=SystemClock(), cost=CHEAP).set_up(practice, PASSPHRASE)
    made = {secrets.token_urlsafe(32): secrets.token_hex(6) for _ in range(users)}
    with opened.store.writing(opened.actor) as work:
        clients = []
        for token, mark in made.items():
            client = add_client(work, details(f"Canary{mark}", started_on=work.today), form())
            record_check_in(work, client.id, check_in(work.today, 1, anxiety=4, note=f"said Canary{mark}"), uuid4())
            sign_ins.open_client(work, sign_ins.begin(work, token).id, client.id)
            clients.append(client.id)
        stale = _stale(work, clients[0])
        work.commit()
    opened.close()
    return made, stale


def _stale(work: UnitOfWork, client_id: UUID) -> dict[str, str]:
    """Sign-ins that were ended, locked, left alone, and begun too long ago."""
    now = work.now
    became: dict[str, dict[str, datetime]] = {
        "signed out": {"ended_at": now},
        "expired": {"began_at": now - LONGEST},
        "locked by hand": {"locked_at": now},
        "left alone": {"active_at": now - idle_limit(IDLE_MINUTES)},
    }
    tokens = {name: secrets.token_urlsafe(32) for name in became}
    for name, values in became.items():
        sign_in = sign_ins.begin(work, tokens[name])
        sign_ins.open_client(work, sign_in.id, client_id)
        rows.change(work, sign_in.id, **values)
    return tokens
