"""Prompts to consider extra or different support: what each rests on, and whether it rests since it was answered.

A prompt is a question to the therapist and says nothing about the client. A safety item is no prompt: it stays pinned
until a person wrote what was done.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.model.change import QuestionnaireChange, ScoredDay
from core.model.days import Window
from core.model.prompt_answers import PromptAnswer
from core.model.records import RecordRef
from core.model.series_findings import OwnChange
from core.model.sign_findings import SignFinding

UNMANAGEABLE = "rf_unmanageable"
COMFORTED = "rf_comforted_still_insecure"
REPEATS_ACROSS = "rf_repeats_across"
WORSENING = "rf_worsening"
TRAUMA_LINKED = "rf_trauma_linked"
PERSISTENT = "rf_persistent_distress"
LIFE_DISRUPTION = "rf_life_disruption"
DISAGREE = "rf_disagree"
# In the order of the documents; the last one is the project's own.
PROMPTS = (
    UNMANAGEABLE, COMFORTED, REPEATS_ACROSS, WORSENING, TRAUMA_LINKED, PERSISTENT, LIFE_DISRUPTION, DISAGREE,
)  # fmt: skip


class PromptState(StrEnum):
    """Whether a prompt whose rule holds is shown, or rests since it was answered."""

    SHOWN = "shown"
    RESTING = "resting"


@dataclass(frozen=True, kw_only=True)
class PromptGround:
    """One thing that a prompt rests on, with its records; what stands in the profile alone has none."""

    refs: tuple[RecordRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SignHolds(PromptGround):
    """A sign is Present, as its panel says."""

    finding: SignFinding


@dataclass(frozen=True, kw_only=True)
class HighWeeks(PromptGround):
    """A measure (0-10) was at `line` or above in `high` of the latest `of` observed weeks, which `window` spans."""

    measure: str
    line: int
    high: int
    of: int
    window: Window


@dataclass(frozen=True, kw_only=True)
class LineCrossed(PromptGround):
    """A total came from below `line` (`before`) to it or above (`crossed`), and no later one is below: not `last`."""

    questionnaire: str
    line: int
    before: ScoredDay
    crossed: ScoredDay
    last: ScoredDay


@dataclass(frozen=True, kw_only=True)
class ScoreChanged(PromptGround):
    """A questionnaire changed reliably, in the unwanted direction."""

    change: QuestionnaireChange


@dataclass(frozen=True, kw_only=True)
class PanicNamed(PromptGround):
    """Panic was named at `named` of the latest `asked` check-ins that asked for reactions, which `window` spans."""

    named: int
    asked: int
    window: Window


@dataclass(frozen=True, kw_only=True)
class OriginNoted(PromptGround):
    """Origins in the profile (catalogue ids) without an approach there that is meant for them; `approaches` are all."""

    origins: tuple[str, ...]
    approaches: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ObservationNoted(PromptGround):
    """Lines of the profile's observations that name the prompt; `written_on` is when `by` last wrote that block."""

    words: tuple[str, ...]
    written_on: date
    by: str


@dataclass(frozen=True, kw_only=True)
class Disagreement(PromptGround):
    """Check-ins against their start level went one way, a questionnaire reliably the other."""

    own: OwnChange
    change: QuestionnaireChange


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A prompt whose rule holds; `answers` are the earlier ones to it, newest first.

    `shows_again_on` is the first day on which a resting one is shown if its rule still holds; `None` for a shown one.
    """

    id: str
    state: PromptState
    grounds: tuple[PromptGround, ...]
    answers: tuple[PromptAnswer, ...] = ()
    shows_again_on: date | None = None

    @property
    def refs(self) -> tuple[RecordRef, ...]:
        """Every record that the grounds rest on, each once, by kind and running number."""
        found = {ref for ground in self.grounds for ref in ground.refs}
        return tuple(sorted(found, key=lambda ref: (ref.kind, ref.number, ref.version)))


@dataclass(frozen=True, kw_only=True)
class Prompts:
    """The prompts of one client on one day, and every answer up to then, newest first.

    `version` is the version of the answers to follow when the next one is saved; 0 while there is none.
    """

    prompts: tuple[Prompt, ...] = ()
    answers: tuple[PromptAnswer, ...] = ()
    version: int = 0

    @property
    def shown(self) -> tuple[Prompt, ...]:
        """The prompts that wait for an answer."""
        return tuple(prompt for prompt in self.prompts if prompt.state is PromptState.SHOWN)

    @property
    def resting(self) -> tuple[Prompt, ...]:
        """The prompts that were answered a short time ago and still hold."""
        return tuple(prompt for prompt in self.prompts if prompt.state is PromptState.RESTING)
