"""Screens run for real, without a browser: the whole script on a real SQLite file in a folder of the test's own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.model.people import Client, ClientDetails, PracticeDetails
from core.services.clients import add_client
from core.services.practices import set_up_practice
from dashboard import runtime, selection
from dashboard.runtime import OWN_FILE, Workplace
from dashboard.selection import Which

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"
SECONDS = 30

Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder; what the process keeps is closed before and after."""
    folder = tmp_path / "data"
    monkeypatch.setenv("SECURE_BASE_DATA", str(folder))
    runtime.close()
    yield folder
    runtime.close()


@pytest.fixture
def practice(own_data_folder: Path, made_file: Path) -> Workplace:
    """A practice that is set up, with no client."""
    own_data_folder.mkdir(mode=0o700)
    shutil.copy(made_file, own_data_folder / OWN_FILE)
    made, actor = set_up_practice(
        runtime.own_store(), PracticeDetails(name="River Practice", therapist="Dr Example", zone="Europe/Berlin")
    )
    return Workplace(store=runtime.own_store(), practice=made, actor=actor)


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
        if runtime.own_store().practice() is not None:
            at.session_state[selection.PRACTICE] = Which.OWN
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
