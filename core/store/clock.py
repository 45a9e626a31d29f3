"""The clocks: the only place that asks what time it is."""

from datetime import UTC, date, datetime
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


def _as_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return instant.astimezone(UTC)
