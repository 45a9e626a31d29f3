"""Sign-ins: how long they last, what ends them, and what they leave in the audit trail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from core.errors import InvalidInput, NotFound
from core.model.audit import Action
from core.model.people import Actor, Client
from core.model.sign_ins import LONGEST, SignIn, hash_of, idle_limit
from core.services import sign_ins
from core.store import FixedClock, Store, audit
from core.store import sign_ins as rows
from tests.services.entries import NOON

Run = Callable[..., Any]
IDLE = idle_limit(30)


@pytest.fixture
def begun(save: Run) -> SignIn:
    made: SignIn = save(sign_ins.begin, "a token")
    return made


def test_sign_in_is_found_by_the_hash_of_its_token_alone(load: Run, begun: SignIn) -> None:
    assert load(sign_ins.found, hash_of("a token")) == begun
    assert load(sign_ins.found, "a token") is None
    assert load(sign_ins.found, hash_of("another")) is None


def test_sign_in_is_over_after_its_longest_time_whatever_was_done(
    save: Run, load: Run, begun: SignIn, clock: FixedClock
) -> None:
    clock.move_to(NOON + LONGEST - timedelta(minutes=1))
    save(sign_ins.note_activity, begun)
    assert load(sign_ins.found, hash_of("a token")) is not None
    clock.move_to(NOON + LONGEST)
    assert load(sign_ins.found, hash_of("a token")) is None
    assert load(sign_ins.own) == ()


def test_clock_before_the_beginning_ends_a_sign_in(load: Run, begun: SignIn, clock: FixedClock) -> None:
    clock.move_to(NOON - timedelta(minutes=1))
    assert load(sign_ins.found, hash_of("a token")) is None


def test_screen_locks_by_itself_unless_somebody_is_at_it(
    save: Run, load: Run, begun: SignIn, clock: FixedClock
) -> None:
    for minute in (20, 40, 60):
        clock.move_to(NOON + timedelta(minutes=minute))
        found = load(sign_ins.found, hash_of("a token"))
        assert not found.is_locked(clock.now(), IDLE)
        assert found.left(clock.now(), IDLE) == timedelta(minutes=10)
        save(sign_ins.note_activity, found)
    clock.move_to(NOON + timedelta(minutes=90))
    found = load(sign_ins.found, hash_of("a token"))
    assert found.is_locked(clock.now(), IDLE)
    assert found.left(clock.now(), IDLE) == timedelta()


def test_time_left_ends_with_the_longest_time(begun: SignIn) -> None:
    late = SignIn(
        id=begun.id, therapist_id=begun.therapist_id, began_at=NOON, active_at=NOON + LONGEST - timedelta(minutes=5)
    )
    assert late.left(NOON + LONGEST - timedelta(minutes=4), IDLE) == timedelta(minutes=4)


def test_locked_by_hand_stays_locked_until_it_is_unlocked(save: Run, load: Run, begun: SignIn) -> None:
    save(sign_ins.lock, begun)
    locked = load(sign_ins.found, hash_of("a token"))
    assert locked.is_locked(NOON, IDLE)
    save(sign_ins.unlock, locked)
    assert not load(sign_ins.found, hash_of("a token")).is_locked(NOON, IDLE)


def test_new_sign_in_of_a_window_ends_the_one_before_and_keeps_its_client(
    save: Run, load: Run, begun: SignIn, client: Client
) -> None:
    save(sign_ins.open_client, begun.id, client.id)
    fresh = save(sign_ins.begin, "a fresh token", instead_of="a token")
    assert load(sign_ins.found, hash_of("a token")) is None
    assert fresh.client_id == client.id
    assert load(sign_ins.found, hash_of("a fresh token")) == fresh


def test_ended_sign_in_hands_nothing_on(save: Run, begun: SignIn, client: Client) -> None:
    save(sign_ins.open_client, begun.id, client.id)
    save(sign_ins.end, begun.id)
    assert save(sign_ins.begin, "a fresh token", instead_of="a token").client_id is None


def test_own_sign_ins_are_listed_and_ended_one_by_one(save: Run, load: Run, begun: SignIn) -> None:
    second = save(sign_ins.begin, "second")
    third = save(sign_ins.begin, "third")
    assert {each.id for each in load(sign_ins.own)} == {begun.id, second.id, third.id}
    save(sign_ins.end, second.id)
    with pytest.raises(NotFound, match="over already"):
        save(sign_ins.end, second.id)
    save(sign_ins.end_others, third.id)
    assert [each.id for each in load(sign_ins.own)] == [third.id]


def test_client_of_another_practice_is_not_kept_as_the_open_one(save: Run, begun: SignIn) -> None:
    with pytest.raises(NotFound):
        save(sign_ins.open_client, begun.id, begun.id)


def test_client_who_is_forgotten_stays_in_no_sign_in(save: Run, load: Run, begun: SignIn, client: Client) -> None:
    save(sign_ins.open_client, begun.id, client.id)
    save(rows.forget_client, client.id)
    assert load(sign_ins.found, hash_of("a token")).client_id is None


def test_sign_ins_of_a_month_ago_are_taken_away_and_stay_in_the_trail(
    save: Run, load: Run, begun: SignIn, clock: FixedClock
) -> None:
    clock.move_to(NOON + sign_ins.KEPT_FOR + timedelta(days=1))
    save(sign_ins.begin, "a fresh token")
    assert load(rows.by_hash, hash_of("a token")) is None
    assert [entry.action for entry in load(audit.all)].count(Action.SIGN_IN) == 2


def test_every_deed_of_a_sign_in_has_its_line_in_the_trail(save: Run, load: Run) -> None:
    made = save(sign_ins.begin, "a token", failed=3)
    save(sign_ins.lock, made)
    save(sign_ins.unlock, made)
    save(sign_ins.end, made.id)
    lines = [(entry.action, entry.detail) for entry in load(audit.all)][-5:]
    assert lines == [
        (Action.FAILED_SIGN_INS, "3"),
        (Action.SIGN_IN, None),
        (Action.LOCK, None),
        (Action.UNLOCK, None),
        (Action.SIGN_OUT, None),
    ]


@pytest.mark.parametrize("minutes", [5, 60])
def test_idle_limit_can_be_set_within_its_range(save: Run, load: Run, actor: Actor, minutes: int) -> None:
    assert load(sign_ins.idle_minutes) == 30
    save(sign_ins.set_idle_minutes, minutes)
    assert load(sign_ins.idle_minutes) == minutes


@pytest.mark.parametrize("minutes", [4, 61, 0, -5, True])
def test_idle_limit_outside_its_range_is_refused(save: Run, load: Run, actor: Actor, minutes: int) -> None:
    with pytest.raises(InvalidInput, match="5 to 60"):
        save(sign_ins.set_idle_minutes, minutes)
    assert load(sign_ins.idle_minutes) == 30


def test_token_itself_is_nowhere_in_the_database(save: Run, store: Store, begun: SignIn, load: Run) -> None:
    assert "a token" not in repr(load(rows.not_ended))
