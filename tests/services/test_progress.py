"""The review of one client: its period, its figures, and the entries they rest on."""

import random
from datetime import timedelta

import pytest
from sqlalchemy.event import listens_for

from core.model.calendar import EventDetails
from core.model.days import Window
from core.services.calendar import add_event, add_session
from core.services.check_ins import record_check_in
from core.services.progress import review_client
from core.services.questionnaires import record_response
from tests.builders import check_in
from tests.services.entries import (
    ATTENDED,
    CANCELLED,
    DAY,
    MISSED,
    PLANNED,
    WEEK,
    any_check_in,
    form,
    gad7_answers,
    session_on,
)


@pytest.fixture
def review(load, client, catalogue):
    return lambda **options: load(review_client, catalogue, client.id, **options)


def test_empty_record_has_a_review_without_a_period(review, catalogue):
    empty = review()
    assert (empty.period, empty.since, empty.next_session, empty.period_observed_days) == (None, None, None, 0)
    assert empty.check_ins == empty.period_check_ins == empty.responses == empty.notes == ()
    assert {reading.state.value for reading in empty.readings} == {"insufficient"}
    assert [reading.sign for reading in empty.readings] == list(catalogue.warning_signs)
    assert all(comparison.start is None for comparison in empty.comparisons)


def test_period_begins_the_day_after_the_session_before(save, client, review):
    since = save(add_session, client.id, session_on(DAY - WEEK), form())
    save(add_session, client.id, session_on(DAY), form())
    old = save(record_check_in, client.id, check_in(DAY - WEEK, anxiety=3), form())
    new = save(record_check_in, client.id, check_in(DAY, anxiety=7), form())
    shown = review()
    assert (shown.since, shown.period) == (since, Window(DAY - timedelta(days=6), DAY))
    assert shown.period_check_ins == (new,)
    assert shown.check_ins == (old, new)
    assert shown.comparisons[0].period.mean == 7
    assert shown.comparisons[0].before.mean == 3


def test_days_without_a_record_in_the_period_are_not_observed(save, client, review):
    save(add_session, client.id, session_on(DAY - 2 * WEEK), form())
    save(record_check_in, client.id, check_in(DAY, 5, anxiety=7), form())
    shown = review()
    assert (shown.period.days, shown.period_observed_days) == (14, 5)


def test_check_in_that_began_before_the_session_counts_with_its_days_since(save, client, review):
    save(add_session, client.id, session_on(DAY - timedelta(days=3)), form())
    record = save(record_check_in, client.id, check_in(DAY, 6, reassurance=6), form())
    shown = review()
    assert shown.period_check_ins == (record,)
    assert (shown.period_observed_days, shown.comparisons[1].period.count) == (3, 3)


@pytest.mark.parametrize("status", [MISSED, PLANNED])
def test_session_that_did_not_happen_begins_no_period(save, client, review, status):
    attended = save(add_session, client.id, session_on(DAY - 2 * WEEK), form())
    save(add_session, client.id, session_on(DAY - WEEK, status), form())
    save(record_check_in, client.id, check_in(DAY, anxiety=7), form())
    shown = review()
    assert (shown.since, shown.period) == (attended, Window(DAY - timedelta(days=13), DAY))


def test_without_an_earlier_session_the_period_is_that_of_the_latest_check_in(save, client, review):
    save(add_session, client.id, session_on(DAY), form())
    save(record_check_in, client.id, check_in(DAY - WEEK, anxiety=3), form())
    latest = save(record_check_in, client.id, check_in(DAY - timedelta(days=1), 4, anxiety=7), form())
    shown = review()
    assert (shown.since, shown.period) == (None, latest.content.period)
    assert shown.period_check_ins == (latest,)


def test_with_no_record_since_the_session_the_latest_check_in_is_shown(save, client, review):
    since = save(add_session, client.id, session_on(DAY - timedelta(days=5)), form())
    latest = save(record_check_in, client.id, check_in(DAY - timedelta(days=5), anxiety=7), form())
    shown = review()
    assert (shown.since, shown.period) == (since, latest.content.period)
    assert shown.period.end <= since.details.day


def test_review_of_an_earlier_day_leaves_later_entries_out(save, client, review, gad7):
    day = DAY - WEEK
    save(add_session, client.id, session_on(DAY - 2 * WEEK), form())
    save(add_session, client.id, session_on(day), form())
    for end in (DAY - 2 * WEEK, day):
        save(record_check_in, client.id, check_in(end, anxiety=3, reassurance=1), form())
        save(record_response, client.id, gad7, gad7_answers(end), form())
        save(add_event, client.id, EventDetails(day=end, words="something"), form())
    then = review(as_of=day)
    for end in (DAY - timedelta(days=6), DAY):
        save(record_check_in, client.id, check_in(end, anxiety=9, reassurance=50), form())
        save(record_response, client.id, gad7, gad7_answers(end, value=3), form())
        save(add_event, client.id, EventDetails(day=end, words="something later"), form())
    assert review(as_of=day) == then
    assert review() != then


def test_next_session_is_the_first_from_today_on(save, client, review):
    save(add_session, client.id, session_on(DAY + 2 * WEEK, PLANNED), form())
    save(add_session, client.id, session_on(DAY + timedelta(days=1), CANCELLED), form())
    soon = save(add_session, client.id, session_on(DAY + WEEK, PLANNED), form())
    assert review().next_session == soon
    today = save(add_session, client.id, session_on(DAY, ATTENDED), form())
    assert review().next_session == today


def test_weeks_limit_the_chart_and_nothing_else(save, client, review):
    for back in range(12):
        save(record_check_in, client.id, check_in(DAY - back * WEEK, anxiety=back % 10), form())
    whole, short = review(), review(weeks=8)
    assert (whole.course.check_ins, short.course.check_ins) == (12, 8)
    assert short.course.window.start == DAY - timedelta(days=DAY.weekday()) - 7 * WEEK
    assert (short.comparisons, short.readings, short.check_ins) == (
        whole.comparisons,
        whole.readings,
        whole.check_ins,
    )


def test_evidence_of_a_reading_is_exactly_the_answers_that_keep_a_day(save, client, review, catalogue):
    chance = random.Random(11)
    for _ in range(14):
        save(
            record_check_in,
            client.id,
            any_check_in(chance, catalogue, DAY - timedelta(days=chance.randint(0, 40))),
            form(),
        )
    shown = review()
    for reading in shown.readings:
        owners = {}
        for record in shown.check_ins:
            if reading.sign in record.content.signs:
                for day in record.content.period:
                    if day in reading.window:
                        owners.setdefault(day, []).append(record)
        winners = {
            min(those, key=lambda each: (each.content.period_days, -each.ref.number)).ref for those in owners.values()
        }
        assert {entry.ref for entry in reading.evidence} == winners
        assert reading.evidence


def test_review_says_the_same_whether_it_reads_or_writes(load, save, client, catalogue):
    save(record_check_in, client.id, check_in(DAY, anxiety=7), form())
    assert load(review_client, catalogue, client.id) == save(review_client, catalogue, client.id)


def test_one_review_reads_the_profile_once(store, review):
    statements = []

    @listens_for(store._backend.reader, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_others):
        statements.append(statement)

    review()
    assert sum("FROM profile_block" in statement for statement in statements) == 1
    assert len(statements) == len(set(statements))
