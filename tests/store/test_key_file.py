"""The key file: opens for the right secret alone, survives a kill at any step, and says what is wrong with it."""

import json
import pickle
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    StoreError,
    TooManyAttempts,
    UnusableKeyFile,
    WrongPassphrase,
)
from core.store import DataKey, FixedClock, PracticeKeys, key_file, recovery_codes
from core.store.attempts import LOCKED_AFTER, LOCKED_FOR, Attempts
from core.store.derivation import Cost
from core.store.slots import Purpose, Slot
from tests.store.encrypted import CHEAP, NEW, OLD, OTHER, OWNER, keys_at, killed_at_every_line, said_on_a_small_disk
from tests.store.entries import NOON


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "practice.db"


@pytest.fixture
def keys(database: Path, clock: FixedClock) -> PracticeKeys:
    return keys_at(database, clock)


def same(one: DataKey, other: DataKey) -> bool:
    return one.raw() == other.raw()


def test_passphrase_and_code_open_the_same_key(keys):
    key, code = keys.make(OWNER, OLD)
    assert same(keys.unlock("Dr One", OLD).key, key)
    assert keys.unlock(" dr one ", OLD).person_id == OWNER.id
    assert same(keys.unlock_with_code(code.lower().replace("-", " ")), key)
    assert keys.path.stat().st_mode & 0o777 == 0o600


def test_file_is_never_made_over_another(keys):
    keys.make(OWNER, OLD)
    before = keys.path.read_bytes()
    with pytest.raises(Conflict, match="there already"):
        keys.make(OWNER, NEW)
    assert keys.path.read_bytes() == before


def test_accent_typed_as_one_sign_or_two_is_the_same_passphrase(keys):
    keys.make(OWNER, "d\u00e9j\u00e0 vu under seven wet planks")
    assert keys.unlock("Dr One", "de\u0301ja\u0300 vu under seven wet planks").person_id == OWNER.id


def test_wrong_secret_opens_nothing_and_says_when_to_try_again(keys, clock):
    keys.make(OWNER, OLD)
    for number, seconds in enumerate([2, 4, 8, 16], start=1):
        with pytest.raises(WrongPassphrase, match=f"so far: {number}, .* {seconds} seconds") as refused:
            keys.unlock("Dr One", NEW)
        assert refused.value.next_at == clock.now() + timedelta(seconds=seconds)
        with pytest.raises(TooManyAttempts, match="not looked at"):
            keys.unlock("Dr One", OLD)
        clock.move_to(refused.value.next_at)
    assert keys.unlock("Dr One", OLD).person_id == OWNER.id
    assert key_file.read(keys.path).attempts == {}


def test_unknown_name_is_answered_like_a_known_one(keys, clock):
    keys.make(OWNER, OLD)
    said = []
    for name in ("Dr One", "Dr Nobody"):
        with pytest.raises(WrongPassphrase) as refused:
            keys.unlock(name, NEW)
        said.append((str(refused.value), refused.value.next_at))
        with pytest.raises(TooManyAttempts) as refused:
            keys.unlock(name, NEW)
        said.append((str(refused.value), refused.value.next_at))
    assert said[:2] == said[2:]


def test_counts_outlive_the_program_and_a_hundred_guesses_an_hour_are_the_most(database, keys, clock):
    keys.make(OWNER, OLD)
    tried = 0
    until = clock.now() + timedelta(hours=1)
    while clock.now() < until:
        with pytest.raises(WrongPassphrase) as refused:
            keys_at(database, clock).unlock("Dr One", NEW)
        tried += 1
        clock.move_to(refused.value.next_at)
    assert tried <= 100
    assert Attempts(failed=LOCKED_AFTER, last_at=NOON).next_at(NOON) == NOON + LOCKED_FOR


def test_clock_that_was_set_back_locks_nobody_out():
    assert Attempts(failed=9, last_at=NOON).next_at(NOON - timedelta(days=1)) == NOON - timedelta(days=1)


def test_names_that_nobody_has_do_not_fill_the_file(keys, clock, monkeypatch):
    monkeypatch.setattr("core.store.sign_in_names.MOST_STRANGERS", 3)
    keys.make(OWNER, OLD)
    for number in range(6):
        clock.move_to(clock.now() + timedelta(seconds=1))
        with pytest.raises(WrongPassphrase):
            keys.unlock(f"stranger {number}", NEW)
    with pytest.raises(WrongPassphrase):
        keys.unlock("Dr One", NEW)
    assert len(key_file.read(keys.path).attempts) == 4


