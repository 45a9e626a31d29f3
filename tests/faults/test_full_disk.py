"""A disk that is really full: what the reserve beside the records is good for.

It needs the right to mount: `python3 run.py test tests/faults/test_full_disk.py -m faults`.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from core.errors import StoreError
from core.services.clients import add_client
from core.store import FixedClock
from core.store.free_space import LOW_BYTES, RESERVE_BYTES, has_reserve, space_warning
from core.store.reserve import keep_reserve
from dashboard import door as door_module
from dashboard.door import Door
from dashboard.opened import OpenPractice
from dashboard.settings import Settings
from tests.faults.every_write import fill_disk, small_disk
from tests.services.entries import details, form
from tests.store.encrypted import CHEAP
from tests.store.entries import NOON
from tests.unit.dashboard.test_door import DETAILS, PASSPHRASE

pytestmark = pytest.mark.faults
NAME = DETAILS.therapist
DISK_BYTES = LOW_BYTES + 3 * RESERVE_BYTES


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", size_bytes=DISK_BYTES) as made:
        yield made


@pytest.fixture
def door(disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """A locked practice on the small disk."""
    monkeypatch.setattr(door_module, "seen_path", lambda: tmp_path / "state" / "last-seen.json")
    monkeypatch.setattr(Door, "cost", CHEAP)
    made = Door(Settings(data_dir=disk / "data"), clock=FixedClock(NOON))
    made.set_up(DETAILS, PASSPHRASE)
    made.lock()
    yield made
    made.close()


def add(opened: OpenPractice, name: str) -> None:
    with opened.store.writing(opened.actor) as work:
        add_client(work, details(name), form())
        work.commit()


def save_until_refused(opened: OpenPractice) -> int:
    """How many clients could be added."""
    for saved in count():
        try:
            add(opened, f"Client {saved}")
        except StoreError as error:
            assert "The disk is full" in str(error)  # noqa: PT017 - the loop has to end with its count
            return saved
    raise AssertionError


def test_without_a_reserve_nobody_can_sign_in_on_a_full_disk(door: Door, disk: Path) -> None:
    ballast = fill_disk(disk, 0)
    with pytest.raises(StoreError, match="full"):
        door.unlock(NAME, PASSPHRASE)
    ballast.unlink()
    door.unlock(NAME, PASSPHRASE)


def test_with_a_reserve_sign_in_and_saves_go_on_and_it_is_made_again(door: Door, disk: Path) -> None:
    data = disk / "data"
    keep_reserve(data)
    ballast = fill_disk(disk, 0)
    assert "kept back" in (space_warning(data) or "")
    door.unlock(NAME, PASSPHRASE)
    assert not has_reserve(data)
    assert "no room is kept back" in (space_warning(data) or "")
    opened = door.open
    assert opened is not None
    saved = save_until_refused(opened)
    print(f"{saved} saves after the disk was full")
    assert saved >= 100
    keep_reserve(data)
    assert not has_reserve(data)
    ballast.unlink()
    keep_reserve(data)
    assert has_reserve(data)
    add(opened, "The last one")
    door.lock()
    door.unlock(NAME, PASSPHRASE)
    opened = door.open
    assert opened is not None
    assert opened.store.trail.check(opened.practice.id, opened.store.trail.head(opened.practice.id)).problems == ()
    assert opened.store.state().sound
