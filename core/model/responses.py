"""A questionnaire that a client filled in, and what was done about its safety item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from uuid import UUID

from core.errors import InvalidInput
from core.model.text import text_problems

REVIEW_LENGTH = 2_000
LANGUAGE_LENGTH = 40


class AnsweredBy(StrEnum):
    """Who gave the answers."""

    CLIENT = "client"
    PARTNER = "partner"
    THERAPIST = "therapist"


class Mode(StrEnum):
    """How the answers were given."""

    PAPER = "paper"
    READ_ALOUD = "read_aloud"
    REMOTE = "remote"
    OTHER_PROGRAM = "other_program"


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """Who answered, how, and in which language of the form; `None` is not recorded."""

    answered_by: AnsweredBy | None = None
    mode: Mode | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(text_problems("The form's language", self.language, longest=LANGUAGE_LENGTH))


@dataclass(frozen=True, kw_only=True)
class Response:
    """One questionnaire on one day: the answers to its items, or the totals of a form that was scored elsewhere.

    `questionnaire` and `questionnaire_version` name the definition the answers were given under.
    `answers` holds every item's number; `None` is an item left unanswered, never 0. `not_applicable` are the
    items marked as not applying. `totals` goes from `total` or a subscale's id to the exact number entered.
    """

    questionnaire: str
    questionnaire_version: int
    day: date
    answers: Mapping[int, int | None] = field(default_factory=dict)
    not_applicable: frozenset[int] = frozenset()
    totals: Mapping[str, Fraction] = field(default_factory=dict)
    circumstances: Circumstances = field(default_factory=Circumstances)

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(sorted(self.answers.items()))))
        object.__setattr__(self, "totals", MappingProxyType(dict(sorted(self.totals.items()))))
        if self.totals and self.answers:
            raise InvalidInput("Answers and totals were both given; only one of them is kept. Nothing was saved.")
        if not self.totals and all(answer is None for answer in self.answers.values()):
            raise InvalidInput("No item was answered and no total entered, so there is nothing to save.")

    @property
    def entered(self) -> bool:
        """Whether totals were entered instead of answers."""
        return bool(self.totals)


class SafetyAction(StrEnum):
    """What the therapist did about a safety item."""

    REVIEWED_WITH_CLIENT = "reviewed_with_client"
    WILL_REVIEW_NOW = "will_review_now"


@dataclass(frozen=True, kw_only=True)
class SafetyReviewDetails:
    """The therapist's own words on what was done about a safety item; the words are needed."""

    action: SafetyAction
    words: str

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(
            [
                *_action_problems(self.action),
                *text_problems("What you did", self.words, longest=REVIEW_LENGTH, needed=True),
            ]
        )


@dataclass(frozen=True, kw_only=True)
class SafetyReview:
    """A safety review as stored, tied to the response (its id) it answers."""

    id: UUID
    response_id: UUID
    response_version: int
    details: SafetyReviewDetails
    written_at: datetime
    written_by: str


def _action_problems(action: object) -> list[str]:
    if isinstance(action, SafetyAction):
        return []
    return ["What you did is not chosen. Nothing was saved; choose one of the two."]
