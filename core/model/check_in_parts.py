"""The parts of a check-in: who it comes from, how exactly counts are known, answers to signs, and episodes."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from msgspec import Struct

from core.model.days import Window

LONGEST_PERIOD_DAYS = 31
HIGHEST_RATING = 10
HIGHEST_COUNT = 300
MOST_EPISODES = 20
LONGEST_RELIEF_MINUTES = 7 * 24 * 60


class Source(StrEnum):
    """Who or what the entry comes from."""

    CLIENT_IN_SESSION = "client_in_session"
    CLIENT_DIARY = "client_diary"
    MESSAGE = "message"
    PARTNER_REPORT = "partner_report"
    THERAPIST_VIEW = "therapist_view"


class CountKind(StrEnum):
    """How exactly a count is known."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"


class SignAnswer(StrEnum):
    """The answer to one warning sign; a sign that is absent was not asked."""

    OFTEN = "often"
    SOMETIMES = "sometimes"
    NOT_PRESENT = "not_present"
    NO_OCCASION = "no_occasion"


class PartOfDay(StrEnum):
    """When an episode was, where the time is not known."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class Whom(StrEnum):
    """Who was asked for reassurance."""

    PARTNER = "partner"
    FRIEND = "friend"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    THERAPIST = "therapist"
    ONLINE = "online"
    OTHER = "other"


class How(StrEnum):
    """How reassurance was sought."""

    ASKED = "asked"
    HINTED = "hinted"
    CHECKED = "checked"
    TESTED = "tested"


class ReliefEnded(StrEnum):
    """How the relief ended; with `STILL_HELPING` the minutes are a minimum."""

    WORRY_CAME_BACK = "worry_came_back"
    STILL_HELPING = "still_helping"


class Episode(Struct, frozen=True, kw_only=True, array_like=True):
    """One time reassurance was sought. Everything may be unknown (`None`). In JSON it is the list of its fields.

    `relief` is 0 (none) to 10; `relief_minutes` 0 (gone at once) to 10,080.
    """

    day: date | None = None
    part_of_day: PartOfDay | None = None
    whom: Whom | None = None
    how: How | None = None
    relief: int | None = None
    relief_minutes: int | None = None
    ended: ReliefEnded | None = None
    same_worry: bool | None = None

    def problems(self, row: int, period: Window) -> list[str]:
        """What is wrong with this episode, as sentences that name its `row` (from 1)."""
        if self.whom is None and self == NOTHING_KNOWN:
            return [f"Episode {row} is empty. Describe it or remove the row; nothing was saved."]
        in_period = self.day is None or self.day in period
        if (
            in_period
            and in_range(self.relief, HIGHEST_RATING)
            and in_range(self.relief_minutes, LONGEST_RELIEF_MINUTES)
        ):
            return []
        name = f"Episode {row}"
        found = [
            *range_problems(f"{name}: relief", self.relief, HIGHEST_RATING),
            *range_problems(f"{name}: minutes of relief", self.relief_minutes, LONGEST_RELIEF_MINUTES),
        ]
        if not in_period:
            found.append(f"{name}: its day lies outside the period of this check-in. Nothing was saved.")
        return found


NOTHING_KNOWN = Episode()
"""An episode of which nothing is known."""


def in_range(value: int | None, highest: int) -> bool:
    """Whether `value` is blank or a whole number 0 to `highest`; asked of every number of every record that is read."""
    return value is None or ((type(value) is int or _is_whole(value)) and 0 <= value <= highest)


def range_problems_of(what: str, values: Iterable[int | None], highest: int) -> list[str]:
    """What is wrong with each of `values`, as `range_problems` says it."""
    return [problem for value in values if not in_range(value, highest)
            for problem in range_problems(what, value, highest)]  # fmt: skip


def range_problems(what: str, value: int | None, highest: int) -> list[str]:
    """What is wrong with a whole number 0 to `highest`; nothing when it is blank."""
    if in_range(value, highest):
        return []
    return [f"{what}: {value} was given; whole numbers from 0 to {highest:,} are taken. Nothing was saved."]


def _is_whole(value: object) -> bool:
    """Whether `value` is a whole number; true and false are not numbers here, though Python counts them as such."""
    return isinstance(value, int) and not isinstance(value, bool)
