"""PostgreSQL: how we connect, lock, guard rows, and what its errors mean."""

import re
from pathlib import Path
from uuid import UUID

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import UnusableDatabase
from core.store.backend import Dialect, StoreState
from core.store.constraints import Fault, FaultKind, named_error
from core.store.guards import APPEND_ONLY_MARK, GUARDED, PREFIX, SIGNED, SIGNED_MARK
from core.store.migrate import SCRIPTS, newest_revision, refuse_newer, revision_of, upgrade
from core.store.schema import VERSION_TABLE
from core.store.server_demands import (
    ServerState,
    is_this_computer,
    masked,
    refuse_old,
    refuse_unguarded,
    state_of,
    tls_problem,
)
from core.store.tables import practice

WAIT_SECONDS = 5
SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_LOCK, _TRAIL_LOCK = 0x53424153, 0x53425452
_GUARD_STATE = "SB001"

_STATES = {
    "23505": FaultKind.UNIQUE,
    "23503": FaultKind.FOREIGN_KEY,
    "23514": FaultKind.CHECK,
    "23502": FaultKind.NOT_NULL,
    "25006": FaultKind.READ_ONLY,
    "40001": FaultKind.BUSY,
    "40P01": FaultKind.BUSY,
    "53100": FaultKind.FULL,
    "55P03": FaultKind.BUSY,
}
_LOST_CLASSES = ("08", "57P")
_REFUSED = re.compile(r"authentication failed|no password supplied|role .* (does not exist|is not permitted)")
_NO_DATABASE = re.compile(r"database .* does not exist")
_DAMAGED_CLASS = "XX"


class PostgresBackend:
    """An open PostgreSQL database; one writer at a time for each practice, readers see one moment."""

    def __init__(self, url: URL) -> None:
        self.label = masked(url)
        self.writer = make_engine(url)
        self.reader: Engine = self.writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def refuse_gone(self) -> None:
        """Nothing to look at: a server that is gone refuses by itself."""

    def hold(self, connection: Connection, practice_id: UUID | None) -> None:
        """Lock the practice's own row, so that numbers and the audit trail run without gaps."""
        if practice_id is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        else:
            held = select(practice.c.id).where(practice.c.id == practice_id).with_for_update(key_share=True)
            connection.execute(held)

    def hold_trail(self, connection: Connection, practice_id: UUID) -> None:
        """Lock the trail's end by itself: the practice's row is held for less by whoever comes another way."""
        key = {"trail": _TRAIL_LOCK, "practice": practice_id.int % 2**31}
        connection.execute(text("SELECT pg_advisory_xact_lock(:trail, :practice)"), key)

    def drop_guards(self, connection: Connection) -> None:
        """Take every guard off, within the transaction that is open."""
        drop_guards(connection)

    def make_guards(self, connection: Connection) -> None:
        """Put them on again."""
        make_guards(connection)

    def clean(self) -> bool:
        """Write every table anew, in which nothing that was deleted is left; the server's own log is its own affair."""
        with self.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (FULL)"))
        return True

    def fault_of(self, error: BaseException) -> Fault:
        """What a `psycopg` error means, by its SQLSTATE."""
        return fault_of(error)

    def state(self) -> StoreState:
        """Size and revision; the server keeps watch over its own pages."""
        with self.reader.connect() as connection:
            size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
            revision = revision_of(connection) or ""
        return StoreState(
            location=self.label, dialect=Dialect.POSTGRESQL, revision=revision, size_bytes=int(size), sound=True
        )

    def close(self) -> None:
        """Close every connection."""
        self.writer.dispose()


def address(location: str) -> URL:
    """The server's address from a URL; `UnusableDatabase` for one that is none, of another kind, or without TLS."""
    try:
        url = make_url(location)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in SCHEMES:
        scheme = location.partition("://")[0]
        raise UnusableDatabase(
            f"The database address begins with {scheme}://; postgresql://user:password@host/database is taken. "
            "Nothing was opened; correct the address, or leave it out to use a file."
        )
    refuse_unguarded(url)
    return url.set(drivername="postgresql+psycopg")


