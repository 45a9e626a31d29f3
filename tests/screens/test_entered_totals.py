"""The entry page where only totals are entered: kept, refused with their ranges, corrected, and earlier versions."""

from datetime import timedelta
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.model.people import Client
from core.model.responses import AnsweredBy, Mode
from dashboard.runtime import Workplace
from tests.screens.questionnaire_steps import Open, choose, open_form, press, refused, shown, stored, type_into

FORMS = load_catalogue().questionnaires
BY_TOTALS_ONLY = [form.id for form in FORMS.values() if not form.takes_items]
SAVE = "Save questionnaire"


def boxes(at: AppTest) -> list[str]:
    return [box.label for box in at.text_input if " of " in box.label and not box.label.startswith("Language")]


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_has_a_box_for_each_of_its_scores(open_page: Open, client: Client, form: str) -> None:
    at = open_form(open_page, client.id, form, "totals" if FORMS[form].takes_items else None)
    expected = FORMS[form].has_total + len(FORMS[form].subscales)
    assert len(boxes(at)) == expected
    assert not at.exception
    assert not any(each.label.startswith("Item ") for each in at.button_group)


@pytest.mark.parametrize("form", BY_TOTALS_ONLY)
def test_form_whose_text_is_not_here_is_entered_by_totals_only(open_page: Open, client: Client, form: str) -> None:
    at = open_form(open_page, client.id, form)
    assert "Totals only: the text of its items is not here." in shown(at)
    assert not any(each.label == "Enter" for each in at.button_group)
    assert not any(box.label == "Answers in order" for box in at.text_input)