def test_where_the_count_cannot_be_written_it_still_counts_and_nobody_is_locked_out(keys, monkeypatch):
    keys.make(OWNER, OLD)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.store.practice_keys.replace_whole", full)
    assert keys.unlock("Dr One", OLD).person_id == OWNER.id
    with pytest.raises(WrongPassphrase):
        keys.unlock("Dr One", NEW)
    with pytest.raises(TooManyAttempts):
        keys.unlock("Dr One", OLD)
    with pytest.raises(StoreError, match="No space left"):
        keys.new_recovery_code(keys_key(keys))


def keys_key(keys: PracticeKeys) -> DataKey:
    found = key_file.read(keys.path).slots[0].slot.open(OLD.encode())
    assert found is not None
    return found


def test_slip_in_the_recovery_code_is_told_and_not_counted(keys):
    _, code = keys.make(OWNER, OLD)
    symbols = code.replace("-", "")
    for at in range(len(symbols)):
        slipped = symbols[:at] + ("0" if symbols[at] != "0" else "1") + symbols[at + 1 :]
        with pytest.raises(InvalidInput, match="slip"):
            keys.unlock_with_code(slipped)
    for at in range(len(symbols) - 1):
        if symbols[at] != symbols[at + 1]:
            with pytest.raises(InvalidInput, match="slip"):
                keys.unlock_with_code(symbols[:at] + symbols[at + 1] + symbols[at] + symbols[at + 2 :])
    for odd in ("", code[:-1], code + "A", "U" * 28, "é" * 28):
        with pytest.raises(InvalidInput, match="28 letters"):
            keys.unlock_with_code(odd)
    assert key_file.read(keys.path).attempts == {}
    with pytest.raises(WrongPassphrase, match="recovery code"):
        keys.unlock_with_code(recovery_codes.new_code())


def test_recovery_codes_are_random_and_read_alike():
    codes = {recovery_codes.new_code() for _ in range(1_000)}
    assert len(codes) == 1_000
    for code in codes:
        assert len(code) == 34
        assert recovery_codes.is_same(code, code.lower().replace("0", "o").replace("1", "l").replace("-", " – "))


def test_new_passphrase_takes_the_place_of_the_old_one(keys, clock):
    key, code = keys.make(OWNER, OLD)
    keys.set_passphrase(key, replace(OWNER, name="Dr Married"), NEW)
    assert same(keys.unlock("Dr Married", NEW).key, key)
    with pytest.raises(WrongPassphrase):
        keys.unlock("Dr Married", OLD)
    with pytest.raises(WrongPassphrase):
        keys.unlock("Dr One", NEW)
    assert same(keys.unlock_with_code(code), key)
    again = keys.new_recovery_code(key)
    assert same(keys.unlock_with_code(again), key)
    with pytest.raises(WrongPassphrase):
        keys.unlock_with_code(code)


def test_several_people_open_with_their_own_passphrases(keys):
    key, _ = keys.make(OWNER, OLD)
    keys.set_passphrase(key, OTHER, NEW)
    assert keys.unlock("Dr Two", NEW).person_id == OTHER.id
    assert keys.unlock("Dr One", OLD).person_id == OWNER.id
    with pytest.raises(Conflict, match="name"):
        keys.set_passphrase(key, replace(OTHER, id=UUID(int=3), name="DR ONE"), NEW)
    keys.confirm(OTHER.id, NEW)
    keys.remove(key, OTHER.id)
    with pytest.raises(WrongPassphrase):
        keys.unlock("Dr Two", NEW)
    with pytest.raises(NotFound):
        keys.confirm(OTHER.id, NEW)
    with pytest.raises(NotAllowed, match="Nobody could sign in"):
        keys.remove(key, OWNER.id)


def slots_in(keys: PracticeKeys) -> tuple[Slot, Slot]:
    """The owner's slot and that of the recovery code."""
    slots = [each.slot for each in key_file.read(keys.path).slots]
    mine = next(slot for slot in slots if slot.owner.purpose is Purpose.PASSPHRASE)
    recovery = next(slot for slot in slots if slot.owner.purpose is Purpose.RECOVERY_CODE)
    return mine, recovery


