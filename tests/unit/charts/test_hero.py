import math
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
import pytest

from core.charts.hero import HeroOptions, hero_chart
from core.charts.palette import DARK, LIGHT
from core.model.calendar import SessionStatus
from core.model.course import EventMark, RecordingChange, SessionMark
from core.model.days import Window, iso_week_start
from core.model.readings import SignState
from tests.unit.charts.courses import (
    ABSENT,
    NO_OCCASION,
    OFTEN,
    SIGNS,
    SOMETIMES,
    TODAY,
    WORDS,
    bar,
    cell,
    course,
    mark,
    reading,
    start_levels,
    week,
    weekly_course,
)

MONDAY = date(2026, 3, 2)
VIEW = Window(MONDAY, TODAY)
WEEKS = [week(MONDAY + timedelta(weeks=n)) for n in range(11)]


def draw(*args: Any, **more: Any) -> go.Figure:
    return hero_chart(course(VIEW, *args, **more), WORDS, LIGHT)


def trace(figure: go.Figure, name: str) -> Any:
    return next((each for each in figure.data if each.name == name), None)


def texts(figure: go.Figure, name: str) -> list[str]:
    found = trace(figure, name)
    return [] if found is None else list(found.text)


def runs(found: Any) -> list[list[tuple[float, float]]]:
    """The points of a trace, parted where it is not joined."""
    parts: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(found.x, found.y, strict=True):
        if math.isnan(y):
            parts.append([])
        else:
            parts[-1].append((float(x), float(y)))
    return parts


def test_the_line_breaks_where_a_mark_is_not_joined():
    figure = draw(
        anxiety=[
            mark(WEEKS[0], 5, joined=False),
            mark(WEEKS[1], 6),
            mark(WEEKS[5], 4, joined=False),
            mark(WEEKS[6], 3),
        ]
    )
    assert runs(trace(figure, "anxiety")) == [[(3.5, 5), (10.5, 6)], [(38.5, 4), (45.5, 3)]]


def test_no_trace_of_the_whole_chart_connects_gaps():
    figure = hero_chart(weekly_course(), WORDS, LIGHT)
    lines = [each for each in figure.data if each.type == "scatter" and "lines" in each.mode]
    assert lines
    assert all(each.connectgaps is False for each in lines)


def test_one_record_is_a_dot_and_no_line():
    figure = draw(anxiety=[mark(WEEKS[2], 6, 8, joined=False)])
    line = trace(figure, "anxiety")
    assert len(line.x) == 1
    assert "markers" in line.mode


def test_a_mark_with_only_a_peak_draws_its_peak_and_leaves_the_line_alone():
    figure = draw(anxiety=[mark(WEEKS[0], 5, joined=False), mark(WEEKS[1], None, 9, joined=False), mark(WEEKS[2], 4)])
    assert len(runs(trace(figure, "anxiety"))) == 1
    assert {y for run in runs(trace(figure, "peak")) for _, y in run} == {9}


def test_peaks_are_one_trace_and_can_be_left_out():
    marked = [mark(each, 4, 7) for each in WEEKS]
    assert sum(each.name == "peak" for each in draw(anxiety=marked).data) == 1
    figure = hero_chart(course(VIEW, anxiety=marked), WORDS, LIGHT, show=HeroOptions(peak=False))
    assert trace(figure, "peak") is None
    assert "peak" not in figure.layout.annotations[0].text


def test_above_a_hundred_marks_there_are_no_dots_except_for_a_mark_on_its_own():
    window = Window.ending(TODAY, 7 * 120)
    mondays = [week(iso_week_start(window.start) + timedelta(weeks=n)) for n in range(120)]
    marks = [mark(each, 5, weekly=True, joined=n not in (0, 118, 119)) for n, each in enumerate(mondays)]
    figure = hero_chart(course(window, anxiety=marks), WORDS, LIGHT)
    assert trace(figure, "anxiety").mode == "lines"
    assert len(trace(figure, "anxiety alone").x) == 2


def test_a_recorded_zero_is_printed_and_a_missing_week_is_nothing():
    figure = draw(reassurance=[bar(WEEKS[0], 3), bar(WEEKS[1], 0), bar(WEEKS[4], 2)], check_ins=3)
    assert texts(figure, "reassurance_count figures") == ["0"]
    assert len(runs(trace(figure, "reassurance_count exact"))) == 2


