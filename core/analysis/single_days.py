"""One look at one measure that is recorded day by day: the last 14 days against the first 14, by ranks."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from msgspec import Struct

from core.analysis.counts import FARTHEST_COVERAGE
from core.analysis.exposure import CheckInRecords, kept_days, spans
from core.analysis.method import Method
from core.analysis.ranks import RankTest, guarded_rank_test
from core.analysis.rates import VALUES, asked_at, was_asked
from core.analysis.start_level import settled_records
from core.model.days import Window, print_window
from core.model.findings import Direction, Parameter, Verdict
from core.model.measures import COUNTS
from core.model.numbers import print_number
from core.model.series_findings import Look, Side

METHOD = "single_days"
WINDOW_DAYS = 14
LEAST_DAYS = 8
ALPHA = 0.05
AGREED_POINTS = Fraction(1)
SHARE_OF_RATE = Fraction(3, 10)
A_DAY_APART = Fraction(1, 2)


class DaySample(Struct, frozen=True, kw_only=True):
    """The values of the single days of a window, by ordinal; days without one are not in it."""

    window: Window
    values: Mapping[int, int]
    left_blank: int = 0

    @property
    def coverage(self) -> Fraction:
        """The part of the window's days that have a value."""
        return Fraction(len(self.values), self.window.days)

    def value(self, *, counted: bool) -> Fraction:
        """The median of a rating, or a count a day; there must be a value."""
        if counted:
            return Fraction(sum(self.values.values()), len(self.values))
        return Fraction(median(self.values.values()))

    def side(self, *, counted: bool) -> Side:
        """The same as one side of a look."""
        return Side(
            window=self.window,
            value=self.value(counted=counted) if self.values else None,
            observed_days=len(self.values),
            left_blank=self.left_blank,
        )


def parameters(agreed: Fraction | None, *, counted: bool) -> tuple[Parameter, ...]:
    """The numbers of the rule; `agreed` are the points, or the part of the first rate, agreed with the client."""
    source = "project default" if agreed is None else "agreed with the client beforehand"
    smallest = (
        (
            Parameter(name="part of the first rate (a count)", value=agreed or SHARE_OF_RATE, source=source),
            Parameter(name="a day apart (a count)", value=A_DAY_APART, source="project default"),
        )
        if counted
        else (Parameter(name="smallest difference (a rating)", value=agreed or AGREED_POINTS, source=source),)
    )
    return (
        Parameter(name="single days in each window", value=LEAST_DAYS, source="project default"),
        Parameter(name="p below", value=ALPHA, source="convention"),
        *smallest,
    )


def look_days(
    records: CheckInRecords, measure: str, day: date, *, method: Method, moved_to: date | None, agreed: Fraction | None
) -> Look:
    """The last 14 days up to `day` beside the first 14 on which the start level may begin.

    Only check-ins of one day take part: a week's value on each of its days would be one answer counted seven times.
    The later window leaves out days of the first. It takes 8 days with a value in each.
    """
    known, begin = settled_records(records, day, rule=method.rate_rule, moved_to=moved_to)
    first = Window(begin, begin + timedelta(days=WINDOW_DAYS - 1))
    if first.end >= day:
        left = (first.end - day).days + LEAST_DAYS
        return Look(
            day=day,
            verdict=Verdict.NOT_ENOUGH_RECORDED,
            reason=f"the first {WINDOW_DAYS} days ({print_window(first)}) are not over",
            would_change=(f"{left} more days recorded one by one",),
        )
    last = Window(max(day - timedelta(days=WINDOW_DAYS - 1), first.end + timedelta(days=1)), day)
    earlier, later = _sample(known, measure, first), _sample(records, measure, last)
    return judge_days(earlier, later, counted=measure in COUNTS, agreed=agreed)


def judge_days(earlier: DaySample, later: DaySample, *, counted: bool, agreed: Fraction | None) -> Look:
    """What two windows of single days say: too little, recorded too differently, a difference past the rule, or none.

    The rule is met when the guarded rank test gives p < 0.05 and the difference is as large as it should be at least:
    of a rating, the medians differ by `agreed` points (1 for `None`); of a count, the rates a day differ by the part
    `agreed` of the first one (30 % for `None`) and by half an entry. Source: project default, tried by simulation
    (tests/bench/own_change.py).
    """
    now, then = later.side(counted=counted), earlier.side(counted=counted)
    day, reason, more = later.window.end, *_cannot(earlier, later)
    if reason:
        short = len(earlier.values) < LEAST_DAYS or len(later.values) < LEAST_DAYS
        verdict = Verdict.NOT_ENOUGH_RECORDED if short else Verdict.RECORDED_TOO_DIFFERENTLY
        return Look(day=day, verdict=verdict, reason=reason, would_change=more, now=now, then=then)
    before, after = earlier.value(counted=counted), later.value(counted=counted)
    least, difference = _least(before, counted=counted, agreed=agreed), after - before
    test = guarded_rank_test(earlier.values, later.values)
    direction = _direction(test, difference) if abs(difference) >= least else None
    return Look(
        day=day,
        verdict=Verdict.POSSIBLE_CHANGE if direction else Verdict.NO_CLEAR_CHANGE,
        direction=direction,
        would_change=() if direction else (_needed(difference, least, counted=counted),),
        now=now,
        then=then,
    )


def _direction(test: RankTest, difference: Fraction) -> Direction | None:
    """The direction of a difference that the ranks bear out on the same side."""
    higher = difference > 0
    if test.p_value >= ALPHA or not difference or higher != (test.share > 0.5):
        return None
    return Direction.HIGHER if higher else Direction.LOWER


def _least(before: Fraction, *, counted: bool, agreed: Fraction | None) -> Fraction:
    if not counted:
        return agreed or AGREED_POINTS
    return max((agreed or SHARE_OF_RATE) * before, A_DAY_APART)


def _needed(difference: Fraction, least: Fraction, *, counted: bool) -> str:
    unit = "a day" if counted else "point" if least == 1 else "points"
    if abs(difference) < least:
        return f"{print_number(least)} {unit} between the two, where it is {print_number(abs(difference))} now"
    return "more days that lie apart: the two windows overlap too much"


def _cannot(earlier: DaySample, later: DaySample) -> tuple[str | None, tuple[str, ...]]:
    """Why the two cannot be compared, and what would let them be; `None` when they can."""
    sides = {f"in the {later.window.days} days now": later, f"in the first {earlier.window.days} days": earlier}
    short = {name: LEAST_DAYS - len(each.values) for name, each in sides.items()}
    more = tuple(f"{days} more single day{'s' * (days > 1)} {name}" for name, days in short.items() if days > 0)
    if more:
        return f"{LEAST_DAYS} days recorded one by one are needed on both sides", more
    if abs(earlier.coverage - later.coverage) > FARTHEST_COVERAGE:
        told = " and ".join(f"{len(each.values)} of {each.window.days} days {name}" for name, each in sides.items())
        return f"recorded too differently to compare: {told}", ("about as many single days on both sides",)
    return None, ()


def _sample(records: CheckInRecords, measure: str, window: Window) -> DaySample:
    ordered = spans(records, window)
    value = VALUES[measure]
    kept = (held for held in kept_days(ordered, was_asked(measure)) if held.span.content.period_days == 1)
    return DaySample(
        window=window,
        values={day: value(held.span.content) or 0 for held in kept for day in held.days},
        left_blank=asked_at(ordered, measure).not_asked,
    )
