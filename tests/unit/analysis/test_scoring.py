"""Scores of questionnaires: each case carries its own arithmetic, so that it can be checked by hand."""

import dataclasses
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.answers import parse_answers
from core.analysis.scoring import band_of, score_entered, score_kept, score_response
from core.catalogue import load_catalogue
from core.errors import InvalidInput
from core.model.questionnaire_definitions import Questionnaire
from core.model.questionnaire_facts import AnswerLabel
from core.model.scores import Score

QUESTIONNAIRES = load_catalogue().questionnaires
GAD7, PHQ9 = QUESTIONNAIRES["gad7"], QUESTIONNAIRES["phq9"]
ENDS = (AnswerLabel(value=0, label="none"), AnswerLabel(value=10, label="most"))

answers_of_gad7 = st.lists(st.integers(0, 3), min_size=7, max_size=7)
answers_of_phq9 = st.lists(st.integers(0, 3), min_size=9, max_size=9)
phq9_with_blanks = st.lists(st.none() | st.integers(0, 3), min_size=9, max_size=9)


def numbered(row: list[int] | list[int | None]) -> dict[int, int | None]:
    return dict(enumerate(row, start=1))


def score_row(questionnaire: Questionnaire, row: str) -> Score:
    return score_response(questionnaire, parse_answers(questionnaire, row))


def refused(questionnaire: Questionnaire, answers: Mapping[int, object]) -> tuple[str, ...]:
    with pytest.raises(InvalidInput) as refusal:
        score_response(questionnaire, answers)  # type: ignore[arg-type]  # wrong answers are the point
    return refusal.value.problems


@pytest.mark.parametrize(
    ("questionnaire", "row", "total", "band"),
    [
        (GAD7, "0000000", 0, "minimal"),  # 7 x 0
        (GAD7, "1111000", 4, "minimal"),  # 4 x 1: the top of minimal
        (GAD7, "1111100", 5, "mild"),  # 5 x 1: the bottom of mild
        (GAD7, "1112110", 7, "mild"),  # 1+1+1+2+1+1+0
        (GAD7, "2221110", 9, "mild"),  # 3x2 + 3x1 + 0
        (GAD7, "2222110", 10, "moderate"),  # 4x2 + 2x1 + 0
        (GAD7, "2222222", 14, "moderate"),  # 7 x 2
        (GAD7, "3222222", 15, "severe"),  # 3 + 6x2
        (GAD7, "3333333", 21, "severe"),  # 7 x 3
        (PHQ9, "000000000", 0, "minimal"),  # 9 x 0
        (PHQ9, "111100000", 4, "minimal"),  # 4 x 1
        (PHQ9, "111110000", 5, "mild"),  # 5 x 1
        (PHQ9, "111111111", 9, "mild"),  # 9 x 1
        (PHQ9, "211111111", 10, "moderate"),  # 2 + 8x1
        (PHQ9, "222222110", 14, "moderate"),  # 6x2 + 2x1 + 0
        (PHQ9, "222222111", 15, "moderately severe"),  # 6x2 + 3x1
        (PHQ9, "322222222", 19, "moderately severe"),  # 3 + 8x2
        (PHQ9, "332222222", 20, "severe"),  # 2x3 + 7x2
        (PHQ9, "333333333", 27, "severe"),  # 9 x 3
    ],
)
def test_total_is_the_sum_and_band_is_the_published_one(
    questionnaire: Questionnaire, row: str, total: int, band: str
) -> None:
    score = score_row(questionnaire, row)
    assert (score.total, score.band, score.no_total_reason, score.complete) == (total, band, None, True)


@pytest.mark.parametrize(
    ("row", "reached"),
    [
        ("1111111", [False, False, False]),  # 7: below all
        ("2111111", [True, False, True]),  # 8: caseness and the pooled line, not the first published one
        ("3111111", [True, False, True]),  # 9
        ("3211111", [True, True, True]),  # 10
    ],
)
def test_gad7_reads_caseness_and_screening_as_two_lines(row: str, reached: list[bool]) -> None:
    readings = score_row(GAD7, row).cut_offs
    assert [reading.cut_off.value for reading in readings] == [8, 10, 8]
    assert [reading.reached for reading in readings] == reached