def test_killed_at_any_step_the_old_or_the_new_passphrase_opens(keys):
    key, code = keys.make(OWNER, OLD)
    before, opened = keys.path.read_bytes(), []
    for step in killed_at_every_line(lambda: keys.set_passphrase(key, OWNER, NEW), ("whole_files", "practice_keys")):
        mine, recovery = slots_in(keys)
        new = mine.open(NEW.encode())
        found = new or mine.open(OLD.encode())
        assert found is not None
        assert same(found, key)
        assert step or new is not None
        opened.append(new is not None)
        assert recovery.open(recovery_codes.as_typed(code).encode()) is not None
        keys.path.write_bytes(before)
    assert len(opened) > 40
    assert (opened[0], opened[-1]) == (False, True)
    assert len([each for each in keys.path.parent.iterdir() if "making" in each.name]) <= 1
    keys.unlock("Dr One", OLD)
    assert sorted(each.name for each in keys.path.parent.iterdir()) == ["practice.key", "practice.key.lock"]


def test_killed_while_a_new_code_is_made_the_passphrase_still_opens(keys):
    key, _ = keys.make(OWNER, OLD)
    steps = 0
    for _ in killed_at_every_line(lambda: keys.new_recovery_code(key), ("whole_files",)):
        mine, recovery = slots_in(keys)
        assert mine.open(OLD.encode()) is not None
        assert recovery.cost == CHEAP
        steps += 1
    assert steps > 15


def test_killed_while_the_file_is_made_there_is_none_or_a_whole_one(keys):
    steps, whole = 0, 0
    for _ in killed_at_every_line(lambda: keys.make(OWNER, OLD), ("whole_files",)):
        steps += 1
        if keys.path.exists():
            assert slots_in(keys)[0].open(OLD.encode()) is not None
            keys.path.unlink()
            whole += 1
    assert steps > 15
    assert 0 < whole < steps


@pytest.mark.parametrize("name", ["os.open", "os.fsync", "os.fdopen", "pathlib.Path.replace"])
def test_fault_at_any_step_leaves_the_old_file_and_is_named(name, keys, monkeypatch):
    key, _ = keys.make(OWNER, OLD)
    before = keys.path.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(name, fail)
        with pytest.raises(StoreError, match=r"Input/output error\. (It was left|Nothing was changed)"):
            keys.set_passphrase(key, OWNER, NEW)
    assert keys.path.read_bytes() == before
    assert keys.unlock("Dr One", OLD).person_id == OWNER.id


