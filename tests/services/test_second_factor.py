"""The second step of signing in: right codes open once, wrong ones wait longer, and the key lies sealed."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import text

from core.errors import InvalidInput, NotAllowed, StoreError, TooManyAttempts, WrongPassphrase
from core.model.audit import Action
from core.services import second_factor
from core.services.second_factor import address_of, check, is_on, new_key, turn_off, turn_on
from core.store import audit
from tests.store.encrypted import engine_of

STEP = timedelta(seconds=30)


def code_at(key: str, clock, steps: int = 0) -> str:
    return pyotp.TOTP(key).at(clock.now(), counter_offset=steps)


@pytest.fixture
def key(save, clock) -> str:
    """The key of the therapist, whose second step is on; the code of the step before last is used up."""
    made = new_key()
    save(turn_on, made, code_at(made, clock, -1))
    return made


@pytest.fixture
def give(store, actor):
    return lambda code: check(store, actor, code)


def actions(load) -> list[Action]:
    return [entry.action for entry in load(audit.all)]


def test_it_is_off_until_a_code_shows_that_the_telephone_has_the_key(save, load, clock):
    made = new_key()
    assert not load(is_on)
    for wrong in ("", "000000", code_at(new_key(), clock), code_at(made, clock, 2), code_at(made, clock, -2)):
        with pytest.raises(InvalidInput, match="Nothing was turned on"):
            save(turn_on, made, wrong)
    assert not load(is_on)
    save(turn_on, made, code_at(made, clock))
    assert load(is_on)
    assert actions(load)[-1] is Action.SECOND_FACTOR_ON


def test_two_keys_are_never_the_same_and_long_enough():
    assert len({new_key() for _ in range(50)}) == 50
    assert len(new_key()) == 32


def test_address_says_key_and_name_and_nothing_of_the_practice():
    made = new_key()
    parts = urlsplit(address_of(made, "Dr One"))
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query)["secret"] == [made]
    assert "Dr%20One" in parts.path


@pytest.mark.parametrize("steps", [0, 1])
def test_code_of_this_step_or_the_next_opens_and_the_one_before_too(give, key, clock, steps):
    give(code_at(key, clock, steps))
    clock.move_to(clock.now() + 10 * STEP)
    give(code_at(key, clock, -1))


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_code_of_another_time_opens_nothing(give, key, clock, steps):
    with pytest.raises(WrongPassphrase, match="You are not signed in; attempts so far: 1"):
        give(code_at(key, clock, steps))


def test_spaces_in_a_code_do_not_matter(give, key, clock):
    code = code_at(key, clock)
    give(f" {code[:3]} {code[3:]} ")


def test_code_that_was_used_opens_nothing_again_nor_does_one_before_it(give, key, clock):
    give(code_at(key, clock, 1))
    for steps in (1, 0):
        clock.move_to(clock.now() + timedelta(seconds=0))
        with pytest.raises(WrongPassphrase, match="used already"):
            give(code_at(key, clock, steps))
        clock.move_to(clock.now() + timedelta(seconds=5))


def test_wrong_codes_wait_longer_each_time_and_a_right_one_ends_that(give, key, clock):
    for number in (1, 2, 3):
        with pytest.raises(WrongPassphrase, match=f"attempts so far: {number}"):
            give("000000")
        with pytest.raises(TooManyAttempts, match="not looked at"):
            give(code_at(key, clock))
        clock.move_to(clock.now() + timedelta(seconds=2**number))
    give(code_at(key, clock))
    with pytest.raises(WrongPassphrase, match="attempts so far: 1"):
        give("000000")


def test_tenth_wrong_code_locks_for_a_quarter_of_an_hour(give, key, clock):
    for _ in range(10):
        with pytest.raises(WrongPassphrase):
            give("000000")
        clock.move_to(clock.now() + timedelta(minutes=10))
    with pytest.raises(TooManyAttempts):
        give(code_at(key, clock))
    clock.move_to(clock.now() + timedelta(minutes=6))
    give(code_at(key, clock))


def test_clock_before_the_last_code_is_said_as_such(give, key, clock):
    give(code_at(key, clock))
    clock.move_to(clock.now() - timedelta(hours=1))
    with pytest.raises(WrongPassphrase, match="clock stands before"):
        give(code_at(key, clock))


def test_turning_off_is_one_line_and_ends_the_asking(save, load, give, key, clock):
    save(turn_off, detail=second_factor.BY_CODE)
    last = load(audit.all)[-1]
    assert (last.action, last.detail) == (Action.SECOND_FACTOR_OFF, second_factor.BY_CODE)
    assert not load(is_on)
    with pytest.raises(NotAllowed, match="turned off meanwhile"):
        give(code_at(key, clock))
    before = actions(load)
    save(turn_off)
    assert actions(load) == before


def test_key_lies_sealed_and_a_row_that_was_changed_gives_no_code(database_url, give, key, clock):
    engine = engine_of(database_url)
    with engine.begin() as connection:
        (sealed,) = connection.execute(text("SELECT sealed_key FROM second_factor")).one()
        assert key not in sealed
        changed = sealed[:-1] + ("0" if sealed[-1] != "0" else "1")
        connection.execute(text("UPDATE second_factor SET sealed_key = :changed"), {"changed": changed})
    engine.dispose()
    with pytest.raises(StoreError, match="recovery code"):
        give(code_at(key, clock))
