"""Counts of two four-week windows in, what is compatible with them out: 27 March to 23 April, 24 April to 21 May."""

from core.analysis.counts import compare_rates, count_units, describe_rate, dispersion
from core.analysis.rates import rate
from core.model.days import Window
from core.model.findings import Interval
from core.model.measures import REASSURANCE
from core.model.readings import Rate
from tests.spec.spec import KINDS, Reading, Records, Row, Spec, case, day, row

EARLIER = Window(day("27 Mar"), day("23 Apr"))
LATER = Window(day("24 Apr"), day("21 May"))


def _rate(records: Records, window: Window) -> Rate:
    return rate(records, REASSURANCE, window, kinds=len(KINDS))


def _interval(records: Records) -> Reading:
    found = describe_rate(_rate(records, LATER), dispersion(count_units(records, REASSURANCE, LATER)))
    return {
        "per week": "none" if found.estimate is None else f"{found.estimate:.2f}",
        "compatible": _ends(found.interval),
        "bursts": f"{found.dispersion.factor:.2f}" if found.dispersion.known else "not known",
    }


def _ratio(records: Records) -> Reading:
    units = [count_units(records, REASSURANCE, window) for window in (EARLIER, LATER)]
    found = compare_rates(_rate(records, LATER), _rate(records, EARLIER), dispersion(*units))
    return {
        "verdict": str(found.verdict).replace("_", " "),
        "direction": str(found.direction or "none"),
        "ratio": "none" if found.estimate is None else f"{found.estimate:.2f}",
        "compatible": _ends(found.interval),
    }


def _ends(interval: Interval | None) -> str:
    return "none" if interval is None else f"{interval.low:.2f} to {interval.high:.2f}"


def weeks(later: tuple[int, ...], earlier: tuple[int, ...]) -> list[Row]:
    """One check-in a week with these counts, the last weeks of each window."""
    ends = ("23 Apr", "16 Apr", "9 Apr", "2 Apr"), ("21 May", "14 May", "7 May", "30 Apr")
    return [
        row(end, 7, reassurance=count)
        for days, counts in zip(ends, (earlier, later), strict=True)
        for end, count in zip(reversed(days[: len(counts)]), counts, strict=True)
    ]


INTERVALS = Spec(
    "How far a rate is known",
    "Exact Poisson limits at 95 % (Garwood 1936), per week. From 8 records or weeks on the limits are widened by how "
    "unevenly the counts fell; under 8 the figure carries the remark that bursts are not known.",
    _interval,
    (
        case(
            "0 in 6 observed days: no figure per week",
            row("21 May", 6, reassurance=0),
            per_week="none", compatible="none", bursts="not known",
        ),
        case(
            "0 in 7 observed days still allows 3.69 a week",
            row("21 May", 7, reassurance=0),
            per_week="0.00", compatible="0.00 to 3.69", bursts="not known",
        ),
        case(
            "0 in 14 observed days still allows half of that",
            row("21 May", 7, times=2, reassurance=0),
            per_week="0.00", compatible="0.00 to 1.84", bursts="not known",
        ),
        case(
            "10 in 7 observed days",
            row("21 May", 7, reassurance=10),
            per_week="10.00", compatible="4.80 to 18.39", bursts="not known",
        ),
        case(
            "7 daily records: bursts are not known",
            row("21 May", 1, reassurance=4),
            row("20 May", 1, times=6, reassurance=0),
            per_week="4.00", compatible="1.09 to 10.24", bursts="not known",
        ),
        case(
            "8 daily records, evenly: not widened",
            row("21 May", 1, times=8, reassurance=1),
            per_week="7.00", compatible="3.02 to 13.79", bursts="1.00",
        ),
        case(
            "8 daily records, all on one day: widened",
            row("21 May", 1, reassurance=8),
            row("20 May", 1, times=7, reassurance=0),
            per_week="7.00", compatible="0.18 to 39.00", bursts="8.00",
        ),
        case(
            "four weekly records, however uneven: not known",
            row("30 Apr", 7, reassurance=28),
            row("21 May", 7, times=3, reassurance=0),
            per_week="7.00", compatible="4.65 to 10.12", bursts="not known",
        ),
    ),
)  # fmt: skip

RATIOS = Spec(
    "Two periods by the exact conditional method",
    "The rate of the later 28 days as a multiple of the earlier. One look, so at most a possible change. Needs 7 "
    "observed days on both sides and 6 events in all; observed shares that differ by more than 30 points forbid it.",
    _ratio,
    (
        case(
            "5 events in all: too few",
            *weeks((5, 0, 0, 0), (0, 0, 0, 0)),
            verdict="not enough recorded", direction="none", ratio="none", compatible="none",
        ),
        case(
            "6 to 0: at the edge",
            *weeks((2, 2, 1, 1), (0, 0, 0, 0)),
            verdict="possible change", direction="higher", ratio="none", compatible="1.18 to inf",
        ),
        case(
            "6 to 1: one event more on the other side",
            *weeks((2, 2, 1, 1), (1, 0, 0, 0)),
            verdict="no clear change", direction="none", ratio="6.00", compatible="0.73 to 275.99",
        ),
        case(
            "0 to 6, the other way",
            *weeks((0, 0, 0, 0), (2, 2, 1, 1)),
            verdict="possible change", direction="lower", ratio="0.00", compatible="0.00 to 0.85",
        ),
        case(
            "6 observed days on one side",
            row("23 Apr", 6, reassurance=9),
            row("21 May", 7, reassurance=9),
            verdict="not enough recorded", direction="none", ratio="none", compatible="none",
        ),
        case(
            "7 observed days on both sides",
            row("23 Apr", 7, reassurance=9),
            row("21 May", 7, reassurance=9),
            verdict="no clear change", direction="none", ratio="1.00", compatible="0.35 to 2.84",
        ),
        case(
            "28 and 20 days observed: 29 points apart",
            row("23 Apr", 7, times=4, reassurance=7),
            row("21 May", 20, reassurance=20),
            verdict="no clear change", direction="none", ratio="1.00", compatible="0.53 to 1.84",
        ),
        case(
            "28 and 19 days observed: 32 points apart",
            row("23 Apr", 7, times=4, reassurance=7),
            row("21 May", 19, reassurance=1),
            verdict="recorded too differently", direction="none", ratio="none", compatible="none",
        ),
        case(
            "eight even weeks: not widened",
            *weeks((2, 2, 2, 2), (5, 5, 5, 5)),
            verdict="possible change", direction="lower", ratio="0.40", compatible="0.15 to 0.95",
        ),
        case(
            "the same counts in bursts: widened, and no direction",
            *weeks((8, 0, 0, 0), (20, 0, 0, 0)),
            verdict="no clear change", direction="none", ratio="0.40", compatible="0.00 to 18.52",
        ),
    ),
)  # fmt: skip

SPECS = (INTERVALS, RATIOS)
