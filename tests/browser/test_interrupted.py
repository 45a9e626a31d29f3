"""One interruption of each kind while somebody types; a hundred of them run by `python -m tests.faults.typing`."""

import pytest

from tests.faults.interrupted import INTERRUPTIONS, interruptions
from tests.faults.typing import INTERRUPTIONS as FULL_LENGTH


@pytest.mark.parametrize("count", [len(INTERRUPTIONS), pytest.param(FULL_LENGTH, marks=pytest.mark.faults)])
def test_typing_outlasts_every_kind_of_interruption(count, browser, start_server):
    trials = interruptions(browser, start_server(), count=count)
    assert [trial.kind for trial in trials if not trial.is_whole] == []
    assert {trial.kind: trial.seconds_lost for trial in trials if trial.seconds_lost > 3.5} == {}
    assert [trial.kind for trial in trials if trial.kind != "kill" and trial.found != trial.typed] == []
