"""What is found in one client's own series: looks at reviews, slopes, phases side by side, charts to look at."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from core.model.days import Window
from core.model.findings import Direction, Finding, Interval, Verdict

NO_CAUSE = "Before and after set side by side do not show what brought a difference about."


class Against(StrEnum):
    """What the latest days are compared with."""

    BEFORE = "before"
    START = "start"
    FIRST_DAYS = "first_days"


class Side(Struct, frozen=True, kw_only=True):
    """One of the two windows of a comparison.

    Over 28 days `value` is the mean of a rating, or a count a week; of single days it is the median of a rating, or
    a count a day; `None` where there is too little. It rests on `observed_days`. `left_blank` says at how many
    check-ins that touch the window the measure was not asked. Counts have an interval once they lie far apart.
    """

    window: Window
    value: Fraction | None
    observed_days: int
    left_blank: int
    interval: Interval | None = None


class Look(Struct, frozen=True, kw_only=True):
    """What a rule found on one review day; `verdict` is never `RELIABLE_CHANGE`, which needs two looks."""

    day: date
    verdict: Verdict
    direction: Direction | None = None
    now: Side | None = None
    then: Side | None = None
    reason: str | None = None
    would_change: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.verdict is Verdict.RELIABLE_CHANGE:
            raise ValueError("one look alone is never a reliable change")
        if (self.direction is not None) != (self.verdict is Verdict.POSSIBLE_CHANGE):
            raise ValueError("a look has a direction when the rule was met, and only then")


class OwnChange(Finding, frozen=True, kw_only=True):
    """One measure of one client compared with itself at planned reviews.

    `estimate` is now less then, in the measure's unit (points, or times a week; times a day for single days).
    `looks` are the latest review and the one before it, newest first; `reviews` counts all up to now. A change is
    reliable when both looks met the rule in the same direction and no check-in of their days left the measure blank.
    """

    measure: str
    against: Against
    looks: tuple[Look, ...]
    reviews: int
    next_review: date | None

    @property
    def look(self) -> Look | None:
        """The latest look; `None` before the first review."""
        return self.looks[0] if self.looks else None


class Slope(Finding, frozen=True, kw_only=True):
    """The middle slope of a series on its real days; `estimate` and `interval` are per week.

    `level_at_start` is where the line begins, on `first_day`. `lasting` is the share of one step's deviation that is
    taken to carry over to the next. `at_lowest` and `at_highest` are the shares of values at an end of the scale.
    """

    measure: str
    first_day: date | None = None
    level_at_start: float | None = None
    p_value: float | None = None
    lasting: float | None = None
    at_lowest: Fraction | None = None
    at_highest: Fraction | None = None


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A stretch that begins on `day`, named by the therapist; it lasts until the next one begins."""

    day: date
    words: str


class PhaseComparison(Finding, frozen=True, kw_only=True):
    """How far the values of one phase lie above those of the phase before it.

    `estimate` is the share of all pairs in which the later value is higher, ties counted half: 0.5 where neither lies
    above. It says how much the phases overlap, and nothing about a change or a cause. `difference` is later median
    less earlier median, in the measure's unit.
    """

    measure: str
    earlier: str
    later: str
    earlier_values: int
    later_values: int
    difference: Fraction | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse_change(self)


class SignalKind(StrEnum):
    """Why a chart points at something."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"


class Signal(Struct, frozen=True, kw_only=True):
    """A place to look at: the days of the points concerned, and on which side of the centre they lie."""

    kind: SignalKind
    side: Direction
    days: tuple[Window, ...]


class ChartPoint(Struct, frozen=True, kw_only=True):
    """One point; `value` is `None` in a gap. Limits are those of this point, `None` where there are none."""

    days: Window
    value: Fraction | None
    low: float | None = None
    high: float | None = None


class ControlChart(Finding, frozen=True, kw_only=True):
    """A chart that says where to look and never that something changed.

    `estimate` is the centre of the baseline, which `baseline` spans; both are `None` while there are too few points,
    and `points` can be drawn all the same.
    """

    measure: str
    points: tuple[ChartPoint, ...]
    baseline: Window | None = None
    signals: tuple[Signal, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse_change(self)


def _refuse_change(finding: Finding) -> None:
    judged = finding.verdict not in (Verdict.DESCRIBED, Verdict.NOT_ENOUGH_RECORDED)
    if judged or finding.direction is not None:
        raise ValueError(f"{finding.method} describes, and never says that something changed")
