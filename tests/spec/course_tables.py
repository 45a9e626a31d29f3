"""What the chart shows: bars, breaks of the line, squares of the strip, gaps and changes of recording."""

from core.analysis.course import History, course_of
from core.model.course import CountBar, Course, RatingMark, StripCell
from core.model.days import Window, print_day_short
from core.model.measures import DISTORTIONS, REASSURANCE
from tests.builders import SIGN, method
from tests.spec.spec import Reading, Records, Spec, case, day, days_of, exact, row, yes

FOUR_WEEKS = Window(day("27 Apr"), day("21 May"))
NEW_YEAR = Window(day("22 Dec 2025"), day("11 Jan"))
SPRING = Window(day("23 Feb"), day("21 May"))


def _course(records: Records, window: Window) -> Course:
    return course_of(History(check_ins=records), window, method=method())


def _reassurance_bars(records: Records) -> Reading:
    return _bars(_course(records, FOUR_WEEKS).bars[REASSURANCE])


def _distortion_bars(records: Records) -> Reading:
    return _bars(_course(records, FOUR_WEEKS).bars[DISTORTIONS])


def _bars_at_new_year(records: Records) -> Reading:
    return _bars(_course(records, NEW_YEAR).bars[REASSURANCE])


def _bars(bars: tuple[CountBar, ...]) -> Reading:
    return {days_of(bar.days.start, bar.days.end): _bar(bar) for bar in bars}


def _bar(bar: CountBar) -> str:
    days = "1 day" if bar.observed_days == 1 else f"{bar.observed_days} days"
    known = yes(about=bar.about, at_least=bar.at_least, partial=bar.partial)
    return f"{exact(bar.count)} in {days}, {exact(bar.per_week)} a week, {known}{', thin' if bar.thin else ''}"


def _line(records: Records) -> Reading:
    return {days_of(mark.days.start, mark.days.end): _mark(mark) for mark in _course(records, SPRING).anxiety}


def _mark(mark: RatingMark) -> str:
    average = "no average" if mark.average is None else exact(mark.average)
    peak = "no peak" if mark.peak is None else f"peak {mark.peak}"
    return f"{average}, {peak}, {'joined' if mark.joined else 'not joined'}"


def _strip(records: Records) -> Reading:
    cells = _course(records, FOUR_WEEKS).strip[SIGN]
    return {days_of(cell.days.start, cell.days.end): _cell(cell) for cell in cells}


def _cell(cell: StripCell) -> str:
    answer = "not asked" if cell.answer is None else cell.answer.value.replace("_", " ")
    return f"{answer} ({', '.join(ref.label for ref in cell.refs)})"


def _gaps(records: Records) -> Reading:
    course = _course(records, FOUR_WEEKS)
    return {
        "gaps": "; ".join(days_of(gap.start, gap.end) for gap in course.gaps) or "none",
        "observed days": str(course.observed_days),
        "check-ins": str(course.check_ins),
    }


def _changes(records: Records) -> Reading:
    changes = _course(records, SPRING).recording_changes
    told = (f"from {change.from_days} to {change.to_days} days on {print_day_short(change.day)}" for change in changes)
    return {"changes": "; ".join(told) or "none"}


