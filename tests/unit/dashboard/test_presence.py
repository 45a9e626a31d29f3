"""Who is signed in to what, over time: idle screens, a practice that closes behind the last one, visitors."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.errors import NotAllowed, WrongPassphrase
from core.model.audit import Action
from core.model.people import PracticeDetails
from core.model.sign_ins import LONGEST, hash_of
from core.store import FixedClock, Store, audit, open_store
from dashboard import door as door_module
from dashboard.door import Door, Standing
from dashboard.presence import Presence, Presences
from dashboard.settings import Settings
from tests.store.encrypted import CHEAP
from tests.store.entries import NOON

DETAILS = PracticeDetails(name="River Practice", therapist="Dr Example", zone="Europe/Berlin")
PASSPHRASE = "violet anchor soup ladder frost"
IDLE = timedelta(minutes=30)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def synthetic(tmp_path: Path, clock: FixedClock) -> Iterator[Store]:
    store = open_store(tmp_path / "synthetic.db", clock=clock)
    store.set_up(PracticeDetails(name="Invented", therapist="Nobody", zone="UTC"), synthetic=True)
    yield store
    store.close()


@pytest.fixture
def presences(
    tmp_path: Path, clock: FixedClock, synthetic: Store, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Presences]:
    monkeypatch.setattr(door_module, "seen_path", lambda: tmp_path / "state" / "last-seen.json")
    monkeypatch.setattr(Door, "cost", CHEAP)
    door = Door(Settings(data_dir=tmp_path / "data"), clock=clock)
    yield Presences(door, lambda: synthetic)
    door.close()


@pytest.fixture
def token(presences: Presences) -> str:
    """The cookie of the therapist, who has just set up the practice."""
    _, made = presences.enter(lambda: presences.door.set_up(DETAILS, PASSPHRASE), instead_of=None)
    return made


def again(presences: Presences, instead_of: str | None = None) -> str:
    _, made = presences.enter(lambda: presences.door.unlock("Dr Example", PASSPHRASE), instead_of=instead_of)
    return made


def held(presences: Presences, token: str) -> Presence:
    found = presences.of(hash_of(token))
    assert found is not None
    return found


def test_each_sign_in_has_a_token_of_its_own(presences: Presences, token: str) -> None:
    fresh = again(presences, instead_of=token)
    assert fresh != token
    assert len(fresh) >= 43
    assert presences.of(hash_of(token)) is None
    assert presences.of(fresh) is None
    assert held(presences, fresh).place is not None


def test_practice_closes_behind_the_last_who_signs_out(presences: Presences, token: str) -> None:
    other = again(presences)
    presences.leave(hash_of(token))
    assert presences.door.standing is Standing.OPEN
    presences.leave(hash_of(other))
    assert presences.door.standing is Standing.LOCKED
    assert presences.of(hash_of(other)) is None


def test_practice_closes_when_nobody_is_at_any_screen_and_opens_again_for_the_same_window(
    presences: Presences, token: str, clock: FixedClock
) -> None:
    clock.move_to(NOON + IDLE - timedelta(seconds=1))
    presences.close_if_unused()
    assert not held(presences, token).locked
    clock.move_to(NOON + IDLE)
    assert held(presences, token).locked
    presences.close_if_unused()
    assert presences.door.standing is Standing.LOCKED
    idle = held(presences, token)
    assert (idle.locked, idle.place) == (True, None)
    with pytest.raises(WrongPassphrase):
        presences.unlock(idle, "not it at all")
    clock.move_to(clock.now() + timedelta(seconds=2))
    presences.unlock(idle, PASSPHRASE)
    back = held(presences, token)
    assert (back.locked, back.left) == (False, IDLE)
    assert back.sign_in.id == idle.sign_in.id


def test_activity_and_nothing_else_keeps_a_screen_open(presences: Presences, token: str, clock: FixedClock) -> None:
    clock.move_to(NOON + timedelta(minutes=20))
    for _ in range(50):
        assert held(presences, token).left == timedelta(minutes=10)
    presences.note_activity(held(presences, token))
    assert held(presences, token).left == IDLE
    clock.move_to(NOON + timedelta(minutes=55))
    late = held(presences, token)
    assert late.locked
    presences.note_activity(late)
    assert held(presences, token).locked


def test_screen_locked_by_hand_keeps_the_practice_open_until_it_is_idle(
    presences: Presences, token: str, clock: FixedClock
) -> None:
    presences.lock(held(presences, token))
    presences.close_if_unused()
    assert held(presences, token).locked
    assert presences.door.standing is Standing.OPEN
    clock.move_to(NOON + IDLE)
    presences.close_if_unused()
    assert presences.door.standing is Standing.LOCKED


def test_idle_window_is_signed_out_after_the_longest_time(presences: Presences, token: str, clock: FixedClock) -> None:
    clock.move_to(NOON + IDLE)
    presences.close_if_unused()
    clock.move_to(NOON + LONGEST)
    assert presences.of(hash_of(token)) is None


def test_practice_stays_open_while_one_window_is_in_use(presences: Presences, token: str, clock: FixedClock) -> None:
    other = again(presences)
    clock.move_to(NOON + timedelta(minutes=29))
    presences.note_activity(held(presences, other))
    clock.move_to(NOON + timedelta(minutes=31))
    presences.close_if_unused()
    assert held(presences, token).locked
    assert not held(presences, other).locked


def test_wrong_attempts_are_told_in_the_trail_by_their_number(
    presences: Presences, token: str, clock: FixedClock
) -> None:
    presences.leave(hash_of(token))
    for name in ("Dr Example", "Nobody"):
        with pytest.raises(WrongPassphrase):
            presences.enter(lambda name=name: presences.door.unlock(name, "not it at all"), instead_of=None)
    clock.move_to(NOON + timedelta(minutes=1))
    place = held(presences, again(presences)).place
    assert place is not None
    with place.store.reading(place.actor) as work:
        lines = [entry for entry in audit.all(work) if entry.action is Action.FAILED_SIGN_INS]
    assert [line.detail for line in lines] == ["2"]


def test_visitor_is_in_the_synthetic_practice_without_a_lock(presences: Presences, clock: FixedClock) -> None:
    visit = presences.look_around(instead_of=None)
    clock.move_to(NOON + timedelta(hours=2))
    found = held(presences, visit)
    assert found.place is not None
    assert found.place.practice.synthetic
    presences.lock(found)
    assert not held(presences, visit).locked
    clock.move_to(NOON + LONGEST)
    assert presences.of(hash_of(visit)) is None


def test_looking_around_ends_the_own_sign_in_of_the_window(presences: Presences, token: str) -> None:
    visit = presences.look_around(instead_of=token)
    assert presences.of(hash_of(token)) is None
    assert presences.door.standing is Standing.LOCKED
    again(presences, instead_of=visit)
    assert presences.of(hash_of(visit)) is None


def test_streamlit_session_belongs_to_the_cookie_that_claimed_it_last(presences: Presences) -> None:
    presences.claim("session", "first")
    presences.claim("session", "second")
    assert presences.owner_of("session") == "second"
    assert presences.owner_of("other") is None


def test_nobody_enters_through_a_door_that_stayed_shut(presences: Presences) -> None:
    with pytest.raises(NotAllowed):
        presences.enter(lambda: None, instead_of=None)
