"""ROCI, DIRI-RS, CD-Quest and CDS: doubts, asking for reassurance, and kinds of thoughts."""

from fractions import Fraction

import pytest

from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES, check, check_no_total, check_parts, lines, score


@pytest.mark.parametrize(
    ("row", "working", "place"),
    [
        # Items 2 and 8 are asked and counted nowhere; the mean is of the twelve others.
        ("00000000000000", "12*0 / 12", "At or below 2.13"),
        ("44444444444444", "12*4 / 12", "Above 2.13"),
        ("04000004000000", "12*0 / 12", "At or below 2.13"),
        ("40444440444444", "12*4 / 12", "Above 2.13"),
        ("22222222222222", "12*2 / 12", "At or below 2.13"),
        ("32222222222222", "(3 + 11*2) / 12", "At or below 2.13"),  # 25/12 = 2.083
        ("33222222222222", "(3 + 11*2) / 12", "At or below 2.13"),  # item 2 adds nothing
        ("32322222222222", "(2*3 + 10*2) / 12", "Above 2.13"),  # 26/12 = 2.167
        ("3-32222-222222", "(2*3 + 10*2) / 12", "Above 2.13"),  # blanks that count nowhere
    ],
)
def test_roci_is_the_mean_of_twelve_of_fourteen_items(row: str, working: str, place: str) -> None:
    check("roci", row, working, None)
    assert lines("roci", row) == [place]


def test_roci_line_is_exactly_two_and_thirteen_hundredths() -> None:
    assert QUESTIONNAIRES["roci"].cut_offs[0].value == Fraction(213, 100)


def test_roci_with_a_blank_that_counts_has_no_mean() -> None:
    check_no_total("roci", "-4444444444444", "item 1")


@pytest.mark.parametrize(
    ("row", "working"),
    [
        ("1111", "4*1 / 4"),
        ("7777", "4*7 / 4"),
        ("4444", "4*4 / 4"),
        ("1234", "(1+2+3+4) / 4"),
        ("7111", "(7+1+1+1) / 4"),
        ("1117", "(1+1+1+7) / 4"),
        ("6665", "(3*6 + 5) / 4"),
        ("2223", "(3*2 + 3) / 4"),
    ],
)
def test_diri_rs_is_the_mean_of_four_items(row: str, working: str) -> None:
    check("diri_rs", row, working, None)


def test_diri_rs_says_that_it_is_from_memory() -> None:
    assert {"items", "scale", "method", "range"} <= set(QUESTIONNAIRES["diri_rs"].unchecked)
    check_no_total("diri_rs", "111-", "item 4")


@pytest.mark.parametrize(
    ("row", "working"),
    [
        ("0" * 15, "15*0"),
        ("5" * 15, "15*5"),
        ("1" * 15, "15*1"),
        ("5" + "0" * 14, "5"),
        ("0" * 14 + "5", "5"),
        ("012345012345012", "2*(0+1+2+3+4+5) + 0+1+2"),
        ("3" * 15, "15*3"),
        ("4" * 14 + "5", "14*4 + 5"),
    ],
)
def test_cd_quest_is_the_sum_of_fifteen_grid_answers(row: str, working: str) -> None:
    check("cd_quest", row, working, None)


def test_cd_quest_with_a_blank_has_no_total() -> None:
    check_no_total("cd_quest", "5" * 14 + "-", "item 15")


@pytest.mark.parametrize(
    ("row", "working", "with_people", "in_achievement"),
    [
        ("1" * 20, "20*1", "10*1", "10*1"),
        ("7" * 20, "20*7", "10*7", "10*7"),
        ("4" * 20, "20*4", "10*4", "10*4"),
        ("71" * 10, "10*7 + 10*1", "10*7", "10*1"),
        ("17" * 10, "10*1 + 10*7", "10*1", "10*7"),
        ("7" + "1" * 19, "7 + 19*1", "7 + 9*1", "10*1"),
        ("1" * 19 + "7", "19*1 + 7", "10*1", "9*1 + 7"),
        ("23" * 10, "10*2 + 10*3", "10*2", "10*3"),
    ],
)
def test_cds_is_a_sum_with_two_settings(row: str, working: str, with_people: str, in_achievement: str) -> None:
    check("cds", row, working, None)
    check_parts("cds", row, {"interpersonal": with_people, "achievement": in_achievement})


def test_cds_with_a_blank_keeps_the_other_setting() -> None:
    check_no_total("cds", "-" + "1" * 19, "item 1")
    check_parts("cds", "-" + "1" * 19, {"interpersonal": None, "achievement": "10"})


def test_forms_that_may_not_ship_or_whose_range_is_unsure_do_not() -> None:
    assert {"ors", "srs", "sfcds", "mbi"} & set(QUESTIONNAIRES) == set()
    assert score("cds", "1" * 20).questionnaire_version == 1
