"""A file that a screen offers is given to the sign-in it was offered to, and to nobody else who knows its address."""

from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

from tests.isolation.practices import Peopled, User, peopled
from tests.isolation.window import Window, run_script, session_in


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peopled]:
    """Two sign-ins on a server whose screens offer files; the product's own offer none by this way yet."""
    made = peopled(tmp_path_factory.mktemp("files"), users=2, program=("tests.isolation.planted", "files"))
    yield made
    made.server.stop()


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


def test_both_kinds_of_file_are_given_to_their_own_sign_in_alone(practice: Peopled) -> None:
    owner, other = practice.users
    with owner.window.socket() as socket:
        messages, _ = run_script(socket, "review")
        at_once, promise = offered(messages)
        for address in (at_once, fetched_later(socket, session_in(messages), promise)):
            answer = owner.window.get(address)
            assert (answer.status, owner.mark in answer.body) == (200, True)
            assert answer.headers["cache-control"] == "no-store"
            refuses(other.window, address, 404, owner)
            refuses(Window(practice.server), address, 401, owner)
            visitor = Window(practice.server)
            visitor.post("/auth/look-around", {})
            refuses(visitor, address, 404, owner)
            refuses(other.window, address.replace(".", "%3f."), 404, owner)
            refuses(other.window, address.partition(".")[0], 404, owner)


def test_promise_of_somebody_else_makes_a_file_that_only_its_owner_is_given(practice: Peopled) -> None:
    owner, other = practice.users
    with owner.window.socket() as socket, other.window.socket() as theirs:
        _, promise = offered(run_script(socket, "review")[0])
        session = session_in(run_script(theirs, "review")[0])
        address = fetched_later(theirs, session, promise)
        refuses(other.window, address, 404, owner)
        assert owner.mark in owner.window.get(address).body


def test_same_file_may_be_offered_to_two(practice: Peopled) -> None:
    with practice.users[0].window.socket() as first, practice.users[1].window.socket() as second:
        found = {offered(run_script(socket, "documents")[0])[0] for socket in (first, second)}
    assert len(found) == 2  # the open client's name stands in it: the sign-ins differ
    visitors = [Window(practice.server) for _ in range(2)]
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
