"""What stands in the lists of a profile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from core.errors import InvalidInput
from core.model.days import print_day
from core.model.text import text_problems

ITEM_LENGTH = 200
WORDS_LENGTH = 2_000
LONGEST_INTERVAL_DAYS = 366


class HowKnown(StrEnum):
    """How an origin is known."""

    CLIENT_SAID = "client_said"
    FAMILY_OR_PARTNER_SAID = "family_or_partner_said"
    EARLIER_RECORD = "earlier_record"
    THERAPIST_VIEW = "therapist_view"


class OwnMeasureKind(StrEnum):
    """What a measure in the client's own words is."""

    RATING = "rating"
    COUNT = "count"


class Listed(Protocol):
    """What every item of a list has."""

    @property
    def id(self) -> UUID:
        """What check-ins point at; it stays when the words change."""


@dataclass(frozen=True, kw_only=True)
class ProfileItem:
    """One line of a list. `entry` is the catalogue's id for it, if it is one of the documents' things.

    An item that has ended is asked about no longer and stays readable.
    """

    id: UUID
    words: str
    entry: str | None = None
    ended_on: date | None = None

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(text_problems("A line of the list", self.words, longest=ITEM_LENGTH, needed=True))


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A possible origin in the therapist's words, the documents' name for it, and how it is known."""

    id: UUID
    words: str
    known_from: HowKnown
    entry: str | None = None

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(text_problems("An origin", self.words, longest=ITEM_LENGTH, needed=True))


@dataclass(frozen=True, kw_only=True)
class OwnMeasure:
    """A rating 0-10 or a count of times in the period, named in the client's words; asked from `since` on.

    A measure that is renamed keeps its id and with it its history.
    """

    id: UUID
    name: str
    kind: OwnMeasureKind
    since: date
    ended_on: date | None = None

    def __post_init__(self) -> None:
        found = text_problems("The name of the measure", self.name, longest=40, needed=True)
        if self.ended_on is not None and self.ended_on < self.since:
            found.append(
                f"The measure's end {print_day(self.ended_on)} is before its start {print_day(self.since)}. "
                "Nothing was saved."
            )
        InvalidInput.unless_empty(found)


@dataclass(frozen=True, kw_only=True)
class QuestionnairePlan:
    """A questionnaire, the day on which it is first due, and after how many days it is due again."""

    questionnaire: str
    every_days: int
    since: date

    def __post_init__(self) -> None:
        if not 1 <= self.every_days <= LONGEST_INTERVAL_DAYS:
            raise InvalidInput(
                f"An interval of {self.every_days} days was given; 1 to {LONGEST_INTERVAL_DAYS} days are taken. "
                "Nothing was saved."
            )


@dataclass(frozen=True, kw_only=True)
class PlansSet:
    """Which questionnaires are planned, none of them twice."""

    plans: tuple[QuestionnairePlan, ...] = ()

    def __post_init__(self) -> None:
        names = [plan.questionnaire for plan in self.plans]
        InvalidInput.unless_empty(
            [] if len(set(names)) == len(names) else ["A questionnaire was planned twice. Nothing was saved."]
        )


def list_problems(items: Sequence[Listed], most: int) -> list[str]:
    """What is wrong with a list as a whole, as sentences."""
    found = []
    if len(items) > most:
        found.append(f"{len(items)} lines were given; up to {most} are kept. Nothing was saved; remove some.")
    if len({item.id for item in items}) < len(items):
        found.append("One line of the list stands there twice. Nothing was saved; open the page again.")
    return found
