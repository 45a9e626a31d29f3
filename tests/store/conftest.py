"""An open store with a practice in it, on each database and in an encrypted file, and a way around it by plain SQL."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Row

from core.model.access import Role
from core.model.people import Actor, Client, PracticeDetails
from core.store import FixedClock, SeededIds, Store, UnitOfWork, clients, open_store
from tests.store.encrypted import audit_key, engine_of, key_of
from tests.store.entries import NOON, client_details, request

Raw = Callable[..., list[Row[Any]]]


@pytest.fixture(params=["sqlite", "encrypted", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once as a plain file, once as an encrypted one, once on a server."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("postgresql_url")
        return address
    return f"sqlite:///{tmp_path / ('test.db' if request.param == 'sqlite' else 'encrypted.db')}"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(database_url: str, clock: FixedClock) -> Iterator[Store]:
    key = key_of(database_url)
    opened = open_store(database_url, clock=clock, ids=SeededIds(1), key=key, audit_key=audit_key())
    yield opened
    opened.close()


@pytest.fixture
def actor(store: Store) -> Actor:
    details = PracticeDetails(name="Practice One", therapist="Dr One", zone="Europe/Berlin")
    return store.set_up(details, synthetic=False)[1]


@pytest.fixture
def client(store: Store, actor: Actor) -> Client:
    with store.writing(actor) as work:
        added = clients.add(work, client_details(), request())
        work.commit()
    return added


@pytest.fixture
def raw(store: Store, database_url: str) -> Raw:
    """Run one statement past the store, on a connection without any of its settings."""

    def run(statement: str, **values: object) -> list[Row[Any]]:
        engine = engine_of(database_url)
        with engine.begin() as connection:
            result = connection.execute(text(statement), values)
            return list(result.all()) if result.returns_rows else []

    return run


@pytest.fixture
def other_practice(actor: Actor, raw: Raw) -> Actor:
    """A second practice in the same database."""
    practice, therapist = "b" * 32, "c" * 32
    raw(
        "INSERT INTO practice (id, name, zone, synthetic, made_on, made_at) "
        "VALUES (:id, 'Practice Two', 'UTC', FALSE, '2026-06-01', '2026-06-01 00:00:00')",
        id=practice,
    )
    raw("INSERT INTO therapist (practice_id, id, name) VALUES (:id, :of, 'Dr Two')", id=practice, of=therapist)
    return Actor(id=UUID(therapist), practice_id=UUID(practice), name="Dr Two", role=Role.OWNER)


@pytest.fixture
def writing(store: Store, actor: Actor) -> Callable[[], AbstractContextManager[UnitOfWork]]:
    return lambda: store.writing(actor)


@pytest.fixture
def reading(store: Store, actor: Actor) -> Callable[[], AbstractContextManager[UnitOfWork]]:
    return lambda: store.reading(actor)
