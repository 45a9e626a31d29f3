"""A rate and a ratio of two rates with how far they are known: clauses that stand beside the figure, and the whole."""

from fractions import Fraction

from core.model.counts import CountRates, RateFinding, RatioFinding
from core.model.days import print_window
from core.model.findings import Interval
from core.model.numbers import one_decimal
from core.notes.sentences import rate_sentence

FAR = 1_000
"""An upper end from here on says no more than *or more*. Source: project default."""


def rates_sentences(found: CountRates, label: str) -> tuple[str, ...]:
    """The rate of the latest days with what else would fit it, then how it stands beside the days before.

    `label` is the measure's name on the screen.
    """
    rate = found.now.rate
    told = f"{label}, {print_window(rate.window)}: {rate_sentence(rate)}; {rate_range_sentence(found.now)}."
    return told, f"{label} beside the {found.ratio.earlier.window.days} days before: {ratio_sentence(found.ratio)}."


def rate_range_sentence(found: RateFinding) -> str:
    """`5.3 to 11.0 a week would fit as well`; of a zero, how many a week it still allows; else why there is none."""
    rate, interval = found.rate, found.interval
    observed = f"observed on {rate.observed_days} of {_days(rate.window.days)}"
    if interval is None:
        return f"{observed}; {found.reason}"
    if not rate.count:
        days = _days(rate.observed_days)
        return f"0 in {days} still allows {_number(interval.high)} a week ({_level(interval)}); {observed}"
    told = "".join(f"; {caution}" for caution in found.cautions)
    ends = f"{_number(interval.low)} to {_number(interval.high)}"
    return f"{ends} a week would fit as well ({_level(interval)}); {observed}{told}"


def ratio_sentence(found: RatioFinding) -> str:
    """`2.0 times the earlier rate; 1.1 to 3.9 times would fit as well`; without an answer, why there is none."""
    interval = found.interval
    if interval is None:
        return found.reason or ""
    low, told = _number(interval.low), "".join(f"; {caution}" for caution in found.cautions)
    if found.estimate is None:
        return f"at least {low} times the earlier rate ({_level(interval)}){told}"
    fits = f"{low} to {_number(interval.high)} times" if interval.high < FAR else f"{low} times or more"
    return f"{_number(found.estimate)} times the earlier rate; {fits} would fit as well ({_level(interval)}){told}"


def _level(interval: Interval) -> str:
    return f"{round(interval.level * 100)} % interval"


def _number(value: float) -> str:
    return one_decimal(Fraction(value))


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
