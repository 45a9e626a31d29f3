"""An attempt on somebody else's session is given nothing; `python -m tests.isolation.taking_over` makes many more."""

from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

from tests.isolation.practices import User, peopled
from tests.isolation.taking_over import KINDS, OFFERING, Attempt, Given, Target, foreign_bytes, target_of, tried
from tests.isolation.window import Window, run_script, session_in

TIMES = 1
ALLOWED = {
    "foreign_session_id_in_the_socket": {"one of its own"},
    "foreign_session_id_in_the_upload": {"401", "403"},
    "no_cookie": {"303", "403"},
    "signed_out_cookie": {"303", "401", "403"},
    "expired_cookie": {"303", "401", "403"},
    "cookie_of_a_locked_screen": {"303", "423", "a socket"},
    "made_up_cookie": {"303", "401", "403"},
    "foreign_host": {"403"},
    "foreign_origin": {"403"},
    "no_origin": {"403"},
    "download_without_its_cookie": {"401", "404", "423"},
}


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    practice = peopled(tmp_path_factory.mktemp("target"), users=2, program=OFFERING)
    yield target_of(practice)
    practice.server.stop()


@pytest.mark.parametrize("attempt", KINDS, ids=lambda attempt: attempt.__name__)
def test_attempt_is_given_not_one_byte_of_the_record(target: Target, attempt: Attempt) -> None:
    answers, leaked = tried(target, attempt, TIMES)
    assert leaked == 0
    assert set(answers) <= ALLOWED[attempt.__name__]
    assert answers.total() >= TIMES


def test_what_the_victim_sees_would_be_counted(target: Target) -> None:
    own = target.victim.window.get(target.media)
    assert foreign_bytes(target, Given(answer="200", raw=own.body)) > 0


# ---- files that a screen offers


def offered(messages: list[ForwardMsg]) -> tuple[str, str]:
    """The address of the file that was made at once, and the promise of the other."""
    buttons = {
        each.delta.new_element.download_button.label: each.delta.new_element.download_button
        for each in messages
        if each.delta.new_element.HasField("download_button")
    }
    return buttons["At once"].url, buttons["Later"].deferred_file_id


def fetched_later(socket: ClientConnection, session: str, promise: str) -> str:
    """Ask for the file that is made when it is asked for; its address."""
    message = BackMsg()
    message.backend_operation_request.request_id = "1"
    message.backend_operation_request.session_id = session
    message.backend_operation_request.deferred_file.file_id = promise
    socket.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        data = socket.recv(timeout=30)
        assert isinstance(data, bytes)
        answer.ParseFromString(data)
        if answer.HasField("backend_operation_response"):
            return answer.backend_operation_response.deferred_file.url


def test_both_kinds_of_file_are_given_to_their_own_sign_in_alone(target: Target) -> None:
    owner, other = target.practice.users
    with owner.window.socket() as socket:
        messages, _ = run_script(socket, "review")
        at_once, promise = offered(messages)
        for address in (at_once, fetched_later(socket, session_in(messages), promise)):
            answer = owner.window.get(address)
            assert (answer.status, owner.mark in answer.body) == (200, True)
            assert answer.headers["cache-control"] == "no-store"
            refuses(other.window, address, 404, owner)
            refuses(Window(target.practice.server), address, 401, owner)
            visitor = Window(target.practice.server)
            visitor.post("/auth/look-around", {})
            refuses(visitor, address, 404, owner)
            refuses(other.window, address.replace(".", "%3f."), 404, owner)
            refuses(other.window, address.partition(".")[0], 404, owner)


def test_promise_of_somebody_else_makes_a_file_that_only_its_owner_is_given(target: Target) -> None:
    owner, other = target.practice.users
    with owner.window.socket() as socket, other.window.socket() as theirs:
        _, promise = offered(run_script(socket, "review")[0])
        session = session_in(run_script(theirs, "review")[0])
        address = fetched_later(theirs, session, promise)
        refuses(other.window, address, 404, owner)
        assert owner.mark in owner.window.get(address).body


def test_same_file_may_be_offered_to_two(target: Target) -> None:
    with target.practice.users[0].window.socket() as first, target.practice.users[1].window.socket() as second:
        found = {offered(run_script(socket, "documents")[0])[0] for socket in (first, second)}
    assert len(found) == 2  # the open client's name stands in it: the sign-ins differ
    visitors = [Window(target.practice.server) for _ in range(2)]
    for visitor in visitors:
        visitor.post("/auth/look-around", {})
    addresses = []
    for visitor in visitors:
        with visitor.socket() as socket:
            addresses.append(offered(run_script(socket, "today")[0])[0])
    assert addresses[0] == addresses[1]
    assert [visitor.get(addresses[0]).status for visitor in visitors] == [200, 200]


def refuses(window: Window, address: str, status: int, owner: User) -> None:
    answer = window.get(address)
    assert (answer.status, owner.mark in answer.body) == (status, False), address
