"""The client's own measures drawn: chart, caption and table read one value; a gap stays a gap; words are escaped."""

from datetime import date, timedelta
from typing import Any

from core.charts import DARK, LIGHT, course_table, hero_chart, own_caption, own_chart
from core.model.course import Course, OwnCourse
from core.model.days import Window
from core.model.own_lists import FormerName, NamedMeasure
from core.model.profile_items import OwnMeasureKind
from core.model.readings import Asked
from tests.builders import own_measure
from tests.unit.charts.courses import TODAY, WORDS, bar, course, mark, week
from tests.wording import assert_clean

MONDAY = date(2026, 3, 2)
VIEW = Window(MONDAY, TODAY)
WEEKS = [week(MONDAY + timedelta(weeks=n)) for n in range(11)]
HOSTILE = "<b>*a*</b> $x$ [l](http://e.org)"


def rating(named: NamedMeasure | None = None) -> OwnCourse:
    return OwnCourse(
        named=named or own_measure(),
        marks=(
            mark(WEEKS[0], 4, joined=False),
            mark(WEEKS[1], 6),
            mark(WEEKS[5], 0, joined=False),
        ),
        bars=(),
        asked=Asked(asked=3, check_ins=4),
    )


def count() -> OwnCourse:
    return OwnCourse(
        named=own_measure("Reached out", OwnMeasureKind.COUNT),
        marks=(),
        bars=(bar(WEEKS[0], 3), bar(WEEKS[1], 0), bar(Window(WEEKS[2].start, WEEKS[2].start), 2)),
        asked=Asked(asked=3, check_ins=4),
    )


def drawn(*own: OwnCourse) -> Course:
    bare = course(VIEW, anxiety=[mark(WEEKS[0], 5, 8)])
    return Course(**{**vars(bare), "own": own})


def traces(found: Course, name: str) -> list[Any]:
    return [trace for trace in own_chart(found, LIGHT).data if trace.name == name]


def numbers(values: Any) -> list[float | None]:
    return [None if value != value else round(float(value), 2) for value in values]  # noqa: PLR0124 - only NaN differs from itself


def test_rating_is_dots_and_a_line_that_breaks() -> None:
    [line] = traces(drawn(rating()), "own 1")
    assert line.mode == "lines+markers"
    assert numbers(line.y) == [4.0, 6.0, None, 0.0]


def test_count_is_bars_with_a_zero_and_a_hollow_short_one() -> None:
    found = drawn(count())
    assert [trace.name for trace in own_chart(found, LIGHT).data] == [
        "own 1 exact",
        "own 1 thin",
        "own 1 figures",
        "own 1 read",
    ]
    [figures] = traces(found, "own 1 figures")
    assert list(figures.text) == ["0", "2 in 1 day"]


def test_chart_caption_and_table_say_the_same() -> None:
    found = drawn(rating(), count())
    [read] = traces(found, "own 1 read")
    assert [text.split("<br>")[0] for text in read.hovertext] == ["4", "6", "0"]
    assert "“Sleep”, rating 0 to 10: 0 to 6 of 10, asked at 3 of 4 check-ins." in own_caption(found)
    assert "“Reached out”, times a week: 0 to 3 a week, 1 bar of under 4 observed days shown as a count only" in (
        own_caption(found)
    )
    table = course_table(found, WORDS)
    sleep = [cell for cell in table["“Sleep”, rating 0 to 10"] if cell not in ("not asked", "no record")]
    assert sleep == ["4", "6", "0"]
    reached = [cell for cell in table["“Reached out”, times a week"] if cell not in ("not asked", "no record")]
    assert reached == ["3 a week", "0 a week", "2 in 1 day"]


def test_panel_of_each_measure_has_its_own_axis_under_the_same_days() -> None:
    figure = own_chart(drawn(rating(), count()), DARK)
    assert figure.layout.xaxis.range == hero_chart(drawn(), WORDS, DARK).layout.xaxis.range
    assert figure.layout.xaxis.anchor == "y2"
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis2.domain[1]


def test_renamed_measure_has_todays_name_and_tells_the_earlier_one() -> None:
    named = own_measure("Sleep", formerly=(FormerName(name="How I slept", until=date(2026, 5, 3)),))
    found = drawn(rating(named))
    assert "<b>Sleep</b>" in own_chart(found, LIGHT).layout.annotations[0].text
    assert "called “How I slept” until 3 May 2026" in own_caption(found)


def test_ended_measure_stays_readable_and_says_when_it_ended() -> None:
    found = drawn(rating(own_measure(ended_on=date(2026, 5, 1))))
    assert traces(found, "own 1")
    assert own_caption(found).endswith("ended on 1 May 2026.")


def test_measure_without_an_answer_says_so_in_its_panel() -> None:
    empty = OwnCourse(named=own_measure(), marks=(), bars=(), asked=Asked(asked=0, check_ins=4))
    [said] = traces(drawn(empty), "nothing drawn")
    assert said.text == ("Not asked in these days.",)


def test_words_of_a_name_show_as_typed() -> None:
    found = drawn(rating(own_measure(HOSTILE)))
    title = own_chart(found, LIGHT).layout.annotations[0].text
    assert "&lt;b&gt;" in title
    assert "<b>*a*" not in title
    assert HOSTILE in own_caption(found)


def test_long_word_of_a_name_is_cut_into_lines_that_fit() -> None:
    title = own_chart(drawn(rating(own_measure("x" * 40))), LIGHT).layout.annotations[0].text
    assert title.startswith(f"<b>{'x' * 17}<br>{'x' * 17}<br>{'x' * 6}</b>")


def test_two_measures_of_one_name_have_columns_of_their_own() -> None:
    table = course_table(drawn(rating(), rating()), WORDS)
    assert [column for column in table.columns if column.startswith("“Sleep”")] == [
        "“Sleep”, rating 0 to 10",
        "“Sleep”, rating 0 to 10 (2)",
    ]


def test_course_without_own_measures_is_drawn_as_before() -> None:
    assert not [column for column in course_table(drawn(), WORDS).columns if column.startswith("“")]


def test_caption_uses_no_banned_word() -> None:
    assert_clean(own_caption(drawn(rating(), count())))
