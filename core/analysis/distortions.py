"""Distortions by kind: rates over the days on which each kind was asked, and the share of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from core.analysis.days_kept import Span, refs_over
from core.analysis.exposure import CheckInRecords, Touching, counting, spans
from core.analysis.method import Method
from core.analysis.rates import AS_GIVEN, Answer, days_of, exact, is_known, rate, spread_count
from core.analysis.series import bar_of
from core.model.check_in import CheckIn
from core.model.course import CountBar
from core.model.days import Window
from core.model.distortions import DistortionBreakdown, KindReading, Sorting
from core.model.findings import Parameter, Status, Verdict
from core.model.measures import DISTORTIONS
from core.model.readings import Asked, Rate


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


def rate_of(records: CheckInRecords, value: Answer, window: Window) -> Rate:
    """The count that `value` reads from a check-in (`None`: not asked), over `window` by the exposure rule."""
    ordered, answered = spans(records, window), is_known(value)
    runs = ordered.runs(answered)
    return Rate(
        window=window,
        count=exact(*spread_count(runs, value)),
        observed_days=days_of(runs),
        asked=Asked(asked=sum(ordered.places(answered)), check_ins=len(ordered)),
        refs=refs_over(runs),
    )


def count_of_kind(kind: str) -> Answer:
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

    def asked_every_kind(content: CheckIn) -> bool:
        return wanted <= content.distortions_by_kind.keys()

    whole = touching.runs(asked_every_kind)
    named = {kind: exact(*spread_count(whole, count_of_kind(kind))) for kind in kinds}
    every_kind = sum(touching.places(asked_every_kind))
    some = sum(1 for span in touching if span.content.distortions_by_kind)
    total_only = sum(
        1 for span in touching if not span.content.distortions_by_kind and span.content.distortions_unsorted is not None
    )
    sorting = Sorting(
        every_kind=every_kind,
        some_kinds=some - every_kind,
        total_only=total_only,
        not_asked=len(touching) - some - total_only,
        named=sum(named.values(), Fraction(0)),
    )
    return sorting, named


def _bars(in_view: Touching, value: Answer, method: Method) -> tuple[CountBar, ...]:
    """The counts as bars, gathered as those of the course are."""
    least = method.rate_rule.min_days_for_weekly_figure
    groups = in_view.gathered(is_known(value), least)
    return tuple([bar_of(group, value, least, AS_GIVEN) for group in groups])


def _span_days(touching: Iterable[Span]) -> int:
    days = [(span.first, span.last) for span in touching if span.content.distortions_by_kind]
    return max(last for _, last in days) - min(first for first, _ in days) + 1 if days else 0


def _why_none(sorting: Sorting) -> str:
    if not sorting.check_ins:
        return "no check-in in these days"
    if sorting.total_only:
        return "kinds were not recorded; counts so far are not sorted"
    return "distortions were not asked in these days"
