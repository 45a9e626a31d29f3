"""Who gave their passphrase and still owes a code: kept in memory for a few minutes, by a ticket."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from core.errors import CodeNeeded, NotAllowed
from core.model.people import Actor
from core.services import second_factor
from core.store import Clock, Store

WITHIN: Final = timedelta(minutes=5)
"""How long the code may take after the passphrase. Source: project default."""
MOST: Final = 20
TOO_LATE: Final = "The code took too long. You are not signed in; give the passphrase once more."


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    person: Actor
    until: datetime


class SecondSteps:
    """Those of one door; used by whoever holds its turn."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[str, _Waiting] = {}

    @property
    def is_awaited(self) -> bool:
        """Whether somebody may still give a code, so that the practice is not closed on them."""
        now = self._clock.now()
        self._waiting = {ticket: each for ticket, each in self._waiting.items() if now <= each.until}
        return bool(self._waiting)

    def ask(self, store: Store, person: Actor) -> None:
        """Return where the passphrase is enough; `CodeNeeded` with a ticket for somebody who owes a code."""
        with store.reading(person) as work:
            if not second_factor.is_on(work):
                return
        ticket = secrets.token_urlsafe(32)
        self._waiting[ticket] = _Waiting(person=person, until=self._clock.now() + WITHIN)
        while len(self._waiting) > MOST:
            del self._waiting[next(iter(self._waiting))]
        raise CodeNeeded(ticket=ticket)

    def give(self, ticket: str, code: str, store: Store) -> Actor:
        """Who holds the ticket, for their right code; a wrong one leaves the ticket good."""
        if not self.is_awaited or ticket not in self._waiting:
            raise NotAllowed(TOO_LATE)
        person = self._waiting[ticket].person
        second_factor.check(store, person, code)
        self._waiting.pop(ticket, None)
        return person