def test_totals_are_saved_with_the_circumstances_that_were_said(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_form(open_page, client.id, "ecr_r")
    type_into(at, "attachment anxiety of ECR-R", "3.5")
    type_into(at, "attachment avoidance of ECR-R", "2.17")
    assert "attachment anxiety 3.5 of 1 to 7; attachment avoidance 2.17 of 1 to 7; entered as totals" in shown(at)
    next(each for each in at.selectbox if each.label == "Who answered").set_value("client")
    next(each for each in at.selectbox if each.label == "How it was filled in").set_value("on paper")
    type_into(at, "Language of the form", "[Deutsch](http://a.example)")
    press(at, SAVE)
    [scored] = stored(practice, client.id)
    around = scored.response.content.circumstances
    assert (around.answered_by, around.mode) == (AnsweredBy.CLIENT, Mode.PAPER)
    assert around.language == "[Deutsch](http://a.example)"
    assert "answered by the client, on paper, form in " in shown(at)
    assert "](http" not in shown(at)


def test_circumstances_are_blank_again_for_the_next_form(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_form(open_page, client.id, "gad7", "totals")
    type_into(at, "Total of GAD-7", "9")
    next(each for each in at.selectbox if each.label == "Who answered").set_value("partner")
    press(at, SAVE)
    assert next(each for each in at.selectbox if each.label == "Who answered").value is None
    assert stored(practice, client.id)[0].response.content.circumstances.mode is None


@pytest.mark.parametrize(
    ("form", "typed", "said"),
    [
        ("ecr_r", {"attachment anxiety of ECR-R": "7.1"}, "Attachment anxiety takes numbers 1 to 7; 7.1 was given."),
        (
            "ecr_s",
            {"attachment avoidance of ECR-S": "5"},
            "Attachment avoidance takes whole numbers 6 to 42; 5 was given.",
        ),
        ("wsas", {"Total of WSAS": "41"}, "Total takes numbers 0 to 40; 41 was given."),
        ("pss_10", {"Total of PSS-10": "12.5"}, "Total takes whole numbers 0 to 40; 12.5 was given."),
        ("cds", {"Total of CDS": "many"}, "Total takes whole numbers 20 to 140; something else was given."),
    ],
)
def test_number_outside_its_own_range_is_refused_at_once_and_when_saved(
    open_page: Open, practice: Workplace, client: Client, form: str, typed: dict[str, str], said: str
) -> None:
    at = open_form(open_page, client.id, form)
    for box, text in typed.items():
        type_into(at, box, text)
    assert said in unescape(refused(at))
    press(at, SAVE)
    assert said in unescape(refused(at))
    assert stored(practice, client.id) == ()


def test_nothing_entered_is_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = press(open_form(open_page, client.id, "roci"), SAVE)
    assert "no total entered" in refused(at)
    assert stored(practice, client.id) == ()


def test_totals_are_corrected_as_totals_and_the_earlier_version_can_be_seen(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_form(open_page, client.id, "gad7", "totals")
    type_into(at, "Total of GAD-7", "9")
    press(at, SAVE)
    press(at, "Correct q1")
    assert boxes(at) == ["Total of GAD-7"]
    assert not any(each.label == "Enter" for each in at.button_group)
    type_into(at, "Total of GAD-7", "12")
    press(at, SAVE)
    assert "reason" in refused(at).lower()
    type_into(at, "Reason for the correction", "the *sum* was wrong")
    press(at, SAVE)
    [scored] = stored(practice, client.id)
    assert (scored.score.total, scored.response.ref.version) == (12, 2)
    assert "Version 1" not in shown(at)
    press(at, "Versions of q1")
    told = unescape(shown(at))
    assert "Version 1, written" in told
    assert "**Total 9** of 0 to 21, published band: mild; entered as totals" in told
    assert "because: the *sum* was wrong" in told
    press(at, "Hide versions of q1")
    assert "Version 1" not in shown(at)


def test_total_of_a_form_with_a_safety_item_says_that_its_answer_is_not_known(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_form(open_page, client.id, "phq9", "totals")
    assert "Item 9 is a safety item, and a total does not tell its answer." in shown(at)
    type_into(at, "Total of PHQ-9", "14")
    press(at, SAVE)
    assert "**Not known, since only totals were entered:** PHQ-9 item 9" in shown(at)
    assert not stored(practice, client.id)[0].awaits_review


@pytest.mark.parametrize("form", ["rses", "ecr_r", "ecr_rs"])
def test_order_of_the_items_is_said_before_the_first_answer(open_page: Open, client: Client, form: str) -> None:
    at = open_form(open_page, client.id, form)
    told = unescape(shown(at))
    order = FORMS[form].item_order
    assert order is not None
    assert f"**Order of the items:** {order}." in told
    assert told.index("Order of the items") < min(
        told.find(label) % 10_000 for label in ("##### Answers", "##### Totals")
    )


def test_form_without_an_order_of_its_own_says_nothing_of_one(open_page: Open, client: Client) -> None:
    assert "Order of the items" not in shown(open_form(open_page, client.id, "gad7"))


def test_day_in_the_future_is_refused_with_a_sentence(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_form(open_page, client.id, "gad7", "totals")
    type_into(at, "Total of GAD-7", "9")
    day = next(each for each in at.date_input if each.label == "Date")
    tomorrow = day.value.replace(year=day.value.year + 1)
    day.set_value(tomorrow).run()
    press(at, SAVE)
    assert "lies in the future" in unescape(refused(at))
    assert stored(practice, client.id) == ()
    yesterday = client.details.started_on - timedelta(days=1)
    next(each for each in at.date_input if each.label == "Date").set_value(yesterday).run()
    press(at, SAVE)
    assert [scored.score.total for scored in stored(practice, client.id)] == [9]


def test_forms_entered_last_stand_first(open_page: Open, client: Client) -> None:
    at = open_form(open_page, client.id, "cds")
    type_into(at, "Total of CDS", "60")
    press(at, SAVE)
    group = next(each for each in at.button_group if each.label == "Questionnaire")
    assert group.value == "cds"
    assert group.options[:2] == ["CDS", "GAD-7"]
    assert "What there is" not in shown(at)


def test_empty_page_lists_every_form_with_minutes_and_licence(open_page: Open, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    assert "What there is" in shown(at)
    [table] = at.table
    rows = table.value.to_dict("records")
    assert len(rows) == len(FORMS)
    assert (rows[0]["Form"], rows[0]["Minutes"], rows[0]["Entered by"]) == ("**GAD-7**", "2", "items or totals")
    assert all(row["Licence"] and row["What it bears on"] for row in rows)


def test_both_ways_of_one_form_keep_what_was_typed(open_page: Open, client: Client) -> None:
    at = open_form(open_page, client.id, "gad7")
    type_into(at, "Answers in order", "111")
    choose(at, "Enter", "totals")
    choose(at, "Enter", "items")
    assert "3 of 7 answered" in shown(at)
