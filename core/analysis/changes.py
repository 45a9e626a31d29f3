"""All that is said of change, gathered once: the three measures of the client's own series, and the questionnaires."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from core.analysis.change import administrations
from core.analysis.count_rates import count_rates
from core.analysis.days_kept import refs_of
from core.analysis.effect_size import phase_comparisons
from core.analysis.exposure import CheckInRecords, Timeline, counting, spans
from core.analysis.form_progress import forms_of, rule_set_of
from core.analysis.form_turns import FilledForms
from core.analysis.method import Method
from core.analysis.own_change import own_changes
from core.analysis.points import points_of, weekly_medians
from core.analysis.rates import was_asked
from core.analysis.start_level import settled_records
from core.analysis.trend import trend
from core.analysis.u_chart import stretches_of, u_chart
from core.analysis.xmr import individuals_chart
from core.model.changes import Changes, MeasureChanges, OwnComparison
from core.model.check_in_parts import HIGHEST_RATING
from core.model.days import DAYS_IN_WEEK, Window
from core.model.measures import CHARTED, COUNTS
from core.model.profile import Agreed
from core.model.questionnaire_definitions import Questionnaire
from core.model.records import RecordRef
from core.model.review import ScoredResponse
from core.model.series_findings import Against, ControlChart, OwnChange, Phase, Side

SLOPE_DAYS = 12 * DAYS_IN_WEEK


@dataclass(frozen=True, kw_only=True)
class ChangeRules:
    """By what change is worked out: the catalogue's rules, and what the therapist set for this client.

    `questionnaires` are the newest definitions by id. `planned_days` is after how many days a questionnaire is due
    again, by id. `moved_to` is the day the therapist chose as the beginning, `attended` how many sessions were.
    """

    method: Method
    questionnaires: Mapping[str, Questionnaire]
    moved_to: date | None = None
    agreed: Agreed = field(default_factory=Agreed)
    phases: tuple[Phase, ...] = ()
    planned_days: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    attended: int = 0


def changes_of(
    records: CheckInRecords, responses: Iterable[ScoredResponse] | FilledForms, as_of: date, *, rules: ChangeRules
) -> Changes:
    """Every finding on change up to `as_of`: own series at their reviews, slopes over 12 weeks, phases, charts, forms.

    Later check-ins and forms are left out, and so are withdrawn ones. A form whose definition is not here is left out.
    """
    every = counting(records).ended_by(as_of)
    whole = Window(as_of if every.first is None else date.fromordinal(every.first), as_of)
    given = administrations(responses).until(as_of)
    return Changes(
        as_of=as_of,
        measures=tuple(_measure(every, measure, whole, rules) for measure in CHARTED),
        forms=forms_of(given, rules.questionnaires, planned_days=rules.planned_days, since=rules.moved_to),
        rule_set=rule_set_of(given, rules.questionnaires, attended=rules.attended),
        phases=tuple(sorted(rules.phases, key=lambda phase: phase.day)),
        agreed=rules.agreed,
    )


def _measure(every: Timeline, measure: str, whole: Window, rules: ChangeRules) -> MeasureChanges:
    """What is found in `measure`; `whole` are the days from the first recorded one to the last one looked at."""
    as_of = whole.end
    found = own_changes(
        every,
        measure,
        as_of,
        method=rules.method,
        moved_to=rules.moved_to,
        agreed=rules.agreed.amount(measure),
    )
    window = Window.ending(as_of, SLOPE_DAYS)
    ends = (0, None) if measure in COUNTS else (0, HIGHEST_RATING)
    return MeasureChanges(
        measure=measure,
        compared={change.against: _with_records(change, every, rules) for change in found},
        slope=trend(points_of(every, measure, window), ends=ends),
        slope_window=window,
        phases=phase_comparisons(every, measure, rules.phases, as_of),
        chart=_chart(every, measure, whole),
        rates=count_rates(every, measure, as_of, rules.method) if measure in COUNTS else None,
    )


def _chart(every: Timeline, measure: str, whole: Window) -> ControlChart:
    if measure in COUNTS:
        return u_chart(stretches_of(every, measure, whole), measure)
    return individuals_chart(weekly_medians(every, measure, whole) if every else (), measure)


def _with_records(change: OwnChange, every: Timeline, rules: ChangeRules) -> OwnComparison:
    """The change with the check-ins that are the ones to count on some day of a side."""
    look = change.look
    if look is None:
        return OwnComparison(change=change)
    known = compared_with = every.ended_by(look.day)
    if change.against is not Against.BEFORE:
        compared_with, _ = settled_records(known, look.day, rule=rules.method.rate_rule, moved_to=rules.moved_to)
    return OwnComparison(
        change=change, now=_refs(known, look.now, change), then=_refs(compared_with, look.then, change)
    )


def _refs(records: Timeline, side: Side | None, change: OwnChange) -> tuple[RecordRef, ...]:
    if side is None:
        return ()
    single = change.against is Against.FIRST_DAYS
    runs = spans(records, side.window).runs(was_asked(change.measure))
    return refs_of([span for span, _, _, _ in runs if not single or span.content.period_days == 1])
