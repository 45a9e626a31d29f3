"""An export over the real server: the passphrase asked again, and a file that no other sign-in is given."""

import io
import json
import re
from collections.abc import Iterator

import pytest
import pyzipper

from tests.browser.server import PASSPHRASE, Server
from tests.isolation.window import Answer, Window

CODE = re.compile(r'aria-label="Code of the file"><span>(.+?)</span>')
ADDRESS = re.compile(r'href="(/api/export/[\w-]+)"')
WHOLE = "The whole practice, every client"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    started = Server(data_dir=folder / "data", log=folder / "server.log").start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def owner(server: Server) -> Window:
    window = Window(server)
    window.set_up()
    return window


def asked(window: Window, passphrase: str = PASSPHRASE, what: str = WHOLE) -> Answer:
    return window.post("/auth/export", {"what": what, "present": passphrase})


def made(window: Window) -> tuple[str, str]:
    """The address of a file that was just made, and its code."""
    page = asked(window).text
    found, code = ADDRESS.search(page), CODE.search(page)
    assert found, page
    assert code, page
    return found[1], code[1].replace("<wbr>", "")


def test_file_opens_with_the_code_that_was_shown_and_names_nobody(owner: Window) -> None:
    address, code = made(owner)
    answer = owner.get(address)
    assert answer.status == 200
    assert re.fullmatch(
        r'attachment; filename="secure-base-export-\d{4}-\d\d-\d\d\.zip"', answer.headers["content-disposition"]
    )
    assert answer.headers["cache-control"] == "no-store"
    assert b"River Practice" not in answer.body
    with pyzipper.AESZipFile(io.BytesIO(answer.body)) as archive:
        archive.setpassword(code.encode())
        assert json.loads(archive.read("practice.json"))["practice"]["name"] == "River Practice"


def test_nobody_but_the_sign_in_that_made_it_is_given_the_file(owner: Window, server: Server) -> None:
    address, _ = made(owner)
    assert Window(server).get(address).status == 401
    assert Window(server, cookies=dict.fromkeys(owner.cookies, "x" * 43)).get(address).status == 401
    other = Window(server)
    assert other.sign_in().status == 303
    assert other.get(address).status == 404
    assert owner.get("/api/export/" + "A" * 43).status == 404
    assert owner.get(address).status == 200


def test_newer_file_takes_the_place_of_the_one_before(owner: Window) -> None:
    before, _ = made(owner)
    after, _ = made(owner)
    assert (owner.get(before).status, owner.get(after).status) == (404, 200)


def test_client_that_is_not_open_in_this_window_cannot_be_chosen(owner: Window) -> None:
    answer = asked(owner, what="Everything about client AB1234")
    assert answer.status == 400
    assert not ADDRESS.search(answer.text)


def test_form_of_another_site_makes_nothing(owner: Window) -> None:
    body = b"what=The+whole+practice%2C+every+client&present=" + PASSPHRASE.replace(" ", "+").encode()
    kind = "application/x-www-form-urlencoded"
    assert owner.ask("POST", "/auth/export", body=body, content_type=kind).status == 400
    assert owner.ask("POST", "/auth/export", body=body, content_type=kind, origin="https://example.org").status == 403


def test_stranger_and_visitor_are_sent_to_sign_in(server: Server, owner: Window) -> None:
    assert Window(server).get("/auth/export").headers["location"] == "/auth/sign-in"
    visitor = Window(server)
    visitor.post("/auth/look-around", {})
    assert visitor.get("/auth/export").headers["location"] == "/auth/sign-in"


def test_locked_screen_is_given_no_file(owner: Window) -> None:
    address, _ = made(owner)
    assert owner.call("/api/lock").status == 200
    assert owner.get(address).status == 423
    assert owner.get("/auth/export").status == 303
    assert owner.call("/api/unlock", {"passphrase": PASSPHRASE}).status == 200
    assert owner.get(address).status == 200


def test_wrong_passphrase_makes_nothing_and_is_not_shown(owner: Window) -> None:
    # Last, since the next attempt is looked at only after a while.
    answer = asked(owner, "quite another passphrase")
    assert answer.status == 400
    assert not ADDRESS.search(answer.text)
    assert "quite another" not in answer.text
