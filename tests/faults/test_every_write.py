"""A save, a backup and a change of the passphrase while no file may grow past a limit: the old state or the new one.

The limit stands for a disk that fills at one write after another; every call by itself is tried by
`python -m tests.faults.every_write`, which needs more than each computer has.
"""

import pytest

from tests.faults.every_write import (
    CALLS,
    FROM_THEN_ON,
    ONCE,
    PAGE_BYTES,
    failing_calls,
    full_disks,
    limited_files,
    small_disk,
)
from tests.faults.hurt_program import ACTS, BACKUP, DONE, PASSPHRASE_CHANGE, SAVE, Outcome
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


@pytest.mark.parametrize(
    ("said", "state", "next_said", "problems"),
    [
        (DONE, "old", DONE, ()),
        (DONE, "in part", DONE, ()),
        (FULL, "neither", DONE, ()),
        ("", "old", DONE, ()),
        (FULL, "old", FULL, ()),
        (FULL, "old", DONE, ("a check_in without its line",)),
    ],
)
def test_what_must_not_be_would_be_counted(said, state, next_said, problems):
    assert Outcome(said=said, state=state, next_said=next_said, problems=problems).wrong
    assert not Outcome(said=FULL, state="old", next_said=DONE, problems=()).wrong


@pytest.mark.faults
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("act", ACTS)
def test_every_call_that_fails_leaves_the_old_or_the_new_state(practice, act, call, tmp_path):
    for when in (ONCE, FROM_THEN_ON):
        hurts = failing_calls(practice, tmp_path, act, call, when)
        assert [(each.at, each.outcome.wrong) for each in hurts if each.outcome.wrong] == []


@pytest.mark.faults
@pytest.mark.parametrize("act", ACTS)
def test_disk_that_fills_at_every_page_leaves_the_old_or_the_new_state(practice, act, tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        hurts = list(full_disks(practice, disk, act))
    assert hurts
    assert [(each.at, each.outcome.wrong) for each in hurts if each.outcome.wrong] == []
