"""ECR-RS, ECR-R, ECR-12 and ECR-S: two numbers each, never a total, never a type."""

import pytest

from core.analysis.scoring import score_response
from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES, check_parts, score

FORMS = ("ecr_rs", "ecr_r", "ecr_12", "ecr_s")


@pytest.mark.parametrize("name", FORMS)
def test_there_is_no_total_no_band_and_no_line(name: str) -> None:
    found = score(name, "4" * len(QUESTIONNAIRES[name].items))
    assert (found.total, found.band, found.cut_offs) == (None, None, ())
    assert found.no_total_reason == "this form has no total; its subscales are read"
    assert QUESTIONNAIRES[name].bands == ()


@pytest.mark.parametrize(
    ("row", "avoidance", "anxiety"),
    [
        # Items 1 to 4 are turned: 8 less the answer.
        ("777711 111", "(4*1 + 2*1) / 6", "3*1 / 3"),  # the floor of both
        ("111177 777", "(4*7 + 2*7) / 6", "3*7 / 3"),  # the ceiling of both
        ("111111 111", "(4*7 + 2*1) / 6", "3*1 / 3"),  # the same answer throughout: 5
        ("777777 777", "(4*1 + 2*7) / 6", "3*7 / 3"),
        ("444444 444", "(4*4 + 2*4) / 6", "3*4 / 3"),
        ("765421 234", "(1+2+3+4 + 2+1) / 6", "(2+3+4) / 3"),
        ("222233 112", "(4*6 + 2*3) / 6", "(1+1+2) / 3"),  # 4/3: a third, kept as one
        ("711111 711", "(1 + 3*7 + 2*1) / 6", "(7+1+1) / 3"),
    ],
)
def test_ecr_rs_is_two_means_with_four_turned_items(row: str, avoidance: str, anxiety: str) -> None:
    check_parts("ecr_rs", row, {"avoidance": avoidance, "anxiety": anxiety})


def test_ecr_rs_scores_a_subscale_whose_items_are_all_answered() -> None:
    check_parts("ecr_rs", "44444- 567", {"avoidance": None, "anxiety": "(5+6+7) / 3"})
    found = score("ecr_rs", "44444- 567").subscale("avoidance")
    assert (found.reason, found.answered, found.items) == ("incomplete, not scored: item 6 not answered", 5, 6)
    check_parts("ecr_rs", "444444 5-7", {"avoidance": "24/6", "anxiety": None})


@pytest.mark.parametrize(
    ("anxiety_row", "avoidance_row", "anxiety", "avoidance"),
    [
        # Anxiety: 9 and 11 of 18 turned. Avoidance: 20, 22, 26 to 31 and 33 to 36, twelve of 18, turned.
        ("1" * 18, "1" * 18, "(16*1 + 2*7) / 18", "(6*1 + 12*7) / 18"),
        ("7" * 18, "7" * 18, "(16*7 + 2*1) / 18", "(6*7 + 12*1) / 18"),
        ("4" * 18, "4" * 18, "18*4 / 18", "18*4 / 18"),
        ("111111117171111111", "171711177777717777", "18*1 / 18", "18*1 / 18"),  # the floor of both
        ("777777771717777777", "717177711111171111", "18*7 / 18", "18*7 / 18"),  # the ceiling of both
        ("2" * 18, "3" * 18, "(16*2 + 2*6) / 18", "(6*3 + 12*5) / 18"),
        ("7" + "1" * 17, "1" * 18, "(7 + 15*1 + 2*7) / 18", "(6*1 + 12*7) / 18"),  # item 1 is not turned
        ("1" * 8 + "7" + "1" * 9, "1" * 18, "(16*1 + 1 + 7) / 18", "(6*1 + 12*7) / 18"),  # item 9 is
    ],
)
def test_ecr_r_in_two_blocks_turns_fourteen_items(
    anxiety_row: str, avoidance_row: str, anxiety: str, avoidance: str
) -> None:
    check_parts("ecr_r", anxiety_row + avoidance_row, {"anxiety": anxiety, "avoidance": avoidance})


