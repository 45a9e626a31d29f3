"""What was practised as sentences: days with their base, and nothing about progress."""

from core.model.numbers import count_of, one_decimal, print_number
from core.model.practised import DaysPractised, SecuritySide


def practised_sentence(practised: DaysPractised) -> str:
    """`12 of 28 days asked about (3.0 a week)`; where no days are known, at how many check-ins it was named."""
    named = f"named at {practised.check_ins} of {count_of(practised.asked_at, 'check-in')}"
    if practised.days_not_asked == practised.check_ins:
        return f"{named}, days not asked"
    base = f"{print_number(practised.days)} of {practised.observed_days} days asked about"
    weekly = practised.per_week
    told = base if weekly is None else f"{base} ({one_decimal(weekly)} a week)"
    if practised.days_not_asked:
        told += f"; named without days at {count_of(practised.days_not_asked, 'check-in')}"
    return told


def asked_sentence(side: SecuritySide) -> str:
    """What was asked, and what was not: `asked at 3 of 4 check-ins, 21 days`."""
    if not side.asked.check_ins:
        return "no record in these days"
    if not side.asked.asked:
        return f"not asked at {count_of(side.asked.check_ins, 'check-in')}"
    days = f"{side.observed_days} {'day' if side.observed_days == 1 else 'days'}"
    return f"asked at {side.asked.asked} of {count_of(side.asked.check_ins, 'check-in')}, {days}"