BARS = Spec(
    "Bars",
    "A check-in that keeps at least 4 days in a row is one bar over those days, whatever day of the week it begins. "
    "Shorter ones are put together by ISO week, Monday to Sunday, each in the week of its middle day; fewer than 4 "
    "observed days make a thin bar. 4, 11 and 18 May are Mondays.",
    _reassurance_bars,
    (
        case(
            "a check-in from Friday to Thursday is one bar",
            row("14 May", 7, reassurance=7),
            **{"8 May to 14 May": "7 in 7 days, 7 a week, exact"},
        ),
        case(
            "weekly check-ins follow each other, and a gap leaves no rest",
            row("30 Apr", 7, reassurance=12),
            row("14 May", 7, times=2, reassurance=3),
            **{
                "27 Apr to 30 Apr": "6 + 6/7 in 4 days, 12 a week, exact",
                "1 May to 7 May": "3 in 7 days, 3 a week, exact",
                "8 May to 14 May": "3 in 7 days, 3 a week, exact",
            },
        ),
        case(
            "a two-week check-in is one bar",
            row("14 May", 14, reassurance=6),
            **{"1 May to 14 May": "6 in 14 days, 3 a week, exact"},
        ),
        case(
            "a recorded zero has a bar, a blank check-in has none",
            row("7 May", 7, reassurance=0),
            row("14 May", 7, anxiety=4),
            **{"1 May to 7 May": "0 in 7 days, 0 a week, exact"},
        ),
        case(
            "three days: one below, thin",
            row("13 May", 3, reassurance=6),
            **{"11 May to 13 May": "6 in 3 days, 14 a week, exact, thin"},
        ),
        case(
            "four days: at the line, also over a Sunday",
            row("12 May", 4, reassurance=6),
            **{"9 May to 12 May": "6 in 4 days, 10 + 1/2 a week, exact"},
        ),
        case(
            "three days over a Sunday are not cut",
            row("11 May", 3, reassurance=6),
            **{"9 May to 11 May": "6 in 3 days, 14 a week, exact, thin"},
        ),
        case(
            "short ones of one week are put together",
            row("13 May", 3, reassurance="about 3"),
            row("16 May", 2, reassurance="at least 4"),
            **{"11 May to 16 May": "7 in 5 days, 9 + 4/5 a week, about, at least"},
        ),
        case(
            "a diary from Friday to Thursday stands in two weeks",
            row("14 May", 1, times=7, reassurance=1),
            **{
                "8 May to 10 May": "3 in 3 days, 7 a week, exact, thin",
                "11 May to 14 May": "4 in 4 days, 7 a week, exact",
            },
        ),
        case(
            "Sunday and Monday belong to different weeks",
            row("10 May", 1, reassurance=2),
            row("11 May", 1, reassurance=5),
            **{
                "10 May": "2 in 1 day, 14 a week, exact, thin",
                "11 May": "5 in 1 day, 35 a week, exact, thin",
            },
        ),
        case(
            "short ones on both sides of a longer one are not put together",
            row("11 May", 1, reassurance=2),
            row("16 May", 5, reassurance=5),
            row("17 May", 1, reassurance=1),
            **{
                "11 May": "2 in 1 day, 14 a week, exact, thin",
                "12 May to 16 May": "5 in 5 days, 7 a week, exact",
                "17 May": "1 in 1 day, 7 a week, exact, thin",
            },
        ),
        case(
            "a week that a later one overlaps keeps 5 days and the part of its count on them",
            row("12 May", 7, reassurance=14),
            row("17 May", 7, reassurance=7),
            **{
                "6 May to 10 May": "10 in 5 days, 14 a week, exact",
                "11 May to 17 May": "7 in 7 days, 7 a week, exact",
            },
        ),
        case(
            "a week that keeps 3 days is thin",
            row("13 May", 7, reassurance=14),
            row("16 May", 7, reassurance=7),
            **{
                "7 May to 9 May": "6 in 3 days, 14 a week, exact, thin",
                "10 May to 16 May": "7 in 7 days, 7 a week, exact",
            },
        ),
        case(
            "a day written inside a week: the 4 days in a row after it stand, the 2 before it stand with that day",
            row("17 May", 7, reassurance=14),
            row("13 May", 1, reassurance=5),
            **{
                "11 May to 13 May": "9 in 3 days, 21 a week, exact, thin",
                "14 May to 17 May": "8 in 4 days, 14 a week, exact",
            },
        ),
        case(
            "days that a diary left out come from the week, all in one bar",
            row("17 May", 7, reassurance=14),
            row("12 May", 1, times=2, reassurance=5),
            row("16 May", 1, times=2, reassurance=5),
            **{"11 May to 17 May": "26 in 7 days, 26 a week, exact"},
        ),
        case(
            "a day that did not ask takes none away",
            row("17 May", 7, reassurance=14),
            row("14 May", 1, anxiety=5),
            **{"11 May to 17 May": "14 in 7 days, 14 a week, exact"},
        ),
        case(
            "the first day in view cuts a check-in",
            row("29 Apr", 7, reassurance=7),
            **{"27 Apr to 29 Apr": "3 in 3 days, 7 a week, exact, thin"},
        ),
    ),
)

PARTIAL_BARS = Spec(
    "Partial bars",
    "A bar is partial when one of its check-ins gave no total and asked only some kinds.",
    _distortion_bars,
    (
        case(
            "a partial week beside a whole one",
            row("10 May", 7, kinds="3 2 - 1 -"),
            row("17 May", 7, kinds="3 2 0 1 0"),
            **{
                "4 May to 10 May": "6 in 7 days, 6 a week, partial",
                "11 May to 17 May": "6 in 7 days, 6 a week, exact",
            },
        ),
        case(
            "a partial day in a diary",
            row("12 May", 2, kinds="3 2 0 1 0"),
            row("14 May", 2, kinds="0 0 - 0 -"),
            **{"11 May to 14 May": "6 in 4 days, 10 + 1/2 a week, partial"},
        ),
    ),
)

