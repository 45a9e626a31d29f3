"""How long somebody who mistyped has to wait, and the sentence: pure functions of what was counted and of the clock."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.errors import TooManyAttempts, WrongPassphrase
from core.model.numbers import count_of

LOCKED_AFTER = 10
LOCKED_FOR = timedelta(minutes=15)
WRONG = "That name and passphrase do not open this practice. Nothing was opened or changed; {next}."
WRONG_CODE = "That recovery code does not open this practice. Nothing was opened or changed; {next}."
WRONG_STARTING_CODE = (
    "That name and starting code do not open this practice, or the code's week is over. Nothing was opened or changed; "
    "{next}. The owner of the practice can make a new code."
)
_TOO_MANY = "Attempts that came before opened nothing, so this one was not looked at. Nothing was changed; {next}."


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

    def refuse_early(self, now: datetime) -> None:
        """Raise `TooManyAttempts` where the next attempt is not looked at yet."""
        if self.next_at(now) > now:
            raise TooManyAttempts(self._say(_TOO_MANY, now), next_at=self.next_at(now))

    def refused(self, sentence: str, now: datetime) -> WrongPassphrase:
        """The error for an attempt that opened nothing: `WRONG` or `WRONG_CODE` with how long to wait."""
        return WrongPassphrase(self._say(sentence, now), next_at=self.next_at(now))

    def _say(self, sentence: str, now: datetime) -> str:
        seconds = math.ceil((self.next_at(now) - now).total_seconds())
        wait = count_of(seconds, "second") if seconds < 120 else count_of(math.ceil(seconds / 60), "minute")
        return sentence.format(next=f"attempts so far: {self.failed}, the next one can be made in {wait}")
