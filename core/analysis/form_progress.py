"""Every questionnaire that was filled in, over time: its forms as points, and what they say of change."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from core.analysis.change import change_in
from core.analysis.form_turns import FilledForms, Reading, one_a_day, scored_day
from core.analysis.talking_therapies import FORMS, talking_therapies
from core.model.change import Administration, RuleSetFinding
from core.model.changes import FormPoint, FormProgress
from core.model.questionnaire_definitions import Questionnaire
from core.model.records import RecordRef
from core.model.scores import Score

INCOMPLETE = "incomplete, not scored"
PLANS_MISSED = 2


def forms_of(
    given: FilledForms,
    questionnaires: Mapping[str, Questionnaire],
    *,
    planned_days: Mapping[str, int],
    since: date | None,
) -> tuple[FormProgress, ...]:
    """The total, or every subscale of a form without one, of each questionnaire that was filled in.

    In the order of the catalogue. `planned_days` is after how many days a form is due again, by id; where two forms
    lie twice as far apart or more, one is missing between them. `since` is the day from which change counts.
    """
    return tuple(
        progress
        for questionnaire in questionnaires.values()
        if questionnaire.id in given
        for progress in _parts(questionnaire, given, planned_days.get(questionnaire.id), since)
    )


def rule_set_of(
    given: FilledForms, questionnaires: Mapping[str, Questionnaire], *, attended: int
) -> RuleSetFinding | None:
    """What the talking-therapies rule set says; `None` where neither of its forms was filled in."""
    filled = any(form in given for form in FORMS)
    return talking_therapies(questionnaires, given, attended=attended) if filled else None


def _parts(
    questionnaire: Questionnaire, given: FilledForms, every_days: int | None, since: date | None
) -> Iterator[FormProgress]:
    parts = (None,) if questionnaire.has_total else tuple(each.id for each in questionnaire.subscales)
    for part in parts:
        reading = given.reading(questionnaire, part, since=since)
        every = reading.forms if since is None else one_a_day(given[questionnaire.id])
        yield FormProgress(
            questionnaire=questionnaire,
            part=part,
            points=tuple(_points(reading, every, every_days)),
            change=change_in(reading),
        )


def _points(reading: Reading, every: Sequence[Administration], every_days: int | None) -> Iterator[FormPoint]:
    """The points of all forms, also of those that change does not count or compare."""
    questionnaire, part = reading.questionnaire, reading.part
    compared_on = {scored.day: scored for scored in reading.scored}
    before: FormPoint | None = None
    for form in every:
        score = compared_on.get(form.day) or scored_day(questionnaire, form, part)
        compared = form.score.questionnaire_version == questionnaire.version
        point = FormPoint(
            day=form.day,
            ref=_ref(form),
            score=score,
            band=form.score.band if part is None and score is not None else None,
            compared=compared,
            joined=score is not None and compared and _leads(before, form.day, every_days),
            reason=None if score is not None else _reason(form.score, part),
        )
        yield point
        before = point


def _leads(before: FormPoint | None, day: date, every_days: int | None) -> bool:
    if before is None or before.score is None or not before.compared:
        return False
    return every_days is None or (day - before.day).days < PLANS_MISSED * every_days


def _ref(form: Administration) -> RecordRef:
    if form.ref is None:
        raise ValueError("a form that was filled in has a record")
    return form.ref


def _reason(score: Score, part: str | None) -> str:
    told = score.no_total_reason if part is None else score.subscale(part).reason
    return told or INCOMPLETE
