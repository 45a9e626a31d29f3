"""A response keeps the version of the definition it was filled in under, whatever happens to the file."""

from dataclasses import replace

import pytest

from core.errors import InvalidInput
from core.model.definitions import frozen_mapping
from core.notes.statements import questionnaire_statements
from core.services.caseload import todays_caseload
from core.services.questionnaires import correct_response, record_response, scored_responses
from tests.services.entries import form, gad7_answers, phq9_answers


def turned(questionnaire):
    """The next version, in which every item counts from the other end."""
    items = tuple(replace(item, reverse=True) for item in questionnaire.items)
    return replace(questionnaire, version=questionnaire.version + 1, items=items)


def with_newest(catalogue, newest, *, keep=True):
    """The catalogue after a definition changed; the earlier file kept beside it, or lost."""
    earlier = {(newest.id, 1): catalogue.questionnaires[newest.id]} if keep else {}
    return replace(
        catalogue,
        questionnaires=frozen_mapping({**catalogue.questionnaires, newest.id: newest}),
        earlier_questionnaires=frozen_mapping(earlier),
    )


def test_new_version_never_rescores_an_old_response(save, load, client, catalogue, gad7):
    save(record_response, client.id, gad7, gad7_answers(value=2), form())
    changed = with_newest(catalogue, turned(gad7))
    newest = changed.questionnaires["gad7"]
    save(record_response, client.id, newest, replace(gad7_answers(value=2), questionnaire_version=2), form())
    old, new = load(scored_responses, changed, client.id)
    assert (old.score.total, old.score.questionnaire_version) == (14, 1)  # 7*2
    assert (new.score.total, new.score.questionnaire_version) == (7, 2)  # 7*(3-2)


def test_response_whose_version_is_gone_has_no_total_and_says_why(save, load, client, catalogue, gad7):
    save(record_response, client.id, gad7, gad7_answers(value=2), form())
    (scored,) = load(scored_responses, with_newest(catalogue, turned(gad7), keep=False), client.id)
    assert scored.score.total is None
    assert scored.score.no_total_reason == "the definition that it was filled in under, version 1, is not here"
    assert scored.score.short_name == "GAD-7"


def test_form_that_is_gone_breaks_neither_list_nor_note_nor_today(save, load, client, catalogue, gad7):
    save(record_response, client.id, gad7, gad7_answers(value=2), form())
    without = replace(
        catalogue,
        questionnaires=frozen_mapping(
            {code: each for code, each in catalogue.questionnaires.items() if code != "gad7"}
        ),
    )
    responses = load(scored_responses, without, client.id)
    assert [scored.score.short_name for scored in responses] == ["gad7"]
    (statement,) = questionnaire_statements(responses)
    assert statement.text.endswith("7 of 7 answered, not scored.")
    assert load(todays_caseload, without).row(client.id) is not None


def test_safety_answer_waits_even_when_its_version_is_gone(save, load, client, catalogue, phq9):
    save(record_response, client.id, phq9, phq9_answers(item9=1), form())
    changed = with_newest(catalogue, replace(phq9, version=2), keep=False)
    (scored,) = load(scored_responses, changed, client.id)
    assert (scored.score.total, scored.awaits_review) == (None, True)
    assert "safety item not reviewed" in load(todays_caseload, changed).row(client.id).needs


def test_answers_of_one_version_are_not_saved_under_another(save, client, catalogue, gad7):
    newest = turned(gad7)
    with pytest.raises(InvalidInput, match="The answers belong to version 1 of their form, and not to version 2"):
        save(record_response, client.id, newest, gad7_answers(value=2), form())
    saved = save(record_response, client.id, gad7, gad7_answers(value=2), form())
    with pytest.raises(InvalidInput, match="Nothing was saved; open the form again"):
        save(correct_response, saved.ref, newest, gad7_answers(value=1), "Typing error.")


def test_answers_of_one_form_are_not_saved_under_another(save, client, gad7, phq9):
    with pytest.raises(InvalidInput, match="and not to version 1 of PHQ-9"):
        save(record_response, client.id, phq9, gad7_answers(value=2), form())
