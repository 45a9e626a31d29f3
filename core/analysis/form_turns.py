"""The forms of one questionnaire in order: which of them have a score that can be compared, and why none can be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.model.change import Administration, ScoredDay
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Questionnaire


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is compared: all forms in order (`None` without a score of all items), and those with a score."""

    questionnaire: Questionnaire
    part: str | None
    level: float
    turns: tuple[ScoredDay | None, ...]
    scored: tuple[ScoredDay, ...]
    forms: int
    refusal: str | None

    @property
    def missing(self) -> int:
        """How many forms have no score of all items."""
        return len(self.turns) - len(self.scored)

    @property
    def compared(self) -> tuple[ScoredDay, ...]:
        """The scores that are compared: none where they are refused, or fewer than two."""
        return self.scored if len(self.scored) > 1 and not self.refusal else ()


def reading_of(
    questionnaire: Questionnaire, given: Iterable[Administration], *, part: str | None = None, level: float = 0.95
) -> Reading:
    """The forms as change reads them; `part` is a subscale, `None` the total."""
    forms = one_a_day(given)
    same = tuple(form for form in forms if form.score.questionnaire_version == questionnaire.version)
    turns = tuple(scored_day(questionnaire, form, part) for form in same)
    return Reading(
        questionnaire=questionnaire,
        part=part,
        level=level,
        turns=turns,
        scored=tuple(turn for turn in turns if turn is not None),
        forms=len(forms),
        refusal=_refusal(questionnaire, forms, same),
    )


def one_a_day(given: Iterable[Administration]) -> tuple[Administration, ...]:
    """The forms, oldest first; of two on one day the one with the higher number."""
    by_day: dict[date, Administration] = {}
    for form in sorted(given, key=lambda form: (form.day, form.number)):
        by_day[form.day] = form
    return tuple(by_day.values())


def _refusal(
    questionnaire: Questionnaire, forms: Sequence[Administration], same: Sequence[Administration]
) -> str | None:
    others = sorted({form.score.short_name for form in forms if form.score.questionnaire_id != questionnaire.id})
    if others:
        return f"{questionnaire.short_name} and {others[0]} are two forms, and their scores are not compared"
    languages = sorted({form.language for form in same if form.language is not None})
    if len(languages) > 1:
        return f"filled in under two languages ({' and '.join(languages)}), whose scores are not compared"
    if len(same) < 2 <= len(forms):
        return "filled in under two versions of the form, whose scores are not compared"
    return None


def scored_day(questionnaire: Questionnaire, form: Administration, part: str | None) -> ScoredDay | None:
    """The score of all items; `None` without one, and for a total that left items out and so ends lower."""
    score = form.score
    if form.score.questionnaire_id != questionnaire.id:
        return None
    if part is None:
        value, whole, filled = score.total, (score.lowest, score.highest) == questionnaire.axis, score.filled
        printed = score.printed
    else:
        subscale = score.subscale(part)
        value, whole, filled, printed = subscale.value, True, subscale.filled, subscale.printed
    if value is None or not whole:
        return None
    return ScoredDay(day=form.day, value=value, printed=printed or print_exact(value), prorated=filled, ref=form.ref)
