"""Days, windows of days and how they are written for people.

Every clinical date is a local `date` in the practice's time zone; weeks are ISO weeks (Monday first).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from core.errors import InvalidInput

DAYS_IN_WEEK = 7
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Window(Struct, frozen=True, order=True):
    """A run of days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise InvalidInput(
                f"The window ends on {print_day(self.end)}, before it starts on {print_day(self.start)}."
            )

    @classmethod
    def ending(cls, end: date, days: int) -> "Window":
        """The `days` days (1 or more) up to and including `end`."""
        return cls(end - timedelta(days=days - 1), end)

    @property
    def days(self) -> int:
        """How many days the window holds, 1 or more."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        """The middle day; the later one where two are in the middle."""
        return self.start + timedelta(days=self.days // 2)

    def before(self, days: int) -> "Window":
        """The `days` days that end the day before this window starts."""
        return Window.ending(self.start - timedelta(days=1), days)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __iter__(self) -> Iterator[date]:
        return (self.start + timedelta(days=offset) for offset in range(self.days))

    def overlaps(self, other: "Window") -> bool:
        """Whether the two windows share a day."""
        return self.start <= other.end and other.start <= self.end


def around_gap(day: date, at: time, zone: tzinfo) -> tuple[time, time] | None:
    """The times before and after `at` where `zone` leaves it out on that day, as clocks go forward; `None` where not.

    Both lie as far from `at` as the clocks are moved: for 02:30 of a night that leaves out an hour, 01:30 and 03:30.
    """
    told = datetime.combine(day, at)
    if told.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == told:
        return None
    before, after = (told.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    moved = abs((after or timedelta()) - (before or timedelta()))
    return (told - moved).time(), (told + moved).time()


def iso_week_start(day: date) -> date:
    """The Monday of the ISO week that holds `day`."""
    return day - timedelta(days=day.weekday())


def print_day(day: date) -> str:
    """`21 May 2026`: day without a leading zero, month in letters, year in full."""
    return f"{print_day_short(day)} {day.year}"


def print_day_short(day: date) -> str:
    """`21 May`: for places where the year stands beside it."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def print_window(window: Window) -> str:
    """`15 to 21 May 2026`, or one day, naming month and year only as often as needed."""
    start, end = window.start, window.end
    if start == end:
        return print_day(end)
    if start.year != end.year:
        return f"{print_day(start)} to {print_day(end)}"
    if start.month != end.month:
        return f"{print_day_short(start)} to {print_day(end)}"
    return f"{start.day} to {print_day(end)}"
