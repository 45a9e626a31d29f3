"""A save, a backup and a change of the passphrase while no file may grow past a limit: the old state or the new one.

The limit stands for a disk that fills at one write after another; every call by itself is tried by
`python -m tests.faults.every_write`, which needs more than each computer has.
"""

import pytest

from tests.faults.every_write import PAGE_BYTES, limited_files
from tests.faults.hurt_program import BACKUP, DONE, PASSPHRASE_CHANGE, SAVE
from tests.faults.practices import make_practice
from tests.store.encrypted import CHEAP

FULL = "StoreError: The disk is full or refuses to write. Nothing was saved; make room on it and save again."


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    return make_practice(tmp_path_factory.mktemp("every write") / "practice", cost=CHEAP)


def test_save_that_stops_at_a_page_of_the_log_saves_nothing_and_the_next_one_succeeds(practice, tmp_path):
    log_before = 12 * PAGE_BYTES
    hurts = list(limited_files(practice, tmp_path, SAVE, range(log_before, log_before + 20 * PAGE_BYTES, 12_000)))
    assert [each.outcome.wrong for each in hurts if each.outcome.wrong] == []
    assert {(each.outcome.said, each.outcome.state) for each in hurts} == {(FULL, "old"), (DONE, "new")}


@pytest.mark.parametrize(("act", "limits"), [(BACKUP, (0, 40_000, 200_000)), (PASSPHRASE_CHANGE, (0, 700))])
def test_backup_and_key_file_that_are_cut_short_leave_what_was_there(practice, act, limits, tmp_path):
    hurts = list(limited_files(practice, tmp_path, act, limits))
    assert [each.outcome.wrong for each in hurts if each.outcome.wrong] == []
    assert {each.outcome.state for each in hurts} == {"old"}
    assert all(each.outcome.said.startswith("StoreError: ") for each in hurts)
