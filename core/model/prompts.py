"""Prompts to consider extra or different support: what each rests on, and whether it rests since it was answered.

A prompt is a question to the therapist and says nothing about the client. A safety item is no prompt: it stays pinned
until a person wrote what was done.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

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


class PromptGround(Struct, frozen=True, kw_only=True):
    """One thing that a prompt rests on, with its records; what stands in the profile alone has none."""

    refs: tuple[RecordRef, ...] = ()


class SignHolds(PromptGround, frozen=True, kw_only=True):
    """A sign is Present, as its panel says."""

    finding: SignFinding


class HighWeeks(PromptGround, frozen=True, kw_only=True):
    """A measure (0-10) was at `line` or above in `high` of the latest `of` observed weeks, which `window` spans."""

    measure: str
    line: int
    high: int
    of: int
    window: Window


class LineCrossed(PromptGround, frozen=True, kw_only=True):
    """A total came from below `line` (`before`) to it or above (`crossed`), and no later one is below: not `last`."""

    questionnaire: str
    line: int
    before: ScoredDay
    crossed: ScoredDay
    last: ScoredDay


class ScoreChanged(PromptGround, frozen=True, kw_only=True):
    """A questionnaire changed reliably, in the unwanted direction."""

    change: QuestionnaireChange


class PanicNamed(PromptGround, frozen=True, kw_only=True):
    """Panic was named at `named` of the latest `asked` check-ins that asked for reactions, which `window` spans."""

    named: int
    asked: int
    window: Window


class OriginNoted(PromptGround, frozen=True, kw_only=True):
    """Origins in the profile (catalogue ids) without an approach there that is meant for them; `approaches` are all."""

    origins: tuple[str, ...]
    approaches: tuple[str, ...]


class ObservationNoted(PromptGround, frozen=True, kw_only=True):
    """Lines of the profile's observations that name the prompt; `written_on` is when `by` last wrote that block."""

    words: tuple[str, ...]
    written_on: date
    by: str


class Disagreement(PromptGround, frozen=True, kw_only=True):
    """Check-ins against their start level went one way, a questionnaire reliably the other."""

    own: OwnChange
    change: QuestionnaireChange


class Prompt(Struct, frozen=True, kw_only=True):
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


class Prompts(Struct, frozen=True, kw_only=True):
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
