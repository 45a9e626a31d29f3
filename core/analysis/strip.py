"""The answers to each sign over the days they speak of, as they were given."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.analysis.exposure import Span, kept_in_turn, refs_of, week_of, window_of
from core.analysis.warning_signs import COUNTED
from core.model.check_in import SignAnswer
from core.model.course import StripCell
from core.model.days import DAYS_IN_WEEK

LONGEST_DAILY_PERIOD_DAYS = 2


@dataclass(frozen=True, slots=True)
class _Run:
    """Days next to each other on which one check-in's answer, or its silence, counts."""

    span: Span
    answer: SignAnswer | None
    first: int
    last: int


def strip_of(ordered: Sequence[Span], signs: Iterable[str]) -> dict[str, tuple[StripCell, ...]]:
    """The cells of every sign, oldest first; two cells of a sign never share a day.

    A day takes the answer that counts by the exposure rule, or "not asked" where check-ins cover it and
    none of them asked. A cell is a run of days of one check-in. In an ISO week with daily check-ins (1 or 2
    days each) all days become one cell: *often* when that was the answer on half of the asked days or more,
    else *sometimes* when the sign was seen at all. Source: project default (the words beside the ratings).
    """
    gathered = {
        week_of(day) for span in ordered if span.content.period_days <= LONGEST_DAILY_PERIOD_DAYS for day in span.days
    }
    return {sign: _cells(_runs(ordered, sign), gathered) for sign in signs}


def _runs(ordered: Sequence[Span], sign: str) -> Iterator[_Run]:
    """Those who asked take their days first; the others take what is left, as not asked."""
    asked = [span for span in ordered if sign in span.content.signs]
    silent = [span for span in ordered if sign not in span.content.signs]
    for kept in kept_in_turn([*asked, *silent]):
        for first, last in kept.runs():
            yield _Run(kept.span, kept.span.content.signs.get(sign), first, last)


def _cells(runs: Iterable[_Run], gathered: set[int]) -> tuple[StripCell, ...]:
    cells: dict[int, StripCell] = {}
    weeks: defaultdict[int, list[_Run]] = defaultdict(list)
    for run in runs:
        for week, part in _cut(run, gathered):
            if week is None:
                cells[part.first] = StripCell(
                    days=window_of(part.first, part.last), answer=part.answer, refs=(part.span.ref,)
                )
            else:
                weeks[week].append(part)
    for parts in weeks.values():
        cells[min(part.first for part in parts)] = _week_cell(parts)
    return tuple(cells[first] for first in sorted(cells))


def _cut(run: _Run, gathered: set[int]) -> Iterator[tuple[int | None, _Run]]:
    """The run in parts: one for each gathered week, and the days between gathered weeks together."""
    begin, first_week, last_week = run.first, week_of(run.first), week_of(run.last)
    if not gathered or first_week == last_week:
        yield first_week if first_week in gathered else None, run
        return
    for week in range(first_week, last_week + 1):
        if week not in gathered:
            continue
        first, last = max(run.first, week * DAYS_IN_WEEK + 1), min(run.last, (week + 1) * DAYS_IN_WEEK)
        if begin < first:
            yield None, _Run(run.span, run.answer, begin, first - 1)
        yield week, _Run(run.span, run.answer, first, last)
        begin = last + 1
    if begin <= run.last:
        yield None, _Run(run.span, run.answer, begin, run.last)


def _week_cell(parts: list[_Run]) -> StripCell:
    days: Counter[SignAnswer | None] = Counter()
    for part in parts:
        days[part.answer] += part.last - part.first + 1
    answer = _put_together(days)
    rests_on = [part.span for part in parts if answer is None or part.answer is not None]
    window = window_of(min(part.first for part in parts), max(part.last for part in parts))
    return StripCell(days=window, answer=answer, refs=refs_of(rests_on))


def _put_together(days: Counter[SignAnswer | None]) -> SignAnswer | None:
    asked = sum(days[answer] for answer in COUNTED)
    if not asked:
        return SignAnswer.NO_OCCASION if days[SignAnswer.NO_OCCASION] else None
    if days[SignAnswer.OFTEN] and 2 * days[SignAnswer.OFTEN] >= asked:
        return SignAnswer.OFTEN
    if days[SignAnswer.OFTEN] or days[SignAnswer.SOMETIMES]:
        return SignAnswer.SOMETIMES
    return SignAnswer.NOT_PRESENT
