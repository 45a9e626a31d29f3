from datetime import timedelta

import pytest

from core.analysis.start_level import compare
from core.model.days import Window
from core.model.measures import ANXIETY, CHARTED, DISTORTIONS, REASSURANCE
from core.model.readings import Level, Rate
from tests.builders import TODAY, all_recorded, check_in, method, weekly

METHOD = method()
PERIOD = Window.ending(TODAY, 7)


def test_each_measure_is_compared_in_the_order_of_the_chart() -> None:
    found = compare(weekly(10, anxiety=4, reassurance=3, distortions=9), PERIOD, method=METHOD, moved_to=None)
    assert tuple(comparison.measure for comparison in found) == CHARTED
    kinds = [type(comparison.period) for comparison in found]
    assert kinds == [Level, Rate, Rate]
    assert [type(comparison.start) for comparison in found] == kinds


def test_before_is_the_28_days_that_end_the_day_before_the_period() -> None:
    for comparison in compare((), PERIOD, method=METHOD, moved_to=None):
        assert comparison.before.window == Window(TODAY - timedelta(days=34), TODAY - timedelta(days=7))
        assert comparison.before.window.days == 28
        assert comparison.start is None


def test_this_period_before_and_start_are_kept_apart() -> None:
    settling = weekly(2, until=TODAY - timedelta(weeks=9), reassurance=100)
    contents = [record.content for record in settling]
    contents += [check_in(TODAY - timedelta(weeks=back), reassurance=14) for back in (8, 7, 6, 5)]
    contents += [check_in(TODAY - timedelta(weeks=back), reassurance=7) for back in (4, 3, 2, 1)]
    contents += [check_in(TODAY, reassurance=2)]
    found = compare(all_recorded(*contents), PERIOD, method=METHOD, moved_to=None)
    (reassurance,) = [comparison for comparison in found if comparison.measure == REASSURANCE]
    figures = [reassurance.period, reassurance.before, reassurance.start]
    assert [figure.per_week for figure in figures if isinstance(figure, Rate)] == [2, 7, 14]
    assert isinstance(reassurance.start, Rate)
    assert [ref.number for ref in reassurance.start.refs] == [3, 4, 5, 6]


def test_each_measure_has_its_own_start_days() -> None:
    contents = [check_in(TODAY - timedelta(weeks=back), anxiety=4) for back in (9, 8, 7, 6)]
    contents += [check_in(TODAY - timedelta(weeks=back), anxiety=4, reassurance=7) for back in (5, 4, 3, 2, 1, 0)]
    found = {
        comparison.measure: comparison.start
        for comparison in compare(all_recorded(*contents), PERIOD, method=METHOD, moved_to=None)
    }
    anxiety, reassurance = found[ANXIETY], found[REASSURANCE]
    assert anxiety is not None
    assert reassurance is not None
    assert anxiety.window.end == TODAY - timedelta(weeks=4)
    assert reassurance.window.start == TODAY - timedelta(weeks=5, days=6)
    assert found[DISTORTIONS] is None


def test_records_after_the_period_are_not_known_yet() -> None:
    records = weekly(6, reassurance=7)
    early = Window.ending(TODAY - timedelta(weeks=4), 7)
    for comparison in compare(records, early, method=METHOD, moved_to=None):
        if comparison.measure == REASSURANCE:
            assert comparison.start is not None
            assert comparison.start.window.end == early.end


@pytest.mark.parametrize("days", [1, 400])
def test_a_start_moved_past_the_record_gives_no_start_level(days: int) -> None:
    moved_to = TODAY + timedelta(days=days)
    found = compare(weekly(10, reassurance=7), PERIOD, method=METHOD, moved_to=moved_to)
    assert all(comparison.start is None for comparison in found)
