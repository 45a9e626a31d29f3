"""The client's own measures follow the rules of the built-in ones, by their id and nothing else."""

from datetime import timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from msgspec import structs

from core.analysis.course import History, course_of
from core.analysis.rates import rate
from core.analysis.series import MOST_SINGLE_MARKS
from core.model.course import Course
from core.model.days import Window
from core.model.full_answers import FullAnswers
from core.model.measures import REASSURANCE
from core.model.own_lists import NamedMeasure
from core.model.profile_items import OwnMeasureKind
from core.model.records import Recorded
from tests.builders import OWN, TODAY, all_recorded, check_in, method, own_measure

COUNT = own_measure(kind=OwnMeasureKind.COUNT)
WINDOW = Window.ending(TODAY, 28)


def full(value: int | None) -> FullAnswers | None:
    return None if value is None else FullAnswers(own_measures={OWN: value})


def course(named: NamedMeasure, records: tuple[Recorded, ...], window: Window = WINDOW) -> Course:
    return course_of(History(check_ins=records, own_measures=(named,)), window, method=method())


@pytest.mark.parametrize("values", [(3, 0, 5, 2), (None, 4, 4, None), (0, 0, 0, 0), (None, None, None, 7)])
def test_own_count_reads_as_reassurance_with_the_same_answers_would(values: tuple[int | None, ...]) -> None:
    ends = [TODAY - timedelta(weeks=back) for back in reversed(range(len(values)))]
    own = all_recorded(*(check_in(end, full=full(value), anxiety=4) for end, value in zip(ends, values, strict=True)))
    built_in = all_recorded(
        *(check_in(end, reassurance=value, anxiety=4) for end, value in zip(ends, values, strict=True))
    )
    found, expected = rate(own, OWN, WINDOW, kinds=5), rate(built_in, REASSURANCE, WINDOW, kinds=5)
    assert (found.count, found.observed_days, found.asked, found.per_week) == (
        expected.count,
        expected.observed_days,
        expected.asked,
        expected.per_week,
    )
    assert course(COUNT, own).own[0].bars == course(COUNT, built_in).bars[REASSURANCE]


def test_shorter_record_counts_on_its_days_and_a_blank_one_hides_nothing() -> None:
    week, day, blank = check_in(full=full(7)), check_in(period_days=1, full=full(3)), check_in(period_days=1, anxiety=5)
    with_day, with_blank = (course(COUNT, all_recorded(week, short)) for short in (day, blank))
    assert sum(bar.count for bar in with_day.own[0].bars) == Fraction(6) + 3
    assert sum(bar.count for bar in with_blank.own[0].bars) == 7


def test_withdrawn_answer_counts_nowhere() -> None:
    [record] = all_recorded(check_in(full=full(3)))
    gone = structs.replace(record, withdrawn=True)
    assert course(COUNT, (gone,)).own[0].bars == ()


def test_long_record_is_drawn_as_weekly_means_and_has_no_peak() -> None:
    days = MOST_SINGLE_MARKS + 12
    records = all_recorded(*(check_in(TODAY - timedelta(days=back), 1, full=full(back % 11)) for back in range(days)))
    marks = course(own_measure(), records, Window.ending(TODAY, days)).own[0].marks
    assert all(mark.weekly and mark.peak is None for mark in marks)
    assert len(marks) <= days // 7 + 2


def test_measure_of_another_id_is_not_read() -> None:
    other = UUID(int=99)
    records = all_recorded(check_in(full=FullAnswers(own_measures={other: 9})))
    assert course(own_measure(), records).own[0].asked.asked == 0


def test_measure_that_ended_is_there_only_where_it_was_answered() -> None:
    ended = own_measure(ended_on=TODAY)
    assert course(ended, all_recorded(check_in(anxiety=4))).own == ()
    assert len(course(ended, all_recorded(check_in(full=full(0)))).own) == 1


def test_own_answers_move_no_built_in_figure() -> None:
    bare, more = (all_recorded(check_in(anxiety=5, peak=7, reassurance=2, full=each)) for each in (None, full(9)))
    one, other = course(own_measure(), bare), course(own_measure(), more)
    assert (one.anxiety, one.bars, one.strip, one.asked) == (other.anxiety, other.bars, other.strip, other.asked)
