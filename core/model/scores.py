"""What a questionnaire's answers add up to, and what must be said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.model.definitions import frozen_mapping
from core.model.questionnaire_definitions import CutOff

NOT_ANSWERED = "not answered"


@dataclass(frozen=True, kw_only=True)
class SafetyAnswer:
    """The answer to a safety item, shown at once and apart from any total; `value` is `None` when skipped."""

    item: int
    topic: str
    value: int | None
    label: str

    @property
    def above_zero(self) -> bool:
        """Whether the therapist must write what was done. A skipped item is neither above 0 nor a no."""
        return self.value is not None and self.value > 0


@dataclass(frozen=True, kw_only=True)
class CutOffReading:
    """One published line and whether the total is at or above it."""

    cut_off: CutOff
    reached: bool


@dataclass(frozen=True, kw_only=True)
class Score:
    """The score of one response.

    `total` and `band` are `None` unless every item is answered; `no_total_reason` then says why and
    `cut_offs` is empty. `answers` holds every item of the questionnaire, blank ones as `None`.
    """

    questionnaire_id: str
    questionnaire_version: int
    answers: Mapping[int, int | None]
    total: int | None
    band: str | None
    cut_offs: tuple[CutOffReading, ...]
    safety: tuple[SafetyAnswer, ...]
    no_total_reason: str | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", frozen_mapping(self.answers))

    @property
    def items(self) -> int:
        """How many items the questionnaire has."""
        return len(self.answers)

    @property
    def answered(self) -> int:
        """How many items were answered; 0 is an answer."""
        return sum(value is not None for value in self.answers.values())

    @property
    def complete(self) -> bool:
        """Whether every item was answered."""
        return self.answered == self.items

    @property
    def safety_above_zero(self) -> bool:
        """Whether a safety item was answered above 0, whatever the total and also without one."""
        return any(answer.above_zero for answer in self.safety)
