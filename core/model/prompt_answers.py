"""What a therapist answered to a prompt: one of four words, with words of their own if they want."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import InvalidInput
from core.model.profile_items import WORDS_LENGTH
from core.model.text import text_problems


class PromptAnswerKind(StrEnum):
    """The answers to a prompt, as its buttons."""

    CONSIDERED = "considered"
    DISCUSSED = "discussed"
    ARRANGED = "arranged"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, kw_only=True)
class PromptAnswer:
    """One answer to one prompt; `by` is who gave it on `day`. It goes nowhere else: no note, no summary."""

    prompt: str
    day: date
    answer: PromptAnswerKind
    words: str = ""
    by: str

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(text_problems("The words on the prompt", self.words, longest=WORDS_LENGTH))
