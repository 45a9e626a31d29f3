"""How often the six signs are Present for clients whose true level is known.

Run by hand, about a minute: `python -m tests.bench.sign_states [clients]`. Seeded; prints a table for docs/method.md.
"""

import sys
import time
from dataclasses import replace
from datetime import timedelta
from random import Random

from core.analysis.warning_signs import read_signs
from core.model.readings import SignState
from core.model.sign_thresholds import SignThresholds
from tests.builders import TODAY, all_recorded, method, thresholds
from tests.unit.analysis.simulated_signs import QUIET, STRONG, Kind, share, simulated_client, states_counted

SEED = 20_261_121
CLIENTS = 1_000
KINDS = {
    "quiet": QUIET,
    "mild": Kind(level=0.3, requests=2, relief=6, minutes=120, fights=0.5),
    "middling": Kind(level=0.5, requests=5, relief=5, minutes=90, fights=1),
    "strong": STRONG,
}
ROUNDS = 20


def main(clients: int) -> None:
    """Print the share of client-weeks with each state, then how long a reading takes."""
    signs, by = method().signs, thresholds()
    print(f"{clients} clients a row, 24 weekly check-ins, the last 12 weeks counted, seed {SEED}\n")
    for name, kind in KINDS.items():
        for sign, counted in states_counted(kind, clients, SEED, signs=signs, by=by).items():
            states = (f"{state.value} {share(counted, state):6.1%}" for state in SignState)
            print(f"{name:9} {sign:22}", *states)
    _timed(signs, by)


def _timed(signs: tuple[str, ...], by: SignThresholds) -> None:
    """104 weekly records: what one reading of all six takes at best."""
    contents = [
        content
        for block in range(5)
        for content in (record.content for record in simulated_client(STRONG, signs, Random(block)))
    ][-104:]
    ends = [TODAY - timedelta(weeks=back) for back in reversed(range(104))]
    records = all_recorded(*(replace(content, period_end=end) for content, end in zip(contents, ends, strict=True)))
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        read_signs(records, TODAY, signs, by)
        taken.append(time.perf_counter() - begun)
    print(f"\nsix signs over 104 weekly records: {min(taken) * 1000:.1f} ms at best of {ROUNDS}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLIENTS)
