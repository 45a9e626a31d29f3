"""The server's address: what is wrong with it is said, its password never."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from core.errors import UnusableDatabase
from core.store import FixedClock, open_store
from core.store.postgresql import address, masked
from tests.store.encrypted import audit_key
from tests.store.entries import NOON

CLOCK = FixedClock(NOON)
pytestmark = pytest.mark.postgresql


def refuse(url: str, match: str) -> None:
    with pytest.raises(UnusableDatabase, match=match) as refused:
        open_store(url, clock=CLOCK, audit_key=audit_key())
    assert "s3cret" not in str(refused.value)
    assert refused.value.__cause__ is refused.value.__context__ is None


@pytest.fixture
def run(postgresql_url):
    def _run(statement: str) -> None:
        engine = create_engine(postgresql_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))

    return _run


@pytest.mark.parametrize("url", ["mysql://me:s3cret@host/db", "http://host/db", "postgresql+asyncpg://host/db", "://x"])
def test_other_kinds_of_address_are_refused(url):
    refuse(url, "is taken")


def test_unreachable_server_is_named():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    refuse(f"postgresql://me:s3cret@127.0.0.1:{port}/test", "could not be reached")


def test_missing_database_is_named(postgresql_url):
    url = make_url(postgresql_url).set(database="test_not_there", password="s3cret")
    refuse(url.render_as_string(hide_password=False), "knows no such database")


def test_wrong_name_or_password_is_named(postgresql_url, run):
    url = make_url(postgresql_url).set(username="nobody_here", password="s3cret")
    refuse(url.render_as_string(hide_password=False), "name or password")


def test_role_that_may_not_log_in_is_named(postgresql_url, run):
    run("CREATE ROLE secure_base_test NOLOGIN PASSWORD 'right'")
    url = make_url(postgresql_url).set(username="secure_base_test", password="s3cret")
    refuse(url.render_as_string(hide_password=False), "name or password")
    run("DROP ROLE secure_base_test")


def test_wrong_password_is_named(postgresql_url, run):
    """The test's own server trusts everybody, so it is told to ask this one role for a password."""
    run("CREATE ROLE secure_base_asked LOGIN PASSWORD 'right'")
    url = make_url(postgresql_url).set(username="secure_base_asked", password="s3cret")
    with asked_for_password(postgresql_url, "secure_base_asked"):
        refuse(url.render_as_string(hide_password=False), "name or password")
    run("DROP ROLE secure_base_asked")


@contextmanager
def asked_for_password(postgresql_url: str, role: str) -> Iterator[None]:
    engine = create_engine(postgresql_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        rules = Path(connection.execute(text("SHOW hba_file")).scalar_one())
        before = rules.read_text()
        rules.write_text(f"local all {role} scram-sha-256\nhost all {role} all scram-sha-256\n{before}")
        loaded = connection.execute(text("SELECT pg_conf_load_time()")).scalar_one()
        connection.execute(text("SELECT pg_reload_conf()"))
        while connection.execute(text("SELECT pg_conf_load_time()")).scalar_one() == loaded:
            pass
        yield
        rules.write_text(before)
        connection.execute(text("SELECT pg_reload_conf()"))


def test_database_of_another_program_is_refused(postgresql_url, run):
    run("CREATE TABLE patient (id integer)")
    refuse(postgresql_url, "another program")


def test_database_of_a_newer_version_is_refused(postgresql_url, run):
    open_store(postgresql_url, clock=CLOCK, audit_key=audit_key()).close()
    run("UPDATE secure_base_revision SET version_num = '9999'")
    refuse(postgresql_url, "newer version")


def test_opened_twice_it_is_made_once(postgresql_url):
    first = open_store(postgresql_url, clock=CLOCK, audit_key=audit_key())
    second = open_store(postgresql_url, clock=CLOCK, audit_key=audit_key())
    assert first.state().revision == second.state().revision
    assert (first.state().dialect, first.state().sound) == ("postgresql", True)
    first.close()
    second.close()


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_usual_scheme_is_taken(scheme):
    url = address(f"{scheme}://app:s3cret@db.example:5432/clinic?sslmode=verify-full")
    assert url.drivername == "postgresql+psycopg"
    assert masked(url) == "postgresql://app:***@db.example:5432/clinic?sslmode=verify-full"


def test_password_in_the_query_is_not_shown():
    assert "s3cret" not in masked(address("postgresql://app@localhost/clinic?password=s3cret"))
