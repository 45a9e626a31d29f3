"""The numbers and ids that prompts to consider extra or different support are worked out by."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from core.model.definitions import Definition, Identifier, Positive, Text, refuse_repeats

Points = Annotated[int, Field(ge=1, le=10)]
Identifiers = Annotated[tuple[Identifier, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class PromptRules(Definition):
    """When a prompt is shown and how long it rests once it was answered.

    Weeks are ISO weeks of the last `weeks_looked_back` that were observed on enough days; peaks and averages are 0-10.
    The ids are origins and approaches of the catalogue, and questionnaires. No document gives a number: all of them are
    the project's defaults, and `threshold_origin` says so.
    """

    id: Text
    version: Positive
    label: Text
    weeks_looked_back: Positive
    unmanageable_peak: Points
    unmanageable_weeks: Positive
    unmanageable_of_weeks: Positive
    comforted_days: Positive
    questionnaires: Identifiers
    score_line: Positive
    score_within_days: Positive
    panic_check_ins: Positive
    panic_of_check_ins: Positive
    trauma_origins: Identifiers
    trauma_approaches: Identifiers
    persistent_average: Points
    persistent_weeks: Positive
    rest_days: Positive
    threshold_origin: Literal["project default"]

    def __post_init__(self) -> None:
        for part, whole in (
            ("unmanageable_weeks", "unmanageable_of_weeks"),
            ("unmanageable_of_weeks", "weeks_looked_back"),
            ("panic_check_ins", "panic_of_check_ins"),
            ("persistent_weeks", "weeks_looked_back"),
        ):
            if getattr(self, part) > getattr(self, whole):
                raise ValueError(f"{part} is above {whole}")
        for names in (self.questionnaires, self.trauma_origins, self.trauma_approaches):
            refuse_repeats("id", names)
