"""Rule R0 over the 28 days to 21 May 2026, at each of its edges: one below, at the line, one above."""

from core.analysis.warning_signs import read_sign
from core.model.check_in_parts import SignAnswer
from tests.builders import SIGN, thresholds
from tests.spec.spec import Reading, Records, Spec, case, day, row, withdrawn


def _sign(records: Records) -> Reading:
    reading = read_sign(SIGN, records, day("21 May"), thresholds())
    return {
        "state": reading.by_rule.value.replace("_", " "),
        "asked days": str(reading.asked_days),
        "check-ins": str(reading.asked_check_ins),
        "often": str(reading.count(SignAnswer.OFTEN)),
        "sometimes": str(reading.count(SignAnswer.SOMETIMES)),
        "rests on": ", ".join(entry.ref.label for entry in reading.evidence) or "nothing",
    }


def _reading(state: str, days: int, check_ins: int, often: int, sometimes: int, rests_on: str) -> dict[str, str]:
    return {
        "state": state,
        "asked_days": str(days),
        "check-ins": str(check_ins),
        "often": str(often),
        "sometimes": str(sometimes),
        "rests_on": rests_on,
    }


ENOUGH = Spec(
    "Enough to say something",
    "Fewer than 14 asked days, or fewer than 2 check-ins with an answer, are not enough recorded. Days without an "
    "answer and days with no occasion are not asked days.",
    _sign,
    (
        case(
            "13 asked days: one below",
            row("14 May", 7, sign="often"),
            row("21 May", 6, sign="often"),
            **_reading("insufficient", 13, 2, 2, 0, "c1, c2"),
        ),
        case(
            "14 asked days: at the line",
            row("14 May", 7, sign="often"),
            row("21 May", 7, sign="often"),
            **_reading("present", 14, 2, 2, 0, "c1, c2"),
        ),
        case(
            "15 asked days: one above",
            row("14 May", 8, sign="often"),
            row("21 May", 7, sign="often"),
            **_reading("present", 15, 2, 2, 0, "c1, c2"),
        ),
        case(
            "14 days in one check-in: one check-in below",
            row("21 May", 14, sign="often"),
            **_reading("insufficient", 14, 1, 1, 0, "c1"),
        ),
        case(
            "three check-ins: one above",
            row("21 May", 7, times=3, sign="not present"),
            **_reading("not seen", 21, 3, 0, 0, "c1, c2, c3"),
        ),
        case("nothing recorded", **_reading("insufficient", 0, 0, 0, 0, "nothing")),
        case(
            "not asked is not an answer",
            row("21 May", 7, times=4, anxiety=5),
            **_reading("insufficient", 0, 0, 0, 0, "nothing"),
        ),
        case(
            "no occasion is an answer, and no asked day",
            row("14 May", 7, times=3, sign="no occasion"),
            row("21 May", 7, sign="not present"),
            **_reading("insufficient", 7, 1, 0, 0, "c1, c2, c3, c4"),
        ),
        case(
            "no occasion twice, asked twice",
            row("7 May", 7, times=2, sign="no occasion"),
            row("21 May", 7, times=2, sign="sometimes"),
            **_reading("watch", 14, 2, 0, 2, "c1, c2, c3, c4"),
        ),
        withdrawn(
            case(
                "withdrawn check-ins count nowhere",
                row("21 May", 7, times=4, sign="often"),
                **_reading("insufficient", 0, 0, 0, 0, "nothing"),
            )
        ),
    ),
)

PRESENT = Spec(
    "Present",
    "“Often” at 2 or more check-ins and on at least half of the asked days.",
    _sign,
    (
        case(
            "often at one check-in: one below",
            row("14 May", 7, sign="not present"),
            row("21 May", 7, sign="often"),
            **_reading("watch", 14, 2, 1, 0, "c1, c2"),
        ),
        case(
            "often at two check-ins on half of the days: at the line",
            row("7 May", 7, times=2, sign="not present"),
            row("21 May", 7, times=2, sign="often"),
            **_reading("present", 28, 4, 2, 0, "c1, c2, c3, c4"),
        ),
        case(
            "often at three check-ins: one above",
            row("30 Apr", 7, sign="not present"),
            row("21 May", 7, times=3, sign="often"),
            **_reading("present", 28, 4, 3, 0, "c1, c2, c3, c4"),
        ),
        case(
            "often on 13 of 28 days: one day below half",
            row("8 May", 15, sign="not present"),
            row("15 May", 7, sign="often"),
            row("21 May", 6, sign="often"),
            **_reading("watch", 28, 3, 2, 0, "c1, c2, c3"),
        ),
        case(
            "often on 15 of 28 days: one day above half",
            row("6 May", 13, sign="not present"),
            row("14 May", 8, sign="often"),
            row("21 May", 7, sign="often"),
            **_reading("present", 28, 3, 2, 0, "c1, c2, c3"),
        ),
    ),
)

