"""A short run of the simulation of sign states; the long one is `python -m tests.bench.sign_states`."""

import pytest

from core.model.readings import SignState
from tests.builders import method, thresholds
from tests.unit.analysis.simulated_signs import QUIET, STRONG, share, states_counted

CLIENTS, SEED = 60, 4


@pytest.mark.parametrize("sign", method().signs)
def test_quiet_clients_are_hardly_ever_present_and_strong_ones_nearly_always(sign: str) -> None:
    by = thresholds()
    quiet = states_counted(QUIET, CLIENTS, SEED, signs=(sign,), by=by)[sign]
    strong = states_counted(STRONG, CLIENTS, SEED, signs=(sign,), by=by)[sign]
    assert share(quiet, SignState.PRESENT) <= 0.005
    assert share(strong, SignState.PRESENT) >= 0.97
    assert share(quiet, SignState.INSUFFICIENT) == share(strong, SignState.INSUFFICIENT) == 0
