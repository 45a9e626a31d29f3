"""The plot of relief, the day grid, and the words and table that stand for them."""

from datetime import timedelta
from math import isnan

import pytest

from core.charts.day_grid import day_grid, grid_days
from core.charts.loop import loop_chart
from core.charts.loop_words import BEST_REMEMBERED, COLUMNS, grid_caption, loop_caption, loop_numbers, loop_table
from core.charts.palette import DARK, LIGHT
from core.model.check_in_parts import CountKind, PartOfDay, Whom
from core.model.durations import print_minutes
from core.model.reassurance import ReassuranceLoop
from tests.builders import TODAY
from tests.unit.charts.loops import BACK, HELPING, episode, full_loop, loop_of, week_loop
from tests.wording import assert_clean


def plot(loop: ReassuranceLoop, **options: object):
    return loop_chart(loop, LIGHT, **options)


def trace_named(figure, name: str):
    return next((trace for trace in figure.data if trace.name == name), None)


def drawn(loop: ReassuranceLoop) -> int:
    return sum(plot(loop).data[0].customdata or ())


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "gone at once"), (1, "1 min"), (59, "59 min"), (60, "1 h"), (93, "1 h 33 min"), (1439, "23 h 59 min"),
     (1440, "1 day"), (1620, "1 day 3 h"), (2880, "2 days"), (10080, "7 days")],
)  # fmt: skip
def test_lengths_of_time_are_written_as_people_say_them(minutes: int, words: str) -> None:
    assert print_minutes(minutes) == words


def test_the_whole_caption_of_a_full_loop():
    assert loop_caption(full_loop()) == (
        "Relief and how long it lasted, 24 Apr to 21 May 2026. Recorded: about 31 times in 12 observed days, 18.1 a "
        "week. Described: 12 of about 31. Relief: median 2.5 of 10, 0 to 9. Lasted: median 20 min (11 of 12 say, 3 of "
        "them at least). Same worry again that day: 3 of 4 (4 of 12 say). Whom: partner 5, friend 2, family 1, online "
        "or messages 1, therapist 1 and not known 2. How: asked 8, checked 1, hinted 1, tested 1 and not known 1. 11 "
        "of the 12 described are drawn; 1 without relief or time is not. Under half are described; those may be the "
        "ones best remembered. How the relief ended is not known for 4 of 11; their time is taken as it was told. "
        "Still helping, for a time not known: 1, left out of the time."
    )


def test_the_whole_caption_of_the_day_grid():
    assert grid_caption(full_loop()) == (
        "Day by day, 24 Apr to 21 May 2026: 11 described episodes on 3 days, 10 with a time of day; none asked on 5 "
        "days; not asked about on 7 days; no record on 9 days. 1 described without a day. On other days some may have "
        "been counted and not described."
    )


def test_below_three_described_only_counts_are_said_and_nothing_is_drawn():
    two = week_loop([episode(2, 20), episode(4, 30)], count=5)
    assert [number.label for number in loop_numbers(two)] == ["Recorded", "Described"]
    assert loop_caption(two) == (
        "Relief and how long it lasted, 24 Apr to 21 May 2026. Recorded: 5 times in 7 observed days, 5.0 a week. "
        "Described: 2 of 5. From 3 described episodes on, their relief and how long it lasted are given; 1 more "
        "episode would do."
    )
    assert drawn(two) == 0
    assert trace_named(day_grid(two, LIGHT), "asked") is None
    assert loop_table(two).empty


def test_the_caveat_stands_under_half_and_not_at_half():
    three = [episode(2, 20), episode(4, 30), episode(4, 30)]
    assert BEST_REMEMBERED in loop_caption(week_loop(three, count=7))
    assert BEST_REMEMBERED not in loop_caption(week_loop(three, count=6))


def test_an_unreached_median_is_said_as_still_helping():
    loop = week_loop([episode(2, 10, BACK), episode(8, 120, HELPING), episode(9, 120, HELPING)])
    assert "Lasted: more than half still helping after 2 h (2 of them at least)." in loop_caption(loop)
    half = week_loop([episode(2, 10), episode(3, 10), episode(8, 120, HELPING), episode(9, 120, HELPING)])
    assert "Lasted: half still helping after 2 h" in loop_caption(half)


def test_nothing_recorded_is_not_none_recorded():
    assert "Recorded: no record." in loop_caption(loop_of())
    assert "Recorded: none in 7 observed days." in loop_caption(week_loop([]))


