"""The numbers of the six signs beside those of their answers."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from core.model.definitions import Definition, Positive, Share, Text


@dataclass(frozen=True, kw_only=True)
class SixRules(Definition):
    """What the six signs take in beside their answers, and how a state settles, eases and returns.

    Figures a week are times per seven observed days; shares are parts of the asked days, above 0 up to 1; fights are
    those about one topic in 28 days. Every number is the project's default, and `threshold_origin` says so.
    """

    id: Text
    version: Positive
    label: Text
    reassurance_present_per_week: Positive
    reassurance_watch_per_week: Positive
    poor_relief_episodes: Annotated[int, Field(ge=3)]
    poor_relief_median: Annotated[int, Field(ge=0, le=10)]
    poor_relief_minutes: Positive
    poor_relief_short_share: Share
    checking_present_share: Share
    checking_watch_share: Share
    jealousy_listed_peak: Annotated[int, Field(ge=1, le=10)]
    overthinking_watch_per_week: Positive
    conflict_present_fights: Positive
    conflict_present_check_ins: Positive
    conflict_watch_fights: Positive
    confirm_check_ins: Annotated[int, Field(ge=2, le=3)]
    unanswered_days: Positive
    since_after_days: Positive
    eased_shown_days: Positive
    returned_after_days: Positive
    weeks_looked_back: Positive
    weeks_needed: Positive
    threshold_origin: Literal["project default"]

    def __post_init__(self) -> None:
        for above, below in (
            ("reassurance_present_per_week", "reassurance_watch_per_week"),
            ("checking_present_share", "checking_watch_share"),
            ("conflict_present_fights", "conflict_watch_fights"),
            ("weeks_looked_back", "weeks_needed"),
        ):
            if getattr(self, above) < getattr(self, below):
                raise ValueError(f"{above} is below {below}")
