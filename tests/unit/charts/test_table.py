import math
from collections import Counter
from datetime import date, timedelta

from core.charts.hero import hero_chart
from core.charts.palette import LIGHT
from core.charts.table import course_table
from core.model.calendar import SessionStatus
from core.model.course import EventMark, RecordingChange, SessionMark
from core.model.days import Window
from tests.unit.charts.courses import (
    ABSENT,
    OFTEN,
    SIGNS,
    SOMETIMES,
    TODAY,
    WORDS,
    bar,
    cell,
    course,
    mark,
    week,
    weekly_course,
)

MONDAY = date(2026, 3, 2)
VIEW = Window(MONDAY, TODAY)
WEEKS = [week(MONDAY + timedelta(weeks=n)) for n in range(11)]
SILENT = {"no record", "not asked"}


def points(figure, name):
    found = next((each for each in figure.data if each.name == name), None)
    return [] if found is None else [(x, y) for x, y in zip(found.x, found.y, strict=True) if not math.isnan(y)]


def boxes(figure, name):
    return len(points(figure, name)) // 5


def filled(table, column):
    return [value for value in table[column] if value not in SILENT]


def test_every_dot_peak_and_bar_of_the_figure_is_in_the_table_and_the_other_way_round():
    drawn = weekly_course()
    figure, table = hero_chart(drawn, WORDS, LIGHT), course_table(drawn, WORDS)
    assert [float(value) for value in filled(table, "Anxiety, average")] == [y for _, y in points(figure, "anxiety")]
    peaks = Counter(float(value) for value in filled(table, "Anxiety, peak"))
    caps = Counter(y for _, y in points(figure, "peak"))
    assert set(peaks) <= set(caps)
    assert sum(caps.values()) == 4 * sum(peaks.values())
    for column, measure in (
        ("Reassurance, times a week", "reassurance_count"),
        ("Distortions, named a week", "distortions_total"),
    ):
        values = filled(table, column)
        zeros = [value for value in values if value.startswith("0 ")]
        pale = [value for value in values if value.startswith(("about", "at least")) or "some kinds" in value]
        thin = [value for value in values if " in " in value and "a week" not in value]
        assert boxes(figure, f"{measure} about") == len(pale)
        assert boxes(figure, f"{measure} thin") == len(thin)
        assert boxes(figure, f"{measure} exact") == len(values) - len(zeros) - len(pale) - len(thin)
        labels = next((list(each.text) for each in figure.data if each.name == f"{measure} figures"), [])
        assert labels.count("0") == len(zeros)


def test_every_bar_height_of_the_figure_is_the_figure_in_the_table():
    drawn = weekly_course()
    figure, table = hero_chart(drawn, WORDS, LIGHT), course_table(drawn, WORDS)
    heights = [max(y for _, y in points(figure, "distortions_total exact")[n : n + 5]) for n in range(0, 5 * 29, 5)]
    exact = [value for value in filled(table, "Distortions, named a week") if "some kinds" not in value]
    assert [f"{height:g} a week" for height in heights] == exact


def test_every_answer_of_the_strip_is_in_the_table_and_the_other_way_round():
    drawn = weekly_course()
    read = next(each for each in hero_chart(drawn, WORDS, LIGHT).data if each.name == "answers read")
    shown = Counter(tuple(line.split(": ")) for text in read.hovertext for line in text.split("<br>")[1:])
    table = course_table(drawn, WORDS)
    tabled = Counter(
        (label, value) for label in SIGNS.values() for value in table[f"Sign: {label}"] if value != "no record"
    )
    assert tabled == shown


def test_every_gap_session_event_and_change_of_the_figure_has_its_place():
    drawn = weekly_course()
    figure, table = hero_chart(drawn, WORDS, LIGHT), course_table(drawn, WORDS)
    hatch = next(each for each in figure.data if each.name == "no record")
    gaps = table[table["Anxiety, average"] == "no record"]
    assert len(gaps) == len(hatch.x) == len(drawn.gaps)
    sessions = "; ".join(table["Sessions"]).count("session ")
    assert sessions == len(points(figure, "sessions"))
    assert "new job (7 Dec)" in "; ".join(table["Events"])


def test_a_gap_is_a_row_and_never_a_blank_answer():
    table = course_table(course(VIEW, anxiety=[mark(WEEKS[0], 5)], gaps=[Window(WEEKS[1].start, TODAY)]), WORDS)
    assert list(table["Days"]) == ["2 to 8 Mar 2026", "9 Mar to 21 May 2026"]
    assert table.loc[0, "Sign: Checking"] == "not asked"
    assert table.loc[1, "Sign: Checking"] == "no record"


def test_daily_records_of_one_week_stand_together_with_their_days():
    days = list(WEEKS[0])[:2]
    table = course_table(
        course(VIEW, anxiety=[mark(Window(day, day), value) for day, value in zip(days, (4, 6), strict=True)]), WORDS
    )
    assert table.loc[0, "Anxiety, average"] == "4 (2 Mar); 6 (3 Mar)"


def test_a_record_over_two_weeks_is_given_once_and_pointed_to_from_the_other_week():
    long = Window(WEEKS[0].start + timedelta(days=4), WEEKS[1].start + timedelta(days=6))
    table = course_table(
        course(VIEW, anxiety=[mark(long, 5, 7)], strip={"ws_checking": (cell(long, SOMETIMES),)}), WORDS
    )
    assert list(table["Anxiety, average"]) == ["see week of 9 Mar", "5"]
    assert list(table["Sign: Checking"]) == ["see week of 9 Mar", "sometimes"]


def test_sessions_and_events_in_a_gap_stand_in_its_row_and_before_any_record_in_their_week():
    one = course(
        VIEW,
        anxiety=[mark(WEEKS[3], 5)],
        gaps=[WEEKS[4]],
        sessions=[SessionMark(day=WEEKS[4].start, status=SessionStatus.MISSED, number=3)],
        events=[EventMark(day=WEEKS[0].end, words="=cmd | <b>")],
        changes=[RecordingChange(day=WEEKS[3].start, from_days=7, to_days=14)],
    )
    table = course_table(one, WORDS)
    assert table.loc[2, "Sessions"] == "session 3 missed (30 Mar)"
    assert table.loc[0, "Events"] == "=cmd | <b> (8 Mar)"
    assert table.loc[0, "Anxiety, average"] == "no record"
    assert "recording changed from weekly to every 14 days (23 Mar)" in table.loc[1, "Events"]


def test_a_week_that_was_partly_observed_gives_its_base():
    part = Window(WEEKS[0].start, WEEKS[0].start + timedelta(days=3))
    table = course_table(course(VIEW, reassurance=[bar(part, 4)], check_ins=1), WORDS)
    assert table.loc[0, "Reassurance, times a week"] == "7 a week (4 in 4 days)"


def test_an_empty_course_has_columns_and_no_rows():
    table = course_table(course(VIEW), WORDS)
    assert table.empty
    assert table.columns[0] == "Days"


def test_all_cells_are_text():
    table = course_table(weekly_course(), WORDS)
    assert all(isinstance(value, str) and value == value.strip() for value in table.to_numpy().ravel())
    assert OFTEN.value in set(table["Sign: Checking"])
    assert ABSENT.value != "not present", "the table uses words, not ids"
