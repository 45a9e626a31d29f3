"""Counts and ratings over the 28 days from 24 April to 21 May 2026."""

from core.analysis.rates import level, rate
from core.model.days import Window
from core.model.measures import DISTORTIONS, REASSURANCE
from core.model.readings import Rate
from tests.spec.spec import KINDS, Reading, Records, Spec, case, day, exact, row, withdrawn, yes

WINDOW = Window(day("24 Apr"), day("21 May"))


def _reassurance(records: Records) -> Reading:
    return _figures(rate(records, REASSURANCE, WINDOW, kinds=len(KINDS)))


def _distortions(records: Records) -> Reading:
    return _figures(rate(records, DISTORTIONS, WINDOW, kinds=len(KINDS)))


def _figures(found: Rate) -> Reading:
    return {
        "count": exact(found.count),
        "observed days": str(found.observed_days),
        "per week": exact(found.per_week),
        "asked": f"{found.asked.asked} of {found.asked.check_ins}",
        "known": yes(about=found.about, at_least=found.at_least, partial=found.partial),
    }


def _anxiety(records: Records) -> Reading:
    found = level(records, WINDOW)
    return {
        "mean": exact(found.mean),
        "peak": "none" if found.peak is None else str(found.peak),
        "observed days": str(found.observed_days),
        "asked": f"{found.asked.asked} of {found.asked.check_ins}",
    }


BLANK_AND_ZERO = Spec(
    "Blank, zero and no record",
    "How often reassurance was asked for. A blank is not asked and its days are left out; a zero is an answer.",
    _reassurance,
    (
        case(
            "four weeks, all answered",
            row("21 May", 7, times=4, reassurance=3),
            count="12", observed_days="28", per_week="3", asked="4 of 4", known="exact",
        ),
        case(
            "a blank week leaves its days out",
            row("14 May", 7, times=3, reassurance=3),
            row("21 May", 7, anxiety=4),
            count="9", observed_days="21", per_week="3", asked="3 of 4", known="exact",
        ),
        case(
            "a zero week keeps its days in",
            row("14 May", 7, times=3, reassurance=3),
            row("21 May", 7, reassurance=0),
            count="9", observed_days="28", per_week="2 + 1/4", asked="4 of 4", known="exact",
        ),
        case(
            "only zeros",
            row("21 May", 7, times=4, reassurance=0),
            count="0", observed_days="28", per_week="0", asked="4 of 4", known="exact",
        ),
        case(
            "only blanks: no figure",
            row("21 May", 7, times=4, anxiety=4),
            count="0", observed_days="0", per_week="none", asked="0 of 4", known="exact",
        ),
        case(
            "no check-in at all: no figure",
            count="0", observed_days="0", per_week="none", asked="0 of 0", known="exact",
        ),
        withdrawn(
            case(
            "withdrawn check-ins count nowhere",
            row("21 May", 7, times=4, reassurance=3),
            count="0", observed_days="0", per_week="none", asked="0 of 0", known="exact",
        )
        ),
    ),
)  # fmt: skip

EXPOSURE = Spec(
    "Periods of different length",
    "A count is spread evenly over its period. Where periods overlap the shortest one counts, and of two equally "
    "long ones the one recorded last (further down in the table).",
    _reassurance,
    (
        case(
            "one-day and seven-day check-ins with the same rate: daily",
            row("21 May", 1, times=28, reassurance=1),
            count="28", observed_days="28", per_week="7", asked="28 of 28", known="exact",
        ),
        case(
            "one-day and seven-day check-ins with the same rate: weekly",
            row("21 May", 7, times=4, reassurance=7),
            count="28", observed_days="28", per_week="7", asked="4 of 4", known="exact",
        ),
        case(
            "half daily, half weekly, the same rate",
            row("7 May", 7, times=2, reassurance=7),
            row("21 May", 1, times=14, reassurance=1),
            count="28", observed_days="28", per_week="7", asked="16 of 16", known="exact",
        ),
        case(
            "a day inside a week takes the shorter check-in",
            row("21 May", 7, reassurance=14),
            row("18 May", 1, reassurance=5),
            count="17", observed_days="7", per_week="17", asked="2 of 2", known="exact",
        ),
        case(
            "which of the two was recorded first makes no difference",
            row("18 May", 1, reassurance=5),
            row("21 May", 7, reassurance=14),
            count="17", observed_days="7", per_week="17", asked="2 of 2", known="exact",
        ),
        case(
            "a shorter check-in that did not ask hides nothing",
            row("21 May", 7, reassurance=14),
            row("18 May", 1, anxiety=5),
            count="14", observed_days="7", per_week="14", asked="1 of 2", known="exact",
        ),
        case(
            "equally long and overlapping: the one recorded last",
            row("21 May", 7, reassurance=14),
            row("18 May", 7, reassurance=0),
            count="6", observed_days="10", per_week="4 + 1/5", asked="2 of 2", known="exact",
        ),
        case(
            "the same days twice: the one recorded last",
            row("21 May", 7, reassurance=14),
            row("21 May", 7, reassurance=7),
            count="7", observed_days="7", per_week="7", asked="2 of 2", known="exact",
        ),
        case(
            "only the days inside the window count",
            row("26 Apr", 7, reassurance=14),
            count="6", observed_days="3", per_week="none", asked="1 of 1", known="exact",
        ),
        case(
            "a count that does not divide evenly stays exact",
            row("25 Apr", 7, reassurance=10),
            row("21 May", 7, reassurance=1),
            count="3 + 6/7", observed_days="9", per_week="3", asked="2 of 2", known="exact",
        ),
    ),
)  # fmt: skip

