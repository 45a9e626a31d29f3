"""A readable file becomes an encrypted one: the same content, or the readable file as it was, and never neither."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import AlreadyOpen, StoreError, UnusableDatabase
from core.store import DataKey, FixedClock, conversion, free_space, open_store
from core.store.contents import contents_of
from core.store.conversion import encrypt_file, readable_copies
from core.store.file_check import is_readable
from core.store.sqlite import connect
from tests.store.encrypted import (
    CANARY,
    OLD,
    OWNER,
    fill,
    keys_at,
    killed_at_every_line,
    people_in,
    said_on_a_small_disk,
)
from tests.store.entries import NOON
from tests.store.test_migrations import fill as fill_revision

STEPS = ("conversion", "whole_files")
ROOT = Path(__file__).resolve().parents[2]
OPENS = """
import sys
from core.store import SystemClock, open_store
store = open_store(sys.argv[1], clock=SystemClock())
print(store.practice() is not None, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "practice.db"
    fill(path, None)
    return path


@pytest.fixture
def key(path: Path) -> DataKey:
    return keys_at(path).make(OWNER, OLD)[0]


def readable_content(path: Path):
    with closing(sqlite3.connect(path)) as connection:
        return contents_of(connection)


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.suffix != ".lock")


def test_everything_is_there_and_nothing_is_readable(path, key):
    before = readable_content(path)
    done = encrypt_file(path, key)
    assert done.contents == before
    assert done.contents.rows["client"] == 50
    with closing(connect(path, key=key)) as connection:
        assert contents_of(connection) == before
    assert files(path.parent) == ["practice.db", "practice.key"]
    assert CANARY.encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert people_in(path, key) == 50
    assert "SSD" in done.sentence


def test_practice_of_every_kind_of_record_is_converted_and_still_guarded(tmp_path):
    path = tmp_path / "test.db"
    fill_revision(f"sqlite:///{path}", "0001")
    key, _ = keys_at(path).make(OWNER, OLD)
    before = readable_content(path)
    assert encrypt_file(path, key).contents == before
    store = open_store(path, clock=FixedClock(NOON), key=key)
    assert store.state().sound
    store.close()
    (copy,) = path.parent.glob("test.before-*.db")
    assert not is_readable(copy)


def test_log_of_a_killed_program_is_taken_in_and_removed(path, key, tmp_path):
    store = open_store(path, clock=FixedClock(NOON))
    _, actor = store.practice()
    left = tmp_path / "left"
    left.mkdir()
    with store.writing(actor) as work:
        work._connection.exec_driver_sql("UPDATE practice SET name = 'Last change'")
        work.commit()
    for file in tmp_path.glob("practice.*"):
        shutil.copy(file, left)
    store.close()
    encrypt_file(left / "practice.db", key)
    again = open_store(left / "practice.db", clock=FixedClock(NOON), key=key)
    assert again.practice()[0].details.name == "Last change"
    again.close()
    assert files(left) == ["practice.db", "practice.key"]


def test_copies_that_anybody_can_read_are_named_and_removed_on_request(path, key):
    copy = path.with_name("practice.before-0002-20260521T100000.db")
    shutil.copy(path, copy)
    other = path.with_name("other.db")
    shutil.copy(path, other)
    done = encrypt_file(path, key)
    assert done.readable_left == readable_copies(path) == (copy,)
    assert people_in(path, key) == 50


def test_what_the_readable_file_held_is_overwritten(path, key):
    with path.open("rb") as still_open:
        assert CANARY.encode() in still_open.read()
        encrypt_file(path, key)
        still_open.seek(0)
        assert still_open.read().strip(b"\0") == b""


def test_without_a_key_file_on_the_disk_nothing_is_encrypted(path):
    before = path.read_bytes()
    with pytest.raises(StoreError, match="set the passphrase first"):
        encrypt_file(path, DataKey.random())
    keys_at(path).make(OWNER, OLD)
    with pytest.raises(StoreError, match="set the passphrase first"):
        encrypt_file(path, DataKey.random())
    assert path.read_bytes() == before


def test_file_in_use_is_not_encrypted(path, key):
    with subprocess.Popen(
        [sys.executable, "-c", OPENS, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with pytest.raises(AlreadyOpen, match="in use"):
            encrypt_file(path, key)
        other.kill()
    assert people_in(path, None) == 50
    assert encrypt_file(path, key).contents.rows["client"] == 50
    with pytest.raises(UnusableDatabase):
        encrypt_file(path, key)


def test_full_disk_is_told_before_anything_is_done(path, key, monkeypatch):
    monkeypatch.setattr(free_space.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(StoreError, match="disk is full"):
        encrypt_file(path, key)
    assert people_in(path, None) == 50


def test_disk_that_fills_in_the_middle_leaves_the_readable_file(path, key):
    before = readable_content(path)
    for most in range(4_096, path.stat().st_size, 16_384):
        said = said_on_a_small_disk(lambda: encrypt_file(path, key), most)
        assert "disk is full" in said
        assert readable_content(path) == before
        assert files(path.parent) == ["practice.db", "practice.key"]
    assert encrypt_file(path, key).contents == before


def test_copy_that_does_not_hold_the_same_never_takes_the_place(path, key, monkeypatch):
    export = conversion._export

    def and_lose_a_row(plain, draft, key):
        export(plain, draft, key)
        with closing(connect(draft, key=key)) as made:
            made.execute("UPDATE client SET name = 'Somebody else' WHERE name GLOB '* 7'")

    monkeypatch.setattr(conversion, "_export", and_lose_a_row)
    with pytest.raises(UnusableDatabase, match="did not hold the same"):
        encrypt_file(path, key)
    assert people_in(path, None) == 50
    assert files(path.parent) == ["practice.db", "practice.key"]


def test_killed_at_any_step_one_of_both_is_whole(tmp_path):
    path = tmp_path / "practice.db"
    fill(path, None, people=3)
    key, _ = keys_at(path).make(OWNER, OLD)
    before, was = path.read_bytes(), readable_content(path)
    outcomes = []
    for _ in killed_at_every_line(lambda: encrypt_file(path, key), STEPS):
        plain = is_readable(path)
        outcomes.append(plain)
        if plain:
            assert readable_content(path) == was
        else:
            with closing(connect(path, key=key)) as connection:
                assert contents_of(connection) == was
            path.write_bytes(before)
        assert len(files(path.parent)) <= 4
    assert len(outcomes) > 60
    assert (outcomes[0], outcomes[-1]) == (True, False)
    encrypt_file(path, key)
    assert files(path.parent) == ["practice.db", "practice.key"]
    assert people_in(path, key) == 3
