"""The door: set up, locked, opened, an older file, a plain one, and what a killed set-up leaves."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from core.errors import AlreadyOpen, Conflict, InvalidInput, NotAllowed, OlderFile, StoreError, WrongPassphrase
from core.model.audit import Action
from core.model.people import Actor, ClientDetails, PracticeDetails
from core.services.clients import add_client
from core.store import FixedClock, KeyHolder, PracticeKeys, Store, audit, clients, open_store
from core.store.audit_key_file import make_audit_key, read_audit_key
from core.store.file_check import is_readable
from core.store.key_file import key_path_of
from core.store.whole_files import take_lock
from dashboard import door as door_module
from dashboard.door import CONSENT_WITHIN, Door, Standing
from dashboard.settings import Settings
from tests.store.encrypted import CHEAP, OTHER
from tests.store.entries import NOON, request

DETAILS = PracticeDetails(name="River Practice", therapist="Dr Example", zone="Europe/Berlin")
PASSPHRASE = "violet anchor soup ladder frost"
NEW = "river candle seven moth plank"


@pytest.fixture(autouse=True)
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What this computer remembers, in a file of the test's own; and keys made cheaply."""
    path = tmp_path / "state" / "last-seen.json"
    monkeypatch.setattr(door_module, "seen_path", lambda: path)
    monkeypatch.setattr(Door, "cost", CHEAP)
    return path


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def door(folder: Path, clock: FixedClock) -> Iterator[Door]:
    made = Door(Settings(data_dir=folder), clock=clock)
    yield made
    made.close()


def add(door: Door, name: str) -> None:
    opened = door.open
    assert opened is not None
    with opened.store.writing(opened.actor) as work:
        add_client(work, ClientDetails(name=name, started_on=work.today), request())
        work.commit()


def owner(door: Door) -> Actor:
    assert door.open is not None
    return door.open.actor


def names(door: Door) -> list[str]:
    opened = door.open
    assert opened is not None
    with opened.store.reading(opened.actor) as work:
        return sorted(each.details.name for each in clients.all(work))


def test_set_up_makes_an_encrypted_file_beside_its_key_file(door: Door, folder: Path) -> None:
    assert door.standing is Standing.NO_PRACTICE
    assert door.set_up(DETAILS, PASSPHRASE).count("-") == 6
    assert door.standing is Standing.OPEN
    assert (folder / "practice.key").exists()
    assert not is_readable(folder / "practice.db")
    with pytest.raises(Conflict):
        door.set_up(DETAILS, PASSPHRASE)


def test_weak_passphrase_makes_nothing(door: Door, folder: Path) -> None:
    for weak in ("short", "river practice river practice", "Dr Example Dr Example"):
        with pytest.raises(InvalidInput):
            door.set_up(DETAILS, weak)
    assert door.standing is Standing.NO_PRACTICE
    assert list(folder.iterdir()) == []


def test_locked_door_forgets_its_key_and_opens_with_the_passphrase(door: Door) -> None:
    door.set_up(DETAILS, PASSPHRASE)
    add(door, "Ada")
    opened = door.open
    assert opened is not None
    assert opened.key is not None
    door.lock()
    door.lock()
    assert door.standing is Standing.LOCKED
    with pytest.raises(StoreError, match="locked"):
        opened.key.raw()
    with pytest.raises(StoreError), opened.store.reading(opened.actor):
        pytest.fail("It could still be read.")
    with pytest.raises(WrongPassphrase):
        door.unlock("Dr Example", NEW)
    assert door.open is None


def test_name_is_taken_without_capitals_and_a_second_window_checks_the_passphrase(
    door: Door, clock: FixedClock
) -> None:
    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    actor = door.unlock(" dr example ", PASSPHRASE)
    assert door.unlock("Dr Example", PASSPHRASE) == actor
    with pytest.raises(WrongPassphrase):
        door.unlock("Dr Example", NEW)
    assert door.open is not None


def test_opening_and_locking_are_told_before_the_store_closes(door: Door) -> None:
    told: list[str] = []
    door.on_open(lambda opened: told.append(f"open {opened.practice.details.name}"))
    door.on_lock(lambda opened: told.append(f"lock {opened.store.practice() is not None}"))
    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    assert told == ["open River Practice", "lock True"]


def test_door_locks_even_when_one_who_is_told_fails(door: Door) -> None:
    def fail(_: object) -> None:
        raise StoreError("the disk is full")

    door.set_up(DETAILS, PASSPHRASE)
    door.on_lock(fail)
    opened = door.open
    assert opened is not None
    with pytest.raises(StoreError):
        door.lock()
    assert door.open is None
    assert opened.key is not None
    with pytest.raises(StoreError, match="locked"):
        opened.key.raw()


