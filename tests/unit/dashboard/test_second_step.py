"""Signing in with the second step on: the passphrase alone is not enough, and the recovery code is the way round."""

from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest

from core.errors import CodeNeeded, NotAllowed, WrongPassphrase
from core.model.access import Role
from core.model.audit import Action
from core.model.sign_ins import hash_of
from core.services import second_factor, sign_ins
from core.store import FixedClock, audit
from dashboard import staff
from dashboard.door import Standing
from dashboard.presence import Presences
from dashboard.second_step import WITHIN
from tests.unit.dashboard.test_presence import DETAILS, PASSPHRASE, again, clock, presences, synthetic

__all__ = ["clock", "presences", "synthetic"]

OTHER = "quite another long passphrase"


@dataclass
class Telephone:
    """What the therapist has: the key, and the recovery code on paper."""

    key: str
    recovery_code: str
    clock: FixedClock

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.key).at(self.clock.now(), counter_offset=steps)


@pytest.fixture
def telephone(presences: Presences, clock: FixedClock) -> Telephone:
    """That of the therapist, whose second step is on and who is signed out; the practice is closed."""
    recovery, cookie = presences.enter(lambda: presences.door.set_up(DETAILS, PASSPHRASE), instead_of=None)
    made = Telephone(second_factor.new_key(), recovery, clock)
    opened = presences.door.open
    assert opened is not None
    with opened.store.writing(opened.actor) as work:
        second_factor.turn_on(work, made.key, made.code(-1))
        work.commit()
    presences.leave(hash_of(cookie))
    assert presences.door.standing is Standing.LOCKED
    return made


def ticket_of(presences: Presences) -> str:
    with pytest.raises(CodeNeeded) as needed:
        again(presences)
    return needed.value.ticket


def living(presences: Presences) -> int:
    opened = presences.door.open
    assert opened is not None
    with opened.store.reading(opened.actor) as work:
        return len(sign_ins.living(work))


def test_passphrase_alone_begins_no_sign_in(presences: Presences, telephone: Telephone) -> None:
    ticket_of(presences)
    assert living(presences) == 0


def test_code_after_the_passphrase_begins_one(presences: Presences, telephone: Telephone) -> None:
    cookie = presences.enter_with_code(ticket_of(presences), telephone.code(), instead_of=None)
    found = presences.of(hash_of(cookie))
    assert found is not None
    assert not found.locked


def test_wrong_code_leaves_the_ticket_good_and_is_counted_in_the_trail(
    presences: Presences, telephone: Telephone, clock: FixedClock
) -> None:
    ticket = ticket_of(presences)
    with pytest.raises(WrongPassphrase):
        presences.enter_with_code(ticket, "000000", instead_of=None)
    assert living(presences) == 0
    clock.move_to(clock.now() + timedelta(seconds=3))
    presences.enter_with_code(ticket, telephone.code(), instead_of=None)
    opened = presences.door.open
    assert opened is not None
    with opened.store.reading(opened.actor) as work:
        failed = [line for line in audit.all(work) if line.action is Action.FAILED_SIGN_INS]
    assert [line.detail for line in failed] == ["1"]


def test_ticket_opens_once(presences: Presences, telephone: Telephone) -> None:
    ticket = ticket_of(presences)
    presences.enter_with_code(ticket, telephone.code(), instead_of=None)
    with pytest.raises(NotAllowed, match="took too long"):
        presences.enter_with_code(ticket, telephone.code(1), instead_of=None)


@pytest.mark.parametrize("ticket", ["", "made up"])
def test_code_without_the_passphrase_opens_nothing(presences: Presences, telephone: Telephone, ticket: str) -> None:
    with pytest.raises(NotAllowed):
        presences.enter_with_code(ticket, telephone.code(), instead_of=None)
    ticket_of(presences)
    with pytest.raises(NotAllowed, match="took too long"):
        presences.enter_with_code(ticket, telephone.code(), instead_of=None)
    assert living(presences) == 0


def test_practice_stays_open_for_who_owes_a_code_and_closes_after_five_minutes(
    presences: Presences, telephone: Telephone, clock: FixedClock
) -> None:
    ticket = ticket_of(presences)
    presences.close_if_unused()
    assert presences.door.standing is Standing.OPEN
    clock.move_to(clock.now() + WITHIN + timedelta(seconds=1))
    with pytest.raises(NotAllowed, match="took too long"):
        presences.enter_with_code(ticket, telephone.code(), instead_of=None)
    presences.close_if_unused()
    assert presences.door.standing is Standing.LOCKED


@pytest.mark.parametrize("is_open", [False, True])
def test_recovery_code_gets_in_without_it_turns_it_off_and_says_so_in_the_trail(
    presences: Presences, telephone: Telephone, is_open: bool
) -> None:
    if is_open:
        ticket_of(presences)
    recover = lambda: presences.door.unlock_with_code(telephone.recovery_code, OTHER)  # noqa: E731 - read as a deed
    _, cookie = presences.enter(recover, instead_of=None)
    assert presences.of(hash_of(cookie)) is not None
    opened = presences.door.open
    assert opened is not None
    with opened.store.reading(opened.actor) as work:
        off = [line for line in audit.all(work) if line.action is Action.SECOND_FACTOR_OFF]
        assert not second_factor.is_on(work)
    assert [line.detail for line in off] == [second_factor.BY_CODE]


def test_each_person_has_a_second_step_of_their_own_and_a_new_starting_code_turns_it_off(
    presences: Presences, telephone: Telephone
) -> None:
    door, name = presences.door, "Robin Lee"
    presences.enter_with_code(ticket_of(presences), telephone.code(), instead_of=None)
    assert door.open is not None
    store, owner = door.open.store, door.open.actor
    code = staff.add(door, owner, name, Role.THERAPIST)
    robin, _ = presences.enter(lambda: door.begin(name, code, OTHER), instead_of=None)
    theirs = Telephone(second_factor.new_key(), "", telephone.clock)
    with store.writing(robin) as work:
        second_factor.turn_on(work, theirs.key, theirs.code(-1))
        work.commit()
    with pytest.raises(CodeNeeded) as needed:
        presences.enter(lambda: door.unlock(name, OTHER), instead_of=None)
    with pytest.raises(WrongPassphrase):
        presences.enter_with_code(needed.value.ticket, telephone.code(1), instead_of=None)
    telephone.clock.move_to(telephone.clock.now() + timedelta(minutes=1))
    cookie = presences.enter_with_code(needed.value.ticket, theirs.code(), instead_of=None)
    found = presences.of(hash_of(cookie))
    assert found is not None
    assert found.place is not None
    assert found.place.actor.name == name
    _, fresh = staff.new_code(door, owner, robin.id)
    presences.enter(lambda: door.begin(name, fresh, PASSPHRASE), instead_of=None)
    with store.reading(robin) as work:
        assert not second_factor.is_on(work)
    with store.reading(owner) as work:
        assert second_factor.is_on(work)


def test_locked_screen_of_a_sign_in_asks_for_the_passphrase_alone(
    presences: Presences, telephone: Telephone, clock: FixedClock
) -> None:
    cookie = presences.enter_with_code(ticket_of(presences), telephone.code(), instead_of=None)
    clock.move_to(clock.now() + timedelta(minutes=31))
    found = presences.of(hash_of(cookie))
    assert found is not None
    assert found.locked
    presences.unlock(found, PASSPHRASE)
    after = presences.of(hash_of(cookie))
    assert after is not None
    assert not after.locked
