"""The clocks: the only place that asks what time it is."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the present instant."""

    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, instant: datetime) -> None:
        self._instant = _as_utc(instant)

    def now(self) -> datetime:
        """The instant it was last set to, in UTC."""
        return self._instant

    def move_to(self, instant: datetime) -> None:
        """Stand at `instant`, which must be aware, from now on."""
        self._instant = _as_utc(instant)


class ShiftedClock:
    """The real time of day on a chosen day, running on from there."""

    def __init__(self, today: date, zone: str) -> None:
        real = datetime.now(UTC)
        local = real.astimezone(ZoneInfo(zone))
        chosen = datetime.combine(today, local.time(), ZoneInfo(zone))
        self._shift = chosen.astimezone(UTC) - real

    def now(self) -> datetime:
        """The real instant moved by whole days' worth of time, in UTC."""
        return datetime.now(UTC) + self._shift


class ClockWatch:
    """Tells when a clock was set back, by a second one that only ever goes forward. It sees one process's time."""

    def __init__(self, clock: Clock, steady: Callable[[], float] = time.monotonic) -> None:
        """`steady` gives seconds from any beginning."""
        self._clock, self._steady = clock, steady
        self.begin_anew()

    def set_back(self) -> timedelta:
        """How far the clock stands behind where it should, since the watch began; nothing where it went ahead."""
        passed = timedelta(seconds=self._steady() - self._steady_then)
        behind = passed - (self._clock.now() - self._then)
        if behind < timedelta():  # it went ahead: set right, or the computer slept
            self.begin_anew()
        return max(behind, timedelta())

    def begin_anew(self) -> None:
        """Take the clock as right from now on."""
        self._then, self._steady_then = self._clock.now(), self._steady()


def _as_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return instant.astimezone(UTC)
