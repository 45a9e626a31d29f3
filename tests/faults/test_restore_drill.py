"""The restore drill: five years of a practice, a backup, everything wiped, and all of it back by the paper alone."""

import shutil
import time
from pathlib import Path

import pytest

from core.catalogue import load_catalogue
from core.services import backups
from core.services.exports import practice_files
from core.store import FixedClock
from dashboard import door as door_module
from dashboard.door import Door
from dashboard.opened import OpenPractice
from dashboard.server import restore_command
from dashboard.settings import Settings
from tests.bench.measure import NOON
from tests.faults.five_years import CLIENTS, write_five_years
from tests.store.encrypted import CHEAP
from tests.unit.dashboard.test_door import DETAILS, NEW, PASSPHRASE

CATALOGUE = load_catalogue()


def exported(opened: OpenPractice | None) -> dict[str, bytes]:
    assert opened is not None
    with opened.store.reading(opened.actor) as work:
        return practice_files(work, CATALOGUE)


def test_five_years_come_back_byte_for_byte_with_only_the_recovery_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Door, "cost", CHEAP)
    monkeypatch.setattr(door_module, "seen_path", lambda: tmp_path / "first computer" / "last-seen.json")
    door = Door(Settings(data_dir=tmp_path / "data"), clock=FixedClock(NOON))
    code = door.set_up(DETAILS, PASSPHRASE)
    assert door.open is not None
    write_five_years(door.open.store, door.open.actor, CATALOGUE)
    before = exported(door.open)
    made = backups.back_up(door.open.store, door.open.actor, tmp_path / "stick", how=backups.BY_HAND).backup
    door.close()
    shutil.rmtree(tmp_path / "data")

    monkeypatch.setattr(door_module, "seen_path", lambda: tmp_path / "second computer" / "last-seen.json")
    answers, begun = iter(("", code)), time.monotonic()
    to = tmp_path / "new" / "practice.db"
    arguments = [str(made.path), "--to", str(to)]
    assert restore_command.main(arguments, lambda _: next(answers), clock=FixedClock(NOON), cost=CHEAP) == 0
    again = Door(Settings(data_dir=to.parent), clock=FixedClock(NOON))
    again.unlock_with_code(code, NEW)
    minutes = (time.monotonic() - begun) / 60
    after = exported(again.open)
    again.close()

    assert after == before
    assert len(before) == 2 + 2 * CLIENTS
    with capsys.disabled():
        size = made.size_bytes / 1e6
        print(f"\nRestore drill: {CLIENTS} clients, five years, {size:.1f} MB: back in {minutes:.2f} minutes.")
