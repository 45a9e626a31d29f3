"""When a client's series is looked at, and when two looks in a row make one change.

A pure function has no memory: the days of all reviews follow from the first check-in, at each call anew.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from core.analysis.exposure import CheckInRecords, counting
from core.model.findings import Direction, Verdict
from core.model.series_findings import Look

REVIEW_DAYS = 14


def first_record_day(records: CheckInRecords) -> date | None:
    """The last day of the check-in that ended first, from which reviews are counted; `None` with no check-in."""
    known = counting(records)
    return known[0].content.period_end if known else None


def review_count(first: date, as_of: date) -> int:
    """How many reviews there were up to and including `as_of`: one every 14 days after `first`, none on it.

    Source: project default.
    """
    return max(0, (as_of - first).days // REVIEW_DAYS)


def review_day(first: date, number: int) -> date:
    """The day of the review with this number, from 1."""
    return first + timedelta(days=REVIEW_DAYS * number)


def agreed_direction(looks: Sequence[Look]) -> Direction | None:
    """The direction in which both of two looks in a row met the rule, if they did."""
    if len(looks) < 2 or looks[0].direction is not looks[1].direction:
        return None
    return looks[0].direction


def verdict_of(looks: Sequence[Look]) -> Verdict:
    """What the latest look and the one before it (newest first) say together.

    A rule met once is a possible change. It is reliable when the look before met it in the same direction, and no
    check-in of the days compared at both left the measure blank: those days might have said otherwise.
    Source: project default (method page); simulated in tests/bench/own_change.py.
    """
    if not looks:
        return Verdict.NOT_ENOUGH_RECORDED
    if agreed_direction(looks) is not None and not left_blank(looks):
        return Verdict.RELIABLE_CHANGE
    return looks[0].verdict


def left_blank(looks: Sequence[Look]) -> int:
    """The most check-ins with a blank that any of the looks compared on one side."""
    return max([side.left_blank for look in looks for side in (look.now, look.then) if side is not None], default=0)
