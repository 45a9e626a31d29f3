from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given

from core.analysis.rates import rate
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind
from core.model.days import Window
from core.model.measures import DISTORTIONS, REASSURANCE
from core.model.numbers import one_decimal, print_number
from core.model.readings import Asked
from core.model.records import Recorded
from core.notes.sentences import not_asked_sentence, rate_sentence
from tests.builders import TODAY, all_recorded, check_in, daily, weekly
from tests.unit.analysis.strategies import histories
from tests.wording import assert_clean

FOUR_WEEKS = Window.ending(TODAY, 28)

Records = tuple[Recorded[CheckIn], ...]


def said_of(records: Records, measure: str = REASSURANCE) -> str:
    return rate_sentence(rate(records, measure, FOUR_WEEKS, kinds=5))


@pytest.mark.parametrize(
    ("records", "sentence"),
    [
        (weekly(4, reassurance=3), "3.0 a week (12 in 28 observed days)"),
        (daily(3, reassurance=1), "3 in 3 days"),
        (daily(1, reassurance=4), "4 in 1 day"),
        (weekly(4, reassurance=0), "none recorded in 28 observed days"),
        (daily(1, reassurance=0), "none recorded in 1 observed day"),
        (weekly(4, anxiety=4), "not asked at 4 of 4 check-ins"),
        ((), "no record"),
    ],
)
def test_a_rate_is_said_with_its_base(records: Records, sentence: str) -> None:
    assert said_of(records) == sentence


def test_how_a_count_is_known_is_said() -> None:
    about = all_recorded(check_in(reassurance=12, count_kind=CountKind.ABOUT))
    assert said_of(about) == "about 12.0 a week (about 12 in 7 observed days)"
    at_least = all_recorded(check_in(period_days=3, reassurance=12, count_kind=CountKind.AT_LEAST))
    assert said_of(at_least) == "at least 12 in 3 days"
    both = all_recorded(
        check_in(reassurance=12, count_kind=CountKind.ABOUT),
        check_in(TODAY - timedelta(days=7), reassurance=2, count_kind=CountKind.AT_LEAST),
    )
    assert said_of(both) == "at least about 7.0 a week (at least about 14 in 14 observed days)"


def test_partial_kinds_are_said() -> None:
    some = all_recorded(check_in(kinds={"cd_mind_reading": 3}))
    assert said_of(some, DISTORTIONS) == "3.0 a week (3 in 7 observed days; not every kind asked)"
    none_of_some = all_recorded(check_in(kinds={"cd_mind_reading": 0}))
    assert said_of(none_of_some, DISTORTIONS) == "none recorded in 7 observed days; not every kind asked"


def test_a_count_cut_by_the_window_has_one_decimal() -> None:
    records = all_recorded(check_in(FOUR_WEEKS.start, reassurance=10), check_in(reassurance=1))
    assert said_of(records) == "2.1 a week (2.4 in 8 observed days)"


def test_not_asked_is_said_only_where_something_was_left_out() -> None:
    assert not_asked_sentence(Asked(asked=5, check_ins=8)) == "not asked at 3 of 8 check-ins"
    assert not_asked_sentence(Asked(asked=0, check_ins=1)) == "not asked at 1 of 1 check-in"
    assert not_asked_sentence(Asked(asked=8, check_ins=8)) is None


@given(histories())
def test_no_sentence_uses_a_banned_word(records: Records) -> None:
    for sentence in (
        said_of(records),
        said_of(records, DISTORTIONS),
    ):
        assert_clean(sentence)


@pytest.mark.parametrize(
    ("value", "tenths", "count"),
    [
        (Fraction(3), "3.0", "3"),
        (Fraction(9, 4), "2.3", "2.3"),
        (Fraction(5, 100), "0.1", "0.1"),
        (Fraction(17, 7), "2.4", "2.4"),
        (Fraction(-1, 4), "-0.3", "-0.3"),
        (Fraction(-1, 100), "0.0", "0.0"),
    ],
)
def test_halves_are_written_away_from_zero(value: Fraction, tenths: str, count: str) -> None:
    assert one_decimal(value) == tenths
    assert print_number(value) == count
