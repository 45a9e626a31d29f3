"""The file: made whole, told apart from others, and left as it is when it is not ours."""

import sqlite3
from pathlib import Path

import pytest

from core.errors import UnusableDatabase
from core.model.people import PracticeDetails
from core.store import FixedClock, clients, open_store
from core.store.sqlite_file import APPLICATION_ID, make
from tests.store.entries import NOON, client_details, request

CLOCK = FixedClock(NOON)


def filled_file(path: Path) -> Path:
    store = open_store(path, clock=CLOCK)
    _, actor = store.set_up(PracticeDetails(name="P", therapist="T", zone="UTC"), synthetic=False)
    with store.writing(actor) as work:
        for number in range(50):
            clients.add(work, client_details(f"Client {number}"), request())
        work.commit()
    store.close()
    return path


def refuse(path: Path, match: str) -> None:
    """Opening is refused, and nothing in the folder was changed by it."""
    before = contents(path.parent)
    with pytest.raises(UnusableDatabase, match=match) as refused:
        open_store(path, clock=CLOCK)
    assert contents(path.parent) == before
    assert refused.value.__cause__ is refused.value.__context__ is None


def contents(folder: Path) -> dict[str, bytes | None]:
    return {file.name: file.read_bytes() if file.is_file() else None for file in folder.iterdir()}


def test_where_nothing_is_a_file_is_made(tmp_path):
    store = open_store(tmp_path / "new" / "deeper" / "p.db", clock=CLOCK)
    store.close()
    made = tmp_path / "new" / "deeper"
    assert [file.name for file in made.iterdir()] == ["p.db"]
    assert (made / "p.db").stat().st_mode & 0o777 == 0o600
    assert made.stat().st_mode & 0o777 == 0o700


def test_opened_again_everything_is_there(tmp_path):
    path = filled_file(tmp_path / "p.db")
    store = open_store(path, clock=CLOCK)
    practice, actor = store.practice()
    with store.reading(actor) as work:
        assert len(clients.all(work)) == 50
    assert practice.details.name == "P"
    store.close()
    assert [file.name for file in tmp_path.iterdir()] == ["p.db"]


@pytest.mark.parametrize("prefix", ["", "sqlite:///"])
def test_path_and_url_open_the_same_file(prefix, tmp_path):
    path = filled_file(tmp_path / "a b%.db")
    store = open_store(prefix + (str(path).replace("%", "%25") if prefix else str(path)), clock=CLOCK)
    assert store.practice() is not None
    assert store.location_label == str(path)
    store.close()


def test_url_with_a_relative_path_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusableDatabase, match="absolute"):
        open_store("sqlite:///p.db", clock=CLOCK)
    assert list(tmp_path.iterdir()) == []


def test_state_tells_how_the_file_is(tmp_path):
    path = filled_file(tmp_path / "p.db")
    store = open_store(path, clock=CLOCK)
    state = store.state()
    store.close()
    assert (state.location, state.dialect, state.sound) == (str(path), "sqlite", True)
    assert state.size_bytes == path.stat().st_size
    assert state.revision


def test_zero_byte_file_is_refused(tmp_path):
    (tmp_path / "p.db").touch()
    refuse(tmp_path / "p.db", "empty")


def test_folder_is_refused(tmp_path):
    (tmp_path / "p.db").mkdir()
    refuse(tmp_path / "p.db", "folder")


def test_other_file_is_refused(tmp_path):
    (tmp_path / "p.db").write_text("name,score\nAna,7\n" * 100)
    refuse(tmp_path / "p.db", "not a database")


def test_database_of_another_program_is_refused(tmp_path):
    connection = sqlite3.connect(tmp_path / "p.db")
    connection.execute("CREATE TABLE client (id INTEGER)")
    connection.close()
    refuse(tmp_path / "p.db", "another program")


@pytest.mark.parametrize("keep", [50, 99, 100, 4_096, -4_096, -1])
def test_truncated_file_is_refused(keep, tmp_path):
    path = filled_file(tmp_path / "p.db")
    path.write_bytes(path.read_bytes()[:keep])
    refuse(path, "cut short")


