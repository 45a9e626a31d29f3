"""Days that look like a slip of the hand: asked about before they are saved, not refused. Limits: project default."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.model.days import print_day
from core.model.people import ClientDetails

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
LONG_BEFORE_START_DAYS = 90
LONG_AGO_YEARS = 50
STARTED_LONG_AGO_YEARS = 10
LONG_AHEAD_DAYS = 366
YOUNGEST, OLDEST = 5, 100
DAYS_IN_YEAR = 365.25


class DayKind(StrEnum):
    """What a day that somebody gives is about, which says how far from today it may lie without a question."""

    OF_WORK = "of_work"
    PLANNED = "planned"
    OF_LIFE = "of_life"
    START = "start"


@dataclass(frozen=True, kw_only=True)
class KnownDays:
    """What a given day is held against: today, and of the client the start of the work and the year of birth."""

    today: date
    started_on: date | None = None
    birth_year: int | None = None

    @classmethod
    def about(cls, details: ClientDetails, today: date) -> "KnownDays":
        """What is known of one client."""
        return cls(today=today, started_on=details.started_on, birth_year=details.birth_year)


def is_taken(day: date) -> bool:
    """Whether a day is one of those that records are kept about at all."""
    return FIRST_DAY <= day <= LAST_DAY


def question_about_day(day: date, kind: DayKind, known: KnownDays) -> str | None:
    """What looks odd about a day, as a sentence that begins with it; `None` where nothing does.

    A day before the year of birth is always odd. Beyond that: what belongs to the work with a client, more than 90 days
    before it began; what is planned, also more than 366 days ahead; what belongs to their life, more than 50 years ago;
    a start, more than 10 years ago. Days to come that a service refuses are not asked about. Source: project default.
    """
    found = _before_birth(day, known) or _in_time(day, kind, known)
    return None if found is None else f"{print_day(day)} {found}. Is the day right?"


def question_about_birth(year: int, started_on: date) -> str | None:
    """The same for a year of birth: under 5 or over 100 years before the start. Source: project default."""
    age = started_on.year - year
    if YOUNGEST <= age <= OLDEST or age < 0:
        return None
    return f"Born in {year}, the client was about {age} when the work began. Is the year right?"


def _before_birth(day: date, known: KnownDays) -> str | None:
    if known.birth_year is None or day.year >= known.birth_year:
        return None
    return f"lies before the client was born, in {known.birth_year}"


def _in_time(day: date, kind: DayKind, known: KnownDays) -> str | None:
    ago = (known.today - day).days
    if kind is DayKind.PLANNED and -ago > LONG_AHEAD_DAYS:
        return f"lies {_length(-ago)} ahead"
    if kind in (DayKind.OF_WORK, DayKind.PLANNED) and known.started_on is not None:
        before = (known.started_on - day).days
        began = f"the work with this client began, on {print_day(known.started_on)}"
        return f"lies {_length(before)} before {began}" if before > LONG_BEFORE_START_DAYS else None
    longest = STARTED_LONG_AGO_YEARS if kind is DayKind.START else LONG_AGO_YEARS
    return f"lies {_length(ago)} back" if ago > longest * DAYS_IN_YEAR else None


def _length(days: int) -> str:
    years = int(days / DAYS_IN_YEAR)
    return f"{years} years" if years > 1 else f"{days} days"
