"""Course over time: marks of anxiety, counts as bars, and the small weekly lines."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from core.analysis.days_kept import Kept, Run, refs_of, week_of, window_of, window_over
from core.analysis.exposure import CheckInRecords, Touching, spans
from core.analysis.method import Method
from core.analysis.rates import Answer, MeasureId, Tally, answer_to, exact, peak_of, tally_of, was_asked
from core.model.course import CountBar, RatingMark
from core.model.days import DAYS_IN_WEEK, Window
from core.model.definitions import RateRule
from core.model.measures import ANXIETY, ANXIETY_PEAK
from core.model.records import RecordRef

MOST_SINGLE_MARKS = 100

Weeks = Mapping[int, Sequence[Kept]]


def weekly_series(records: CheckInRecords, measure: str, window: Window, *, rule: RateRule) -> list[float | None]:
    """One value for each ISO week that `window` touches, oldest first: a mean for anxiety, else times a week.

    A value is that of the days observed in its week, so that a check-in over two weeks speaks in both. `None`
    where nothing was observed, and where a count was observed on fewer than 4 days of the week (the rule's
    number): a small line has no room to say so.
    """
    weeks = spans(records, window).weeks(was_asked(measure))
    first, last = week_of(window.start.toordinal()), week_of(window.end.toordinal())
    return [_week_value(weeks.get(week), measure, rule) for week in range(first, last + 1)]


def count_bars(ordered: Touching, measure: MeasureId, method: Method) -> tuple[CountBar, ...]:
    """The counts of `measure` as bars, oldest first, each over days of its own.

    A check-in that keeps 4 days in a row or more (the rule's number) is one bar over them; shorter ones
    are put together by ISO week. Days outside `ordered`'s window have no part in it.
    """
    groups = ordered.gathered(was_asked(measure), method.rate_rule.min_days_for_weekly_figure)
    return tuple(_bar(group, measure, method) for group in groups)


def anxiety_marks(ordered: Touching, rule: RateRule) -> tuple[RatingMark, ...]:
    """One mark for each check-in that keeps a day, or one for each ISO week above 100 check-ins in view.

    The average and the peak of a check-in stand only while it keeps a day for them. A week's average is its
    day-weighted mean; its peak needs as many observed days as the rule says. The line is not drawn across
    more days without an average than the rule's `line_break_days`.
    """
    asked, asked_for_peak = was_asked(ANXIETY), was_asked(ANXIETY_PEAK)
    if len(ordered) > MOST_SINGLE_MARKS:
        return _joined(_weekly_marks(ordered.weeks(asked), ordered.weeks(asked_for_peak), rule), rule, weekly=True)
    return _joined(_single_marks(ordered.kept(asked), ordered.kept(asked_for_peak)), rule, weekly=False)


def rating_marks(ordered: Touching, measure: UUID, rule: RateRule) -> tuple[RatingMark, ...]:
    """The same for a rating of the client's own, which has no peak."""
    asked = was_asked(measure)
    if len(ordered) > MOST_SINGLE_MARKS:
        return _joined(_weekly_marks(ordered.weeks(asked), {}, rule, measure), rule, weekly=True)
    return _joined(_single_marks(ordered.kept(asked), [], measure), rule, weekly=False)


# A mark before its neighbours are known: the ordinals of its first and last day, average, peak, records.
_Mark = tuple[int, int, Fraction | None, int | None, tuple[RecordRef, ...]]


def _week_value(parts: Sequence[Kept] | None, measure: str, rule: RateRule) -> float | None:
    if parts is None:
        return None
    if measure == ANXIETY:
        return float(_mean(parts, _days_of(parts), answer_to(measure)))
    tally = tally_of(parts, measure)
    if tally.days < rule.min_days_for_weekly_figure:
        return None
    return float(tally.total * DAYS_IN_WEEK / tally.days)


def _bar(runs: Sequence[Run], measure: MeasureId, method: Method) -> CountBar:
    tally = Tally(measure, method.kinds)
    for run in runs:
        tally.add(run.span, run.days)
    count = tally.total
    top, bottom = count.as_integer_ratio()
    return CountBar(
        days=window_over(runs),
        count=count,
        observed_days=tally.days,
        per_week=exact(top * DAYS_IN_WEEK, bottom * tally.days),
        thin=tally.days < method.rate_rule.min_days_for_weekly_figure,
        about=tally.about,
        at_least=tally.at_least,
        partial=tally.partial,
        refs=refs_of(tally.spans),
    )


def _single_marks(averages: list[Kept], peaks: list[Kept], measure: MeasureId = ANXIETY) -> list[_Mark]:
    """A mark for each check-in that keeps a day, in the order of their middles."""
    answer = answer_to(measure)
    has_average = {kept.span.ref.number for kept in averages if kept.days}
    has_peak = {kept.span.ref.number for kept in peaks if kept.days}
    shown = {kept.span.ref.number: kept.span for kept in [*averages, *peaks] if kept.days}
    marks: list[_Mark] = []
    for key, span in shown.items():
        average = answer(span.content) if key in has_average else None
        peak = span.content.anxiety_peak if key in has_peak else None
        marks.append((span.first, span.last, None if average is None else exact(average), peak, (span.ref,)))
    return sorted(marks, key=lambda mark: (mark[0] + mark[1], mark[0], mark[4]))


def _weekly_marks(averages: Weeks, peaks: Weeks, rule: RateRule, measure: MeasureId = ANXIETY) -> list[_Mark]:
    """A mark for each ISO week, oldest first; no two share a day."""
    answer, marks = answer_to(measure), list[_Mark]()
    for week in sorted(averages.keys() | peaks.keys()):
        rated, peaked = averages.get(week, ()), peaks.get(week, ())
        observed = _days_of(rated)
        if (observed if peaked is rated else _days_of(peaked)) < rule.min_days_for_weekly_figure:
            peaked = ()
        seen = rated if peaked is rated or not peaked else [*rated, *peaked]
        if seen:
            first, last, highest = seen[0].days[0], 0, 0
            for _, days in seen:
                first, last = min(first, days[0]), max(last, days[-1])
            for span, _ in peaked:
                highest = max(highest, peak_of(span))
            average = _mean(rated, observed, answer) if rated else None
            refs = refs_of([held[0] for held in seen])
            marks.append((first, last, average, highest if peaked else None, refs))
    return marks


def _days_of(parts: Sequence[Kept]) -> int:
    observed = 0
    for _, days in parts:
        observed += len(days)
    return observed


def _mean(parts: Sequence[Kept], observed: int, answer: Answer) -> Fraction:
    """The day-weighted mean of a rating over so many days."""
    weighted = 0
    for span, days in parts:
        weighted += (answer(span.content) or 0) * len(days)
    return exact(weighted, observed)


def _joined(marks: Iterable[_Mark], rule: RateRule, *, weekly: bool) -> tuple[RatingMark, ...]:
    """The marks in their order, each with whether the line may come from the average before it."""
    covered_to: int | None = None
    joined = []
    for first, last, average, peak, refs in marks:
        known = average is not None
        near = known and covered_to is not None and first - covered_to - 1 <= rule.line_break_days
        if known:
            covered_to = max(covered_to or 0, last)
        days = window_of(first, last)
        joined.append(RatingMark(days=days, average=average, peak=peak, joined=near, weekly=weekly, refs=refs))
    return tuple(joined)
