"""Backups: taken while people write, checked, few enough to keep, restored with the recovery code alone."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from core.errors import Conflict, DamagedDatabase, StoreError, UnusableDatabase, UnusableKeyFile
from core.store import DataKey, FixedClock, Lineage, Standing, backup, clients, key_file, open_store
from core.store.cipher import PAGE_BYTES
from core.store.key_file import key_path_of
from core.store.lineage import last_seen, lineage_of, remember
from core.store.rotation import kept
from tests.store.encrypted import (
    CANARY,
    NEW,
    OLD,
    OWNER,
    fill,
    keys_at,
    killed_at_every_line,
    people_in,
    practice_with_key,
    said_on_a_small_disk,
)
from tests.store.entries import NOON, client_details, request


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "practice.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def key(path: Path) -> DataKey:
    path.parent.mkdir()
    return practice_with_key(path)[0]


def opened(path: Path, key: DataKey, clock: FixedClock | None = None):
    store = open_store(path, clock=clock or FixedClock(NOON), key=key)
    found = store.practice()
    assert found is not None
    return store, found[1]


def add_people(path: Path, key: DataKey, number: int) -> Standing:
    store, actor = opened(path, key)
    for _ in range(number):
        with store.writing(actor) as work:
            clients.add(work, client_details(), request())
            work.commit()
    standing = store.standing()
    store.close()
    return standing


def test_backup_is_whole_encrypted_and_comes_with_its_key_file(path, key, folder):
    store, _ = opened(path, key)
    taken = store.back_up(folder)
    store.close()
    assert taken.path.name == "practice.20260521T100000Z.backup.db"
    assert sorted(each.name for each in folder.iterdir()) == [taken.path.name, key_path_of(taken.path).name]
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert CANARY.encode() not in taken.path.read_bytes()
    assert backup.check(taken.path, key).rows["client"] == 50
    assert backup.backups_of(path, folder) == (taken,)


def test_backup_taken_while_others_write_holds_one_moment(path, key, folder):
    store, actor = opened(path, key)
    done = Event()

    def write() -> None:
        while not done.is_set():
            with store.writing(actor) as work:
                clients.add(work, client_details(), request())
                work.commit()

    writers = [Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        taken = [backup.take(path, key, folder / str(number), NOON) for number in range(5)]
    finally:
        done.set()
        for writer in writers:
            writer.join()
    after = store.standing().changes
    store.close()
    for each in taken:
        checked = backup.check(each.path, key)
        assert checked.rows["audit"] == checked.rows["client"] + 1 == checked.standing.changes
        assert checked.standing.changes <= after
    assert people_in(path, key) + 1 == after


def test_restore_needs_only_the_recovery_code_and_gives_the_same_back(path, folder, tmp_path):
    path.parent.mkdir()
    key, code = practice_with_key(path)
    keys_at(path).keep(key, key_file.AUDIT_HEAD, b"head 51")
    store, _ = opened(path, key)
    taken, standing = store.back_up(folder), store.standing()
    store.close()
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    shutil.rmtree(path.parent)
    to = tmp_path / "elsewhere" / "again.db"
    backup.bring_key_file(taken.path, to)
    found = keys_at(to).unlock_with_code(code)
    checked = backup.restore(taken.path, to, found)
    assert checked.standing == standing
    assert keys_at(to).kept(found, key_file.AUDIT_HEAD) == b"head 51"
    assert people_in(to, found) == 50
    assert keys_at(to).unlock("Dr One", OLD).person_id == OWNER.id
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_restore_never_takes_the_place_of_anything(path, key, folder, tmp_path):
    store, _ = opened(path, key)
    taken = store.back_up(folder)
    store.close()
    before = path.read_bytes()
    with pytest.raises(Conflict, match="there already"):
        backup.restore(taken.path, path, key)
    assert path.read_bytes() == before
    other = tmp_path / "other.db"
    practice_with_key(other)
    other.unlink()
    with pytest.raises(Conflict, match="another database"):
        backup.restore(taken.path, other, key)
    assert not other.exists()


def test_restore_refuses_a_place_where_the_log_of_another_file_lies(path, key, folder, tmp_path):
    store, _ = opened(path, key)
    taken = store.back_up(folder)
    store.close()
    to = tmp_path / "restored.db"
    log = to.with_name("restored.db-wal")
    log.write_bytes(b"part of another file")
    with pytest.raises(UnusableDatabase, match="move what is left of it away"):
        backup.restore(taken.path, to, key)
    assert not to.exists()
    log.unlink()
    backup.restore(taken.path, to, key)
    assert people_in(to, key) == people_in(path, key)


def test_backup_with_a_flipped_bit_is_refused_and_restores_nothing(path, key, folder, tmp_path):
    store, _ = opened(path, key)
    taken = store.back_up(folder)
    store.close()
    whole = taken.path.read_bytes()
    for page in range(1, len(whole) // PAGE_BYTES + 1, 3):
        flipped = bytearray(whole)
        flipped[page * PAGE_BYTES - 100] ^= 1
        taken.path.write_bytes(flipped)
        with pytest.raises((DamagedDatabase, StoreError)):
            backup.restore(taken.path, tmp_path / "again.db", key)
        assert not (tmp_path / "again.db").exists()
    with pytest.raises(UnusableDatabase, match="missing"):
        backup.check(folder / "gone.db", key)
    taken.path.write_bytes(b"")
    with pytest.raises(UnusableDatabase, match="empty"):
        backup.check(taken.path, key)


def test_without_its_key_file_no_backup_is_taken_or_restored(path, key, folder, tmp_path):
    store, _ = opened(path, key)
    taken = store.back_up(folder)
    key_path_of(taken.path).unlink()
    with pytest.raises(UnusableKeyFile, match="missing"):
        backup.restore(taken.path, tmp_path / "again.db", key)
    key_path_of(path).unlink()
    with pytest.raises(UnusableKeyFile, match="missing"):
        backup.take(path, key, folder, NOON + timedelta(days=1))
    practice_with_key(tmp_path / "other.db")
    shutil.copy(tmp_path / "other.key", key_path_of(path))
    with pytest.raises(UnusableKeyFile, match="another database"):
        store.back_up(folder)
    store.close()
    assert [each.name for each in folder.glob("*.db")] == [taken.path.name]


def test_readable_practice_is_not_backed_up_readable(tmp_path, folder):
    fill(tmp_path / "plain.db", None)
    store = open_store(tmp_path / "plain.db", clock=FixedClock(NOON))
    with pytest.raises(StoreError, match="encrypted file only"):
        store.back_up(folder)
    store.close()
    assert not folder.exists()


def test_folder_that_cannot_be_written_is_named(path, key, tmp_path):
    (tmp_path / "file").write_text("x")
    store, _ = opened(path, key)
    for place in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(StoreError, match="cannot be"):
            store.back_up(place)
    store.close()


def test_disk_that_fills_in_the_middle_keeps_the_backups_before(path, key, folder):
    first = backup.take(path, key, folder, NOON)
    later = NOON + timedelta(days=1)
    for most in range(4_096, first.size_bytes, 16_384):
        said = said_on_a_small_disk(lambda: backup.take(path, key, folder, later), most)
        assert "disk is full" in said
        assert backup.backups_of(path, folder) == (first,)
    assert len(list(folder.iterdir())) == 2
    assert backup.check(first.path, key).rows["client"] == 50
    assert people_in(path, key) == 50


def test_killed_while_a_backup_is_taken_only_whole_ones_have_names(path, key, folder):
    whole = 0
    for _ in killed_at_every_line(lambda: backup.take(path, key, folder, NOON), ("backup", "whole_files")):
        for each in backup.backups_of(path, folder):
            assert backup.check(each.path, key).rows["client"] == 50
            assert key_file.read(key_path_of(each.path)).mark == key.mark
            each.path.unlink()
            key_path_of(each.path).unlink()
            whole += 1
    assert whole > 1
    backup.take(path, key, folder, NOON + timedelta(seconds=1))
    assert [each.name for each in folder.iterdir() if "making" in each.name] == []


def test_a_year_of_days_leaves_seven_days_five_weeks_and_twelve_months():
    taken = [datetime(2025, 5, 20, 7, 30, tzinfo=UTC) + timedelta(days=number) for number in range(366)]
    stay = sorted(kept(taken), reverse=True)
    assert stay[:7] == taken[:-8:-1]
    weeks = {at.isocalendar()[:2] for at in stay}
    months = {(at.year, at.month) for at in stay}
    assert len(months) == 12
    assert {at.isocalendar()[:2] for at in taken[-29:]} <= weeks
    assert len(stay) <= 24
    held = set(taken[:7])
    for at in taken[7:]:
        held = set(kept(held | {at}))
    assert held == set(stay)


def test_rotation_keeps_the_last_of_a_day_and_what_a_closed_practice_had():
    day = datetime(2026, 5, 21, tzinfo=UTC)
    assert kept([day, day + timedelta(hours=1), day + timedelta(hours=2)]) == {day + timedelta(hours=2)}
    old = [day - timedelta(days=400 + number) for number in range(3)]
    assert kept(old) == set(old)
    assert kept([]) == frozenset()


def test_old_backups_go_with_their_key_files(path, key, folder):
    for number in range(40):
        backup.take(path, key, folder, NOON + timedelta(days=number))
    stay = backup.backups_of(path, folder)
    assert {each.taken_at for each in stay} == kept([NOON + timedelta(days=number) for number in range(40)])
    assert len(list(folder.iterdir())) == 2 * len(stay)


def test_older_copy_of_the_file_is_told(path, key, tmp_path):
    seen_file = tmp_path / "state" / "seen.json"
    store, _ = opened(path, key)
    assert store.lineage(last_seen(seen_file, key.mark)) is Lineage.CURRENT
    store.begin_generation(None)
    store.close()
    old = path.read_bytes()
    seen = add_people(path, key, 3)
    remember(seen_file, key.mark, seen)
    assert last_seen(seen_file, key.mark) == seen
    assert last_seen(seen_file, DataKey.random().mark) is None
    store, _ = opened(path, key)
    assert store.lineage(seen) is Lineage.CURRENT
    store.close()
    path.write_bytes(old)
    store, _ = opened(path, key)
    assert store.lineage(seen) is Lineage.OLDER
    taken_over = store.begin_generation(seen)
    assert taken_over.generation == seen.generation + 1
    assert store.lineage(taken_over) is Lineage.CURRENT
    store.close()


def test_copy_that_went_on_elsewhere_is_told(path, key):
    old = path.read_bytes()
    seen = add_people(path, key, 3)
    path.write_bytes(old)
    add_people(path, key, 5)
    store, _ = opened(path, key)
    store.begin_generation(None)
    assert store.lineage(seen) is Lineage.PARTED
    store.close()


def test_what_follows_on_what_is_told_from_figures_alone():
    seen = Standing(generation=4, changes=10, trace="a")
    assert lineage_of(seen, replace(seen, generation=5, changes=12, trace="b"), "a") is Lineage.CURRENT
    assert lineage_of(seen, replace(seen, generation=3), "a") is Lineage.OLDER
    assert lineage_of(seen, replace(seen, generation=5, changes=9, trace="c"), "") is Lineage.PARTED
    assert lineage_of(seen, replace(seen, changes=12, trace="b"), "x") is Lineage.PARTED


def test_damaged_note_of_what_was_seen_says_nothing(tmp_path):
    (tmp_path / "seen.json").write_text("[1")
    assert last_seen(tmp_path / "seen.json", b"m" * 16) is None
    (tmp_path / "seen.json").write_text(json.dumps({(b"m" * 16).hex(): {"generation": 1}}))
    assert last_seen(tmp_path / "seen.json", b"m" * 16) is None
    remember(tmp_path / "seen.json", b"m" * 16, Standing(generation=1, changes=2, trace="t"))
    assert last_seen(tmp_path / "seen.json", b"m" * 16) == Standing(generation=1, changes=2, trace="t")


def test_passphrase_of_the_day_of_the_backup_opens_it(path, key, folder, tmp_path):
    store, _ = opened(path, key)
    taken = store.back_up(folder)
    store.close()
    keys_at(path).set_passphrase(key, OWNER, NEW)
    to = tmp_path / "again.db"
    backup.restore(taken.path, to, key)
    assert keys_at(to).unlock("Dr One", OLD).person_id == OWNER.id
