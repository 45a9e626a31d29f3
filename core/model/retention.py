"""For how long records are kept: what the practice chose, and the clients whose time is over."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import InvalidInput
from core.model.people import Client

YEARS: Final = range(1, 100)


@dataclass(frozen=True, kw_only=True)
class RetentionSet:
    """Years after the last contact; `None` while nobody has chosen, since the law differs and none is assumed."""

    years: int | None = None

    def __post_init__(self) -> None:
        if self.years is not None and self.years not in YEARS:
            raise InvalidInput(
                f"{self.years} years were given; {YEARS[0]} to {YEARS[-1]} are taken. Nothing was changed; look up how "
                "long you have to keep records."
            )


@dataclass(frozen=True, kw_only=True)
class PastRetention:
    """A closed client whose record may go: `kept_until` is the last day on which it had to be kept."""

    client: Client
    last_contact: date
    kept_until: date


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March where that year has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
