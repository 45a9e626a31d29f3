"""Recording questionnaires, scoring them, and the safety item that waits for the therapist's words."""

from datetime import timedelta

import pytest
from msgspec import structs

from core.errors import Conflict, InvalidInput, NotFound
from core.model.responses import SafetyAction, SafetyReviewDetails
from core.services.progress import review_client
from core.services.questionnaires import (
    correct_response,
    preview_score,
    read_answers,
    record_response,
    review_safety_item,
    scored_responses,
    withdraw_response,
)
from tests.services.entries import DAY, WEEK, form, gad7_answers, phq9_answers

SPOKEN = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words="Spoke about it.")
LATER = SafetyReviewDetails(action=SafetyAction.WILL_REVIEW_NOW, words="Doing it now.")


def awaiting(load, catalogue, client):
    return [scored.response.ref for scored in load(review_client, catalogue, client.id).awaiting_review]


def test_complete_form_is_scored(save, load, client, catalogue, gad7):
    save(record_response, client.id, gad7, gad7_answers(value=2), form())
    (scored,) = load(scored_responses, catalogue, client.id)
    assert (scored.score.total, scored.score.band, scored.awaits_review) == (14, "moderate", False)
    assert scored.response.ref.label == "q1"


def test_incomplete_form_has_no_total_and_zero_is_an_answer(save, load, client, catalogue, gad7):
    save(record_response, client.id, gad7, gad7_answers(value=3, item4=None), form())
    save(record_response, client.id, gad7, gad7_answers(value=0), form())
    incomplete, zeros = load(scored_responses, catalogue, client.id)
    assert (incomplete.score.total, incomplete.score.band, incomplete.score.answered) == (None, None, 6)
    assert (zeros.score.total, zeros.score.complete) == (0, True)


def test_preview_is_what_is_scored_later(save, load, client, catalogue, gad7):
    answers = read_answers(gad7, "1112-10")
    preview = preview_score(gad7, answers)
    save(record_response, client.id, gad7, gad7_answers(**{f"item{n}": a for n, a in answers.items()}), form())
    assert load(scored_responses, catalogue, client.id)[0].score == preview
    assert (preview.answered, preview.total) == (6, None)


def test_answers_typed_wrongly_are_named_by_place(gad7):
    with pytest.raises(InvalidInput, match="Answer 3 is '9'"):
        read_answers(gad7, "119")


def test_same_form_sent_twice_saves_once(save, load, client, catalogue, phq9):
    request = form()
    first = save(record_response, client.id, phq9, phq9_answers(item9=1), request)
    assert save(record_response, client.id, phq9, phq9_answers(item9=1), request) == first
    assert [scored.response for scored in load(scored_responses, catalogue, client.id)] == [first]


def test_future_day_and_answer_out_of_range_are_refused(save, load, client, catalogue, gad7):
    for wrong, why in (
        (gad7_answers(DAY + timedelta(days=1)), "22 May 2026 lies in the future"),
        (gad7_answers(item2=4), "Item 2 takes whole numbers 0 to 3; 4 was given"),
        (gad7_answers(item8=1), "no item 8"),
    ):
        with pytest.raises(InvalidInput, match=why):
            save(record_response, client.id, gad7, wrong, form())
    assert load(scored_responses, catalogue, client.id) == ()


@pytest.mark.parametrize("action", [SPOKEN, LATER], ids=["reviewed", "reviewing now"])
def test_item_9_above_zero_waits_until_something_is_written(save, load, client, catalogue, phq9, action):
    saved = save(record_response, client.id, phq9, phq9_answers(value=0, item9=1), form())
    assert awaiting(load, catalogue, client) == [saved.ref]
    review = save(review_safety_item, saved.ref, action)
    assert (review.written_by, review.response_version, review.details) == ("Dr One", 1, action)
    assert awaiting(load, catalogue, client) == []
    assert load(scored_responses, catalogue, client.id)[0].reviews == (review,)


def test_item_9_at_zero_or_skipped_is_said_and_waits_for_nothing(save, load, client, catalogue, phq9):
    for answer, label in ((None, "not answered"), (0, "not at all")):
        save(record_response, client.id, phq9, phq9_answers(item9=answer), form())
        scored = load(scored_responses, catalogue, client.id)[-1]
        (safety,) = scored.score.safety
        assert (safety.value, safety.label.lower(), scored.awaits_review) == (answer, label, False)


def test_item_9_waits_in_an_incomplete_form_too(save, load, client, catalogue, phq9):
    saved = save(record_response, client.id, phq9, phq9_answers(value=None, item9=1), form())
    assert awaiting(load, catalogue, client) == [saved.ref]


def test_correction_is_asked_about_anew(save, load, client, catalogue, phq9):
    first = save(record_response, client.id, phq9, phq9_answers(item9=1), form())
    save(review_safety_item, first.ref, SPOKEN)
    second = save(correct_response, first.ref, phq9, phq9_answers(item9=3), "misread the form")
    assert awaiting(load, catalogue, client) == [second.ref]
    assert load(scored_responses, catalogue, client.id)[0].reviews == ()
    save(review_safety_item, first.ref, LATER)
    assert awaiting(load, catalogue, client) == [second.ref]
    save(review_safety_item, second.ref, SPOKEN)
    assert awaiting(load, catalogue, client) == []


def test_correction_to_zero_no_longer_waits(save, load, client, catalogue, phq9):
    first = save(record_response, client.id, phq9, phq9_answers(item9=1), form())
    save(correct_response, first.ref, phq9, phq9_answers(item9=0), "misread the form")
    assert awaiting(load, catalogue, client) == []


def test_correction_needs_a_reason_and_the_newest_version(save, load, client, catalogue, gad7):
    first = save(record_response, client.id, gad7, gad7_answers(), form())
    with pytest.raises(InvalidInput, match="reason"):
        save(correct_response, first.ref, gad7, gad7_answers(value=2), " ")
    second = save(correct_response, first.ref, gad7, gad7_answers(value=2), "misread")
    with pytest.raises(Conflict):
        save(correct_response, first.ref, gad7, gad7_answers(value=3), "again")
    with pytest.raises(Conflict):
        save(withdraw_response, first.ref)
    assert [scored.response for scored in load(scored_responses, catalogue, client.id)] == [second]


def test_withdrawn_response_is_not_listed_and_waits_for_nothing(save, load, client, catalogue, phq9):
    saved = save(record_response, client.id, phq9, phq9_answers(item9=2), form())
    save(withdraw_response, saved.ref)
    assert load(scored_responses, catalogue, client.id) == ()
    assert awaiting(load, catalogue, client) == []


def test_review_of_a_response_that_does_not_exist_is_not_found(save, client, phq9):
    saved = save(record_response, client.id, phq9, phq9_answers(item9=2), form())
    with pytest.raises(NotFound):
        save(review_safety_item, structs.replace(saved.ref, version=9), SPOKEN)


def test_responses_stand_by_day_however_they_were_entered(save, load, client, catalogue, gad7):
    for back in (1, 3, 0, 2):
        save(record_response, client.id, gad7, gad7_answers(DAY - back * WEEK, value=back), form())
    assert [scored.score.total for scored in load(scored_responses, catalogue, client.id)] == [21, 14, 7, 0]
