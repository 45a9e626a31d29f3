"""Every earlier revision comes up to the newest with its rows, keys and guards."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from core.errors import UnusableDatabase
from core.store import FixedClock, audit, check_ins, clients, notes, open_store, postgresql, responses, sqlite_file
from core.store.guards import GUARDED
from core.store.migrate import SCRIPTS, newest_revision, upgrade
from core.store.schema import METADATA, VERSION_TABLE
from core.store.sqlite import connect
from tests.store.encrypted import audit_key, engine_of, key_of
from tests.store.entries import NOON, on_files, on_sqlite

CLOCK = FixedClock(NOON)
pytestmark = pytest.mark.empty_database
FILLED = Path(__file__).parent / "filled"
REVISIONS = [script.revision for script in ScriptDirectory(str(SCRIPTS)).walk_revisions()]

NEXT = '''
"""A revision that only this test knows."""
import sqlalchemy as sa
from alembic import op

revision = "test_next"
down_revision = {newest!r}


def upgrade() -> None:
    for table in ("client", "check_in", "check_in_version", "note"):
        with op.batch_alter_table(table, recreate="auto") as batch:
            batch.add_column(sa.Column("extra", sa.Text()))
            batch.alter_column("practice_id", existing_type=sa.Uuid(), existing_nullable=False, comment=None)
    {more}
'''


def file_of(database_url: str) -> Path:
    path = make_url(database_url).database
    assert path is not None
    return Path(path)


def is_file(database_url: str) -> bool:
    return database_url.startswith("sqlite")


def fill(database_url: str, revision: str) -> None:
    """A database as `revision` left it."""
    if is_file(database_url):
        path = file_of(database_url)
        path.touch()
        connection = connect(path, key=key_of(database_url))
        connection.execute(f"PRAGMA application_id={sqlite_file.APPLICATION_ID}")
        connection.close()
    guards = _guards(database_url) if revision == newest_revision() else (_nothing, _nothing)
    with engine_of(database_url).begin() as connection:
        upgrade(connection, drop_guards=guards[0], make_guards=guards[1], to=revision)
        for statement in (FILLED / f"{revision}.sql").read_text().split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement.replace("%", "%%") if not is_file(database_url) else statement)


def _nothing(connection: Connection) -> None:
    """No guards: those of an old revision are gone with its program."""


def _guards(database_url: str):
    from core.store import sqlite

    dialect = sqlite if is_file(database_url) else postgresql
    return dialect.drop_guards, dialect.make_guards


def migrate(database_url: str, scripts: Path) -> Path | None:
    if is_file(database_url):
        return sqlite_file.prepare(file_of(database_url), CLOCK, scripts=scripts, key=key_of(database_url))
    backend = postgresql.PostgresBackend(postgresql.address(database_url))
    try:
        postgresql.prepare(backend, scripts=scripts)
    finally:
        backend.close()
    return None


def rows_of(database_url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, by the columns of today's tables."""
    found = {}
    with engine_of(database_url).connect() as connection:
        for table in METADATA.sorted_tables:
            names = ", ".join(column.name for column in table.columns)
            rows = connection.execute(text(f"SELECT {names} FROM {table.name}"))
            found[table.name] = sorted((tuple(row) for row in rows), key=str)
    return found


def guards_of(database_url: str) -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if not is_file(database_url):
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with engine_of(database_url).connect() as connection:
        return set(connection.execute(text(query)).scalars())


@pytest.fixture
def next_scripts(tmp_path: Path) -> Path:
    """Our migrations and one more."""
    return scripts_with(tmp_path, "pass")


def scripts_with(tmp_path: Path, more: str) -> Path:
    scripts = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "test_next.py").write_text(NEXT.format(newest=newest_revision(), more=more))
    return scripts


def test_tables_match_the_migrations(database_url):
    open_store(database_url, clock=CLOCK, key=key_of(database_url), audit_key=audit_key()).close()
    with engine_of(database_url).connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []


def test_constraints_match_the_migrations(database_url):
    open_store(database_url, clock=CLOCK, key=key_of(database_url), audit_key=audit_key()).close()
    seen = inspect(engine_of(database_url))
    for table in METADATA.sorted_tables:
        wanted = {str(constraint.name) for constraint in table.constraints}
        found = {str(check["name"]) for check in seen.get_check_constraints(table.name)}
        found |= {str(key["name"]) for key in seen.get_unique_constraints(table.name)}
        found |= {str(key["name"]) for key in seen.get_foreign_keys(table.name)}
        found.add(str(seen.get_pk_constraint(table.name)["name"]))
        assert found == wanted, table.name