def test_about_at_least_and_partial_bars_are_pale_with_a_full_outline():
    for kind in ("about", "at_least", "partial"):
        figure = draw(distortions=[bar(WEEKS[0], 5), bar(WEEKS[1], 6, **{kind: True})], check_ins=2)
        pale, full = trace(figure, "distortions_total about"), trace(figure, "distortions_total exact")
        assert len(runs(pale)) == len(runs(full)) == 1
        assert pale.fillcolor == LIGHT.distortions_pale
        assert pale.line.color == full.line.color == full.fillcolor == LIGHT.distortions


def test_at_least_has_an_arrow_and_about_has_none():
    figure = draw(reassurance=[bar(WEEKS[0], 5, about=True), bar(WEEKS[1], 6, at_least=True)], check_ins=2)
    assert texts(figure, "reassurance_count figures") == ["↑"]


def test_a_thin_week_is_hollow_narrow_labelled_and_does_not_set_the_axis():
    thin = bar(Window(WEEKS[1].start, WEEKS[1].start), 5)
    figure = draw(reassurance=[bar(WEEKS[0], 8), thin], check_ins=2)
    hollow = trace(figure, "reassurance_count thin")
    left, right = min(hollow.x), max(hollow.x)
    assert hollow.fill is None
    assert right - left < 1
    assert max(hollow.y) < 35
    assert texts(figure, "reassurance_count figures") == ["5 in 1 day"]
    assert figure.layout.yaxis2.tickvals == (0, 4, 8)


def test_a_thin_week_says_that_its_count_is_a_minimum():
    figure = draw(reassurance=[bar(Window(WEEKS[1].start, WEEKS[1].start), 5, at_least=True)], check_ins=1)
    assert texts(figure, "reassurance_count figures") == ["↑ 5 in 1 day"]


def test_a_zero_in_a_thin_week_is_seen_even_where_its_label_has_no_room():
    days = [Window(each.start, each.start) for each in WEEKS[:3]]
    window = Window(MONDAY - timedelta(weeks=90), TODAY)
    figure = hero_chart(course(window, reassurance=[bar(day, 0) for day in days]), WORDS, LIGHT)
    assert texts(figure, "reassurance_count figures") == ["0 in 1 day", "0", "0"]


def test_the_label_of_a_thin_week_stands_above_a_zero_beside_it():
    figure = draw(reassurance=[bar(WEEKS[0], 0), bar(Window(WEEKS[1].start, WEEKS[1].start), 0), bar(WEEKS[4], 8)])
    found = trace(figure, "reassurance_count figures")
    assert list(found.text) == ["0", "0 in 1 day"]
    assert found.y[1] > found.y[0] == 0


def test_labels_of_thin_weeks_do_not_stand_on_each_other():
    days = [Window(each.start, each.start) for each in WEEKS]
    window = Window(MONDAY - timedelta(weeks=90), TODAY)
    figure = hero_chart(course(window, reassurance=[bar(day, 2) for day in days]), WORDS, LIGHT)
    px = 734 / window.days
    found = trace(figure, "reassurance_count figures")
    assert all(after - before > 60 / px for before, after in zip(found.x, found.x[1:], strict=False))


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(1, (0, 1, 2)), (6, (0, 3, 6)), (11, (0, 6, 12)), (25, (0, 15, 30)), (41, (0, 25, 50)), (101, (0, 60, 120))],
)
def test_counts_print_zero_a_whole_half_and_an_even_maximum(highest, ticks):
    figure = draw(reassurance=[bar(WEEKS[0], highest)], check_ins=1)
    assert figure.layout.yaxis2.tickvals == ticks
    low, high = figure.layout.yaxis2.range
    assert low <= 0 < ticks[-1] <= high


def test_anxiety_keeps_its_scale_whatever_is_recorded():
    axis = draw(anxiety=[mark(WEEKS[0], 1)]).layout.yaxis
    assert axis.tickvals == (0, 4, 7, 10)
    assert axis.range[0] <= 0
    assert axis.range[1] >= 10


def test_bars_are_as_wide_as_the_observed_part_of_the_week_and_never_slabs():
    figure = draw(reassurance=[bar(WEEKS[0], 7), bar(Window(WEEKS[1].start, WEEKS[1].start), 7)], check_ins=2)
    whole, thin = trace(figure, "reassurance_count exact"), trace(figure, "reassurance_count thin")
    assert max(whole.x) - min(whole.x) == pytest.approx(0.045 * VIEW.days, abs=0.01)
    assert max(thin.x) - min(thin.x) < 1


