"""A program killed in the middle of saves by eight writers loses nothing it confirmed and saves nothing by halves."""

from contextlib import closing

import pytest

from core.store import DataKey
from core.store.sqlite import connect
from tests.faults.killed_writers import look, saves_of
from tests.faults.killing import LONG, database_kills, server_kills, summary, writer_kills
from tests.faults.practices import half_saves, make_practice
from tests.store.encrypted import CHEAP

SHORT, SHORT_OF_SERVER = 3, 1


@pytest.fixture(params=["encrypted", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request):
    """The address of a database, `None` for an encrypted file."""
    return request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None


def nothing_is_lost(left):
    assert [(each.missing, each.half, each.problems) for each in left] == [([], [], [])] * len(left), summary(left)
    assert sum(each.confirmed for each in left) >= len(left)


@pytest.mark.parametrize("times", [SHORT, pytest.param(LONG, marks=pytest.mark.faults)])
def test_eight_writing_threads_killed_lose_nothing(times, url, tmp_path):
    nothing_is_lost(list(writer_kills(tmp_path, times, url=url, cost=CHEAP)))


@pytest.mark.parametrize("times", [SHORT_OF_SERVER, pytest.param(LONG, marks=pytest.mark.faults)])
def test_server_killed_under_eight_windows_loses_nothing(times, tmp_path):
    nothing_is_lost(list(server_kills(tmp_path, times)))


@pytest.mark.faults
@pytest.mark.postgresql
def test_server_killed_over_postgresql_loses_nothing(postgresql_url, tmp_path):
    nothing_is_lost(list(server_kills(tmp_path, LONG, url=postgresql_url)))


@pytest.mark.faults
@pytest.mark.postgresql
def test_postgresql_server_killed_under_eight_threads_loses_nothing(tmp_path):
    nothing_is_lost(list(database_kills(tmp_path, LONG)))


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)", "a event without its line"),
        ("DELETE FROM event", "a line without its event"),
        ("DELETE FROM check_in_version WHERE version = 2", "rows of episode without their version"),
    ],
)
def test_half_save_would_be_counted(harm, found, tmp_path):
    practice = make_practice(tmp_path, cost=CHEAP)
    with practice.opened() as store, store.writing(practice.actor) as work:
        for act in saves_of(practice, (0, 0, 0)).values():
            act(work)
        work.commit()
    with closing(connect(practice.path, key=DataKey(practice.key), foreign_keys=False)) as past_the_store:
        for (name,) in past_the_store.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            past_the_store.execute(f"DROP TRIGGER {name}")
        past_the_store.execute(harm)
    with practice.opened() as store:
        with store.reading(practice.actor) as work:
            assert found in half_saves(work)
        assert practice.problems(store) != []


def test_save_that_is_missing_would_be_counted(tmp_path):
    practice = make_practice(tmp_path, cost=CHEAP)
    with practice.opened() as store:
        with store.writing(practice.actor) as work:
            for act in saves_of(practice, (0, 0, 0)).values():
                act(work)
            work.commit()
        with store.reading(practice.actor) as work:
            told = {"check-in 0 0", "correction 0 0", "event 0 0", "response 0 1"}
            left = look(work, practice, 0, told)
    assert (left.missing, left.unsaid, left.half) == (["response 0 1"], 1, [])
