"""Prompts in words: what each rests on, with counts and their base, and never what is so about the client.

What people typed is not repeated here; screens set it beside these sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import singledispatch
from types import MappingProxyType

from core.model.days import print_day, print_window
from core.model.findings import Direction, Verdict
from core.model.measures import ANXIETY_PEAK
from core.model.numbers import count_of, one_decimal
from core.model.prompt_answers import PromptAnswer
from core.model.prompts import (
    Disagreement,
    HighWeeks,
    LineCrossed,
    ObservationNoted,
    OriginNoted,
    PanicNamed,
    Prompt,
    PromptGround,
    ScoreChanged,
    SignHolds,
)
from core.model.series_findings import Side
from core.model.sign_findings import Side as GroundSide
from core.model.words import PROMPT_ANSWER_WORDS
from core.notes.change_sentences import change_sentences
from core.notes.sign_grounds import ground_sentence

OWN_LABEL = "Two records that point different ways"
QUESTION = "What might each of them leave out?"
SCORES_AND_THRESHOLD = 2


@dataclass(frozen=True, kw_only=True)
class PromptNames:
    """The labels of signs and of entries (origins, approaches), by their ids; an id without one stands as it is."""

    signs: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "signs", MappingProxyType(dict(self.signs)))
        object.__setattr__(self, "entries", MappingProxyType(dict(self.entries)))


def prompt_label(prompt: str, names: PromptNames) -> str:
    """The name of a prompt: that of the documents, or our own for the one that is in neither."""
    return names.entries.get(prompt, OWN_LABEL)


def prompt_sentences(prompt: Prompt, names: PromptNames) -> tuple[str, ...]:
    """Why a prompt is shown, one sentence or two for each of its grounds."""
    return tuple(sentence for ground in prompt.grounds for sentence in _sentences(ground, names))


def rest_sentence(prompt: Prompt) -> str:
    """`“Arranged” on 3 May 2026; shown again from 1 Aug 2026 if it still holds.` Empty for a prompt that is shown."""
    if prompt.shows_again_on is None or not prompt.answers:
        return ""
    again = print_day(prompt.shows_again_on)
    return f"{answer_words(prompt.answers[0])}; shown again from {again} if it still holds."


def answer_words(answer: PromptAnswer) -> str:
    """`“Arranged” on 3 May 2026`."""
    return f"“{PROMPT_ANSWER_WORDS[answer.answer]}” on {print_day(answer.day)}"


def _sentences(ground: PromptGround, names: PromptNames) -> tuple[str, ...]:
    if isinstance(ground, SignHolds):
        return _sign(ground, names)
    if isinstance(ground, OriginNoted):
        return _origin(ground, names)
    return _told(ground)


def _sign(ground: SignHolds, names: PromptNames) -> tuple[str, ...]:
    finding, standing = ground.finding, ground.finding.standing
    since = ""
    if standing.spell is not None and standing.since_known:
        since = f" since {print_day(standing.spell.first_day)} ({count_of(standing.spell.check_ins, 'check-in')})"
    told = [ground_sentence(each, {}) for each in finding.grounds_on(GroundSide.FOR)]
    return (f"“{names.signs.get(finding.sign, finding.sign)}” is Present{since}.", *told)


@singledispatch
def _told(ground: PromptGround) -> tuple[str, ...]:
    raise TypeError(f"no words for {type(ground).__name__}")


@_told.register
def _high_weeks(ground: HighWeeks) -> tuple[str, ...]:
    what = "The highest anxiety" if ground.measure == ANXIETY_PEAK else "Anxiety on average"
    how_many = f"{ground.high} of the last {ground.of}"
    if ground.high == ground.of:
        how_many = f"each of the last {ground.of}"
    return (f"{what} was {ground.line} or more, of 10, in {how_many} observed weeks ({print_window(ground.window)}).",)


@_told.register
def _crossed(ground: LineCrossed) -> tuple[str, ...]:
    scores = [ground.before, ground.crossed, *([ground.last] if ground.last != ground.crossed else [])]
    told = ", then ".join(f"{each.printed} on {print_day(each.day)}" for each in scores)
    return (f"{ground.questionnaire} went from below {ground.line} to {ground.line} or above: {told}.",)


@_told.register
def _score(ground: ScoreChanged) -> tuple[str, ...]:
    return change_sentences(ground.change)[:SCORES_AND_THRESHOLD]


@_told.register
def _panic(ground: PanicNamed) -> tuple[str, ...]:
    asked = f"the last {count_of(ground.asked, 'check-in')} that asked for reactions"
    return (f"Panic was named at {ground.named} of {asked} ({print_window(ground.window)}).",)


def _origin(ground: OriginNoted, names: PromptNames) -> tuple[str, ...]:
    noted = f"Among the origins in the profile: {_listed(ground.origins, names)}."
    if not ground.approaches:
        return (noted, "No approach is chosen there yet.")
    return (noted, f"Approaches there: {_listed(ground.approaches, names)}; none is meant for it by its description.")


@_told.register
def _observation(ground: ObservationNoted) -> tuple[str, ...]:
    lines = "1 line" if len(ground.words) == 1 else f"{len(ground.words)} lines"
    return (f"Noted by hand in the profile: {lines}, as it was written on {print_day(ground.written_on)}.",)


@_told.register
def _disagreement(ground: Disagreement) -> tuple[str, ...]:
    own, look = ground.own, ground.own.look
    way = "lower" if own.direction is Direction.LOWER else "higher"
    how_sure = "at two reviews in a row" if own.verdict is Verdict.RELIABLE_CHANGE else "at the latest review only"
    base = (
        ""
        if look is None or look.now is None or look.then is None
        else f": now {_side(look.now)}, then {_side(look.then)}"
    )
    form = change_sentences(ground.change)[:SCORES_AND_THRESHOLD]
    return (f"Anxiety at check-ins is {way} than at the start, {how_sure}{base}.", *form, QUESTION)


def _side(side: Side) -> str:
    value = one_decimal(side.value or Fraction(0))
    return f"{value} on average over {side.observed_days} observed days ({print_window(side.window)})"


def _listed(ids: tuple[str, ...], names: PromptNames) -> str:
    return ", ".join(f"“{names.entries.get(name, name)}”" for name in ids)
