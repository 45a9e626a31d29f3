"""One actor, one transaction, rolled back unless committed, seen by one practice only."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from core.errors import Conflict, NotAllowed, NotFound, StoreError
from core.model.access import Role
from core.model.audit import Action
from core.model.people import Actor, PracticeDetails
from core.store import audit, check_ins, clients, events, notes, responses, sessions
from tests.store.entries import DAY, client_details, full_check_in, gad7, note_content, request, session_details


def test_before_set_up_there_is_no_practice(store):
    assert store.practice() is None


def test_set_up_makes_practice_and_therapist(store):
    details = PracticeDetails(name="A practice", therapist="Dr Ä", zone="Pacific/Auckland")
    made, actor = store.set_up(details, synthetic=True)
    assert store.practice() == (made, actor)
    assert (made.details, made.synthetic, actor.name) == (details, True, "Dr Ä")
    assert made.made_on == date(2026, 5, 21)


def test_set_up_a_second_time_is_refused(store, actor):
    with pytest.raises(Conflict, match="already"):
        store.set_up(PracticeDetails(name="Again", therapist="Dr Two", zone="UTC"), synthetic=False)
    practice, still = store.practice()
    assert (practice.details.name, still) == ("Practice One", actor)


def test_leaving_without_commit_saves_nothing(writing, reading):
    with writing() as work:
        clients.add(work, client_details(), request())
    with reading() as work:
        assert clients.all(work) == ()
        assert [entry.action for entry in audit.all(work)] == [Action.SET_UP]


def test_an_error_inside_saves_nothing(writing, reading):
    def save_and_stumble():
        with writing() as work:
            clients.add(work, client_details(), request())
            clients.get(work, uuid4())

    with pytest.raises(NotFound):
        save_and_stumble()
    with reading() as work:
        assert clients.all(work) == ()


def test_commit_keeps_what_was_written(writing, reading):
    with writing() as work:
        added = clients.add(work, client_details(), request())
        work.commit()
    with reading() as work:
        assert clients.all(work) == (added,)


def test_after_commit_it_is_over(writing):
    with writing() as work:
        work.commit()
        with pytest.raises(StoreError, match="over"):
            clients.all(work)
        with pytest.raises(StoreError, match="over"):
            work.commit()


def test_after_its_block_it_is_over(reading):
    with reading() as work:
        pass
    with pytest.raises(StoreError, match="over"):
        clients.all(work)


def test_reading_unit_refuses_to_write(reading):
    with reading() as work, pytest.raises(StoreError, match="reading only"):
        clients.add(work, client_details(), request())
    with reading() as work, pytest.raises(StoreError, match="reading only"):
        work.commit()


def test_reading_connection_refuses_to_write_too(store, reading, client):
    with reading() as work:
        work._writes = True
        with pytest.raises(StoreError, match="not written"):
            clients.move_start_level(work, client.id, DAY)


def test_a_reader_sees_one_moment(store, actor, client, writing):
    with store.reading(actor) as work:
        assert len(clients.all(work)) == 1
        with writing() as other:
            clients.add(other, client_details("Later"), request())
            other.commit()
        assert len(clients.all(work)) == 1
    with store.reading(actor) as work:
        assert len(clients.all(work)) == 2


def test_stranger_is_not_let_in(store, actor):
    stranger = Actor(id=uuid4(), practice_id=actor.practice_id, name="Nobody", role=Role.OWNER)
    for open_unit in (store.reading, store.writing):
        with pytest.raises(NotAllowed), open_unit(stranger):
            pass


def test_therapist_of_another_practice_is_not_let_in(store, actor, other_practice):
    mixed = Actor(id=actor.id, practice_id=other_practice.practice_id, name=actor.name, role=actor.role)
    with pytest.raises(NotAllowed), store.reading(mixed):
        pass


def test_second_practice_sees_nothing(store, client, writing, other_practice):
    with writing() as work:
        kept = check_ins.add(work, client.id, full_check_in(), request())
        response = responses.add(work, client.id, gad7(), request())
        session = sessions.add(work, client.id, session_details(), request())
        note = notes.start(work, client.id, session.id, note_content(), request())
        work.commit()
    with store.reading(other_practice) as work:
        assert clients.all(work) == clients.find(work, "ana") == ()
        assert sessions.on_day(work, DAY) == sessions.of_client(work, client.id) == ()
        assert events.of_client(work, client.id) == notes.of_client(work, client.id) == notes.drafts(work) == ()
        assert check_ins.of_client(work, client.id) == responses.of_client(work, client.id) == ()
        assert check_ins.recent(work, date(2000, 1, 1)) == {}
        assert responses.safety_reviews(work, client.id) == audit.all(work) == ()
        for get, hidden in [
            (clients.get, client.id),
            (sessions.get, session.id),
            (check_ins.get, kept.ref.id),
            (check_ins.history, kept.ref.id),
            (responses.get, response.ref.id),
            (notes.get, note.id),
        ]:
            with pytest.raises(NotFound):
                get(work, hidden)


def test_second_practice_changes_nothing(store, client, other_practice):
    with store.writing(other_practice) as work:
        for attempt in (
            lambda: clients.edit(work, client.id, client_details("Taken"), client.revision),
            lambda: clients.close(work, client.id, DAY, client.revision),
            lambda: clients.move_start_level(work, client.id, DAY),
            lambda: check_ins.add(work, client.id, full_check_in(), request()),
            lambda: sessions.add(work, client.id, session_details(), request()),
        ):
            with pytest.raises(NotFound):
                attempt()


def test_the_day_is_the_practices_own(store, clock, reading):
    clock.move_to(datetime(2026, 5, 21, 21, 30, tzinfo=UTC))
    with reading() as work:
        assert work.today == date(2026, 5, 21)
        clock.move_to(datetime(2026, 5, 21, 22, 30, tzinfo=UTC))
        assert work.today == date(2026, 5, 22)
        assert work.now == datetime(2026, 5, 21, 22, 30, tzinfo=UTC)


def test_a_late_entry_belongs_to_its_local_day(clock, client, writing, reading):
    clock.move_to(datetime(2026, 1, 31, 22, 30, tzinfo=UTC))
    with writing() as work:
        saved = check_ins.add(work, client.id, full_check_in(), request())
        work.commit()
    with reading() as work:
        again = check_ins.get(work, saved.ref.id)
    assert again.recorded_on == date(2026, 1, 31)
    assert again.recorded_at == datetime(2026, 1, 31, 22, 30, tzinfo=UTC)
    assert again.recorded_at.tzinfo is UTC


def test_every_write_leaves_its_line(clock, client, writing, reading):
    with writing() as work:
        saved = check_ins.add(work, client.id, full_check_in(), request())
        check_ins.withdraw(work, saved.ref, "Undo")
        clients.edit(work, client.id, client_details("Anna M."), client.revision)
        work.commit()
    with reading() as work:
        trail = audit.all(work)
    assert [entry.sequence for entry in trail] == [1, 2, 3, 4, 5]
    assert [entry.action for entry in trail] == [
        Action.SET_UP,
        Action.ADD,
        Action.ADD,
        Action.WITHDRAW,
        Action.CHANGE,
    ]
    assert [(entry.record_id, entry.version) for entry in trail[2:]] == [
        (saved.ref.id, 1),
        (saved.ref.id, 2),
        (client.id, 2),
    ]


def test_a_rolled_back_write_leaves_no_gap(client, writing, reading):
    with writing() as work:
        clients.add(work, client_details("Lost"), request())
    with writing() as work:
        clients.add(work, client_details("Kept"), request())
        work.commit()
    with reading() as work:
        assert [entry.sequence for entry in audit.all(work)] == [1, 2, 3]
