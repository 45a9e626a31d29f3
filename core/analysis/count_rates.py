"""The rate of a count now beside the one just before, with what else would fit."""

from datetime import date

from core.analysis.counts import compare_rates, count_units, describe_rate, dispersion
from core.analysis.exposure import CheckInRecords
from core.analysis.method import Method
from core.analysis.rates import rate
from core.model.counts import CountRates
from core.model.days import Window


def count_rates(records: CheckInRecords, measure: str, as_of: date, method: Method) -> CountRates:
    """The days up to and including `as_of` that the rate rule compares, and as many before; `records` ended by then.

    How unevenly counts fall is read from both.
    """
    latest = Window.ending(as_of, method.rate_rule.comparison_days)
    earlier = latest.before(latest.days)
    spread = dispersion(*(count_units(records, measure, window) for window in (latest, earlier)))
    now, before = (rate(records, measure, window, kinds=method.kinds) for window in (latest, earlier))
    return CountRates(now=describe_rate(now, spread), ratio=compare_rates(now, before, spread))