def test_phq9_total_of_nine_is_below_every_line() -> None:
    assert not any(reading.reached for reading in score_row(PHQ9, "111111111").cut_offs)
    assert all(reading.reached for reading in score_row(PHQ9, "211111111").cut_offs)


def test_incomplete_form_has_no_total_no_band_and_no_cut_off() -> None:
    score = score_row(GAD7, "33-3333")
    assert (score.total, score.band, score.cut_offs) == (None, None, ())
    assert (score.answered, score.items) == (6, 7)
    assert score.no_total_reason == "incomplete, not scored: item 3 not answered"


def test_reason_names_every_blank_item() -> None:
    assert score_row(GAD7, "-3-333-").no_total_reason == "incomplete, not scored: items 1, 3 and 7 not answered"
    assert score_row(GAD7, "333").no_total_reason == "incomplete, not scored: items 4, 5, 6 and 7 not answered"


def test_nothing_is_filled_in_where_prorating_would_move_a_band() -> None:
    # 13 in eight items: 13 / 8 x 9 = 14.625, moderate as it is and moderately severe once rounded.
    score = score_row(PHQ9, "22222210-")
    assert (score.total, score.band) == (None, None)


def test_item_nine_above_zero_shows_beside_a_minimal_total() -> None:
    score = score_row(PHQ9, "111000001")  # 3x1 + 1 = 4
    assert (score.total, score.band) == (4, "minimal")
    (answer,) = score.safety
    assert (answer.item, answer.value, answer.label, answer.above_zero) == (9, 1, "several days", True)
    assert score.safety_above_zero


@pytest.mark.parametrize(("value", "label"), [(1, "several days"), (2, "over half the days"), (3, "nearly every day")])
def test_item_nine_above_zero_shows_on_an_incomplete_form(value: int, label: str) -> None:
    score = score_row(PHQ9, f"--------{value}")
    assert (score.total, score.answered, score.safety_above_zero) == (None, 1, True)
    assert score.safety[0].label == label


def test_skipped_item_nine_is_not_answered_and_never_zero() -> None:
    score = score_row(PHQ9, "11111111-")
    (answer,) = score.safety
    assert (answer.value, answer.label, answer.above_zero) == (None, "not answered", False)
    assert score.no_total_reason == "incomplete, not scored: item 9 not answered"


def test_item_nine_at_zero_is_an_answer_without_a_calming_word() -> None:
    (answer,) = score_row(PHQ9, "000000000").safety
    assert (answer.value, answer.label, answer.above_zero) == (0, "not at all", False)


def test_gad7_has_no_safety_answer() -> None:
    assert score_row(GAD7, "3333333").safety == ()


def test_absent_item_counts_as_not_answered() -> None:
    score = score_response(GAD7, {1: 3})
    assert score.answers == {1: 3, 2: None, 3: None, 4: None, 5: None, 6: None, 7: None}


def test_answers_that_were_kept_score_as_they_did_when_they_were_given() -> None:
    answers = parse_answers(PHQ9, "1-2010012")
    assert score_kept(PHQ9, answers, ()) == score_response(PHQ9, answers)


