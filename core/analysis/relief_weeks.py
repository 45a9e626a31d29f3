"""How long relief lasted over the course: the described episodes of each bar of reassurance, put together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from core.analysis.days_kept import Run, refs_of, window_of
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
    weeks = [_week(runs) for runs in groups if any(run.span.content.episodes for run in runs)]
    return tuple(week for week in weeks if week.described)


def _week(runs: Sequence[Run]) -> ReliefWeek:
    described = _described(runs)
    middle, beyond = middle_lasting(described)
    return ReliefWeek(
        days=window_of(runs[0].first, runs[-1].last),
        described=len(described),
        told=sum([each.relief_minutes is not None for each in described]),
        needed=LEAST_DESCRIBED,
        median=middle,
        at_least=None if beyond is None else beyond[0],
        refs=refs_of([run.span for run in runs if run.span.content.episodes]),
    )


def _described(runs: Sequence[Run]) -> Sequence[Episode]:
    """The episodes of the check-ins behind `runs` that count in them: all, where check-ins keep all of their days."""
    if len(runs) == 1 and runs[0].days == runs[0].span.content.period_days:
        return runs[0].span.content.episodes
    contents = [run.span.content for run in runs]
    if all(run.days == content.period_days for run, content in zip(runs, contents, strict=True)):
        return [each for content in contents for each in content.episodes]
    return list(_of_parts(runs))


def _of_parts(runs: Sequence[Run]) -> Iterator[Episode]:
    by_record: defaultdict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_record[run.span.ref.number].append(run)
    for own in by_record.values():
        content = own[0].span.content
        if own[0].days == content.period_days:
            yield from content.episodes
            continue
        for each in content.episodes:
            if each.day is None:
                counts = any(2 * run.days > content.period_days for run in own)
            else:
                day = each.day.toordinal()
                counts = any(run.first <= day <= run.last for run in own)
            if counts:
                yield each
