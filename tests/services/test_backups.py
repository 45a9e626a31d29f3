"""Backups as a service: where they go, when one is due, and the line that each leaves in the trail."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import Conflict, InvalidInput, StoreError
from core.model.audit import Action
from core.services import backups
from core.store import FixedClock, audit, open_store
from core.store.backup import check
from tests.store.encrypted import no_line_in_the_trail, practice_with_key
from tests.store.entries import NOON

DAY = timedelta(days=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "practice.db"


@pytest.fixture
def opened(path: Path):
    key, _ = practice_with_key(path, people=2)
    store = open_store(path, clock=FixedClock(NOON), key=key)
    yield store, store.practice()[1]
    store.close()


def choose(opened, folder: str, seen: int = 0) -> None:
    store, actor = opened
    with store.writing(actor) as work:
        backups.choose_folder(work, folder, seen=seen)
        work.commit()


def state(opened, path: Path):
    store, actor = opened
    with store.reading(actor) as work:
        return backups.backup_state(work, path)


def lines(opened) -> list[str | None]:
    store, actor = opened
    with store.reading(actor) as work:
        return [entry.detail for entry in audit.all(work) if entry.action is Action.BACK_UP]


def test_usual_folder_is_beside_the_database_and_said_to_share_its_disk(opened, path):
    found = state(opened, path)
    assert (found.folder, found.same_disk, found.last, found.version) == (path.parent / "backups", True, None, 0)


def test_backup_is_told_with_its_time_and_stands_in_the_trail_once(opened, path):
    made = backups.back_up(*opened, path.parent / "backups", how=backups.DAILY)
    assert state(opened, path).last == made.backup.taken_at == NOON
    assert made.noted
    assert lines(opened) == ["daily"]


def test_chosen_folder_is_kept_and_an_empty_one_is_the_usual_again(opened, path, tmp_path):
    choose(opened, str(tmp_path / "stick"))
    assert (state(opened, path).folder, state(opened, path).version) == (tmp_path / "stick", 1)
    choose(opened, "", seen=1)
    assert (state(opened, path).folder, state(opened, path).version) == (path.parent / "backups", 2)
    with pytest.raises(Conflict):
        choose(opened, str(tmp_path), seen=1)


@pytest.mark.parametrize("folder", ["backups", "../backups", "/" + "x" * 1_000, "/with\0nul"])
def test_folder_that_is_no_whole_path_is_refused(opened, folder):
    with pytest.raises(InvalidInput):
        choose(opened, folder)


def test_failed_backup_says_why_and_stands_in_the_trail(opened, path, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError):
        backups.back_up(*opened, tmp_path / "file", how=backups.DAILY)
    assert lines(opened) == ["not made"]
    assert state(opened, path).last is None


def test_backup_that_the_trail_cannot_tell_of_is_made_all_the_same(opened, path):
    key = opened[0]._encrypted_file()[1]
    with no_line_in_the_trail(path, key):
        made = backups.back_up(*opened, path.parent / "backups", how=backups.DAILY)
    assert (made.noted, lines(opened)) == (False, [])
    assert state(opened, path).last == made.backup.taken_at
    assert check(made.backup.path, key).rows["client"] == 2
    assert backups.note_backup(*opened, backups.DAILY)
    assert lines(opened) == ["daily"]


def test_one_is_due_on_each_day_of_the_practice_s_own_zone():
    late = datetime(2026, 5, 21, 22, 30, tzinfo=UTC)  # past midnight in Berlin
    assert backups.is_due((), late.date(), "Europe/Berlin")
    assert not backups.is_due((late,), late.date() + DAY, "Europe/Berlin")
    assert backups.is_due((late,), late.date(), "Europe/Berlin")


def test_backup_from_a_clock_that_was_ahead_puts_none_off():
    assert backups.is_due((NOON + 900 * DAY,), NOON.date(), "Europe/Berlin")
