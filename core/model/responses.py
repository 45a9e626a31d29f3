"""A questionnaire that a client filled in, and what was done about its safety item."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from core.errors import InvalidInput
from core.model.text import text_problems

REVIEW_LENGTH = 2_000


@dataclass(frozen=True, kw_only=True)
class Response:
    """Answers to one questionnaire on one day.

    `questionnaire` and `questionnaire_version` name the definition the answers were given under.
    `answers` holds every item's number; `None` is an item left unanswered, never 0.
    """

    questionnaire: str
    questionnaire_version: int
    day: date
    answers: Mapping[int, int | None]

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(sorted(self.answers.items()))))
        if all(answer is None for answer in self.answers.values()):
            raise InvalidInput("No item was answered, so there is nothing to save. Answer at least one item.")


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
