"""A disk that is full or nearly so: told on every screen, and a save that it refuses loses nothing that was typed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from core.model.people import Client
from core.store import free_space
from dashboard.runtime import Workplace
from tests.screens.test_check_in import Open, group, press, stored

MEGABYTE = 1_000_000
LONG_NOTE = "😴" * 2_000  # more bytes than a page has


def warnings_on(at: object) -> list[str]:
    return [each.value for each in at.warning]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("megabytes", "said"), [(250, ""), (150, "make room soon"), (20, "make room now")])
@pytest.mark.parametrize("screen", ["learn", "settings"])
def test_every_screen_says_that_the_disk_is_nearly_full(
    open_page: Open, practice: object, monkeypatch: pytest.MonkeyPatch, screen: str, megabytes: int, said: str
) -> None:
    free = megabytes * MEGABYTE
    monkeypatch.setattr(free_space.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(free, 0, free))
    told = warnings_on(open_page(screen))
    assert [f"{megabytes} MB are left" in each and said in each for each in told] == ([True] if said else [])


def test_save_on_a_full_disk_is_refused_and_what_was_typed_stays(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("check_in", client.id)
    group(at, "Anxiety, average").set_value(7)
    note = next(each for each in at.text_area if each.label == "Note")
    note.input(LONG_NOTE)
    at.run()
    with only_pages_that_are_there(practice):
        press(at, "Save check-in")
    assert ["The disk is full" in each.value for each in at.error] == [True]
    assert next(each for each in at.text_area if each.label == "Note").value == LONG_NOTE
    assert stored(practice, client.id) == ()
    press(at, "Save check-in")
    assert [each.content.note for each in stored(practice, client.id)] == [LONG_NOTE]


@contextmanager
def only_pages_that_are_there(practice: Workplace) -> Iterator[None]:
    """Let the database file take no further page, as on a disk without room, until the end of the block."""
    most = [1]

    def limit(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {most[0]}")  # at least what is there

    event.listen(practice.store._backend.writer, "checkout", limit)
    yield
    most[0] = 1_000_000
