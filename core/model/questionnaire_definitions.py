"""What a published questionnaire is: its items, answers, score, bands and cut-offs, each with where it was read.

Only the project's own topic labels are held, never the published item wording.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from core.model.definitions import (
    Definition,
    Identifier,
    Pointer,
    Positive,
    Text,
    frozen_mapping,
    refuse_repeats,
)

FACTS = ("items", "answers", "recall", "method", "range", "missing_rule", "bands", "loinc", "minutes", "licence")
STATUS_WORDS = {
    "seen": "read in a stored copy",
    "memory": "from memory, not checked",
    "derived": "worked out here",
    "project default": "project default",
}

WholeNumber = Annotated[int, Field(ge=0)]
Proportion = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]
Loinc = Annotated[str, Field(pattern=r"^[0-9]{1,7}-[0-9]$")]


@dataclass(frozen=True, kw_only=True)
class Origin(Definition):
    """Where a fact comes from (ids of the questionnaire's `sources`) and how far it was checked."""

    status: Literal["seen", "memory", "derived", "project default"]
    sources: tuple[Identifier, ...] = ()

    def __post_init__(self) -> None:
        if self.status == "seen" and not self.sources:
            raise ValueError("a fact marked seen must name the source it was seen in")

    @property
    def checked(self) -> bool:
        """Whether the fact may be printed as a fact; otherwise its status is printed beside it."""
        return self.status == "seen"


@dataclass(frozen=True, kw_only=True)
class Item(Definition):
    """One item of the paper form: its number there, a topic in our words, and its range.

    Any answer above 0 to a `safety` item stops the flow; a blank one is shown as not answered.
    """

    number: Positive
    topic: Text
    minimum: WholeNumber
    maximum: Positive
    reverse: bool
    safety: bool
    loinc: Loinc | None = None

    def __post_init__(self) -> None:
        if self.minimum >= self.maximum:
            raise ValueError(f"minimum {self.minimum} is not below maximum {self.maximum}")


@dataclass(frozen=True, kw_only=True)
class AnswerLabel(Definition):
    """The short words beside an answer's number."""

    value: WholeNumber
    label: Text


@dataclass(frozen=True, kw_only=True)
class Band(Definition):
    """A published severity band of the total, both ends included."""

    label: Text
    low: WholeNumber
    high: WholeNumber


@dataclass(frozen=True, kw_only=True)
class CutOff(Definition):
    """A published line of the total, reached at `value` or above; `use` says for what it was published."""

    value: WholeNumber
    use: Text
    origin: Origin
    sensitivity: Proportion | None = None
    specificity: Proportion | None = None


@dataclass(frozen=True, kw_only=True)
class ReliableChange(Definition):
    """A published rule: a change of `points` or more is beyond measurement error, by `rule`."""

    points: Positive
    rule: Text
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Questionnaire(Definition):
    """A questionnaire's definition; `axis` is the lowest and highest total, also of the chart.

    `caseness` is the cut-off used first; `cut_offs` holds the others. Rules of reliable change
    disagree: the first is the one used, the others are shown beside it. `origins` has one entry for
    each of `FACTS`.
    """

    id: Identifier
    version: Positive
    name: Text
    short_name: Text
    construct: Text
    recall: Text
    direction: Literal["higher_is_worse", "higher_is_better"]
    method: Literal["sum"]
    missing_rule: Literal["complete_only"]
    axis: tuple[WholeNumber, Positive]
    minutes: Positive
    bears_on: Text
    pointer: Pointer
    licence_class: Literal["free_text_ok", "free_with_conditions", "research_only", "permission_or_unclear"]
    licence: Text
    loinc_panel: Loinc | None = None
    loinc_total: Loinc | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    answers: Annotated[tuple[AnswerLabel, ...], Field(min_length=2)]
    bands: tuple[Band, ...] = ()
    caseness: CutOff | None = None
    cut_offs: tuple[CutOff, ...] = ()
    reliable_changes: tuple[ReliableChange, ...] = ()
    sources: Mapping[Identifier, Text]
    origins: Mapping[str, Origin]
    remarks: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "sources", frozen_mapping(self.sources))
        object.__setattr__(self, "origins", frozen_mapping(self.origins))
        _check_items(self)
        _check_totals(self)
        _check_origins(self)

    @property
    def safety_items(self) -> tuple[Item, ...]:
        """The items whose answer is shown at once, apart from any total."""
        return tuple(item for item in self.items if item.safety)

    @property
    def all_cut_offs(self) -> tuple[CutOff, ...]:
        """Caseness first, where there is one, then the other published lines."""
        return (self.caseness, *self.cut_offs) if self.caseness else self.cut_offs

    @property
    def higher_is_worse(self) -> bool:
        """Which way a change is a worsening."""
        return self.direction == "higher_is_worse"

    def answer_label(self, value: int) -> str:
        """The short words of the answer `value`; `KeyError` when there is no such answer."""
        return {answer.value: answer.label for answer in self.answers}[value]

    def origin_words(self, origin: Origin) -> str:
        """The sources of `origin` with how far they were checked, for printing beside a fact."""
        status = STATUS_WORDS[origin.status]
        texts = "; ".join(self.sources[source] for source in origin.sources)
        return f"{texts} ({status})" if texts else status


def _check_items(questionnaire: Questionnaire) -> None:
    numbers = [item.number for item in questionnaire.items]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"items are numbered {numbers}; they must run 1, 2, 3 without a gap")
    values = [answer.value for answer in questionnaire.answers]
    for item in questionnaire.items:
        if values != list(range(item.minimum, item.maximum + 1)):
            raise ValueError(
                f"answers {values} do not name each of {item.minimum} to {item.maximum} of item {item.number}"
            )


def _check_totals(questionnaire: Questionnaire) -> None:
    low = sum(item.minimum for item in questionnaire.items)
    high = sum(item.maximum for item in questionnaire.items)
    if questionnaire.axis != (low, high):
        raise ValueError(f"axis {list(questionnaire.axis)} is not the range of the items, {[low, high]}")
    covered = [total for band in questionnaire.bands for total in range(band.low, band.high + 1)]
    if questionnaire.bands and covered != list(range(low, high + 1)):
        raise ValueError(f"the bands do not cover {low} to {high} once each, in order")
    refuse_repeats("band", (band.label for band in questionnaire.bands))
    for cut_off in questionnaire.all_cut_offs:
        if not low < cut_off.value <= high:
            raise ValueError(f"the cut-off {cut_off.value} is not above {low} and up to {high}")
    for change in questionnaire.reliable_changes:
        if change.points > high - low:
            raise ValueError(f"a reliable change of {change.points} points does not fit a range of {high - low}")


def _check_origins(questionnaire: Questionnaire) -> None:
    missing = [fact for fact in FACTS if fact not in questionnaire.origins]
    unknown = [fact for fact in questionnaire.origins if fact not in FACTS]
    if missing or unknown:
        raise ValueError(f"origins must name each of {list(FACTS)}: missing {missing}, not known {unknown}")
    for origin in _all_origins(questionnaire):
        for source in origin.sources:
            if source not in questionnaire.sources:
                raise ValueError(f"the source {source!r} is not among the sources")


def _all_origins(questionnaire: Questionnaire) -> Iterator[Origin]:
    yield from questionnaire.origins.values()
    yield from (cut_off.origin for cut_off in questionnaire.all_cut_offs)
    yield from (change.origin for change in questionnaire.reliable_changes)
