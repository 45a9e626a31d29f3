"""The profile: what the therapist works from, in blocks that are each dated and kept in every version.

Nothing here is worked out from a record. Words are the client's or the therapist's own; a catalogue id only says
which thing of the documents they speak of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, TypeVar
from uuid import UUID

from msgspec import Struct

from core.errors import InvalidInput
from core.model.backups import BackupsSet
from core.model.phases import AmountsAgreed, PhasesSet
from core.model.profile_items import WORDS_LENGTH, Origin, OwnMeasure, PlansSet, ProfileItem, list_problems
from core.model.prompt_answers import PromptAnswer
from core.model.retention import RetentionSet
from core.model.safety_concern import SafetyConcern
from core.model.sign_thresholds import ThresholdsSet
from core.model.text import text_problems

MOST_ITEMS = 12
MOST_OWN_MEASURES = 3


class BlockKind(StrEnum):
    """The blocks of a profile, in the order of the page."""

    GOALS = "goals"
    HYPOTHESIS = "hypothesis"
    CORE_BELIEFS = "core_beliefs"
    TRIGGERS = "triggers"
    ORIGINS = "origins"
    STRENGTHS = "strengths"
    PRESENT_SAFETY = "present_safety"
    APPROACH = "approach"
    PRACTICE_PLAN = "practice_plan"
    FIGHT_TOPICS = "fight_topics"
    OBSERVATIONS = "observations"
    CONSENT = "consent"
    OWN_MEASURES = "own_measures"
    QUESTIONNAIRES = "questionnaires"
    PHASES = "phases"
    AGREED = "agreed"
    PROMPT_ANSWERS = "prompt_answers"
    THRESHOLDS = "thresholds"
    BACKUPS = "backups"
    RETENTION = "retention"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of a profile; an empty one says nothing."""

    kind: ClassVar[BlockKind]


@dataclass(frozen=True, kw_only=True)
class ItemBlock(Block):
    """A block that is a list; ids are kept from version to version, so that a check-in can point at an item."""

    items: tuple[ProfileItem, ...] = ()

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(list_problems(self.items, MOST_ITEMS))

    @property
    def open_items(self) -> tuple[ProfileItem, ...]:
        """The items that have not ended, in their order."""
        return tuple(item for item in self.items if item.ended_on is None)


class Goals(ItemBlock):
    """What the client wants, in the client's words; progress 0-10 is recorded at check-ins."""

    kind = BlockKind.GOALS


class CoreBeliefs(ItemBlock):
    """Beliefs about oneself and others, as the client says them."""

    kind = BlockKind.CORE_BELIEFS


class Triggers(ItemBlock):
    """What sets the insecurity off."""

    kind = BlockKind.TRIGGERS


class Strengths(ItemBlock):
    """What the client can do and has."""

    kind = BlockKind.STRENGTHS


class FightTopics(ItemBlock):
    """What fights come back to, so that the same theme can be recognised."""

    kind = BlockKind.FIGHT_TOPICS


class Observations(ItemBlock):
    """Signs of the documents for more or other support that only a person can see."""

    kind = BlockKind.OBSERVATIONS


@dataclass(frozen=True, kw_only=True)
class Hypothesis(Block):
    """The therapist's working hypothesis; `pattern` is a catalogue id and never worked out from scores."""

    kind = BlockKind.HYPOTHESIS
    pattern: str | None = None
    words: str = ""

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(text_problems("The working hypothesis", self.words, longest=WORDS_LENGTH))


@dataclass(frozen=True, kw_only=True)
class Origins(Block):
    """Where the insecurity may come from, each with how it is known."""

    kind = BlockKind.ORIGINS
    items: tuple[Origin, ...] = ()

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(list_problems(self.items, MOST_ITEMS))


@dataclass(frozen=True, kw_only=True)
class PresentSafety(Block):
    """Whether there is a present concern about safety or trust; it changes wording, never a figure."""

    kind = BlockKind.PRESENT_SAFETY
    concern: SafetyConcern = SafetyConcern.NOT_ASKED
    asked_on: date | None = None
    words: str = ""

    def __post_init__(self) -> None:
        found = text_problems("The words on safety", self.words, longest=WORDS_LENGTH)
        if (self.concern is SafetyConcern.NOT_ASKED) != (self.asked_on is None):
            found.append(
                "Safety: an answer needs the day it was asked on, and only an answer has one. Nothing was saved."
            )
        InvalidInput.unless_empty(found)


