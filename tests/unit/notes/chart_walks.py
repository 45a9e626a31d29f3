"""The words of every figure: captions, tables, what the pointer reads and what stands in a panel, in every state."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from uuid import UUID

import pandas as pd
import plotly.graph_objects as go

from core.analysis.distortions import break_down
from core.analysis.thought_examples import BALANCED, latest_examples
from core.analysis.triggers import read_triggers, told_in
from core.catalogue import load_catalogue
from core.charts.caption import caption, exactness, value_range
from core.charts.day_grid import day_grid
from core.charts.distortion_words import (
    KindWords,
    asked_words,
    bars_table,
    breakdown_caption,
    breakdown_table,
    cell_words,
    example_words,
    rate_figure,
    rate_words,
    share_words,
    trigger_frame,
    trigger_lines,
)
from core.charts.distortions import breakdown_chart
from core.charts.drawing import bar_figure, bar_text
from core.charts.frame import frame_for
from core.charts.hero import hero_chart
from core.charts.loop import loop_chart
from core.charts.loop_words import (
    drawn_words,
    episode_words,
    grid_caption,
    lasted_words,
    loop_caption,
    loop_cautions,
    loop_numbers,
    loop_table,
    recorded_words,
)
from core.charts.own import own_caption, own_chart, own_column
from core.charts.palette import LIGHT
from core.charts.panels import anxiety_text, empty_words, panel_title, start_words
from core.charts.questionnaire import questionnaire_chart
from core.charts.questionnaire_words import (
    DIRECTION_WORDS,
    band_range,
    margins_of,
    point_words,
    progress_caption,
    progress_table,
    signed_points,
    threshold_points,
)
from core.charts.relief_weeks import relief_weeks_chart
from core.charts.relief_words import lasted_figure, relief_caption, relief_table, week_words
from core.charts.strip import state_base
from core.charts.table import course_table
from core.charts.words import change_words, listed
from core.model.check_in_parts import CountKind, SignAnswer
from core.model.course import Course, RecordingChange
from core.model.days import Window
from core.model.distortions import DistortionBreakdown
from core.model.full_answers import FullAnswers
from core.model.measures import CHARTED
from core.model.readings import SignState
from core.model.reassurance import ReassuranceLoop
from tests.builders import TODAY, all_recorded, check_in, method
from tests.unit.charts import test_own as own_measures
from tests.unit.charts import test_relief_weeks as relief
from tests.unit.charts.courses import SIGNS, WORDS, bar, course, mark, reading, start_levels, week, weekly_course
from tests.unit.charts.forms import progress
from tests.unit.charts.loops import HELPING, episode, full_loop, week_loop
from tests.unit.notes.walks import Told, walks

CATALOGUE = load_catalogue()
KINDS = KindWords(kinds={kind.id: kind.label for kind in CATALOGUE.distortions.values()})
VIEW = Window.ending(TODAY, 84)
LATE = UUID(int=1)
NAMES_OF_AXES = (*DIRECTION_WORDS.values(), "4 or less: poor relief")
MONDAY = date(2026, 3, 2)


@walks(
    caption, exactness, value_range, course_table, own_caption, own_column, panel_title, start_words, empty_words,
    anxiety_text, bar_text, bar_figure, state_base, change_words, listed,
)  # fmt: skip
def of_the_course() -> Iterator[Told]:
    yield (value_range([Fraction(3), Fraction(5)]),)
    for drawn in courses():
        yield caption(drawn, WORDS), own_caption(drawn)
        yield tuple(own_column(own) for own in drawn.own)
        yield from rows_of(course_table(drawn, WORDS))
        for measure in CHARTED:
            yield (listed(exactness(drawn.bars.get(measure, ()))),)
            yield start_words(drawn, measure) or "", empty_words(drawn, measure, WORDS.measures[measure]) or ""
            frame = frame_for(drawn, rows=len(SIGNS), words_rows=0, compact=True)
            yield tuple(panel_title(drawn, measure, WORDS, frame, peak=True, start=True))
            yield from ((bar_text(each), bar_figure(each)) for each in drawn.bars.get(measure, ()))
        yield from ((anxiety_text(each),) for each in drawn.anxiety)
        yield from ((state_base(each),) for each in drawn.readings)
        yield from ((change_words(each), change_words(each, short=True)) for each in drawn.recording_changes)


def courses() -> Iterator[Course]:
    """Courses with everything, with nothing, with one record, and with every state of every sign."""
    weeks = [week(MONDAY + timedelta(weeks=number)) for number in range(4)]
    view = Window(MONDAY, TODAY)
    yield weekly_course()
    yield course(view)
    yield own_measures.drawn(own_measures.rating(), own_measures.count())
    changes = [RecordingChange(day=TODAY, from_days=before, to_days=after) for before, after in ((7, 1), (1, 14))]
    bars = [bar(weeks[0], 4, about=True), bar(weeks[1], 0), bar(weeks[2], 9, at_least=True, partial=True)]
    bars.append(bar(Window(weeks[3].start, weeks[3].start), 2))
    for state, answers in product(SignState, ((), (SignAnswer.OFTEN,) * 3, (SignAnswer.NOT_PRESENT,) * 3)):
        yield course(
            view, anxiety=[mark(weeks[0], 5, 8), mark(weeks[1], None, 9)], reassurance=bars, distortions=bars,
            gaps=[Window(weeks[3].end, TODAY)], changes=changes, comparisons=start_levels(7.5, 13.5, 26.3),
            readings=tuple(reading(sign, state, *answers) for sign in SIGNS),
        )  # fmt: skip


def _frame(drawn: Course):
    from core.charts.frame import frame_for

    return frame_for(drawn, rows=6, words_rows=0, compact=True)


@walks(
    loop_numbers, loop_cautions, loop_caption, grid_caption, loop_table, drawn_words, recorded_words, lasted_words,
    episode_words,
)  # fmt: skip
def of_the_loop() -> Iterator[Told]:
    for loop in loops():
        yield (loop_caption(loop), grid_caption(loop), *loop_cautions(loop))
        yield tuple(f"{number.label}: {number.text}" for number in loop_numbers(loop))
        yield drawn_words(loop), recorded_words(loop.rate), lasted_words(loop)
        yield from rows_of(loop_table(loop))
        yield from ((episode_words(each),) for each in loop.episodes)


def loops() -> Iterator[ReassuranceLoop]:
    yield full_loop()
    for described, count, kind in product(range(5), (0, 5, 40), CountKind):
        if count >= described:
            yield week_loop([episode(2, 20)] * described, count=count, kind=kind)
    yield week_loop([episode(9, 60, HELPING)] * 4)
    yield week_loop([episode(9, None, HELPING)] * 4)
    yield week_loop([episode(0, 0), episode(10, 1440), episode(None, None, None, day=None, whom=None, how=None)])


@walks(relief_caption, relief_table, week_words, lasted_figure)
def of_relief_over_time() -> Iterator[Told]:
    for drawn, weeks in ((relief.drawn(), relief.LASTED), (relief.drawn(), ()), (course(relief.VIEW), ())):
        yield (relief_caption(drawn, weeks),)
        yield from rows_of(relief_table(drawn, weeks))
        yield from ((week_words(each), lasted_figure(each)) for each in weeks)
    yield (lasted_figure(relief.told(relief.WEEKS[0], 3)),)


@walks(
    breakdown_caption, breakdown_table, bars_table, asked_words, share_words, rate_figure, rate_words, example_words,
)  # fmt: skip
def of_kinds() -> Iterator[Told]:
    named = check_in(kinds={"cd_mind_reading": 3, "cd_black_white": 0}, distortions=1)
    for practised in (None, {}, {BALANCED: 3}, {BALANCED: None}):
        told = replace(named, client_words="x", full=FullAnswers(practised=practised))
        yield from ((example_words(each, KINDS.kinds),) for each in latest_examples(all_recorded(told), VIEW))
    for found in breakdowns():
        yield breakdown_caption(found, KINDS), asked_words(found)
        yield from rows_of(breakdown_table(found, KINDS))
        yield from rows_of(bars_table(found, KINDS))
        for each in found.kinds:
            yield share_words(found, each), rate_figure(each.now), rate_words(each.before)


def breakdowns() -> Iterator[DistortionBreakdown]:
    every = dict.fromkeys(CATALOGUE.distortions, 3)
    some = {"cd_mind_reading": 2}
    none = dict.fromkeys(CATALOGUE.distortions, 0)
    for given in ((), (check_in(),), (check_in(distortions=12),)):
        yield _breakdown(*given)
    yield _breakdown(check_in(TODAY, 1, kinds=every))
    for early, late in product((every, some, none), repeat=2):
        yield _breakdown(check_in(TODAY - timedelta(days=28), kinds=early), check_in(kinds=late))


def _breakdown(*contents) -> DistortionBreakdown:
    return break_down(all_recorded(*contents), TODAY, VIEW, method=method(), kinds=tuple(CATALOGUE.distortions))


@walks(trigger_frame, trigger_lines, cell_words)
def of_triggers() -> Iterator[Told]:
    every = dict.fromkeys(CATALOGUE.distortions, 3)
    for early, late in product((frozenset(), frozenset({LATE}), None), repeat=2):
        contents = [
            replace(check_in(TODAY - timedelta(weeks=back), kinds=every), full=FullAnswers(triggers=each))
            for back, each in ((1, early), (0, late))
        ]
        known = told_in(all_recorded(*contents))
        found = read_triggers(known, VIEW, kinds=tuple(CATALOGUE.distortions), triggers=(LATE,))
        yield from rows_of(trigger_frame(found, KINDS.kinds, {LATE: "a late reply"}))
        yield tuple(trigger_lines(found, KINDS.kinds, {LATE: "a late reply"}))
        yield tuple(cell_words(cell) for cell in found.cells)


@walks(
    progress_caption, progress_table, point_words, band_range, signed_points, threshold_points,
    margins_of,
)  # fmt: skip
def of_forms() -> Iterator[Told]:
    yield tuple(signed_points(Fraction(points)) for points in (-2, 0, 2))
    for form in CATALOGUE.questionnaires.values():
        low, high = (int(end) for end in form.axis)
        for values in ((low,), (low, high), (high, low, low), (high, None, high), (None,)):
            if None in values and not form.items:
                continue
            found = progress(form.id, *values)
            yield (progress_caption(found),)
            yield from rows_of(progress_table(found))
            yield from ((point_words(point, found),) for point in found.points)
            yield tuple(margin.words for margin in margins_of(found))
            yield tuple(threshold_points(each.threshold) for each in found.change.thresholds)
        yield tuple(band_range(band.low, band.high) for band in form.bands)


def rows_of(table: pd.DataFrame) -> Iterator[Told]:
    """Each row with its headings."""
    for row in table.to_dict("records"):
        yield ("; ".join(f"{column}: {cell}" for column, cell in row.items()),)


@walks(hero_chart, own_chart, loop_chart, day_grid, relief_weeks_chart, breakdown_chart, questionnaire_chart)
def of_drawings() -> Iterator[Told]:
    """Everything that is written in a figure or read under the pointer, but for what an axis or a line is called."""
    for drawn in courses():
        yield from written_in(hero_chart(drawn, WORDS, LIGHT))
        if drawn.own:
            yield from written_in(own_chart(drawn, LIGHT))
    for loop in loops():
        yield from written_in(loop_chart(loop, LIGHT, poor_relief=4))
        yield from written_in(day_grid(loop, LIGHT))
    yield from written_in(relief_weeks_chart(relief.drawn(), relief.LASTED, LIGHT))
    yield from (each for found in breakdowns() for each in written_in(breakdown_chart(found, KINDS, LIGHT)))
    for form in CATALOGUE.questionnaires.values():
        low, high = (int(end) for end in form.axis)
        yield from written_in(questionnaire_chart(progress(form.id, high, low, low), LIGHT))


def written_in(figure: go.Figure) -> Iterator[Told]:
    """The texts of a figure; what stands in it stands together."""
    texts = [text for trace in figure.data for name in ("text", "hovertext") for text in _texts(trace[name])]
    texts += [note.text for note in figure.layout.annotations]
    yield tuple(text for text in texts if text not in NAMES_OF_AXES)


def _texts(found: object) -> list[str]:
    if found is None or isinstance(found, str):
        return [found] if found else []
    return [str(each) for each in found]