@on_sqlite
def test_checks_say_what_the_tables_say(database_url):
    """Both databases run the same migration, so one of them is enough."""
    open_store(database_url, clock=CLOCK, key=key_of(database_url), audit_key=audit_key()).close()
    blank = create_engine("sqlite://")
    METADATA.create_all(blank)
    for table in METADATA.sorted_tables:
        migrated, wanted = (
            {check["name"]: check["sqltext"] for check in inspect(engine).get_check_constraints(table.name)}
            for engine in (engine_of(database_url), blank)
        )
        assert migrated == wanted, table.name
    blank.dispose()


def test_every_revision_has_a_filled_practice():
    assert {file.stem for file in FILLED.glob("*.sql")} == set(REVISIONS)


@pytest.mark.parametrize("revision", REVISIONS)
def test_filled_practice_of_every_revision_opens(revision, database_url):
    fill(database_url, revision)
    store = open_store(database_url, clock=CLOCK, key=key_of(database_url), audit_key=audit_key())
    practice, actor = store.practice()
    with store.reading(actor) as work:
        ana, zoe = clients.all(work)
        (check_in,) = check_ins.of_client(work, ana.id)
        (response,) = responses.of_client(work, ana.id)
        draft, signed = notes.of_client(work, ana.id)
        trail = audit.all(work)
        assert check_ins.of_client(work, zoe.id) == ()
    assert practice.details.name == "Example practice"
    assert (check_in.ref.version, check_in.content.anxiety_average, len(check_in.content.episodes)) == (2, 1, 2)
    assert (response.ref.version, set(response.content.answers.values())) == (2, {1})
    assert (draft.signature, signed.signature.name, len(signed.addenda)) == (None, "Dr Example", 1)
    assert [entry.sequence for entry in trail] == list(range(1, len(trail) + 1))
    assert store.state().revision == newest_revision()
    assert store.state().sound
    report = store.trail.check(practice.id, store.trail.head(practice.id))
    assert (report.problems, report.records >= 22) == ((), True)
    store.close()
    assert any(name.startswith("guard_note") for name in guards_of(database_url))


def test_next_migration_keeps_rows_and_guards(database_url, next_scripts):
    fill(database_url, newest_revision())
    rows, guards = rows_of(database_url), guards_of(database_url)
    migrate(database_url, next_scripts)
    assert rows_of(database_url) == rows
    assert all(rows.values())
    assert guards_of(database_url) == guards
    assert len(guards) > len(GUARDED)
    assert "extra" in {column["name"] for column in inspect(engine_of(database_url)).get_columns("check_in_version")}
    with pytest.raises(UnusableDatabase, match="newer version"):
        open_store(database_url, clock=CLOCK, key=key_of(database_url), audit_key=audit_key())


@on_files
def test_a_checked_copy_is_taken_first(database_url, next_scripts):
    fill(database_url, newest_revision())
    rows = rows_of(database_url)
    copy = migrate(database_url, next_scripts)
    assert copy is not None
    assert copy.name == f"{file_of(database_url).stem}.before-test_next-20260521T100000.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert rows_of(f"sqlite:///{copy}") == rows
    store = open_store(copy, clock=CLOCK, key=key_of(database_url), audit_key=audit_key())
    assert store.state().revision == newest_revision()
    store.close()


@on_files
def test_no_copy_without_a_migration(database_url):
    fill(database_url, newest_revision())
    assert migrate(database_url, SCRIPTS) is None
    assert [file.name for file in file_of(database_url).parent.glob("*.db")] == [file_of(database_url).name]


@on_files
def test_migration_that_leaves_orphans_is_taken_back(database_url, tmp_path):
    fill(database_url, newest_revision())
    rows, guards = rows_of(database_url), guards_of(database_url)
    with pytest.raises(UnusableDatabase, match="belong to nothing"):
        migrate(database_url, scripts_with(tmp_path, 'op.execute("DELETE FROM client")'))
    assert (rows_of(database_url), guards_of(database_url)) == (rows, guards)
    open_store(database_url, clock=CLOCK, key=key_of(database_url), audit_key=audit_key()).close()


def test_migration_that_fails_changes_nothing(database_url, tmp_path):
    fill(database_url, newest_revision())
    rows, guards = rows_of(database_url), guards_of(database_url)
    with pytest.raises(UnusableDatabase):
        migrate(database_url, scripts_with(tmp_path, 'op.execute("DELETE FROM no_such_table")'))
    assert (rows_of(database_url), guards_of(database_url)) == (rows, guards)
    open_store(database_url, clock=CLOCK, key=key_of(database_url), audit_key=audit_key()).close()