def test_ecr_r_key_holds_for_the_blocks_and_the_definition_says_so() -> None:
    questionnaire = QUESTIONNAIRES["ecr_r"]
    assert questionnaire.item_order == "two blocks: 1 to 18 on anxiety, 19 to 36 on avoidance"
    assert any("alternates" in remark for remark in questionnaire.remarks)
    # Somebody anxious and not avoidant, whose answers stand in the alternating order (avoidance on odd items,
    # nothing turned): read by the blocks, both come out half-way. The order has to be known.
    alternating = {number: 1 if number % 2 else 7 for number in range(1, 37)}
    found = score_response(questionnaire, alternating)
    assert found.subscale("anxiety").value != 7
    assert found.subscale("avoidance").value != 1


def test_ecr_r_needs_each_item_of_a_subscale() -> None:
    check_parts("ecr_r", "-" + "4" * 35, {"anxiety": None, "avoidance": "4"})
    check_parts("ecr_r", "4" * 35 + "-", {"anxiety": "4", "avoidance": None})


@pytest.mark.parametrize(
    ("row", "anxiety", "avoidance"),
    [
        # Anxiety 1, 2, 3, 5, 7, 8; avoidance 4 and, turned, 6, 9, 10, 11, 12.
        ("111111111111", "6*1 / 6", "(1 + 5*7) / 6"),
        ("777777777777", "6*7 / 6", "(7 + 5*1) / 6"),
        ("444444444444", "6*4 / 6", "6*4 / 6"),
        ("111117117777", "6*1 / 6", "(1 + 5*1) / 6"),  # the floor of both
        ("777771771111", "6*7 / 6", "(7 + 5*7) / 6"),  # the ceiling of both
        ("123456712345", "(1+2+3+5+7+1) / 6", "(4 + 2+6+5+4+3) / 6"),
        ("711111111111", "(7 + 5*1) / 6", "(1 + 5*7) / 6"),
        ("111711111111", "6*1 / 6", "(7 + 5*7) / 6"),
    ],
)
def test_ecr_12_is_two_means_with_five_turned_items(row: str, anxiety: str, avoidance: str) -> None:
    check_parts("ecr_12", row, {"anxiety": anxiety, "avoidance": avoidance})


def test_ecr_12_with_a_blank_scores_the_other_subscale() -> None:
    check_parts("ecr_12", "11111-111111", {"anxiety": "1", "avoidance": None})


@pytest.mark.parametrize(
    ("row", "anxiety", "avoidance"),
    [
        # Anxiety 2, 4, 6, 10, 12 and, turned, 8; avoidance 3, 7, 11 and, turned, 1, 5, 9. Sums, not means.
        ("111111111111", "5*1 + 7", "3*1 + 3*7"),
        ("777777777777", "5*7 + 1", "3*7 + 3*1"),
        ("444444444444", "6*4", "6*4"),
        ("711171177111", "5*1 + 1", "3*1 + 3*1"),  # the floor of both is 6
        ("177717711777", "5*7 + 7", "3*7 + 3*7"),  # the ceiling of both is 42
        ("121212121212", "5*2 + 6", "3*1 + 3*7"),
        ("111211111111", "2 + 4*1 + 7", "3*1 + 3*7"),
        ("211111111111", "5*1 + 7", "3*1 + 6 + 2*7"),
    ],
)
def test_ecr_s_is_two_sums_from_six_to_forty_two(row: str, anxiety: str, avoidance: str) -> None:
    check_parts("ecr_s", row, {"anxiety": anxiety, "avoidance": avoidance})


def test_ecr_s_starts_at_six_and_not_at_seven() -> None:
    questionnaire = QUESTIONNAIRES["ecr_s"]
    assert [questionnaire.axis_of(subscale) for subscale in questionnaire.subscales] == [(6, 42), (6, 42)]


def test_ecr_s_with_a_blank_scores_the_other_subscale() -> None:
    check_parts("ecr_s", "1-1111111111", {"anxiety": None, "avoidance": "3*1 + 3*7"})
