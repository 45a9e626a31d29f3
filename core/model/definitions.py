"""What the catalogue defines: documents, signs, distortions, measures and the rules' numbers.

These nouns are read from definition files. A wrong one raises `ValueError`, to which
`core.catalogue` adds the file and the id before anybody sees it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, Field(pattern=r"(?s)^\S(.*\S)?$")]
ScaleId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
Positive = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]
Lines = tuple[Positive, Positive]

Key = TypeVar("Key")
Value = TypeVar("Value")


class Definition:
    """Checked without conversions, and with unknown fields refused, when read from a file."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


@dataclass(frozen=True, kw_only=True)
class Pointer(Definition):
    """A place in one of the two source documents; `lines` are the first and last line, from 1."""

    document: Identifier
    section: Text
    lines: Lines

    @property
    def place(self) -> str:
        """Section and lines as words, without the document's name."""
        first, last = self.lines
        return f"“{self.section}”, " + (f"line {first}" if first == last else f"lines {first} to {last}")


@dataclass(frozen=True, kw_only=True)
class Section(Definition):
    """A section of a source document by its own heading.

    `handout_heading` stands for it in a handout, where the heading has a word that is not used to clients.
    """

    heading: Text
    lines: Lines
    handout_heading: Text | None = None

    def __post_init__(self) -> None:
        _refuse_backward(self.lines)

    @property
    def shown(self) -> str:
        """The heading as a handout prints it."""
        return self.handout_heading or self.heading


@dataclass(frozen=True, kw_only=True)
class DocumentList(Definition):
    """A list in a source document; `items` are the lines of each thing it names, in its order."""

    heading: Text
    items: Annotated[tuple[Lines, ...], Field(min_length=2)]

    def __post_init__(self) -> None:
        for item in self.items:
            _refuse_backward(item)
        if list(self.items) != sorted(self.items):
            raise ValueError(f"the items of {self.heading!r} are not in the order of their lines")


@dataclass(frozen=True, kw_only=True)
class Document(Definition):
    """A source document: `name` is how screens call it, `handout_name` how a handout does.

    Its sections cover every line once, in order; `lists` are what it lists itself.
    """

    id: Identifier
    name: Text
    handout_name: Text
    title: Text
    kind: Text
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    lists: tuple[DocumentList, ...] = ()

    def __post_init__(self) -> None:
        expected = 1
        for section in self.sections:
            if section.lines[0] != expected:
                raise ValueError(f"{section.heading!r} begins at line {section.lines[0]}, and line {expected} is next")
            expected = section.lines[1] + 1

    def section(self, heading: str) -> Section:
        """The section with this heading; `KeyError` when there is none."""
        return {section.heading: section for section in self.sections}[heading]

    def problem_with(self, pointer: Pointer) -> str | None:
        """Why `pointer` does not lead to a place in this document, or `None`."""
        for section in self.sections:
            if section.heading == pointer.section:
                first, last = section.lines
                if first <= pointer.lines[0] <= pointer.lines[1] <= last:
                    return None
                return f"lines {list(pointer.lines)} are not within lines {first} to {last} of {pointer.section!r}"
        return f"{self.id} has no section {pointer.section!r}"


@dataclass(frozen=True, kw_only=True)
class Recordable(Definition):
    """What bears on a definition: ids of measures, signs and distortions, and scales of questionnaires.

    A scale is the id of a questionnaire, with a point and the id of a subscale where one is meant.
    `elsewhere` names published forms that this program does not hold.
    """

    recorded_by: tuple[Identifier, ...] = ()
    scales: tuple[ScaleId, ...] = ()
    elsewhere: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WarningSign(Recordable):
    """One of the six signs; `letter` stands for it where there is no room.

    `needs_partner` signs start as "no occasion" while there is no partner. `echoes` are places
    that touch the sign without naming it. `kept_apart` says what must not be counted as this sign. The scores of
    `scales` stand beside the sign; `scales_origin` says where that pairing comes from.
    """

    id: Annotated[str, Field(pattern=r"^ws_[a-z_]+$")]
    label: Text
    short_label: Text
    letter: Annotated[str, Field(pattern=r"^[A-Z]$")]
    question: Text
    definition: Text
    indicators: Annotated[tuple[Text, ...], Field(min_length=1)]
    needs_partner: bool
    pointer: Pointer
    echoes: tuple[Pointer, ...] = ()
    kept_apart: Text | None = None
    scales_origin: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Distortion(Recordable):
    """One kind of distorted thought that can be named and counted."""

    id: Annotated[str, Field(pattern=r"^cd_[a-z_]+$")]
    label: Text
    definition: Text
    indicators: Annotated[tuple[Text, ...], Field(min_length=1)]
    pointer: Pointer
    echoes: tuple[Pointer, ...] = ()


