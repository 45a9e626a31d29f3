"""Clients whose true level is known, for how often the six signs speak when nothing is there and when much is.

Weekly check-ins over 24 weeks. A latent level (0 to 1) varies from week to week with a standard deviation of 0.12
and is cut at 0.25 and 0.62 into *not present*, *sometimes* and *often*. Counts are Poisson. No client's data
is behind it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random
from uuid import UUID

from core.analysis.warning_signs import read_states
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, SignAnswer, Source
from core.model.full_answers import FullAnswers
from core.model.readings import SignState
from core.model.records import Recorded
from core.model.sign_thresholds import SignThresholds
from tests.builders import TODAY, all_recorded

WEEKS, COUNTED_WEEKS = 24, 12
CUTS, NOISE = (0.25, 0.62), 0.12
MOST_DESCRIBED = 3


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A sort of client: the latent level of every sign, and times a week."""

    level: float
    requests: float
    relief: float
    minutes: float
    fights: float


QUIET = Kind(level=0.10, requests=1, relief=7, minutes=240, fights=0.1)
STRONG = Kind(level=0.80, requests=10, relief=3, minutes=30, fights=1.5)


def simulated_client(kind: Kind, signs: tuple[str, ...], chance: Random) -> tuple[Recorded[CheckIn], ...]:
    """24 weekly check-ins, the last one ending today."""
    return all_recorded(
        *(_week(kind, signs, chance, TODAY - timedelta(weeks=WEEKS - 1 - week)) for week in range(WEEKS))
    )


def states_counted(
    kind: Kind, clients: int, seed: int, *, signs: tuple[str, ...], by: SignThresholds
) -> dict[str, Counter[SignState]]:
    """For each sign, the states shown at the ends of the last 12 weeks, over all clients."""
    chance = Random(seed)
    found = {sign: Counter[SignState]() for sign in signs}
    for _ in range(clients):
        records = simulated_client(kind, signs, chance)
        for back in range(COUNTED_WEEKS):
            day = TODAY - timedelta(weeks=back)
            for reading in read_states(records, day, signs, by):
                found[reading.sign][reading.state] += 1
    return found


def share(counted: Counter[SignState], state: SignState) -> float:
    """The part of client-weeks with this state."""
    return counted[state] / counted.total()


def _week(kind: Kind, signs: tuple[str, ...], chance: Random, end: date) -> CheckIn:
    requests, fights = poisson(kind.requests, chance), poisson(kind.fights, chance)
    return CheckIn(
        period_end=end,
        period_days=7,
        source=Source.CLIENT_IN_SESSION,
        reassurance_count=requests,
        reassurance_count_kind=CountKind.EXACT,
        signs={sign: _answer(kind.level, chance) for sign in signs},
        episodes=tuple(_episodes(kind, min(requests, MOST_DESCRIBED), chance)),
        full=FullAnswers(conflicts=fights, repeated_conflicts=fights, conflict_topic=UUID(int=5) if fights else None),
    )


def _answer(level: float, chance: Random) -> SignAnswer:
    value = chance.gauss(level, NOISE)
    if value < CUTS[0]:
        return SignAnswer.NOT_PRESENT
    return SignAnswer.SOMETIMES if value < CUTS[1] else SignAnswer.OFTEN


def _episodes(kind: Kind, number: int, chance: Random) -> Iterator[Episode]:
    for _ in range(number):
        relief = min(10, max(0, round(chance.gauss(kind.relief, 1))))
        yield Episode(relief=relief, relief_minutes=max(1, round(chance.gauss(kind.minutes, kind.minutes / 3))))


def poisson(mean: float, chance: Random) -> int:
    """A Poisson number by multiplying chances; `mean` is small here."""
    limit, product, number = exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        number += 1
    return number
