"""The file of the synthetic practice is made when missing, kept, or made anew, and never at anybody's cost."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from core.catalogue import Catalogue
from core.errors import UnusableDatabase
from core.model.people import Actor, ClientDetails
from core.services.clients import add_client, list_clients
from core.services.practices import practice_details, set_up_practice
from core.store import FixedClock, Store, SystemClock, open_store
from sample_data.practice import SYNTHETIC_FILE, make_synthetic_practice, open_synthetic_practice
from sample_data.timetable import ZONE

TODAY = date(2026, 5, 21)
NOON = datetime(2026, 5, 21, 11, tzinfo=UTC)
NEW_CLIENT = ClientDetails(name="Somebody new", started_on=TODAY)


def opened(path: Path, catalogue: Catalogue, today: date) -> list[str]:
    """What was said while the practice was opened and closed again on `today`."""
    said: list[str] = []
    open_synthetic_practice(path, catalogue, today, say=said.append).close()
    return said


def made_on(path: Path) -> date:
    store = open_store(path, clock=FixedClock(NOON))
    found = store.practice()
    store.close()
    assert found is not None
    return found[0].made_on


def actor_of(store: Store) -> Actor:
    found = store.practice()
    assert found is not None
    return found[1]


def ids_in(path: Path) -> list[str]:
    store = open_store(path, clock=FixedClock(NOON))
    with store.reading(actor_of(store)) as work:
        found = [str(client.id) for client in list_clients(work)]
    store.close()
    return found


def test_second_start_on_the_same_day_keeps_the_file(made_file: Path, catalogue: Catalogue) -> None:
    before = made_file.read_bytes()

    assert opened(made_file, catalogue, TODAY) == []
    assert made_file.read_bytes() == before


def test_untouched_file_of_an_earlier_day_is_made_anew_after_saying_so(made_file: Path, catalogue: Catalogue) -> None:
    said = opened(made_file, catalogue, TODAY + timedelta(days=3))

    assert said == [
        "The synthetic practice was made on 21 May 2026 and nothing was recorded in it since. "
        "It is made anew for 24 May 2026."
    ]
    assert made_on(made_file) == date(2026, 5, 24)
    assert [beside.name for beside in made_file.parent.iterdir()] == [SYNTHETIC_FILE]


def test_it_is_said_before_the_old_file_goes(made_file: Path, catalogue: Catalogue) -> None:
    seen: list[date] = []

    later = TODAY + timedelta(days=1)
    open_synthetic_practice(made_file, catalogue, later, say=lambda _: seen.append(made_on(made_file))).close()

    assert seen == [TODAY]


def test_file_in_which_something_was_recorded_is_kept(made_file: Path, catalogue: Catalogue) -> None:
    store = open_synthetic_practice(made_file, catalogue, TODAY)
    with store.writing(actor_of(store)) as work:
        add_client(work, NEW_CLIENT, uuid4())
        work.commit()
    store.close()

    assert opened(made_file, catalogue, TODAY + timedelta(days=30)) == []
    assert made_on(made_file) == TODAY
    assert len(ids_in(made_file)) == 13


def test_half_made_file_of_an_interrupted_start_is_never_used(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / SYNTHETIC_FILE
    half = tmp_path / "synthetic.making.db"
    half.write_bytes(b"half of something")
    (tmp_path / "synthetic.making.db-wal").write_bytes(b"and its log")

    opened(path, catalogue, TODAY)

    assert len(ids_in(path)) == 12
    assert not half.exists()


def test_log_left_beside_the_old_file_is_not_read_into_the_new_one(made_file: Path, catalogue: Catalogue) -> None:
    log_file = made_file.with_name(made_file.name + "-wal")
    store = open_store(made_file, clock=FixedClock(NOON))
    with store.writing(actor_of(store)) as work:
        add_client(work, NEW_CLIENT, uuid4())
        work.commit()
    log = log_file.read_bytes()
    store.close()
    log_file.write_bytes(log)

    make_synthetic_practice(made_file, catalogue, TODAY)

    assert len(ids_in(made_file)) == 12


def test_folder_in_the_way_of_the_new_file_is_named_and_the_old_file_kept(
    made_file: Path, catalogue: Catalogue
) -> None:
    (made_file.parent / "synthetic.making.db").mkdir()

    with pytest.raises(UnusableDatabase, match="could not be put at"):
        opened(made_file, catalogue, TODAY + timedelta(days=1))

    assert made_on(made_file) == TODAY


def test_real_practice_in_its_place_is_refused_and_kept(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / SYNTHETIC_FILE
    store = open_store(path, clock=FixedClock(NOON))
    set_up_practice(store, practice_details("A practice", "Dr One", ZONE))
    store.close()

    with pytest.raises(UnusableDatabase, match="holds no synthetic practice"):
        opened(path, catalogue, TODAY)

    assert made_on(path) == NOON.date()


def test_empty_file_in_its_place_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / SYNTHETIC_FILE
    path.touch()

    with pytest.raises(UnusableDatabase):
        opened(path, catalogue, TODAY)

    assert path.stat().st_size == 0


def test_without_a_day_the_practice_is_as_of_the_real_one(tmp_path: Path, catalogue: Catalogue) -> None:
    store = open_synthetic_practice(tmp_path / SYNTHETIC_FILE, catalogue)
    with store.reading(actor_of(store)) as work:
        real = work.local_day(SystemClock().now())
        assert work.today == real
    found = store.practice()
    store.close()

    assert found is not None
    assert found[0].made_on == real


def test_two_makings_of_one_day_hold_the_same_records(made_file: Path, catalogue: Catalogue) -> None:
    again = made_file.with_name("again.db")
    make_synthetic_practice(again, catalogue, TODAY)

    assert ids_in(again) == ids_in(made_file)
