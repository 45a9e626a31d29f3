"""How long somebody who mistyped has to wait: a pure function of what was counted and of the clock."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LOCKED_AFTER = 10
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """Attempts in a row that opened nothing, and when the last one began (aware, UTC)."""

    failed: int = 0
    last_at: datetime | None = None

    def wait(self) -> timedelta:
        """How long after the last attempt the next one is looked at: 2, 4, 8 ... seconds, from the tenth 15 minutes.

        Source: project default; the number that locks is that of CamCOPS.
        """
        if self.failed == 0:
            return timedelta()
        if self.failed >= LOCKED_AFTER:
            return LOCKED_FOR
        return timedelta(seconds=2**self.failed)

    def next_at(self, now: datetime) -> datetime:
        """When the next attempt is looked at; `now` where that is at once.

        A clock that stands before the last attempt was moved, and says nothing about how long ago it was: the
        next attempt is looked at, and its own time counts from then on. Who can set the clock can copy the file.
        """
        if self.last_at is None or self.last_at > now:
            return now
        return max(now, self.last_at + self.wait())

    def begun(self, now: datetime) -> "Attempts":
        """With one more attempt, which counts as failed until `Attempts()` takes its place."""
        return replace(self, failed=self.failed + 1, last_at=now)
