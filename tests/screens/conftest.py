"""Screens run for real, without a browser: the whole script on a real SQLite file in a folder of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

import dashboard.server.gate  # noqa: F401 - the script refuses to draw where nothing stands before it
from core.model.people import Client, ClientDetails, PracticeDetails
from core.services.clients import add_client
from dashboard import runtime, selection
from dashboard.backups import DailyBackups
from dashboard.door import Door
from dashboard.runtime import Workplace
from tests.store.encrypted import CHEAP

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"
SECONDS = 30

Open = Callable[..., AppTest]
DETAILS = PracticeDetails(name="River Practice", therapist="Dr Example", zone="Europe/Berlin")
PASSPHRASE = "violet anchor soup ladder frost"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder, and keys made cheaply; what the process keeps is closed before and after."""
    folder = tmp_path / "data"
    monkeypatch.setenv("SECURE_BASE_DATA", str(folder))
    monkeypatch.setattr(Door, "cost", CHEAP)
    monkeypatch.setattr(DailyBackups, "first_after_seconds", 3_600.0)  # none comes in between by itself
    runtime.close()
    yield folder
    runtime.close()


@pytest.fixture
def practice(monkeypatch: pytest.MonkeyPatch) -> Workplace:
    """A practice that is set up, with no client, and its therapist signed in."""
    _, token = runtime.presences().enter(lambda: runtime.door().set_up(DETAILS, PASSPHRASE), instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
    return runtime.needed_workplace()


@pytest.fixture
def client(practice: Workplace) -> Client:
    """One client who started today."""
    with practice.store.writing(practice.actor) as work:
        made = add_client(work, ClientDetails(name="Ada", started_on=work.today), uuid4())
        work.commit()
    return made


@pytest.fixture
def open_page() -> Open:
    """Opens a screen as a browser session would: `open_page("review", client_id)`."""

    def opened(page: str | None = None, client_id: UUID | None = None, **state: object) -> AppTest:
        at = AppTest.from_file(str(MAIN), default_timeout=SECONDS)
        if client_id is not None:
            at.session_state[selection.CLIENT] = client_id
        for key, value in state.items():
            at.session_state[key] = value
        at.run()
        if page is not None:
            at.switch_page(f"screens/{page}.py").run()
        assert not at.exception, [each.message for each in at.exception]
        return at

    return opened
