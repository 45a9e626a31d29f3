"""A file that is moved, replaced, left without its log, or whose folder may not be written: told, and left as it is."""

import errno
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import DamagedDatabase, SecureBaseError, StoreError, UnusableDatabase
from core.store import DataKey, FixedClock, clients, open_store, whole_files
from dashboard.settings import prepare_data_dir
from tests.store.encrypted import ENCRYPTED, fill, people_in
from tests.store.entries import NOON, client_details, request

CLOCK = FixedClock(NOON)
NOBODY = 65_534
PEOPLE = 3
ANOTHER = DataKey(bytes(range(7, 39)))


@pytest.fixture(params=[None, ENCRYPTED], ids=["readable", "encrypted"])
def key(request):
    return request.param


@pytest.fixture
def path(tmp_path, key):
    fill(tmp_path / "practice.db", key, people=PEOPLE)
    return tmp_path / "practice.db"


def add_somebody(store):
    with store.writing(store.practice()[1]) as work:
        clients.add(work, client_details("Added"), request())
        work.commit()


def removed(path):
    path.unlink()


def moved(path):
    path.rename(path.with_name("elsewhere.db"))


def replaced(path):
    shutil.copy(path, path.with_name("new.db"))
    path.with_name("new.db").replace(path)


@pytest.mark.parametrize("take_away", [removed, moved, replaced])
def test_file_that_is_taken_away_while_it_is_open_is_neither_read_nor_written(take_away, path, key):
    store = open_store(path, clock=CLOCK, key=key)
    add_somebody(store)
    actor = store.practice()[1]
    take_away(path)
    with pytest.raises(StoreError, match="moved, removed or replaced while it was open"):
        add_somebody(store)
    with pytest.raises(StoreError, match="moved, removed or replaced"), store.reading(actor) as work:
        clients.all(work)
    there = path.read_bytes() if path.exists() else None
    store.close()
    assert (path.read_bytes() if path.exists() else None) == there


def test_file_that_is_moved_back_goes_on(path, key):
    store = open_store(path, clock=CLOCK, key=key)
    moved(path)
    with pytest.raises(StoreError, match="moved"):
        add_somebody(store)
    path.with_name("elsewhere.db").rename(path)
    add_somebody(store)
    store.close()
    assert people_in(path, key) == PEOPLE + 1


def left_by_a_crash(path: Path, key: DataKey | None, to: Path) -> Path:
    """A copy of what a program leaves that is killed before its log was taken into the file."""
    store = open_store(path, clock=CLOCK, key=key)
    add_somebody(store)
    to.mkdir()
    for each in path.parent.glob(f"{path.name}*"):
        if each.suffix != ".lock":
            shutil.copy(each, to)
    store.close()
    return to / path.name


def test_log_index_of_another_database_is_made_anew(path, key, tmp_path):
    left = left_by_a_crash(path, key, tmp_path / "left")
    left.with_name(f"{left.name}-shm").write_bytes(bytes(range(256)) * 128)
    assert people_in(left, key) == PEOPLE + 1


@pytest.mark.parametrize("log", [b"", bytes(range(256)) * 400], ids=["none", "rubbish"])
def test_without_its_log_a_file_opens_as_it_was_before(log, path, key, tmp_path):
    """That it is older than the one last seen is told at the door: see tests/unit/dashboard/test_door.py."""
    left = left_by_a_crash(path, key, tmp_path / "left")
    left.with_name(f"{left.name}-wal").write_bytes(log)
    assert people_in(left, key) == PEOPLE


@pytest.fixture
def left(tmp_path):
    """An encrypted file with its log, as a crash leaves them."""
    fill(tmp_path / "crashed.db", ENCRYPTED, people=PEOPLE)
    return left_by_a_crash(tmp_path / "crashed.db", ENCRYPTED, tmp_path / "left")


def log_of(path):
    return path.with_name(f"{path.name}-wal")


