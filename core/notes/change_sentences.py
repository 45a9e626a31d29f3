"""Change on questionnaires as sentences: the scores, which thresholds they passed, and how often in a row.

The terms of the rules for a person are codes and are never written. Every sentence stands on scores with their days.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from core.model.change import (
    ChangeThreshold,
    QuestionnaireChange,
    RuleSetFinding,
    RuleSetOutcome,
    RuleSetPart,
    ScoredDay,
    SubCase,
    ThresholdReading,
)
from core.model.days import print_day
from core.model.findings import Status, Verdict
from core.model.numbers import one_decimal, print_exact

VERDICT_WORDS = {
    Verdict.RELIABLE_CHANGE: "reliable change",
    Verdict.POSSIBLE_CHANGE: "possible change",
    Verdict.NO_CLEAR_CHANGE: "no clear change",
}
OUTCOME_WORDS = {
    RuleSetOutcome.RELIABLE_IMPROVEMENT: "Reliable improvement by this rule set.",
    RuleSetOutcome.RELIABLE_DETERIORATION: "Reliable worsening by this rule set.",
    RuleSetOutcome.MIXED: "The two forms changed in opposite ways, which this rule set counts as no reliable change.",
    RuleSetOutcome.NO_RELIABLE_CHANGE: "No reliable change by this rule set.",
}


def change_sentences(change: QuestionnaireChange) -> tuple[str, ...]:
    """What was scored and by which thresholds it differs, then the limits, each a sentence of its own."""
    first, last = change.first, change.last
    if first is None or last is None:
        return (f"{change.label}: {change.reason}.",)
    scores = f"{change.label}: {_on(first)} and {_on(last)}, {_points_apart(change)}."
    if change.status is not Status.OK:
        return (scores, f"{_sentence(change.reason or '')}.")
    return (scores, *_thresholds(change), *_cut_off(change), *_room(change, first), *_smallest(change), *_told(change))


def rule_set_sentences(found: RuleSetFinding) -> tuple[str, ...]:
    """What the talking-therapies rule set says, the two forms it says it of, and where their scores lie.

    Its terms for a person are left out.
    """
    parts = tuple(_part(part) for part in found.parts.values())
    if found.outcome is None:
        return (f"{found.method}: not worked out: {found.reason}.", *parts)
    if not found.case_at_start:
        where = "The first score of neither form reaches its line."
    elif found.recovery:
        where = "A first score reaches its line on one form or both, and no last score does."
    else:
        where = "A last score still reaches its line on one form or both."
    return (f"{found.method}: {OUTCOME_WORDS[found.outcome]}", *parts, where)


def _thresholds(change: QuestionnaireChange) -> Iterator[str]:
    deciding = [each for each in change.thresholds if each.threshold.deciding]
    passed = [each for each in deciding if each.passed]
    yield f"{_where(deciding, passed)}{_how_often(passed)}: {VERDICT_WORDS[change.verdict]}."
    for each in change.thresholds:
        if not each.threshold.deciding:
            side = "past" if each.passed else "within"
            yield f"By error of measurement alone ({_points(each.threshold)} points) it is {side} the threshold."


def _how_often(passed: Sequence[ThresholdReading]) -> str:
    again = [each for each in passed if each.twice]
    if not passed:
        return ""
    if not again:
        return "; first time"
    only = "" if len(again) == len(passed) else f" only by {_all_points(again)}"
    return f"; twice in a row{only}"


def _where(deciding: Sequence[ThresholdReading], passed: Sequence[ThresholdReading]) -> str:
    if len(deciding) == 1:
        rule = deciding[0].threshold
        return f"{'Past' if passed else 'Within'} the change threshold ({_points(rule)} points, {rule.rule})"
    if not passed or len(passed) == len(deciding):
        how_many = "both" if len(deciding) == 2 else f"all {len(deciding)}"
        return f"{'Past' if passed else 'Within'} {how_many} change thresholds ({_all_points(deciding)})"
    missed = [each for each in deciding if not each.passed]
    if len(deciding) == 2:
        return (
            f"Past the change threshold of one rule ({_all_points(passed)}), not of the other ({_all_points(missed)})"
        )
    return f"Past the change threshold of some rules ({_all_points(passed)}), not of others ({_all_points(missed)})"


def _cut_off(change: QuestionnaireChange) -> Iterator[str]:
    line = change.cut_off
    if line is None or change.first is None or change.last is None:
        return
    where = f"the cut-off {line.kind} ({one_decimal(line.value)})" if line.kind != "published" else "the published line"
    if SubCase.CROSSED_WITHIN_ERROR in change.sub_cases:
        yield f"The two scores lie on both sides of {where}, with a change within error."
    elif line.clinical(change.first.value) and line.functional(change.last.value):
        yield f"The first score lies on the clinical side of {where}, the last on the other side."
    elif SubCase.CROSSED_INTO_CLINICAL_RANGE in change.sub_cases:
        yield f"The last score lies on the clinical side of {where}, the first on the other side."
    elif SubCase.STARTED_FUNCTIONAL in change.sub_cases:
        yield f"The first score is not on the clinical side of {where}."


def _room(change: QuestionnaireChange, first: ScoredDay) -> Iterator[str]:
    if change.room is None:
        return
    if not change.room.improvement_detectable:
        yield f"From {first.printed} the form leaves no room to show a reliable improvement."
    if not change.room.deterioration_detectable:
        yield f"From {first.printed} the form leaves no room to show a reliable worsening."


def _smallest(change: QuestionnaireChange) -> Iterator[str]:
    for each in change.smallest_differences:
        reached = "reached" if each.reached else "not reached"
        error = (
            ", though so few points can be error of measurement in one client"
            if each.reached and each.within_error
            else ""
        )
        which = f"({print_exact(each.points)} points, {each.population})"
        yield f"The smallest difference that matters to people {which} is {reached}{error}."


def _told(change: QuestionnaireChange) -> Iterator[str]:
    yield from (f"{_sentence(caution)}." for caution in change.cautions)
    if change.missing:
        forms = "1 form" if change.missing == 1 else f"{change.missing} forms"
        yield f"Without a score of all items: {forms}."


def _part(part: RuleSetPart) -> str:
    line, points = print_exact(part.line), print_exact(part.points)
    changed = "reaches" if part.sense else "does not reach"
    return f"{part.label}: {_on(part.first)} and {_on(part.last)}; line {line}; the change {changed} {points} points."


def _points_apart(change: QuestionnaireChange) -> str:
    difference = change.difference or Fraction(0)
    if not difference:
        return "the same"
    number = print_exact(abs(difference)) if difference.denominator == 1 else one_decimal(abs(difference))
    points = "1 point" if number == "1" else f"{number} points"
    return f"{points} {'higher' if difference > 0 else 'lower'}"


def _points(threshold: ChangeThreshold) -> str:
    exact = isinstance(threshold.points, Fraction)
    return print_exact(Fraction(threshold.points)) if exact else one_decimal(Fraction(threshold.points))


def _all_points(readings: Sequence[ThresholdReading]) -> str:
    return " and ".join(_points(each.threshold) for each in readings)


def _on(score: ScoredDay) -> str:
    return f"{score.printed} on {print_day(score.day)}"


def _sentence(clause: str) -> str:
    return clause[:1].upper() + clause[1:]