def test_each_answer_has_its_own_shape():
    answers = (OFTEN, SOMETIMES, ABSENT, NO_OCCASION, None)
    shapes = set()
    for answer in answers:
        figure = draw(strip={"ws_checking": (cell(WEEKS[0], answer),)}, check_ins=1)
        full, outlined = trace(figure, "answers full"), trace(figure, "answers outlined")
        height = 0 if full is None else round(float(max(full.y) - min(full.y)))
        shapes.add((height, 0 if outlined is None else len(outlined.x)))
    assert len(shapes) == len(answers)


def test_squares_stand_under_the_bars_of_the_same_week():
    figure = draw(
        reassurance=[bar(WEEKS[3], 4)], strip={"ws_checking": (cell(WEEKS[3], OFTEN),)}, anxiety=[mark(WEEKS[3], 4)]
    )
    square, drawn = trace(figure, "answers full"), trace(figure, "reassurance_count exact")
    assert (min(square.x), max(square.x)) == (min(drawn.x), max(drawn.x))
    assert (min(square.x) + max(square.x)) / 2 == pytest.approx(trace(figure, "anxiety").x[0])


def test_a_gap_is_hatched_over_all_rows_and_nothing_else_is_drawn_there():
    gap = Window(WEEKS[4].start, WEEKS[6].end)
    hatch = trace(draw(gaps=[gap], check_ins=1), "no record")
    assert hatch.marker.pattern.shape == "/"
    assert (hatch.x[0], hatch.width[0]) == (38.5, 21)


def test_the_compact_form_hatches_row_by_row_and_has_no_room_at_the_right():
    one = course(VIEW, gaps=[WEEKS[4]], check_ins=1, comparisons=start_levels(7.5, 4, 9))
    figure = hero_chart(one, WORDS, LIGHT, compact=True)
    assert len(trace(figure, "no record").x) == len(SIGNS)
    assert trace(figure, "display bands") is None
    assert figure.layout.margin.r == 8
    assert "start 7.5" in figure.layout.annotations[0].text


def test_states_stand_with_mark_word_and_base():
    figure = draw(
        readings=(
            reading("ws_reassurance", SignState.PRESENT, OFTEN, OFTEN, SOMETIMES, ABSENT),
            reading("ws_checking", SignState.NOT_SEEN, ABSENT, ABSENT, ABSENT, None),
            reading("ws_isolation", SignState.INSUFFICIENT, NO_OCCASION),
        )
    )
    present, not_seen, insufficient = texts(figure, "states")
    assert "● <b>Present</b>" in present
    assert "(seen 3 of 4)" in present
    assert "○ Not seen" in not_seen
    assert "(asked 3)" in not_seen
    assert insufficient.strip("\u00a0") == "◌ Not enough recorded"


def test_sessions_differ_in_shape_and_planned_ones_are_not_drawn():
    sessions = [
        SessionMark(day=MONDAY + timedelta(days=n), status=status, number=n + 1)
        for n, status in enumerate(SessionStatus)
    ]
    found = trace(draw(sessions=sessions), "sessions")
    assert list(found.marker.symbol) == ["diamond", "diamond-open", "x-thin-open"]


def test_sessions_and_events_can_be_left_out():
    figure = hero_chart(weekly_course(), WORDS, LIGHT, show=HeroOptions(sessions=False, events=False, start=False))
    assert trace(figure, "sessions") is None
    assert trace(figure, "event words") is None
    assert not figure.layout.shapes


def test_event_words_are_shown_as_typed():
    figure = draw(events=[EventMark(day=TODAY - timedelta(days=40), words="<script> & =cmd")])
    assert "&lt;script&gt; &amp; =cmd" in texts(figure, "event words")[0]
    assert "&lt;script&gt; &amp; =cmd" in trace(figure, "events read").hovertext[0]


def test_long_event_words_are_cut_and_stay_whole_for_the_pointer():
    words = "moved to another town together with her sister and both children, after long talks"[:80]
    events = [EventMark(day=MONDAY + timedelta(days=day), words=words) for day in (20, 24, 28)]
    figure = draw(events=events)
    shown = texts(figure, "event words")
    assert any(text.rstrip("\u00a0").endswith("…") for text in shown)
    assert len(trace(figure, "events read").x) == 3
    assert trace(figure, "events read").hovertext[0].replace("<br>", " ") == words


