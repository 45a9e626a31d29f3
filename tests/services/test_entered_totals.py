"""Totals of forms that were scored elsewhere: kept exactly, range-checked, corrected as totals."""

from dataclasses import replace
from fractions import Fraction

import pytest

from core.errors import InvalidInput
from core.model.responses import AnsweredBy, Circumstances, Mode, Response
from core.notes.statements import questionnaire_statements
from core.services.caseload import todays_caseload
from core.services.questionnaires import (
    correct_response,
    preview_entered,
    preview_score,
    read_totals,
    record_response,
    response_history,
    scored_responses,
)
from tests.services.entries import DAY, form, gad7_answers, phq9_answers


def entered(questionnaire, day=DAY, **totals):
    return Response(
        questionnaire=questionnaire.id,
        questionnaire_version=questionnaire.version,
        day=day,
        totals={name: Fraction(value) for name, value in totals.items()},
    )


@pytest.fixture
def ecr_r(catalogue):
    return catalogue.questionnaires["ecr_r"]


def test_entered_subscales_are_kept_as_written(save, load, client, catalogue, ecr_r):
    given = read_totals(ecr_r, {"anxiety": "3.5", "avoidance": " 2.17 "})
    saved = save(record_response, client.id, ecr_r, entered(ecr_r, **given), form())
    (scored,) = load(scored_responses, catalogue, client.id)
    assert saved.content.totals == {"anxiety": Fraction(7, 2), "avoidance": Fraction(217, 100)}
    assert [each.printed for each in scored.score.subscales] == ["3.5", "2.17"]
    assert scored.score == preview_entered(ecr_r, given)
    assert (scored.score.entered, scored.score.total) == (True, None)


def test_boxes_left_blank_are_no_zeros(ecr_r):
    assert read_totals(ecr_r, {"anxiety": "", "avoidance": "  "}) == {}
    assert read_totals(ecr_r, {"anxiety": "1", "avoidance": ""}) == {"anxiety": 1}


def test_every_wrong_box_is_named_with_its_own_range(catalogue):
    with pytest.raises(InvalidInput) as refusal:
        read_totals(catalogue.questionnaires["ecr_s"], {"anxiety": "43", "avoidance": "6.5"})
    assert refusal.value.problems == (
        "Attachment anxiety takes whole numbers 6 to 42; 43 was given. Nothing was saved.",
        "Attachment avoidance takes whole numbers 6 to 42; 6.5 was given. Nothing was saved.",
    )


def test_total_out_of_range_is_refused_when_saved_too(save, load, client, catalogue, ecr_r):
    with pytest.raises(InvalidInput, match="Attachment anxiety takes numbers 1 to 7; 8 was given"):
        save(record_response, client.id, ecr_r, entered(ecr_r, anxiety=8), form())
    assert load(scored_responses, catalogue, client.id) == ()


@pytest.mark.parametrize("name", ["ecr_r", "wsas", "roci"])
def test_answers_of_a_form_whose_text_is_not_here_are_refused(save, client, catalogue, name):
    questionnaire = catalogue.questionnaires[name]
    answers = {item.number: item.minimum for item in questionnaire.items}
    response = Response(questionnaire=name, questionnaire_version=1, day=DAY, answers=answers)
    with pytest.raises(InvalidInput, match="is entered by its totals: its text is not here"):
        save(record_response, client.id, questionnaire, response, form())


def test_correction_stays_what_it_was(save, client, gad7, phq9):
    answered = save(record_response, client.id, gad7, gad7_answers(), form())
    totals = save(record_response, client.id, gad7, entered(gad7, total=9), form())
    with pytest.raises(InvalidInput, match="Totals are corrected as totals, and answers as answers"):
        save(correct_response, answered.ref, gad7, entered(gad7, total=9), "misread")
    with pytest.raises(InvalidInput, match="Totals are corrected as totals, and answers as answers"):
        save(correct_response, totals.ref, gad7, gad7_answers(), "misread")
    with pytest.raises(InvalidInput, match="A correction stays with its questionnaire"):
        save(correct_response, answered.ref, phq9, phq9_answers(), "misread")


def test_earlier_versions_are_kept_with_their_scores_and_reasons(save, load, client, catalogue, ecr_r):
    first = save(record_response, client.id, ecr_r, entered(ecr_r, anxiety="3.5"), form())
    save(correct_response, first.ref, ecr_r, entered(ecr_r, anxiety="4.5"), "typed wrong")
    versions = load(response_history, catalogue, first.ref.id)
    told = [
        (each.response.ref.version, each.score.subscale("anxiety").printed, each.response.reason) for each in versions
    ]
    assert told == [(1, "3.5", None), (2, "4.5", "typed wrong")]
    assert [each.score.subscale("anxiety").printed for each in load(scored_responses, catalogue, client.id)] == ["4.5"]


