"""A disk that fills: told before it is full, refused where there is no room to begin, and nothing left half made."""

import shutil

import pytest

from core.errors import StoreError
from core.store import FixedClock, free_space, open_store
from core.store.free_space import free_bytes, space_warning
from core.store.migrate import SCRIPTS, newest_revision
from core.store.sqlite_file import prepare
from tests.store.encrypted import ENCRYPTED, fill, people_in, said_on_a_small_disk
from tests.store.entries import NOON

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