def test_shape_says_whom_and_inside_says_how_it_ended():
    loop = week_loop(
        [
            episode(1, 5, BACK, whom=Whom.PARTNER),
            episode(2, 15, HELPING, whom=Whom.FRIEND),
            episode(3, 30, None, whom=Whom.COLLEAGUE),
            episode(4, 60, BACK, whom=None),
        ]
    )
    figure = plot(loop)
    marks = figure.data[0]
    assert sorted(marks.marker.symbol) == ["circle", "diamond", "square", "triangle-up"]
    inside = dict(zip(marks.marker.symbol, marks.marker.color, strict=True))
    assert inside["circle"] == inside["diamond"] == LIGHT.reassurance
    assert inside["square"] == inside["triangle-up"] == LIGHT.paper
    assert dict(zip(marks.marker.symbol, marks.text, strict=True))["square"] == "→"
    halves = [shape for shape in figure.layout.shapes if shape.type == "path"]
    assert len(halves) == 1, "one mark whose end is not known is half filled"


def test_marks_alike_at_one_place_are_one_with_their_number():
    loop = week_loop([episode(2, 5), episode(2, 5), episode(2, 5, whom=Whom.FRIEND)])
    marks = plot(loop).data[0]
    assert sorted(zip(marks.customdata, marks.text, strict=True)) == [(1, ""), (2, "×2")]
    assert len(set(zip(marks.x, marks.y, strict=True))) == 2, "two looks at one place do not hide each other"


def test_time_axis_has_named_times_and_grows_only_where_needed():
    short = plot(week_loop([episode(2, 5)] * 3)).layout.xaxis
    assert list(short.ticktext) == ["none", "5 min", "15", "30", "1 h", "2 h", "half day", "a day"]
    long = plot(week_loop([episode(2, 10080)] * 3)).layout.xaxis
    assert list(long.ticktext)[-2:] == ["2 days", "a week"]
    assert long.range[1] > short.range[1]


def test_the_line_of_poor_relief_stands_above_its_highest_value():
    figure = plot(full_loop(), poor_relief=4)
    (line,) = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert (line.y0, line.y1) == (4.5, 4.5)
    assert not [shape for shape in plot(full_loop()).layout.shapes if shape.type == "line"]


def test_drawn_marks_table_and_sentence_agree():
    loop = full_loop()
    table = loop_table(loop)
    on_plot = table[(table["Relief"] != "not known") & (table["Lasted"] != "not known")]
    assert drawn(loop) == len(on_plot) == 11
    assert len(table) == loop.described == 12
    assert tuple(table.columns) == COLUMNS


def test_grid_has_a_tick_for_each_time_of_day_and_a_number_for_the_rest():
    loop = full_loop()
    ticks = trace_named(day_grid(loop, DARK), "asked")
    assert sum(1 for x in ticks.x if not isnan(x)) == 2 * 10, "two ends a tick, parted by nothing"
    assert grid_days(loop) == {TODAY - timedelta(days=1): 1}


def test_grid_bar_goes_on_into_the_next_morning():
    day = TODAY - timedelta(days=2)
    loop = week_loop([episode(8, 1440, day=day, part=PartOfDay.NIGHT), *[episode(2, 0, day=day)] * 2])
    bar = trace_named(day_grid(loop, LIGHT), "worry came back")
    rows = {int(y) for y in bar.y if not isnan(y)}
    assert rows == {25, 26}, "that day's row and the next one's"


def test_grid_marks_days_of_none_days_not_asked_and_days_without_a_record():
    figure = day_grid(full_loop(), LIGHT)
    texts = [text.strip() for text in trace_named(figure, "no time of day").text]
    assert (texts.count("0"), texts.count("▁"), texts.count("1")) == (5, 7, 1)
    assert sum(trace_named(figure, "no record").y) == 9


def test_unknown_exactness_is_carried_into_the_words():
    loop = week_loop([episode()] * 3, count=9, kind=CountKind.AT_LEAST)
    assert "Recorded: at least 9 times" in loop_caption(loop)
    assert "Described: 3 of at least 9." in loop_caption(loop)


@pytest.mark.parametrize("loop", [full_loop(), loop_of(), week_loop([]), week_loop([episode()] * 3)])
def test_the_words_use_no_banned_word_and_no_direction(loop: ReassuranceLoop) -> None:
    for said in (loop_caption(loop), grid_caption(loop)):
        assert_clean(said)
        assert not {"better", "worse", "higher", "lower", "stop"} & set(said.lower().split())
    for finding in (loop.relief, loop.lasted, loop.asked_again):
        for words in (*finding.would_change, *finding.cautions, finding.reason or ""):
            assert_clean(words)


@pytest.mark.parametrize("compact", [False, True])
def test_figures_have_both_forms_and_keep_their_axes_when_empty(compact: bool) -> None:
    for loop in (full_loop(), loop_of()):
        assert plot(loop, compact=compact).layout.height > 300
        assert list(day_grid(loop, DARK, compact=compact).layout.yaxis.range) == [28, 0]
