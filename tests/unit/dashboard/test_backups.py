"""The daily backup: made by itself while the practice is open, once a day, tried again later, ended by locking."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from core.errors import NotAllowed, StoreError
from core.model.audit import Action
from core.store import FixedClock, audit
from core.store.key_file import key_path_of
from dashboard import door as door_module
from dashboard.backups import AGAIN_AFTER, NOT_NOTED, DailyBackups
from dashboard.door import Door
from dashboard.opened import OpenPractice
from dashboard.settings import Settings
from tests.store.encrypted import CHEAP, no_line_in_the_trail
from tests.store.entries import NOON
from tests.unit.dashboard.test_door import DETAILS, PASSPHRASE


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def door(tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(door_module, "seen_path", lambda: tmp_path / "state" / "last-seen.json")
    monkeypatch.setattr(Door, "cost", CHEAP)
    made = Door(Settings(data_dir=tmp_path / "data"), clock=clock)
    yield made
    made.close()


@pytest.fixture
def daily(door: Door) -> DailyBackups:
    return DailyBackups(door)


@pytest.fixture
def opened(door: Door, daily: DailyBackups) -> OpenPractice:
    door.set_up(DETAILS, PASSPHRASE)
    assert door.open is not None
    return door.open


def in_folder(daily: DailyBackups) -> int:
    state = daily.state()
    assert state is not None
    return len(state.taken)


def test_one_is_made_each_day_and_only_one(daily: DailyBackups, opened: OpenPractice, clock: FixedClock) -> None:
    made = []
    for hours in (0, 1, 11, 24, 30, 72):
        clock.move_to(NOON + timedelta(hours=hours))
        made.append(daily.take_if_due(opened))
    assert made == [True, False, False, True, False, True]  # after 11 hours it is 23:00 in Berlin
    assert in_folder(daily) == 3


def test_thread_makes_it_without_being_asked_and_locking_ends_it(
    door: Door, daily: DailyBackups, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Event()
    taken = daily.take_if_due

    def told(opened: OpenPractice) -> bool:
        made = taken(opened)
        done.set()
        return made

    monkeypatch.setattr(daily, "take_if_due", told)
    monkeypatch.setattr(daily, "first_after_seconds", 0.01)
    door.set_up(DETAILS, PASSPHRASE)
    assert done.wait(30)
    assert in_folder(daily) == 1
    thread = daily._thread
    door.lock()
    assert thread is not None
    assert not thread.is_alive()
    assert daily.state() is None


def test_failure_is_told_and_tried_again_after_a_while(
    daily: DailyBackups, opened: OpenPractice, clock: FixedClock, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "data" / "backups"
    in_the_way.write_text("a file")
    with pytest.raises(StoreError):
        daily.take_if_due(opened)
    assert daily.problem.startswith("The last backup did not succeed. ")
    in_the_way.unlink()
    assert not daily.take_if_due(opened)
    clock.move_to(NOON + AGAIN_AFTER)
    assert daily.take_if_due(opened)
    assert daily.problem == ""


def test_backup_without_its_line_is_no_failure_and_the_line_comes_as_soon_as_it_can(
    door: Door, daily: DailyBackups, opened: OpenPractice
) -> None:
    path, key = opened.store._encrypted_file()
    with no_line_in_the_trail(path, key):
        assert daily.take_if_due(opened)
        daily.note_made(opened)
        assert (daily.problem, daily.warning) == ("", NOT_NOTED)
        state = daily.state()
        assert state is not None
        assert (state.problem, len(state.taken)) == (NOT_NOTED, 1)
    daily.note_made(opened)
    assert daily.warning is None
    assert not daily.take_if_due(opened)
    with opened.store.reading(opened.actor) as work:
        assert [line.detail for line in audit.all(work) if line.action is Action.BACK_UP] == [
            "daily, written down later"
        ]


def test_folder_that_cannot_be_written_is_refused_when_it_is_chosen(
    daily: DailyBackups, opened: OpenPractice, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="a file, where a folder was expected"):
        daily.choose_folder(str(tmp_path / "file"), seen=0)
    daily.choose_folder(f"  {tmp_path / 'stick'} ", seen=0)
    daily.back_up_now()
    assert len(list((tmp_path / "stick").glob("*.db"))) == 1


def test_each_backup_has_its_key_file_with_the_trail_s_end_in_it(daily: DailyBackups, opened: OpenPractice) -> None:
    daily.back_up_now()
    state = daily.state()
    assert state is not None
    [database] = state.folder.glob("*.db")
    assert "audit head" in key_path_of(database).read_text()


def test_nothing_is_made_while_locked(daily: DailyBackups, opened: OpenPractice, door: Door) -> None:
    door.lock()
    with pytest.raises(NotAllowed):
        daily.back_up_now()
