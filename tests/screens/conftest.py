"""Screens run for real, without a browser: the whole script on a real SQLite file in a folder of the test's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

import dashboard.server.gate  # noqa: F401 - the script refuses to draw where nothing stands before it
from core.model.access import Role
from core.model.people import Actor, Client, ClientDetails, PracticeDetails
from core.services import questionnaires, session_notes
from core.services.calendar import attend_today
from core.services.check_ins import record_check_in
from core.services.clients import add_client
from core.store import notes
from dashboard import runtime, selection, staff
from dashboard.backups import DailyBackups
from dashboard.door import Door
from dashboard.runtime import Workplace
from tests.builders import check_in
from tests.services.entries import phq9_answers
from tests.store.encrypted import CHEAP
from tests.store.entries import request

MAIN = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"
SECONDS = 30

Open = Callable[..., AppTest]
DETAILS = PracticeDetails(name="River Practice", therapist="Dr Example", zone="Europe/Berlin")
PASSPHRASE = "violet anchor soup ladder frost"
OWN_PASSPHRASE = "candle river seven moth plank"
CANARY = "Canaryword"

Enter = Callable[[Role], Actor]


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


@pytest.fixture
def enter(practice: Workplace, monkeypatch: pytest.MonkeyPatch) -> Enter:
    """Somebody of this role is added, begins with their code, and sits at the screen from now on."""

    def entered(role: Role) -> Actor:
        name = f"The {role.value}"
        code = staff.add(runtime.door(), practice.actor, name, role)
        door = runtime.door()
        person, token = runtime.presences().enter(lambda: door.begin(name, code, OWN_PASSPHRASE), instead_of=None)
        monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
        assert isinstance(person, Actor)
        return person

    return entered


@pytest.fixture
def filled(practice: Workplace, client: Client) -> Client:
    """The owner's client with a check-in, a session, a questionnaire with a safety item and a signed note."""
    with practice.store.writing(practice.actor) as work:
        today = work.today
        record_check_in(work, client.id, check_in(today, 1, anxiety=7, note=CANARY), request())
        session = attend_today(work, client.id, request())
        phq9 = runtime.catalogue().questionnaires["phq9"]
        questionnaires.record_response(work, client.id, phq9, phq9_answers(today, item9=1), request())
        note = session_notes.start_note(work, runtime.catalogue(), session, "soap", request())
        content = session_notes.note_content(runtime.catalogue().note_templates["soap"], (), {"plan": CANARY})
        saved = notes.save_draft(work, note.id, content, note.revision)
        session_notes.sign_note(work, saved.id, saved.revision)
        work.commit()
    return client


def act(practice: Workplace, service: Callable[..., Any], *given: Any) -> Any:
    """Something that the owner does meanwhile."""
    with practice.store.writing(practice.actor) as work:
        result = service(work, *given)
        work.commit()
    return result


def shown(at: AppTest) -> str:
    return "\n".join(each.value for kind in (at.markdown, at.error, at.info, at.warning, at.text) for each in kind)


def buttons(at: AppTest) -> set[str]:
    return {each.label for each in at.button}
