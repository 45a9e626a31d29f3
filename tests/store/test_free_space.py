"""A disk that fills: told before it is full, refused where there is no room to begin, and nothing left half made."""

import shutil
from pathlib import Path

import pytest

from core.errors import StoreError
from core.store import FixedClock, clients, free_space, open_store
from core.store.free_space import (
    LITTLE_BYTES,
    LOW_BYTES,
    RESERVE,
    RESERVE_BYTES,
    free_bytes,
    has_reserve,
    space_warning,
)
from core.store.migrate import SCRIPTS, newest_revision
from core.store.reserve import keep_reserve
from core.store.sqlite_file import prepare
from core.store.whole_files import replace_whole
from tests.store.encrypted import ENCRYPTED, fill, people_in, said_on_a_small_disk
from tests.store.entries import NOON, client_details, request

NEXT = """
revision = "test_next"
down_revision = "{newest}"


def upgrade():
    pass
"""


def disk_with(monkeypatch, free):
    monkeypatch.setattr(free_space.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(free, 0, free))


@pytest.fixture(params=[None, ENCRYPTED], ids=["readable", "encrypted"])
def key(request):
    return request.param


@pytest.fixture
def path(tmp_path, key):
    fill(tmp_path / "practice.db", key, people=50)
    return tmp_path / "practice.db"


@pytest.fixture
def next_scripts(tmp_path):
    scripts = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "test_next.py").write_text(NEXT.format(newest=newest_revision()))
    return scripts


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (200_000_000, None),
        (199_999_999, "199 MB are left on the disk that holds the records. Saving works; make room soon"),
        (50_000_000, "50 MB are left on the disk that holds the records. Saving works; make room soon"),
        (49_999_999, "49 MB are left on the disk that holds the records. Saving still works, but make room now"),
        (0, "0 MB are left on the disk that holds the records."),
    ],
)
def test_nearly_full_disk_is_told_by_how_much_is_left(free, said, monkeypatch, tmp_path):
    disk_with(monkeypatch, free)
    assert (space_warning(tmp_path) or "").startswith(said or "")
    assert (space_warning(tmp_path) is None) is (said is None)


def test_disk_that_cannot_be_asked_says_nothing(tmp_path):
    assert free_bytes(tmp_path) == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.5)
    assert space_warning(tmp_path / "not there") is None


def test_newer_version_changes_no_table_without_room_for_a_copy(path, key, next_scripts, monkeypatch):
    disk_with(monkeypatch, 3 * path.stat().st_size - 1)
    with pytest.raises(StoreError, match="disk is full"):
        prepare(path, FixedClock(NOON), scripts=next_scripts, key=key)
    assert sorted(path.parent.glob("*.db")) == [path]
    assert people_in(path, key) == 50
    disk_with(monkeypatch, 3 * path.stat().st_size)
    assert prepare(path, FixedClock(NOON), scripts=next_scripts, key=key) is not None


def test_disk_that_fills_while_the_copy_is_made_leaves_the_file_alone(path, key, next_scripts):
    for most in range(32_768, path.stat().st_size, 65_536):
        said = said_on_a_small_disk(lambda: prepare(path, FixedClock(NOON), scripts=next_scripts, key=key), most)
        assert "disk is full" in said
        assert [each.name for each in path.parent.glob("*.before-*")] == []
        assert people_in(path, key) == 50


def test_full_disk_is_told_on_opening_and_nothing_is_changed(path, key):
    before = path.read_bytes()
    said = said_on_a_small_disk(lambda: open_store(path, clock=FixedClock(NOON), key=key).close(), 0)
    assert "could not be opened: the disk is full" in said
    assert path.read_bytes() == before
    assert people_in(path, key) == 50


def test_reserve_is_made_once_where_there_is_plenty_of_room(monkeypatch, tmp_path):
    disk_with(monkeypatch, LOW_BYTES + RESERVE_BYTES - 1)
    keep_reserve(tmp_path)
    assert not has_reserve(tmp_path)
    disk_with(monkeypatch, LOW_BYTES + RESERVE_BYTES)
    keep_reserve(tmp_path)
    made = (tmp_path / RESERVE).stat()
    assert (made.st_size, made.st_mode & 0o777) == (RESERVE_BYTES, 0o600)
    assert made.st_blocks * 512 >= RESERVE_BYTES  # it takes up the room that it stands for
    keep_reserve(tmp_path)
    assert (tmp_path / RESERVE).stat().st_ino == made.st_ino
    assert [each.name for each in tmp_path.iterdir()] == [RESERVE]


def test_reserve_that_cannot_be_written_is_none(tmp_path):
    assert keep_reserve(tmp_path / "not there") is None
    (tmp_path / "reserve.room").mkdir()
    keep_reserve(tmp_path)
    assert not has_reserve(tmp_path)


@pytest.mark.parametrize(("free", "stays"), [(LITTLE_BYTES, True), (LITTLE_BYTES - 1, False)])
def test_first_write_on_a_full_disk_gives_the_reserve_up(path, key, free, stays, monkeypatch):
    keep_reserve(path.parent)
    disk_with(monkeypatch, free)
    people_in(path, key)
    assert has_reserve(path.parent) == stays


@pytest.mark.parametrize("free", [LITTLE_BYTES, LITTLE_BYTES - 1])
def test_save_and_key_file_take_of_the_reserve_and_a_look_does_not(path, key, free, monkeypatch):
    store = open_store(path, clock=FixedClock(NOON), key=key)
    _, actor = store.practice()
    keep_reserve(path.parent)
    disk_with(monkeypatch, free)
    with store.reading(actor) as work:
        assert len(clients.all(work)) == 50
    assert has_reserve(path.parent)
    with store.writing(actor) as work:
        clients.add(work, client_details("One more"), request())
        work.commit()
    store.close()
    assert has_reserve(path.parent) == (free == LITTLE_BYTES)
    keep_reserve(path.parent)
    assert has_reserve(path.parent) == (free == LITTLE_BYTES)
    disk_with(monkeypatch, 10**12)
    keep_reserve(path.parent)
    disk_with(monkeypatch, free)
    replace_whole(path.with_name("small"), b"words", check=Path.read_bytes)
    assert has_reserve(path.parent) == (free == LITTLE_BYTES)


def test_warning_tells_whether_room_is_kept_back(monkeypatch, tmp_path):
    keep_reserve(tmp_path)
    disk_with(monkeypatch, 49_999_999)
    assert "20 MB are kept back for saving and signing in" in space_warning(tmp_path)
    (tmp_path / RESERVE).unlink()
    assert "no room is kept back" in space_warning(tmp_path)
