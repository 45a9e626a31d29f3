"""Nobody gets into somebody else's session: what a stranger is sent holds not one byte of the record."""

import time
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from tests.browser.server import PASSPHRASE, Server
from tests.isolation.window import TOKEN, Window, redirect_in, run_script, session_in, until_finished

CANARY = b"River Practice"
"""The practice's name: the first thing of the record that Settings, and nothing else in the program, shows."""
TIMES = 2
SCREENS = (
    "/", "/today", "/learn", "/documents", "/settings", "/review", "/check-in", "/questionnaires", "/sessions",
    "/notes", "/profile", "/new-client", "/note",
)  # fmt: skip
ADDRESSES = (*SCREENS, "/media/0123456789abcdef.csv", "/api/export/1", "/api/activity", "/_stcore/host-config",
             "/_stcore/upload_file/s/f", "/_stcore/bidi-components/x/y.js", "/component/x", "/_stcore/metrics", "/a/b",
             "/index.html")  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    started = Server(data_dir=folder / "data", log=folder / "server.log").start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def owner(server: Server) -> Window:
    """The therapist's browser; the practice is set up with it."""
    window = Window(server)
    window.set_up()
    return window


@pytest.fixture
def screen(owner: Window) -> Iterator[tuple[ClientConnection, str]]:
    """The owner's open Settings: its socket, and Streamlit's own name of the session."""
    if owner.get("/").headers.get("location"):
        assert owner.sign_in().status == 303
    with owner.socket() as socket:
        messages, raw = run_script(socket, "settings")
        assert CANARY in raw
        yield socket, session_in(messages)


def refused(server: Server, **headers: str | None) -> int:
    """The status with which a socket is refused."""
    with pytest.raises(InvalidStatus) as found, Window(server).socket(**headers):
        pytest.fail("The socket was opened.")
    assert CANARY not in (found.value.response.body or b"")
    return found.value.response.status_code


def test_foreign_session_id_gives_a_session_of_ones_own(server: Server, screen: tuple[ClientConnection, str]) -> None:
    _, session = screen
    for _ in range(TIMES):
        visitor = Window(server)
        assert visitor.post("/auth/look-around", {}).status == 303
        with visitor.socket(session=session) as socket:
            messages, raw = run_script(socket, "settings")
        assert session_in(messages) != session
        assert CANARY not in raw
        assert b"Synthetic practice" in raw


def test_own_session_is_given_back_after_the_line_broke(owner: Window, screen: tuple[ClientConnection, str]) -> None:
    socket, session = screen
    socket.close()
    with owner.socket(session=session) as again:
        messages, _ = run_script(again, "settings")
    assert session_in(messages) == session


def test_no_cookie_and_a_stale_one_open_no_socket(server: Server, owner: Window, screen: object) -> None:
    [name] = [each for each in owner.cookies if not each.endswith("-form") and "xsrf" not in each]
    stale = Window(server)
    stale.sign_in()
    line = stale.cookie_line()
    stale.post("/auth/sign-out", {})
    for _ in range(TIMES):
        assert refused(server, Cookie=None) == 403
        assert refused(server, Cookie=f"{name}=made-up") == 403
        assert refused(server, Cookie=line) == 403


def test_foreign_and_missing_origin_open_no_socket(server: Server, owner: Window, screen: object) -> None:
    for _ in range(TIMES):
        assert refused(server, Cookie=owner.cookie_line(), Origin=None) == 403
        assert refused(server, Cookie=owner.cookie_line(), Origin="https://evil.example") == 403
        assert refused(server, Cookie=owner.cookie_line(), Origin="null") == 403


def test_foreign_host_is_refused_even_with_the_cookie(owner: Window, screen: object) -> None:
    for _ in range(TIMES):
        answer = owner.get("/settings", Host="evil.example")
        assert answer.status == 403
        assert CANARY not in answer.body


@pytest.mark.usefixtures("screen")
def test_every_address_tells_a_stranger_nothing(server: Server, owner: Window) -> None:
    for cookie in ("", "secure-base=made-up"):
        for path in ADDRESSES:
            answer = owner.ask("GET", path, cookie=cookie)
            assert answer.status in (303, 401), path
            assert answer.headers["cache-control"] == "no-store"
            assert CANARY not in answer.body
            if path in SCREENS:
                assert answer.headers["location"] == "/auth/sign-in"


