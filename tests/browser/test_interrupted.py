"""One interruption of each kind while somebody types, and saves whose page is loaded anew in their middle.

The long forms are run by `python -m tests.faults.typing` and `python -m tests.faults.reloading`.
"""

import pytest

from tests.faults.interrupted import INTERRUPTIONS, interruptions
from tests.faults.reloading import LONG as MANY_RELOADS
from tests.faults.reloading import problems_left, reloads
from tests.faults.typing import INTERRUPTIONS as FULL_LENGTH


@pytest.mark.parametrize("count", [len(INTERRUPTIONS), pytest.param(FULL_LENGTH, marks=pytest.mark.faults)])
def test_typing_outlasts_every_kind_of_interruption(count, browser, server):
    trials = interruptions(browser, server, count=count)
    assert [trial.kind for trial in trials if not trial.is_whole] == []
    assert {trial.kind: trial.seconds_lost for trial in trials if trial.seconds_lost > 3.5} == {}
    assert [trial.kind for trial in trials if trial.kind != "kill" and trial.found != trial.typed] == []


@pytest.mark.parametrize("times", [4, pytest.param(MANY_RELOADS, marks=pytest.mark.faults)])
def test_save_with_a_reload_in_its_middle_is_whole_or_not_there(times, browser, server):
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    try:
        done = reloads(context.new_page(), server, times)
    finally:
        context.close()
        server.stop()
    assert [each for each in done if not each.agrees] == []
    assert problems_left(server) == []
