"""How often the rules for a client's own series speak when nothing changed, and how often they find a change.

Run by hand, some minutes: `python -m tests.bench.own_change [clients]`. Seeded; prints tables for docs/method.md.
"""

import sys
from collections.abc import Callable, Iterable
from fractions import Fraction
from random import Random

from core.analysis.points import PeriodValue, Points
from core.analysis.trend import middle_line
from core.analysis.xmr import individuals_chart
from core.model.days import Window
from core.model.measures import ANXIETY, REASSURANCE
from tests.builders import TODAY
from tests.unit.analysis.simulated import (
    Simulation,
    carried,
    confirmed_by_day,
    daily_ratings,
    months_confirmed,
    weekly_counts,
    weekly_ratings,
)

CARRY_OVER = (0.0, 0.3, 0.5, 0.7)
SEED = 20_261_121


def main(clients: int) -> None:
    """Print every table."""
    print(f"{clients} clients a cell, seed {SEED}\n")
    _single_days(clients)
    _four_weeks(clients)
    _trend(clients)
    _charts(clients)


def _share(clients: int, hit: Callable[[Random], bool]) -> str:
    rng = Random(SEED)
    return f"{100 * sum(hit(rng) for _ in range(clients)) / clients:5.1f}"


def _single_days(clients: int) -> None:
    print("Single days (first 14 against last 14), reviews on days 28, 42, 56, 70, 20 % of days without a record")
    print("carry-over | no change: reliable | 1 SD lower: reliable by 70 | 2 SD lower: reliable by 56, by 70")
    for lasting in CARRY_OVER:
        cells = [
            _share(clients, lambda rng, case=case, by=by: confirmed_by_day(daily_ratings(rng, case), by) is not None)
            for case, by in (
                (Simulation(lasting=lasting), 70),
                (Simulation(lasting=lasting, drop=1.5), 70),
                (Simulation(lasting=lasting, drop=3.0, level=6.0), 56),
                (Simulation(lasting=lasting, drop=3.0, level=6.0), 70),
            )
        ]
        print(f"{lasting} | " + " | ".join(cells))


def _four_weeks(clients: int) -> None:
    print("\n28 days against 28 and against the start level, weekly check-ins")
    print(
        "carry-over | measure | no change: reliable by week 12 (four reviews) | by week 21 | "
        "3 points or 70 % lower from week 9: reliable"
    )
    for lasting in CARRY_OVER:
        rated = [
            _share(clients, lambda rng, s=steady, w=weeks: bool(months_confirmed(weekly_ratings(rng, s, w), ANXIETY)))
            for steady, weeks in (
                (Simulation(lasting=lasting), 13),
                (Simulation(lasting=lasting), 22),
                (Simulation(lasting=lasting, drop=3.0, level=6.5, changes_on=63), 22),
            )
        ]
        counted = [
            _share(clients, lambda rng, s=case, w=weeks: bool(months_confirmed(weekly_counts(rng, s, w), REASSURANCE)))
            for case, weeks in (
                (Simulation(lasting=lasting, level=8.0), 13),
                (Simulation(lasting=lasting, level=8.0), 22),
                (Simulation(lasting=lasting, level=8.0, drop=5.6, changes_on=63), 22),
            )
        ]
        print(f"{lasting} | anxiety | " + " | ".join(rated))
        print(f"{lasting} | counts  | " + " | ".join(counted))


def _trend(clients: int) -> None:
    print("\nGuarded trend test, p < 0.05 in any direction when nothing changed; whole numbers 0 to 10, SD 1.5")
    print("carry-over | 14 days | 28 days | 56 days | 28 days, 30 % missing | 26 weeks")
    for lasting in CARRY_OVER:
        cells = []
        for days, missing, step in ((14, 0.0, 1), (28, 0.0, 1), (56, 0.0, 1), (28, 0.3, 1), (26, 0.0, 7)):
            case = Simulation(lasting=lasting, missing=missing)
            cells.append(_share(clients, lambda rng, c=case, d=days, s=step: _is_trend(rng, c, d, s)))
        print(f"{lasting} | " + " | ".join(cells))


def _is_trend(rng: Random, case: Simulation, days: int, step: int) -> bool:
    values = daily_ratings(rng, case, days)
    points = Points(measure=ANXIETY, days=tuple(day * step + 1 for day in values), values=tuple(values.values()))
    return len(points.days) >= 8 and middle_line(points).p_value < 0.05


def _charts(clients: int) -> None:
    print("\nIndividuals chart, baseline of 12: at least one mark when nothing changed; whole numbers, SD 1.5")
    print("carry-over | 24 points | 40 points")
    for lasting in CARRY_OVER:
        cells = [_share(clients, lambda rng, r=lasting, n=n: _has_mark(rng, r, n)) for n in (24, 40)]
        print(f"{lasting} | " + " | ".join(cells))


def _has_mark(rng: Random, lasting: float, count: int) -> bool:
    values = carried(rng, Simulation(lasting=lasting), count)
    return bool(individuals_chart(_weeks(values), ANXIETY).signals)


def _weeks(values: Iterable[int]) -> list[PeriodValue]:
    start = TODAY.toordinal() // 7 * 7 + 1
    return [
        PeriodValue(
            Window(type(TODAY).fromordinal(start + 7 * at), type(TODAY).fromordinal(start + 7 * at + 6)),
            Fraction(value),
        )
        for at, value in enumerate(values)
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
