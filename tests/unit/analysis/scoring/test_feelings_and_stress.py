"""DERS-16, DERS-18, PSS-4 and PSS-10: sums, with subscales or with turned items."""

import pytest

from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES, check, check_no_total, check_parts, score


@pytest.mark.parametrize(
    ("row", "working"),
    [
        ("1" * 16, "16*1"),  # the floor
        ("5" * 16, "16*5"),  # the ceiling: nothing is turned
        ("3" * 16, "16*3"),
        ("5" + "1" * 15, "5 + 15*1"),
        ("1" * 15 + "5", "15*1 + 5"),
        ("1212121212121212", "8*1 + 8*2"),
        ("1234512345123451", "3*(1+2+3+4+5) + 1"),
        ("4" * 15 + "3", "15*4 + 3"),
    ],
)
def test_ders_16_is_a_sum_without_turned_items(row: str, working: str) -> None:
    check("ders_16", row, working, None)


def test_ders_16_has_five_subscales_and_no_awareness() -> None:
    workings = {
        "clarity": "1+2",
        "goals": "3+2+5",  # items 3, 7 and 15
        "impulse": "4+3+1",  # items 4, 8 and 11
        "strategies": "5+1+2+4+1",  # items 5, 6, 12, 14 and 16
        "nonacceptance": "4+5+3",  # items 9, 10 and 13
    }
    check_parts("ders_16", "1234512345123451", workings)
    assert [subscale.id for subscale in QUESTIONNAIRES["ders_16"].subscales] == list(workings)


def test_ders_16_with_a_blank_keeps_complete_subscales() -> None:
    check_no_total("ders_16", "-" + "5" * 15, "item 1")
    check_parts("ders_16", "-" + "5" * 15, {"clarity": None, "goals": "15"})


@pytest.mark.parametrize(
    ("row", "working"),
    [
        # Items 1, 4 and 6 are turned: 6 less the answer.
        ("511515" + "1" * 12, "18*1"),  # the floor
        ("155151" + "5" * 12, "18*5"),  # the ceiling
        ("1" * 18, "15*1 + 3*5"),
        ("5" * 18, "15*5 + 3*1"),
        ("3" * 18, "18*3"),
        ("2" * 18, "15*2 + 3*4"),
        ("1" + "5" * 17, "5 + 15*5 + 2*1"),
        ("111112" + "1" * 12, "15*1 + 2*5 + 4"),
    ],
)
def test_ders_18_is_a_sum_with_three_turned_items(row: str, working: str) -> None:
    check("ders_18", row, working, None)


def test_ders_18_awareness_is_the_turned_subscale() -> None:
    check_parts("ders_18", "1" * 18, {"awareness": "3*5", "clarity": "3*1", "strategies": "3*1"})
    check_parts("ders_18", "12345" + "1" * 13, {"awareness": "5+2+5", "clarity": "2+3+5"})


def test_ders_18_with_a_blank_has_no_total() -> None:
    check_no_total("ders_18", "5" * 17 + "-", "item 18")


@pytest.mark.parametrize(
    ("row", "working"),
    [
        # Items 2 and 3 are turned: 4 less the answer.
        ("0440", "0+0+0+0"),  # the floor
        ("4004", "4+4+4+4"),  # the ceiling
        ("0000", "0+4+4+0"),
        ("4444", "4+0+0+4"),
        ("2222", "4*2"),
        ("1331", "1+1+1+1"),
        ("3113", "3+3+3+3"),
        ("1234", "1+2+1+4"),
    ],
)
def test_pss_4_is_a_sum_with_two_turned_items(row: str, working: str) -> None:
    check("pss_4", row, working, None)


def test_pss_4_has_no_line_at_six_and_needs_all_answers() -> None:
    assert score("pss_4", "2222").cut_offs == ()
    check_no_total("pss_4", "0-40", "item 2")


@pytest.mark.parametrize(
    ("row", "working", "band"),
    [
        # Items 4, 5, 7 and 8 are turned: 4 less the answer.
        ("0004404400", "10*0", "low"),  # the floor
        ("4440040044", "10*4", "high"),  # the ceiling
        ("0000000000", "6*0 + 4*4", "moderate"),
        ("4444444444", "6*4 + 4*0", "moderate"),
        ("1113313311", "10*1", "low"),
        ("2224404311", "2*3 + 2*0 + 0 + 0 + 1 + 1+1", "low"),
        ("2223323311", "2*3 + 2*1 + 2 + 2*1 + 1+1", "moderate"),
        ("2223313311", "2*3 + 2*1 + 1 + 2*1 + 1+1", "low"),  # 13, the top of low
        ("3331131133", "6*3 + 4*3", "high"),
        ("3331132222", "4*3 + 2*3 + 2*2 + 2*2", "moderate"),  # 26, the top of moderate
        ("3331132122", "4*3 + 2*3 + 2+3 + 2*2", "high"),  # 27, the bottom of high
    ],
)
def test_pss_10_is_a_sum_with_four_turned_items(row: str, working: str, band: str) -> None:
    check("pss_10", row, working, band)


def test_pss_10_with_a_blank_has_no_total() -> None:
    check_no_total("pss_10", "444004004-", "item 10")
