"""What opens a practice on a server: the same answers and waits as a key file's."""

from datetime import timedelta

import pytest

from core.errors import InvalidInput, NotAllowed, TooManyAttempts, WrongPassphrase
from core.model.people import Actor
from core.store import FixedClock, Store
from core.store.attempts import LOCKED_AFTER, LOCKED_FOR
from core.store.server_secrets import ServerSecrets
from tests.store.encrypted import CHEAP, NEW, OLD, keys_at, practice_with_key

NAME = "Dr One"


@pytest.fixture
def secrets(store: Store, actor: Actor) -> ServerSecrets:
    return ServerSecrets(store, actor, cost=CHEAP)


def said(secrets: ServerSecrets, name: str, passphrase: str) -> str:
    with pytest.raises(WrongPassphrase) as refused:
        secrets.confirm(name, passphrase)
    return str(refused.value)


def test_passphrase_is_asked_for_once_it_is_set(secrets: ServerSecrets) -> None:
    assert not secrets.are_set()
    secrets.make(OLD)
    assert secrets.are_set()
    secrets.confirm(NAME, OLD)
    secrets.confirm("  dr one ", OLD)
    with pytest.raises(NotAllowed, match="already"):
        secrets.make(NEW)


def test_answers_are_the_same_for_an_unknown_name_and_as_those_of_a_key_file(secrets, tmp_path) -> None:
    secrets.make(OLD)
    practice_with_key(tmp_path / "practice.db", people=1)
    with pytest.raises(WrongPassphrase) as refused:
        keys_at(tmp_path / "practice.db").unlock("Dr One", NEW)
    assert said(secrets, NAME, NEW) == said(secrets, "Nobody", OLD) == str(refused.value)


def test_waits_grow_and_the_tenth_locks_for_a_quarter_of_an_hour(secrets, clock: FixedClock) -> None:
    secrets.make(OLD)
    for failed in range(1, LOCKED_AFTER):
        said(secrets, NAME, NEW)
        with pytest.raises(TooManyAttempts):
            secrets.confirm(NAME, OLD)
        clock.move_to(clock.now() + timedelta(seconds=2**failed))
    said(secrets, NAME, NEW)
    clock.move_to(clock.now() + LOCKED_FOR - timedelta(seconds=1))
    with pytest.raises(TooManyAttempts):
        secrets.confirm(NAME, OLD)
    clock.move_to(clock.now() + timedelta(seconds=1))
    secrets.confirm(NAME, OLD)
    said(secrets, NAME, NEW)  # counted from one again


def test_attempts_with_other_names_lock_nobody_out(secrets: ServerSecrets) -> None:
    secrets.make(OLD)
    for number in range(12):
        said(secrets, f"Stranger {number}", NEW)
    secrets.confirm(NAME, OLD)


def test_recovery_code_is_checked_and_replaced(secrets: ServerSecrets) -> None:
    code = secrets.make(OLD)
    secrets.confirm_code(code.lower())
    with pytest.raises(InvalidInput, match="slip"):
        secrets.confirm_code(code[:-1] + ("0" if code[-1] != "0" else "1"))
    fresh = secrets.new_recovery_code()
    with pytest.raises(WrongPassphrase):
        secrets.confirm_code(code)
    assert fresh != code


def test_new_passphrase_takes_the_place_of_the_one_before(secrets: ServerSecrets, actor: Actor) -> None:
    secrets.make(OLD)
    secrets.set_passphrase(actor, NEW)
    secrets.confirm(NAME, NEW)
    said(secrets, NAME, OLD)


def test_weak_passphrase_is_refused_and_nothing_is_set(secrets: ServerSecrets) -> None:
    for weak in ("short", "Dr One Dr One Dr One"):
        with pytest.raises(InvalidInput):
            secrets.make(weak)
    assert not secrets.are_set()


def test_neither_secret_stands_in_the_database(secrets: ServerSecrets, raw) -> None:
    code = secrets.make(OLD)
    kept = repr(raw("SELECT * FROM secret")) + repr(raw("SELECT * FROM attempt"))
    assert "argon2id" in kept
    assert OLD not in kept
    assert code.replace("-", "") not in kept
