"""How much the values of one phase lie above those of the phase before it: all pairs compared, and the medians."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import median

from core.analysis.distributions import STANDARD_NORMAL
from core.analysis.exposure import CheckInRecords, counting
from core.analysis.points import Points, lasting_from, points_of
from core.analysis.ranks import rank_sum
from core.model.days import Window
from core.model.findings import Interval, Parameter, Status, Verdict
from core.model.series_findings import NO_CAUSE, Phase, PhaseComparison

METHOD = "non_overlap_of_all_pairs"
FEWEST = 5
ENOUGH_TO_LEAN_ON = 10
HALVINGS = 60
PARAMETERS = (
    Parameter(name="values in each phase", value=FEWEST, source="project default"),
    Parameter(name="values in each phase to lean on", value=ENOUGH_TO_LEAN_ON, source="project default"),
)
FEW = f"fewer than {ENOUGH_TO_LEAN_ON} values in a phase are little to lean on"
NO_OVERLAP = "no value of one phase reaches the other, so that the share can grow no further: see the medians"
BEFORE = "before"


@dataclass(frozen=True, kw_only=True)
class NonOverlap:
    """`share` of all pairs in which the later value is higher, ties half, with its interval."""

    share: Fraction
    interval: Interval
    lasting: float


def phase_comparisons(
    records: CheckInRecords, measure: str, phases: Sequence[Phase], until: date
) -> tuple[PhaseComparison, ...]:
    """Each phase up to `until` beside the one before it; what lies before the first one is a phase as well.

    One check-in is one value. A check-in whose days lie in two phases speaks of both and has no part.
    """
    ordered = sorted((phase for phase in phases if phase.day <= until), key=lambda phase: (phase.day, phase.words))
    if not ordered:
        return ()
    known = counting(records).ended_by(until)
    first = until if known.first is None else date.fromordinal(known.first)
    stretches = [] if first >= ordered[0].day else [Phase(day=first, words=BEFORE)]
    stretches += ordered
    ends = [phase.day - timedelta(days=1) for phase in stretches[1:]] + [until]
    named = [(phase.words, _points(known, measure, phase.day, end)) for phase, end in zip(stretches, ends, strict=True)]
    return tuple(_compare(earlier, later) for earlier, later in pairwise(named))


def non_overlap(earlier: Points, later: Points, *, level: float = 0.95) -> NonOverlap:
    """The share with the interval of all shares that a score test would not refuse; both phases need a value.

    The variance of a share s with m and n values is s (1 - s) (1 + h (1 - s) / (2 - s) + h s / (1 + s)) / (m n) with
    h = (m + n) / 2 - 1, times (1 + r) / (1 - r) with r the carry-over from value to value within the phases.
    Source: Parker & Vannest 2009, doi:10.1016/j.beth.2008.10.006; the interval is Newcombe's fifth method (2006,
    doi:10.1002/sim.2324); both cited from memory. The factor for carry-over is a project default.
    """
    m, n = len(earlier.values), len(later.values)
    first, second = _same_scale(earlier, later)
    share = Fraction(rank_sum(first, second)[0]) / (m * n)
    lasting = lasting_from([(part, _deviations(part)) for part in (earlier, later)], lowest=0.0)
    reach = STANDARD_NORMAL.inv_cdf((1 + level) / 2) ** 2 * (1 + lasting) / (1 - lasting)
    h = (m + n) / 2 - 1

    def held(value: float) -> bool:
        shape = 1 + h * (1 - value) / (2 - value) + h * value / (1 + value)
        return (float(share) - value) ** 2 <= reach * value * (1 - value) * shape / (m * n)

    low, high = _edge(held, float(share), 0.0), _edge(held, float(share), 1.0)
    return NonOverlap(share=share, interval=Interval(low=low, high=high, level=level), lasting=lasting)


def _edge(held: Callable[[float], bool], inside: float, outside: float) -> float:
    """Where `held` ends on the way from `inside` to `outside`, by halving; `outside` itself where it lasts so far."""
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if held(middle) else (inside, middle)
    return outside


def _points(known: CheckInRecords, measure: str, start: date, end: date) -> Points:
    if end < start:
        return Points(measure=measure, days=(), values=())
    return points_of(known, measure, Window(start, end), whole_periods=True)


def _same_scale(earlier: Points, later: Points) -> tuple[list[int], list[int]]:
    return [value * later.scale for value in earlier.values], [value * earlier.scale for value in later.values]


def _deviations(points: Points) -> list[float]:
    mean = sum(points.values) / len(points.values)
    return [(value - mean) / points.scale for value in points.values]


def _compare(earlier: tuple[str, Points], later: tuple[str, Points]) -> PhaseComparison:
    (earlier_words, before), (later_words, after) = earlier, later
    sizes = len(before.values), len(after.values)
    enough = min(sizes) >= FEWEST
    found = non_overlap(before, after) if enough else None
    days = [*before.days, *after.days]
    return PhaseComparison(
        method=METHOD,
        measure=before.measure,
        earlier=earlier_words,
        later=later_words,
        earlier_values=sizes[0],
        later_values=sizes[1],
        status=Status.OK if enough else Status.CANNOT_JUDGE,
        verdict=Verdict.DESCRIBED if enough else Verdict.NOT_ENOUGH_RECORDED,
        estimate=float(found.share) if found else None,
        interval=found.interval if found else None,
        used=sum(sizes),
        missing=before.left_blank + after.left_blank,
        span_days=max(days) - min(days) + 1 if days else 0,
        parameters=PARAMETERS,
        cautions=_cautions(found.share, sizes) if found else (),
        would_change=tuple(
            _more(name, size) for name, size in zip((earlier_words, later_words), sizes, strict=True) if size < FEWEST
        )
        or ("more check-ins in either phase",),
        reason=None if enough else f"{FEWEST} check-ins in each phase are needed",
        difference=_middle(after) - _middle(before) if enough else None,
    )


def _cautions(share: Fraction, sizes: tuple[int, int]) -> tuple[str, ...]:
    cautions = [NO_CAUSE]
    if min(sizes) < ENOUGH_TO_LEAN_ON:
        cautions.append(FEW)
    if share in (0, 1):
        cautions.append(NO_OVERLAP)
    return tuple(cautions)


def _more(words: str, size: int) -> str:
    missing = FEWEST - size
    return f"{missing} more check-in{'s' * (missing > 1)} in “{words}”"


def _middle(points: Points) -> Fraction:
    return Fraction(median(points.values)) / points.scale