YEAR_EDGE = Spec(
    "The week of New Year",
    "29 December 2025 is a Monday: its week is the first of 2026 and runs to 4 January.",
    _bars_at_new_year,
    (
        case(
            "a diary across the year is one bar",
            row("4 Jan", 1, times=7, reassurance=1),
            **{"29 Dec to 4 Jan": "7 in 7 days, 7 a week, exact"},
        ),
    ),
)

LINE = Spec(
    "Breaks of the anxiety line",
    "The line is not drawn across more than 10 days in a row without an average.",
    _line,
    (
        case(
            "9 days between: joined",
            row("5 May", 7, anxiety=4, peak=6),
            row("21 May", 7, anxiety=5, peak=8),
            **{"29 Apr to 5 May": "4, peak 6, not joined", "15 May to 21 May": "5, peak 8, joined"},
        ),
        case(
            "10 days between: joined, at the line",
            row("4 May", 7, anxiety=4),
            row("21 May", 7, anxiety=5),
            **{"28 Apr to 4 May": "4, no peak, not joined", "15 May to 21 May": "5, no peak, joined"},
        ),
        case(
            "11 days between: not joined",
            row("3 May", 7, anxiety=4),
            row("21 May", 7, anxiety=5),
            **{"27 Apr to 3 May": "4, no peak, not joined", "15 May to 21 May": "5, no peak, not joined"},
        ),
        case(
            "check-ins without an average do not fill the break",
            row("30 Apr", 7, anxiety=4),
            row("7 May", 7, peak=9),
            row("14 May", 7, reassurance=2),
            row("21 May", 7, anxiety=5),
            **{
                "24 Apr to 30 Apr": "4, no peak, not joined",
                "1 May to 7 May": "no average, peak 9, not joined",
                "15 May to 21 May": "5, no peak, not joined",
            },
        ),
        case(
            "a long check-in covers the days after a short one inside it",
            row("10 May", 31, anxiety=4),
            row("26 Apr", 1, anxiety=6),
            row("17 May", 1, anxiety=5),
            **{
                "10 Apr to 10 May": "4, no peak, not joined",
                "26 Apr": "6, no peak, joined",
                "17 May": "5, no peak, joined",
            },
        ),
        case(
            "marks follow each other by the middle of their days",
            row("10 May", 31, anxiety=4),
            row("20 Apr", 1, anxiety=6),
            **{"20 Apr": "6, no peak, not joined", "10 Apr to 10 May": "4, no peak, joined"},
        ),
        case(
            "a check-in that daily ones replace draws no mark",
            row("21 May", 3, anxiety=9),
            row("21 May", 1, times=3, anxiety=3),
            **{
                "19 May": "3, no peak, not joined",
                "20 May": "3, no peak, joined",
                "21 May": "3, no peak, joined",
            },
        ),
    ),
)

STRIP = Spec(
    "Squares of the strip",
    "A square is what was answered, as wide as the days it speaks of. As with bars, a check-in that keeps at least "
    "4 days in a row has one of its own, and shorter ones of an ISO week become one: often when that was the answer on "
    "half of the asked days or more.",
    _strip,
    (
        case(
            "weekly answers stay as they are",
            row("7 May", 7, sign="often"),
            row("14 May", 7, anxiety=5),
            row("21 May", 7, sign="no occasion"),
            **{
                "1 May to 7 May": "often (c1)",
                "8 May to 14 May": "not asked (c2)",
                "15 May to 21 May": "no occasion (c3)",
            },
        ),
        case(
            "often on 2 of 5 asked days: one below half",
            row("12 May", 1, times=2, sign="often"),
            row("15 May", 1, times=3, sign="not present"),
            **{"11 May to 15 May": "sometimes (c1, c2, c3, c4, c5)"},
        ),
        case(
            "often on 2 of 4 asked days: half",
            row("12 May", 1, times=2, sign="often"),
            row("14 May", 1, times=2, sign="not present"),
            **{"11 May to 14 May": "often (c1, c2, c3, c4)"},
        ),
        case(
            "sometimes every day is sometimes",
            row("17 May", 1, times=7, sign="sometimes"),
            **{"11 May to 17 May": "sometimes (c1, c2, c3, c4, c5, c6, c7)"},
        ),
        case(
            "no occasion and days not asked have no part in the half",
            row("12 May", 1, times=2, sign="no occasion"),
            row("14 May", 1, times=2, anxiety=5),
            row("15 May", 1, sign="often"),
            row("16 May", 1, sign="not present"),
            **{"11 May to 16 May": "often (c1, c2, c5, c6)"},
        ),
        case(
            "daily check-ins on both sides of a Sunday",
            row("10 May", 1, times=2, sign="often"),
            row("12 May", 1, times=2, sign="not present"),
            **{"9 May to 10 May": "often (c1, c2)", "11 May to 12 May": "not present (c3, c4)"},
        ),
        case(
            "a shorter check-in that did not ask hides nothing",
            row("21 May", 21, sign="sometimes"),
            row("12 May", 3, anxiety=5),
            **{"1 May to 21 May": "sometimes (c1)"},
        ),
        case(
            "a diary leaves the week before it whole",
            row("12 May", 7, sign="often"),
            row("15 May", 1, times=3, sign="not present"),
            **{"6 May to 12 May": "often (c1)", "13 May to 15 May": "not present (c2, c3, c4)"},
        ),
        case(
            "two short check-ins of one week are put together",
            row("12 May", 2, sign="often"),
            row("15 May", 3, sign="not present"),
            **{"11 May to 15 May": "sometimes (c1, c2)"},
        ),
        case(
            "a shorter check-in cuts a longer one in two",
            row("21 May", 21, sign="sometimes"),
            row("12 May", 3, sign="often"),
            **{
                "1 May to 9 May": "sometimes (c1)",
                "10 May to 12 May": "often (c2)",
                "13 May to 21 May": "sometimes (c1)",
            },
        ),
    ),
)

