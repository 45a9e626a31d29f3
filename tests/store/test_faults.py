"""What a database refuses becomes a named error, the same on both."""

from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread
from uuid import uuid4

import pytest
from sqlalchemy import insert, text
from sqlalchemy.event import listens_for

from core.errors import BusyDatabase, Conflict, InvalidInput, NotFound, SecureBaseError, StoreError
from core.model.audit import Action
from core.model.calendar import EventDetails
from core.model.people import Actor
from core.store import Store, audit, check_ins, clients, events, responses
from core.store.keys import add_row
from core.store.record_tables import check_in, check_in_version, episode
from core.store.tables import client as client_table
from core.store.tables import event, partner_status, session
from core.store.unit_of_work import write
from tests.store.entries import (
    DAY,
    client_details,
    full_check_in,
    gad7,
    on_files,
    on_postgresql,
    request,
    short_check_in,
)

UNSTORABLE = ["a\x00b", "a\ud800b", "\udfff"]


@pytest.mark.parametrize("words", UNSTORABLE)
def test_unstorable_text_is_refused_before_any_sql(words, client, writing):
    """The nouns refuse it first; here is what stands behind them."""
    row = {"id": uuid4(), "client_id": client.id, "number": 1, "day": DAY, "withdrawn": False}
    with writing() as work, pytest.raises(InvalidInput, match="cannot be stored"):
        add_row(work, event, row | {"words": words, "request_id": request()})
    with writing() as work, pytest.raises(InvalidInput, match="cannot be stored"):
        responses.add(work, client.id, replace(gad7(), questionnaire=words), request())


@pytest.mark.parametrize("number", [2**31, -(2**31), 2**63, 2**70])
def test_number_too_large_is_refused_alike(number, client, writing):
    with writing() as work, pytest.raises(InvalidInput, match="larger than can be stored"):
        clients.edit(work, client.id, client_details(), number)
    with writing() as work, pytest.raises(InvalidInput, match="larger than can be stored"):
        responses.add(work, client.id, gad7(item1=number), request())


def test_after_a_refusal_nothing_more_is_saved(client, writing, reading):
    with writing() as work:
        clients.add(work, client_details("Before"), request())
        with pytest.raises(Conflict):
            add_row(work, client_table, _with_the_code_of(client))
        for attempt in (work.commit, lambda: clients.all(work)):
            with pytest.raises(StoreError, match="Begin it anew"):
                attempt()
    with reading() as work:
        assert clients.all(work) == (client,)


def test_numbers_at_the_edge_are_stored(client, writing):
    with writing() as work:
        saved = responses.add(work, client.id, gad7(item1=2**31 - 1), request())
        assert responses.get(work, saved.ref.id).content.answers[1] == 2**31 - 1


def version_row(client_id, record_id, **values):
    row = {
        "id": record_id,
        "version": 1,
        "client_id": client_id,
        "recorded_at": datetime(2026, 5, 21, tzinfo=UTC),
        "recorded_on": DAY,
        "withdrawn": False,
        "period_end": DAY,
        "period_days": 7,
        "source": "message",
        "note": "canary",
    }
    return row | values


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"period_days": 0}, "ck_check_in_version_period_days"),
        ({"period_days": 32}, "ck_check_in_version_period_days"),
        ({"anxiety_average": 11}, "ck_check_in_version_anxiety_average"),
        ({"anxiety_average": -1}, "ck_check_in_version_anxiety_average"),
        ({"anxiety_average": 5, "anxiety_peak": 4}, "ck_check_in_version_average_within_peak"),
        ({"reassurance_count": 301}, "ck_check_in_version_reassurance_count"),
        ({"cd_mind_reading": -1}, "ck_check_in_version_cd_mind_reading"),
        ({"ws_checking": "maybe"}, "ck_check_in_version_ws_checking"),
        ({"source": "hearsay"}, "ck_check_in_version_source"),
        ({"source": None}, "source"),
    ],
)
def test_values_out_of_range_are_refused_by_name(values, constraint, actor, client, writing):
    with writing() as work:
        saved = check_ins.add(work, client.id, short_check_in(), request())
        row = version_row(client.id, saved.ref.id, version=2, recorded_by=actor.id)
        with pytest.raises(InvalidInput, match=constraint) as refused:
            add_row(work, check_in_version, row | values)
    assert "canary" not in str(refused.value)
    assert refused.value.__cause__ is refused.value.__context__ is None


def test_the_same_version_twice_is_a_conflict(actor, client, writing):
    with writing() as work:
        saved = check_ins.add(work, client.id, short_check_in(), request())
        with pytest.raises(Conflict, match="another window") as refused:
            add_row(work, check_in_version, version_row(client.id, saved.ref.id, recorded_by=actor.id))
    assert refused.value.__cause__ is refused.value.__context__ is None


def head_row(client_id, number, **values):
    return {"id": uuid4(), "client_id": client_id, "number": number, "request_id": request()} | values


