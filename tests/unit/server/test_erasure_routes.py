"""The page on which a client is erased: nothing happens without the code, a reason and the passphrase."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from starlette.requests import Request

from core.errors import InvalidInput, NotFound, WrongPassphrase
from core.model.people import Client, ClientDetails
from core.services.clients import add_client, get_client
from core.services.sign_ins import open_client
from dashboard import runtime
from dashboard.door import Door
from dashboard.presence import Presence
from dashboard.server.erasure_routes import NOBODY, OTHER_CODE, _erase, _page
from dashboard.server.refusals import Refused
from tests.store.encrypted import CHEAP
from tests.store.entries import request
from tests.unit.dashboard.test_door import DETAILS, PASSPHRASE

REQUEST = Request({"type": "http", "headers": [], "method": "POST", "path": "/auth/erase"})
REASON = "The client asked for it"


@pytest.fixture(autouse=True)
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SECURE_BASE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(Door, "cost", CHEAP)
    runtime.close()
    _, token = runtime.presences().enter(lambda: runtime.door().set_up(DETAILS, PASSPHRASE), instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
    yield
    runtime.close()


@pytest.fixture
def client() -> Client:
    """A client whose pages are open."""
    found = presence()
    today = runtime.today()
    made = runtime.save(add_client, ClientDetails(name="<b>Ada</b>", started_on=today), request())
    runtime.save(open_client, found.sign_in.id, made.id)
    return made


def presence() -> Presence:
    found = runtime.presence()
    assert found is not None
    return found


def test_page_names_the_client_by_code_alone_and_says_what_stays(client: Client) -> None:
    page = _page("token", presence(), Refused())
    assert client.code in page
    assert "Ada" not in page
    assert "Backups made before still hold this client" in page


def test_code_reason_and_passphrase_together_erase(client: Client) -> None:
    fields = {"code": f" {client.code.lower()} ", "reason": REASON, "present": PASSPHRASE}
    answer = _erase(REQUEST, presence(), fields)
    assert f"Client {client.code} is erased." in bytes(answer.body).decode()
    with pytest.raises(NotFound):
        runtime.load(get_client, client.id)
    assert presence().sign_in.client_id is None
    assert escape(NOBODY) in _page("token", presence(), Refused())


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"code": "AB0000"}, InvalidInput),
        ({"code": ""}, InvalidInput),
        ({"reason": "because"}, InvalidInput),
        ({"present": "quite another passphrase"}, WrongPassphrase),
    ],
)
def test_anything_wrong_erases_nothing(client: Client, changed: dict[str, str], refusal: type[Exception]) -> None:
    fields = {"code": client.code, "reason": REASON, "present": PASSPHRASE} | changed
    with pytest.raises(refusal) as refused:
        _erase(REQUEST, presence(), fields)
    assert changed.get("code") != "AB0000" or str(refused.value) == OTHER_CODE
    assert runtime.load(get_client, client.id) == client