GAPS = Spec(
    "Days without a record",
    "Runs of days that no check-in covers, from the first day ever recorded to the last day in view (27 April to "
    "21 May).",
    _gaps,
    (
        case(
            "nothing recorded: nothing is a gap",
            gaps="none", observed_days="0", **{"check-ins": "0"},
        ),
        case(
            "before the first record there is no gap",
            row("21 May", 7, anxiety=5),
            gaps="none", observed_days="7", **{"check-ins": "1"},
        ),
        case(
            "between and after",
            row("5 May", 3, anxiety=5),
            row("14 May", 7, anxiety=5),
            gaps="6 May to 7 May; 15 May to 21 May", observed_days="10", **{"check-ins": "2"},
        ),
        case(
            "an earlier record opens the gap at the left edge",
            row("20 Apr", 7, anxiety=5),
            row("21 May", 7, anxiety=5),
            gaps="27 Apr to 14 May", observed_days="7", **{"check-ins": "1"},
        ),
    ),
)  # fmt: skip

CHANGES = Spec(
    "Changes of recording",
    "Three check-ins in a row of a new length (1-2, 3-10 or more days) change how the record is kept; fewer do not.",
    _changes,
    (
        case(
            "two daily check-ins: one below",
            row("14 May", 7, times=3, anxiety=5),
            row("16 May", 1, times=2, anxiety=5),
            changes="none",
        ),
        case(
            "three daily check-ins: at the line",
            row("14 May", 7, times=3, anxiety=5),
            row("17 May", 1, times=3, anxiety=5),
            changes="from 7 to 1 days on 15 May",
        ),
        case(
            "two weekly ones before are no habit yet",
            row("14 May", 7, times=2, anxiety=5),
            row("18 May", 1, times=4, anxiety=5),
            changes="none",
        ),
        case(
            "a stray week among daily check-ins changes nothing",
            row("6 May", 1, times=4, anxiety=5),
            row("13 May", 7, anxiety=5),
            row("17 May", 1, times=4, anxiety=5),
            changes="none",
        ),
        case(
            "to daily and back",
            row("12 Apr", 7, times=3, anxiety=5),
            row("20 Apr", 1, times=8, anxiety=5),
            row("11 May", 7, times=3, anxiety=5),
            changes="from 7 to 1 days on 13 Apr; from 1 to 7 days on 21 Apr",
        ),
        case(
            "from weekly to longer ones",
            row("29 Mar", 10, times=3, anxiety=5),
            row("10 May", 14, times=3, anxiety=5),
            changes="from 10 to 14 days on 30 Mar",
        ),
        case(
            "6, 7 and 8 days are one way of recording",
            row("30 Apr", 7, times=3, anxiety=5),
            row("12 May", 6, times=2, anxiety=5),
            row("20 May", 8, anxiety=5),
            changes="none",
        ),
    ),
)

SPECS = (BARS, PARTIAL_BARS, YEAR_EDGE, LINE, STRIP, GAPS, CHANGES)
