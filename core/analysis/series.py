"""Course over time: marks of anxiety, counts as bars, and the small weekly lines."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from uuid import UUID

from core.analysis.exposure import (
    CheckInRecords,
    Kept,
    Run,
    Span,
    gathered,
    kept_days,
    refs_of,
    spans,
    week_of,
    window_of,
)
from core.analysis.method import Method
from core.analysis.rates import MeasureId, Tally, answer_to, peak_of, was_asked
from core.model.course import CountBar, RatingMark
from core.model.days import DAYS_IN_WEEK, Window
from core.model.definitions import RateRule
from core.model.measures import ANXIETY, ANXIETY_PEAK
from core.model.records import RecordRef

MOST_SINGLE_MARKS = 100


def weekly_series(records: CheckInRecords, measure: str, window: Window, *, rule: RateRule) -> list[float | None]:
    """One value for each ISO week that `window` touches, oldest first: a mean for anxiety, else times a week.

    A value is that of the days observed in its week, so that a check-in over two weeks speaks in both. `None`
    where nothing was observed, and where a count was observed on fewer than 4 days of the week (the rule's
    number): a small line has no room to say so.
    """
    ordered = spans(records, window)
    tallies = _by_week(kept_days(ordered, was_asked(measure)), measure)
    first, last = week_of(window.start.toordinal()), week_of(window.end.toordinal())
    return [_week_value(tallies.get(week), rule) for week in range(first, last + 1)]


def count_bars(ordered: Sequence[Span], measure: MeasureId, method: Method) -> tuple[CountBar, ...]:
    """The counts of `measure` as bars, oldest first, each over days of its own.

    A check-in that keeps 4 days in a row or more (the rule's number) is one bar over them; shorter ones
    are put together by ISO week. Days outside `ordered`'s window have no part in it.
    """
    groups = gathered(kept_days(ordered, was_asked(measure)), method.rate_rule.min_days_for_weekly_figure)
    return tuple(_bar(group, measure, method) for group in groups)


def anxiety_marks(ordered: Sequence[Span], rule: RateRule) -> tuple[RatingMark, ...]:
    """One mark for each check-in that keeps a day, or one for each ISO week above 100 check-ins in view.

    The average and the peak of a check-in stand only while it keeps a day for them. A week's average is its
    day-weighted mean; its peak needs as many observed days as the rule says. The line is not drawn across
    more days without an average than the rule's `line_break_days`.
    """
    averages = kept_days(ordered, was_asked(ANXIETY))
    peaks = kept_days(ordered, was_asked(ANXIETY_PEAK))
    if len(ordered) > MOST_SINGLE_MARKS:
        return _joined(_weekly_marks(averages, peaks, rule), rule)
    return _joined(_single_marks(averages, peaks), rule)


def rating_marks(ordered: Sequence[Span], measure: UUID, rule: RateRule) -> tuple[RatingMark, ...]:
    """The same for a rating of the client's own, which has no peak."""
    kept = kept_days(ordered, was_asked(measure))
    if len(ordered) > MOST_SINGLE_MARKS:
        return _joined(_weekly_marks(kept, [], rule, measure), rule)
    return _joined(_single_marks(kept, [], measure), rule)


class _WeekTally(Tally):
    """A tally that also knows its first and last day."""

    first: int = 0
    last: int = 0


def _by_week(all_kept: Iterable[Kept], measure: MeasureId) -> dict[int, _WeekTally]:
    tallies: dict[int, _WeekTally] = {}
    for kept in all_kept:
        for week, days in kept.weeks():
            tally = tallies.get(week)
            if tally is None:
                tally = tallies[week] = _WeekTally(measure)
                tally.first, tally.last = days[0], days[-1]
            tally.first, tally.last = min(tally.first, days[0]), max(tally.last, days[-1])
            tally.add(kept.span, len(days))
    return tallies


def _week_value(tally: _WeekTally | None, rule: RateRule) -> float | None:
    if tally is None:
        return None
    if tally.measure == ANXIETY:
        return float(tally.mean or 0)
    if tally.days < rule.min_days_for_weekly_figure:
        return None
    return float(tally.total * DAYS_IN_WEEK / tally.days)


def _bar(runs: Sequence[Run], measure: MeasureId, method: Method) -> CountBar:
    tally = Tally(measure, method.kinds)
    for run in runs:
        tally.add(run.span, run.days)
    count, days = tally.total, window_of(runs[0].first, runs[-1].last)
    return CountBar(
        days=days,
        count=count,
        observed_days=tally.days,
        per_week=Fraction(count.numerator * DAYS_IN_WEEK, count.denominator * tally.days),
        thin=tally.days < method.rate_rule.min_days_for_weekly_figure,
        about=tally.about,
        at_least=tally.at_least,
        partial=tally.partial,
        refs=refs_of(tally.spans),
    )


def _single_marks(averages: list[Kept], peaks: list[Kept], measure: MeasureId = ANXIETY) -> list[RatingMark]:
    answer = answer_to(measure)
    has_average = {kept.span.ref.id for kept in averages if kept.days}
    has_peak = {kept.span.ref.id for kept in peaks if kept.days}
    shown = {kept.span.ref.id: kept.span for kept in [*averages, *peaks] if kept.days}
    marks = []
    for key, span in shown.items():
        average = answer(span.content) if key in has_average else None
        marks.append(
            RatingMark(
                days=span.window,
                average=None if average is None else Fraction(average),
                peak=span.content.anxiety_peak if key in has_peak else None,
                joined=False,
                weekly=False,
                refs=(span.ref,),
            )
        )
    return marks


def _weekly_marks(
    averages: list[Kept], peaks: list[Kept], rule: RateRule, measure: MeasureId = ANXIETY
) -> list[RatingMark]:
    means, highest = _by_week(averages, measure), _by_week(peaks, ANXIETY_PEAK)
    marks = []
    for week in means.keys() | highest.keys():
        mean, top = means.get(week), highest.get(week)
        enough = top if top is not None and top.days >= rule.min_days_for_weekly_figure else None
        observed = [tally for tally in (mean, enough) if tally is not None]
        if observed:
            marks.append(
                RatingMark(
                    days=window_of(min(tally.first for tally in observed), max(tally.last for tally in observed)),
                    average=mean.mean if mean else None,
                    peak=max(peak_of(span) for span in enough.spans) if enough else None,
                    joined=False,
                    weekly=True,
                    refs=refs_of(span for tally in observed for span in tally.spans),
                )
            )
    return marks


def _joined(marks: list[RatingMark], rule: RateRule) -> tuple[RatingMark, ...]:
    """The marks in order of their middles, each with whether the line may come from the average before it."""
    marks.sort(key=_order)
    covered_to: int | None = None
    joined = []
    for mark in marks:
        near = (
            covered_to is not None
            and mark.average is not None
            and mark.days.start.toordinal() - covered_to - 1 <= rule.line_break_days
        )
        if mark.average is not None:
            covered_to = max(covered_to or 0, mark.days.end.toordinal())
        joined.append(replace(mark, joined=near))
    return tuple(joined)


def _order(mark: RatingMark) -> tuple[int, int, tuple[RecordRef, ...]]:
    start, end = mark.days.start.toordinal(), mark.days.end.toordinal()
    return start + end, start, mark.refs
