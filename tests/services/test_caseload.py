"""Today: who comes, what was recorded, and what waits for the therapist."""

import random
from datetime import time, timedelta

import pytest

from core.model.responses import SafetyAction, SafetyReviewDetails
from core.services.calendar import add_session
from core.services.caseload import todays_caseload
from core.services.check_ins import check_ins_of, correct_check_in, record_check_in, withdraw_check_in
from core.services.clients import add_client, close_client, reopen_client
from core.services.progress import next_session, review_client
from core.services.questionnaires import correct_response, record_response, review_safety_item, withdraw_response
from core.services.session_notes import discard_draft, note_content, sign_note, start_note
from core.store import caseload as caseload_queries
from core.store.notes import save_draft
from tests.builders import check_in
from tests.services.entries import (
    ATTENDED,
    CANCELLED,
    DAY,
    MISSED,
    NOON,
    PLANNED,
    WEEK,
    any_check_in,
    any_response,
    details,
    form,
    phq9_answers,
    session_on,
)

SPOKEN = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words="Spoke about it.")


@pytest.fixture
def today(load, catalogue):
    return lambda: load(todays_caseload, catalogue)


def names(caseload):
    return [row.client.details.name for row in caseload.rows]


def test_empty_practice_has_an_empty_caseload(today):
    assert (today().rows, today().sessions, today().today) == ((), (), DAY)


def test_clients_stand_by_next_session_then_by_name(save, today):
    plans = {
        "Emil": (DAY, PLANNED, time(14)),
        "Öke": None,
        "Sara": (DAY, PLANNED, time(11)),
        "Zoe": (DAY + WEEK, PLANNED, time(9)),
        "Ana": (DAY + timedelta(days=1), CANCELLED, time(9)),
        "Bo": (DAY, PLANNED, None),
        "Paul": None,
    }
    for name, plan in plans.items():
        added = save(add_client, details(name), form())
        if plan:
            save(add_session, added.id, session_on(*plan), form())
    shown = today()
    assert names(shown) == ["Sara", "Emil", "Bo", "Zoe", "Ana", "Öke", "Paul"]
    assert [session.details.starts_at for session, _ in shown.sessions] == [time(11), time(14), None]


def test_clients_at_the_same_time_stand_by_name(save, today):
    for name in ("Zoe", "Änne", "Bo"):
        added = save(add_client, details(name), form())
        save(add_session, added.id, session_on(DAY, PLANNED), form())
    assert names(today()) == ["Änne", "Bo", "Zoe"]


def test_missed_session_of_today_is_listed_and_is_not_the_next(save, client, today):
    missed = save(add_session, client.id, session_on(DAY, MISSED), form())
    assert today().sessions == ((missed, client.id),)
    assert today().rows[0].next_session is None


def test_closed_client_is_left_out_until_opened_again(save, client, today):
    save(add_session, client.id, session_on(DAY, PLANNED), form())
    closed = save(close_client, client, DAY)
    assert (today().rows, today().sessions, today().row(client.id)) == ((), (), None)
    save(reopen_client, closed)
    assert names(today()) == ["Ana M."]


def test_closed_client_can_still_be_found(save, client, today):
    assert today().closed == ()
    closed = save(close_client, client, DAY)
    assert today().closed == (closed,)


@pytest.mark.parametrize(
    ("days", "needs"),
    [(0, ()), (28, ()), (29, ("no record 29 d",)), (400, ("no record 400 d",))],
)
def test_days_since_the_record_count_from_the_last_covered_day(save, client, today, days, needs):
    save(record_check_in, client.id, check_in(DAY - timedelta(days=days), anxiety=1), form())
    save(record_check_in, client.id, check_in(DAY - timedelta(days=days + 50), anxiety=1), form())
    row = today().rows[0]
    assert (row.days_since_record, row.needs) == (days, needs)


def test_without_any_check_in_days_since_are_unknown_and_nothing_is_asked_for(client, today):
    row = today().rows[0]
    assert (row.days_since_record, row.needs, row.anxiety.latest) == (None, (), None)


def test_safety_item_is_the_first_need_until_something_is_written(save, client, today, phq9):
    save(record_check_in, client.id, check_in(DAY - timedelta(days=60), anxiety=1), form())
    saved = save(record_response, client.id, phq9, phq9_answers(item9=1), form())
    assert today().rows[0].needs == ("safety item not reviewed", "no record 60 d")
    save(review_safety_item, saved.ref, SPOKEN)
    assert today().rows[0].needs == ("no record 60 d",)


def test_old_safety_item_stays_until_something_is_written(save, client, today, phq9, clock):
    save(record_response, client.id, phq9, phq9_answers(item9=1), form())
    clock.move_to(NOON + timedelta(days=1000))
    assert today().rows[0].needs == ("safety item not reviewed",)