WATCH = Spec(
    "Watch and below it",
    "“Often” at least once, or “sometimes” or “often” at 2 or more check-ins and on at least half of the asked "
    "days. A lone “sometimes” stays below the line.",
    _sign,
    (
        case(
            "never seen",
            row("21 May", 7, times=4, sign="not present"),
            **_reading("not seen", 28, 4, 0, 0, "c1, c2, c3, c4"),
        ),
        case(
            "a lone sometimes: one check-in below",
            row("14 May", 7, times=3, sign="not present"),
            row("21 May", 7, sign="sometimes"),
            **_reading("not seen", 28, 4, 0, 1, "c1, c2, c3, c4"),
        ),
        case(
            "sometimes at one check-in on most of the days: still one check-in below",
            row("30 Apr", 7, sign="not present"),
            row("21 May", 21, sign="sometimes"),
            **_reading("not seen", 28, 2, 0, 1, "c1, c2"),
        ),
        case(
            "sometimes at two check-ins on half of the days: at the line",
            row("7 May", 7, times=2, sign="not present"),
            row("21 May", 7, times=2, sign="sometimes"),
            **_reading("watch", 28, 4, 0, 2, "c1, c2, c3, c4"),
        ),
        case(
            "sometimes on 13 of 28 days: one day below half",
            row("8 May", 15, sign="not present"),
            row("15 May", 7, sign="sometimes"),
            row("21 May", 6, sign="sometimes"),
            **_reading("not seen", 28, 3, 0, 2, "c1, c2, c3"),
        ),
        case(
            "sometimes on 15 of 28 days: one day above half",
            row("6 May", 13, sign="not present"),
            row("14 May", 8, sign="sometimes"),
            row("21 May", 7, sign="sometimes"),
            **_reading("watch", 28, 3, 0, 2, "c1, c2, c3"),
        ),
        case(
            "often on a single day",
            row("20 May", 7, times=3, sign="not present"),
            row("21 May", 1, sign="often"),
            **_reading("watch", 22, 4, 1, 0, "c1, c2, c3, c4"),
        ),
    ),
)

OVERLAPS = Spec(
    "Overlapping answers and the edge of the window",
    "Days follow the exposure rule. A check-in that keeps no day is not counted and is no part of the evidence.",
    _sign,
    (
        case(
            "a week that daily check-ins replace",
            row("14 May", 7, sign="not present"),
            row("21 May", 7, sign="often"),
            row("21 May", 1, times=7, sign="not present"),
            **_reading(
                "not seen",
                14,
                8,
                0,
                0,
                "c1, c3, c4, c5, c6, c7, c8, c9",
            ),
        ),
        case(
            "a week that keeps one of its days",
            row("14 May", 7, sign="not present"),
            row("21 May", 7, sign="often"),
            row("20 May", 1, times=6, sign="not present"),
            **_reading("watch", 14, 8, 1, 0, "c1, c3, c4, c5, c6, c7, c8, c2"),
        ),
        case(
            "a day with no occasion inside a week takes that day out",
            row("21 May", 7, times=2, sign="sometimes"),
            row("21 May", 1, sign="no occasion"),
            **_reading("insufficient", 13, 2, 0, 2, "c1, c2, c3"),
        ),
        case(
            "a check-in that ends the day before the window",
            row("23 Apr", 7, sign="often"),
            row("21 May", 7, times=2, sign="not present"),
            **_reading("not seen", 14, 2, 0, 0, "c2, c3"),
        ),
        case(
            "a check-in that ends on the first day of the window",
            row("24 Apr", 7, sign="often"),
            row("21 May", 7, times=2, sign="not present"),
            **_reading("watch", 15, 3, 1, 0, "c1, c2, c3"),
        ),
    ),
)

SPECS = (ENOUGH, PRESENT, WATCH, OVERLAPS)
