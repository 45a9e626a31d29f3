"""CSI-4 and RAS: satisfaction with the relationship, where a higher score is better."""

from fractions import Fraction

import pytest

from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES, check, check_no_total, lines, score


@pytest.mark.parametrize(
    ("row", "working", "place"),
    [
        ("0000", "4*0", "Below 13.5"),
        ("6000", "6", "Below 13.5"),  # only item 1 goes to 6
        ("4333", "4 + 3*3", "Below 13.5"),
        ("5333", "5 + 3*3", "At or above 13.5"),
        ("6520", "6+5+2+0", "Below 13.5"),
        ("6530", "6+5+3+0", "At or above 13.5"),
        ("0555", "0 + 3*5", "At or above 13.5"),
        ("6555", "6 + 3*5", "At or above 13.5"),
    ],
)
def test_csi_4_is_a_sum_with_its_line_at_a_half_point(row: str, working: str, place: str) -> None:
    check("csi_4", row, working, None)
    assert lines("csi_4", row) == [place]


def test_csi_4_line_is_reached_below_it() -> None:
    (reading,) = score("csi_4", "4333").cut_offs
    assert (reading.reached, reading.cut_off.value, reading.cut_off.side) == (True, Fraction(27, 2), "below")
    assert not score("csi_4", "5333").cut_offs[0].reached


def test_csi_4_needs_all_four_answers_and_higher_is_better() -> None:
    check_no_total("csi_4", "655-", "item 4")
    assert not QUESTIONNAIRES["csi_4"].higher_is_worse


@pytest.mark.parametrize(
    ("row", "working"),
    [
        # Items 4 and 7 are turned: 6 less the answer.
        ("1115115", "(5*1 + 2*1) / 7"),  # the floor
        ("5551551", "(5*5 + 2*5) / 7"),  # the ceiling
        ("1111111", "(5*1 + 2*5) / 7"),
        ("5555555", "(5*5 + 2*1) / 7"),
        ("3333333", "(5*3 + 2*3) / 7"),
        ("4443443", "(5*4 + 2*3) / 7"),
        ("1234512", "(1+2+3 + 2 + 5+1 + 4) / 7"),
        ("4442442", "(5*4 + 2*4) / 7"),
    ],
)
def test_ras_is_a_mean_with_two_turned_items(row: str, working: str) -> None:
    check("ras", row, working, None)


def test_ras_is_a_mean_in_sevenths_and_has_no_line() -> None:
    assert score("ras", "1111111").total == Fraction(15, 7)
    assert score("ras", "1111111").printed == "2.14"
    assert QUESTIONNAIRES["ras"].all_cut_offs == ()


def test_ras_with_a_blank_has_no_mean() -> None:
    check_no_total("ras", "555-555", "item 4")