def test_first_request_of_a_fresh_process_to_each_screen_leads_to_sign_in(server: Server, owner: Window) -> None:
    before = dict(owner.cookies)
    for path in SCREENS[:TIMES]:
        server.restart()
        answer = Window(server, cookies=dict(before)).get(path)
        assert (answer.status, answer.headers["location"]) == (303, "/auth/sign-in")
    assert owner.sign_in().status == 303


def test_upload_to_somebody_elses_session_is_refused(server: Server, screen: tuple[ClientConnection, str]) -> None:
    visitor = Window(server)
    visitor.post("/auth/look-around", {})
    answer = visitor.ask("PUT", f"/_stcore/upload_file/{screen[1]}/a-file", body=b"x")
    assert answer.status == 403


def test_ended_sign_in_is_sent_away_and_its_socket_closed_within_two_seconds(
    owner: Window, screen: tuple[ClientConnection, str]
) -> None:
    socket, _ = screen
    began = time.monotonic()
    assert owner.post("/auth/sign-out", {}).status == 303
    messages, raw = until_finished(socket, seconds=10)
    assert redirect_in(messages) == "/auth/sign-in"
    assert time.monotonic() - began < 2.0 + 1.0  # two seconds, and one for a machine that is busy with other tests
    assert CANARY not in raw
    with pytest.raises(ConnectionClosed):
        socket.recv(timeout=5)
    assert socket.close_code == 4401


def test_run_of_a_locked_screen_holds_nothing_of_the_record(
    owner: Window, screen: tuple[ClientConnection, str]
) -> None:
    socket, _ = screen
    assert owner.call("/api/lock").status == 200
    _, raw = run_script(socket, "settings")
    assert CANARY not in raw
    assert owner.get("/media/0123456789abcdef.csv").status == 423
    assert owner.get("/api/export/1").status == 423
    assert owner.get("/settings").headers["location"] == "/auth/sign-in"
    assert owner.call("/api/unlock", {"passphrase": PASSPHRASE}).status == 200
    _, raw = run_script(socket, "settings")
    assert CANARY in raw


def test_part_of_a_locked_screen_does_not_run(owner: Window, screen: tuple[ClientConnection, str]) -> None:
    socket, _ = screen
    assert owner.call("/api/lock").status == 200
    message = BackMsg()
    message.rerun_script.fragment_id = "a part"
    socket.send(message.SerializeToString())
    _, raw = run_script(socket, "settings")
    assert CANARY not in raw
    assert raw.count(b"secure_base_again") >= 1
    assert owner.call("/api/unlock", {"passphrase": PASSPHRASE}).status == 200


def test_form_without_its_token_or_from_another_site_changes_nothing(server: Server, owner: Window) -> None:
    fields = {"name": "Dr Example", "passphrase": PASSPHRASE}
    assert Window(server).post("/auth/sign-in", {**fields, "token": "made-up"}).status == 403
    other = Window(server)
    lent = Window(server, cookies=dict(other.cookies))
    lent.cookies = {name: value[:-2] + "xx" for name, value in lent.cookies.items()}
    assert (
        lent.ask("POST", "/auth/sign-in", body=b"token=x", content_type="application/x-www-form-urlencoded").status
        == 403
    )
    for headers in ({"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        answer = Window(server).post("/auth/sign-in", fields, **headers)
        assert answer.status == 403
        assert "set-cookie" not in answer.headers
    assert owner.ask("POST", "/api/lock", body=b"{}").status == 403


def test_form_that_is_too_large_is_refused(server: Server) -> None:
    assert Window(server).post("/auth/sign-in", {"name": "x" * 20_000}).status == 403


def test_unknown_name_gets_the_same_answer_as_a_wrong_passphrase(server: Server, owner: Window) -> None:
    answers = [Window(server).sign_in(name=name, passphrase="not it at all") for name in ("Nobody", "Dr Example")]
    assert [each.status for each in answers] == [401, 401]
    bodies = [TOKEN.sub("", each.text).replace("Nobody", "Dr Example") for each in answers]
    assert bodies[0] == bodies[1]
    tried = [Window(server).sign_in(passphrase="not it at all").status for _ in range(6)]
    assert tried[-1] == 429  # the waits grow faster than anybody types
    assert Window(server).sign_in(passphrase=PASSPHRASE).status == 429
