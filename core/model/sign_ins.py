"""Sign-ins: who is signed in since when, and how long that lasts without anybody at the keyboard."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.errors import InvalidInput

IDLE_MINUTES = 30
"""Project default; see SECURITY.md."""
FEWEST_IDLE_MINUTES, MOST_IDLE_MINUTES = 5, 60
LONGEST = timedelta(hours=12)
"""After this a sign-in is over, whatever was done in it. Source: project default (a working day)."""


def hash_of(token: str) -> str:
    """What is kept of the random value in a browser's cookie: SHA-256 in hex, from which it cannot be found."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def idle_limit(minutes: int) -> timedelta:
    """The limit of so many minutes; `InvalidInput` outside 5 to 60."""
    if isinstance(minutes, bool) or not FEWEST_IDLE_MINUTES <= minutes <= MOST_IDLE_MINUTES:
        raise InvalidInput(
            f"{minutes} minutes were given; the screen can lock after {FEWEST_IDLE_MINUTES} to {MOST_IDLE_MINUTES} "
            "minutes without anybody at it. Nothing was changed."
        )
    return timedelta(minutes=minutes)


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """One sign-in. Instants are aware and in UTC.

    `active_at` is when a person last did something, `locked_at` since when the screen is locked, and `ended_at` when
    somebody signed out. `client_id` is the client whose pages are open, so that a reload keeps them.
    """

    id: UUID
    therapist_id: UUID
    began_at: datetime
    active_at: datetime
    locked_at: datetime | None = None
    ended_at: datetime | None = None
    client_id: UUID | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether nothing can be done in it any more, not even unlocking."""
        return self.ended_at is not None or not self.began_at <= now < self.began_at + LONGEST

    def is_idle(self, now: datetime, idle: timedelta) -> bool:
        """Whether nobody did anything for as long as `idle`."""
        return now - self.active_at >= idle

    def is_locked(self, now: datetime, idle: timedelta) -> bool:
        """Whether the passphrase is needed to go on: locked by hand, or idle."""
        return self.locked_at is not None or self.is_idle(now, idle)

    def left(self, now: datetime, idle: timedelta) -> timedelta:
        """How long until it locks by itself or is over; nothing when it is either."""
        if self.is_over(now) or self.is_locked(now, idle):
            return timedelta()
        return min(self.active_at + idle, self.began_at + LONGEST) - now
