"""What two scores of one questionnaire say of change, with every threshold and line they were held against.

The codes here are terms of the rules that they belong to. Screens say what was scored and which threshold was passed;
no code of a category is shown as a word about a client.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from msgspec import Struct
from msgspec.structs import force_setattr

from core.model.findings import Finding
from core.model.records import RecordRef
from core.model.scores import Score

TOLERANCE = 1e-9


class Sense(StrEnum):
    """Whether a score went the wanted way, by the direction of its form."""

    IMPROVED = "improved"
    DETERIORATED = "deteriorated"


class Category(StrEnum):
    """The four categories of Jacobson and Truax; `RECOVERED` is their term and needs a cut-off."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"


class SubCase(StrEnum):
    """What must be told beside a category."""

    STARTED_FUNCTIONAL = "started_functional"
    CROSSED_WITHIN_ERROR = "crossed_within_error"
    CROSSED_INTO_CLINICAL_RANGE = "crossed_into_clinical_range"


class Administration(Struct, frozen=True, kw_only=True):
    """One filled form as change reads it; of two on one day the one with the higher `number` counts.

    `language` is the language of the form where it is known; forms in two languages are not compared.
    """

    day: date
    score: Score
    number: int = 0
    ref: RecordRef | None = None
    language: str | None = None


class ScoredDay(Struct, frozen=True, kw_only=True):
    """A score that was compared: its day, its exact value, how it is printed, and the record it comes from."""

    day: date
    value: Fraction
    printed: str
    prorated: bool
    ref: RecordRef | None


@dataclass(frozen=True, kw_only=True)
class ChangeThreshold:
    """How far a score must move by one rule.

    Published rules take their own number in (`inclusive`); a worked-out one must be exceeded. Only those that are
    `deciding` make a verdict: the published ones, or the worked-out one where no rule is published.
    """

    points: Fraction | float
    inclusive: bool
    rule: str
    source: str
    deciding: bool

    def passed(self, difference: Fraction) -> bool:
        """Whether a difference of this many points, either way, is past the threshold."""
        if isinstance(self.points, float):
            beyond = abs(float(difference)) - self.points
            return beyond >= -TOLERANCE if self.inclusive else beyond > TOLERANCE
        return abs(difference) >= self.points if self.inclusive else abs(difference) > self.points


class ThresholdReading(Struct, frozen=True, kw_only=True):
    """One threshold and whether the last score passed it, and the one before it as well, on the same side."""

    threshold: ChangeThreshold
    passed: bool
    twice: bool


@dataclass(frozen=True, kw_only=True)
class CutOffPoint:
    """A line between the clinical and the functional group: a, b or c of Jacobson and Truax, or a published one.

    A score on a worked-out line belongs to neither side; on a published one it belongs where `at_line` says.
    """

    kind: Literal["a", "b", "c", "published"]
    value: Fraction
    source: str
    used: bool
    higher_is_worse: bool
    at_line: Literal["clinical", "functional", "neither"] = "neither"

    def clinical(self, value: Fraction) -> bool:
        """Whether `value` is on the side of the clinical group."""
        beyond = value > self.value if self.higher_is_worse else value < self.value
        return beyond or (value == self.value and self.at_line == "clinical")

    def functional(self, value: Fraction) -> bool:
        """Whether `value` is on the side of the functional group."""
        beyond = value < self.value if self.higher_is_worse else value > self.value
        return beyond or (value == self.value and self.at_line == "functional")


class SecondOpinion(Struct, frozen=True, kw_only=True):
    """The Gulliksen-Lord-Novick index, which allows for a first score that was high by chance."""

    index: float
    beyond_error: bool
    sense: Sense
    source: str


class DifferenceReading(Struct, frozen=True, kw_only=True):
    """A published smallest difference that matters to people; a description, never a verdict.

    `within_error` says that so few points cannot be told from measurement error in one client.
    """

    points: Fraction
    population: str
    source: str
    reached: bool
    within_error: bool


class Room(Struct, frozen=True, kw_only=True):
    """How many points the form leaves from the first score, and whether a reliable change fits into them."""

    to_best: Fraction
    to_worst: Fraction
    improvement_detectable: bool
    deterioration_detectable: bool


class QuestionnaireChange(Finding, frozen=True, kw_only=True):
    """The change of one total or subscale (`part`) from the first complete form to the last.

    `estimate` and `interval` are points, last less first. `used` counts complete forms, `missing` those without a score
    of all items. `category` and `sub_cases` are of the first and the last score by the deciding thresholds.
    """

    questionnaire_id: str
    questionnaire_version: int
    label: str
    higher_is_worse: bool
    part: str | None = None
    first: ScoredDay | None = None
    last: ScoredDay | None = None
    sense: Sense | None = None
    thresholds: tuple[ThresholdReading, ...] = ()
    index: float | None = None
    cut_offs: tuple[CutOffPoint, ...] = ()
    category: Category | None = None
    sub_cases: tuple[SubCase, ...] = ()
    second_opinion: SecondOpinion | None = None
    percentage: Fraction | None = None
    smallest_differences: tuple[DifferenceReading, ...] = ()
    room: Room | None = None

    @property
    def difference(self) -> Fraction | None:
        """Last less first, exact; `None` where there are not two scores."""
        return None if self.first is None or self.last is None else self.last.value - self.first.value

    @property
    def cut_off(self) -> CutOffPoint | None:
        """The line that the category was read by."""
        return next((point for point in self.cut_offs if point.used), None)

    @property
    def refs(self) -> tuple[RecordRef, ...]:
        """The records that were compared."""
        return tuple(each.ref for each in (self.first, self.last) if each is not None and each.ref is not None)


class RuleSetOutcome(StrEnum):
    """The outcomes of the English talking-therapies rule set; its own terms."""

    RELIABLE_IMPROVEMENT = "reliable_improvement"
    RELIABLE_DETERIORATION = "reliable_deterioration"
    MIXED = "mixed"
    NO_RELIABLE_CHANGE = "no_reliable_change"


class RuleSetPart(Struct, frozen=True, kw_only=True):
    """What one form says by the rule set: at the line at first and at last, and whether it changed reliably."""

    label: str
    first: ScoredDay
    last: ScoredDay
    line: Fraction
    points: Fraction
    case_at_first: bool
    case_at_last: bool
    sense: Sense | None


class RuleSetFinding(Finding, frozen=True, kw_only=True):
    """The talking-therapies rule set over its two forms; a service's statistic, one look, so at most possible change.

    `outcome` and what follows it are `None` unless both forms were scored twice and two contacts attended.
    `recovery` is `None` as well for who was no case at the start: the rule set then has no such term.
    """

    parts: Mapping[str, RuleSetPart]
    attended: int
    case_at_start: bool | None = None
    outcome: RuleSetOutcome | None = None
    recovery: bool | None = None
    reliable_recovery: bool | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        force_setattr(self, "parts", MappingProxyType(dict(self.parts)))
