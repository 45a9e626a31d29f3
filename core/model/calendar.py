"""Sessions and events: what stands on the time axis beside the record."""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from core.errors import InvalidInput
from core.model.text import text_problems

LONGEST_SESSION_MINUTES = 480
EVENT_LENGTH = 80


class SessionStatus(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class SessionDetails:
    """One session in the practice's local time; `starts_at` is unknown when `None`."""

    day: date
    starts_at: time | None
    minutes: int
    status: SessionStatus

    def __post_init__(self) -> None:
        if not 1 <= self.minutes <= LONGEST_SESSION_MINUTES:
            raise InvalidInput(
                f"A session of {self.minutes} minutes was given; 1 to {LONGEST_SESSION_MINUTES} minutes are taken. "
                "Nothing was saved."
            )


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session as stored; `number` counts this client's sessions in the order they were made."""

    id: UUID
    client_id: UUID
    number: int
    revision: int
    details: SessionDetails


@dataclass(frozen=True, kw_only=True)
class EventDetails:
    """One line about something that happened, on its day."""

    day: date
    words: str

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(text_problems("The event", self.words, longest=EVENT_LENGTH, needed=True))


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event as stored."""

    id: UUID
    client_id: UUID
    number: int
    details: EventDetails