def make_engine(url: URL) -> Engine:
    """An engine that waits at most five seconds: for the server, for a lock, for a free connection."""
    # Encryption by Kerberos would stand in for TLS, and for its check of who answers.
    guarded = {} if is_this_computer(url) else {"gssencmode": "disable"}
    engine = create_engine(
        url,
        connect_args={"connect_timeout": WAIT_SECONDS, **guarded},
        pool_size=5,
        max_overflow=45,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: psycopg.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        connection.commit()

    return engine


def prepare(backend: PostgresBackend, *, scripts: Path = SCRIPTS) -> None:
    """Make the tables in an empty database, migrate older ones, refuse what is not ours."""
    try:
        with backend.writer.begin() as connection:
            refuse_old(_version_of(connection), backend.label)
            backend.hold(connection, None)
            revision = revision_of(connection)
            refuse_newer(revision, backend.label, scripts)
            if revision is None:
                _refuse_foreign(connection, backend.label)
            if revision != newest_revision(scripts):
                upgrade(connection, drop_guards=drop_guards, make_guards=make_guards, scripts=scripts)
            return
    except DBAPIError as error:
        problem = unusable(backend.label, error)
    raise problem


def server_state(location: str) -> ServerState:
    """How the server at a URL is reached and what our role may do there; changes nothing. Raises as `open_store`."""
    url = address(location)
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return state_of(connection, url)
    except DBAPIError as error:
        problem = unusable(masked(url), error)
    finally:
        engine.dispose()
    raise problem


def _version_of(connection: Connection) -> int:
    return int(connection.execute(text("SHOW server_version_num")).scalar_one())


def _refuse_foreign(connection: Connection, label: str) -> None:
    others = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
    if others:
        raise UnusableDatabase(
            f"{label} holds {len(others)} tables of another program. Nothing was changed; give the address of an empty "
            "database, or of one made by Secure Base."
        )


def unusable(label: str, error: DBAPIError) -> Exception:
    """Why the server could not be used, told from the server's own words without repeating them."""
    words = str(error.orig)
    fault = fault_of(error.orig) if error.orig is not None else Fault(FaultKind.LOST)
    if fault.kind is FaultKind.BUSY:
        return named_error(fault)
    if (untrusted := tls_problem(label, words)) is not None:
        return untrusted
    if _REFUSED.search(words):
        return UnusableDatabase(
            f"The server refused the name or password of {label}. Nothing was changed; correct them in the address."
        )
    if _NO_DATABASE.search(words):
        return UnusableDatabase(
            f"The server knows no such database as in {label}. Nothing was changed; create it, or correct the name."
        )
    if "permission denied" in words:
        return UnusableDatabase(
            f"The name in {label} may not make or change tables there. Nothing was changed; grant it that right."
        )
    return UnusableDatabase(
        f"{label} could not be reached or used. Nothing was changed; see that the server runs and the address is right."
    )


def fault_of(error: BaseException) -> Fault:
    """What a `psycopg` error means, by its SQLSTATE and the name of the broken constraint."""
    if not isinstance(error, psycopg.Error):
        return Fault(FaultKind.OTHER)
    state = error.sqlstate
    if state == _GUARD_STATE:
        signed = error.diag.message_primary == SIGNED_MARK
        return Fault(FaultKind.SIGNED if signed else FaultKind.APPEND_ONLY)
    if state is None or state.startswith(_LOST_CLASSES):
        return Fault(FaultKind.LOST if isinstance(error, psycopg.OperationalError) else FaultKind.OTHER)
    if state[:2] == _DAMAGED_CLASS:
        return Fault(FaultKind.DAMAGED)
    return Fault(_STATES.get(state, FaultKind.OTHER), error.diag.constraint_name or error.diag.column_name)


def drop_guards(connection: Connection) -> None:
    """Take every guard off, of whatever revision."""
    for mark in (APPEND_ONLY_MARK, SIGNED_MARK):
        connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_function(mark)}() CASCADE")


def make_guards(connection: Connection) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE of rows that never change, whoever asks."""
    for mark in (APPEND_ONLY_MARK, SIGNED_MARK):
        connection.exec_driver_sql(
            f"CREATE FUNCTION {_function(mark)}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{mark}' USING ERRCODE = '{_GUARD_STATE}'; END $$"
        )
    for table in GUARDED:
        _guard(connection, table.name, "", APPEND_ONLY_MARK)
    for table in SIGNED:
        _guard(connection, table.name, "WHEN (OLD.signed_at IS NOT NULL)", SIGNED_MARK)


def _guard(connection: Connection, table: str, when: str, mark: str) -> None:
    call = f"EXECUTE FUNCTION {_function(mark)}()"
    connection.exec_driver_sql(
        f"CREATE TRIGGER {PREFIX}{table}_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {when} {call}"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {PREFIX}{table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}"
    )


def _function(mark: str) -> str:
    return mark.replace(" ", "_")
