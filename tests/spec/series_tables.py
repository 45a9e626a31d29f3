"""A client's own series as of 21 May 2026, a review day in every table: what is said and what would change it."""

from core.analysis.own_change import own_changes
from core.analysis.points import points_of
from core.analysis.trend import trend
from core.model.days import Window
from core.model.measures import ANXIETY, REASSURANCE
from core.model.series_findings import Against, OwnChange
from tests.builders import method
from tests.spec.spec import Reading, Records, Row, Spec, case, day, row

TODAY = day("21 May")
WEEKS = ("26 Mar", "2 Apr", "9 Apr", "16 Apr", "23 Apr", "30 Apr", "7 May", "14 May", "21 May")
LONGER = ("12 Mar", "19 Mar", *WEEKS)


def _before(records: Records) -> Reading:
    return _said(records, ANXIETY, Against.BEFORE)


def _counts_before(records: Records) -> Reading:
    return _said(records, REASSURANCE, Against.BEFORE)


def _start(records: Records) -> Reading:
    return _said(records, ANXIETY, Against.START)


def _first_days(records: Records) -> Reading:
    return _said(records, ANXIETY, Against.FIRST_DAYS)


def _said(records: Records, measure: str, against: Against) -> Reading:
    (found,) = (each for each in own_changes(records, measure, TODAY, method=method()) if each.against is against)
    return {
        "verdict": str(found.verdict).replace("_", " "),
        "direction": str(found.direction or "none"),
        "would change": _would_change(found),
    }


def _would_change(found: OwnChange) -> str:
    return found.would_change[0]


def _slope(records: Records) -> Reading:
    found = trend(points_of(records, ANXIETY, Window.ending(TODAY, 84)), ends=(0, 10))
    return {
        "verdict": str(found.verdict).replace("_", " "),
        "a week": "none" if found.estimate is None else f"{found.estimate:+.2f}",
    }


def ratings(*values: int | str, ends: tuple[str, ...] = WEEKS) -> list[Row]:
    """One check-in a week with these averages, the last to 21 May; `-` was not asked."""
    return [
        row(end, 7, peak=10) if value == "-" else row(end, 7, anxiety=value)
        for end, value in zip(ends[-len(values) :], values, strict=True)
    ]


def counts(*values: int) -> list[Row]:
    """One check-in a week with these counts, the last to 21 May."""
    return [row(end, 7, reassurance=value) for end, value in zip(WEEKS[-len(values) :], values, strict=True)]


AGAIN = "the same direction again at the next review, on 4 Jun 2026"

RATED = Spec(
    "28 days against 28: a rating",
    "Reviews are every 14 days after the first check-in. The two means differ by 2 points or more: a possible change. "
    "The same at two reviews in a row: a reliable one, unless a check-in of those days left it blank. It takes 14 "
    "observed days on both sides, and no direction is given where the observed shares differ by more than 30 points.",
    _before,
    (
        case("a first check-in: no review yet", *ratings(5),
             verdict="not enough recorded", direction="none", would_change="the next review, on 4 Jun 2026"),
        case("1 + 3/4 points lower: one step below", *ratings(7, 7, 7, 7, 7, 5, 5, 5, 6),
             verdict="no clear change", direction="none",
             would_change="2 points between the two, where it is 1.8 now"),
        case("2 points lower: at the line", *ratings(7, 7, 7, 7, 7, 5, 5, 5, 5),
             verdict="possible change", direction="lower", would_change=AGAIN),
        case("2 + 1/4 points lower: one step above", *ratings(7, 7, 7, 7, 7, 5, 5, 5, 4),
             verdict="possible change", direction="lower", would_change=AGAIN),
        case("2 points higher", *ratings(5, 5, 5, 5, 5, 7, 7, 7, 7),
             verdict="possible change", direction="higher", would_change=AGAIN),
        case("met at this review and the one before", *ratings(8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 4, ends=LONGER),
             verdict="reliable change", direction="lower",
             would_change="a difference under the rule's at the next review, on 4 Jun 2026"),
        case("the same with a blank week among those compared: not confirmed",
             *ratings(8, 8, 8, 8, 8, 8, 4, 4, "-", 4, 4, ends=LONGER),
             verdict="possible change", direction="lower",
             would_change="an answer at every check-in compared (blank at 1 check-in on one side)"),
        case("13 observed days now: one below", row("26 Mar", 7, anxiety=7), row("23 Apr", 7, times=4, anxiety=7),
             row("21 May", 1, times=13, anxiety=2),
             verdict="not enough recorded", direction="none", would_change="1 more observed day in the 28 days now"),
        case("19 days now and all 28 before: 32 points apart", row("26 Mar", 7, anxiety=7),
             row("23 Apr", 7, times=4, anxiety=7), row("21 May", 1, times=19, anxiety=2),
             verdict="recorded too differently", direction="none",
             would_change="about as many observed days on both sides"),
        case("20 days now and all 28 before: 29 points apart", row("26 Mar", 7, anxiety=7),
             row("23 Apr", 7, times=4, anxiety=7), row("21 May", 1, times=20, anxiety=2),
             verdict="possible change", direction="lower", would_change=AGAIN),
    ),
)  # fmt: skip

