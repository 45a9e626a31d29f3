"""The synthetic practice of 21 May 2026: made once, read by many tests, copied for those that change it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.catalogue import Catalogue, load_catalogue
from core.model.people import Actor
from core.store import Store
from sample_data.practice import SYNTHETIC_FILE, open_synthetic_practice

TODAY = date(2026, 5, 21)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """Its file, made by opening what is not there."""
    path = tmp_path_factory.mktemp("synthetic") / SYNTHETIC_FILE
    open_synthetic_practice(path, catalogue, TODAY, say=pytest.fail).close()
    return path


@pytest.fixture(scope="session")
def made(original: Path, catalogue: Catalogue) -> Iterator[Store]:
    """The practice, open; tests only read it."""
    store = open_synthetic_practice(original, catalogue, TODAY)
    yield store
    store.close()


@pytest.fixture(scope="session")
def actor(made: Store) -> Actor:
    found = made.practice()
    assert found is not None
    return found[1]


@pytest.fixture
def made_file(original: Path, tmp_path: Path) -> Path:
    """A copy of the file for a test of its own."""
    return Path(shutil.copy(original, tmp_path))