def test_words_of_neighbouring_events_stand_on_two_rows():
    events = [EventMark(day=MONDAY + timedelta(days=day), words="starts a new job") for day in (20, 22)]
    found = trace(draw(events=events), "event words")
    assert len(set(found.y)) == 2


def test_all_events_are_one_line_shape_and_a_change_of_recording_another():
    events = [EventMark(day=MONDAY + timedelta(days=day), words="x") for day in (5, 25, 45)]
    change = RecordingChange(day=MONDAY + timedelta(days=14), from_days=7, to_days=1)
    figure = draw(events=events, changes=[change])
    paths = [shape for shape in figure.layout.shapes if shape.type == "path"]
    assert len(paths) == 2
    assert paths[0].line.dash != paths[1].line.dash
    assert any("recording changed from weekly to daily" in text for text in texts(figure, "event words"))


def test_start_levels_are_dotted_lines_with_their_value():
    figure = draw(
        anxiety=[mark(WEEKS[0], 5)],
        reassurance=[bar(WEEKS[0], 3)],
        distortions=[bar(WEEKS[0], 3)],
        comparisons=start_levels(7.5, 13.5, 26.3),
    )
    lines = {shape.yref: shape for shape in figure.layout.shapes}
    assert {ref: shape.y0 for ref, shape in lines.items()} == {"y": 7.5, "y2": 13.5, "y3": pytest.approx(26.3)}
    assert texts(figure, "reassurance_count start")[0].strip("\u00a0") == "start 13.5"
    assert figure.layout.yaxis2.tickvals[-1] >= 13.5


def test_an_empty_panel_says_so():
    figure = draw(anxiety=[mark(WEEKS[0], 5)], distortions=[bar(WEEKS[0], 3)])
    said = [text for each in figure.data if each.name == "nothing drawn" for text in each.text]
    assert [text for text in said if text] == ["Reassurance-seeking has not been asked yet."]


def test_an_empty_panel_after_an_earlier_record_does_not_say_never():
    figure = draw(anxiety=[mark(WEEKS[0], 5)], comparisons=start_levels(5, 3, 2))
    said = [text for each in figure.data if each.name == "nothing drawn" for text in each.text]
    assert "Reassurance-seeking was not asked in this period." in said
    assert "Distortions were not asked in this period." in said


def test_a_course_without_check_ins_keeps_all_panels():
    figure = hero_chart(course(VIEW), WORDS, LIGHT)
    said = [text for each in figure.data if each.name == "nothing drawn" for text in each.text]
    assert said[0] == "No check-in from 2 Mar to 21 May 2026."
    assert {each.yaxis or "y" for each in figure.data} == {"y", "y2", "y3", "y4"}


@pytest.mark.parametrize("days", [7, 25, 84, 150, 365, 728, 2000])
@pytest.mark.parametrize("compact", [False, True])
def test_tick_labels_never_touch_each_other_or_the_edge(days, compact):
    figure = hero_chart(course(Window.ending(TODAY, days)), WORDS, LIGHT, compact=compact)
    width, right = (324, 8) if compact else (734, 208)
    px = width / days
    places, labels = figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext
    halves = [3.6 * len(label.split("<br>")[0]) for label in labels]
    assert len(places) >= 2
    for (before, half), (after, next_half) in zip(
        zip(places, halves, strict=True), list(zip(places, halves, strict=True))[1:], strict=False
    ):
        assert before * px + half <= after * px - next_half
    assert places[-1] * px + halves[-1] <= width + right


def test_ranges_are_fixed_and_there_is_no_legend_and_no_second_scale():
    layout = hero_chart(weekly_course(), WORDS, DARK).layout
    shared = layout.template.layout
    assert shared.xaxis.fixedrange
    assert shared.yaxis.fixedrange
    assert shared.showlegend is False
    assert all(layout[name].overlaying is None for name in ("yaxis", "yaxis2", "yaxis3", "yaxis4"))


def test_both_themes_draw_the_same_and_only_colours_differ():
    light, dark = (hero_chart(weekly_course(), WORDS, palette) for palette in (LIGHT, DARK))
    assert [each.name for each in light.data] == [each.name for each in dark.data]
    assert trace(light, "answers full").fillcolor != trace(dark, "answers full").fillcolor


def test_two_years_of_weeks_are_a_few_traces():
    assert len(hero_chart(weekly_course(104), WORDS, LIGHT).data) < 30