COUNTED = Spec(
    "28 days against 28: a count",
    "At least halved or doubled, and 2 a week apart or more, and the intervals of the two rates share no value.",
    _counts_before,
    (
        case("7.5 a week before, 3 now: the intervals share values", *counts(9, 8, 8, 7, 7, 3, 3, 3, 3),
             verdict="no clear change", direction="none",
             would_change="intervals that share no value, from more days or a larger difference"),
        case("7.8 a week before, 3 now: they lie apart", *counts(9, 8, 8, 8, 7, 3, 3, 3, 3),
             verdict="possible change", direction="lower", would_change=AGAIN),
        case("24 a week before, 12 now: halved", *counts(9, 24, 24, 24, 24, 12, 12, 12, 12),
             verdict="possible change", direction="lower", would_change=AGAIN),
        case("24 a week before, 12.3 now: not halved", *counts(9, 24, 24, 24, 24, 13, 12, 12, 12),
             verdict="no clear change", direction="none",
             would_change="half or double the rate, and 2 a week between the two or more"),
        case("1 a week before, none now: less than 2 apart", *counts(9, 1, 1, 1, 1, 0, 0, 0, 0),
             verdict="no clear change", direction="none",
             would_change="half or double the rate, and 2 a week between the two or more"),
        case("none before, 5 a week now", *counts(9, 0, 0, 0, 0, 5, 5, 5, 5),
             verdict="possible change", direction="higher", would_change=AGAIN),
        case("in bursts the intervals are wider", *counts(9, 2, 45, 1, 40, 10, 9, 11, 10),
             verdict="no clear change", direction="none",
             would_change="intervals that share no value, from more days or a larger difference"),
    ),
)  # fmt: skip

STARTED = Spec(
    "28 days against the start level",
    "By the same rule, once the start level (the first 28 observed days after settling in) and the last 28 days share "
    "no day.",
    _start,
    (
        case("they share a week", *ratings(9, 9, 7, 7, 7, 7, 4, 4, 4),
             verdict="not enough recorded", direction="none",
             would_change="28 days of their own, after the start level"),
        case("they share no day: 3 points lower", *ratings(9, 9, 7, 7, 7, 7, 7, 4, 4, 4, 4, ends=LONGER),
             verdict="possible change", direction="lower", would_change=AGAIN),
        case("two reviews in a row", row("2 Apr", 7, times=10, anxiety=7), row("21 May", 7, times=7, anxiety=4),
             verdict="reliable change", direction="lower",
             would_change="a difference under the rule's at the next review, on 4 Jun 2026"),
    ),
)  # fmt: skip

BY_RANKS = Spec(
    "Single days: the last 14 against the first 14",
    "Only check-ins of one day take part, 8 of them in each window, from the day on which the start level may begin. "
    "The rule is met when the guarded rank test gives p < 0.05 and the medians are as far apart as was agreed, 1 point "
    "unless another was.",
    _first_days,
    (
        case("weekly values are not seven days", *ratings(7, 7, 7, 7, 7, 3, 3, 3, 3),
             verdict="not enough recorded", direction="none",
             would_change="8 more single days in the 14 days now"),
        case("7 days now: one below", row("8 Apr", 1, times=28, anxiety=7), row("21 May", 1, times=7, anxiety=3),
             verdict="not enough recorded", direction="none", would_change="1 more single day in the 14 days now"),
        case("9 days now and 14 at first: 36 points apart", row("8 Apr", 1, times=28, anxiety=7),
             row("21 May", 1, times=9, anxiety=3),
             verdict="recorded too differently", direction="none",
             would_change="about as many single days on both sides"),
        case("10 days now and 14 at first: 29 points apart", row("8 Apr", 1, times=28, anxiety=7),
             row("21 May", 1, times=10, anxiety=3),
             verdict="possible change", direction="lower", would_change=AGAIN),
        case("1 point lower: at what is agreed", row("8 Apr", 1, times=28, anxiety=7),
             row("21 May", 1, times=14, anxiety=6),
             verdict="possible change", direction="lower", would_change=AGAIN),
        case("the same median", row("8 Apr", 1, times=28, anxiety=7), row("21 May", 1, times=14, anxiety=7),
             verdict="no clear change", direction="none",
             would_change="1 point between the two, where it is 0 now"),
    ),
)  # fmt: skip

SLOPES = Spec(
    "Slope of the last 12 weeks",
    "The median of the slopes of all pairs on their real days, from 8 check-ins over 14 days; one look is a possible "
    "change at most.",
    _slope,
    (
        case("seven check-ins: one below", *ratings(9, 8, 8, 7, 6, 6, 5), verdict="not enough recorded", a_week="none"),
        case("eight check-ins, falling", *ratings(9, 8, 8, 7, 6, 6, 5, 4), verdict="possible change", a_week="-0.67"),
        case("up and down again", *ratings(2, 4, 6, 8, 9, 8, 6, 4, 2), verdict="no clear change", a_week="+0.00"),
        case("a step across a gap: many ties and what carries over leave it open",
             row("2 Apr", 7, times=4, anxiety=8), row("21 May", 7, times=4, anxiety=4),
             verdict="no clear change", a_week="-0.44"),
    ),
)  # fmt: skip

SPECS = (RATED, COUNTED, STARTED, BY_RANKS, SLOPES)
