"""Which backups stay: the newest of each of 7 days, 5 weeks and 12 months. Source: project default."""

from collections.abc import Callable, Collection, Hashable
from datetime import datetime

DAYS, WEEKS, MONTHS = 7, 5, 12


def kept(taken: Collection[datetime]) -> frozenset[datetime]:
    """The instants, of those at which backups were taken, whose backups stay.

    Days, ISO weeks and months are counted only where there is a backup of them, so that a practice that
    was closed for a month loses none; the newest always stays.
    """
    return (
        _newest_of_each(taken, lambda at: at.date(), DAYS)
        | _newest_of_each(taken, lambda at: at.isocalendar()[:2], WEEKS)
        | _newest_of_each(taken, lambda at: (at.year, at.month), MONTHS)
    )


def _newest_of_each(
    taken: Collection[datetime], period: Callable[[datetime], Hashable], most: int
) -> frozenset[datetime]:
    newest: dict[Hashable, datetime] = {}
    for at in sorted(taken, reverse=True):
        newest.setdefault(period(at), at)
    return frozenset(list(newest.values())[:most])
