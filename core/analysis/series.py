"""Course over time: marks of anxiety, counts as bars, and the small weekly lines."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from core.analysis.days_kept import Group, Kept, Run, refs_over, week_of, window_of
from core.analysis.exposure import CheckInRecords, Touching, spans
from core.analysis.method import Method
from core.analysis.rates import (
    Answer,
    MeasureId,
    answer_to,
    days_of,
    exact,
    how_counted,
    peak_of,
    spread_count,
    tally_of,
    was_asked,
)
from core.model.course import CountBar, RatingMark
from core.model.days import DAYS_IN_WEEK, Window
from core.model.definitions import RateRule
from core.model.measures import ANXIETY, ANXIETY_PEAK
from core.model.records import RecordRef

MOST_SINGLE_MARKS = 100

Weeks = Mapping[int, Sequence[Run]]


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
    answer, least = answer_to(measure), method.rate_rule.min_days_for_weekly_figure
    groups = ordered.gathered(was_asked(measure), least)
    return tuple(
        [
            bar_of(group, spread_count(group.runs, answer), least, how_counted(group.runs, measure, method.kinds))
            for group in groups
        ]
    )


def bar_of(group: Group, count: tuple[int, int], least_days: int, how: tuple[bool, bool, bool]) -> CountBar:
    """A count as `spread` gives it, as one bar over the days of a group; thin under `least_days` of them."""
    (total, length), days = count, group.days
    about, at_least, partial = how
    return CountBar(
        days=group.window,
        count=exact(total, length),
        observed_days=days,
        per_week=exact(total * DAYS_IN_WEEK, length * days),
        thin=days < least_days,
        about=about,
        at_least=at_least,
        partial=partial,
        refs=group.refs,
    )


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


def _week_value(runs: Sequence[Run] | None, measure: str, rule: RateRule) -> float | None:
    if runs is None:
        return None
    tally = tally_of(runs, measure)
    if measure == ANXIETY:
        return None if tally.mean is None else float(tally.mean)
    if tally.days < rule.min_days_for_weekly_figure:
        return None
    return float(tally.total * DAYS_IN_WEEK / tally.days)


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
    answer, enough, weeks = answer_to(measure), rule.min_days_for_weekly_figure, sorted({*averages, *peaks})
    marks = [_weekly_mark(averages.get(week, ()), peaks.get(week, ()), answer, enough) for week in weeks]
    return [mark for mark in marks if mark is not None]


def _weekly_mark(rated: Sequence[Run], peaked: Sequence[Run], answer: Answer, enough_for_peak: int) -> _Mark | None:
    weighted = observed = 0
    for span, _, _, days in rated:
        weighted += (answer(span.content) or 0) * days
        observed += days
    if (observed if peaked is rated else days_of(peaked)) < enough_for_peak:
        peaked = ()
    seen = rated if peaked is rated or not peaked else [*rated, *peaked]
    if not seen:
        return None
    average = exact(weighted, observed) if observed else None
    peak = max([peak_of(span) for span, _, _, _ in peaked], default=None)
    if seen is rated:  # in their order
        return rated[0][1], rated[-1][2], average, peak, refs_over(rated)
    first, last = min([first for _, first, _, _ in seen]), max([last for _, _, last, _ in seen])
    return first, last, average, peak, refs_over(seen)


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
