"""Change on a questionnaire: the last complete form against the first, and whether the one before it agrees.

The first form past a threshold is a possible change; two forms in a row on the same side make it reliable, since
looking once at each of 12 forms calls about 30 % of clients changed who are not (method page). Where published
thresholds disagree, reliable needs all of them, and each is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from core.analysis.change_ahead import next_scores, room_from
from core.analysis.change_rules import held_against, second_opinion, sense_of
from core.analysis.form_turns import FilledForms, Reading, reading_of
from core.analysis.reliable_change import category_of, percentage_change, reliable_change_index, z_of
from core.model.change import (
    Administration,
    ChangeThreshold,
    DifferenceReading,
    QuestionnaireChange,
    ThresholdReading,
)
from core.model.findings import Direction, Status, Verdict
from core.model.questionnaire_definitions import Questionnaire
from core.model.review import ScoredResponse

METHOD = "reliable change, confirmed by two forms in a row"
DISAGREE = "the published thresholds disagree"
PRORATED = "a total with missing items counted as the mean of the others takes part"
NOT_BEYOND = "a method that allows for a first score that was extreme by chance does not call it beyond error"
NO_THRESHOLD = "no change threshold of this form, and no error of measurement, has been read in a source"


def administrations(responses: Iterable[ScoredResponse] | FilledForms) -> FilledForms:
    """The filled forms as change reads them; withdrawn ones are left out. Filled forms are taken as they are."""
    if isinstance(responses, FilledForms):
        return responses
    given: defaultdict[str, list[Administration]] = defaultdict(list)
    for each in responses:
        if not each.response.withdrawn:
            ref = each.response.ref
            form = Administration(day=each.day, score=each.score, number=ref.number, ref=ref)
            given[each.score.questionnaire_id].append(form)
    return FilledForms(given)


def changes_on(
    questionnaire: Questionnaire, given: Iterable[Administration], *, since: date | None = None, level: float = 0.95
) -> tuple[QuestionnaireChange, ...]:
    """The change of the total, or of every subscale of a form that has no total."""
    forms = tuple(given)
    parts = (None,) if questionnaire.has_total else tuple(each.id for each in questionnaire.subscales)
    return tuple(change_on(questionnaire, forms, part=part, since=since, level=level) for part in parts)


def change_on(
    questionnaire: Questionnaire,
    given: Iterable[Administration],
    *,
    part: str | None = None,
    since: date | None = None,
    level: float = 0.95,
) -> QuestionnaireChange:
    """How the total (or the subscale `part`) of the last complete form differs from that of the first.

    `since` is the day from which forms count, where the therapist moved the start. Forms of another questionnaire, or
    in two languages, are refused; of forms under another version only those of `questionnaire.version` are compared.
    An incomplete form has no score and stands between two forms that would otherwise be in a row. Raises
    `InvalidInput` for a level other than 0.90 and 0.95.

    **Source**: Jacobson and Truax 1991 (from memory) and the definition's own rules; two in a row, and all published
    thresholds for a reliable change, are project defaults (false alarms: method page).
    """
    z_of(level)
    reading = reading_of(
        questionnaire, (form for form in given if since is None or form.day >= since), part=part, level=level
    )
    return change_in(reading)


def change_in(reading: Reading) -> QuestionnaireChange:
    """`change_on` of forms that were read already."""
    return _judged(reading) if reading.compared else _unjudged(reading)


def _base(reading: Reading) -> QuestionnaireChange:
    """What holds without a threshold: the first and the last score that are compared, if any, side by side."""
    questionnaire, scored = reading.questionnaire, reading.scored
    first, last = (reading.compared[0], reading.compared[-1]) if reading.compared else (None, None)
    subscale = {each.id: each.label for each in questionnaire.subscales}.get(reading.part or "")
    return QuestionnaireChange(
        method=METHOD,
        status=Status.CANNOT_JUDGE,
        verdict=Verdict.NOT_ENOUGH_RECORDED,
        used=len(scored),
        missing=reading.missing,
        span_days=(scored[-1].day - scored[0].day).days if scored else 0,
        reason=NO_THRESHOLD,
        questionnaire_id=questionnaire.id,
        questionnaire_version=questionnaire.version,
        label=f"{questionnaire.short_name}, {subscale}" if subscale else questionnaire.short_name,
        higher_is_worse=questionnaire.higher_is_worse,
        part=reading.part,
        first=first,
        last=last,
        estimate=float(last.value - first.value) if first and last else None,
        percentage=percentage_change(first.value, last.value, questionnaire.axis[0])
        if first and last and reading.part is None
        else None,
        cautions=(PRORATED,) if first and last and (first.prorated or last.prorated) else (),
    )


def _unjudged(reading: Reading) -> QuestionnaireChange:
    have, name = len(reading.scored), reading.questionnaire.short_name
    short, refusal = 2 - have, reading.refusal
    if not refusal and len(reading.forms) >= 2:
        refusal = f"{have or 'none'} of {len(reading.forms)} forms has a score of all items, and two are needed"
    return replace(
        _base(reading),
        status=Status.REFUSED if refusal else Status.CANNOT_JUDGE,
        reason=refusal or f"{have or 'no'} complete {name} so far, and two are needed",
        would_change=(f"{short} more complete {name} of the same form",) if short > 0 else (),
    )


def _judged(reading: Reading) -> QuestionnaireChange:
    questionnaire, part, level = reading.questionnaire, reading.part, reading.level
    first, last = reading.scored[0], reading.scored[-1]
    difference = last.value - first.value
    rules = held_against(questionnaire, part, level)
    found = _base(reading)
    if not rules.thresholds:
        needed = ("a threshold with its source in the definition of the form",)
        return replace(found, parameters=rules.parameters, would_change=needed)
    before = reading.before_last
    earlier = before.value - first.value if before and before is not first else None
    if earlier is not None and (earlier > 0) != (difference > 0):
        earlier = None
    readings = tuple(_threshold_reading(each, difference, earlier) for each in rules.thresholds)
    deciding = [each for each in readings if each.threshold.deciding]
    past = all(each.passed for each in deciding)
    any_past = any(each.passed for each in deciding)
    sense = sense_of(difference, higher_is_worse=questionnaire.higher_is_worse) if any_past else None
    used = next((point for point in rules.cut_offs if point.used), None)
    category, sub_cases = category_of(first.value, last.value, sense if past else None, used)
    statistics = rules.statistics
    opinion = second_opinion(questionnaire, first.value, last.value, statistics, level) if statistics else None
    agrees = not (past and opinion) or (opinion.beyond_error and opinion.sense is sense)
    return replace(
        found,
        status=Status.OK,
        reason=None,
        parameters=rules.parameters,
        verdict=_verdict(twice=all(each.twice for each in deciding), any_past=any_past),
        direction=(Direction.HIGHER if difference > 0 else Direction.LOWER) if any_past else None,
        sense=sense,
        cautions=(*found.cautions, *[DISAGREE] * (any_past and not past), *[NOT_BEYOND] * (not agrees)),
        thresholds=readings,
        cut_offs=rules.cut_offs,
        category=category,
        sub_cases=sub_cases,
        smallest_differences=_smallest_differences(questionnaire, part, difference, deciding),
        room=room_from(questionnaire, part, first.value, [each.threshold for each in deciding]),
        would_change=next_scores(questionnaire, part, (first.value, last.value), deciding),
        index=reliable_change_index(difference, statistics.sd, statistics.r) if statistics else None,
        interval=statistics.interval(difference, level) if statistics else None,
        second_opinion=opinion,
    )


def _threshold_reading(threshold: ChangeThreshold, difference: Fraction, earlier: Fraction | None) -> ThresholdReading:
    """`difference` is that of the last score from the first, `earlier` that of the form just before it the same way."""
    passed = threshold.passed(difference)
    return ThresholdReading(
        threshold=threshold, passed=passed, twice=passed and earlier is not None and threshold.passed(earlier)
    )


def _verdict(*, twice: bool, any_past: bool) -> Verdict:
    if twice:
        return Verdict.RELIABLE_CHANGE
    return Verdict.POSSIBLE_CHANGE if any_past else Verdict.NO_CLEAR_CHANGE


def _smallest_differences(
    questionnaire: Questionnaire, part: str | None, difference: Fraction, deciding: Sequence[ThresholdReading]
) -> tuple[DifferenceReading, ...]:
    return tuple(
        DifferenceReading(
            points=each.points,
            population=each.population,
            source=questionnaire.origin_words(each.origin),
            reached=abs(difference) >= each.points,
            within_error=not all(rule.threshold.passed(each.points) for rule in deciding),
        )
        for each in questionnaire.smallest_differences
        if part is None and not each.origin.remembered
    )