def test_recovery_code_opens_and_replaces_the_passphrase(door: Door) -> None:
    code = door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    door.unlock_with_code(code.lower().replace("-", " "), NEW)
    door.lock()
    with pytest.raises(WrongPassphrase):
        door.unlock("Dr Example", PASSPHRASE)


def test_changed_passphrase_and_code_take_the_place_of_those_before(door: Door, clock: FixedClock) -> None:
    code = door.set_up(DETAILS, PASSPHRASE)
    door.confirm(owner(door), PASSPHRASE)
    door.set_passphrase(owner(door), NEW)
    fresh = door.new_recovery_code(owner(door))
    assert fresh != code
    door.lock()
    door.unlock("Dr Example", NEW)
    with pytest.raises(WrongPassphrase):
        door.confirm(owner(door), PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        door.unlock_with_code(code, PASSPHRASE)


def test_older_file_opens_only_after_consent(door: Door, folder: Path, tmp_path: Path, clock: FixedClock) -> None:
    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    for name in ("practice.db", "practice.key"):
        shutil.copy(folder / name, tmp_path / name)
    door.unlock("Dr Example", PASSPHRASE)
    add(door, "Ada")
    door.lock()
    for name in ("practice.db", "practice.key"):
        shutil.copy(tmp_path / name, folder / name)
    with pytest.raises(OlderFile) as older:
        door.unlock("Dr Example", PASSPHRASE)
    assert door.open is None
    assert "changes recorded" in older.value.found
    assert older.value.found != older.value.seen
    with pytest.raises(NotAllowed):
        door.consent("another ticket")
    door.consent(older.value.ticket)
    assert names(door) == []
    door.lock()
    door.unlock("Dr Example", PASSPHRASE)


def test_consent_that_comes_too_late_opens_nothing(door: Door, folder: Path, tmp_path: Path, clock: FixedClock) -> None:
    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    shutil.copy(folder / "practice.db", tmp_path / "practice.db")
    door.unlock("Dr Example", PASSPHRASE)
    door.lock()
    shutil.copy(tmp_path / "practice.db", folder / "practice.db")
    with pytest.raises(OlderFile) as older:
        door.unlock("Dr Example", PASSPHRASE)
    clock.move_to(NOON + CONSENT_WITHIN * 2)
    with pytest.raises(NotAllowed, match="too long"):
        door.consent(older.value.ticket)
    door.drop_stale()
    take_lock(folder / "practice.db")()  # nobody holds the file any more


def test_file_whose_log_was_lost_in_a_crash_opens_only_after_consent(door: Door, folder: Path, tmp_path: Path) -> None:
    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    door.unlock("Dr Example", PASSPHRASE)
    add(door, "Ada")
    shutil.copy(folder / "practice.db", tmp_path / "without its log.db")
    door.lock()
    shutil.copy(tmp_path / "without its log.db", folder / "practice.db")
    with pytest.raises(OlderFile):
        door.unlock("Dr Example", PASSPHRASE)


def test_opening_that_cannot_be_written_down_keeps_nothing_open(
    door: Door, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise StoreError("The disk is full.")

    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    with monkeypatch.context() as full_disk:
        full_disk.setattr(Store, "begin_generation", refuses)
        with pytest.raises(StoreError, match="disk is full"):
            door.unlock("Dr Example", PASSPHRASE)
    assert door.open is None
    door.unlock("Dr Example", PASSPHRASE)


def let_nothing_be_written(door: Door) -> None:
    """From now on the open database refuses to be written; the key file beside it does not."""
    assert door.open is not None

    def refuse(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA query_only=ON")

    event.listen(door.open.store._backend.writer, "checkout", refuse)


def test_secrets_are_not_changed_where_the_trail_cannot_be_told(door: Door, folder: Path, clock: FixedClock) -> None:
    code = door.set_up(DETAILS, PASSPHRASE)
    let_nothing_be_written(door)
    for change in (lambda: door.set_passphrase(owner(door), NEW), lambda: door.new_recovery_code(owner(door))):
        with pytest.raises(StoreError, match="Nothing was saved"):
            change()
    keys = PracticeKeys(key_path_of(folder / "practice.db"), clock=clock, cost=CHEAP)
    keys.unlock("Dr Example", PASSPHRASE)
    keys.unlock_with_code(code)


def test_change_of_a_secret_that_fails_is_noted_as_failed(door: Door, folder: Path) -> None:
    door.set_up(DETAILS, PASSPHRASE)
    assert door.open is not None
    key_file = key_path_of(folder / "practice.db")
    key_file.rename(folder / "elsewhere")
    with pytest.raises(StoreError):
        door.set_passphrase(owner(door), NEW)
    (folder / "elsewhere").rename(key_file)
    with door.open.store.reading(door.open.actor) as work:
        assert [each.action for each in audit.all(work)][-2:] == [Action.NEW_PASSPHRASE, Action.FAILED]
    door.confirm(owner(door), PASSPHRASE)


def plain_practice(folder: Path, clock: FixedClock, *people: str) -> None:
    store = open_store(folder / "practice.db", clock=clock)
    _, actor = store.set_up(DETAILS, synthetic=False)
    with store.writing(actor) as work:
        for name in people:
            add_client(work, ClientDetails(name=name, started_on=work.today), request())
        work.commit()
    store.close()


def test_plain_practice_of_an_earlier_version_is_encrypted_with_everything_in_it(
    door: Door, folder: Path, clock: FixedClock
) -> None:
    plain_practice(folder, clock, "Canaryzilla")
    assert door.standing is Standing.PLAIN
    with pytest.raises(Conflict):
        door.set_up(DETAILS, PASSPHRASE)
    door.convert(PASSPHRASE)
    assert names(door) == ["Canaryzilla"]
    assert door.converted is not None
    assert "SSD" in door.converted.sentence
    door.lock()
    assert b"Canaryzilla" not in (folder / "practice.db").read_bytes()
    door.unlock("Dr Example", PASSPHRASE)
    with pytest.raises(Conflict):
        door.convert(PASSPHRASE)


def test_plain_file_without_a_practice_is_set_up_as_an_encrypted_one(
    door: Door, folder: Path, clock: FixedClock
) -> None:
    open_store(folder / "practice.db", clock=clock).close()
    assert door.standing is Standing.NO_PRACTICE
    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(folder / "practice.db")) as plain:
        plain.execute("SELECT count(*) FROM practice")


def test_set_up_that_was_killed_after_its_key_file_is_gone_on_from(door: Door, folder: Path, clock: FixedClock) -> None:
    path = folder / "practice.db"
    holder = KeyHolder(id=OTHER.id, name="Dr Example")
    PracticeKeys(key_path_of(path), clock=clock, cost=CHEAP).make(holder, PASSPHRASE)
    with pytest.raises(Conflict, match="key file that other data belong to"):
        door.set_up(DETAILS, NEW)
    assert not path.exists()
    clock.move_to(NOON + CONSENT_WITHIN)
    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    assert door.unlock("Dr Example", PASSPHRASE).id == OTHER.id


def test_missing_file_is_not_made_anew_for_its_key_file(door: Door, folder: Path) -> None:
    door.set_up(DETAILS, PASSPHRASE)
    door.lock()
    (folder / "practice.db").rename(folder / "elsewhere.db")
    with pytest.raises(Conflict):
        door.set_up(DETAILS, NEW)
    assert not (folder / "practice.db").exists()


def test_file_that_another_program_has_open_stays_locked(door: Door, folder: Path, clock: FixedClock) -> None:
    door.set_up(DETAILS, PASSPHRASE)
    other = Door(Settings(data_dir=folder), clock=clock)
    with pytest.raises(AlreadyOpen):
        other.unlock("Dr Example", PASSPHRASE)
    assert other.open is None
    other.close()
    assert names(door) == []


@pytest.mark.postgresql
def test_practice_on_a_server_opens_by_the_same_passphrase_and_code(
    postgresql_url: str, folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    make_audit_key(tmp_path / "audit.key")
    settings = Settings(data_dir=folder, database_url=postgresql_url, audit_key=tmp_path / "audit.key")
    door = Door(settings, clock=clock)
    assert door.standing is Standing.NO_PRACTICE
    with pytest.raises(InvalidInput):
        door.set_up(DETAILS, "short")
    assert door.standing is Standing.NO_PRACTICE
    code = door.set_up(DETAILS, PASSPHRASE)
    add(door, "Ada")
    door.close()
    door = Door(settings, clock=clock)
    assert door.standing is Standing.LOCKED
    with pytest.raises(WrongPassphrase):
        door.unlock("Dr Example", NEW)
    clock.move_to(NOON + CONSENT_WITHIN)
    door.unlock("dr example", PASSPHRASE)
    assert names(door) == ["Ada"]
    door.lock()
    assert door.open is None
    door.unlock_with_code(code, NEW)
    door.confirm(owner(door), NEW)
    assert door.open is not None
    assert door.open.key is None
    door.close()


@pytest.mark.postgresql
def test_practice_of_an_earlier_version_on_a_server_gets_its_first_passphrase(
    postgresql_url: str, folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    make_audit_key(tmp_path / "audit.key")
    key = read_audit_key(tmp_path / "audit.key")
    store = open_store(postgresql_url, clock=clock, audit_key=key)
    store.set_up(DETAILS, synthetic=False)
    store.close()
    door = Door(Settings(data_dir=folder, database_url=postgresql_url, audit_key=tmp_path / "audit.key"), clock=clock)
    assert door.standing is Standing.PLAIN
    door.convert(PASSPHRASE)
    door.lock()
    assert door.standing is Standing.LOCKED
    door.unlock("Dr Example", PASSPHRASE)
    door.close()
