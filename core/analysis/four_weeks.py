"""One look at one measure: the last 28 days against the 28 days before them, or against the start level."""

from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from core.analysis.counts import count_units, different_coverage, dispersion, rate_interval
from core.analysis.exposure import CheckInRecords, spans
from core.analysis.method import Method
from core.analysis.rates import asked_at
from core.analysis.start_level import figure, settled_records, start_level
from core.model.days import Window, print_window
from core.model.findings import Direction, Parameter, Verdict
from core.model.numbers import print_number
from core.model.readings import Level, Rate
from core.model.series_findings import Look, Side

METHOD = "four_weeks"
LEAST_DAYS = 14
POINTS_APART = 2
TIMES_APART = 2
A_WEEK_APART = 2
PARAMETERS = (
    Parameter(name="observed days on both sides", value=LEAST_DAYS, source="project default"),
    Parameter(name="points apart (a rating)", value=POINTS_APART, source="project default, tried by simulation"),
    Parameter(name="times as many, or as few (a count)", value=TIMES_APART, source="project default"),
    Parameter(name="a week apart (a count)", value=A_WEEK_APART, source="project default"),
)


def look_before(records: CheckInRecords, measure: str, day: date, method: Method) -> Look:
    """The 28 days up to `day` beside the 28 days before those; `records` ended by `day`."""
    window = Window.ending(day, method.rate_rule.comparison_days)
    then = _figure(records, measure, window.before(window.days), method)
    return _look(records, _figure(records, measure, window, method), then, measure, then.asked.not_asked)


def look_start(records: CheckInRecords, measure: str, day: date, method: Method, moved_to: date | None) -> Look:
    """The 28 days up to `day` beside the start level, once the two share no day.

    A check-in that left the measure blank while the start level was being gathered counts as blank on its side.
    """
    window = Window.ending(day, method.rate_rule.comparison_days)
    then = start_level(records, measure, day, method=method, moved_to=moved_to)
    if then is None:
        reason = f"no start level yet: it takes {LEAST_DAYS} observed days"
        return _not_enough(day, reason, (f"{LEAST_DAYS} observed days for a start level",))
    if then.window.end >= window.start:
        reason = f"the start level ({print_window(then.window)}) and these {window.days} days share days"
        return _not_enough(day, reason, (f"{window.days} days of their own, after the start level",))
    known, begin = settled_records(records, day, rule=method.rate_rule, moved_to=moved_to)
    gathered_over = Window(min(begin, then.window.start), then.window.end)
    gathering = spans(known, gathered_over)
    now = _figure(records, measure, window, method)
    return _look(records, now, then, measure, asked_at(gathering, measure).not_asked)


def judge(now: Rate | Level, then: Rate | Level, now_side: Side, then_side: Side) -> Look:
    """What two windows say: too little, recorded too differently, a difference past the rule, or none.

    A rating differs by 2 points or more. A count is at least halved or doubled, and 2 a week apart or more, and the
    intervals of its two rates (on the sides) share no value. Source: project default, tried by simulation
    (tests/bench/own_change.py); intervals as in `core.analysis.counts`.
    """
    day, short = now.window.end, _short(now, then)
    if short:
        reason = f"{LEAST_DAYS} observed days are needed on both sides"
        return _not_enough(day, reason, short, now_side, then_side)
    different = different_coverage(now, then)
    if different:
        return Look(
            day=day,
            verdict=Verdict.RECORDED_TOO_DIFFERENTLY,
            now=now_side,
            then=then_side,
            reason=different,
            would_change=("about as many observed days on both sides",),
        )
    direction = _direction(now_side, then_side, counted=isinstance(now, Rate))
    return Look(
        day=day,
        verdict=Verdict.POSSIBLE_CHANGE if direction else Verdict.NO_CLEAR_CHANGE,
        direction=direction,
        now=now_side,
        then=then_side,
        would_change=() if direction else (_needed(now_side, then_side, counted=isinstance(now, Rate)),),
    )


def _look(records: CheckInRecords, now: Rate | Level, then: Rate | Level, measure: str, blank: int) -> Look:
    now_side, then_side = _side(now, now.asked.not_asked), _side(then, blank)
    if isinstance(now, Rate) and isinstance(then, Rate) and _far_apart(now_side, then_side):
        spread = dispersion(*(count_units(records, measure, each.window) for each in (now, then)))
        now_side = replace(now_side, interval=rate_interval(now, spread))
        then_side = replace(then_side, interval=rate_interval(then, spread))
    return judge(now, then, now_side, then_side)


def _figure(records: CheckInRecords, measure: str, window: Window, method: Method) -> Rate | Level:
    return figure(records, measure, window, kinds=method.kinds)


def _side(figure_of: Rate | Level, blank: int) -> Side:
    return Side(
        window=figure_of.window,
        value=figure_of.per_week if isinstance(figure_of, Rate) else figure_of.mean,
        observed_days=figure_of.observed_days,
        left_blank=blank,
    )


def _short(now: Rate | Level, then: Rate | Level) -> tuple[str, ...]:
    """How many observed days each side is short of, in words."""
    sides = {f"in the {now.window.days} days now": now, "in the days compared with": then}
    short = {name: LEAST_DAYS - each.observed_days for name, each in sides.items()}
    return tuple(f"{days} more observed day{'s' * (days > 1)} {name}" for name, days in short.items() if days > 0)


def _direction(now: Side, then: Side, *, counted: bool) -> Direction | None:
    if now.value is None or then.value is None:
        return None
    met = _counts_apart(now, then) if counted else abs(now.value - then.value) >= POINTS_APART
    if not met:
        return None
    return Direction.HIGHER if now.value > then.value else Direction.LOWER


def _far_apart(now: Side, then: Side) -> bool:
    """At least halved or doubled, and 2 a week apart."""
    if now.value is None or then.value is None:
        return False
    (top, bottom), (other_top, other_bottom) = now.value.as_integer_ratio(), then.value.as_integer_ratio()
    low, high = sorted((top * other_bottom, other_top * bottom))  # whole in units of 1 / (bottom * other_bottom)
    return high >= TIMES_APART * low and high - low >= A_WEEK_APART * bottom * other_bottom


def _counts_apart(now: Side, then: Side) -> bool:
    if now.interval is None or then.interval is None or not _far_apart(now, then):
        return False
    return not now.interval.overlaps(then.interval)


def _needed(now: Side, then: Side, *, counted: bool) -> str:
    if not counted:
        return f"{POINTS_APART} points between the two, where it is {_apart(now, then)} now"
    if _far_apart(now, then):
        return "intervals that share no value, from more days or a larger difference"
    return f"half or double the rate, and {A_WEEK_APART} a week between the two or more"


def _apart(now: Side, then: Side) -> str:
    return print_number(abs((now.value or Fraction(0)) - (then.value or Fraction(0))))


def _not_enough(
    day: date, reason: str, would_change: tuple[str, ...], now: Side | None = None, then: Side | None = None
) -> Look:
    return Look(
        day=day,
        verdict=Verdict.NOT_ENOUGH_RECORDED,
        now=now,
        then=then,
        reason=reason,
        would_change=would_change,
    )
