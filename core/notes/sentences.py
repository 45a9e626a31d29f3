"""Figures as sentences: what was recorded and its base, never a direction or a verdict."""

from core.model.numbers import count_of, one_decimal, print_number
from core.model.readings import Asked, Rate


def rate_sentence(rate: Rate) -> str:
    """`3.0 a week (12 in 28 observed days)`; the count alone under 7 observed days; a zero in words."""
    if not rate.observed_days:
        return _nothing_observed(rate.asked)
    days = _observed(rate.observed_days)
    if not rate.count:
        return f"none recorded in {days}{_partly(rate)}"
    known = _known(rate)
    count = f"{known}{print_number(rate.count)}"
    per_week = rate.per_week
    if per_week is None:
        return f"{count} in {_days(rate.observed_days)}{_partly(rate)}"
    return f"{known}{one_decimal(per_week)} a week ({count} in {days}{_partly(rate)})"


def not_asked_sentence(asked: Asked) -> str | None:
    """`not asked at 3 of 8 check-ins`, or `None` where nothing was left out."""
    if not asked.not_asked:
        return None
    return f"not asked at {asked.not_asked} of {count_of(asked.check_ins, 'check-in')}"


def _nothing_observed(asked: Asked) -> str:
    return not_asked_sentence(asked) or "no record"


def _known(rate: Rate) -> str:
    return f"{'at least ' if rate.at_least else ''}{'about ' if rate.about else ''}"


def _partly(rate: Rate) -> str:
    return "; not every kind asked" if rate.partial else ""


def _observed(days: int) -> str:
    return f"{days} observed {'day' if days == 1 else 'days'}"


def _days(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"
