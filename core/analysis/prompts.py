"""Which prompts to consider extra or different support hold, what each rests on, and which of them rest.

Only values that are worked out already, and what the therapist wrote in the profile, are read. Source of the prompts:
the two documents, where they tell a reader to look for help; every number is a project default.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from core.analysis.days_kept import refs_of
from core.analysis.exposure import CheckInRecords, kept_days, spans
from core.analysis.prompt_weeks import high_averages, high_peaks, panic_named
from core.analysis.rates import was_asked
from core.model.change import Administration, QuestionnaireChange, ScoredDay, Sense
from core.model.days import Window
from core.model.definitions import RateRule
from core.model.findings import Direction, Verdict
from core.model.measures import ANXIETY
from core.model.numbers import print_exact
from core.model.profile import Approach, Observations, Origins, Profile, PromptAnswers
from core.model.prompt_answers import PromptAnswer
from core.model.prompt_rules import PromptRules
from core.model.prompts import (
    COMFORTED,
    DISAGREE,
    LIFE_DISRUPTION,
    PERSISTENT,
    PROMPTS,
    REPEATS_ACROSS,
    TRAUMA_LINKED,
    UNMANAGEABLE,
    WORSENING,
    Disagreement,
    LineCrossed,
    ObservationNoted,
    OriginNoted,
    Prompt,
    PromptGround,
    Prompts,
    PromptState,
    ScoreChanged,
    SignHolds,
)
from core.model.questionnaire_definitions import Questionnaire
from core.model.readings import SignState
from core.model.records import RecordRef
from core.model.series_findings import Against, OwnChange
from core.model.sign_findings import JEALOUSY_SIGN, REASSURANCE_SIGN, GroundKind, Side, SignFinding

CALLED = (Verdict.POSSIBLE_CHANGE, Verdict.RELIABLE_CHANGE)
OBSERVED = (UNMANAGEABLE, REPEATS_ACROSS, LIFE_DISRUPTION)

Grounds = Mapping[str, Sequence[PromptGround]]


@dataclass(frozen=True, kw_only=True)
class PromptInputs:
    """What prompts are read from, as of one day.

    `changes` and `crossings` are of the questionnaires that the rules name, of totals; `own_changes` need hold only
    anxiety against its start level. Others are passed over.
    """

    as_of: date
    check_ins: CheckInRecords
    rate_rule: RateRule
    readings: Sequence[SignFinding]
    changes: Sequence[QuestionnaireChange]
    crossings: Sequence[LineCrossed]
    own_changes: Sequence[OwnChange]
    profile: Profile


def read_prompts(inputs: PromptInputs, rules: PromptRules) -> Prompts:
    """The prompts whose rule holds, in the documents' order, and every answer so far.

    A prompt that was answered rests for as many days as the rules say and is shown again when its rule still holds.
    Answers of later days than `as_of` are not known yet.
    """
    written = inputs.profile.block(PromptAnswers).answers[::-1]  # of two on one day the later one comes first
    known = (each for each in written if each.day <= inputs.as_of)
    answers = tuple(sorted(known, key=lambda each: each.day, reverse=True))
    held = _grounds(inputs, rules)
    return Prompts(
        prompts=tuple(
            _prompt(name, held[name], tuple(each for each in answers if each.prompt == name), inputs.as_of, rules)
            for name in PROMPTS
            if held[name]
        ),
        answers=answers,
        version=inputs.profile.version(PromptAnswers.kind),
    )


def line_crossed(questionnaire: Questionnaire, given: Sequence[Administration], line: int) -> LineCrossed | None:
    """How the total came from below `line` to it or above, when no later complete form is below it; else `None`.

    Forms of another version and incomplete ones are passed over; of two on one day the one with the higher number
    counts.
    """
    scored = _complete(questionnaire, given)
    at = next((place for place in reversed(range(len(scored))) if scored[place][0] < line), None)
    if at is None or at + 1 == len(scored):
        return None
    told = [_scored_day(total, form) for total, form in (scored[at], scored[at + 1], scored[-1])]
    return LineCrossed(
        questionnaire=questionnaire.short_name,
        line=line,
        before=told[0],
        crossed=told[1],
        last=told[2],
        refs=tuple(dict.fromkeys(each.ref for each in told if each.ref is not None)),
    )


def _prompt(
    name: str, grounds: Sequence[PromptGround], answers: tuple[PromptAnswer, ...], as_of: date, rules: PromptRules
) -> Prompt:
    again = answers[0].day + timedelta(days=rules.rest_days) if answers else as_of
    resting = again > as_of
    return Prompt(
        id=name,
        state=PromptState.RESTING if resting else PromptState.SHOWN,
        grounds=tuple(grounds),
        answers=answers,
        shows_again_on=again if resting else None,
    )


def _grounds(inputs: PromptInputs, rules: PromptRules) -> Grounds:
    """What each prompt rests on; nothing where its rule does not hold."""
    observed = {name: list(_observed(inputs.profile, name)) for name in OBSERVED}
    return {
        UNMANAGEABLE: [*_unmanageable(inputs, rules), *observed[UNMANAGEABLE]],
        COMFORTED: list(_comforted(inputs, rules)),
        REPEATS_ACROSS: observed[REPEATS_ACROSS],
        WORSENING: list(_worsening(inputs, rules)),
        TRAUMA_LINKED: list(_trauma_linked(inputs.profile, rules)),
        PERSISTENT: list(_known(high_averages(inputs.check_ins, inputs.as_of, rules, inputs.rate_rule))),
        LIFE_DISRUPTION: observed[LIFE_DISRUPTION],
        DISAGREE: list(_disagree(inputs, rules)),
    }


def _unmanageable(inputs: PromptInputs, rules: PromptRules) -> Iterator[PromptGround]:
    finding = _present(inputs.readings, JEALOUSY_SIGN)
    if finding is None:
        return
    peaks = high_peaks(inputs.check_ins, inputs.as_of, rules, inputs.rate_rule)
    if peaks is not None:
        yield _sign(finding)
        yield peaks


def _comforted(inputs: PromptInputs, rules: PromptRules) -> Iterator[PromptGround]:
    """The sign has been Present long enough, and the relief described in its window is poor."""
    finding = _present(inputs.readings, REASSURANCE_SIGN)
    if finding is None or finding.standing.spell is None:
        return
    poor = any(ground.kind is GroundKind.RELIEF for ground in finding.grounds_on(Side.FOR))
    if poor and (inputs.as_of - finding.standing.spell.first_day).days >= rules.comforted_days:
        yield _sign(finding)


def _worsening(inputs: PromptInputs, rules: PromptRules) -> Iterator[PromptGround]:
    since = inputs.as_of - timedelta(days=rules.score_within_days)
    for change in _reliable(inputs, rules):
        if change.sense is Sense.DETERIORATED:
            yield ScoreChanged(change=change, refs=change.refs)
    yield from (each for each in inputs.crossings if since <= each.crossed.day <= inputs.as_of)
    yield from _known(panic_named(inputs.check_ins, inputs.as_of, rules))


def _trauma_linked(profile: Profile, rules: PromptRules) -> Iterator[PromptGround]:
    named = {item.entry for item in profile.block(Origins).items}
    origins = tuple(origin for origin in rules.trauma_origins if origin in named)
    approaches = profile.block(Approach).approaches
    if origins and not set(approaches) & set(rules.trauma_approaches):
        yield OriginNoted(origins=origins, approaches=approaches)


def _observed(profile: Profile, name: str) -> Iterator[PromptGround]:
    dated = profile.dated(Observations.kind)
    words = tuple(item.words for item in profile.block(Observations).open_items if item.entry == name)
    if dated is not None and words:
        yield ObservationNoted(words=words, written_on=dated.recorded_on, by=dated.recorded_by)


def _disagree(inputs: PromptInputs, rules: PromptRules) -> Iterator[PromptGround]:
    """Anxiety at check-ins against its start level, beside a reliable change of a form in the opposite sense."""
    for own in inputs.own_changes:
        if own.measure != ANXIETY or own.against is not Against.START or own.verdict not in CALLED:
            continue
        sense = Sense.IMPROVED if own.direction is Direction.LOWER else Sense.DETERIORATED
        for change in _reliable(inputs, rules):
            if change.sense is not None and change.sense is not sense:
                windows = [side.window for side in (own.looks[0].now, own.looks[0].then) if side is not None]
                yield Disagreement(own=own, change=change, refs=(*_read_in(inputs, windows), *change.refs))


def _reliable(inputs: PromptInputs, rules: PromptRules) -> Iterator[QuestionnaireChange]:
    """The forms of the rules that changed reliably, whose last one is not too long ago."""
    since = inputs.as_of - timedelta(days=rules.score_within_days)
    for change in inputs.changes:
        named = change.questionnaire_id in rules.questionnaires and change.part is None
        recent = change.last is not None and since <= change.last.day <= inputs.as_of
        if named and recent and change.verdict is Verdict.RELIABLE_CHANGE:
            yield change


def _present(readings: Sequence[SignFinding], sign: str) -> SignFinding | None:
    return next((each for each in readings if each.sign == sign and each.state is SignState.PRESENT), None)


def _sign(finding: SignFinding) -> SignHolds:
    refs = [entry.ref for entry in finding.evidence]
    refs += [ref for ground in finding.grounds_on(Side.FOR) for ref in ground.refs]
    return SignHolds(finding=finding, refs=tuple(dict.fromkeys(refs)))


def _read_in(inputs: PromptInputs, windows: Sequence[Window]) -> tuple[RecordRef, ...]:
    """The check-ins that hold the averages of some windows."""
    every = (kept for each in windows for kept in kept_days(spans(inputs.check_ins, each), was_asked(ANXIETY)))
    return refs_of(kept.span for kept in every if kept.days)


def _complete(questionnaire: Questionnaire, given: Sequence[Administration]) -> list[tuple[Fraction, Administration]]:
    """The totals of all items with their forms, one a day, oldest first."""
    by_day: dict[date, tuple[Fraction, Administration]] = {}
    for form in sorted(given, key=lambda form: (form.day, form.number)):
        score = form.score
        same = (score.questionnaire_id, score.questionnaire_version) == (questionnaire.id, questionnaire.version)
        if same and score.total is not None and (score.lowest, score.highest) == questionnaire.axis:
            by_day[form.day] = score.total, form
    return list(by_day.values())


def _scored_day(total: Fraction, form: Administration) -> ScoredDay:
    printed = form.score.printed or print_exact(total)
    return ScoredDay(day=form.day, value=total, printed=printed, prorated=form.score.filled, ref=form.ref)


def _known(found: PromptGround | None) -> Iterator[PromptGround]:
    if found is not None:
        yield found
