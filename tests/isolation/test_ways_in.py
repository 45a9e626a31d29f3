"""The ways in that are taken once: a practice of an earlier version, an older file, the demo; each over the wire."""

import json
import shutil
from collections.abc import Iterator

import pytest

from core.model.people import PracticeDetails
from core.store import SystemClock, open_store
from core.store.file_check import is_readable
from tests.browser.server import PASSPHRASE, THERAPIST, Server
from tests.isolation.window import GROUP, Window

NAMES = ("practice.db", "practice.key")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a practice that an earlier version left unencrypted."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "data").mkdir(mode=0o700)
    store = open_store(folder / "data" / "practice.db", clock=SystemClock())
    store.set_up(PracticeDetails(name="River Practice", therapist=THERAPIST, zone="UTC"), synthetic=False)
    store.close()
    started = Server(data_dir=folder / "data", log=folder / "server.log").start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def owner(server: Server) -> Window:
    """The therapist's browser, after the practice was encrypted with it."""
    window = Window(server)
    assert "Encrypt my practice" in window.get("/auth/sign-in").text
    assert "River Practice" not in window.get("/auth/sign-in").text
    weak = window.post("/auth/convert", {"passphrase": "short", "again": "short"})
    assert (weak.status, "At least 12" in weak.text) == (400, True)
    assert is_readable(server.data_dir / "practice.db")
    made = window.post("/auth/convert", {"passphrase": PASSPHRASE, "again": PASSPHRASE})
    assert (made.status, made.headers["location"]) == (303, "/auth/recovery-code")
    code = "".join(GROUP.findall(window.get("/auth/recovery-code").text))
    said = window.post("/auth/recovery-code", {"code": code})
    assert "SSD" in said.text
    return window


def test_practice_of_an_earlier_version_is_encrypted_on_the_way_in(server: Server, owner: Window) -> None:
    assert not is_readable(server.data_dir / "practice.db")
    assert owner.get("/settings").status == 200
    assert "Sign in" in Window(server).get("/auth/sign-in").text


def test_older_file_asks_for_typed_consent(server: Server, owner: Window) -> None:
    aside = server.data_dir.parent
    owner.post("/auth/sign-out", {})
    for name in NAMES:
        shutil.copy(server.data_dir / name, aside / name)
    assert owner.sign_in().status == 303
    owner.post("/auth/sign-out", {})
    for name in NAMES:
        shutil.copy(aside / name, server.data_dir / name)
    asked = owner.sign_in()
    assert asked.status == 409
    assert "changes recorded" in asked.text
    assert owner.get("/settings").status == 303
    assert owner.post("/auth/older", {"consent": "yes"}).status == 409
    assert Window(server).post("/auth/older", {"consent": "open the older file"}).status == 400
    given = owner.post("/auth/older", {"consent": "Open the older file."})
    assert (given.status, given.headers["location"]) == (303, "/")
    assert owner.get("/settings").status == 200


def test_cookie_is_kept_from_scripts_and_from_other_sites(server: Server, owner: Window) -> None:
    given = owner.sign_in()
    line = next(value for name, value in [("", given.headers["set-cookie"])] if value)
    assert given.status == 303
    assert "HttpOnly" in line
    assert "SameSite=strict" in line
    assert "Secure" not in line.replace("secure-base", "")


def test_lost_connection_opens_no_dialog_and_no_other_site_may_embed_the_screens(owner: Window) -> None:
    said = json.loads(owner.get("/_stcore/host-config").body)
    assert said["blockErrorDialogs"] is True
    assert said["allowedOrigins"] == []


def test_window_tells_how_long_it_stays_open_without_counting_as_activity(owner: Window) -> None:
    first = json.loads(owner.get("/api/activity").body)
    second = json.loads(owner.get("/api/activity").body)
    assert first["locked"] is False
    assert second["left_seconds"] <= first["left_seconds"] <= 30 * 60


def test_wrong_passphrase_on_a_locked_screen_tells_its_sentence_and_keeps_it_locked(owner: Window) -> None:
    owner.call("/api/lock")
    refused = owner.call("/api/unlock", {"passphrase": "not it at all"})
    assert refused.status == 403
    assert "attempts so far: 1" in json.loads(refused.body)["problem"]
    tried = [owner.call("/api/unlock", {"passphrase": "not it at all"}).status for _ in range(8)]
    assert tried[-1] == 429
    assert owner.call("/api/unlock", {"passphrase": PASSPHRASE}).status == 429
    assert json.loads(owner.get("/api/activity").body)["locked"] is True


def test_log_of_the_server_holds_no_passphrase_and_no_name(server: Server, owner: Window) -> None:
    log = server.log_text()
    for word in (PASSPHRASE, "not it at all", THERAPIST, "River Practice"):
        assert word not in log
