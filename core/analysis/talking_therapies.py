"""The rule set of the English talking-therapies services over PHQ-9 and GAD-7, with its published thresholds.

It is a service's statistic about who was a case and who changed, not a finding about one person's state. Its thresholds
are taken as they are published and are not worked out anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from core.analysis.change_rules import sense_of
from core.analysis.form_turns import FilledForms, Reading
from core.model.change import (
    Administration,
    RuleSetFinding,
    RuleSetOutcome,
    RuleSetPart,
    ScoredDay,
    Sense,
)
from core.model.findings import Parameter, Status, Verdict
from core.model.questionnaire_definitions import Questionnaire
from core.model.questionnaire_facts import CutOff, ReliableChange

METHOD = "NHS Talking Therapies rule set"
RULE = "NHS Talking Therapies rule"
FORMS = ("phq9", "gad7")
MIN_CONTACTS = 2
SOURCE = "NHS Talking Therapies manual, as quoted by secondary copies; Gyani 2013, doi:10.1016/j.brat.2013.06.004"
MIXED = "the name of the mixed case is from memory, not checked"
ONE_LOOK = "one look at the first and the last score, without a second one that agrees"


def talking_therapies(
    questionnaires: Mapping[str, Questionnaire], given: Mapping[str, Iterable[Administration]], *, attended: int
) -> RuleSetFinding:
    """What the rule set says of the first and the last complete PHQ-9 and GAD-7.

    Both maps go by the forms' ids; a form that is absent was not filled in. `attended` is how many treatment contacts
    were attended: the rule set asks for 2. Caseness: the published line reached. A reliable change takes the published
    number of points itself in (6 on PHQ-9, 4 on GAD-7). Recovery: a case on either form at first, on neither at last.
    Reliable improvement: better on one and worse on none; mixed: both. Reliable recovery: both of them. With one form
    only, its part of the rule set is given and no outcome. Source: `SOURCE`; the mixed case from memory.
    """
    filled = given if isinstance(given, FilledForms) else FilledForms(given)
    parts: dict[str, RuleSetPart] = {}
    readings: list[Reading] = []
    reasons: list[str] = []
    for form in FORMS:
        rule = _rule(questionnaires.get(form))
        if rule is None:
            reasons.append(f"the definition of {form} has no line or no points by this rule set")
            continue
        reading = filled.reading(rule.questionnaire)
        readings.append(reading)
        if reading.compared:
            parts[form] = _part(rule, reading.compared[0], reading.compared[-1])
        else:
            reasons.append(f"needs two complete {rule.questionnaire.short_name}")
    if attended < MIN_CONTACTS:
        reasons.append(f"needs {MIN_CONTACTS} attended contacts, and {attended or 'none'} was attended")
    return _finding(parts, readings, attended, reasons)


def outcome_of(senses: Iterable[Sense | None]) -> RuleSetOutcome:
    """The outcome of reliable changes on the forms; `None` is a form without one."""
    found = set(senses)
    if {Sense.IMPROVED, Sense.DETERIORATED} <= found:
        return RuleSetOutcome.MIXED
    if Sense.IMPROVED in found:
        return RuleSetOutcome.RELIABLE_IMPROVEMENT
    return RuleSetOutcome.RELIABLE_DETERIORATION if Sense.DETERIORATED in found else RuleSetOutcome.NO_RELIABLE_CHANGE


class _Rule(Struct, frozen=True, kw_only=True):
    questionnaire: Questionnaire
    line: CutOff
    change: ReliableChange


def _rule(questionnaire: Questionnaire | None) -> _Rule | None:
    """The published line and points of the rule set; `None` where the definition lacks one or has it from memory."""
    if questionnaire is None or questionnaire.caseness is None or questionnaire.caseness.origin.remembered:
        return None
    named = (each for each in questionnaire.reliable_changes if each.rule == RULE and not each.origin.remembered)
    change = next(named, None)
    return _Rule(questionnaire=questionnaire, line=questionnaire.caseness, change=change) if change else None


def _part(rule: _Rule, first: ScoredDay, last: ScoredDay) -> RuleSetPart:
    difference = last.value - first.value
    sense = sense_of(difference, higher_is_worse=rule.questionnaire.higher_is_worse)
    return RuleSetPart(
        label=rule.questionnaire.short_name,
        first=first,
        last=last,
        line=rule.line.value,
        points=rule.change.points,
        case_at_first=rule.line.reached(first.value),
        case_at_last=rule.line.reached(last.value),
        sense=sense if abs(difference) >= rule.change.points else None,
    )


def _finding(
    parts: Mapping[str, RuleSetPart], readings: Sequence[Reading], attended: int, reasons: Sequence[str]
) -> RuleSetFinding:
    days = [day for part in parts.values() for day in (part.first.day, part.last.day)]
    unjudged = RuleSetFinding(
        method=METHOD,
        status=Status.CANNOT_JUDGE,
        verdict=Verdict.NOT_ENOUGH_RECORDED,
        used=sum(len(each.scored) for each in readings),
        missing=sum(each.missing for each in readings),
        span_days=(max(days) - min(days)).days if days else 0,
        parameters=tuple(_parameters(parts.values())),
        cautions=(ONE_LOOK, MIXED),
        would_change=tuple(reasons),
        reason="; ".join(reasons) or "not judged",
        parts=parts,
        attended=attended,
    )
    return unjudged if reasons else _judged(unjudged)


def _judged(found: RuleSetFinding) -> RuleSetFinding:
    parts = found.parts.values()
    outcome = outcome_of(part.sense for part in parts)
    case_at_start = any(part.case_at_first for part in parts)
    recovery = not any(part.case_at_last for part in parts) if case_at_start else None
    changed = outcome in (RuleSetOutcome.RELIABLE_IMPROVEMENT, RuleSetOutcome.RELIABLE_DETERIORATION)
    return replace(
        found,
        status=Status.OK,
        verdict=Verdict.POSSIBLE_CHANGE if changed else Verdict.NO_CLEAR_CHANGE,
        cautions=(ONE_LOOK, MIXED) if outcome is RuleSetOutcome.MIXED else (ONE_LOOK,),
        would_change=("further scores on either form",),
        reason=None,
        case_at_start=case_at_start,
        outcome=outcome,
        recovery=recovery,
        reliable_recovery=None if recovery is None else recovery and outcome is RuleSetOutcome.RELIABLE_IMPROVEMENT,
    )


def _parameters(parts: Iterable[RuleSetPart]) -> Iterator[Parameter]:
    yield Parameter(name="attended contacts needed", value=MIN_CONTACTS, source=SOURCE)
    for part in parts:
        yield Parameter(name=f"caseness on {part.label}", value=part.line, source=SOURCE)
        yield Parameter(name=f"reliable change on {part.label}", value=part.points, source=SOURCE)
