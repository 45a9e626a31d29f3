"""Starting codes: what they open, for how long, and what they take the place of, in a key file and on a server."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed, TooManyAttempts, UnusableKeyFile, WrongPassphrase
from core.model.access import Account, Role
from core.model.people import Actor
from core.store import DataKey, FixedClock, KeyHolder, Store, accounts, key_file
from core.store.practice_keys import STARTING_CODE_HOLDS, PracticeKeys
from core.store.server_secrets import ServerSecrets
from core.store.slots import Purpose
from tests.store.encrypted import CHEAP, NEW, OLD, OWNER, keys_at
from tests.store.entries import NOON

ROBIN = KeyHolder(id=UUID(int=77), name="Robin Lee")


def form_of(keys: PracticeKeys) -> int:
    return int(json.loads(keys.path.read_bytes())["version"])


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def made(tmp_path: Path, clock: FixedClock) -> tuple[PracticeKeys, DataKey]:
    keys = keys_at(tmp_path / "practice.db", clock)
    return keys, keys.make(OWNER, OLD)[0]


def test_code_opens_for_its_name_and_gives_way_to_a_passphrase(made: tuple[PracticeKeys, DataKey]) -> None:
    keys, key = made
    code = keys.new_starting_code(key, ROBIN)
    found = keys.unlock_with_starting_code(" robin LEE ", code.lower().replace("-", " "))
    assert (found.person_id, found.key.raw()) == (ROBIN.id, key.raw())
    keys.set_passphrase(found.key, ROBIN, NEW)
    assert keys.unlock("Robin Lee", NEW).person_id == ROBIN.id
    with pytest.raises(WrongPassphrase):
        keys.unlock_with_starting_code("Robin Lee", code)


def test_file_with_a_code_is_of_a_form_that_programs_before_it_refuse_as_newer(
    made: tuple[PracticeKeys, DataKey],
) -> None:
    keys, key = made
    assert form_of(keys) == 1
    code = keys.new_starting_code(key, ROBIN)
    assert form_of(keys) == 2
    found = keys.unlock_with_starting_code(ROBIN.name, code)
    keys.set_passphrase(found.key, ROBIN, NEW)
    assert form_of(keys) == 1
    assert keys.unlock(OWNER.name, OLD).key.raw() == key.raw()


def test_file_of_the_first_form_with_a_code_is_read(made: tuple[PracticeKeys, DataKey]) -> None:
    """So they were written until files had a second form."""
    keys, key = made
    code = keys.new_starting_code(key, ROBIN)
    value = json.loads(keys.path.read_bytes())
    value.pop("checksum")
    value["version"] = 1
    keys.path.write_text(json.dumps({**value, "checksum": key_file._checksum(value)}))
    assert keys.unlock_with_starting_code(ROBIN.name, code).person_id == ROBIN.id


def test_code_is_no_passphrase_and_opens_for_no_other_name(made: tuple[PracticeKeys, DataKey]) -> None:
    keys, key = made
    code = keys.new_starting_code(key, ROBIN)
    for attempt in (
        lambda: keys.unlock("Robin Lee", code),
        lambda: keys.unlock_with_starting_code(OWNER.name, code),
        lambda: keys.unlock_with_starting_code("Nobody", code),
    ):
        with pytest.raises(WrongPassphrase):
            attempt()
    with pytest.raises(InvalidInput, match="slip"):
        keys.unlock_with_starting_code("Robin Lee", code[:-1] + ("0" if code[-1] != "0" else "1"))


def test_code_opens_nothing_after_its_week(made: tuple[PracticeKeys, DataKey], clock: FixedClock) -> None:
    keys, key = made
    code = keys.new_starting_code(key, ROBIN)
    clock.move_to(NOON + STARTING_CODE_HOLDS - timedelta(seconds=1))
    assert keys.unlock_with_starting_code("Robin Lee", code).person_id == ROBIN.id
    clock.move_to(NOON + STARTING_CODE_HOLDS)
    with pytest.raises(WrongPassphrase, match="week is over"):
        keys.unlock_with_starting_code("Robin Lee", code)


def test_week_cannot_be_made_longer_in_the_file(made: tuple[PracticeKeys, DataKey], clock: FixedClock) -> None:
    keys, key = made
    code = keys.new_starting_code(key, ROBIN)
    file = key_file.read(keys.path)
    longer = [
        replace(each, slot=replace(each.slot, owner=replace(each.slot.owner, until=NOON + timedelta(days=900))))
        if each.slot.owner.purpose is Purpose.STARTING_CODE
        else each
        for each in file.slots
    ]
    keys.path.write_bytes(key_file.to_bytes(replace(file, slots=tuple(longer))))
    clock.move_to(NOON + STARTING_CODE_HOLDS)
    with pytest.raises((WrongPassphrase, UnusableKeyFile)):
        keys.unlock_with_starting_code("Robin Lee", code)


def test_new_code_takes_the_place_of_a_passphrase_and_of_the_code_before(made: tuple[PracticeKeys, DataKey]) -> None:
    keys, key = made
    first = keys.new_starting_code(key, ROBIN)
    keys.set_passphrase(key, ROBIN, NEW)
    second = keys.new_starting_code(key, ROBIN)
    for attempt in (lambda: keys.unlock("Robin Lee", NEW), lambda: keys.unlock_with_starting_code("Robin Lee", first)):
        with pytest.raises((WrongPassphrase, TooManyAttempts)):
            attempt()
    assert first != second
    assert keys.unlock(OWNER.name, OLD).person_id == OWNER.id


def test_name_of_somebody_else_is_refused_and_the_owner_stays(made: tuple[PracticeKeys, DataKey]) -> None:
    keys, key = made
    with pytest.raises(Conflict):
        keys.new_starting_code(key, KeyHolder(id=ROBIN.id, name=OWNER.name.upper()))
    keys.new_starting_code(key, ROBIN)
    with pytest.raises(NotAllowed, match="Nobody could sign in"):
        keys.remove(key, OWNER.id)
    keys.remove(key, ROBIN.id)
    assert [each.slot.owner.person_id for each in key_file.read(keys.path).slots if each.name] == [OWNER.id]


def test_server_keeps_a_secret_for_each_person(store: Store, actor: Actor, clock: FixedClock) -> None:
    secrets = ServerSecrets(store, actor, cost=CHEAP)
    secrets.make(OLD)
    account = _added(store, actor)
    person = store.person(actor.practice_id, account.id)
    assert person is not None
    code = secrets.new_starting_code(account)
    with pytest.raises(WrongPassphrase):
        secrets.confirm(account.name, code)
    clock.move_to(NOON + timedelta(minutes=1))
    assert secrets.confirm_starting_code("  robin lee", code) == account.id
    secrets.set_passphrase(person, NEW)
    assert secrets.confirm(account.name, NEW) == account.id
    assert secrets.confirm(actor.name, OLD) == actor.id
    with pytest.raises(WrongPassphrase):
        secrets.confirm_starting_code(account.name, code)
    secrets.remove(account.id)
    clock.move_to(NOON + timedelta(hours=1))
    with pytest.raises(WrongPassphrase):
        secrets.confirm(account.name, NEW)


def test_server_s_code_opens_nothing_after_its_week_or_once_the_account_is_ended(
    store: Store, actor: Actor, clock: FixedClock
) -> None:
    secrets = ServerSecrets(store, actor, cost=CHEAP)
    account = _added(store, actor)
    code = secrets.new_starting_code(account)
    clock.move_to(NOON + STARTING_CODE_HOLDS)
    with pytest.raises(WrongPassphrase):
        secrets.confirm_starting_code(account.name, code)
    fresh = secrets.new_starting_code(account)
    with store.writing(actor) as work:
        accounts.end(work, account.id)
        work.commit()
    with pytest.raises(WrongPassphrase):
        secrets.confirm_starting_code(account.name, fresh)


def _added(store: Store, actor: Actor) -> Account:
    with store.writing(actor) as work:
        account = accounts.add(work, "Robin Lee", Role.ASSISTANT)
        work.commit()
    return account