FEW_DAYS = Spec(
    "Few observed days",
    "Under seven observed days there is a count and no figure per week.",
    _reassurance,
    (
        case(
            "a week with two observed days",
            row("19 May", 1, reassurance=1),
            row("21 May", 1, reassurance=3),
            count="4", observed_days="2", per_week="none", asked="2 of 2", known="exact",
        ),
        case(
            "six observed days: one below the line",
            row("21 May", 6, reassurance=6),
            count="6", observed_days="6", per_week="none", asked="1 of 1", known="exact",
        ),
        case(
            "seven observed days: at the line",
            row("21 May", 7, reassurance=6),
            count="6", observed_days="7", per_week="6", asked="1 of 1", known="exact",
        ),
        case(
            "eight observed days: one above",
            row("21 May", 8, reassurance=8),
            count="8", observed_days="8", per_week="7", asked="1 of 1", known="exact",
        ),
    ),
)  # fmt: skip

HOW_WELL_KNOWN = Spec(
    "About and at least",
    "How a count is known stays with every figure that rests on it, and with no other.",
    _reassurance,
    (
        case(
            "about",
            row("14 May", 7, reassurance=3),
            row("21 May", 7, reassurance="about 12"),
            count="15", observed_days="14", per_week="7 + 1/2", asked="2 of 2", known="about",
        ),
        case(
            "about and at least",
            row("14 May", 7, reassurance="at least 3"),
            row("21 May", 7, reassurance="about 12"),
            count="15", observed_days="14", per_week="7 + 1/2", asked="2 of 2", known="about, at least",
        ),
        case(
            "an estimate that keeps no day leaves no trace",
            row("21 May", 1, times=7, reassurance=1),
            row("21 May", 7, reassurance="at least 30"),
            count="7", observed_days="7", per_week="7", asked="8 of 8", known="exact",
        ),
    ),
)  # fmt: skip

PARTIAL_KINDS = Spec(
    "Distortions by kind",
    "The total is what was not sorted plus the kinds. Without a total, and with only some of the five kinds asked, "
    "the sum is partial.",
    _distortions,
    (
        case(
            "a total alone",
            row("21 May", 7, unsorted=14),
            count="14", observed_days="7", per_week="14", asked="1 of 1", known="exact",
        ),
        case(
            "all five kinds",
            row("21 May", 7, kinds="3 2 0 1 1"),
            count="7", observed_days="7", per_week="7", asked="1 of 1", known="exact",
        ),
        case(
            "three of five kinds and no total",
            row("21 May", 7, kinds="3 2 - 1 -"),
            count="6", observed_days="7", per_week="6", asked="1 of 1", known="partial",
        ),
        case(
            "three of five kinds and a total of 9",
            row("21 May", 7, kinds="3 2 - 1 -", unsorted=3),
            count="9", observed_days="7", per_week="9", asked="1 of 1", known="exact",
        ),
        case(
            "one partial week makes the figure partial",
            row("14 May", 7, unsorted=14),
            row("21 May", 7, kinds="0 - - - -"),
            count="14", observed_days="14", per_week="7", asked="2 of 2", known="partial",
        ),
    ),
)  # fmt: skip

LEVELS = Spec(
    "Anxiety: mean and peak",
    "The average is weighted by days; the peak is the highest one recorded. Each has its own blanks.",
    _anxiety,
    (
        case(
            "a week weighs seven times a day",
            row("14 May", 7, anxiety=4, peak=6),
            row("15 May", 1, anxiety=8, peak=9),
            mean="4 + 1/2", peak="9", observed_days="8", asked="2 of 2",
        ),
        case(
            "zero is a rating",
            row("21 May", 7, times=2, anxiety=0, peak=0),
            mean="0", peak="0", observed_days="14", asked="2 of 2",
        ),
        case(
            "a peak without an average",
            row("21 May", 7, peak=8),
            mean="none", peak="8", observed_days="0", asked="0 of 1",
        ),
        case(
            "an average without a peak",
            row("21 May", 7, anxiety=5),
            mean="5", peak="none", observed_days="7", asked="1 of 1",
        ),
        case(
            "daily check-ins replace the week that covers the same days",
            row("21 May", 7, anxiety=9, peak=10),
            row("21 May", 1, times=7, anxiety=3, peak=4),
            mean="3", peak="4", observed_days="7", asked="8 of 8",
        ),
    ),
)  # fmt: skip

SPECS = (BLANK_AND_ZERO, EXPOSURE, FEW_DAYS, HOW_WELL_KNOWN, PARTIAL_KINDS, LEVELS)
