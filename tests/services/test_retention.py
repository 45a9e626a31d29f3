"""For how long records are kept: nothing is assumed, the last contact decides, and nothing goes by itself."""

from datetime import date, timedelta

import pytest

from core.errors import Conflict, InvalidInput
from core.model.calendar import EventDetails, SessionStatus
from core.model.retention import years_after
from core.services.calendar import add_event, add_session
from core.services.clients import add_client, close_client, list_clients
from core.services.questionnaires import record_response
from core.services.retention import choose_years, past_retention, years_kept
from tests.services.entries import DAY, details, form, gad7_answers, session_on

BEGUN = date(2026, 1, 8)


@pytest.fixture
def closed(save, client):
    """A client whose work began and was closed on one day, with nothing in between."""
    return save(close_client, client, BEGUN)


def test_nothing_is_assumed_before_somebody_chose(load, save, closed):
    assert load(years_kept) == (None, 0)
    assert load(past_retention) == ()


def test_choice_is_kept_and_can_be_taken_back(load, save, closed, clock):
    save(choose_years, 10, seen=0)
    assert load(years_kept) == (10, 1)
    save(choose_years, None, seen=1)
    assert load(years_kept) == (None, 2)
    clock.move_to(clock.now() + timedelta(days=40_000))
    assert load(past_retention) == ()


def test_two_windows_do_not_overwrite_each_other(save):
    save(choose_years, 10, seen=0)
    with pytest.raises(Conflict):
        save(choose_years, 3, seen=0)


@pytest.mark.parametrize("years", [0, -1, 100])
def test_number_that_is_none_of_years_is_refused(save, load, years):
    with pytest.raises(InvalidInput, match="1 to 99 are taken"):
        save(choose_years, years, seen=0)
    assert load(years_kept) == (None, 0)


def test_time_is_over_on_the_day_after_the_last_one(load, save, closed, clock):
    save(choose_years, 10, seen=0)
    clock.move_to(clock.now().replace(year=2036, month=1, day=8))
    assert load(past_retention) == ()
    clock.move_to(clock.now() + timedelta(days=1))
    (past,) = load(past_retention)
    assert (past.client.code, past.last_contact, past.kept_until) == (closed.code, BEGUN, date(2036, 1, 8))


def test_nothing_is_erased_by_itself(load, save, closed, clock):
    save(choose_years, 1, seen=0)
    clock.move_to(clock.now() + timedelta(days=4_000))
    assert load(past_retention)
    assert load(list_clients) == (closed,)


def test_client_whose_work_goes_on_is_never_listed(load, save, client, clock):
    save(choose_years, 1, seen=0)
    clock.move_to(clock.now() + timedelta(days=40_000))
    assert load(past_retention) == ()


@pytest.mark.parametrize("what", ["session", "planned", "form", "event"])
def test_latest_contact_of_any_kind_decides_and_a_plan_is_none(load, save, catalogue, closed, clock, what):
    if what in ("session", "planned"):
        status = SessionStatus.ATTENDED if what == "session" else SessionStatus.PLANNED
        save(add_session, closed.id, session_on(DAY, status=status), form())
    elif what == "form":
        save(record_response, closed.id, catalogue.questionnaires["gad7"], gad7_answers(), form())
    else:
        save(add_event, closed.id, EventDetails(day=DAY, words="wrote a card"), form())
    save(choose_years, 1, seen=0)
    clock.move_to(clock.now() + timedelta(days=40_000))
    (past,) = load(past_retention)
    assert past.last_contact == (BEGUN if what == "planned" else DAY)


def test_longest_over_stands_first(load, save, client, clock):
    later = save(add_client, details("Later", started_on=BEGUN + timedelta(days=3)), form())
    save(close_client, later, BEGUN + timedelta(days=3))
    save(close_client, client, BEGUN)
    save(choose_years, 1, seen=0)
    clock.move_to(clock.now() + timedelta(days=4_000))
    assert [each.client.details.name for each in load(past_retention)] == [client.details.name, "Later"]


def test_leap_day_is_kept_a_day_longer_where_the_year_has_none():
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
