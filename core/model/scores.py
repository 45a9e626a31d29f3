"""What a questionnaire's answers add up to, and what must be said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import force_setattr

from core.model.definitions import frozen_mapping
from core.model.numbers import print_beside, print_exact
from core.model.questionnaire_facts import CutOff

NOT_ANSWERED = "not answered"
INCOMPLETE = "incomplete, not scored"
NO_TOTAL = "this form has no total; its subscales are read"
NOT_KNOWN = "not known, since only totals were entered"
SIDES = {
    "at_or_above": ("At or above", "Below"),
    "above": ("Above", "At or below"),
    "below": ("Below", "At or above"),
}


class SafetyAnswer(Struct, frozen=True, kw_only=True):
    """The answer to a safety item, shown at once and apart from any total; `value` is `None` when skipped."""

    item: int
    topic: str
    value: int | None
    label: str

    @property
    def above_zero(self) -> bool:
        """Whether the therapist must write what was done. A skipped item is neither above 0 nor a no."""
        return self.value is not None and self.value > 0


@dataclass(frozen=True, kw_only=True, slots=True)
class CutOffReading:
    """One published line and whether the total is on its side."""

    cut_off: CutOff
    reached: bool

    @property
    def place(self) -> str:
        """Where the total is: `At or above 8`, `Below 13.5`."""
        there, elsewhere = SIDES[self.cut_off.side]
        return f"{there if self.reached else elsewhere} {print_exact(self.cut_off.value)}"


@dataclass(frozen=True, kw_only=True)
class SubscaleScore:
    """The score of one subscale; `value` is `None` with a `reason`, and `caution` is said beside it.

    With `filled` the missing items counted as the mean of the others.
    """

    id: str
    label: str
    value: Fraction | None
    lowest: Fraction
    highest: Fraction
    answered: int
    items: int
    filled: bool
    reason: str | None
    caution: str | None

    @property
    def printed(self) -> str | None:
        """The value in digits, at most two decimals."""
        return None if self.value is None else print_beside(self.value, ())


class Score(Struct, frozen=True, kw_only=True):
    """The score of one response, exact: a mean of three items is a fraction of thirds, never rounded.

    `total` and `band` are `None` where there is none; `no_total_reason` then says why and `cut_offs` is empty.
    `lowest` and `highest` are what the total could have been. `filled` says that missing items counted as the
    mean of the others, and `remark` says so in words. `printed` is the total in digits, so many that it stays on
    its side of every band and line. `answers` holds every item of the questionnaire, blank
    ones as `None`; it is empty where totals were `entered` as numbers.
    """

    questionnaire_id: str
    questionnaire_version: int
    short_name: str
    answers: Mapping[int, int | None]
    total: Fraction | None
    printed: str | None
    lowest: Fraction | None
    highest: Fraction | None
    band: str | None
    cut_offs: tuple[CutOffReading, ...]
    safety: tuple[SafetyAnswer, ...]
    no_total_reason: str | None
    subscales: tuple[SubscaleScore, ...] = ()
    not_applicable: frozenset[int] = frozenset()
    filled: bool = False
    entered: bool = False
    remark: str | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "answers", frozen_mapping(self.answers))

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
        """Whether every item was answered or marked as not applicable."""
        return self.answered + len(self.not_applicable) == self.items

    @property
    def safety_above_zero(self) -> bool:
        """Whether a safety item was answered above 0, whatever the total and also without one."""
        return any(answer.above_zero for answer in self.safety)

    def subscale(self, name: str) -> SubscaleScore:
        """The score of the subscale with this id; `KeyError` when the questionnaire has none."""
        return {each.id: each for each in self.subscales}[name]
