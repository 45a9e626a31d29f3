"""A practice with one client on each database, and the way screens call a service: one unit of work each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.catalogue import Catalogue, load_catalogue
from core.model.people import Actor, Client
from core.model.questionnaire_definitions import Questionnaire
from core.services.clients import add_client
from core.services.practices import practice_details, set_up_practice
from core.store import FixedClock, SeededIds, Store, UnitOfWork, open_store
from tests.services.entries import NOON, ZONE, details, form
from tests.store.encrypted import audit_key

Run = Callable[..., Any]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def phq9(catalogue: Catalogue) -> Questionnaire:
    return catalogue.questionnaires["phq9"]


@pytest.fixture(scope="session")
def gad7(catalogue: Catalogue) -> Questionnaire:
    return catalogue.questionnaires["gad7"]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(database_url: str, clock: FixedClock) -> Iterator[Store]:
    opened = open_store(database_url, clock=clock, ids=SeededIds(3), audit_key=audit_key())
    yield opened
    opened.close()


@pytest.fixture
def actor(store: Store) -> Actor:
    return set_up_practice(store, practice_details("A practice", "Dr One", ZONE))[1]


@pytest.fixture
def save(store: Store, actor: Actor) -> Run:
    """Run a service in a unit of work of its own, and commit."""

    def run(service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with store.writing(actor) as work:
            result = service(work, *args, **kwargs)
            work.commit()
        return result

    return run


@pytest.fixture
def load(store: Store, actor: Actor) -> Run:
    """Run a service in a unit of work that only reads."""

    def run(service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with store.reading(actor) as work:
            return service(work, *args, **kwargs)

    return run


@pytest.fixture
def client(save: Run) -> Client:
    added: Client = save(add_client, details(), form())
    return added


@pytest.fixture
def work(store: Store, actor: Actor) -> Iterator[UnitOfWork]:
    """One open unit of work that writes, for tests that need nothing to be committed."""
    with store.writing(actor) as opened:
        yield opened