def test_damaged_beginning_is_refused(tmp_path):
    path = filled_file(tmp_path / "p.db")
    path.write_bytes(b"\0" * 16 + path.read_bytes()[16:])
    refuse(path, "not a database")


def test_damaged_pages_are_refused_or_found(tmp_path):
    path = filled_file(tmp_path / "p.db")
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 3_996 + whole[4_096:])
    with pytest.raises(UnusableDatabase, match="damaged"):
        open_store(path, clock=CLOCK)


def test_damage_further_in_is_found_by_state(tmp_path):
    path = filled_file(tmp_path / "p.db")
    whole = path.read_bytes()
    path.write_bytes(whole[:-8_192] + b"\xff" * 8_192)
    store = open_store(path, clock=CLOCK)
    assert not store.state().sound
    store.close()


def test_file_of_a_newer_version_is_refused(tmp_path):
    path = filled_file(tmp_path / "p.db")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE secure_base_revision SET version_num = '9999'")
    connection.commit()
    connection.close()
    refuse(path, "newer version")


def test_link_to_nothing_is_refused(tmp_path):
    (tmp_path / "p.db").symlink_to(tmp_path / "gone.db")
    with pytest.raises(UnusableDatabase, match="nowhere"):
        open_store(tmp_path / "p.db", clock=CLOCK)
    assert not (tmp_path / "gone.db").exists()


def test_leftover_log_without_its_file_is_refused(tmp_path):
    (tmp_path / "p.db-wal").write_bytes(b"part of a database")
    refuse(tmp_path / "p.db", "is missing")


def test_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnusableDatabase, match="cannot be made"):
        open_store(tmp_path / "file" / "p.db", clock=CLOCK)


def test_file_is_marked_as_ours(tmp_path):
    path = filled_file(tmp_path / "p.db")
    assert int.from_bytes(path.read_bytes()[68:72], "big") == APPLICATION_ID


def test_file_left_by_a_killed_program_opens(tmp_path):
    """A copy of file and log taken while the program runs is what a killed program leaves."""
    path = tmp_path / "running" / "p.db"
    store = open_store(path, clock=CLOCK)
    store.set_up(PracticeDetails(name="P", therapist="T", zone="UTC"), synthetic=False)
    left = tmp_path / "left"
    left.mkdir()
    for name in ("p.db", "p.db-wal"):
        (left / name).write_bytes((path.parent / name).read_bytes())
    store.close()
    again = open_store(left / "p.db", clock=CLOCK)
    assert again.practice() is not None
    again.close()


def test_file_left_in_the_middle_of_tidying_up_opens(tmp_path):
    """The first page, with the new size in it, was taken over from the log; the pages after it were not yet."""
    path = tmp_path / "running" / "p.db"
    store = open_store(path, clock=CLOCK)
    _, actor = store.set_up(PracticeDetails(name="P", therapist="T", zone="UTC"), synthetic=False)
    with store.writing(actor) as work:
        for number in range(200):
            clients.add(work, client_details(f"Client {number}"), request())
        work.commit()
    left = tmp_path / "left"
    left.mkdir()
    for name in ("p.db", "p.db-wal"):
        (left / name).write_bytes((path.parent / name).read_bytes())
    store.close()
    (left / "p.db").write_bytes(path.read_bytes()[:4_096] + (left / "p.db").read_bytes()[4_096:])
    assert (left / "p.db").stat().st_size < path.stat().st_size
    again = open_store(left / "p.db", clock=CLOCK)
    with again.reading(actor) as work:
        assert len(clients.all(work)) == 200
    again.close()


def test_two_programs_making_the_file_at_once_make_one(tmp_path):
    """Both find nothing; the second to finish leaves the first one's file alone."""
    path = filled_file(tmp_path / "p.db")
    before = path.read_bytes()
    make(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["p.db"]
