"""This period beside the days before it and the start level: figures with their base, and no word on direction."""

from datetime import date

from core.analysis.exposure import CheckInRecords, counting, kept_days, spans, window_of
from core.analysis.method import Method
from core.analysis.rates import level, rate, was_asked
from core.model.check_in import CheckIn
from core.model.days import Window
from core.model.definitions import RateRule
from core.model.measures import ANXIETY, CHARTED
from core.model.readings import Comparison, Level, Rate
from core.model.records import Recorded


def compare(
    records: CheckInRecords, period: Window, *, method: Method, moved_to: date | None
) -> tuple[Comparison, ...]:
    """Anxiety, reassurance and distortions over `period`, over the days before it and at the start.

    The length of "before" is the rate rule's `comparison_days`. `moved_to` is the day the therapist chose as
    the beginning of the start level, if any.
    """
    every = counting(records)
    before = period.before(method.rate_rule.comparison_days)
    return tuple(
        Comparison(
            measure=measure,
            period=figure(every, measure, period, kinds=method.kinds),
            before=figure(every, measure, before, kinds=method.kinds),
            start=start_level(every, measure, period.end, method=method, moved_to=moved_to),
        )
        for measure in CHARTED
    )


def figure(records: CheckInRecords, measure: str, window: Window, *, kinds: int) -> Rate | Level:
    """The level of anxiety, or the rate of a count, over `window`."""
    return level(records, window) if measure == ANXIETY else rate(records, measure, window, kinds=kinds)


def start_level(
    records: CheckInRecords, measure: str, until: date, *, method: Method, moved_to: date | None
) -> Rate | Level | None:
    """The figure over the first 28 days on which `measure` was observed, or `None` under 14 of them.

    Days after `until` are not looked at. Between 14 and 28 observed days the start level rests on what there
    is, and settles as the rest comes in. The first two check-ins, the settling in, are left out when a third
    one ends within six weeks of the first; a start moved by the therapist begins on that day, with every
    check-in. Source: project default (the numbers stand in the rate rule).
    """
    rule = method.rate_rule
    known = [record for record in counting(records) if record.content.period_end <= until]
    if moved_to is None:
        known = _settled(known, rule)
    begin = moved_to or min((record.content.period.start for record in known), default=until)
    if begin > until:
        return None
    kept = kept_days(spans(known, Window(begin, until)), was_asked(measure))
    days = sorted(day for held in kept for day in held.days)[: rule.start_level_days]
    if len(days) < rule.start_level_min_days:
        return None
    return figure(known, measure, window_of(days[0], days[-1]), kinds=method.kinds)


def _settled(known: list[Recorded[CheckIn]], rule: RateRule) -> list[Recorded[CheckIn]]:
    """The check-ins after settling in; all of them while no later one is near enough to the first."""
    skipped = rule.settling_in_check_ins
    if len(known) <= skipped:
        return known
    days_to_next = (known[skipped].content.period_end - known[0].content.period_end).days
    return known[skipped:] if days_to_next <= rule.settling_in_days else known
