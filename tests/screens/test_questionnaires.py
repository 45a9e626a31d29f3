"""Questionnaires: typed in order, clicked, refused, and the stop at a safety item."""

from streamlit.testing.v1 import AppTest

from core.model.people import Client
from dashboard.runtime import Workplace
from tests.screens.questionnaire_steps import Open, choose, press, shown, stored


def typed(at: AppTest):  # type: ignore[no-untyped-def]  # the element's type is not public
    return next(box for box in at.text_input if box.label == "Answers in order")


def row(at: AppTest, number: int):  # type: ignore[no-untyped-def]  # the element's type is not public
    return next(each for each in at.button_group if each.label.startswith(f"Item {number}:"))


def test_digits_typed_in_order_fill_the_rows(open_page: Open, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    typed(at).input("11121-0").run()
    assert [row(at, number).value for number in range(1, 8)] == [1, 1, 1, 2, 1, None, 0]
    assert "6 of 7 answered" in shown(at)


def test_row_clicked_is_written_into_the_field(open_page: Open, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    row(at, 2).set_value(3)
    at.run()
    assert typed(at).value == "-3"


def test_total_and_band_appear_only_when_complete(open_page: Open, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    typed(at).input("111211").run()
    assert "The total appears when every item is answered." in shown(at)
    typed(at).input("1112110").run()
    assert "**Total 7** of 0 to 21, published band: mild" in shown(at)


def test_complete_form_is_saved_with_its_score(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    typed(at).input("1112110").run()
    press(at, "Save questionnaire")
    [scored] = stored(practice, client.id)
    assert scored.score.total == 7
    assert any("Saved q1" in each.value for each in at.success)


def test_digit_outside_the_range_is_refused_and_stays(open_page: Open, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    typed(at).input("1171").run()
    assert "Answer 3 is" in at.error[0].value
    assert typed(at).value == "1171"
    assert row(at, 1).value is None


def test_form_without_an_answer_is_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    press(at, "Save questionnaire")
    assert "No item was answered" in at.error[0].value
    assert stored(practice, client.id) == ()


def test_safety_item_above_zero_is_saved_first_and_then_stops(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("questionnaires", client.id)
    choose(at, "Questionnaire", "phq9")
    typed(at).input("111111111").run()
    press(at, "Save questionnaire")
    [scored] = stored(practice, client.id)
    assert scored.awaits_review
    assert "saved as q1, not yet reviewed" in shown(at)
    press(at, "Done")
    assert "is not chosen" in "\n".join(error.value for error in at.error)
    next(each for each in at.radio if each.label == "What did you do?").set_value("reviewed with the client")
    next(each for each in at.text_area if each.label == "In your words").input("Asked; plan agreed.")
    press(at, "Done")
    assert not stored(practice, client.id)[0].awaits_review


def test_skipped_safety_item_is_shown_as_not_answered(open_page: Open, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    choose(at, "Questionnaire", "phq9")
    typed(at).input("11111111-").run()
    press(at, "Save questionnaire")
    assert "**Not answered:** PHQ-9 item 9" in shown(at)


def test_unreviewed_safety_item_is_pinned_on_the_review(open_page: Open, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    choose(at, "Questionnaire", "phq9")
    typed(at).input("000000001").run()
    press(at, "Save questionnaire")
    assert "Not yet reviewed" in shown(open_page("review", client.id))


def test_refused_digits_keep_the_earlier_rows_from_being_saved(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("questionnaires", client.id)
    typed(at).input("11121").run()
    typed(at).input("111219").run()
    press(at, "Save questionnaire")
    assert any("the rows do not show them" in each.value for each in at.error)
    assert stored(practice, client.id) == ()
    typed(at).input("1112110").run()
    press(at, "Save questionnaire")
    assert [scored.score.total for scored in stored(practice, client.id)] == [7]
