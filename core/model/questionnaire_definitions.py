"""What a published questionnaire is: items, answers, score, bands and lines, each with where it was read.

Topics are the project's own labels for the items of the form that the client filled in on paper. `wording` is
the published text, which only a clinic that may use it adds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from string import ascii_lowercase, digits
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from core.model.definitions import Definition, Identifier, Pointer, Positive, Text, frozen_mapping
from core.model.questionnaire_facts import (
    AnswerLabel,
    Band,
    CutOff,
    LicenceClass,
    Loinc,
    Norm,
    NotApplicable,
    Origin,
    Points,
    Reliability,
    ReliableChange,
    SmallestDifference,
    WholeNumber,
    words_of_origin,
)

HIGHEST_ANSWER = 1_000
ANSWER_SIGNS = digits + ascii_lowercase
MOST_ITEMS = 200
LAST_PLACE = 1_000
LAST_VERSION = 9_999
LONGEST_MINUTES = 600

HighestAnswer = Annotated[int, Field(ge=1, le=HIGHEST_ANSWER)]


@dataclass(frozen=True, kw_only=True)
class Item(Definition):
    """One item of the paper form: its number there, a topic in our words, and the answers it takes.

    Answers run from `minimum` to `maximum` in steps of `step`. Any answer above 0 to a `safety` item stops the
    flow; a blank one is shown as not answered. An item that is not `scored` is asked and counts nowhere.
    `answers` is given where the item's answers are not those of the form.
    """

    number: Positive
    topic: Text
    minimum: WholeNumber
    maximum: HighestAnswer
    reverse: bool
    safety: bool
    step: Positive = 1
    scored: bool = True
    loinc: Loinc | None = None
    answers: tuple[AnswerLabel, ...] = ()
    wording: Text | None = None

    def __post_init__(self) -> None:
        if self.minimum >= self.maximum:
            raise ValueError(f"minimum {self.minimum} is not below maximum {self.maximum}")
        if (self.maximum - self.minimum) % self.step:
            raise ValueError(f"steps of {self.step} do not lead from {self.minimum} to {self.maximum}")
        if len(self.values) > len(ANSWER_SIGNS):
            raise ValueError(
                f"{len(self.values)} answers are too many for one item; up to {len(ANSWER_SIGNS)} are taken"
            )

    @cached_property
    def values(self) -> range:
        """Every answer the item takes, lowest first."""
        return range(self.minimum, self.maximum + 1, self.step)

    @property
    def digits(self) -> dict[str, int]:
        """The sign to type for each answer: its digit, or where some are longer its place, 0 to 9 and then a, b, c."""
        places = self.values if self.maximum <= 9 else range(len(self.values))
        return {ANSWER_SIGNS[place]: value for place, value in zip(places, self.values, strict=True)}

    def takes(self, value: object) -> bool:
        """Whether `value` is a whole number among the item's answers; true and false are none."""
        return isinstance(value, int) and not isinstance(value, bool) and value in self.values

    def counted(self, value: int) -> int:
        """What an answer counts: a reversed item counts from the other end."""
        return self.minimum + self.maximum - value if self.reverse else value