def test_safety_item_behind_a_total_is_not_known_and_not_a_no(save, load, client, catalogue, phq9):
    save(record_response, client.id, phq9, entered(phq9, total=20), form())
    (scored,) = load(scored_responses, catalogue, client.id)
    (safety,) = scored.score.safety
    assert (safety.value, safety.label) == (None, "not known, since only totals were entered")
    assert not scored.awaits_review
    assert load(todays_caseload, catalogue).rows[0].needs == ()
    assert [each.text for each in questionnaire_statements([scored])] == [
        "PHQ-9 total 20 (21 May 2026).",
        "PHQ-9 item 9 not known, since only totals were entered (21 May 2026).",
    ]


def test_total_that_says_that_item_9_is_above_zero_is_entered_by_items(save, load, client, catalogue, phq9):
    save(record_response, client.id, phq9, entered(phq9, total=24), form())  # eight items of 3, item 9 may be 0
    with pytest.raises(InvalidInput, match="A total of 25 cannot be reached with the safety item of PHQ-9 at 0"):
        save(record_response, client.id, phq9, entered(phq9, total=25), form())
    assert [each.score.total for each in load(scored_responses, catalogue, client.id)] == [24]


def test_circumstances_are_kept_and_blank_ones_stay_blank(save, load, client, catalogue, gad7):
    said = Circumstances(answered_by=AnsweredBy.CLIENT, mode=Mode.READ_ALOUD, language="Deutsch")
    save(record_response, client.id, gad7, replace(gad7_answers(), circumstances=said), form())
    save(record_response, client.id, gad7, gad7_answers(), form())
    kept = [each.response.content.circumstances for each in load(scored_responses, catalogue, client.id)]
    assert kept == [said, Circumstances()]


def with_text(catalogue, name):
    """The definition with a text for each item, as a clinic that may use it has it."""
    questionnaire = catalogue.questionnaires[name]
    return replace(
        questionnaire, items=tuple(replace(item, wording=f"text {item.number}") for item in questionnaire.items)
    )


def test_work_that_does_not_apply_is_counted_as_the_mean_of_the_others(save, load, client, catalogue):
    wsas = with_text(catalogue, "wsas")
    response = Response(
        questionnaire="wsas", questionnaire_version=1, day=DAY,
        answers={1: None, 2: 4, 3: 4, 4: 2, 5: 2}, not_applicable=frozenset({1}),
    )  # fmt: skip
    save(record_response, client.id, wsas, response, form())
    (scored,) = load(scored_responses, catalogue, client.id)
    assert scored.score.total == 15  # 4+4+2+2 = 12, mean 3 for item 1
    assert scored.score.not_applicable == {1}
    assert (
        scored.score.remark
        == "prorated: item 1 not answered, marked as not applicable, counted as the mean of the others"
    )
    assert scored.score == preview_score(wsas, response.answers, response.not_applicable)


def test_not_applicable_is_refused_where_the_form_does_not_have_it(save, client, catalogue, gad7):
    response = replace(gad7_answers(item1=None), not_applicable=frozenset({1}))
    with pytest.raises(InvalidInput, match="does not take “not applicable” for item 1"):
        save(record_response, client.id, gad7, response, form())


def test_items_that_roci_does_not_score_change_no_total(save, load, client, catalogue):
    roci = with_text(catalogue, "roci")
    for unscored in (0, 4, None):
        answers = dict.fromkeys(range(1, 15), 2) | {2: unscored, 8: unscored}
        save(
            record_response,
            client.id,
            roci,
            Response(questionnaire="roci", questionnaire_version=1, day=DAY, answers=answers),
            form(),
        )
    assert [each.score.total for each in load(scored_responses, catalogue, client.id)] == [2, 2, 2]


def test_first_item_of_the_csi_4_reaches_six_and_the_others_five(save, load, client, catalogue):
    csi_4 = catalogue.questionnaires["csi_4"]
    highest = Response(questionnaire="csi_4", questionnaire_version=1, day=DAY, answers={1: 6, 2: 5, 3: 5, 4: 5})
    save(record_response, client.id, csi_4, highest, form())
    assert load(scored_responses, catalogue, client.id)[0].score.total == 21
    with pytest.raises(InvalidInput, match="Item 2 takes whole numbers 0 to 5; 6 was given"):
        save(record_response, client.id, csi_4, replace(highest, answers={1: 6, 2: 6, 3: 5, 4: 5}), form())


def test_totals_whose_definition_is_gone_are_told_and_not_scored(save, load, client, catalogue, ecr_r):
    own = replace(ecr_r, id="own_form", short_name="OWN")
    save(record_response, client.id, own, entered(own, anxiety=3), form())
    (scored,) = load(scored_responses, catalogue, client.id)
    assert scored.score.no_total_reason == "the definition that it was filled in under, version 1, is not here"
    assert [each.text for each in questionnaire_statements([scored])] == [
        "own_form of 21 May 2026: not scored, the definition that it was filled in under, version 1, is not here."
    ]
