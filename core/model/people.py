"""The practice, the person at the keyboard and the clients."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.errors import InvalidInput
from core.model.access import Role
from core.model.days import print_day
from core.model.text import text_problems

NAME_LENGTH = 120
EARLIEST_BIRTH_YEAR = 1900


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: every read and write belongs to one.

    What counts is the role that stands in the database, which each unit of work reads anew.
    """

    id: UUID
    practice_id: UUID
    name: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class PracticeDetails:
    """What set-up asks for: a name, the therapist's name and the time zone (IANA) its dates are in."""

    name: str
    therapist: str
    zone: str

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(
            [
                *text_problems("The practice's name", self.name, longest=NAME_LENGTH, needed=True),
                *text_problems("Your name", self.therapist, longest=NAME_LENGTH, needed=True),
                *_zone_problems(self.zone),
            ]
        )


@dataclass(frozen=True, kw_only=True)
class Practice:
    """A practice as stored; `synthetic` marks the one with invented people."""

    id: UUID
    details: PracticeDetails
    synthetic: bool
    made_on: date


class PartnerStatus(StrEnum):
    """Whether there is a partner now; `NOT_RECORDED` also stands for "prefers not to say"."""

    PARTNER = "partner"
    NO_PARTNER = "no_partner"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, kw_only=True)
class DatedPartnerStatus:
    """A partner status and the day from which it holds."""

    status: PartnerStatus
    since: date


@dataclass(frozen=True, kw_only=True)
class ClientDetails:
    """What the therapist writes about a client; only the name and the start date are needed."""

    name: str
    started_on: date
    birth_year: int | None = None
    pronouns: str | None = None

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(
            [
                *text_problems("The client's name", self.name, longest=NAME_LENGTH, needed=True),
                *text_problems("Pronouns", self.pronouns, longest=40),
                *_birth_year_problems(self.birth_year, self.started_on),
            ]
        )


@dataclass(frozen=True, kw_only=True)
class Client:
    """A client as stored. `code` is made by us, for places where a name must not stand."""

    id: UUID
    code: str
    details: ClientDetails
    closed_on: date | None
    partner: tuple[DatedPartnerStatus, ...]
    start_level_from: date | None
    revision: int

    def partner_on(self, day: date) -> PartnerStatus:
        """The status that held on `day`; `NOT_RECORDED` before the first one."""
        held = [dated for dated in self.partner if dated.since <= day]
        return max(held, key=lambda dated: dated.since).status if held else PartnerStatus.NOT_RECORDED


def _zone_problems(zone: str) -> list[str]:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ["The time zone is not one that this computer knows. Choose one such as Europe/Berlin from the list."]
    return []


def _birth_year_problems(year: int | None, started_on: date) -> list[str]:
    if year is None or EARLIEST_BIRTH_YEAR <= year <= started_on.year:
        return []
    return [
        f"Birth year {year} was given; a year from {EARLIEST_BIRTH_YEAR} to the start year {started_on.year} is "
        f"taken (start {print_day(started_on)}). Nothing was saved."
    ]
