"""GAD-7, GAD-2, PHQ-9, PHQ-2 and OASIS: floor, ceiling, both sides of every edge, and what is missing."""

import dataclasses
from fractions import Fraction

import pytest

from core.analysis.scoring import score_response
from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES, check, check_no_total, lines, score


@pytest.mark.parametrize(
    ("row", "working", "band"),
    [
        ("0000000", "7*0", "minimal"),
        ("1111000", "4*1", "minimal"),
        ("1111100", "5*1", "mild"),
        ("1112110", "1+1+1+2+1+1+0", "mild"),
        ("2221110", "3*2 + 3*1", "mild"),
        ("2222110", "4*2 + 2*1", "moderate"),
        ("2222222", "7*2", "moderate"),
        ("3222222", "3 + 6*2", "severe"),
        ("3333333", "7*3", "severe"),
    ],
)
def test_gad7_is_the_sum_of_its_items(row: str, working: str, band: str) -> None:
    check("gad7", row, working, band)


def test_gad7_with_a_blank_has_no_total() -> None:
    check_no_total("gad7", "33-3333", "item 3")


def test_gad7_keeps_caseness_and_screening_apart() -> None:
    assert lines("gad7", "2111111") == ["At or above 8", "Below 10", "At or above 8"]  # 2 + 6*1 = 8
    assert lines("gad7", "1111111") == ["Below 8", "Below 10", "Below 8"]  # 7*1 = 7
    assert lines("gad7", "3211111") == ["At or above 8", "At or above 10", "At or above 8"]  # 3 + 2 + 5*1 = 10


@pytest.mark.parametrize(
    ("row", "working", "place"),
    [
        ("00", "0+0", "Below 3"),
        ("10", "1+0", "Below 3"),
        ("11", "1+1", "Below 3"),
        ("02", "0+2", "Below 3"),
        ("12", "1+2", "At or above 3"),
        ("30", "3+0", "At or above 3"),
        ("22", "2+2", "At or above 3"),
        ("33", "3+3", "At or above 3"),
    ],
)
def test_gad2_is_the_sum_of_two_items_without_bands(row: str, working: str, place: str) -> None:
    check("gad2", row, working, None)
    assert lines("gad2", row) == [place, place]


def test_gad2_with_a_blank_has_no_total() -> None:
    check_no_total("gad2", "3-", "item 2")


def test_code_of_another_form_is_not_the_total_of_the_gad2() -> None:
    assert QUESTIONNAIRES["gad2"].loinc_total is None


@pytest.mark.parametrize(
    ("row", "working", "band"),
    [
        ("000000000", "9*0", "minimal"),
        ("111100000", "4*1", "minimal"),
        ("111110000", "5*1", "mild"),
        ("111111111", "9*1", "mild"),
        ("211111111", "2 + 8*1", "moderate"),
        ("222222110", "6*2 + 2*1", "moderate"),
        ("222222111", "6*2 + 3*1", "moderately severe"),
        ("322222222", "3 + 8*2", "moderately severe"),
        ("332222222", "2*3 + 7*2", "severe"),
        ("333333333", "9*3", "severe"),
    ],
)
def test_phq9_is_the_sum_of_its_items(row: str, working: str, band: str) -> None:
    check("phq9", row, working, band)


def test_phq9_item_nine_is_read_on_a_form_that_cannot_be_scored() -> None:
    found = score("phq9", "--------1")
    assert (found.total, found.safety_above_zero, found.safety[0].label) == (None, True, "several days")
    assert not score("phq9", "33333333-").safety_above_zero
    assert score("phq9", "33333333-").safety[0].value is None


def test_phq9_is_not_filled_in_to_14_625() -> None:
    # 13 in eight items: 13 / 8 * 9 = 14.625, moderate as it is and moderately severe once rounded.
    check_no_total("phq9", "22222210-", "item 9")
    # A definition that named the rule would get 14.625: printed with its decimals, and still below 15.
    filling = dataclasses.replace(QUESTIONNAIRES["phq9"], missing_rule="allowed_missing", most_missing=2)
    found = score_response(filling, {1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2, 7: 1, 8: 0})
    assert (found.total, found.printed, found.band) == (Fraction(117, 8), "14.63", "moderate")
    assert (found.filled, found.remark) == (
        True,
        "prorated: item 9 not answered, counted as the mean of the others",
    )


@pytest.mark.parametrize(
    ("row", "working", "places"),
    [
        ("00", "0+0", ["Below 3", "Below 2"]),
        ("01", "0+1", ["Below 3", "Below 2"]),
        ("11", "1+1", ["Below 3", "At or above 2"]),
        ("20", "2+0", ["Below 3", "At or above 2"]),
        ("21", "2+1", ["At or above 3", "At or above 2"]),
        ("03", "0+3", ["At or above 3", "At or above 2"]),
        ("22", "2+2", ["At or above 3", "At or above 2"]),
        ("33", "3+3", ["At or above 3", "At or above 2"]),
    ],
)
def test_phq2_shows_both_published_lines(row: str, working: str, places: list[str]) -> None:
    check("phq2", row, working, None)
    assert lines("phq2", row) == places


def test_phq2_has_no_safety_item_and_needs_both_answers() -> None:
    assert score("phq2", "33").safety == ()
    check_no_total("phq2", "-3", "item 1")


@pytest.mark.parametrize(
    ("row", "working", "place"),
    [
        ("00000", "5*0", "Below 8"),
        ("10000", "1", "Below 8"),
        ("21111", "2 + 4*1", "Below 8"),
        ("22111", "2*2 + 3*1", "Below 8"),
        ("22211", "3*2 + 2*1", "At or above 8"),
        ("44000", "2*4", "At or above 8"),
        ("22221", "4*2 + 1", "At or above 8"),
        ("44444", "5*4", "At or above 8"),
    ],
)
def test_oasis_is_the_sum_of_its_items_without_bands(row: str, working: str, place: str) -> None:
    check("oasis", row, working, None)
    assert set(lines("oasis", row)) == {place}


def test_oasis_with_a_blank_has_no_total() -> None:
    check_no_total("oasis", "4444-", "item 5")
