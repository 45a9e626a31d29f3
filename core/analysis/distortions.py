"""Distortions by kind: rates over the days on which each kind was asked, and the share of each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from msgspec import Struct

from core.analysis.days_kept import Run, Span
from core.analysis.exposure import CheckInRecords, Touching, counting, spans
from core.analysis.method import Method
from core.analysis.rates import AS_GIVEN, days_of, exact, rate, spread
from core.analysis.series import bar_of
from core.model.course import CountBar
from core.model.days import Window
from core.model.distortions import DistortionBreakdown, KindReading, Sorting
from core.model.findings import Parameter, Status, Verdict
from core.model.measures import DISTORTIONS
from core.model.readings import Asked, Rate

Counted = Callable[[Sequence[Run]], tuple[int, int]]
"""The part of some counts that falls on runs of days, as `spread` gives it; the count was asked in all of them."""


class _Days(Struct, frozen=True):
    """Some days, the check-ins that touch them, and the counts by kind that each of these gave."""

    window: Window
    check_ins: Touching
    by_kind: list[Mapping[str, int]]

    @classmethod
    def of(cls, records: CheckInRecords, window: Window) -> "_Days":
        """What `records` say of these days."""
        check_ins = spans(records, window)
        return cls(window, check_ins, [span.content.distortions_by_kind for span in check_ins])

    def asked(self, kind: str) -> bytes:
        """1 for each check-in in which a kind was asked and 0 for the others."""
        return bytes([kind in named for named in self.by_kind])

    def not_sorted(self) -> bytes:
        """1 for each check-in that tells what was not named as one kind and 0 for the others."""
        return bytes([span.content.distortions_unsorted is not None for span in self.check_ins])


class _Compared(Struct, frozen=True):
    """The two stretches of days that a breakdown compares, and the days in view."""

    now: _Days
    before: _Days
    in_view: _Days


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
    before = now.before(method.rate_rule.comparison_days)
    days = _Compared(_Days.of(known, now), _Days.of(known, before), _Days.of(known, view))
    sorting, named = _sorting(days.now, kinds)
    readings = [_reading(kind, days, named[kind], method) for kind in kinds]
    some_kind = sorting.every_kind + sorting.some_kinds
    return DistortionBreakdown(
        method="distortions by kind",
        status=Status.OK if some_kind else Status.CANNOT_JUDGE,
        verdict=Verdict.DESCRIBED if some_kind else Verdict.NOT_ENOUGH_RECORDED,
        used=some_kind,
        missing=sorting.check_ins - some_kind,
        span_days=_span_days(days.now.check_ins),
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
        before=before,
        view=view,
        kinds=tuple(sorted(readings, key=_by_rate)),
        total=rate(known, DISTORTIONS, now, kinds=len(kinds)),
        unsorted=_rate(days.now, days.now.not_sorted(), _unsorted),
        unsorted_bars=_bars(days.in_view, days.in_view.not_sorted(), _unsorted, method),
        sorting=sorting,
    )


def _reading(kind: str, days: _Compared, named: Fraction, method: Method) -> KindReading:
    count = _of_kind(kind)
    return KindReading(
        kind=kind,
        now=_rate(days.now, days.now.asked(kind), count),
        before=_rate(days.before, days.before.asked(kind), count),
        bars=_bars(days.in_view, days.in_view.asked(kind), count, method),
        named=named,
    )


def _rate(days: _Days, here: bytes, count: Counted) -> Rate:
    """What was counted in the check-ins at the places marked, by the exposure rule."""
    runs = days.check_ins.runs_at(here)
    return Rate(
        window=days.window,
        count=exact(*count(runs)),
        observed_days=days_of(runs),
        asked=Asked(asked=sum(here), check_ins=len(here)),
        refs=days.check_ins.refs_at(here),
    )


def _bars(days: _Days, here: bytes, count: Counted, method: Method) -> tuple[CountBar, ...]:
    """The same as bars, gathered as those of the course are."""
    least = method.rate_rule.min_days_for_weekly_figure
    groups = days.check_ins.groups_at(here, least)
    return tuple([bar_of(group, count(group.runs), least, AS_GIVEN) for group in groups])


def _of_kind(kind: str) -> Counted:
    """How often a kind was named."""
    return lambda runs: spread(
        [(span.content.distortions_by_kind[kind] * days, span.content.period_days) for span, _, _, days in runs]
    )


def _unsorted(runs: Sequence[Run]) -> tuple[int, int]:
    return spread(
        [((span.content.distortions_unsorted or 0) * days, span.content.period_days) for span, _, _, days in runs]
    )


def _by_rate(reading: KindReading) -> tuple[bool, Fraction]:
    """Sorting is stable, so that equal rates keep the order in which kinds were given."""
    now = reading.now
    return not now.observed_days, -now.count / max(now.observed_days, 1)


def _sorting(days: _Days, kinds: Sequence[str]) -> tuple[Sorting, dict[str, Fraction]]:
    """How check-ins asked, and how often each kind was named where every one was asked."""
    wanted, touching = set(kinds), days.check_ins
    every_kind = bytes([wanted <= named.keys() for named in days.by_kind])
    whole = touching.runs_at(every_kind)
    named = {kind: exact(*_of_kind(kind)(whole)) for kind in kinds}
    some = sum([1 for by_kind in days.by_kind if by_kind])
    total_only = sum(
        1 for span in touching if not span.content.distortions_by_kind and span.content.distortions_unsorted is not None
    )
    sorting = Sorting(
        every_kind=sum(every_kind),
        some_kinds=some - sum(every_kind),
        total_only=total_only,
        not_asked=len(touching) - some - total_only,
        named=sum(named.values(), Fraction(0)),
    )
    return sorting, named


def _span_days(touching: Iterable[Span]) -> int:
    days = [(span.first, span.last) for span in touching if span.content.distortions_by_kind]
    return max(last for _, last in days) - min(first for first, _ in days) + 1 if days else 0


def _why_none(sorting: Sorting) -> str:
    if not sorting.check_ins:
        return "no check-in in these days"
    if sorting.total_only:
        return "kinds were not recorded; counts so far are not sorted"
    return "distortions were not asked in these days"
