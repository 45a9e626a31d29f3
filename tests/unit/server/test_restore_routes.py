"""The page that puts a backup back: into a new folder, by what opened it that day, and nothing else is touched."""

import asyncio
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.requests import Request
from starlette.types import Message

from core.errors import Conflict, InvalidInput, StoreError, TooManyAttempts, WrongPassphrase
from core.model.audit import Action
from core.model.people import ClientDetails
from core.services.clients import add_client
from core.store import FixedClock, PracticeKeys, audit, open_store
from core.store.key_file import key_path_of
from dashboard import runtime
from dashboard.backups import DailyBackups
from dashboard.door import Door
from dashboard.presence import Presence
from dashboard.server import restore_routes
from dashboard.server.account_routes import STALE
from dashboard.server.csrf import FormProof
from dashboard.server.gate import PRESENCE
from dashboard.server.refusals import OTHER_LAYOUT, Refused
from dashboard.server.restore_pages import BY_CODE, BY_PASSPHRASE, PATH
from dashboard.server.restore_routes import Guesses, _page, _restore
from tests.store.encrypted import CHEAP, people_in
from tests.store.entries import NOON, request
from tests.unit.dashboard.test_door import DETAILS, PASSPHRASE

REQUEST = Request({"type": "http", "headers": [], "method": "POST", "path": "/auth/restore"})


