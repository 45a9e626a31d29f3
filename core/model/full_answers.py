"""The longer part of a check-in: everything that is asked beside the quick questions, each of it optional.

Blank (`None`, or an id that is absent from a mapping) always means *not asked*; an empty choice and 0 are answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from core.model.check_in_parts import HIGHEST_RATING, SignAnswer, in_range, range_problems, range_problems_of

HIGHEST_CONFLICTS = 100
HIGHEST_OWN_COUNT = 300


class Reaction(StrEnum):
    """Strong reactions in the period, as the first document names its markers."""

    PANIC = "panic"
    ANGER = "anger"
    SHUT_DOWN = "shut_down"
    QUICK_ACT = "quick_act"
    ON_ALERT = "on_alert"


class BodySign(StrEnum):
    """What the body showed in the period."""

    FAST_HEART = "fast_heart"
    TIGHT_CHEST = "tight_chest"
    UNCLEAR_THOUGHTS = "unclear_thoughts"
    MUSCLE_TENSION = "muscle_tension"
    STOMACH_ACHE = "stomach_ache"


@dataclass(frozen=True, kw_only=True)
class FullAnswers:
    """What the full form holds beside the quick one.

    `anxiety_now` is 0-10 at the moment of the check-in and never part of an average. `checking_days` are days of the
    period on which there was checking; `conflicts` and `repeated_conflicts` are fights in all and fights about a
    known topic (`conflict_topic`, an id of the profile's list). `reactions`, `body_signs`, `triggers` and `practised`
    are `None` when not asked and empty when asked and there was none. `practised` goes from the catalogue id of a
    habit or practice to its days, `None` where days were not asked. `goal_progress` and `own_measures` go from the
    profile's ids to 0-10 (a count of the client's own: 0-300).
    """

    anxiety_now: int | None = None
    checking_days: int | None = None
    conflicts: int | None = None
    repeated_conflicts: int | None = None
    conflict_topic: UUID | None = None
    withdrew: SignAnswer | None = None
    avoided_talks: SignAnswer | None = None
    avoided_decisions: SignAnswer | None = None
    reactions: frozenset[Reaction] | None = None
    body_signs: frozenset[BodySign] | None = None
    triggers: frozenset[UUID] | None = None
    practised: Mapping[str, int | None] | None = None
    goal_progress: Mapping[UUID, int] = field(default_factory=dict)
    own_measures: Mapping[UUID, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.practised is not None:
            object.__setattr__(self, "practised", MappingProxyType(dict(self.practised)))
        object.__setattr__(self, "goal_progress", MappingProxyType(dict(self.goal_progress)))
        object.__setattr__(self, "own_measures", MappingProxyType(dict(self.own_measures)))

    @property
    def answered(self) -> bool:
        """Whether anything at all was answered here."""
        return self is not BLANK and self != BLANK

    def problems(self, period_days: int) -> list[str]:
        """What is wrong with these answers for a period of `period_days` days, as sentences."""
        if self is BLANK:
            return []
        single = (
            ("Anxiety now", self.anxiety_now, HIGHEST_RATING),
            ("Days with checking", self.checking_days, period_days),
            ("Fights", self.conflicts, HIGHEST_CONFLICTS),
            ("Fights on a known topic", self.repeated_conflicts, HIGHEST_CONFLICTS),
        )
        found = [problem for what, value, highest in single if not in_range(value, highest)
                 for problem in range_problems(what, value, highest)]  # fmt: skip
        found += self._conflict_problems()
        if self.practised:
            found += range_problems_of("Days practised", self.practised.values(), period_days)
        if self.goal_progress:
            found += range_problems_of("Progress of a goal", self.goal_progress.values(), HIGHEST_RATING)
        if self.own_measures:
            what = "A measure in the client's words"
            found += range_problems_of(what, self.own_measures.values(), HIGHEST_OWN_COUNT)
        return found

    def _conflict_problems(self) -> list[str]:
        found = []
        every, repeated = self.conflicts, self.repeated_conflicts
        if repeated is not None and every is None:
            found.append("Fights on a known topic were counted and fights in all are blank. Nothing was saved.")
        if repeated is not None and every is not None and repeated > every:
            found.append(
                f"{repeated} fights on a known topic were given and {every} in all. Nothing was saved; "
                "raise the first number or lower the second."
            )
        if self.conflict_topic is not None and not repeated:
            found.append("A topic was chosen and no fight about it was counted. Nothing was saved.")
        return found


BLANK = FullAnswers()
"""Nothing was asked."""