def test_full_disk_leaves_the_old_passphrase(keys):
    key, _ = keys.make(OWNER, OLD)
    size = keys.path.stat().st_size
    for most in (0, 1, size // 2, size - 1):
        assert "cannot be written" in said_on_a_small_disk(lambda: keys.set_passphrase(key, OWNER, NEW), most)
        assert said_on_a_small_disk(lambda: keys.unlock("Dr One", OLD), most) == "done"
    assert keys.unlock("Dr One", OLD).person_id == OWNER.id


def test_cost_is_raised_at_the_next_sign_in(database, keys, clock):
    key, code = keys.make(OWNER, OLD)
    dearer = Cost(memory_kib=16 * 1024, passes=1, lanes=1)
    raising = PracticeKeys(keys.path, clock=clock, cost=dearer)
    assert same(raising.unlock("Dr One", OLD).key, key)
    costs = {each.slot.owner.purpose: each.slot.cost for each in key_file.read(keys.path).slots}
    assert costs == {Purpose.PASSPHRASE: dearer, Purpose.RECOVERY_CODE: CHEAP}
    assert same(keys.unlock("Dr One", OLD).key, key)
    assert key_file.read(keys.path).slots[0].slot.cost == dearer
    assert same(raising.unlock_with_code(code), key)


def test_places_hold_what_was_kept_and_nothing_else_opens_them(keys):
    key, _ = keys.make(OWNER, OLD)
    assert keys.kept(key, key_file.AUDIT_HEAD) is None
    keys.keep(key, key_file.AUDIT_HEAD, b"head 12")
    keys.keep(key, key_file.AUDIT_KEY, b"k" * 32)
    assert keys.kept(key, key_file.AUDIT_HEAD) == b"head 12"
    assert b"head 12" not in keys.path.read_bytes()
    with pytest.raises(NotAllowed, match="another database"):
        keys.kept(DataKey.random(), key_file.AUDIT_HEAD)
    file = key_file.read(keys.path)
    swapped = {key_file.AUDIT_HEAD: file.places[key_file.AUDIT_KEY]}
    keys.path.write_bytes(key_file.to_bytes(replace(file, places=swapped)))
    with pytest.raises(UnusableKeyFile, match="exchanged"):
        keys.kept(key, key_file.AUDIT_HEAD)


def test_box_of_one_slot_does_not_open_in_another(keys):
    key, _ = keys.make(OWNER, OLD)
    keys.set_passphrase(key, OTHER, NEW)
    file = key_file.read(keys.path)
    one, other = (next(each for each in file.slots if each.name == name) for name in ("Dr One", "Dr Two"))
    mixed = replace(one, slot=replace(one.slot, box=other.slot.box))
    keys.path.write_bytes(key_file.to_bytes(replace(file, slots=(mixed,))))
    with pytest.raises(UnusableKeyFile, match="exchanged"):
        keys.unlock("Dr One", OLD)


def test_slot_given_to_another_person_opens_nothing(keys):
    key, _ = keys.make(OWNER, OLD)
    file = key_file.read(keys.path)
    stolen = tuple(
        replace(each, slot=replace(each.slot, owner=replace(each.slot.owner, person_id=OTHER.id)))
        for each in file.slots
        if each.name
    )
    keys.path.write_bytes(key_file.to_bytes(replace(file, slots=stolen)))
    with pytest.raises(WrongPassphrase):
        keys.unlock("Dr One", OLD)
    assert key is not None


def test_every_flipped_bit_of_the_file_is_told(keys):
    keys.make(OWNER, OLD)
    whole = keys.path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 400)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << (at % 8)
        with pytest.raises(UnusableKeyFile):
            key_file.from_bytes(bytes(flipped), "practice.key")


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "empty"),
        (b"name,score\n", "not a key file"),
        (b"[1]", "not a key file"),
        (b'{"format": "other"}', "not a key file"),
        (b'{"format": "secure-base-key-file", "version": 3}', "newer version"),
        (b'{"format": "secure-base-key-file", "version": 2}', "damaged"),
        (b'{"format": "secure-base-key-file", "version": 1.5}', "damaged"),
        (b'{"format": "secure-base-key-file", "version": 1}', "damaged"),
        (b'{"format": "secure-base-key-file", "ver', "damaged"),
        (b"[" * 100_000, "not a key file"),
        (b" " * 1_000_001, "not a key file"),
    ],
)
def test_file_that_cannot_be_used_has_its_own_sentence(content, match, keys):
    keys.path.write_bytes(content)
    with pytest.raises(UnusableKeyFile, match=match):
        keys.unlock("Dr One", OLD)
    assert keys.path.read_bytes() == content


def test_what_a_newer_version_wrote_is_told_from_damage_and_stays_as_it_is(keys):
    keys.make(OWNER, OLD)
    value = json.loads(keys.path.read_bytes())
    value.pop("checksum")
    newer = {**value, "version": key_file.NEWEST_FORM + 1, "slots": [{"purpose": "not known yet"}]}
    content = json.dumps({**newer, "checksum": key_file._checksum(newer)}).encode()
    keys.path.write_bytes(content)
    with pytest.raises(UnusableKeyFile, match=r"newer version of Secure Base.*Nothing was changed"):
        keys.unlock("Dr One", OLD)
    assert keys.path.read_bytes() == content


def test_missing_file_and_folder_have_their_own_sentences(keys):
    with pytest.raises(UnusableKeyFile, match="missing"):
        keys.unlock("Dr One", OLD)
    keys.path.mkdir()
    with pytest.raises(UnusableKeyFile, match="cannot be read"):
        keys.unlock("Dr One", OLD)


def test_derivation_that_no_computer_can_give_is_damage(keys):
    keys.make(OWNER, OLD)
    value = json.loads(keys.path.read_bytes())
    value.pop("checksum")
    for memory in (2**40, 0, True, "8192"):
        value["slots"][0]["derivation"]["memory_kib"] = memory
        signed = {**value, "checksum": key_file._checksum(value)}
        with pytest.raises(UnusableKeyFile, match="damaged"):
            key_file.from_bytes(json.dumps(signed).encode(), "practice.key")


def test_key_never_shows_itself(keys):
    key, _ = keys.make(OWNER, OLD)
    shown = key.raw().hex()
    for text in (repr(key), str(key), f"{key}", repr(keys.unlock("Dr One", OLD)), keys.path.read_text()):
        assert shown not in text
    assert key.raw() not in keys.path.read_bytes()
    with pytest.raises(TypeError):
        pickle.dumps(key)
    key.forget()
    key.forget()
    with pytest.raises(StoreError, match="locked"):
        key.raw()
