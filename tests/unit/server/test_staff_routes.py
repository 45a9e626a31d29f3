"""The pages on which the owner adds people and changes accounts: not without the passphrase, and for nobody else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from core.errors import InvalidInput, NotAllowed, WrongPassphrase
from core.model.access import Role
from core.model.people import Actor
from core.services.accounts import list_accounts
from dashboard import runtime
from dashboard.door import Door
from dashboard.presence import Presence
from dashboard.server import staff_pages
from dashboard.server.refusals import Refused
from dashboard.server.staff_routes import NO_ROLE, _add, _add_page, _change, _change_page
from tests.store.encrypted import CHEAP
from tests.unit.dashboard.test_door import DETAILS, PASSPHRASE

REQUEST = Request({"type": "http", "headers": [], "method": "POST", "path": "/auth/accounts/add"})
GROUP = re.compile(r"<span>(\w{4})</span>")
OWN = "candle river seven moth plank"


@pytest.fixture(autouse=True)
def signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SECURE_BASE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(Door, "cost", CHEAP)
    runtime.close()
    _, token = runtime.presences().enter(lambda: runtime.door().set_up(DETAILS, PASSPHRASE), instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
    yield
    runtime.close()


def presence() -> Presence:
    found = runtime.presence()
    assert found is not None
    return found


def added(name: str = "Robin <b>Lee</b>", role: str = "assistant") -> str:
    """The starting code of somebody new."""
    answer = _add(REQUEST, presence(), {"new_name": name, "role": role, "present": PASSPHRASE})
    return "-".join(GROUP.findall(bytes(answer.body).decode()))


def changed(what: str, name: str = "Robin <b>Lee</b>") -> str:
    return bytes(_change(REQUEST, presence(), {"who": name, "what": what, "present": PASSPHRASE}).body).decode()


def begun(code: str, monkeypatch: pytest.MonkeyPatch, name: str = "Robin <b>Lee</b>") -> Actor:
    door = runtime.door()
    person, token = runtime.presences().enter(lambda: door.begin(name, code, OWN), instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
    assert isinstance(person, Actor)
    return person


def test_somebody_is_added_and_begins_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    code = added()
    assert "Robin &lt;b&gt;Lee&lt;/b&gt;" in _change_page("token", presence(), Refused())
    person = begun(code, monkeypatch)
    assert (person.name, person.role) == ("Robin <b>Lee</b>", Role.ASSISTANT)
    runtime.door().lock()
    assert runtime.door().unlock("robin <b>lee</b>", OWN) == person


def test_closed_practice_is_opened_by_a_starting_code_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    code = added()
    runtime.door().lock()
    assert begun(code, monkeypatch).role is Role.ASSISTANT
    with pytest.raises(WrongPassphrase):
        runtime.door().begin("Robin <b>Lee</b>", code, OWN)


def test_nothing_happens_without_passphrase_role_and_person() -> None:
    with pytest.raises(InvalidInput, match="name"):
        _add(REQUEST, presence(), {"role": "assistant", "present": PASSPHRASE})
    with pytest.raises(InvalidInput, match=NO_ROLE):
        _add(REQUEST, presence(), {"new_name": "Robin", "present": PASSPHRASE})
    wrong = {"new_name": "Robin", "role": "assistant", "present": "quite another passphrase"}
    with pytest.raises(WrongPassphrase):
        _add(REQUEST, presence(), wrong)
    with pytest.raises(InvalidInput):
        _change(REQUEST, presence(), {"who": "Nobody", "what": staff_pages.END, "present": PASSPHRASE})
    assert len(runtime.load(list_accounts)) == 1


def test_nobody_but_the_owner_is_given_either_page(monkeypatch: pytest.MonkeyPatch) -> None:
    begun(added(role="therapist"), monkeypatch)
    for page in (_add_page, _change_page):
        with pytest.raises(NotAllowed):
            page("token", presence(), Refused())
    fields = {"new_name": "Friend", "role": "therapist", "present": OWN}
    with pytest.raises(NotAllowed):
        _add(REQUEST, presence(), fields)
    with pytest.raises(NotAllowed):
        runtime.door().new_recovery_code(presence().place.actor)


def test_role_is_changed_and_holds_for_who_is_signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = runtime.sign_in_token()
    begun(added(), monkeypatch)
    theirs = runtime.sign_in_token()
    monkeypatch.setattr(runtime, "sign_in_token", lambda: owner)
    assert "role is changed" in changed("Make them: supervisor")
    monkeypatch.setattr(runtime, "sign_in_token", lambda: theirs)
    assert presence().place.actor.role is Role.SUPERVISOR


def test_new_code_ends_the_passphrase_and_the_sign_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = runtime.sign_in_token()
    begun(added(), monkeypatch)
    theirs = runtime.sign_in_token()
    monkeypatch.setattr(runtime, "sign_in_token", lambda: owner)
    code = "-".join(GROUP.findall(changed(staff_pages.NEW_CODE)))
    monkeypatch.setattr(runtime, "sign_in_token", lambda: theirs)
    assert runtime.presence() is None
    with pytest.raises(WrongPassphrase):
        runtime.door().unlock("Robin <b>Lee</b>", OWN)
    assert code.count("-") == 6


def test_ended_account_opens_nothing_and_is_offered_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = runtime.sign_in_token()
    begun(added(), monkeypatch)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: owner)
    assert "is ended" in changed(staff_pages.END)
    with pytest.raises(WrongPassphrase):
        runtime.door().unlock("Robin <b>Lee</b>", OWN)
    assert "Nobody else works" in _change_page("token", presence(), Refused())
    [_, ended] = runtime.load(list_accounts)
    assert ended.ended_at is not None
