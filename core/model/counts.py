"""What may be said of a count beyond its rate: what is still compatible with it, and how two periods differ."""

from enum import StrEnum

from msgspec import Struct

from core.model.days import DAYS_IN_WEEK
from core.model.findings import Finding, Interval
from core.model.readings import Rate


class CountUnit(Struct, frozen=True, kw_only=True):
    """A count as it was recorded over `days` days in a row, never spread; `week` is the ISO week of its middle day."""

    days: int
    count: int
    week: int


class UnitKind(StrEnum):
    """What the dispersion of counts was worked out on."""

    RECORDS = "records"
    WEEKS = "weeks"


class Dispersion(Struct, frozen=True, kw_only=True):
    """How many times as uneven counts are as independent events would be; `factor` is 1 or more.

    `by` is `None`, and the factor 1, where fewer than 8 records or weeks could be looked at: then nobody knows
    whether events come in bursts. `units` is how many there were.
    """

    factor: float
    units: int
    by: UnitKind | None

    @property
    def known(self) -> bool:
        """Whether there were enough units to look at."""
        return self.by is not None


class RateFinding(Finding, frozen=True, kw_only=True):
    """A rate with the weekly rates that are still compatible with it; `estimate` and `interval` are per week.

    `used` and `missing` are observed and unobserved days of the rate's window.
    """

    rate: Rate
    dispersion: Dispersion


class RatioFinding(Finding, frozen=True, kw_only=True):
    """How many times the `earlier` rate the `later` one is, with an interval that may reach to infinity.

    `estimate` is `None` where the earlier count is 0. `p_value` is exact and two-sided; it is `None` where a count is
    no whole number (a record reaches out of its window) or events come in bursts, for which it would be too small.
    """

    later: Rate
    earlier: Rate
    dispersion: Dispersion
    p_value: float | None = None


class CountRates(Struct, frozen=True, kw_only=True):
    """The rate of the latest days, and how many times that of as many days before it is."""

    now: RateFinding
    ratio: RatioFinding


def per_week(interval: Interval, days: int) -> Interval:
    """The interval of a count over `days` observed days, as one of the rate per seven of them."""
    return Interval(
        low=interval.low * DAYS_IN_WEEK / days, high=interval.high * DAYS_IN_WEEK / days, level=interval.level
    )
