"""The second step over the wire: turned on and off by its pages, asked for after the passphrase, and no way past it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pyotp
import pytest

from tests.browser.server import PASSPHRASE, Server
from tests.isolation.window import GROUP, Window

PAGE = "/auth/second-step"
OTHER = "quite another long passphrase"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    started = Server(data_dir=folder / "data", log=folder / "server.log").start()
    yield started
    started.stop()


def code_of(key: str, steps: int = 0) -> str:
    """The code that a telephone shows now, or some steps of 30 seconds from now."""
    return pyotp.TOTP(key).at(datetime.now(UTC), counter_offset=steps)


def turn_on(window: Window) -> str:
    assert "It is off." in window.get(PAGE).text
    assert window.post(PAGE, {"present": PASSPHRASE}).status == 303
    page = window.get(PAGE).text
    key = "".join(GROUP.findall(page))
    assert len(key) == 32
    assert re.search(r'<svg class="qr" role="img" aria-label="QR code of the key below"', page)
    wrong = window.post(PAGE, {"code": "000000"})
    assert (wrong.status, "Nothing was turned on" in wrong.text) == (400, True)
    assert "The second step is on" in window.post(PAGE, {"code": code_of(key)}).text
    assert key not in window.get(PAGE).text
    return key


def test_second_step_from_turning_it_on_to_the_recovery_code(server: Server) -> None:
    owner = Window(server)
    recovery = owner.set_up()
    key = turn_on(owner)
    owner.post("/auth/sign-out", {})

    asked = owner.sign_in()
    assert asked.status == 200
    assert "The code from your telephone" in asked.text
    assert owner.get("/settings").status == 303
    assert owner.get("/auth/code").headers["location"] == "/auth/sign-in"

    stranger = Window(server)
    taken = stranger.post("/auth/code", {"code": code_of(key, 1)})
    assert taken.status == 403
    assert stranger.get("/settings").status == 303

    entered = owner.post("/auth/code", {"code": code_of(key, 1)})
    assert (entered.status, entered.headers["location"]) == (303, "/")
    assert owner.get("/settings").status == 200
    assert "It is on:" in owner.get(PAGE).text

    owner.post("/auth/sign-out", {})
    owner.sign_in()
    again = owner.post("/auth/code", {"code": code_of(key, -1)})
    assert (again.status, "used already" in again.text) == (401, True)
    assert owner.post("/auth/code", {"code": code_of(key)}).status == 429
    assert owner.get("/settings").status == 303

    lost = owner.post("/auth/forgotten", {"code": recovery, "passphrase": OTHER, "again": OTHER})
    assert lost.status == 303
    assert "It is off." in owner.get(PAGE).text
    owner.post("/auth/sign-out", {})
    assert owner.sign_in(passphrase=OTHER).status == 303


def test_second_step_pages_are_for_who_is_signed_in(server: Server) -> None:
    assert Window(server).get(PAGE).headers["location"] == "/auth/sign-in"
    visitor = Window(server)
    assert visitor.post("/auth/look-around", {}).status == 303
    assert visitor.get(PAGE).headers["location"] == "/auth/sign-in"
