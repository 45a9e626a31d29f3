"""Items on the entry page: partial forms, what does not apply, what is not scored, and the text a clinic may use."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.model.people import Client
from dashboard import runtime
from dashboard.runtime import CLINIC_FOLDER, Workplace
from tests.screens.hostile_form import FORM, put_hostile_form, taken_as_markdown
from tests.screens.questionnaire_steps import Open, choose, open_form, press, refused, shown, stored, type_into

NOT_APPLICABLE = "not applicable"
SAVE = "Save questionnaire"
IN_ORDER = "Answers in order"


@pytest.fixture
def clinic(own_data_folder: Path) -> Callable[[str], None]:
    """Puts the text of a form into the clinic's folder, before the program is started."""

    def put(form: str) -> None:
        items = load_catalogue().questionnaires[form].items
        lines = "\n".join(f'[[items]]\nnumber = {item.number}\nwording = "text {item.number}"' for item in items)
        text = f'wording_of = "{form}"\nversion = 1\nlicence = "Leave of the author, 2026."\n{lines}\n'
        folder = own_data_folder / CLINIC_FOLDER
        folder.mkdir(parents=True)
        (folder / f"{form}.wording.toml").write_text(text, encoding="utf-8")

    return put


def row(at: AppTest, number: int):  # type: ignore[no-untyped-def]  # the element's type is not public
    return next(each for each in at.button_group if each.label.startswith(f"Item {number}:"))


def test_text_that_a_clinic_installed_opens_the_items(
    clinic: Callable[[str], None], open_page: Open, practice: Workplace, client: Client
) -> None:
    clinic("wsas")
    at = open_form(open_page, client.id, "wsas")
    assert row(at, 2).label == "Item 2: text 2"
    assert "Leave of the author, 2026." in shown(at)
    type_into(at, IN_ORDER, "24211")
    press(at, SAVE)
    assert [scored.score.total for scored in stored(practice, client.id)] == [10]


def test_work_that_does_not_apply_is_marked_kept_and_corrected(
    clinic: Callable[[str], None], open_page: Open, practice: Workplace, client: Client
) -> None:
    clinic("wsas")
    at = open_form(open_page, client.id, "wsas")
    assert [NOT_APPLICABLE in row(at, number).options for number in range(1, 6)] == [True, *[False] * 4]
    row(at, 1).set_value(NOT_APPLICABLE)
    at.run()
    type_into(at, IN_ORDER, "-4422")
    assert row(at, 1).value == NOT_APPLICABLE
    assert "4 of 5 answered, item 1 not applicable" in shown(at)
    assert "**Total 15** of 0 to 40" in shown(at)
    press(at, SAVE)
    [scored] = stored(practice, client.id)
    assert scored.response.content.not_applicable == {1}
    press(at, "Correct q1")
    assert row(at, 1).value == NOT_APPLICABLE
    type_into(at, IN_ORDER, "34422")
    type_into(at, "Reason for the correction", "she works again")
    press(at, SAVE)
    [scored] = stored(practice, client.id)
    assert (scored.response.content.not_applicable, scored.score.total) == (frozenset(), 15)


def test_unscored_items_of_the_roci_are_asked_and_said_to_count_nowhere(
    clinic: Callable[[str], None], open_page: Open, client: Client
) -> None:
    clinic("roci")
    at = open_form(open_page, client.id, "roci")
    type_into(at, IN_ORDER, "2-22222-222222")
    assert shown(at).count("asked, not scored") == 2
    assert "**Total 2** of 0 to 4" in shown(at)


def test_first_item_of_the_csi_4_takes_six_and_the_others_do_not(open_page: Open, client: Client) -> None:
    at = open_form(open_page, client.id, "csi_4")
    assert [len(row(at, number).options) for number in range(1, 5)] == [7, 6, 6, 6]
    type_into(at, IN_ORDER, "6655")
    assert "Answer 2 is '6'; item 2 takes whole numbers 0 to 5" in unescape(refused(at))


def test_partial_form_is_kept_and_called_incomplete(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_form(open_page, client.id, "gad7")
    type_into(at, IN_ORDER, "11-1")
    press(at, SAVE)
    [scored] = stored(practice, client.id)
    assert (scored.score.total, scored.score.answered) == (None, 3)
    assert "**Incomplete, not scored: items 3, 5, 6 and 7 not answered**" in shown(at)


def test_partial_form_of_two_subscales_says_which_is_incomplete(open_page: Open, client: Client) -> None:
    at = open_form(open_page, client.id, "ecr_rs")
    told = shown(type_into(at, IN_ORDER, "111177"))
    assert "attachment avoidance 1 of 1 to 7; " not in told
    assert "attachment anxiety **incomplete, not scored: items 7, 8 and 9 not answered**" in told


def test_safety_item_of_an_incomplete_form_stops_too(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_form(open_page, client.id, "phq9")
    type_into(at, IN_ORDER, "--------2")
    press(at, SAVE)
    assert stored(practice, client.id)[0].awaits_review
    assert "saved as q1, not yet reviewed" in shown(at)


def test_answers_are_corrected_as_answers(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_form(open_page, client.id, "gad7")
    type_into(at, IN_ORDER, "1112110")
    press(at, SAVE)
    press(at, "Correct q1")
    assert not any(each.label == "Enter" for each in at.button_group)
    assert [row(at, number).value for number in range(1, 8)] == [1, 1, 1, 2, 1, 1, 0]
    type_into(at, IN_ORDER, "1112113")
    type_into(at, "Reason for the correction", "misread")
    press(at, SAVE)
    assert [scored.score.total for scored in stored(practice, client.id)] == [10]
    told = shown(press(at, "Versions of q1"))
    assert "Answers 1: 1, 2: 1, 3: 1, 4: 2, 5: 1, 6: 1, 7: 0." in told


def test_nothing_is_saved_by_typing_alone(open_page: Open, practice: Workplace, client: Client) -> None:
    type_into(open_form(open_page, client.id, "gad7"), IN_ORDER, "1112110")
    assert stored(practice, client.id) == ()


def test_text_of_a_clinics_file_is_shown_letter_by_letter(
    own_data_folder: Path, open_page: Open, practice: Workplace, client: Client
) -> None:
    put_hostile_form(own_data_folder)
    at = open_form(open_page, client.id, FORM)
    row(at, 1).set_value(NOT_APPLICABLE)
    type_into(at, IN_ORDER, "-8888")
    seen = [text.value for text in at.markdown]
    press(at, SAVE)
    assert len(stored(practice, client.id)) == 1
    seen += [text.value for text in (*at.markdown, *at.success)]
    seen += [each.label for each in (*at.button_group, *at.button, *at.text_input)]
    seen += [option for each in at.button_group for option in each.options]
    choose(at, "Enter", "totals")
    seen += [each.label for each in at.text_input] + [text.value for text in at.markdown]
    assert taken_as_markdown(seen) == []


def test_response_whose_text_is_gone_is_kept_and_says_why_it_cannot_be_corrected(
    own_data_folder: Path, clinic: Callable[[str], None], open_page: Open, client: Client
) -> None:
    clinic("wsas")
    at = open_form(open_page, client.id, "wsas")
    type_into(at, IN_ORDER, "24211")
    press(at, SAVE)
    (own_data_folder / CLINIC_FOLDER / "wsas.wording.toml").unlink()
    runtime.catalogue.cache_clear()
    again = press(open_page("questionnaires", client.id), "Correct q1")
    assert any("the text of its items, version 1, is not here" in each.value for each in again.warning)
    assert "**Total 10** of 0 to 40" in shown(again)
