"""Course over time: marks of anxiety, counts as bars, and the small weekly lines."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple
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


class _Mark(NamedTuple):
    """A mark before its neighbours are known; `first` and `last` are the ordinals of its days."""

    first: int
    last: int
    days: Window
    average: Fraction | None
    peak: int | None
    refs: tuple[RecordRef, ...]


class _Week:
    """What counts in one ISO week: the days that check-ins keep in it, its first and its last day."""

    __slots__ = ("days", "first", "last", "parts")

    def __init__(self, parts: Sequence[Kept]) -> None:
        kept, first, last = 0, parts[0].days[0], 0
        for _, days in parts:
            kept += len(days)
            first, last = min(first, days[0]), max(last, days[-1])
        self.parts, self.days, self.first, self.last = parts, kept, first, last

    def mean(self, answer: Answer) -> Fraction:
        """The day-weighted mean of a rating."""
        return exact(sum([(answer(span.content) or 0) * len(days) for span, days in self.parts]), self.days)


def _week_value(parts: Sequence[Kept] | None, measure: str, rule: RateRule) -> float | None:
    if parts is None:
        return None
    if measure == ANXIETY:
        return float(_Week(parts).mean(answer_to(measure)))
    tally = tally_of(parts, measure)
    if tally.days < rule.min_days_for_weekly_figure:
        return None
    return float(tally.total * DAYS_IN_WEEK / tally.days)


def _bar(runs: Sequence[Run], measure: MeasureId, method: Method) -> CountBar:
    tally = Tally(measure, method.kinds)
    for run in runs:
        tally.add(run.span, run.days)
    count = tally.total
    return CountBar(
        days=window_over(runs),
        count=count,
        observed_days=tally.days,
        per_week=exact(count.numerator * DAYS_IN_WEEK, count.denominator * tally.days),
        thin=tally.days < method.rate_rule.min_days_for_weekly_figure,
        about=tally.about,
        at_least=tally.at_least,
        partial=tally.partial,
        refs=refs_of(tally.spans),
    )


def _single_marks(averages: list[Kept], peaks: list[Kept], measure: MeasureId = ANXIETY) -> list[_Mark]:
    answer = answer_to(measure)
    has_average = {kept.span.ref.number for kept in averages if kept.days}
    has_peak = {kept.span.ref.number for kept in peaks if kept.days}
    shown = {kept.span.ref.number: kept.span for kept in [*averages, *peaks] if kept.days}
    marks = []
    for key, span in shown.items():
        average = answer(span.content) if key in has_average else None
        marks.append(
            _Mark(
                first=span.first,
                last=span.last,
                days=span.window,
                average=None if average is None else exact(average),
                peak=span.content.anxiety_peak if key in has_peak else None,
                refs=(span.ref,),
            )
        )
    return marks


def _weekly_marks(averages: Weeks, peaks: Weeks, rule: RateRule, measure: MeasureId = ANXIETY) -> list[_Mark]:
    means = {number: _Week(parts) for number, parts in averages.items()}
    highest = means if peaks is averages else {number: _Week(parts) for number, parts in peaks.items()}
    answer, marks = answer_to(measure), []
    for week in means.keys() | highest.keys():
        mean, top = means.get(week), highest.get(week)
        enough = top if top is not None and top.days >= rule.min_days_for_weekly_figure else None
        seen = mean or enough
        if mean is not None and enough is not None and enough is not mean:
            seen = _Week([*mean.parts, *enough.parts])
        if seen is not None:
            marks.append(
                _Mark(
                    first=seen.first,
                    last=seen.last,
                    days=window_of(seen.first, seen.last),
                    average=mean.mean(answer) if mean else None,
                    peak=max([peak_of(span) for span, _ in enough.parts]) if enough else None,
                    refs=refs_of([span for span, _ in seen.parts]),
                )
            )
    return marks


def _joined(marks: list[_Mark], rule: RateRule, *, weekly: bool) -> tuple[RatingMark, ...]:
    """The marks in order of their middles, each with whether the line may come from the average before it."""
    marks.sort(key=lambda mark: (mark.first + mark.last, mark.first, mark.refs))
    covered_to: int | None = None
    joined = []
    for mark in marks:
        known = mark.average is not None
        near = known and covered_to is not None and mark.first - covered_to - 1 <= rule.line_break_days
        if known:
            covered_to = max(covered_to or 0, mark.last)
        joined.append(
            RatingMark(days=mark.days, average=mark.average, peak=mark.peak, joined=near, weekly=weekly, refs=mark.refs)
        )
    return tuple(joined)