@dataclass(frozen=True, kw_only=True)
class Approach(Block):
    """The approaches in use, by catalogue id, and the therapist's words on them."""

    kind = BlockKind.APPROACH
    approaches: tuple[str, ...] = ()
    words: str = ""

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(text_problems("The approach", self.words, longest=WORDS_LENGTH))


@dataclass(frozen=True, kw_only=True)
class PracticePlan(Block):
    """The habits and practices agreed with the client, by catalogue id: what the check-in asks about."""

    kind = BlockKind.PRACTICE_PLAN
    practices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Consent(Block):
    """When the client was told what is recorded and why."""

    kind = BlockKind.CONSENT
    told_on: date | None = None
    words: str = ""

    def __post_init__(self) -> None:
        InvalidInput.unless_empty(text_problems("The words on consent", self.words, longest=WORDS_LENGTH))


@dataclass(frozen=True, kw_only=True)
class OwnMeasures(Block):
    """Up to three ratings or counts in the client's words that are going on, and those that have ended."""

    kind = BlockKind.OWN_MEASURES
    measures: tuple[OwnMeasure, ...] = ()

    def __post_init__(self) -> None:
        found = list_problems(self.measures, 4 * MOST_ITEMS)
        if len(self.going_on) > MOST_OWN_MEASURES:
            found.append(
                f"{len(self.going_on)} measures of the client's own were given; up to {MOST_OWN_MEASURES} go on at a "
                "time. Nothing was saved; end one first."
            )
        InvalidInput.unless_empty(found)

    @property
    def going_on(self) -> tuple[OwnMeasure, ...]:
        """The measures that check-ins ask about."""
        return tuple(measure for measure in self.measures if measure.ended_on is None)


class QuestionnairePlans(PlansSet, Block):
    """Which questionnaires are filled in how often: where the due list comes from."""

    kind = BlockKind.QUESTIONNAIRES


@dataclass(frozen=True, kw_only=True)
class PromptAnswers(Block):
    """Every answer that was given to a prompt, oldest first; written in the review, not on the profile's page."""

    kind = BlockKind.PROMPT_ANSWERS
    answers: tuple[PromptAnswer, ...] = ()


class Phases(PhasesSet, Block):
    """The phases of the work, each named by the therapist: what is set side by side, and no cause of anything."""

    kind = BlockKind.PHASES


class Agreed(AmountsAgreed, Block):
    """The smallest difference that client and therapist agreed to call one, for records of single days."""

    kind = BlockKind.AGREED


class Thresholds(ThresholdsSet, Block):
    """The numbers of the signs that were set, for one client or for the whole practice."""

    kind = BlockKind.THRESHOLDS


class Backups(BackupsSet, Block):
    """Where the practice's backups go; a setting of the practice, never of a client."""

    kind = BlockKind.BACKUPS


class Retention(RetentionSet, Block):
    """For how long the practice keeps records of clients whose work is over; a setting of the practice."""

    kind = BlockKind.RETENTION


BlockT = TypeVar("BlockT", bound=Block)

BLOCKS: Mapping[BlockKind, type[Block]] = MappingProxyType(
    {
        made.kind: made
        for made in (
            Goals, Hypothesis, CoreBeliefs, Triggers, Origins, Strengths, PresentSafety, Approach, PracticePlan,
            FightTopics, Observations, Consent, OwnMeasures, QuestionnairePlans, Phases, Agreed,
            PromptAnswers, Thresholds, Backups, Retention,
        )
    }
)  # fmt: skip


class DatedBlock(Struct, frozen=True, kw_only=True):
    """One version of a block: `held_from` is the day it speaks of, `recorded_at` (UTC) when it was written."""

    version: int
    held_from: date
    recorded_at: datetime
    recorded_on: date
    recorded_by: str
    content: Block


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The newest version of every block that was written; the others say nothing."""

    client_id: UUID
    blocks: Mapping[BlockKind, DatedBlock] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "blocks", MappingProxyType(dict(self.blocks)))

    def dated(self, kind: BlockKind) -> DatedBlock | None:
        """The newest version of a block with its dates; `None` where it was never written."""
        return self.blocks.get(kind)

    def version(self, kind: BlockKind) -> int:
        """The version to follow; 0 where the block was never written."""
        dated = self.dated(kind)
        return dated.version if dated else 0

    def block(self, made: type[BlockT]) -> BlockT:
        """What a block says now; an empty one where it was never written."""
        dated = self.dated(made.kind)
        return dated.content if dated is not None and isinstance(dated.content, made) else made()
