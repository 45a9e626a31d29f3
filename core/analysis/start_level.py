"""This period beside the days before it and the start level: figures with their base, and no word on direction."""

from datetime import date

from core.analysis.days_kept import window_of
from core.analysis.exposure import CheckInRecords, Timeline, counting, spans
from core.analysis.method import Method
from core.analysis.rates import level_in, rate_in, was_asked
from core.model.days import Window
from core.model.definitions import RateRule
from core.model.measures import ANXIETY, CHARTED
from core.model.readings import Comparison, Level, Rate


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
    """The level of anxiety, or the rate of a count, over `window`: several findings of a reading rest on the same."""
    ordered = spans(records, window)
    found = ordered.figures.get((measure, window, kinds))
    if found is None:
        found = level_in(ordered, window) if measure == ANXIETY else rate_in(ordered, measure, window, kinds=kinds)
        ordered.figures[measure, window, kinds] = found
    return found


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
    known, begin = settled_records(records, until, rule=rule, moved_to=moved_to)
    if begin > until:
        return None
    days = _first_days(known, measure, begin, rule.start_level_days)
    if len(days) < rule.start_level_min_days:
        return None
    window = window_of(days[0], days[-1])
    return figure(known, measure, window, kinds=method.kinds)


def settled_records(
    records: CheckInRecords, until: date, *, rule: RateRule, moved_to: date | None
) -> tuple[Timeline, date]:
    """The check-ins that ended by `until` without the settling in, and the day on which the start level may begin.

    With no check-in that day is `until`; a day moved by the therapist may lie after it.
    """
    known = counting(records).ended_by(until)
    if moved_to is not None:
        return known, moved_to
    known = _settled(known, rule)
    return known, until if known.first is None else date.fromordinal(known.first)


def _first_days(known: Timeline, measure: str, begin: date, most: int) -> list[int]:
    """The ordinals of the first `most` days from `begin` on that `measure` was asked about, oldest first.

    Later check-ins are not read once none of them can reach back to these days.
    """
    asked, first = was_asked(measure), begin.toordinal()
    days: set[int] = set()
    enough: int | None = None  # the day up to which there are as many
    for span in known.whole:
        if enough is not None and span.last - known.longest >= enough:
            break
        if asked(span.content):
            days.update(range(max(first, span.first), span.last + 1))
            if enough is None and len(days) >= most:
                enough = sorted(days)[most - 1]
    return sorted(days)[:most]


def _settled(known: Timeline, rule: RateRule) -> Timeline:
    """The check-ins after settling in; all of them while no later one is near enough to the first."""
    skipped = rule.settling_in_check_ins
    if len(known) <= skipped:
        return known
    days_to_next = known.whole[skipped].last - known.whole[0].last
    return known[skipped:] if days_to_next <= rule.settling_in_days else known
