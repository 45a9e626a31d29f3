"""Drafts change, signed notes never do: not through the store, and not by plain SQL."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from core.errors import AlreadySigned, Conflict, InvalidInput, NotFound, StoreError
from core.model.definitions import StatementKind
from core.model.notes import NoteContent, PlacedStatement, Statement
from core.model.records import RecordKind, RecordRef
from core.store import clients, notes, sessions
from core.store.keys import change_row
from core.store.record_tables import note as note_table
from tests.store.entries import client_details, note_content, request, session_details

HASH = "0" * 64


@pytest.fixture
def session(client, writing):
    with writing() as work:
        added = sessions.add(work, client.id, session_details(), request())
        work.commit()
    return added


@pytest.fixture
def draft(client, session, writing):
    with writing() as work:
        started = notes.start(work, client.id, session.id, note_content(), request())
        work.commit()
    return started


@pytest.fixture
def signed(draft, writing):
    with writing() as work:
        done = notes.sign(work, draft.id, draft.revision, HASH)
        notes.add_addendum(work, draft.id, "One more thing", "It was left out", request())
        work.commit()
    return done


def test_content_comes_back_word_for_word(client, session, writing, reading):
    ref = RecordRef(kind=RecordKind.CHECK_IN, number=41, version=2, id=uuid4())
    statement = Statement(key="anxiety", kind=next(iter(StatementKind)), text="Anxiety 4 “of 10”.", refs=(ref, ref))
    content = NoteContent(
        template="dap",
        statements=(PlacedStatement(section="data", statement=statement),),
        words={"plan": "Line one\nline two\t🦊", "data": " =cmd <script> "},
    )
    with writing() as work:
        started = notes.start(work, client.id, session.id, content, request())
        work.commit()
    with reading() as work:
        assert notes.get(work, started.id) == started
    assert started.content == content
    assert (started.number, started.revision, started.signature, started.addenda) == (1, 1, None, ())


def test_draft_is_saved_by_revision(draft, writing):
    with writing() as work:
        saved = notes.save_draft(work, draft.id, note_content("More."), draft.revision)
        assert notes.get(work, draft.id) == saved
        with pytest.raises(Conflict, match="another window"):
            notes.save_draft(work, draft.id, note_content("Stale."), draft.revision)
        with pytest.raises(Conflict, match="another window"):
            notes.sign(work, draft.id, draft.revision, HASH)
    assert (saved.revision, dict(saved.content.words)) == (2, {"subjective": "More."})


def test_signing_keeps_name_time_and_hash(draft, clock, writing):
    with writing() as work:
        signed = notes.sign(work, draft.id, draft.revision, HASH)
    assert (signed.signature.name, signed.signature.signed_at) == ("Dr One", clock.now())
    assert (signed.signature.content_hash, signed.content) == (HASH, draft.content)


def test_signed_note_refuses_every_change(signed, writing):
    with writing() as work:
        for attempt in (
            lambda: notes.save_draft(work, signed.id, note_content("New"), signed.revision),
            lambda: notes.sign(work, signed.id, signed.revision, HASH),
            lambda: notes.discard(work, signed.id, signed.revision),
        ):
            with pytest.raises(AlreadySigned, match="addendum"):
                attempt()


def test_the_triggers_refusal_has_a_name(signed, writing):
    with writing() as work, pytest.raises(AlreadySigned):
        change_row(work, note_table, signed.id, revision=signed.revision, values={"content": "{}"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE note SET content = '{}'",
        "UPDATE note SET signed_at = NULL, signed_by = NULL, signed_name = NULL, content_hash = NULL",
        "UPDATE note SET revision = revision",
        "DELETE FROM note",
        "UPDATE addendum SET words = 'other'",
        "DELETE FROM addendum",
    ],
)
def test_signed_note_stays_whatever_sql_says(statement, signed, raw, reading):
    with reading() as work:
        before = notes.get(work, signed.id)
    with pytest.raises(DBAPIError, match="guard"):
        raw(statement)
    with reading() as work:
        assert notes.get(work, signed.id) == before
    assert len(before.addenda) == 1


def test_addendum_stands_under_a_signed_note(draft, signed, client, writing):
    form = request()
    with writing() as work:
        added = notes.add_addendum(work, draft.id, "And this", "Asked for", form)
        assert notes.add_addendum(work, draft.id, "And this", "Asked for", form) == added
        found = notes.get(work, draft.id)
    assert [each.words for each in found.addenda] == ["One more thing", "And this"]
    assert (found.addenda[1], added.written_by, added.reason) == (added, "Dr One", "Asked for")


def test_addendum_under_a_draft_is_refused(draft, writing):
    with writing() as work, pytest.raises(Conflict, match="still a draft"):
        notes.add_addendum(work, draft.id, "Words", "Reason", request())


@pytest.mark.parametrize(("words", "reason"), [("", "Reason"), (" ", "Reason"), ("Words", ""), ("a\x00", "Reason")])
def test_addendum_needs_words_and_reason(words, reason, signed, writing):
    with writing() as work, pytest.raises(InvalidInput):
        notes.add_addendum(work, signed.id, words, reason, request())


def test_discarded_draft_is_kept_out_of_sight(draft, client, writing, raw):
    with writing() as work:
        with pytest.raises(Conflict):
            notes.discard(work, draft.id, 7)
        notes.discard(work, draft.id, draft.revision)
        assert notes.of_client(work, client.id) == notes.drafts(work) == ()
        with pytest.raises(NotFound):
            notes.save_draft(work, draft.id, note_content(), 2)
        work.commit()
    assert raw("SELECT count(*) FROM note WHERE content LIKE '%Own words.%'")[0][0] == 1


def test_notes_stand_newest_first(client, session, draft, signed, writing):
    with writing() as work:
        second = notes.start(work, client.id, session.id, note_content("Second"), request())
        assert [each.number for each in notes.of_client(work, client.id)] == [2, 1]
        assert notes.drafts(work) == (second,)


def test_same_start_twice_is_one_note(client, session, writing):
    form = request()
    with writing() as work:
        first = notes.start(work, client.id, session.id, note_content(), form)
        assert notes.start(work, client.id, session.id, note_content("Other"), form) == first
        assert notes.of_client(work, client.id) == (first,)


def test_note_needs_a_session_of_its_own_client(session, writing):
    with writing() as work:
        other = clients.add(work, client_details("Zoë"), request())
        with pytest.raises(NotFound):
            notes.start(work, other.id, session.id, note_content(), request())


@pytest.mark.parametrize("content_hash", ["", "abc"])
def test_signature_without_a_whole_hash_is_refused(content_hash, draft, writing):
    with writing() as work, pytest.raises((InvalidInput, StoreError)):
        notes.sign(work, draft.id, draft.revision, content_hash)
