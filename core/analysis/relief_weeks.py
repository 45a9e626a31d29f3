"""How long relief lasted over the course: the described episodes of each bar of reassurance, put together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from core.analysis.days_kept import Group, Run, refs_of
from core.analysis.exposure import CheckInRecords, spans
from core.analysis.method import Method
from core.analysis.rates import was_asked
from core.analysis.reassurance import LEAST_DESCRIBED, middle_lasting
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
    middle, beyond = middle_lasting(described)
    return ReliefWeek(
        days=group.window,
        described=len(described),
        told=sum([each.relief_minutes is not None for each in described]),
        needed=LEAST_DESCRIBED,
        median=middle,
        at_least=None if beyond is None else beyond[0],
        refs=refs_of([span for span, _, _, _ in group.runs if span.content.episodes]),
    )


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
