from datetime import timedelta

import pytest

from core.analysis.warnings import proposed_period, warnings_about
from core.model.days import Window
from tests.builders import TODAY, all_recorded, check_in, recorded
from tests.wording import assert_clean


@pytest.mark.parametrize(("count", "days", "warned"), [(70, 7, False), (71, 7, True), (10, 1, False), (11, 1, True)])
def test_more_than_ten_a_day_is_asked_about(count: int, days: int, *, warned: bool) -> None:
    found = warnings_about(check_in(period_days=days, reassurance=count), ())
    assert bool(found) is warned
    for sentence in found:
        assert_clean(sentence)
        assert str(count) in sentence


def test_an_ordinary_check_in_has_no_warning() -> None:
    before = all_recorded(check_in(TODAY - timedelta(days=7), anxiety=5))
    assert warnings_about(check_in(reassurance=5), before) == []


def test_days_that_are_already_covered_are_counted() -> None:
    before = all_recorded(
        check_in(TODAY - timedelta(days=3), anxiety=5), check_in(TODAY - timedelta(days=4), anxiety=5)
    )
    (sentence,) = warnings_about(check_in(anxiety=5), before)
    assert sentence.startswith("4 of these 7 days are already covered")
    assert_clean(sentence)


def test_a_single_covered_day_is_named_as_one() -> None:
    (sentence,) = warnings_about(check_in(period_days=1, anxiety=5), all_recorded(check_in(anxiety=5)))
    assert sentence.startswith("This day is already covered")


def test_withdrawn_check_ins_cover_nothing() -> None:
    assert warnings_about(check_in(anxiety=5), [recorded(check_in(anxiety=5), withdrawn=True)]) == []


@pytest.mark.parametrize(("missing", "warned"), [(14, False), (15, True)])
def test_more_than_fourteen_days_without_a_record_are_named(missing: int, *, warned: bool) -> None:
    last = TODAY - timedelta(days=7 + missing)
    found = warnings_about(check_in(anxiety=5), all_recorded(check_in(last, anxiety=5)))
    assert bool(found) is warned
    for sentence in found:
        assert f"{missing} days" in sentence
        assert "2026" in sentence
        assert_clean(sentence)


def test_the_first_check_in_of_a_client_ends_no_gap() -> None:
    assert warnings_about(check_in(anxiety=5), ()) == []


def test_a_late_entry_is_measured_from_the_record_before_it() -> None:
    records = all_recorded(check_in(TODAY - timedelta(days=60), anxiety=5), check_in(TODAY, anxiety=5))
    (sentence,) = warnings_about(check_in(TODAY - timedelta(days=20), anxiety=5), records)
    assert "33 days" in sentence


@pytest.mark.parametrize(("days_ago", "days"), [(0, 7), (1, 1), (6, 6), (10, 10), (11, 7), (90, 7)])
def test_the_next_period_starts_after_the_last_covered_day(days_ago: int, days: int) -> None:
    records = all_recorded(check_in(TODAY - timedelta(days=days_ago), anxiety=5))
    assert proposed_period(records, TODAY) == Window.ending(TODAY, days)


def test_the_first_period_is_a_week() -> None:
    assert proposed_period((), TODAY) == Window.ending(TODAY, 7)
    withdrawn = [recorded(check_in(TODAY - timedelta(days=3), anxiety=5), withdrawn=True)]
    assert proposed_period(withdrawn, TODAY) == Window.ending(TODAY, 7)
