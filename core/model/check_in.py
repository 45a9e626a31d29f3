"""A check-in: what was asked and answered about a stated number of days.

Blank (`None`, or an id that is absent from a mapping) always means *not asked*; 0 is always an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from core.errors import InvalidInput
from core.model.check_in_parts import (
    HIGHEST_COUNT,
    HIGHEST_RATING,
    LONGEST_PERIOD_DAYS,
    MOST_EPISODES,
    CountKind,
    Episode,
    SignAnswer,
    Source,
    in_range,
    range_problems,
)
from core.model.days import Window
from core.model.full_answers import FullAnswers
from core.model.text import text_problems

NOTE_LENGTH = 2_000


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """One check-in, complete and valid; refuses to exist otherwise (`InvalidInput`, all problems at once).

    Ratings are 0-10; counts are times within the period (0-300). `distortions_by_kind` holds the
    kinds that were asked, by catalogue id; `distortions_unsorted` is the recorded total less those
    kinds, or `None` where no total was given. `signs` holds the signs that were asked, by catalogue id.
    `full` is what the longer form asked.
    """

    period_end: date
    period_days: int
    source: Source
    anxiety_average: int | None = None
    anxiety_peak: int | None = None
    reassurance_count: int | None = None
    reassurance_count_kind: CountKind | None = None
    distortions_unsorted: int | None = None
    distortions_by_kind: Mapping[str, int] = field(default_factory=dict)
    signs: Mapping[str, SignAnswer] = field(default_factory=dict)
    episodes: tuple[Episode, ...] = ()
    full: FullAnswers = field(default_factory=FullAnswers)
    client_words: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "distortions_by_kind", MappingProxyType(dict(self.distortions_by_kind)))
        object.__setattr__(self, "signs", MappingProxyType(dict(self.signs)))
        if not self.reassurance_count:
            object.__setattr__(self, "reassurance_count_kind", None)
        InvalidInput.unless_empty(self._problems())

    @cached_property
    def period(self) -> Window:
        """The days this check-in speaks of."""
        return Window.ending(self.period_end, self.period_days)

    @property
    def distortions_total(self) -> int | None:
        """All distortions noticed: unsorted and kinds together; `None` when none of them was asked."""
        unsorted, by_kind = self.distortions_unsorted, self.distortions_by_kind
        if not by_kind:
            return unsorted
        return sum(by_kind.values(), unsorted or 0)

    def distortions_partial(self, kinds: int) -> bool:
        """Whether the total is only the sum of some of the catalogue's `kinds` kinds."""
        return self.distortions_unsorted is None and 0 < len(self.distortions_by_kind) < kinds

    def _problems(self) -> list[str]:
        if not 1 <= self.period_days <= LONGEST_PERIOD_DAYS:
            return [
                f"A period of {self.period_days} days was given; 1 to {LONGEST_PERIOD_DAYS} days are taken. "
                "Nothing was saved."
            ]
        return [*self._range_problems(), *self._contradictions(), *self._text_problems()]

    def _range_problems(self) -> list[str]:
        found = []
        for name, value, highest in (
            ("Anxiety, average", self.anxiety_average, HIGHEST_RATING),
            ("Anxiety, peak", self.anxiety_peak, HIGHEST_RATING),
            ("Asked for reassurance", self.reassurance_count, HIGHEST_COUNT),
            ("Distortions not sorted by kind", self.distortions_unsorted, HIGHEST_COUNT),
        ):
            if not in_range(value, highest):
                found += range_problems(name, value, highest)
        for kind, count in self.distortions_by_kind.items():
            if not in_range(count, HIGHEST_COUNT):
                name = kind.removeprefix("cd_").replace("_", " ")
                found += range_problems(f"Distortions, {name}", count, HIGHEST_COUNT)
        for row, episode in enumerate(self.episodes, start=1):
            found += episode.problems(row, self.period)
        return found + self.full.problems(self.period_days)

    def _contradictions(self) -> list[str]:
        found = []
        if _answered_nothing(self):
            found.append("Nothing was answered, so there is nothing to save. Answer at least one question.")
        average, peak, count = self.anxiety_average, self.anxiety_peak, self.reassurance_count
        if average is not None and peak is not None and average > peak:
            found.append(
                f"The average {average} is above the peak {peak}. Nothing was saved; the peak is the highest moment."
            )
        if count is not None and 0 <= count < len(self.episodes):
            found.append(
                f"{len(self.episodes)} episodes are described but the count is {count}. Nothing was saved; "
                "raise the count or remove a row."
            )
        if self.episodes and count is None:
            found.append(
                f"{len(self.episodes)} episodes are described and the count is blank. Nothing was saved; "
                f"was it at least {len(self.episodes)} times?"
            )
        if len(self.episodes) > MOST_EPISODES:
            found.append(f"{len(self.episodes)} episodes were given; up to {MOST_EPISODES} are taken.")
        if count and self.reassurance_count_kind is None:
            found.append("Say whether the reassurance count is exact, about or at least. Nothing was saved.")
        return found

    def _text_problems(self) -> list[str]:
        return [
            *text_problems("The client's words", self.client_words, longest=NOTE_LENGTH),
            *text_problems("The note", self.note, longest=NOTE_LENGTH),
        ]


def unsorted_distortions(total: int | None, by_kind: Mapping[str, int]) -> int | None:
    """What is left of a recorded `total` after its kinds; `None` where no total was given.

    Raises `InvalidInput` when the kinds are more than the total.
    """
    if total is None:
        return None
    named = sum(by_kind.values())
    if named > total:
        raise InvalidInput(
            f"The kinds add up to {named} but the total is {total}. Nothing was saved; raise the total or lower a kind."
        )
    return total - named


def _answered_nothing(check_in: CheckIn) -> bool:
    if check_in.signs or check_in.episodes:
        return False
    answers = (check_in.anxiety_average, check_in.anxiety_peak, check_in.reassurance_count, check_in.distortions_total)
    words = (check_in.client_words or "") + (check_in.note or "")
    return answers == (None, None, None, None) and not (check_in.full.answered or words.strip())
