"""How often unchanged clients are called changed: questionnaires at 12 looks, counts of two four-week windows.

Run by hand, a minute: `.venv/bin/python -m tests.bench.change_and_counts`. It prints the figures of docs/method.md;
the seed is fixed, so that they come out the same again. Scores: true score constant, error of measurement by SD and
reliability, rounded to whole points. Counts: negative binomial with the factor given, the same rate in both windows.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import exp, sqrt
from random import Random

from core.analysis.counts import compare_rates, dispersion, rate_interval
from core.analysis.reliable_change import change_threshold
from core.model.counts import CountUnit, Dispersion
from core.model.days import Window
from core.model.readings import Asked, Rate
from tests.builders import TODAY

SEED = 20261121
CLIENTS = 20_000
LOOKS = 12
PAIRS = 3_000
LATER = Window.ending(TODAY, 28)
EARLIER = LATER.before(28)
NOT_WIDENED = Dispersion(factor=1.0, units=0, by=None)

FORMS = (("GAD-7, 4 points", 4.5, 4), ("GAD-7, 6 points", 4.5, 6), ("PHQ-9, 6 points", 5.5, 6))
RELIABILITIES = (0.74, 0.83, 0.89, 0.92)


def looks(chance: Random, sd: float, reliability: float, passed: Callable[[int], bool]) -> tuple[float, float]:
    """The shares of unchanged clients who pass a threshold at some look, and at two looks in a row."""
    once = twice = 0
    error = sd * sqrt(1 - reliability)
    for _ in range(CLIENTS):
        scores = [round(chance.gauss(14, error)) for _ in range(LOOKS + 1)]
        sides = [(1 if score > scores[0] else -1) if passed(abs(score - scores[0])) else 0 for score in scores[1:]]
        once += any(sides)
        twice += any(one and one == other for one, other in pairwise(sides))
    return once / CLIENTS, twice / CLIENTS


def count(chance: Random, mean: float, factor: float) -> int:
    """A count with this mean, and a variance `factor` times as large."""
    rate = chance.gammavariate(mean / (factor - 1), factor - 1) if factor > 1 else mean
    limit, number, product = exp(-rate), 0, chance.random()
    while product > limit:
        number += 1
        product *= chance.random()
    return number


def windows(chance: Random, records: int, per_week: int, factor: float) -> tuple[float, float, float]:
    """Shares: the interval holds the true rate; a direction is given; one would be given without widening."""
    days = 28 // records
    held = called = called_plain = 0
    for _ in range(PAIRS):
        units = [
            [
                CountUnit(
                    days=days, count=count(chance, per_week * days / 7, factor), week=place * days // 7 + 9 * side
                )
                for place in range(records)
            ]
            for side in (0, 1)
        ]
        spread = dispersion(*units)
        earlier, later = (
            _rate(sum(unit.count for unit in each), window)
            for each, window in zip(units, (EARLIER, LATER), strict=True)
        )
        interval = rate_interval(later, spread)
        held += interval is not None and interval.low <= per_week <= interval.high
        called += compare_rates(later, earlier, spread).direction is not None
        called_plain += compare_rates(later, earlier, NOT_WIDENED).direction is not None
    return held / PAIRS, called / PAIRS, called_plain / PAIRS


def _rate(events: int, window: Window) -> Rate:
    return Rate(window=window, count=Fraction(events), observed_days=28, asked=Asked(asked=4, check_ins=4), refs=())


def main() -> None:
    """Print both tables."""
    chance = Random(SEED)
    print(f"unchanged clients past a threshold within {LOOKS} looks: once, twice in a row")
    for reliability in RELIABILITIES:
        for name, sd, points in FORMS:
            once, twice = looks(chance, sd, reliability, lambda apart, points=points: apart >= points)
            print(f"  r {reliability:.2f}  {name:18} {once:6.1%} {twice:6.1%}")
        threshold = change_threshold(4.5, reliability)
        once, twice = looks(chance, 4.5, reliability, lambda apart, threshold=threshold: apart > threshold)
        print(f"  r {reliability:.2f}  worked out ({threshold:.2f}) {once:6.1%} {twice:6.1%}")
    print("interval holds the true rate; direction given; direction given without widening (28 days against 28)")
    for records in (4, 28):
        for per_week in (3, 10):
            for factor in (1.0, 1.5, 2.0, 4.0):
                shares = windows(chance, records, per_week, factor)
                print(
                    f"  {records:2} records, {per_week:2} a week, factor {factor}: "
                    + " ".join(f"{s:6.1%}" for s in shares)
                )


if __name__ == "__main__":
    main()
