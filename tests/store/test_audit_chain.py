"""The audit trail is a chain: what is written, in how many statements, under which key, and what stands outside."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, select

from core.errors import AlreadySigned, Conflict, NotAllowed, SettingsError, StoreError, UnusableDatabase
from core.model.audit import Action, TrailHead
from core.model.calendar import EventDetails
from core.model.people import PracticeDetails
from core.services import audit_trail
from core.services.audit_trail import head_problems, keep_head, looked_at, looked_lately, open_trail, who_looked
from core.store import AuditKey, DataKey, SeededIds, audit, clients, events, notes, open_store, sessions, tables
from core.store import responses as response_store
from core.store.audit_key_file import make_audit_key, read_audit_key
from core.store.chain import START, link
from core.store.check_ins import add as add_check_in
from core.store.clock import ClockWatch, FixedClock
from core.store.conversion import encrypt_file
from core.store.head_places import HeadFile, KeyFileHead
from core.store.keys import change_rows
from core.store.row_hashes import COVERED, uncovered
from tests.store.encrypted import ENCRYPTED, OWNER, audit_key, fill, keys_at, practice_with_key
from tests.store.entries import DAY, NOON, client_details, full_check_in, gad7, note_content, request, session_details


@pytest.fixture
def check(store, actor):
    """The problems that a check of the whole trail finds."""
    return lambda kept=None: store.trail.check(actor.practice_id, kept).problems


def add_event(work, client_id, words="Moved house"):
    return events.add(work, client_id, EventDetails(day=DAY, words=words), request())


def test_every_table_is_sealed_or_says_why_not():
    assert uncovered() == []


def test_everything_that_is_written_fits_its_seal(store, writing, client, check):
    with writing() as work:
        add_check_in(work, client.id, full_check_in(), request())
        response_store.add(work, client.id, gad7(), request())
        session = sessions.add(work, client.id, session_details(), request())
        note = notes.start(work, client.id, session.id, note_content(), request())
        event_made = add_event(work, client.id)
        work.commit()
    with writing() as work:
        notes.sign(work, note.id, note.revision, "a" * 64)
        events.remove(work, event_made.id)
        clients.move_start_level(work, client.id, DAY)
        clients.edit(work, client.id, client_details("Anna M."), client.revision)
        work.commit()
    assert check() == ()


def test_each_line_is_sealed_with_the_one_before(store, actor, client, writing, raw):
    with writing() as work:
        add_event(work, client.id)
        work.commit()
    key = store._tools.audit_key
    with store._backend.reader.connect() as connection:
        rows = connection.execute(select(tables.audit).order_by(tables.audit.c.sequence)).all()
    before = START
    for row in rows:
        before = link(key, before, actor.practice_id, row._asdict())
        assert row.seal == before.hex()
    assert len(rows) == 3


def test_a_save_runs_at_most_one_statement_more_than_without_a_chain(store, writing, client):
    """Today's own: one read of the last number and one insert for each line; the server's lock comes on top."""
    seen: list[str] = []

    def note_statement(connection, cursor, statement, parameters, context, many):
        seen.append(statement)

    event.listen(store._backend.writer, "before_cursor_execute", note_statement)
    with writing() as work:
        add_check_in(work, client.id, full_check_in(), request())
        add_event(work, client.id)
        work.commit()
    event.remove(store._backend.writer, "before_cursor_execute", note_statement)
    about_trail = [each for each in seen if "audit" in each or "advisory" in each]
    assert len([each for each in about_trail if "INSERT" in each]) == 1
    assert len(about_trail) <= 3


def test_a_record_without_a_line_is_not_saved(writing, client, check):
    with writing() as work:
        change_rows(work, tables.client, tables.client.c.id == client.id, values={"pronouns": "they"})
        with pytest.raises(StoreError, match="without its line"):
            work.commit()
    assert check() == ()


def test_record_that_was_changed_past_the_program_is_named_by_its_client_s_code(store, writing, client, check, raw):
    with writing() as work:
        session = sessions.add(work, client.id, session_details(), request())
        notes.start(work, client.id, session.id, note_content(), request())
        work.commit()
    raw("UPDATE note SET number = 99")
    (problem,) = check()
    assert "A note" in problem
    assert client.code in problem


def test_key_never_shows_itself_and_is_forgotten_with_the_store(database_url, store, writing, client):
    key = store._tools.audit_key
    assert repr(key) == "AuditKey(hidden)"
    store.close()
    if key.is_secret:
        with pytest.raises(StoreError, match="locked"):
            key.seal(b"")


def test_a_server_without_an_audit_key_is_not_written_to(postgresql_url):
    clock = FixedClock(NOON)
    with_key = open_store(postgresql_url, clock=clock, ids=SeededIds(1), audit_key=audit_key())
    _, actor = with_key.set_up(PracticeDetails(name="P", therapist="T", zone="UTC"), synthetic=False)
    with_key.close()
    without = open_store(postgresql_url, clock=clock)
    with pytest.raises(StoreError, match="SECURE_BASE_AUDIT_KEY"), without.writing(actor):
        pass
    with without.reading(actor) as work:
        assert len(audit.all(work)) == 1
    without.close()


def test_a_server_is_not_opened_with_another_audit_key(postgresql_url):
    clock = FixedClock(NOON)
    with_key = open_store(postgresql_url, clock=clock, audit_key=audit_key())
    with_key.set_up(PracticeDetails(name="P", therapist="T", zone="UTC"), synthetic=False)
    with_key.close()
    with pytest.raises(UnusableDatabase, match="another audit key"):
        open_store(postgresql_url, clock=clock, audit_key=AuditKey(bytes(range(9, 41))))
    open_store(postgresql_url, clock=clock, audit_key=audit_key()).close()


def test_a_readable_file_is_sealed_anew_once_it_is_encrypted(tmp_path):
    path = tmp_path / "practice.db"
    fill(path, None, people=3)
    key, _ = keys_at(path).make(OWNER, "river candle seven moth plank")
    encrypt_file(path, key)
    store = open_store(path, clock=FixedClock(NOON), key=key)
    practice, actor = store.practice()
    report = store.trail.check(practice.id, None)
    assert (report.problems, report.sealed) == ((), True)
    with store.reading(actor) as work:
        assert audit.all(work)[-1].action is Action.SEAL
    store.close()
    again = open_store(path, clock=FixedClock(NOON), key=key)
    assert again.trail.head(practice.id).sequence == report.lines
    again.close()


def test_a_look_is_one_line_for_a_quarter_of_an_hour(store, actor, clock, client):
    def look(screen):
        with store.writing(actor) as work:
            looked_at(work, client.id, screen)
            work.commit()

    for minutes, screen in ((0, "review"), (5, "review"), (6, "notes"), (14, "review"), (16, "review")):
        clock.move_to(NOON + timedelta(minutes=minutes))
        look(screen)
    with store.reading(actor) as work:
        looks = [each for each in audit.all(work) if each.action is Action.LOOK]
        assert [(each.detail, (each.at - NOON).seconds // 60) for each in looks] == [
            ("review", 0),
            ("notes", 6),
            ("review", 16),
        ]
        assert looked_lately(work, client.id, "review")
        assert not looked_lately(work, client.id, "profile")
        review, written = who_looked(work, client.id)
    assert (review.screen, written.screen) == ("review", "notes")
    assert review.person == actor.name
    assert (review.first_at, review.last_at) == (NOON, NOON + timedelta(minutes=16))


def test_looks_of_more_than_ninety_days_ago_are_not_shown(store, actor, clock, client):
    with store.writing(actor) as work:
        looked_at(work, client.id, "review")
        work.commit()
    clock.move_to(NOON + timedelta(days=91))
    with store.reading(actor) as work:
        assert who_looked(work, client.id) == ()


def test_a_refusal_has_a_line_of_its_own_after_the_rollback(store, actor, writing, client, check):
    with writing() as work:
        session = sessions.add(work, client.id, session_details(), request())
        note = notes.start(work, client.id, session.id, note_content(), request())
        signed = notes.sign(work, note.id, note.revision, "a" * 64)
        work.commit()

    def change_what_is_signed():
        with writing() as work:
            add_event(work, client.id)
            notes.save_draft(work, note.id, note_content(), signed.revision)

    def do_what_is_not_allowed():
        with store.reading(actor):
            raise NotAllowed("No.")

    with pytest.raises(AlreadySigned):
        change_what_is_signed()
    with pytest.raises(NotAllowed):
        do_what_is_not_allowed()
    with store.reading(actor) as work:
        assert [(each.action, each.detail) for each in audit.all(work)[-2:]] == [
            (Action.REFUSED, "AlreadySigned"),
            (Action.REFUSED, "NotAllowed"),
        ]
        assert events.of_client(work, client.id) == ()
    assert check() == ()


def test_a_clock_that_was_set_back_is_written_down_once_and_said(store, actor, clock, writing, client, check):
    clock.move_to(NOON + timedelta(hours=5))
    with writing() as work:
        add_event(work, client.id)
        work.commit()
    clock.move_to(NOON + timedelta(hours=2))
    with store.reading(actor) as work:
        assert "stands before what was recorded last" in audit_trail.clock_problem(work)
    for _ in range(2):
        with writing() as work:
            add_event(work, client.id)
            work.commit()
    with store.reading(actor) as work:
        jumps = [each for each in audit.all(work) if each.action is Action.CLOCK_SET_BACK]
        assert [each.detail for each in jumps] == [str(3 * 3600)]
        assert "set back by 3 hours" in audit_trail.clock_problem(work)
    clock.move_to(NOON + timedelta(days=2))
    with store.reading(actor) as work:
        assert audit_trail.clock_problem(work) is None
    assert check() == ()


def test_two_minutes_back_are_no_jump(store, actor, clock, writing, client):
    clock.move_to(NOON - timedelta(minutes=2))
    with writing() as work:
        add_event(work, client.id)
        work.commit()
    with store.reading(actor) as work:
        assert Action.CLOCK_SET_BACK not in {each.action for each in audit.all(work)}


def test_watch_sees_a_jump_that_the_trail_cannot_show():
    clock, seconds = FixedClock(NOON), [100.0]
    watch = ClockWatch(clock, steady=lambda: seconds[0])
    seconds[0] += 600
    clock.move_to(NOON + timedelta(minutes=5))
    assert watch.set_back() == timedelta(minutes=5)
    watch.begin_anew()
    clock.move_to(NOON + timedelta(hours=9))  # the computer slept
    assert watch.set_back() == timedelta()
    clock.move_to(NOON + timedelta(hours=8))
    assert watch.set_back() == timedelta(hours=1)


def test_head_kept_in_the_key_file_finds_a_cut_tail(tmp_path):
    path = tmp_path / "practice.db"
    key, _ = practice_with_key(path, people=2)
    clock = FixedClock(NOON)
    store = open_store(path, clock=clock, key=key)
    practice, actor = store.practice()
    place = KeyFileHead(keys_at(path), key)
    assert head_problems(store, practice.id, place) == ()
    assert open_trail(store, actor, place, clock) == ()
    for minutes in (0, 2):
        clock.move_to(NOON + timedelta(minutes=minutes))
        with store.writing(actor) as work:
            clients.add(work, client_details("Somebody"), request())
            work.commit()
    assert audit_trail.kept_head(practice.id, place) == store.trail.head(practice.id)
    keep_head(store, practice.id, place)
    store.close()
    cut = open_store(path, clock=clock, key=key)
    with cut._backend.writer.begin() as connection:
        cut._backend.drop_guards(connection)
        connection.exec_driver_sql("DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)")
        cut._backend.make_guards(connection)
    (problem,) = open_trail(cut, actor, place, clock)
    assert "cut off" in problem
    report = audit_trail.check_trail(cut, practice.id, place)
    assert len(report.noticed) == 1
    assert any("stands in no line" in each for each in report.problems)
    cut.close()


def test_another_practices_head_says_nothing(store, actor, tmp_path):
    place = HeadFile(tmp_path / "key.head", audit_key())
    keep_head(store, actor.practice_id, place)
    assert head_problems(store, actor.practice_id, place) == ()
    assert audit_trail.kept_head(UUID(int=7), place) is None


def test_head_file_that_was_changed_is_refused(store, actor, tmp_path):
    path = tmp_path / "key.head"
    place = HeadFile(path, audit_key())
    assert place.kept() is None
    keep_head(store, actor.practice_id, place)
    path.write_bytes(path.read_bytes().replace(b'"sequence": 1', b'"sequence": 9'))
    with pytest.raises(StoreError, match="changed outside"):
        place.kept()


def test_audit_key_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "audit.key"
    make_audit_key(path)
    key = read_audit_key(path)
    assert key.seal(b"x") == read_audit_key(path).seal(b"x")
    with pytest.raises(Conflict):
        make_audit_key(path)
    path.chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        read_audit_key(path)
    path.chmod(0o600)
    path.write_text("short")
    with pytest.raises(SettingsError, match="does not hold"):
        read_audit_key(path)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_audit_key(tmp_path / "missing")
    assert read_audit_key(None) is None


def test_key_of_an_encrypted_file_is_its_own():
    other = DataKey(bytes(range(3, 35)))
    seals = {AuditKey.of(key).seal(b"x") for key in (ENCRYPTED, other, None)}
    assert len(seals) == 3
    assert ENCRYPTED.raw() not in seals


def test_sealed_names_are_those_of_the_tables():
    for name, covered in COVERED.items():
        columns = set(covered.table.columns.keys())
        assert name == covered.table.name
        assert {*covered.key, *covered.left_out} <= columns


def test_lines_carry_no_words_of_the_record(store, actor, writing, client):
    with writing() as work:
        add_event(work, client.id, "Quetzalcoatl moved in")
        work.commit()
    with store._backend.reader.connect() as connection:
        rows = connection.exec_driver_sql("SELECT record_seals, detail FROM audit").all()
    assert "Quetzalcoatl" not in str(rows)
    table, key, seal = json.loads(rows[-1][0])[0]
    assert (table, len(key), len(seal)) == ("event", 32, 64)


def test_a_head_that_stands_before_the_end_is_no_problem(store, actor, writing, client, check):
    head = store.trail.head(actor.practice_id)
    with writing() as work:
        add_event(work, client.id)
        work.commit()
    assert check(head) == ()
    assert "another than" in check(TrailHead(sequence=head.sequence, seal="0" * 64))[0]