class MeasureKind(StrEnum):
    """What sort of quantity a measure is: counts become rates, ratings and durations never do."""

    RATING = "rating"
    COUNT = "count"
    DURATION = "duration"
    ANSWER = "answer"


@dataclass(frozen=True, kw_only=True)
class Choice(Definition):
    """One answer of a measure of kind answer; `meaning` is the anchor printed beside it."""

    id: Identifier
    label: Text
    meaning: Text
    threshold_origin: Literal["project default"]


@dataclass(frozen=True, kw_only=True)
class Measure(Definition):
    """Something a check-in asks; its id is the field's name in the record.

    Numbers have `minimum` and `maximum` (whole, in `unit`), answers have `choices`. `rests_on` is
    where the documents speak of it; the range itself is always `range_origin`.
    """

    id: Identifier
    label: Text
    unit: Text
    kind: MeasureKind
    prompt: Text
    blank_means: Text
    zero_means: Text | None = None
    minimum: int | None = None
    maximum: int | None = None
    range_origin: Literal["project default"]
    lowest_label: Text | None = None
    highest_label: Text | None = None
    choices: tuple[Choice, ...] = ()
    rests_on: Pointer | None = None

    def __post_init__(self) -> None:
        refuse_repeats("choice", (choice.id for choice in self.choices))
        if self.kind is MeasureKind.ANSWER:
            if not self.choices or (self.minimum, self.maximum, self.zero_means) != (None, None, None):
                raise ValueError("an answer needs choices, and has no minimum, maximum or zero_means")
            return
        if self.choices or self.minimum is None or self.maximum is None or self.zero_means is None:
            raise ValueError(f"a {self.kind.value} needs minimum, maximum and zero_means, and has no choices")
        if self.minimum >= self.maximum:
            raise ValueError(f"minimum {self.minimum} is not below maximum {self.maximum}")


@dataclass(frozen=True, kw_only=True)
class SignRule(Definition):
    """The numbers of the one rule that turns a sign's answers into its state.

    Days are asked days within the window; shares are parts of the asked days, above 0 up to 1.
    No document gives a number: all of them are the project's defaults, and `threshold_origin` says so.
    """

    id: Text
    version: Positive
    label: Text
    window_days: Annotated[int, Field(ge=7, le=366)]
    min_asked_days: Positive
    min_check_ins: Positive
    present_often_check_ins: Positive
    present_share: Share
    watch_often_check_ins: Positive
    watch_seen_check_ins: Positive
    watch_share: Share
    threshold_origin: Literal["project default"]

    def __post_init__(self) -> None:
        if self.min_asked_days > self.window_days:
            raise ValueError(f"min_asked_days {self.min_asked_days} is more than window_days {self.window_days}")
        if self.watch_often_check_ins > self.present_often_check_ins:
            raise ValueError("watch_often_check_ins is above present_often_check_ins, so Present would lie below Watch")
        if self.watch_share > self.present_share:
            raise ValueError("watch_share is above present_share, so Present would lie below Watch")


@dataclass(frozen=True, kw_only=True)
class RateRule(Definition):
    """How many observed days a figure needs, and which windows are compared; counts of days, whole."""

    id: Text
    version: Positive
    min_days_for_weekly_rate: Positive
    min_days_for_weekly_figure: Annotated[int, Field(ge=1, le=7)]
    comparison_days: Positive
    start_level_days: Positive
    start_level_min_days: Positive
    settling_in_check_ins: Annotated[int, Field(ge=0)]
    settling_in_days: Annotated[int, Field(ge=0)]
    line_break_days: Positive
    threshold_origin: Literal["project default"]

    def __post_init__(self) -> None:
        if self.start_level_min_days > self.start_level_days:
            raise ValueError(f"start_level_min_days {self.start_level_min_days} is more than start_level_days")


class StatementKind(StrEnum):
    """What a statement from the record speaks of; decides which note sections may hold it."""

    RATING = "rating"
    COUNT = "count"
    SIGN = "sign"
    CLIENT_WORDS = "client_words"
    QUESTIONNAIRE = "questionnaire"
    ATTENDANCE = "attendance"
    THERAPIST_VIEW = "therapist_view"


def refuse_repeats(what: str, names: Iterable[str]) -> None:
    """Raise `ValueError` naming the first of `names` that stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"the {what} {str(name)!r} stands twice")
        seen.add(name)


def frozen_mapping(mapping: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """A copy of `mapping` that keeps its order and cannot be changed."""
    return MappingProxyType(dict(mapping))


def _refuse_backward(lines: Lines) -> None:
    if lines[0] > lines[1]:
        raise ValueError(f"lines {list(lines)} run backward")
