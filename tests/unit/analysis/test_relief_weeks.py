"""How long relief lasted, bar by bar: the days of the course's bars, its edges, and nothing below three."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from msgspec import structs

from core.analysis.exposure import spans
from core.analysis.reassurance import read_loop
from core.analysis.relief_weeks import relief_weeks
from core.analysis.series import count_bars
from core.model.check_in import CheckIn
from core.model.check_in_parts import Episode, ReliefEnded
from core.model.days import Window
from core.model.measures import REASSURANCE
from core.model.reassurance import ReliefWeek
from core.model.records import Recorded
from tests.builders import TODAY, all_recorded, check_in, method
from tests.unit.analysis.strategies import WINDOW, histories

METHOD = method()
VIEW = Window.ending(TODAY, 84)
HELPING = ReliefEnded.STILL_HELPING


def lasted(minutes: int | None, day: date | None = TODAY, *, helping: bool = False) -> Episode:
    return Episode(day=day, relief=5, relief_minutes=minutes, ended=HELPING if helping else None)


def read(*records: Recorded, view: Window = VIEW) -> tuple[ReliefWeek, ...]:
    return relief_weeks(records, view, METHOD)


def one_week(*episodes: Episode) -> ReliefWeek:
    [week] = read(*all_recorded(check_in(reassurance=20, episodes=episodes)))
    return week


@pytest.mark.parametrize(
    ("minutes", "median"), [((10, 20), None), ((10, 20, 60), 20), ((10, 20, 60, 90), 40), ((0, 0, 0), 0)], ids=str
)
def test_the_median_needs_three_that_say_how_long(minutes: tuple[int, ...], median: int | None):
    week = one_week(*map(lasted, minutes))
    assert (week.described, week.told, week.median) == (len(minutes), len(minutes), median)
    assert week.enough == (median is not None)


def test_an_episode_that_does_not_say_how_long_is_described_and_not_told():
    week = one_week(lasted(10), lasted(20), lasted(None))
    assert (week.described, week.told, week.minutes) == (3, 2, None)


def test_half_or_more_still_helping_is_a_minimum_and_no_median():
    week = one_week(lasted(10), lasted(30, helping=True), lasted(60, helping=True))
    assert (week.median, week.at_least, week.minutes) == (None, 30, 30)


def test_a_week_without_a_described_episode_has_no_value():
    assert read(*all_recorded(check_in(reassurance=4), check_in(TODAY - timedelta(weeks=1), reassurance=0))) == ()


def test_an_episode_counts_where_its_check_in_counts_on_its_day():
    weekly = check_in(reassurance=9, episodes=[lasted(10), lasted(20, TODAY - timedelta(days=6)), lasted(30, None)])
    one_day = check_in(TODAY, 1, reassurance=1, episodes=[lasted(40)])
    found = read(*all_recorded(weekly, one_day))
    assert [(week.days.days, week.described) for week in found] == [(6, 2), (1, 1)]


def test_an_episode_without_a_day_needs_more_than_half_of_its_check_in():
    loose = check_in(period_days=4, reassurance=3, episodes=[lasted(10, None)])
    half = [check_in(TODAY - timedelta(days=back), 1, reassurance=0) for back in (0, 1)]
    assert read(*all_recorded(loose, *half)) == ()
    [week] = read(*all_recorded(loose, half[0]))
    assert week.described == 1


def test_days_outside_the_view_have_no_part():
    told = check_in(reassurance=9, episodes=[lasted(10), lasted(20, TODAY - timedelta(days=6))])
    [week] = read(*all_recorded(told), view=Window(TODAY - timedelta(days=3), TODAY))
    assert week.described == 1


def with_episodes(record: Recorded[CheckIn]) -> Recorded[CheckIn]:
    """The same check-in with three described episodes, where it counted as many."""
    content = record.content
    if (content.reassurance_count or 0) < 3:
        return record
    episodes = (lasted(10, None), lasted(20, content.period_end), lasted(60, content.period.start, helping=True))
    return structs.replace(record, content=replace(content, episodes=episodes))


@given(histories())
def test_every_value_stands_over_the_days_of_a_bar_and_rows_may_come_in_any_order(records):
    records = tuple(map(with_episodes, records))
    bars = {bar.days for bar in count_bars(spans(records, WINDOW), REASSURANCE, METHOD)}
    found = relief_weeks(records, WINDOW, METHOD)
    assert {week.days for week in found} <= bars
    assert sum(week.described for week in found) <= sum(len(record.content.episodes) for record in records)
    assert relief_weeks(records[::-1], WINDOW, METHOD) == found


@pytest.mark.parametrize("helping", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("minutes", [(0, 5, 5, 90), (10, 20, 30, 40), (7, 7, 7), (3, 9, 27, 81, 243)])
def test_the_median_is_that_of_the_loop(minutes: tuple[int, ...], helping: int):
    episodes = [lasted(each, helping=at < helping) for at, each in enumerate(minutes)]
    [week] = read(*all_recorded(check_in(reassurance=20, episodes=episodes)))
    loop = read_loop(all_recorded(check_in(reassurance=20, episodes=episodes)), TODAY, METHOD)
    assert (week.median, week.at_least) == (loop.lasted.median, loop.lasted.still_helping_after)
