"""Rows that never change: plain SQL on a connection without our settings is refused as well."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.errors import AlreadySigned, StoreError
from core.model.responses import SafetyAction, SafetyReviewDetails
from core.store import care, check_ins, notes, practice_blocks, profiles, responses, sessions
from core.store.backend import guarded
from core.store.guards import GUARDED, SIGNED
from tests.store.entries import (
    DAY,
    entered_ecr,
    full_check_in,
    gad7,
    goals,
    note_content,
    numbers_for_all,
    on_postgresql,
    on_sqlite,
    request,
    session_details,
)

TABLES = [table.name for table in GUARDED]


@pytest.fixture
def filled(client, writing):
    """At least one row in every guarded table, and a draft beside a signed note."""
    details = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words="Done.")
    with writing() as work:
        check_ins.add(work, client.id, full_check_in(), request())
        response = responses.add(work, client.id, gad7(), request())
        responses.add_safety_review(work, response.ref, details)
        responses.add(work, client.id, entered_ecr(), request())
        profiles.save(work, client.id, goals("one evening without the phone"), seen=0, held_from=DAY)
        care.give(work, client.id, work.actor.id)
        practice_blocks.save(work, numbers_for_all(window_days=42), seen=0, held_from=DAY)
        session = sessions.add(work, client.id, session_details(), request())
        signed = notes.start(work, client.id, session.id, note_content(), request())
        notes.sign(work, signed.id, signed.revision, "a" * 64)
        notes.add_addendum(work, signed.id, "More", "Left out", request())
        notes.start(work, client.id, session.id, note_content("Draft"), request())
        work.commit()


@pytest.mark.parametrize("table", TABLES)
def test_append_only_rows_refuse_change(table, filled, raw):
    before = raw(f"SELECT * FROM {table}")
    assert before
    with pytest.raises(DBAPIError, match="guard append_only"):
        raw(f"UPDATE {table} SET practice_id = practice_id")
    with pytest.raises(DBAPIError, match="guard append_only"):
        raw(f"DELETE FROM {table}")
    assert raw(f"SELECT * FROM {table}") == before


@on_postgresql
@pytest.mark.parametrize("table", [*TABLES, *(table.name for table in SIGNED)])
def test_emptying_a_table_is_refused(table, filled, raw):
    with pytest.raises(DBAPIError, match="guard"):
        raw(f"TRUNCATE {table} CASCADE")


def test_draft_beside_a_signed_note_still_changes(filled, raw):
    raw("UPDATE note SET content = '{}' WHERE signed_at IS NULL")
    with pytest.raises(DBAPIError, match="guard signed_note"):
        raw("UPDATE note SET content = '{}'")


@on_sqlite
@pytest.mark.parametrize("table", [*TABLES, *(table.name for table in SIGNED)])
def test_replace_does_not_get_round_the_guard(table, filled, tmp_path):
    connection = sqlite3.connect(tmp_path / "test.db")
    before = connection.execute(f"SELECT * FROM {table}").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="guard taken"):
        connection.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert connection.execute(f"SELECT * FROM {table}").fetchall() == before
    connection.close()


def test_refusals_have_names_and_quote_nothing(filled, store):
    for statement, error in [
        ("UPDATE check_in_version SET client_words = 'canary'", StoreError),
        ("UPDATE note SET content = 'canary' WHERE signed_at IS NOT NULL", AlreadySigned),
    ]:
        with store._backend.writer.connect() as connection, pytest.raises(error) as refused:
            guarded(store._backend, lambda: connection.execute(text(statement)))  # noqa: B023 - run at once
        assert "canary" not in str(refused.value)
        assert refused.value.__cause__ is refused.value.__context__ is None


@on_sqlite
def test_file_is_for_the_owner_alone(filled, tmp_path: Path):
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob("test.db*")}
    assert modes == {"test.db": 0o600, "test.db-wal": 0o600, "test.db-shm": 0o600}