@pytest.fixture(autouse=True)
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The recovery code of a practice with one client, whose therapist is signed in."""
    monkeypatch.setenv("SECURE_BASE_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(Door, "cost", CHEAP)
    monkeypatch.setattr(DailyBackups, "first_after_seconds", 3_600.0)
    monkeypatch.setattr(restore_routes, "_guesses", Guesses())
    runtime.close()
    made, token = runtime.presences().enter(lambda: runtime.door().set_up(DETAILS, PASSPHRASE), instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
    runtime.save(add_client, ClientDetails(name="<b>Ada</b>", started_on=runtime.today()), request())
    yield made
    runtime.close()


@pytest.fixture
def backup() -> Path:
    runtime.backups().back_up_now()
    state = runtime.backups().state()
    assert state is not None
    [found] = state.folder.glob("*.backup.db")
    return found


def presence() -> Presence:
    found = runtime.presence()
    assert found is not None
    return found


def offered() -> str:
    page = _page("token", presence(), Refused())
    return page.partition('<option value="">choose one</option><option>')[2].partition("</option>")[0]


def restore(to: Path, *, by: str = BY_PASSPHRASE, secret: str = PASSPHRASE) -> str:
    fields = {"backup": offered(), "folder": str(to), "by": by, "secret": secret}
    return bytes(_restore(REQUEST, presence(), fields).body).decode()


def test_page_offers_each_backup_by_day_and_size_and_a_folder_that_is_free(backup: Path, tmp_path: Path) -> None:
    page = _page("token", presence(), Refused())
    assert "MB)" in offered()
    assert escape(str(tmp_path / "data-restored-")) in page
    assert "Ada" not in page


def test_without_a_backup_the_page_says_so(tmp_path: Path) -> None:
    assert "No backup is in this folder" in _page("token", presence(), Refused())


@pytest.mark.parametrize("by", [BY_PASSPHRASE, BY_CODE])
def test_restored_practice_is_whole_and_the_page_says_how_to_open_it(
    backup: Path, tmp_path: Path, code: str, by: str
) -> None:
    before = {each: each.read_bytes() for each in backup.parent.iterdir()}
    said = restore(tmp_path / "new", by=by, secret=PASSPHRASE if by == BY_PASSPHRASE else code)
    assert f"run.py --data '{tmp_path / 'new'}'" in said
    assert "1 clients" in said
    assert {each: each.read_bytes() for each in backup.parent.iterdir()} == before
    to = tmp_path / "new" / "practice.db"
    key = PracticeKeys(key_path_of(to), clock=FixedClock(NOON), cost=CHEAP).unlock(DETAILS.therapist, PASSPHRASE).key
    assert people_in(to, key) == 1
    store = open_store(to, clock=FixedClock(NOON), key=key)
    found = store.practice()
    assert found is not None
    with store.reading(found[1]) as work:
        assert audit.all(work)[-1].action is Action.RESTORE
    store.close()


def test_open_practice_stays_as_it_is_and_its_trail_says_that_a_copy_was_made(backup: Path, tmp_path: Path) -> None:
    restore(tmp_path / "new")
    place = runtime.needed_workplace()
    with place.store.reading(place.actor) as work:
        last = audit.all(work)[-1]
    assert (last.action, last.detail) == (Action.RESTORE, "new file")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"secret": "quite another passphrase"}, WrongPassphrase),
        ({"by": BY_CODE, "secret": "ABCD"}, InvalidInput),
        ({"backup": "../practice.db"}, InvalidInput),
        ({"by": ""}, InvalidInput),
        ({"folder": "new"}, InvalidInput),
        ({"folder": ""}, InvalidInput),
    ],
)
def test_anything_wrong_restores_nothing_and_leaves_nothing(
    backup: Path, tmp_path: Path, changed: dict[str, str], refusal: type[Exception]
) -> None:
    fields = {"backup": offered(), "folder": str(tmp_path / "new"), "by": BY_PASSPHRASE, "secret": PASSPHRASE}
    with pytest.raises(refusal, match="Nothing was"):
        _restore(REQUEST, presence(), fields | changed)
    left = [*(tmp_path / "new").iterdir()] if (tmp_path / "new").exists() else []
    assert [each for each in left if not each.name.endswith(".lock")] == []


def test_folder_that_holds_a_practice_is_left_alone(backup: Path, tmp_path: Path) -> None:
    before = (tmp_path / "data" / "practice.key").read_bytes()
    with pytest.raises(Conflict, match="is there already"):
        restore(tmp_path / "data")
    assert (tmp_path / "data" / "practice.key").read_bytes() == before


def test_damaged_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(bytes(content))
    with pytest.raises(StoreError, match="damaged"):
        restore(tmp_path / "new")
    assert not (tmp_path / "new" / "practice.db").exists()


def test_guesses_wait_longer_each_time_although_each_backup_brings_its_own_count(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FixedClock(runtime.door().clock.now())
    monkeypatch.setattr(runtime.door(), "clock", clock)
    with pytest.raises(WrongPassphrase, match="attempts so far: 1"):
        restore(tmp_path / "new", secret="quite another passphrase")
    with pytest.raises(TooManyAttempts, match="was not looked at"):
        restore(tmp_path / "new")
    clock.move_to(clock.now().replace(year=clock.now().year + 1))
    assert "Restored and checked" in restore(tmp_path / "new")


def test_refused_form_comes_back_with_all_but_its_secret(backup: Path, tmp_path: Path) -> None:
    chosen, to = offered(), tmp_path / "of my own choice"
    fields = {"backup": chosen, "folder": str(to), "by": BY_CODE, "secret": "7K2M"}
    refused = posted(fields)
    assert "seven groups of four" in refused
    assert f"<option selected>{chosen}</option>" in refused
    assert f"<option selected>{BY_CODE}</option>" in refused
    assert f'value="{to}"' in refused
    assert "7K2M" not in refused
    wrong = posted(fields | {"by": BY_PASSPHRASE, "secret": "quite another passphrase"})
    assert OTHER_LAYOUT in wrong
    assert "quite another passphrase" not in wrong
    stranger = posted(fields, token="of somebody else")
    assert STALE in stranger
    assert str(to) not in stranger
    assert not (to / "practice.db").exists()


def posted(fields: dict[str, str], token: str = "") -> str:
    """The page that answers a posted form, as the gate lets through who is signed in."""
    proof = FormProof(before="a value of this browser alone")
    body = urlencode({"token": token or proof.token, **fields}).encode()
    headers = [
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"cookie", f'{runtime.cookie_names()[1]}-form="{proof.before}"'.encode()),
    ]
    scope = {"type": "http", "method": "POST", "path": PATH, "scheme": "http", "headers": headers, PRESENCE: presence()}

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    [route] = restore_routes.restore_routes()
    answer = asyncio.run(route.endpoint(Request(scope, receive)))
    assert answer.status_code == 400
    return bytes(answer.body).decode()