@pytest.mark.parametrize(
    ("row", "marked", "said"),
    [
        ([3, 3, 3, 3, 3, 3, 4], (), "Item 7 takes whole numbers 0 to 3"),
        ([1] * 8, (), "has no item 8"),
        ([1] * 6, (7,), "does not take “not applicable” for item 7"),
    ],
)
def test_kept_answers_that_the_definition_no_longer_takes_are_refused_and_not_scored(
    row: list[int], marked: tuple[int, ...], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        score_kept(GAD7, numbered(row), marked)


def test_reversed_item_counts_from_the_other_end() -> None:
    first = dataclasses.replace(GAD7.items[0], reverse=True)
    turned = dataclasses.replace(GAD7, items=(first, *GAD7.items[1:]))
    # Item 1 answered 1 counts 0 + 3 - 1 = 2; the other six are 0.
    assert score_row(turned, "1000000").total == 2


def test_band_of_no_total_is_no_band() -> None:
    assert band_of(GAD7, None) is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (True, "true or false"),
        (False, "true or false"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (2.0, "2.0"),
        (1.5, "1.5"),
        ("2", "something that is no number"),
        ("", "something that is no number"),
        ([1], "something that is no number"),
        (4, "4 was given"),
        (-1, "-1 was given"),
    ],
)
def test_answer_that_is_no_whole_number_in_range_is_refused(wrong: object, said: str) -> None:
    (problem,) = refused(PHQ9, {1: 0, 9: wrong})
    assert problem.startswith("Item 9 takes whole numbers 0 to 3; ")
    assert said in problem
    assert problem.endswith("Nothing was saved.")


def test_number_too_long_to_print_is_refused_in_words() -> None:
    (problem,) = refused(PHQ9, {1: 10**5000})
    assert "a very large number was given" in problem


def test_refusal_never_quotes_text_given_as_an_answer() -> None:
    (problem,) = refused(GAD7, {1: "he said he would leave"})
    assert "leave" not in problem


@pytest.mark.parametrize("number", [0, 10, -1, True, "9", 9.5])
def test_item_the_form_does_not_have_is_refused(number: int) -> None:
    (problem,) = refused(PHQ9, {number: 1})
    assert problem.startswith("PHQ-9 has no item ")
    assert "its items are 1 to 9" in problem


def test_all_wrong_answers_are_named_at_once() -> None:
    assert len(refused(GAD7, {1: 4, 2: 0, 3: -1, 8: 0})) == 3


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("1112110", [1, 1, 1, 2, 1, 1, 0]),
        (" 111 2110 ", [1, 1, 1, 2, 1, 1, 0]),
        ("1\t1\n1 2 1 1 0", [1, 1, 1, 2, 1, 1, 0]),
        ("11-2--0", [1, 1, None, 2, None, None, 0]),
        ("111", [1, 1, 1, None, None, None, None]),
        ("", [None] * 7),
        ("   ", [None] * 7),
        ("-------", [None] * 7),
    ],
)
def test_row_of_digits_fills_the_items_in_order(text: str, row: list[int | None]) -> None:
    assert parse_answers(GAD7, text) == numbered(row)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "11121101",
            "8 answers were given; GAD-7 has 7 items. Nothing was filled in; take away what is too much.",
        ),
        (
            "1114110",
            "Answer 4 is '4'; item 4 takes whole numbers 0 to 3, or - for not answered. Nothing was filled in.",
        ),
        (
            "1,2",
            "Answer 2 is ','; item 2 takes whole numbers 0 to 3, or - for not answered. Nothing was filled in.",
        ),
        ("x", "Answer 1 is 'x'; item 1 takes whole numbers 0 to 3, or - for not answered. Nothing was filled in."),
        ("２", "Answer 1 is '２'; item 1 takes whole numbers 0 to 3, or - for not answered. Nothing was filled in."),  # noqa: RUF001 - a full-width digit is the case
        ("²", "Answer 1 is '²'; item 1 takes whole numbers 0 to 3, or - for not answered. Nothing was filled in."),
    ],
)
def test_row_that_cannot_be_taken_is_refused_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_answers(GAD7, text)
    assert refusal.value.problems == (sentence,)


def test_short_row_leaves_the_rest_of_a_longer_form_blank() -> None:
    assert parse_answers(PHQ9, "1111") == numbered([1, 1, 1, 1, None, None, None, None, None])


def test_places_of_long_answers_are_typed_and_named() -> None:
    cbi = QUESTIONNAIRES["cbi_personal"]
    assert parse_answers(cbi, "40-2") == {1: 100, 2: 0, 3: None, 4: 50, 5: None, 6: None}
    with pytest.raises(InvalidInput, match="item 2 takes 0 for 0, 1 for 25, 2 for 50, 3 for 75, 4 for 100, or -"):
        parse_answers(cbi, "05")


