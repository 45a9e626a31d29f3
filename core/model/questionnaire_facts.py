"""The published facts of a questionnaire, each with where it was read and how far it was checked.

Numbers of points are exact: a decimal in a definition file is taken as it is written, 2.13 as 213/100.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Annotated, Literal

from pydantic import Field, PlainValidator

from core.model.definitions import Definition, Identifier, Positive, Text

STATUS_WORDS = {
    "seen": "read in a stored copy",
    "memory": "from memory, not checked",
    "derived": "worked out here",
    "project default": "project default",
    "not found": "looked for and not found",
}
LONGEST_EXACT = 1_000_000


def exact(given: object) -> Fraction:
    """`given`, a whole number or a finite decimal, as it is written; `ValueError` for anything else."""
    if isinstance(given, Fraction):
        return given
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise ValueError("Input should be a number")
    if not isfinite(given) or abs(given) > LONGEST_EXACT:
        raise ValueError(f"Input should be a number up to {LONGEST_EXACT}")
    return Fraction(repr(given))


Points = Annotated[Fraction, PlainValidator(exact)]
WholeNumber = Annotated[int, Field(ge=0)]
Proportion = Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)]
Loinc = Annotated[str, Field(pattern=r"^[0-9]{1,7}-[0-9]$")]
LicenceClass = Literal[
    "free_text_ok", "free_with_conditions", "research_only", "permission_or_unclear", "unclear", "licensed_to_clinic"
]


@dataclass(frozen=True, kw_only=True)
class Origin(Definition):
    """Where a fact comes from (ids of the questionnaire's `sources`) and how far it was checked."""

    status: Literal["seen", "memory", "derived", "project default", "not found"]
    sources: tuple[Identifier, ...] = ()

    def __post_init__(self) -> None:
        if self.status == "seen" and not self.sources:
            raise ValueError("a fact marked seen must name the source it was seen in")

    @property
    def checked(self) -> bool:
        """Whether the fact may be printed as a fact; otherwise its status is printed beside it."""
        return self.status == "seen"

    @property
    def remembered(self) -> bool:
        """Whether nobody has checked the fact: it is listed as open, and no score is read by it."""
        return self.status == "memory"


@dataclass(frozen=True, kw_only=True)
class AnswerLabel(Definition):
    """The short words beside an answer's number."""

    value: WholeNumber
    label: Text


@dataclass(frozen=True, kw_only=True)
class Band(Definition):
    """A published severity band, both ends included, or with `starts_above` without its lower end.

    What lies between the end of one band and the start of the next belongs to the first of them: the next
    one has not been reached. Ends are whole or half points.
    """

    label: Text
    low: Points
    high: Points
    starts_above: bool = False

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if (end * 2).denominator != 1:
                raise ValueError(f"the band {self.label!r} ends at {float(end)}, which is no whole or half point")

    def reached(self, total: Fraction) -> bool:
        """Whether `total` is at the start of this band or beyond it."""
        return total > self.low if self.starts_above else total >= self.low


@dataclass(frozen=True, kw_only=True)
class CutOff(Definition):
    """A published line of the total; `side` is where a total has reached it, `use` for what it was published."""

    value: Points
    use: Text
    origin: Origin
    side: Literal["at_or_above", "above", "below"] = "at_or_above"
    sensitivity: Proportion | None = None
    specificity: Proportion | None = None

    def reached(self, total: Fraction) -> bool:
        """Whether `total` is on the line's side."""
        if self.side == "below":
            return total < self.value
        return total > self.value if self.side == "above" else total >= self.value


@dataclass(frozen=True, kw_only=True)
class ReliableChange(Definition):
    """A published rule: a change of `points` or more is beyond measurement error, by `rule`."""

    points: Points
    rule: Text
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class SmallestDifference(Definition):
    """A published smallest difference that matters to people (MCID), in points."""

    points: Points
    population: Text
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Reliability(Definition):
    """A published reliability: of what `kind`, in whom; with `up_to` the report gives a stretch.

    `subscale` is the id of the subscale it is about, or `None` for the whole form.
    """

    kind: Literal["alpha", "retest", "icc"]
    value: Proportion
    population: Text
    origin: Origin
    up_to: Proportion | None = None
    interval: Text | None = None
    subscale: Identifier | None = None


@dataclass(frozen=True, kw_only=True)
class Norm(Definition):
    """A published mean and standard deviation of a population, in points of the total or of `subscale`.

    `group` says which of the two groups of a cut-off it can stand for, where it can stand for one.
    """

    population: Text
    mean: Points
    sd: Points
    origin: Origin
    subscale: Identifier | None = None
    group: Literal["clinical", "functional"] | None = None

    def __post_init__(self) -> None:
        if self.sd <= 0:
            raise ValueError(f"the standard deviation {float(self.sd)} of {self.population!r} is not above 0")


@dataclass(frozen=True, kw_only=True)
class NotApplicable(Definition):
    """Items that a person may mark as not applicable, and what becomes of the total then.

    `mean_of_rest`: counted as the mean of the others, as a missing item is. `left_out`: the total is of the
    other items and ends lower, so no band and no line is read.
    """

    items: Annotated[tuple[Positive, ...], Field(min_length=1)]
    rule: Literal["mean_of_rest", "left_out"]


def words_of_origin(origin: Origin, sources: Mapping[str, str]) -> str:
    """The sources of `origin` with how far they were checked, for printing beside a fact."""
    status = STATUS_WORDS[origin.status]
    texts = "; ".join(sources[source] for source in origin.sources)
    return f"{texts} ({status})" if texts else status
