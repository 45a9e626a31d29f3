"""The breakdown by kind and the table beside triggers: figure, words and tables say the same."""

from datetime import UTC, datetime, timedelta
from math import isnan
from uuid import UUID

import pytest

from core.analysis.distortions import break_down
from core.analysis.triggers import read_triggers
from core.charts.distortion_words import (
    UNSORTED,
    KindWords,
    bars_table,
    breakdown_caption,
    breakdown_table,
    trigger_frame,
    trigger_lines,
)
from core.charts.distortions import breakdown_chart
from core.charts.palette import DARK, LIGHT
from core.model.check_in import CheckIn
from core.model.days import Window
from core.model.distortions import DistortionBreakdown, Told
from core.model.records import RecordKind, RecordRef
from tests.builders import TODAY, all_recorded, check_in, method
from tests.wording import assert_clean

METHOD = method()
LABELS = {"cd_mind_reading": "Mind-reading", "cd_catastrophizing": "Catastrophizing"}
WORDS = KindWords(kinds=LABELS)
LATE = UUID(int=1)
VIEW = Window.ending(TODAY, 84)


def found(*contents: CheckIn) -> DistortionBreakdown:
    return break_down(all_recorded(*contents), TODAY, VIEW, method=METHOD, kinds=tuple(LABELS))


def four_weeks() -> DistortionBreakdown:
    ends = [TODAY - timedelta(weeks=back) for back in range(5)]
    return found(
        check_in(ends[4], 7, kinds={"cd_mind_reading": 8, "cd_catastrophizing": 0}),
        check_in(ends[3], 7, kinds={"cd_mind_reading": 3, "cd_catastrophizing": 1}),
        check_in(ends[2], 7, distortions=30),
        check_in(ends[1], 7, kinds={"cd_mind_reading": 2}),
        check_in(ends[0], 3, kinds={"cd_mind_reading": 6, "cd_catastrophizing": 0}),
    )


def bars(figure, name: str) -> int:
    """How many boxes the rows of `name` have: boxes are parted by a place that is not a number."""
    traces = [trace for trace in figure.data if trace.name in (f"{name} bars", f"{name} hollow")]
    return sum(1 + sum(1 for x in trace.x if isnan(x)) for trace in traces)


def notes(figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_the_whole_caption_of_four_weeks():
    assert breakdown_caption(four_weeks(), WORDS) == (
        "Distortions by kind, 24 Apr to 21 May 2026 beside 27 Mar to 23 Apr 2026: every kind asked at 2 of 4 "
        "check-ins, some kinds only at 1, a total only at 1. Mind-reading: 4.5 a week (11 in 17 days), before 8.0 a "
        "week (8 in 7 days). Catastrophizing: 0.7 a week (1 in 10 days), before 0.0 a week (0 in 7 days). Not sorted: "
        "30.0 a week (30 in 7 days). Of all named where every kind was asked: mind-reading 9 of 10 and "
        "catastrophizing 1 of 10."
    )


def test_kinds_never_recorded_are_said_and_not_drawn_as_zero():
    nothing = found(check_in(distortions=12))
    assert breakdown_caption(nothing, WORDS).endswith("Kinds were not recorded; counts so far are not sorted.")
    assert bars(breakdown_chart(nothing, WORDS, LIGHT), "Mind-reading") == 0


def test_under_seven_observed_days_there_is_a_count_and_no_rate():
    few = found(check_in(TODAY, 3, kinds={"cd_mind_reading": 4, "cd_catastrophizing": 0}))
    assert breakdown_table(few, WORDS)["Now"].tolist() == ["4 in 3 days", "0 in 3 days", "not asked"]
    assert "4 in 3 days" in notes(breakdown_chart(few, WORDS, LIGHT))


def test_figure_and_tables_have_the_same_bars():
    breakdown = four_weeks()
    figure = breakdown_chart(breakdown, WORDS, LIGHT)
    table = bars_table(breakdown, WORDS)
    for reading in breakdown.kinds:
        name = LABELS[reading.kind]
        assert bars(figure, name) == sum(1 for bar in reading.bars if bar.count)
        assert (table[name] != "not asked").sum() == len(reading.bars)
    assert (table[UNSORTED] != "not asked").sum() == len(breakdown.unsorted_bars) == 1


def test_bars_of_a_few_days_are_hollow_and_do_not_set_the_scale():
    figure = breakdown_chart(four_weeks(), WORDS, LIGHT)
    hollow = next(trace for trace in figure.data if trace.name == "Mind-reading hollow")
    assert hollow.fill is None
    assert any(">8<" in note for note in notes(figure)), "the printed maximum is that of whole weeks"


def test_what_was_not_sorted_is_hollow_and_carries_its_figure_where_it_is_cut():
    figure = breakdown_chart(four_weeks(), WORDS, LIGHT)
    names = [trace.name for trace in figure.data]
    assert f"{UNSORTED} hollow" in names
    assert f"{UNSORTED} bars" not in names
    figures = next(trace for trace in figure.data if trace.name == f"{UNSORTED} figures")
    assert list(figures.text) == ["30"]


def test_what_a_rule_says_stands_in_figure_table_and_caption():
    said = KindWords(kinds=LABELS, said={"cd_mind_reading": "no clear change"})
    breakdown = four_weeks()
    assert "no clear change" in notes(breakdown_chart(breakdown, said, LIGHT))
    assert breakdown_table(breakdown, said)["What can be said"].tolist() == ["no clear change", "", ""]
    assert "before 8.0 a week (8 in 7 days); no clear change." in breakdown_caption(breakdown, said)
    assert "What can be said" not in breakdown_table(breakdown, WORDS).columns


@pytest.mark.parametrize("compact", [False, True])
def test_every_row_has_its_name_and_figures_in_both_forms(compact: bool) -> None:
    texts = " ".join(notes(breakdown_chart(four_weeks(), WORDS, DARK, compact=compact)))
    for words in ("Mind-reading", "Catastrophizing", UNSORTED, "4.5", "8.0"):
        assert words in texts


def test_the_words_use_no_banned_word():
    for breakdown in (four_weeks(), found(), found(check_in(anxiety=3))):
        assert_clean(breakdown_caption(breakdown, WORDS))
        for words in (*breakdown.would_change, breakdown.reason or ""):
            assert_clean(words)


def test_the_trigger_table_gives_both_sides_with_their_days():
    ref = RecordRef(kind=RecordKind.CHECK_IN, number=1, version=1, id=UUID(int=1))
    week = Window.ending(TODAY, 7)
    told = Told(
        ref=ref,
        recorded_at=datetime(2026, 5, 21, tzinfo=UTC),
        days=week,
        kinds={"cd_mind_reading": 5},
        triggers=frozenset({LATE}),
    )
    table = read_triggers([told], VIEW, kinds=tuple(LABELS), triggers=(LATE,))
    frame = trigger_frame(table, LABELS, {LATE: "late reply"})
    assert frame.to_dict("records") == [
        {
            "Trigger": "late reply",
            "Came up (check-ins)": "1 of 1",
            "Mind-reading": "5 in 7 days / no days",
            "Catastrophizing": "no days / no days",
        }
    ]
    assert trigger_lines(table, LABELS, {LATE: "late reply"}) == [
        "late reply, came up at 1 of 1 check-in. Mind-reading 5 in 7 days / no days; Catastrophizing no days / no days"
    ]
