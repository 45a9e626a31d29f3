"""How long relief lasted over the course: the described episodes of each bar of reassurance, put together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from core.analysis.days_kept import Group, Run, refs_of
from core.analysis.exposure import CheckInRecords, spans
from core.analysis.method import Method
from core.analysis.rates import exact, was_asked
from core.analysis.reassurance import LEAST_DESCRIBED
from core.analysis.sign_fields import STILL_HELPING
from core.analysis.survival import median_length, outlasted
from core.model.check_in_parts import Episode
from core.model.days import Window
from core.model.measures import REASSURANCE
from core.model.reassurance import ReliefWeek


def relief_weeks(records: CheckInRecords, view: Window, method: Method) -> tuple[ReliefWeek, ...]:
    """One value for each bar of reassurance over `view` in which an episode is described, oldest first.

    The bars are those of the course, so that both stand over the same days. An episode with a day counts in the bar
    whose check-in counts on that day; one without a day, where one stretch of its check-in has more than half of the
    check-in's days. Minutes that were "still helping" are minimums, as in the loop. Source: project default.
    """
    groups = spans(records, view).gathered(was_asked(REASSURANCE), method.rate_rule.min_days_for_weekly_figure)
    weeks = [_week(group) for group in groups if any(span.content.episodes for span, _, _, _ in group.runs)]
    return tuple(week for week in weeks if week.described)


def _week(group: Group) -> ReliefWeek:
    described = _described(group.runs)
    told = [each for each in described if each.relief_minutes is not None]
    middle, at_least = _middle(told) if len(told) >= LEAST_DESCRIBED else (None, None)
    return ReliefWeek(
        days=group.window,
        described=len(described),
        told=len(told),
        needed=LEAST_DESCRIBED,
        median=middle,
        at_least=at_least,
        refs=refs_of([span for span, _, _, _ in group.runs if span.content.episodes]),
    )


def _middle(told: Sequence[Episode]) -> tuple[Fraction | None, int | None]:
    """The median, or the minutes that half or more are known to have outlasted.

    Without a minimum among them the median of the estimate is the plain one, which takes a fraction of its time.
    """
    minutes = [each.relief_minutes or 0 for each in told]
    ended = [each.ended is not STILL_HELPING for each in told]
    if all(ended):
        minutes.sort()
        return exact(minutes[(len(minutes) - 1) // 2] + minutes[len(minutes) // 2], 2), None
    lasted = list(zip(minutes, ended, strict=True))
    middle = median_length(lasted)
    beyond = outlasted(lasted) if middle is None else None
    return middle, None if beyond is None else beyond[0]


def _described(runs: Sequence[Run]) -> Sequence[Episode]:
    """The episodes of the check-ins behind `runs` that count in them: all, where check-ins keep all of their days."""
    contents = [(span.content, days) for span, _, _, days in runs]
    if all(days == content.period_days for content, days in contents):
        return [each for content, _ in contents for each in content.episodes]
    return list(_of_parts(runs))


def _of_parts(runs: Sequence[Run]) -> Iterator[Episode]:
    by_record: defaultdict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_record[run[0].ref.number].append(run)
    for own in by_record.values():
        span, _, _, days = own[0]
        content = span.content
        if days == content.period_days:
            yield from content.episodes
            continue
        for each in content.episodes:
            if each.day is None:
                counts = any(2 * days > content.period_days for _, _, _, days in own)
            else:
                day = each.day.toordinal()
                counts = any(first <= day <= last for _, first, last, _ in own)
            if counts:
                yield each
