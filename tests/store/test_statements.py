"""What one client costs the database: its own rows and no others, and no more statements than are needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite
from sqlalchemy.event import listens_for, remove

from core.store import FixedClock, Store, check_ins, clients, open_store, profiles
from core.store.check_ins import CHECK_INS
from core.store.responses import RESPONSES
from core.store.versioned import Wanted, reading
from tests.store.entries import DAY, NOON, client_details, full_check_in, goals, request, short_check_in


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that writing units of work run meanwhile, but for the beginning of the transaction."""
    seen: list[str] = []
    engine = store._backend.writer

    @listens_for(engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_others):
        seen.append(statement)

    yield seen
    remove(engine, "before_cursor_execute", note)
    seen[:] = [statement for statement in seen if not statement.startswith("BEGIN")]


@pytest.mark.parametrize("wanted", [Wanted.OF_CLIENT, Wanted.SINCE, Wanted.NEWEST, Wanted.HISTORY])
@pytest.mark.parametrize("kind", [CHECK_INS, RESPONSES], ids=["check-ins", "responses"])
def test_child_rows_are_found_by_their_record_and_not_among_all_of_the_practice(tmp_path: Path, kind, wanted):
    store = open_store(tmp_path / "practice.db", clock=FixedClock(NOON))
    with store._backend.reader.connect() as connection:
        compiled = reading(kind, wanted).versions.compile(dialect=sqlite.dialect())
        blanks = tuple("" for _ in compiled.positiontup)
        plan = [row.detail for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", blanks)]
    for part in kind.parts:
        (step,) = (line for line in plan if line.startswith(f"SEARCH {part.table.name} "))
        assert f"(practice_id=? AND {part.key}=? AND version=?)" in step
    assert not [line for line in plan if "SCAN" in line or "TEMP B-TREE FOR ORDER BY" in line]
    store.close()


def test_a_short_check_in_is_saved_in_six_statements_and_a_full_one_in_eight(store, actor, client):
    for content, most in ((short_check_in(), 6), (full_check_in(), 8)):
        with counted(store) as statements, store.writing(actor) as work:
            check_ins.add(work, client.id, content, request())
            work.commit()
        locks = [statement for statement in statements if "FOR NO KEY UPDATE" in statement or "advisory" in statement]
        assert len(statements) - len(locks) <= most, statements


def test_child_rows_of_a_corrected_check_in_are_those_of_its_version(client, writing):
    with writing() as work:
        first = check_ins.add(work, client.id, full_check_in(), request())
        second = check_ins.add_version(work, first.ref, short_check_in(), "typed wrongly")
        third = check_ins.add_version(work, second.ref, full_check_in(), "it was right")
        work.commit()
    with writing() as work:
        every = check_ins.history(work, first.ref.id)
        assert [each.content for each in every] == [full_check_in(), short_check_in(), full_check_in()]
        assert check_ins.at_version(work, first.ref.id, 2).content == short_check_in()
        assert check_ins.get(work, first.ref.id) == third
        assert check_ins.of_client(work, client.id) == (third,)
        assert check_ins.recent(work, DAY) == {client.id: (third,)}


def test_lists_and_profile_agree_with_every_version(client, writing):
    with writing() as work:
        first = profiles.save(work, client.id, goals("Sleep"), seen=0, held_from=DAY)
        second = profiles.save(work, client.id, goals("Sleep", "Trust"), seen=1, held_from=DAY)
        other = clients.add(work, client_details("Zoe"), request())
        profiles.save(work, other.id, goals("Work"), seen=0, held_from=DAY)
        work.commit()
    with writing() as work:
        assert profiles.versions(work, client.id) == (first, second)
        assert profiles.profile(work, client.id).blocks == {second.content.kind: second}
