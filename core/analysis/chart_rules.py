"""Where a chart of one client's values asks to be looked at: points outside the limits, and long runs on one side."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby, pairwise

from msgspec import Struct

from core.model.days import Window
from core.model.findings import Direction, Parameter
from core.model.series_findings import ChartPoint, Signal, SignalKind

SHIFT = 8
BASELINE_POINTS = 12
TRIAL_BELOW = 20
CLOSE = 1e-9

LOOK_HERE = "a mark says where to look; it does not say that anything changed"
TRIAL = f"limits from fewer than {TRIAL_BELOW} points are on trial"
PARAMETERS = (
    Parameter(name="points of the baseline", value=BASELINE_POINTS, source="project default; sources differ, 5 to 30"),
    Parameter(name="points on one side of the centre", value=SHIFT, source="Western Electric 1956 (from memory)"),
)


class Placed(Struct, frozen=True):
    """A value with its limits: on which side it lies outside of them, and on which side of the centre.

    A gap has no value, and lies on no side.
    """

    value: Fraction | None
    low: float | None = None
    high: float | None = None
    outside: Direction | None = None
    side: Direction | None = None


def placed(value: Fraction, centre: Fraction, limits: tuple[float, float]) -> Placed:
    """Where `value` lies; on a limit it is inside, on the centre on no side."""
    (low, high), (top, bottom), (centre_top, centre_bottom) = (
        limits,
        value.as_integer_ratio(),
        centre.as_integer_ratio(),
    )
    number = top / bottom
    outside = Direction.HIGHER if number > high + CLOSE else Direction.LOWER if number < low - CLOSE else None
    return Placed(value, low, high, outside, _side(top * centre_bottom - centre_top * bottom))


def drawn(days: Sequence[Window], values: Sequence[Placed]) -> tuple[ChartPoint, ...]:
    """The points of the values on some days."""
    return tuple(
        [
            ChartPoint(days=at, value=each.value, low=each.low, high=each.high)
            for at, each in zip(days, values, strict=True)
        ]
    )


def signals_of(
    days: Sequence[Window],
    values: Sequence[Placed],
    *,
    after_gaps: Collection[int] = (),
    trend: int | None = None,
) -> tuple[Signal, ...]:
    """The signals of the values on some days, oldest first.

    A gap breaks every run, also one of days without a value, before the places `after_gaps`; a value on the centre
    breaks a shift. With `trend`, that many values that rise or fall without a pause are a signal as well; not on whole
    or half numbers, where ties make the rule empty. Source: outside and shift after Shewhart and Western Electric (from
    memory); the trend rule is off unless asked for, after Anhoj & Olesen 2014, doi:10.1371/journal.pone.0113825.
    """
    found = [
        Signal(kind=SignalKind.OUTSIDE, side=each.outside, days=(at,))
        for at, each in zip(days, values, strict=True)
        if each.outside
    ]
    for side, begin, end in _runs([each.side for each in values], after_gaps):
        if end - begin >= SHIFT:
            found.append(Signal(kind=SignalKind.SHIFT, side=side, days=tuple(days[begin:end])))
    if trend:
        found += _trends(days, values, trend)
    return tuple(sorted(found, key=lambda signal: (signal.days[0].start, signal.kind, signal.days[-1].end)))


def whole_or_half(values: Iterable[Fraction]) -> bool:
    """Whether all values are whole numbers or halves: ratings and their medians."""
    return all(value.denominator <= 2 for value in values)


def _trends(days: Sequence[Window], values: Sequence[Placed], length: int) -> Iterator[Signal]:
    for _, unbroken in groupby(zip(days, values, strict=True), key=lambda pair: pair[1].value is None):
        known = [(at, each.value) for at, each in unbroken if each.value is not None]
        if whole_or_half(value for _, value in known):
            continue
        steps = [_side(later - earlier) for (_, earlier), (_, later) in pairwise(known)]
        for side, begin, end in _runs(steps):
            if end - begin >= length - 1:
                yield Signal(kind=SignalKind.TREND, side=side, days=tuple(at for at, _ in known[begin : end + 1]))


def _runs(sides: Sequence[Direction | None], after_gaps: Collection[int] = ()) -> Iterator[tuple[Direction, int, int]]:
    """The places, first and after last, of neighbours on the same side; what is on none belongs to no run."""
    before, begin = None, 0
    for place, side in enumerate((*sides, None)):
        if side is not before or place in after_gaps:
            if before:
                yield before, begin, place
            before, begin = side, place


def _side(distance: Fraction | int) -> Direction | None:
    if not distance:
        return None
    return Direction.HIGHER if distance > 0 else Direction.LOWER
