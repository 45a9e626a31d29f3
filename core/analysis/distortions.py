"""Distortions by kind: rates over the days on which each kind was asked, and the share of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.analysis.days_kept import Kept, Run, Span, refs_of, window_over
from core.analysis.exposure import CheckInRecords, Touching, counting, kept_days, spans
from core.analysis.method import Method
from core.analysis.rates import exact, rate, spread
from core.model.check_in import CheckIn
from core.model.course import CountBar
from core.model.days import DAYS_IN_WEEK, Window
from core.model.distortions import DistortionBreakdown, KindReading, Sorting
from core.model.findings import Parameter, Status, Verdict
from core.model.measures import DISTORTIONS
from core.model.readings import Asked, Rate

Value = Callable[[CheckIn], int | None]


@dataclass(frozen=True, slots=True)
class _Days:
    """The two stretches of days that a breakdown compares, and the check-ins of the days in view."""

    now: Window
    before: Window
    in_view: Touching


def break_down(
    records: CheckInRecords, as_of: date, view: Window, *, method: Method, kinds: Sequence[str]
) -> DistortionBreakdown:
    """Each of `kinds` over the days up to `as_of`, over as many before them, and as bars over `view`.

    A kind has its own observed days: those of check-ins in which it was asked, by the exposure rule. Shares rest on
    check-ins that asked every kind, since a sum over some kinds would make the asked ones look larger. Kinds stand
    by current rate, then in the order given; what cannot be a rate yet comes last. Source: project default.
    """
    known = counting(records)
    now = Window.ending(as_of, method.rate_rule.comparison_days)
    days = _Days(now, now.before(method.rate_rule.comparison_days), spans(known, view))
    touching = spans(known, now)
    sorting, named = _sorting(touching, kinds)
    readings = [_reading(known, kind, days, named[kind], method) for kind in kinds]
    some_kind = sorting.every_kind + sorting.some_kinds
    return DistortionBreakdown(
        method="distortions by kind",
        status=Status.OK if some_kind else Status.CANNOT_JUDGE,
        verdict=Verdict.DESCRIBED if some_kind else Verdict.NOT_ENOUGH_RECORDED,
        used=some_kind,
        missing=sorting.check_ins - some_kind,
        span_days=_span_days(touching),
        parameters=(
            Parameter(name="days looked at", value=now.days, source=method.rate_rule.threshold_origin),
            Parameter(
                name="observed days for a figure per week",
                value=method.rate_rule.min_days_for_weekly_rate,
                source=method.rate_rule.threshold_origin,
            ),
        ),
        would_change=() if some_kind else ("a check-in that names distortions by kind",),
        reason=None if some_kind else _why_none(sorting),
        window=now,
        before=days.before,
        view=view,
        kinds=tuple(sorted(readings, key=_by_rate)),
        total=rate(known, DISTORTIONS, now, kinds=len(kinds)),
        unsorted=rate_of(known, _unsorted, now),
        unsorted_bars=_bars(days.in_view, _unsorted, method),
        sorting=sorting,
    )


def rate_of(records: CheckInRecords, value: Value, window: Window) -> Rate:
    """The count that `value` reads from a check-in (`None`: not asked), over `window` by the exposure rule."""
    ordered = spans(records, window)

    def answered(content: CheckIn) -> bool:
        return value(content) is not None

    kept = [held for held in kept_days(ordered, answered) if held.days]
    return Rate(
        window=window,
        count=_sum(kept, value),
        observed_days=sum(len(held.days) for held in kept),
        asked=Asked(asked=sum(ordered.places(answered)), check_ins=len(ordered)),
        refs=refs_of(held.span for held in kept),
    )


def count_of_kind(kind: str) -> Value:
    """Reads how often `kind` was named; `None` where it was not asked."""
    return lambda content: content.distortions_by_kind.get(kind)


def _unsorted(content: CheckIn) -> int | None:
    return content.distortions_unsorted


def _reading(known: CheckInRecords, kind: str, days: _Days, named: Fraction, method: Method) -> KindReading:
    value = count_of_kind(kind)
    return KindReading(
        kind=kind,
        now=rate_of(known, value, days.now),
        before=rate_of(known, value, days.before),
        bars=_bars(days.in_view, value, method),
        named=named,
    )


def _by_rate(reading: KindReading) -> tuple[bool, Fraction]:
    """Sorting is stable, so that equal rates keep the order in which kinds were given."""
    now = reading.now
    return not now.observed_days, -now.count / max(now.observed_days, 1)


def _sorting(touching: Touching, kinds: Sequence[str]) -> tuple[Sorting, dict[str, Fraction]]:
    """How check-ins asked, and how often each kind was named where every one was asked."""
    wanted = set(kinds)
    whole = kept_days(touching, lambda content: wanted <= content.distortions_by_kind.keys())
    named = {kind: _sum(whole, count_of_kind(kind)) for kind in kinds}
    some = sum(1 for span in touching if span.content.distortions_by_kind)
    total_only = sum(
        1 for span in touching if not span.content.distortions_by_kind and span.content.distortions_unsorted is not None
    )
    sorting = Sorting(
        every_kind=len(whole),
        some_kinds=some - len(whole),
        total_only=total_only,
        not_asked=len(touching) - some - total_only,
        named=sum(named.values(), Fraction(0)),
    )
    return sorting, named


def _bars(in_view: Touching, value: Value, method: Method) -> tuple[CountBar, ...]:
    """The counts as bars, gathered as those of the course are."""
    least = method.rate_rule.min_days_for_weekly_figure
    groups = in_view.gathered(lambda content: value(content) is not None, least)
    return tuple(_bar(runs, value, least) for runs in groups)


def _bar(runs: Sequence[Run], value: Value, least_days: int) -> CountBar:
    count = spread(_share(run.span, run.days, value) for run in runs)
    days = sum(run.days for run in runs)
    return CountBar(
        days=window_over(runs),
        count=count,
        observed_days=days,
        per_week=exact(count.numerator * DAYS_IN_WEEK, count.denominator * days),
        thin=days < least_days,
        about=False,
        at_least=False,
        partial=False,
        refs=refs_of(run.span for run in runs),
    )


def _sum(all_kept: Iterable[Kept], value: Value) -> Fraction:
    return spread(_share(held.span, len(held.days), value) for held in all_kept)


def _share(span: Span, days: int, value: Value) -> tuple[int, int]:
    """The part of a check-in's count that falls on `days` of its period: over the second number."""
    return (value(span.content) or 0) * days, span.content.period_days


def _span_days(touching: Iterable[Span]) -> int:
    days = [(span.first, span.last) for span in touching if span.content.distortions_by_kind]
    return max(last for _, last in days) - min(first for first, _ in days) + 1 if days else 0


def _why_none(sorting: Sorting) -> str:
    if not sorting.check_ins:
        return "no check-in in these days"
    if sorting.total_only:
        return "kinds were not recorded; counts so far are not sorted"
    return "distortions were not asked in these days"
