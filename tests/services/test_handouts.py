"""Handouts given: logged once, for today or earlier, and taken back when it was a mistake."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.errors import InvalidInput, NotFound
from core.services.handouts import give_handout, handouts_given, undo_handout
from tests.services.entries import DAY, form


def test_handout_given_last_week_is_listed_by_its_day(save, load, catalogue, client):
    week_ago = DAY - timedelta(days=7)
    for handout, day in (("ho_loop", DAY), ("ho_body", week_ago)):
        save(give_handout, catalogue, client.id, handout=handout, day=day, request_id=form())
    given = load(handouts_given, client.id)
    assert [(each.handout, each.day, each.given_by) for each in given] == [
        ("ho_body", week_ago, "Dr One"),
        ("ho_loop", DAY, "Dr One"),
    ]


def test_same_press_twice_logs_once(save, load, catalogue, client):
    pressed = form()
    first = save(give_handout, catalogue, client.id, handout="ho_loop", day=DAY, request_id=pressed)
    assert save(give_handout, catalogue, client.id, handout="ho_loop", day=DAY, request_id=pressed) == first
    assert load(handouts_given, client.id) == (first,)


def test_handout_on_a_day_to_come_is_refused(save, load, catalogue, client):
    with pytest.raises(InvalidInput, match="22 May 2026 lies in the future"):
        save(give_handout, catalogue, client.id, handout="ho_loop", day=DAY + timedelta(days=1), request_id=form())
    assert load(handouts_given, client.id) == ()


def test_handout_that_is_not_there_is_refused(save, catalogue, client):
    with pytest.raises(NotFound, match="no such handout"):
        save(give_handout, catalogue, client.id, handout="ho_sleep", day=DAY, request_id=form())


def test_handout_for_nobody_is_refused(save, load, catalogue):
    with pytest.raises(NotFound):
        save(give_handout, catalogue, uuid4(), handout="ho_loop", day=DAY, request_id=form())
    with pytest.raises(NotFound):
        load(handouts_given, uuid4())


def test_undone_handout_is_listed_no_more_and_undone_once(save, load, catalogue, client):
    given = save(give_handout, catalogue, client.id, handout="ho_loop", day=DAY, request_id=form())
    assert save(undo_handout, given.id) == given.id
    assert load(handouts_given, client.id) == ()
    with pytest.raises(NotFound):
        save(undo_handout, given.id)
