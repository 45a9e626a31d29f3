"""Times of a few calls, beside work that is always the same, so that figures of two machines can be compared."""

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from statistics import median

from dashboard.server.upkeep import settle

ROUNDS = 25
NOON = datetime(2026, 5, 21, 10, 0, tzinfo=UTC)
TODAY = NOON.date()
WEEK = timedelta(weeks=1)
IMPORTED = (
    "import time; begun = time.perf_counter(); import streamlit, pandas, sqlalchemy; print(time.perf_counter() - begun)"
)
IMPORTED_MS = 1_060  # what these took on the machine that the budgets were set on, with Python 3.12


@dataclass(frozen=True, kw_only=True)
class Timing:
    """The middle processor time of a call, and that of the loop right beside it, in milliseconds."""

    call: float
    loop: float

    @property
    def ratio(self) -> float:
        """How many of the loops one call takes: what can be compared between machines."""
        return self.call / self.loop


def calibration_loop() -> int:
    """A fixed piece of the work that analysis consists of: small objects, dictionaries, fractions, sorting."""
    tallies: dict[int, Fraction] = {}
    for at in range(2_000):
        tallies[at % 97] = tallies.get(at % 97, Fraction()) + Fraction(at % 11, 7)
    return len(sorted((value, key) for key, value in tallies.items()))


def timed(call: Callable[[], object], rounds: int = ROUNDS) -> Timing:
    """The call and the loop in turn, `rounds` times after three that do not count, garbage collected in between.

    What was imported is put beyond the collector's reach, as the server does when it starts.
    """
    settle()
    calls: list[float] = []
    loops: list[float] = []
    for at in range(rounds + 3):
        for kept, what in ((calls, call), (loops, calibration_loop)):
            taken = _taken(what)
            if at >= 3:
                kept.append(taken)
    return Timing(call=median(calls), loop=median(loops))


def as_there(call: Callable[[], object], pairs: int = 11) -> float:
    """What the call would take on the machine of the budgets, in milliseconds; asked while this one does nothing else.

    How many times as long as that one this machine takes is asked by importing what the program stands on into a fresh
    Python, right before some calls, since it changes from minute to minute; the middle of the pairs.
    """
    settle()
    found = []
    for _ in range(pairs):
        imported = subprocess.run([sys.executable, "-c", IMPORTED], check=True, capture_output=True)
        slower = float(imported.stdout) * 1_000 / IMPORTED_MS
        found.append(median([_taken(call) for _ in range(7)]) / slower)
    return median(found)


def _taken(call: Callable[[], object]) -> float:
    gc.collect()
    begun = time.process_time()
    call()
    return (time.process_time() - begun) * 1_000
