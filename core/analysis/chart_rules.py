"""Where a chart of one client's values asks to be looked at: points outside the limits, and long runs on one side."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

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


def signals_of(points: Sequence[ChartPoint], centre: Fraction, *, trend: int | None = None) -> tuple[Signal, ...]:
    """The signals, oldest first; a gap breaks every run, and a point on the centre breaks a shift.

    With `trend`, that many points that rise or fall without a pause are a signal as well; not on whole or half numbers,
    where ties make the rule empty. Source: outside and shift after Shewhart and Western Electric (from memory); the
    trend rule is off unless asked for, after Anhoj & Olesen 2014, doi:10.1371/journal.pone.0113825.
    """
    found = [*_outside(points)]
    for run in _runs(points):
        found += _shifts(run, centre)
        if trend and not whole_or_half(run):
            found += _trends(run, trend)
    return tuple(sorted(found, key=lambda signal: (signal.days[0].start, signal.kind, signal.days[-1].end)))


def whole_or_half(points: Sequence[ChartPoint]) -> bool:
    """Whether all values are whole numbers or halves: ratings and their medians."""
    return all(point.value is None or point.value.denominator <= 2 for point in points)


def _outside(points: Sequence[ChartPoint]) -> Iterator[Signal]:
    for point in points:
        if point.value is None:
            continue
        top, bottom = point.value.as_integer_ratio()
        value = top / bottom
        if point.high is not None and value > point.high + CLOSE:
            yield Signal(kind=SignalKind.OUTSIDE, side=Direction.HIGHER, days=(point.days,))
        if point.low is not None and value < point.low - CLOSE:
            yield Signal(kind=SignalKind.OUTSIDE, side=Direction.LOWER, days=(point.days,))


def _runs(points: Sequence[ChartPoint]) -> Iterator[list[ChartPoint]]:
    """The points between gaps."""
    run: list[ChartPoint] = []
    for point in points:
        if point.value is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _shifts(run: Sequence[ChartPoint], centre: Fraction) -> Iterator[Signal]:
    middle, parts = centre.as_integer_ratio()  # whole numbers, since fractions are slow to compare
    known = [point.value.as_integer_ratio() for point in run if point.value is not None]
    for side, same in _together(run, [_sign(top * parts - middle * bottom) for top, bottom in known]):
        if len(same) >= SHIFT:
            yield Signal(kind=SignalKind.SHIFT, side=side, days=tuple(point.days for point in same))


def _trends(run: Sequence[ChartPoint], length: int) -> Iterator[Signal]:
    steps = [_sign((later.value or Fraction(0)) - (point.value or Fraction(0))) for point, later in pairwise(run)]
    for side, same in _together(run[1:], steps):
        if len(same) >= length - 1:
            at = run.index(same[0])
            yield Signal(kind=SignalKind.TREND, side=side, days=tuple(point.days for point in [run[at - 1], *same]))


def _together(points: Sequence[ChartPoint], signs: Sequence[int]) -> Iterator[tuple[Direction, list[ChartPoint]]]:
    """Neighbours of the same sign; those of sign 0 belong to none."""
    same: list[ChartPoint] = []
    for place, (point, sign) in enumerate(zip(points, signs, strict=True)):
        if same and sign != signs[place - 1]:
            yield _side(signs[place - 1]), same
            same = []
        if sign:
            same.append(point)
    if same:
        yield _side(signs[-1]), same


def _sign(value: Fraction | int) -> int:
    return (value > 0) - (value < 0)


def _side(sign: int) -> Direction:
    return Direction.HIGHER if sign > 0 else Direction.LOWER