def test_broken_keys_have_names(client, writing):
    form = request()

    def refused(table, row, error, match):
        with writing() as work:
            add_row(work, check_in, head_row(client.id, 1, request_id=form))
            with pytest.raises(error, match=match):
                add_row(work, table, row)

    refused(check_in, head_row(client.id, 1), Conflict, "same moment")
    refused(check_in, head_row(client.id, 2, request_id=form), Conflict, "saved already")
    refused(check_in, head_row(uuid4(), 1), NotFound, "belongs to")
    refused(partner_status, {"client_id": uuid4(), "since": DAY, "status": "partner"}, NotFound, "belongs to")
    refused(episode, {"check_in_id": uuid4(), "version": 1, "place": 1}, NotFound, "belongs to")
    refused(client_table, _with_the_code_of(client), Conflict, "another window")


def _with_the_code_of(client):
    row = {"id": uuid4(), "code": client.code, "name": "B", "name_key": "b", "started_on": DAY, "revision": 1}
    return row | {"request_id": request()}


def test_a_version_cannot_change_clients(actor, client, writing):
    with writing() as work:
        saved = check_ins.add(work, client.id, short_check_in(), request())
        other = clients.add(work, client_details("Zoë"), request())
        row = version_row(other.id, saved.ref.id, version=2, recorded_by=actor.id)
        with pytest.raises(NotFound):
            add_row(work, check_in_version, row)


def test_two_people_of_two_practices_cannot_be_tied(client, writing, other_practice):
    with writing() as work, pytest.raises(NotFound):
        write(
            work,
            insert(session).values(
                practice_id=other_practice.practice_id,
                id=uuid4(),
                client_id=client.id,
                number=1,
                revision=1,
                day=DAY,
                minutes=50,
                status="planned",
                request_id=request(),
            ),
        )


def test_a_locked_database_is_busy(store: Store, actor: Actor, client):
    """The other writer holds on for longer than we wait; the wait is shortened for the test."""

    on_a_file = store._backend.writer.dialect.name == "sqlite"

    @listens_for(store._backend.writer, "checkout")
    def wait_briefly(connection, record, proxy):
        if on_a_file:
            connection.execute("PRAGMA busy_timeout = 50")
        else:
            connection.execute("SET lock_timeout = '50ms'")
            connection.commit()

    with store.writing(actor) as holding:
        clients.add(holding, client_details("Holding"), request())
        with pytest.raises(BusyDatabase, match="Nothing was saved"), store.writing(actor):
            pass
        holding.commit()
    with store.reading(actor) as work:
        assert len(clients.all(work)) == 2


@on_files
def test_a_full_disk_saves_nothing_and_says_so(client, writing, reading):
    def save_until_full():
        with writing() as work:
            work._connection.exec_driver_sql("PRAGMA max_page_count = 1")
            for _ in range(2_000):
                events.add(work, client.id, EventDetails(day=DAY, words="x" * 80), request())

    with pytest.raises(StoreError, match="disk is full"):
        save_until_full()
    with reading() as work:
        assert events.of_client(work, client.id) == ()
        assert [entry.action for entry in audit.all(work)] == [Action.SET_UP, Action.ADD, Action.FAILED]


@on_postgresql
def test_a_lost_server_is_named(store, actor, postgresql_admin):
    with store.writing(actor) as work:
        database = work._connection.engine.url.database
        with postgresql_admin.connect() as admin:
            admin.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": database}
            )
        with pytest.raises(StoreError, match="cannot be reached"):
            clients.all(work)
    with store.reading(actor) as work:
        assert clients.all(work) == ()


def test_twenty_writers_at_once_all_save(store, actor, client):
    failures: list[SecureBaseError] = []

    def save() -> None:
        for _ in range(10):  # so few that none waits as long as a save may
            try:
                with store.writing(actor) as work:
                    events.add(work, client.id, EventDetails(day=DAY, words="Moved house"), request())
                    work.commit()
            except SecureBaseError as error:
                failures.append(error)

    threads = [Thread(target=save) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.reading(actor) as work:
        numbers = [each.number for each in events.of_client(work, client.id)]
        trail = [entry.sequence for entry in audit.all(work)]
    assert failures == []
    assert numbers == list(range(1, 201))
    assert trail == list(range(1, 203))


def test_the_same_form_from_two_windows_is_saved_once(store, actor, client):
    form, saved = request(), []

    def save() -> None:
        with store.writing(actor) as work:
            saved.append(check_ins.add(work, client.id, full_check_in(), form))
            work.commit()

    threads = [Thread(target=save) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(saved) == 8
    assert len({each.ref for each in saved}) == 1


def test_two_corrections_at_once_give_one_version(store, actor, client):
    with store.writing(actor) as work:
        first = check_ins.add(work, client.id, short_check_in(), request())
        work.commit()
    outcomes: list[str] = []

    def correct(anxiety: int) -> None:
        try:
            with store.writing(actor) as work:
                check_ins.add_version(work, first.ref, short_check_in(anxiety=anxiety), "A reason")
                work.commit()
            outcomes.append("saved")
        except Conflict:
            outcomes.append("conflict")

    threads = [Thread(target=correct, args=(anxiety,)) for anxiety in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict"] * 5 + ["saved"]
