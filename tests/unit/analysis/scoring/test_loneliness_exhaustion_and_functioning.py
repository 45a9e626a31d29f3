"""UCLA-3, the CBI's personal part and the WSAS: the authors' and the NHS's rules for what is missing."""

import dataclasses
from fractions import Fraction

import pytest

from core.analysis.scoring import score_response
from core.errors import InvalidInput
from core.model.questionnaire_facts import NotApplicable
from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES, check, check_no_total, lines, score

CBI, WSAS = QUESTIONNAIRES["cbi_personal"], QUESTIONNAIRES["wsas"]
LEFT_OUT = dataclasses.replace(
    WSAS,
    id="wsas_left_out",
    missing_rule="complete_only",
    most_missing=0,
    not_applicable=NotApplicable(items=(1,), rule="left_out"),
)


@pytest.mark.parametrize(
    ("row", "working", "place"),
    [
        ("111", "1+1+1", "Below 4"),
        ("211", "2+1+1", "At or above 4"),
        ("121", "1+2+1", "At or above 4"),
        ("112", "1+1+2", "At or above 4"),
        ("122", "1+2+2", "At or above 4"),
        ("222", "2+2+2", "At or above 4"),
        ("313", "3+1+3", "At or above 4"),
        ("333", "3+3+3", "At or above 4"),
    ],
)
def test_ucla_3_is_a_sum_from_three_to_nine(row: str, working: str, place: str) -> None:
    check("ucla_3", row, working, None)
    assert lines("ucla_3", row) == [place]


def test_ucla_3_line_known_from_memory_is_kept_and_not_read() -> None:
    assert [line.value for line in QUESTIONNAIRES["ucla_3"].all_cut_offs] == [4, 6]
    assert lines("ucla_3", "333") == ["At or above 4"]


def test_ucla_3_with_a_blank_has_no_total() -> None:
    check_no_total("ucla_3", "3-3", "item 2")


@pytest.mark.parametrize(
    ("row", "working"),
    [
        # The digits 0 to 4 stand for 0, 25, 50, 75 and 100.
        ("000000", "6*0 / 6"),
        ("444444", "6*100 / 6"),
        ("222222", "6*50 / 6"),
        ("432100", "(100+75+50+25) / 6"),
        ("111111", "6*25 / 6"),
        ("400000", "100 / 6"),
        ("43210-", "(100+75+50+25+0) / 5"),
        ("4321--", "(100+75+50+25) / 4"),
        ("432---", "(100+75+50) / 3"),
    ],
)
def test_cbi_is_the_mean_of_what_was_answered(row: str, working: str) -> None:
    check("cbi_personal", row, working, None)


def test_cbi_with_fewer_than_three_of_six_has_no_mean() -> None:
    check_no_total("cbi_personal", "44----", "items 3, 4, 5 and 6")


def test_cbi_says_what_was_filled_in_and_is_kept_as_a_fraction() -> None:
    found = score("cbi_personal", "40000-")
    assert (found.total, found.printed, found.filled) == (20, "20", True)
    assert found.remark == "prorated: item 6 not answered, counted as the mean of the others"
    assert score("cbi_personal", "400000").total == Fraction(50, 3)
    assert score("cbi_personal", "400000").printed == "16.67"


def test_cbi_takes_its_five_answers_and_nothing_between_them() -> None:
    assert score_response(CBI, dict.fromkeys(range(1, 7), 75)).total == 75
    with pytest.raises(InvalidInput, match="Item 1 takes 0, 25, 50, 75, 100; 60 was given"):
        score_response(CBI, {1: 60})


@pytest.mark.parametrize(
    ("row", "working", "band"),
    [
        ("00000", "5*0", "below the first line"),
        ("22221", "4*2 + 1", "below the first line"),  # 9
        ("22222", "5*2", "significant"),  # 10
        ("44444", "5*4", "significant"),  # 20
        ("54444", "5 + 4*4", "moderately severe or more"),  # 21
        ("88888", "5*8", "moderately severe or more"),
        ("80000", "8", "below the first line"),
        ("2222-", "4*2 / 4 * 5", "significant"),  # one missing counts as the mean of the others
        ("-2221", "(2+2+2+1) / 4 * 5", "below the first line"),  # 8.75
    ],
)
def test_wsas_is_a_sum_in_which_one_answer_may_be_missing(row: str, working: str, band: str) -> None:
    check("wsas", row, working, band)


def test_wsas_with_two_missing_has_no_total() -> None:
    check_no_total("wsas", "--888", "items 1 and 2")


def test_wsas_work_not_applicable_counts_as_the_mean_of_the_others() -> None:
    found = score_response(WSAS, {2: 8, 3: 7, 4: 8, 5: 8}, not_applicable={1})
    assert found.total == Fraction(31 * 5, 4)  # (8+7+8+8) / 4 * 5 = 38.75
    assert (found.printed, found.band, found.complete) == ("38.75", "moderately severe or more", True)
    assert found.remark == (
        "prorated: item 1 not answered, marked as not applicable, counted as the mean of the others"
    )
    assert (found.lowest, found.highest) == (0, 40)


def test_wsas_work_not_applicable_and_one_more_missing_has_no_total() -> None:
    found = score_response(WSAS, {2: 8, 3: 7, 4: 8}, not_applicable={1})
    assert (found.total, found.no_total_reason) == (None, "incomplete, not scored: items 1 and 5 not answered")


def test_wsas_prorated_total_is_not_rounded_over_an_edge() -> None:
    found = score("wsas", "-2222")  # 8/4*5 = 10: the line itself
    assert (found.total, found.band) == (10, "significant")
    under = score("wsas", "-8440")  # 16/4*5 = 20
    assert (under.total, under.band) == (20, "significant")
    over = score("wsas", "-5444")  # 17/4*5 = 21.25
    assert (over.total, over.printed, over.band) == (Fraction(85, 4), "21.25", "moderately severe or more")


def test_wsas_other_rule_leaves_the_item_out_and_ends_at_32() -> None:
    found = score_response(LEFT_OUT, dict.fromkeys(range(2, 6), 8), not_applicable={1})
    assert (found.total, found.lowest, found.highest) == (32, 0, 32)
    assert (found.band, found.cut_offs, found.filled) == (None, (), False)
    assert found.remark == "item 1 not applicable and left out; bands and lines are for all items"
    whole = score_response(LEFT_OUT, dict.fromkeys(range(1, 6), 8))
    assert (whole.total, whole.highest, whole.band) == (40, 40, "moderately severe or more")


def test_wsas_blank_is_not_the_same_as_not_applicable() -> None:
    assert score_response(LEFT_OUT, dict.fromkeys(range(2, 6), 8)).total is None


@pytest.mark.parametrize(
    ("answers", "marks", "said"),
    [
        ({2: 1}, {2}, "WSAS does not take “not applicable” for item 2. Nothing was saved."),
        ({1: 1}, {1}, "Item 1 is marked as not applicable and has an answer; only one of them holds."),
        ({2: 1}, {True}, "WSAS does not take “not applicable” for item true or false."),
        ({2: 1}, {9}, "WSAS does not take “not applicable” for item 9."),
    ],
)
def test_mark_that_the_form_does_not_take_is_refused(
    answers: dict[int, int | None], marks: set[int], said: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        score_response(WSAS, answers, not_applicable=marks)
    assert refusal.value.problems[0].startswith(said)


def test_form_without_the_choice_takes_no_mark() -> None:
    with pytest.raises(InvalidInput, match="GAD-7 does not take “not applicable” for item 1"):
        score_response(QUESTIONNAIRES["gad7"], {2: 1}, not_applicable={1})
