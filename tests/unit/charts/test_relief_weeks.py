"""The two small series above the loop: one axis of days, gaps left open, nothing joined, one value in all its forms."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from core.charts import LIGHT, hero_chart
from core.charts.palette import DARK
from core.charts.relief_weeks import CROWDED, KEY, relief_weeks_chart
from core.charts.relief_words import lasted_figure, relief_caption, relief_table, week_words
from core.model.course import Course
from core.model.days import Window
from core.model.measures import REASSURANCE
from core.model.reassurance import ReliefWeek
from tests.unit.charts.courses import TODAY, WORDS, bar, course, ref, week
from tests.wording import assert_clean

MONDAY = date(2026, 3, 2)
VIEW = Window(MONDAY, TODAY)
WEEKS = [week(MONDAY + timedelta(weeks=n)) for n in range(11)]


def told(days: Window, described: int, median: int | None = None, *, at_least: int | None = None, told: int = -1):
    exact = None if median is None else Fraction(median)
    said = described if told < 0 else told
    return ReliefWeek(
        days=days, described=described, told=said, needed=3, median=exact, at_least=at_least, refs=(ref(1),)
    )


LASTED = (told(WEEKS[0], 4, 20), told(WEEKS[1], 2), told(WEEKS[5], 3, at_least=120), told(WEEKS[6], 3, 0))


def drawn() -> Course:
    bars = [bar(WEEKS[0], 9), bar(WEEKS[1], 3, about=True), bar(WEEKS[5], 12), bar(WEEKS[6], 0)]
    return course(VIEW, reassurance=bars, gaps=[Window(WEEKS[2].start, WEEKS[4].end)])


def traces(name: str, *, compact: bool = False, weeks: tuple[ReliefWeek, ...] = LASTED) -> list[Any]:
    return [trace for trace in relief_weeks_chart(drawn(), weeks, LIGHT, compact=compact).data if trace.name == name]


def test_both_series_stand_on_the_days_of_the_hero_chart():
    figure = relief_weeks_chart(drawn(), LASTED, DARK)
    assert figure.layout.xaxis.range == hero_chart(drawn(), WORDS, DARK).layout.xaxis.range
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]
    assert figure.layout.margin.l == hero_chart(drawn(), WORDS, DARK).layout.margin.l


def test_each_mark_stands_under_its_bar():
    [marks] = traces("relief lasted")
    [read] = traces(f"{REASSURANCE} read")
    assert set(marks.x) <= set(read.x)
    assert [round(float(x), 1) for x in marks.x] == [3.5, 38.5, 45.5]


def test_no_line_joins_two_marks_and_nothing_is_drawn_in_a_gap():
    [marks] = traces("relief lasted")
    assert marks.mode == "markers+text"
    figure = relief_weeks_chart(drawn(), LASTED, LIGHT)
    first, last = ((day - VIEW.start).days for day in (WEEKS[2].start, WEEKS[4].end))
    drawn_at = [float(x) for trace in figure.data for x in trace.x]
    assert not [x for x in drawn_at if first <= x <= last]
    assert not [trace for trace in figure.data if trace.connectgaps]


def test_a_minimum_is_hollow_with_an_arrow_and_a_median_is_full():
    [marks] = traces("relief lasted")
    assert list(marks.marker.color) == [LIGHT.reassurance, LIGHT.paper, LIGHT.reassurance]
    assert list(marks.text) == ["", "↑", ""]


def test_how_many_were_described_stands_under_every_bar_also_without_a_mark():
    [figures] = traces("described")
    assert list(figures.text) == ["", "4", "2", "3", "3"]
    assert len(set(figures.y)) == 1


def test_figures_that_would_read_as_one_become_dots():
    closer = tuple(told(Window(day, day), 3, 20) for day in (MONDAY, MONDAY + timedelta(days=1), TODAY))
    [figures] = traces("described", compact=True, weeks=closer)
    assert list(figures.text) == ["", CROWDED, CROWDED, "3"]
    assert CROWDED in KEY


@pytest.mark.parametrize("weeks", [(), (told(WEEKS[1], 2),)], ids=["none described", "too few"])
def test_without_a_mark_the_panel_still_stands(weeks: tuple[ReliefWeek, ...]):
    assert not traces("relief lasted", weeks=weeks)
    assert traces("described", weeks=weeks)


@pytest.mark.parametrize(
    ("each", "figure"),
    [
        (LASTED[0], "median 20 min"),
        (LASTED[1], "no median under 3 that say how long"),
        (LASTED[2], "half or more still helping after 2 h"),
        (LASTED[3], "median 0, gone at once"),
        (told(WEEKS[0], 3), "half or more still helping, for a time not known"),
        (told(WEEKS[0], 3, told=2), "no median under 3 that say how long"),
    ],
)
def test_what_is_read_of_a_mark(each: ReliefWeek, figure: str):
    assert lasted_figure(each) == figure
    assert week_words(each).startswith(f"{figure}<br>{each.told} of {each.described} described say so, ")


def test_the_whole_caption():
    told_of = relief_caption(drawn(), LASTED)
    assert told_of == (
        "Over time, 2 Mar to 21 May 2026. Asking for reassurance: 0 to 12 a week, 1 marked about, in 4 bars. How long "
        "relief lasted: described in 4 of 4 bars. Medians in 2 of them: none to 20 min. A minimum instead "
        "in 1, still helping when told. Too few for a median, under 3 that say how long, in 1. No record on 21 days in "
        "1 gap, left open. They stand side by side in time, which shows no cause."
    )
    assert_clean(told_of)


def test_without_bars_or_episodes_the_caption_says_so():
    assert relief_caption(course(VIEW), ()) == (
        "Over time, 2 Mar to 21 May 2026. Asking for reassurance: not asked about in these days."
    )
    assert "How long relief lasted: described in 0 of 4 bars." in relief_caption(drawn(), ())


def test_the_table_has_a_row_for_each_bar_and_each_gap():
    table = relief_table(drawn(), LASTED)
    assert table.to_numpy().tolist() == [
        ["2 to 8 Mar 2026", "9 a week", "4", "median 20 min"],
        ["9 to 15 Mar 2026", "about 3 a week", "2", "no median under 3 that say how long"],
        ["16 Mar to 5 Apr 2026", "no record", "no record", "no record"],
        ["6 to 12 Apr 2026", "12 a week", "3", "half or more still helping after 2 h"],
        ["13 to 19 Apr 2026", "0 a week", "3", "median 0, gone at once"],
    ]
    assert relief_table(drawn(), ()).iloc[0].tolist() == ["2 to 8 Mar 2026", "9 a week", "none described", ""]
