"""The forms of one questionnaire in order: which of them have a score that can be compared, and why none can be."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from core.model.change import Administration, ScoredDay
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Questionnaire


class Reading(Struct, frozen=True, kw_only=True):
    """What is compared: all forms in order (`None` without a score of all items), and those with a score.

    `forms` are all of them, one a day, also those of other versions.
    """

    questionnaire: Questionnaire
    part: str | None
    level: float
    turns: tuple[ScoredDay | None, ...]
    scored: tuple[ScoredDay, ...]
    forms: tuple[Administration, ...]
    refusal: str | None

    @property
    def missing(self) -> int:
        """How many forms have no score of all items."""
        return len(self.turns) - len(self.scored)

    @property
    def before_last(self) -> ScoredDay | None:
        """The form just before the last score; `None` where it has no score, or there is none."""
        last = next((place for place in reversed(range(len(self.turns))) if self.turns[place] is not None), 0)
        return self.turns[last - 1] if last else None

    @property
    def compared(self) -> tuple[ScoredDay, ...]:
        """The scores that are compared: none where they are refused, or fewer than two."""
        return self.scored if len(self.scored) > 1 and not self.refusal else ()


class FilledForms(dict[str, tuple[Administration, ...]]):
    """The filled forms by the id of their questionnaire, each at least once; what change reads is read once."""

    def __init__(self, given: Mapping[str, Iterable[Administration]]) -> None:
        """Begin with nothing read."""
        super().__init__({name: tuple(forms) for name, forms in given.items()})
        self._readings: dict[tuple[str, int, str | None, date | None], Reading] = {}

    def until(self, day: date) -> "FilledForms":
        """Those that were filled in by `day`."""
        if all(form.day <= day for forms in self.values() for form in forms):
            return self
        known = {name: [form for form in forms if form.day <= day] for name, forms in self.items()}
        return FilledForms({name: forms for name, forms in known.items() if forms})

    def reading(self, questionnaire: Questionnaire, part: str | None = None, *, since: date | None = None) -> Reading:
        """`reading_of` the forms from the day `since` on; of all of them for `None`."""
        key = questionnaire.id, questionnaire.version, part, since
        if key not in self._readings:
            given = self.get(questionnaire.id, ())
            counted = given if since is None else [form for form in given if form.day >= since]
            self._readings[key] = reading_of(questionnaire, counted, part=part)
        return self._readings[key]


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
        forms=forms,
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
