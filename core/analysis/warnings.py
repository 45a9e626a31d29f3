"""What to ask about a check-in before it is saved, and which days the next one is offered.

None of these stops a save. The limits are project defaults.
"""

from datetime import date, timedelta

from core.analysis.exposure import CheckInRecords, counting
from core.model.check_in import CheckIn
from core.model.days import DAYS_IN_WEEK, Window, print_window

MANY_A_DAY = 10
LONG_GAP_DAYS = 14
LONGEST_SINCE_LAST_DAYS = 10


def warnings_about(check_in: CheckIn, others: CheckInRecords) -> list[str]:
    """Sentences about what may be a slip; `others` are the client's other check-ins."""
    covered = [record.content.period for record in counting(others)]
    return [
        *_many_a_day(check_in),
        *_now_above_peak(check_in),
        *_overlap(check_in.period, covered),
        *_long_gap(check_in.period, covered),
    ]


def proposed_period(records: CheckInRecords, as_of: date) -> Window:
    """The days since the last covered day when they are 1 to 10, else the 7 days up to `as_of`."""
    ends = [record.content.period_end for record in counting(records) if record.content.period_end <= as_of]
    since_last = (as_of - max(ends)).days if ends else 0
    if 1 <= since_last <= LONGEST_SINCE_LAST_DAYS:
        return Window.ending(as_of, since_last)
    return Window.ending(as_of, DAYS_IN_WEEK)


def _many_a_day(check_in: CheckIn) -> list[str]:
    count, days = check_in.reassurance_count, check_in.period_days
    if count is None or count <= MANY_A_DAY * days:
        return []
    return [
        f"{count} times in {_days(days)} is more than {MANY_A_DAY} a day. "
        "Please check the count and the number of days; it is saved as it stands."
    ]


def _now_above_peak(check_in: CheckIn) -> list[str]:
    now, peak = check_in.full.anxiety_now, check_in.anxiety_peak
    if now is None or peak is None or now <= peak:
        return []
    return [
        f"Anxiety now is {now}, above the peak of {peak}. Please check both; the peak is the highest moment of the "
        "period. It is saved as it stands."
    ]


def _overlap(period: Window, covered: list[Window]) -> list[str]:
    shared = sum(1 for day in period if any(day in other for other in covered))
    if not shared:
        return []
    which = f"{shared} of these {period.days} days" if period.days > 1 else "This day"
    verb = "are" if shared > 1 else "is"
    return [
        f"{which} {verb} already covered by another check-in. On such a day the one with the shorter period counts, "
        "and of two equally long the one recorded last."
    ]


def _long_gap(period: Window, covered: list[Window]) -> list[str]:
    if any(period.overlaps(other) for other in covered):
        return []
    earlier = [other.end for other in covered if other.end < period.start]
    missing = (period.start - max(earlier)).days - 1 if earlier else 0
    if missing <= LONG_GAP_DAYS:
        return []
    gap = Window(max(earlier) + timedelta(days=1), period.start - timedelta(days=1))
    return [f"No check-in covers the {missing} days {print_window(gap)}. They stay without a record."]


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