def test_draft_is_a_need_after_three_days_and_a_signed_or_discarded_note_is_not(save, client, today, catalogue, clock):
    session = save(add_session, client.id, session_on(), form())
    first, second = (save(start_note, catalogue, session, "soap", form()) for _ in range(2))
    clock.move_to(NOON + timedelta(days=3) - timedelta(seconds=1))
    assert today().rows[0].needs == ()
    clock.move_to(NOON + timedelta(days=3))
    assert today().rows[0].needs == ("2 notes unsigned",)
    save(discard_draft, first)
    assert today().rows[0].needs == ("1 note unsigned",)
    written = note_content(catalogue.note_templates["soap"], (), {"plan": "Own words."})
    saved = save(save_draft, second.id, written, second.revision)
    save(sign_note, second.id, saved.revision)
    assert today().rows[0].needs == ()


def test_sparklines_have_twelve_weeks_and_a_blank_is_no_zero(save, client, today):
    save(record_check_in, client.id, check_in(DAY - timedelta(days=4), 7, anxiety=6, reassurance=0), form())
    row = today().rows[0]
    assert len(row.anxiety.weeks) == len(row.reassurance.weeks) == len(row.distortions.weeks) == 12
    assert row.anxiety.weeks[-2:] == (6.0, None)
    assert (row.reassurance.weeks[-2], row.reassurance.latest) == (0.0, 0.0)
    assert set(row.distortions.weeks) == {None}


def test_row_says_what_the_review_says(save, load, client, catalogue, today):
    chance = random.Random(5)
    for back in range(0, 200, 9):
        save(record_check_in, client.id, any_check_in(chance, catalogue, DAY - timedelta(days=back)), form())
    review = load(review_client, catalogue, client.id)
    told = [(each.sign, each.state, each.asked_days, each.entries) for each in review.readings]
    assert [(each.sign, each.state, each.asked_days, each.entries) for each in today().rows[0].readings] == told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_queries_over_all_clients_agree_with_reading_every_record(save, load, catalogue, seed):
    people = _random_practice(random.Random(seed), save, catalogue)
    safety = {"phq9": (9,)}
    last = load(caseload_queries.last_covered_days)
    waiting = load(caseload_queries.responses_awaiting_review, safety)
    upcoming = load(caseload_queries.sessions_from, DAY)
    assert waiting
    assert len(last) < len(people)
    for client in people:
        review = load(review_client, catalogue, client.id)
        ends = [record.content.period_end for record in load(check_ins_of, client.id)]
        assert last.get(client.id) == max(ends, default=None)
        assert waiting.get(client.id, 0) == len(review.awaiting_review)
        first = next((session for session in upcoming if session.client_id == client.id), None)
        assert first == next_session(review.sessions, DAY)


def test_only_named_questionnaires_are_asked_about(save, load, client, phq9):
    save(record_response, client.id, phq9, phq9_answers(item9=3), form())
    for others in ({}, {"phq9": (8,), "gad7": (9,)}):
        expected = {client.id: 1} if "phq9" in others else {}
        assert load(caseload_queries.responses_awaiting_review, others) == expected


def _random_practice(chance, save, catalogue):
    """Eight clients with anything recorded, corrected, withdrawn and reviewed, in one unit of work each."""
    return [save(_random_client, chance, catalogue, number) for number in range(8)]


def _random_client(work, chance, catalogue, number):
    client = add_client(work, details(f"Client {number}"), form())
    for _ in range(chance.randint(0, 4) if number else 0):
        content = any_check_in(chance, catalogue, DAY - timedelta(days=chance.randint(0, 90)))
        saved = record_check_in(work, client.id, content, form())
        if chance.random() < 0.3:
            saved = correct_check_in(work, saved.ref, any_check_in(chance, catalogue, DAY), "corrected")
        if chance.random() < 0.4:
            withdraw_check_in(work, saved.ref)
    for _ in range(chance.randint(0, 4)):
        _random_response(work, chance, catalogue, client)
    for _ in range(chance.randint(0, 4)):
        day = DAY + timedelta(days=chance.randint(-9, 9))
        status = chance.choice([ATTENDED, MISSED, PLANNED, CANCELLED] if day <= DAY else [PLANNED, CANCELLED])
        starts_at = chance.choice([None, time(9), time(17)])
        add_session(work, client.id, session_on(day, status, starts_at), form())
    return client


def _random_response(work, chance, catalogue, client):
    content = any_response(chance, DAY - timedelta(days=chance.randint(0, 60)))
    questionnaire = catalogue.questionnaires[content.questionnaire]
    saved = record_response(work, client.id, questionnaire, content, form())
    if chance.random() < 0.4:
        review_safety_item(work, saved.ref, SPOKEN)
    if chance.random() < 0.3:
        saved = correct_response(work, saved.ref, questionnaire, content, "looked again")
    if chance.random() < 0.2:
        withdraw_response(work, saved.ref)


def test_closed_client_stays_listed_while_a_safety_item_awaits_words(save, client, today, phq9):
    saved = save(record_response, client.id, phq9, phq9_answers(item9=1), form())
    save(close_client, client, DAY)
    assert today().rows[0].needs == ("safety item not reviewed",)
    save(review_safety_item, saved.ref, SPOKEN)
    assert today().rows == ()