def test_rating_up_to_ten_is_typed_with_a_letter_for_ten() -> None:
    items = tuple(dataclasses.replace(item, maximum=10, answers=ENDS) for item in GAD7.items)
    origins = {fact: origin for fact, origin in GAD7.origins.items() if fact != "bands"}
    ratings = dataclasses.replace(GAD7, items=items, answers=(), axis=(0, 70), bands=(), origins=origins)
    assert parse_answers(ratings, "09a")[3] == 10
    assert items[0].digits["a"] == 10
    with pytest.raises(InvalidInput, match="9 for 9, a for 10, or -"):
        parse_answers(ratings, "b")
    with pytest.raises(ValueError, match="101 answers are too many for one item; up to 36"):
        dataclasses.replace(items[0], maximum=100, answers=())


def test_number_is_printed_up_to_a_million_and_no_further() -> None:
    assert "; 1000000 was given" in refused(PHQ9, {1: 1_000_000})[0]
    assert "; -1000000 was given" in refused(PHQ9, {1: -1_000_000})[0]
    assert "; a very large number was given" in refused(PHQ9, {1: 1_000_001})[0]
    with pytest.raises(InvalidInput, match="; 1000000 was given"):
        score_entered(GAD7, {"total": 1_000_000})
    with pytest.raises(InvalidInput, match="; a very large number was given"):
        score_entered(GAD7, {"total": 1_000_001})


def test_every_wrong_digit_of_a_row_is_named() -> None:
    with pytest.raises(InvalidInput) as refusal:
        parse_answers(GAD7, "9111118")
    assert [problem[:8] for problem in refusal.value.problems] == ["Answer 1", "Answer 7"]


@given(answers_of_gad7)
def test_total_stays_within_the_axis_and_in_a_band(row: list[int]) -> None:
    score = score_response(GAD7, numbered(row))
    assert score.total is not None
    assert GAD7.axis[0] <= score.total <= GAD7.axis[1]
    assert score.band is not None


@given(answers_of_phq9, st.integers(1, 9))
def test_raising_one_answer_raises_total_and_never_lowers_the_band(row: list[int], item: int) -> None:
    higher = [min(3, value + 1) if number == item else value for number, value in enumerate(row, start=1)]
    before, after = score_response(PHQ9, numbered(row)), score_response(PHQ9, numbered(higher))
    assert before.total is not None
    assert after.total is not None
    assert after.total - before.total == higher[item - 1] - row[item - 1]
    order = [band.label for band in PHQ9.bands]
    assert order.index(str(after.band)) >= order.index(str(before.band))


@given(phq9_with_blanks)
def test_blank_is_never_zero(row: list[int | None]) -> None:
    score = score_response(PHQ9, numbered(row))
    blanks = row.count(None)
    assert score.answered == 9 - blanks
    assert (score.total is None) == (blanks > 0) == (score.band is None)
    assert score.safety[0].value == row[8]
    assert score.safety_above_zero == (row[8] is not None and row[8] > 0)


@given(phq9_with_blanks)
def test_row_written_out_and_read_again_is_the_same(row: list[int | None]) -> None:
    text = "".join("-" if value is None else str(value) for value in row)
    assert parse_answers(PHQ9, text) == numbered(row)


@given(st.text(max_size=12))
def test_any_text_is_either_taken_or_refused_in_words(text: str) -> None:
    try:
        answers = parse_answers(PHQ9, text)
    except InvalidInput as refusal:
        problems = refusal.problems
    else:
        problems = ()
        assert set(answers) == set(range(1, 10))
    taken = "".join(text.split())
    assert bool(problems) == (len(taken) > 9 or not set(taken) <= set("0123-"))
    assert all(problem.endswith((" Nothing was filled in.", " take away what is too much.")) for problem in problems)