def opens_again_without_its_log(path):
    before, log = path.read_bytes(), log_of(path).read_bytes()
    with pytest.raises(UnusableDatabase, match=r"is whole by itself, and \S+-wal beside it is damaged or belongs"):
        people_in(path, ENCRYPTED)
    assert (path.read_bytes(), log_of(path).read_bytes()) == (before, log)
    log_of(path).unlink()
    return people_in(path, ENCRYPTED)


def test_log_of_another_database_is_never_taken_into_the_file(left, tmp_path):
    fill(tmp_path / "other.db", ANOTHER, people=40)
    other = left_by_a_crash(tmp_path / "other.db", ANOTHER, tmp_path / "of another")
    shutil.copy(log_of(other), log_of(left))
    assert opens_again_without_its_log(left) == PEOPLE


def test_log_of_a_later_state_is_never_taken_into_an_older_file(left, tmp_path):
    """Somebody puts a copy of some weeks ago in the place of the file, and the log of the crash still lies there."""
    shutil.copy(left, tmp_path / "weeks ago.db")
    people_in(left, ENCRYPTED)
    store = open_store(left, clock=CLOCK, key=ENCRYPTED)
    for _ in range(60):
        add_somebody(store)
    store.close()
    later = left_by_a_crash(left, ENCRYPTED, tmp_path / "later")
    shutil.copy(tmp_path / "weeks ago.db", later)
    assert opens_again_without_its_log(later) == PEOPLE


def test_file_and_log_that_are_both_damaged_are_damaged(left):
    content = bytearray(left.read_bytes())
    content[5_000] ^= 1
    left.write_bytes(content)
    with pytest.raises(DamagedDatabase, match="page 2 fails its check"):
        people_in(left, ENCRYPTED)
    assert left.read_bytes() == content


def test_folder_that_takes_no_locks_is_told_from_a_second_program(path, monkeypatch):
    def refuses(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(whole_files, "_lock", refuses)
    with pytest.raises(UnusableDatabase, match="takes no locks"):
        open_store(path, clock=CLOCK, key=ENCRYPTED)


@pytest.fixture
def shared_place(tmp_path) -> Iterator[Path]:
    """A folder that an account without rights can reach; a test's own folder is closed to it."""
    with tempfile.TemporaryDirectory(prefix="secure-base-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def said_without_rights(act: Callable[[], object]) -> str:
    """Run `act` in a child that is no administrator; the named error it ended with, or `done`."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that other threads are not in the child, which needs none of them
        child = os.fork()
    if child == 0:
        said = "something without a name"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            act()
            said = "done"
        except SecureBaseError as error:
            said = str(error)
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said_by_child:
        return said_by_child.read()


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "said"),
    [
        (0o700, 0o600, "done"),
        (0o700, 0o400, "can be read but not written to"),
        (0o500, 0o600, "can be read but not written to|cannot be opened for one program alone: Permission denied"),
        (0o500, 0o400, "can be read but not written to|cannot be opened for one program alone: Permission denied"),
        (0o700, 0o000, "cannot be made or read: Permission denied"),
    ],
)
def test_what_may_not_be_written_is_told_when_it_is_opened(folder_mode, file_mode, said, key, shared_place):
    folder = shared_place / "own"
    folder.mkdir()
    fill(folder / "practice.db", key, people=PEOPLE)
    (folder / "practice.db.lock").unlink(missing_ok=True)
    before = (folder / "practice.db").read_bytes()
    (folder / "practice.db").chmod(file_mode)
    folder.chmod(folder_mode)
    if os.geteuid() == 0:
        for each in (folder, folder / "practice.db"):
            os.chown(each, NOBODY, NOBODY)
    found = said_without_rights(lambda: open_store(folder / "practice.db", clock=CLOCK, key=key).close())
    folder.chmod(0o700)
    (folder / "practice.db").chmod(0o600)
    assert any(each in found for each in said.split("|")), found
    assert (folder / "practice.db").read_bytes() == before


def test_data_folder_that_may_not_be_written_refuses_the_start(shared_place):
    folder = shared_place / "own"
    folder.mkdir(mode=0o500)
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    said = said_without_rights(lambda: prepare_data_dir(folder))
    assert "cannot be written (Permission denied). Nothing was saved." in said
