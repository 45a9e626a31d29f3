"""RSES and SCS-SF: how people see and treat themselves; a higher score is better."""

import dataclasses
from fractions import Fraction

import pytest

from core.analysis.answers import parse_answers
from core.analysis.scoring import score_response
from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES, check, check_no_total, check_parts, lines, score

RSES, SCS_SF = QUESTIONNAIRES["rses"], QUESTIONNAIRES["scs_sf"]


@pytest.mark.parametrize(
    ("row", "working", "band"),
    [
        # Items 2, 5, 6, 8 and 9 are turned: 3 less the answer.
        ("0300330330", "5*0 + 5*0", "low"),  # the floor: 3 on each turned item
        ("3033003003", "5*3 + 5*3", "high"),  # the ceiling: 0 on each turned item
        ("0000000000", "5*0 + 5*3", "middle"),
        ("3333333333", "5*3 + 5*0", "middle"),
        ("0100000000", "5*0 + 2 + 4*3", "low"),  # 14, the top of low
        ("1111111111", "5*1 + 5*2", "middle"),  # 15, the bottom of middle
        ("2022002002", "5*2 + 5*3", "middle"),  # 25, the top of middle
        ("3022002002", "3 + 4*2 + 5*3", "high"),  # 26, the bottom of high
        ("2121221221", "2+2+2+1+1+1+1+1+1+1", "low"),
    ],
)
def test_rses_is_a_sum_with_five_turned_items(row: str, working: str, band: str) -> None:
    check("rses", row, working, band)


def test_rses_line_lies_below_fifteen() -> None:
    assert lines("rses", "0100000000") == ["Below 15"]
    assert score("rses", "0100000000").cut_offs[0].reached
    assert lines("rses", "1111111111") == ["At or above 15"]


def test_rses_up_to_two_blanks_count_as_the_mean_of_the_others() -> None:
    found = score("rses", "222-002002")
    # Answered: 2, 2 turned to 1, 2, 3, 3, 2, 3, 3, 2: 21 in nine items, 21/9*10 = 23 1/3.
    assert found.total == Fraction(21 * 10, 9)
    assert (found.filled, found.printed, found.band) == (True, "23.33", "middle")
    assert found.remark == "prorated: item 4 not answered, counted as the mean of the others"
    check("rses", "--22002002", "(2+2+3+3+2+3+3+2) / 8 * 10", "middle")


def test_rses_with_three_blanks_has_no_total() -> None:
    check_no_total("rses", "---2002002", "items 1, 2 and 3")


def test_rses_prorated_total_is_never_rounded_over_an_edge() -> None:
    twelve_in_eight = score_response(RSES, {3: 0, 4: 0, 7: 0, 10: 0, 2: 0, 5: 0, 6: 0, 8: 0})
    assert (twelve_in_eight.total, twelve_in_eight.band) == (Fraction(12 * 10, 8), "middle")  # 15 exactly
    under = score_response(RSES, {1: 1, 3: 0, 4: 0, 7: 0, 10: 0, 2: 0, 5: 0, 6: 0, 8: 0})  # 13 in nine: 14.44
    assert (under.total, under.band, under.printed) == (Fraction(130, 9), "low", "14.44")
    assert under.cut_offs[0].reached


def test_two_orders_of_the_rses_need_two_keys() -> None:
    assert RSES.item_order is not None
    other = dataclasses.replace(
        RSES,
        id="rses_b",
        item_order="B: starts with worth",
        items=tuple(dataclasses.replace(item, reverse=item.number in (3, 5, 8, 9, 10)) for item in RSES.items),
    )
    answers = parse_answers(RSES, "0201211121")
    # Order A turns 2, 5, 6, 8, 9: 0+1+0+1+1+2+1+2+1+1 = 10.
    # Order B turns 3, 5, 8, 9, 10: 0+2+3+1+1+1+1+2+1+2 = 14.
    assert score_response(RSES, answers).total == 10
    assert score_response(other, answers).total == 14


@pytest.mark.parametrize(
    ("row", "working", "band"),
    [
        # Items 1, 4, 8, 9, 11 and 12 are turned: 6 less the answer.
        ("511511155155", "(6*1 + 6*1) / 12", "low"),  # the floor
        ("155155511511", "(6*5 + 6*5) / 12", "high"),  # the ceiling
        ("111111111111", "(6*1 + 6*5) / 12", "moderate"),
        ("555555555555", "(6*5 + 6*1) / 12", "moderate"),
        ("422422244244", "(6*2 + 6*2) / 12", "low"),
        ("322322233233", "(6*2 + 6*3) / 12", "moderate"),  # 2.5, an edge
        ("422322233233", "(6*2 + 5*3 + 2) / 12", "low"),  # 29/12, just under it
        ("344344433433", "(4*4 + 2*4 + 6*3) / 12", "moderate"),  # 3.5, an edge
        ("244344433433", "(6*4 + 5*3 + 4) / 12", "high"),  # 43/12, just above it
    ],
)
def test_scs_sf_is_a_mean_with_six_turned_items(row: str, working: str, band: str) -> None:
    check("scs_sf", row, working, band)


def test_scs_sf_leaves_no_gap_between_printed_bands() -> None:
    # 2.49 to 2.5 and 3.5 to 3.51 are gaps in the printed rubric; with twelve items no mean lies in them.
    assert SCS_SF.band_lines == (Fraction(5, 2), Fraction(7, 2))


def test_scs_sf_subscales_carry_their_caution() -> None:
    check_parts("scs_sf", "155155511511", {"self_kindness": "5", "isolation": "5", "over_identification": "5"})
    assert {each.caution for each in score("scs_sf", "155155511511").subscales} == {
        "two items: not advised as a score of its own"
    }


def test_scs_sf_with_a_blank_has_no_mean_and_scores_complete_subscales() -> None:
    check_no_total("scs_sf", "-55155511511", "item 1")
    check_parts("scs_sf", "-55155511511", {"over_identification": None, "mindfulness": "5"})