@dataclass(frozen=True, kw_only=True)
class Subscale(Definition):
    """Items that are scored as a group, by the form's method, each of them needed unless `most_missing` says less.

    `axis` is given where the definition has no items to work it out from. `caution` is what must be said beside it.
    """

    id: Identifier
    label: Text
    items: tuple[Positive, ...] = ()
    axis: tuple[Points, Points] | None = None
    most_missing: WholeNumber = 0
    caution: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Questionnaire(Definition):
    """A questionnaire's definition; `axis` is the lowest and highest value of what it scores, also of the chart.

    `version` changes when items, answers or scoring do; responses keep theirs. `has_total` is false where only
    subscales are published. `missing_rule` `complete_only`: without every scored answer there is no total;
    `allowed_missing`: up to `most_missing` count as the mean of the others. `caseness` is the cut-off used first.
    Rules of reliable change disagree: the first is the one used. A form that ships `scoring_only` has no text
    that may be shown. Without `items`, totals and subscales are entered as numbers and nothing else.
    """

    id: Identifier
    version: Annotated[int, Field(ge=1, le=LAST_VERSION)]
    name: Text
    short_name: Text
    construct: Text
    recall: Text
    direction: Literal["higher_is_worse", "higher_is_better"]
    method: Literal["sum", "mean"]
    missing_rule: Literal["complete_only", "allowed_missing"]
    axis: tuple[Points, Points]
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)]
    bears_on: Text
    licence_class: LicenceClass
    licence: Text
    ships: Literal["topics", "scoring_only"] = "topics"
    place: Annotated[int, Field(ge=1, le=LAST_PLACE)] = LAST_PLACE
    has_total: bool = True
    most_missing: WholeNumber = 0
    not_applicable: NotApplicable | None = None
    item_order: Text | None = None
    pointer: Pointer | None = None
    citation: Text | None = None
    doi: Text | None = None
    loinc_panel: Loinc | None = None
    loinc_total: Loinc | None = None
    items: Annotated[tuple[Item, ...], Field(max_length=MOST_ITEMS)] = ()
    answers: tuple[AnswerLabel, ...] = ()
    subscales: tuple[Subscale, ...] = ()
    bands: tuple[Band, ...] = ()
    caseness: CutOff | None = None
    cut_offs: tuple[CutOff, ...] = ()
    reliable_changes: tuple[ReliableChange, ...] = ()
    smallest_differences: tuple[SmallestDifference, ...] = ()
    reliabilities: tuple[Reliability, ...] = ()
    norms: tuple[Norm, ...] = ()
    sources: Mapping[Identifier, Text]
    origins: Mapping[str, Origin]
    remarks: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        from core.model.questionnaire_checks import check  # it needs this class, which needs it

        object.__setattr__(self, "sources", frozen_mapping(self.sources))
        object.__setattr__(self, "origins", frozen_mapping(self.origins))
        check(self)

    def __hash__(self) -> int:
        """By id and version, so that what follows from a definition alone can be looked up."""
        return hash((self.id, self.version))

    @cached_property
    def safety_items(self) -> tuple[Item, ...]:
        """The items whose answer is shown at once, apart from any total."""
        return tuple(item for item in self.items if item.safety)

    @property
    def takes_items(self) -> bool:
        """Whether items may be shown and entered: by topics that ship, or by the text that a clinic installed."""
        return bool(self.items) and (self.ships == "topics" or all(item.wording for item in self.items))

    @cached_property
    def scored_items(self) -> tuple[Item, ...]:
        """The items that count."""
        return tuple(item for item in self.items if item.scored)

    @cached_property
    def all_cut_offs(self) -> tuple[CutOff, ...]:
        """Caseness first, where there is one, then the other published lines."""
        return (self.caseness, *self.cut_offs) if self.caseness else self.cut_offs

    @cached_property
    def read_cut_offs(self) -> tuple[CutOff, ...]:
        """The published lines that a total is read by: those that somebody has checked."""
        return tuple(line for line in self.all_cut_offs if not line.origin.remembered)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of all items."""
        return frozenset(item.number for item in self.items)

    @cached_property
    def taken(self) -> frozenset[tuple[int, int | None]]:
        """The number of every item with each of its answers, and with none."""
        return frozenset((item.number, value) for item in self.items for value in (None, *item.values))

    @cached_property
    def blank(self) -> MappingProxyType[int, None]:
        """The number of every item, in the order of the form, without an answer."""
        return MappingProxyType(dict.fromkeys(item.number for item in self.items))

    @cached_property
    def points(self) -> tuple[Mapping[int | None, int | None], ...]:
        """What each answer counts, item by item in the order of the form; no answer counts nothing."""
        return tuple({None: None} | {value: item.counted(value) for value in item.values} for item in self.items)

    @cached_property
    def counts(self) -> tuple[bool, ...]:
        """Which items count in the total, in the order of the form."""
        return tuple(item.scored for item in self.items)

    @cached_property
    def reach(self) -> tuple[Fraction, Fraction]:
        """The lowest and highest total of all items that count; there is at least one.

        Where they are the ends of the axis they are the same two numbers, which are soon compared.
        """
        found = range_of(self.scored_items, self.method)
        return self.axis if found == self.axis else found

    @property
    def higher_is_worse(self) -> bool:
        """Which way a change is a worsening."""
        return self.direction == "higher_is_worse"

    @property
    def band_lines(self) -> tuple[Fraction, ...]:
        """Where a chart draws the lines between bands: half-way where whole totals jump over them."""
        pairs = zip(self.bands, self.bands[1:], strict=False)
        return tuple((lower.high + upper.low) / 2 for lower, upper in pairs)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """The facts known only from memory; they are printed with that remark."""
        return tuple(fact for fact, origin in self.origins.items() if origin.remembered)

    def items_of(self, subscale: Subscale) -> tuple[Item, ...]:
        """The items of `subscale`, in the order of the form."""
        return tuple(item for item in self.items if item.number in subscale.items)

    def axis_of(self, subscale: Subscale) -> tuple[Fraction, Fraction]:
        """The lowest and highest value of `subscale`."""
        return subscale.axis or range_of(self.items_of(subscale), self.method)

    def labels_of(self, item: Item) -> Mapping[int, str]:
        """The words of the answers to `item` that have any."""
        return self._labels[item.number]

    @cached_property
    def _labels(self) -> Mapping[int, Mapping[int, str]]:
        return {
            item.number: {answer.value: answer.label for answer in item.answers or self.answers} for item in self.items
        }

    def answer_label(self, item: Item, value: int) -> str:
        """The short words of the answer `value` to `item`; the bare number where the form has no words there."""
        return self.labels_of(item).get(value, str(value))

    def origin_words(self, origin: Origin) -> str:
        """The sources of `origin` with how far they were checked, for printing beside a fact."""
        return words_of_origin(origin, self.sources)


def range_of(items: tuple[Item, ...], method: str) -> tuple[Fraction, Fraction]:
    """The lowest and highest sum or mean of `items`, of which there is at least one."""
    share = Fraction(1, len(items)) if method == "mean" else Fraction(1)
    return sum(item.minimum for item in items) * share, sum(item.maximum for item in items) * share
