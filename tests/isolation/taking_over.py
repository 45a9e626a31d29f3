"""Attempts to get into somebody else's session, many of each kind, and how many bytes of the record they were given.

`python -m tests.isolation.taking_over` makes fifty of each and prints a line for each kind; the suite makes a few.
"""

import http.client
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import InvalidStatus

from tests.browser.server import HOST, PASSPHRASE
from tests.isolation.practices import Peopled, User, marks_in, peopled
from tests.isolation.window import Window, run_script, session_in

LONG: Final = 50
SCREENS: Final = (
    "/", "/today", "/learn", "/documents", "/settings", "/review", "/check-in", "/questionnaires", "/sessions",
    "/notes", "/profile", "/new-client", "/note",
)  # fmt: skip
OFFERING: Final = ("tests.isolation.planted", "files")
"""The product's screens offer no file through Streamlit yet; this server's do."""
PRACTICE: Final = b"River Practice"
"""The practice's name, which Settings shows to whoever works in it, and nothing else does."""
EXPORT: Final = re.compile(r'href="(/api/export/[\w-]+)"')
MEDIA: Final = re.compile(rb"/media/[0-9a-f]+\.\w+")
UPGRADE: Final = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "streamlit",
}


@dataclass(frozen=True, kw_only=True)
class Given:
    """What one attempt was answered: a status or a close, and all bytes that came."""

    answer: str
    raw: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A therapist with a client open, everything that could be known of the session, and another sign-in beside it."""

    practice: Peopled
    session: str
    export: str
    media: str

    @property
    def victim(self) -> User:
        return self.practice.users[0]

    @property
    def neighbour(self) -> User:
        return self.practice.users[1]

    def stranger(self) -> Window:
        return Window(self.practice.server)

    def visitor(self) -> Window:
        """Somebody who looks around in the synthetic practice on the same server."""
        window = self.stranger()
        assert window.post("/auth/look-around", {}).status == 303
        return window


Attempt = Callable[[Target, int], Iterator[Given]]


def target_of(practice: Peopled) -> Target:
    """Open the victim's session, an export and a file of it; all of them must be there to be taken."""
    window = practice.users[0].window
    with window.socket() as socket:
        messages, raw = run_script(socket, "review")
        assert PRACTICE in run_script(socket, "settings")[1]
    assert practice.users[0].mark in marks_in(raw)
    page = window.post("/auth/export", {"what": "The whole practice, every client", "present": PASSPHRASE}).text
    export, media = EXPORT.search(page), MEDIA.search(raw)
    assert export
    assert media
    assert window.get(export[1]).status == 200
    assert practice.users[0].mark in marks_in(window.get(media[0].decode()).body)
    return Target(practice=practice, session=session_in(messages), export=export[1], media=media[0].decode())


# ---- the kinds of attempts: the number only says which screen is tried


def foreign_session_id_in_the_socket(target: Target, number: int) -> Iterator[Given]:
    """A visitor and another sign-in of the same practice name the victim's session in their handshake."""
    for window in (target.visitor(), target.neighbour.window):
        with window.socket(session=target.session) as socket:
            messages, raw = run_script(socket, "review" if number % 2 else "check-in")
        yield Given(answer="the same session" if session_in(messages) == target.session else "one of its own", raw=raw)


def foreign_session_id_in_the_upload(target: Target, number: int) -> Iterator[Given]:
    address = f"/_stcore/upload_file/{target.session}/a-file-{number}"
    for window in (target.visitor(), target.neighbour.window, target.stranger()):
        for method in ("PUT", "DELETE"):
            yield _asked(window, method, address)


def no_cookie(target: Target, number: int) -> Iterator[Given]:
    yield _asked(target.stranger(), "GET", SCREENS[number % len(SCREENS)])
    yield _opened(target.stranger(), Cookie=None)
    yield _opened(target.stranger(), session=target.session, Cookie=None)


def signed_out_cookie(target: Target, number: int) -> Iterator[Given]:
    yield from _tries(target, target.practice.stale["signed out"], number)


def expired_cookie(target: Target, number: int) -> Iterator[Given]:
    yield from _tries(target, target.practice.stale["expired"], number)


def cookie_of_a_locked_screen(target: Target, number: int) -> Iterator[Given]:
    name = "locked by hand" if number % 2 else "left alone"
    yield from _tries(target, target.practice.stale[name], number)


def made_up_cookie(target: Target, number: int) -> Iterator[Given]:
    name = next(iter(target.neighbour.window.cookies))
    yield from _tries(target, Window(target.practice.server, cookies={name: f"made-up-{number}"}), number)


def foreign_host(target: Target, number: int) -> Iterator[Given]:
    window = target.victim.window
    host = f"evil.example:{target.practice.server.port}"
    yield _asked(window, "GET", SCREENS[number % len(SCREENS)], Host=host)
    yield _asked(window, "GET", target.export, Host=host)
    yield _shaken(window, Host=host, Origin=f"http://{host}")


def foreign_origin(target: Target, number: int) -> Iterator[Given]:
    for origin in ("https://evil.example", "null", f"http://evil.example:{target.practice.server.port}"):
        yield _opened(target.victim.window, session=target.session, Origin=origin)


def no_origin(target: Target, number: int) -> Iterator[Given]:
    yield _opened(target.victim.window, session=target.session, Origin=None)


def download_without_its_cookie(target: Target, number: int) -> Iterator[Given]:
    for address in (target.export, target.media):
        for window in (target.stranger(), target.visitor(), target.neighbour.window, *target.practice.stale.values()):
            yield _asked(window, "GET", address)


def first_request_of_a_fresh_process(target: Target, number: int) -> Iterator[Given]:
    """The very first request, once with no cookie and once with the victim's: nobody has opened the practice yet."""
    server = target.practice.server.restart()
    window = target.victim.window if number % 2 else Window(server)
    yield _asked(window, "GET", SCREENS[number % len(SCREENS)])


KINDS: Final[tuple[Attempt, ...]] = (
    foreign_session_id_in_the_socket,
    foreign_session_id_in_the_upload,
    no_cookie,
    signed_out_cookie,
    expired_cookie,
    cookie_of_a_locked_screen,
    made_up_cookie,
    foreign_host,
    foreign_origin,
    no_origin,
    download_without_its_cookie,
)
"""All but the fresh process, which ends every session there is and therefore comes last."""


# ---- how an attempt is made and judged


def foreign_bytes(target: Target, given: Given) -> int:
    """How many bytes of the victim's client, or of the practice's name, stand in what was given."""
    return sum(given.raw.count(words) * len(words) for words in (target.victim.mark, PRACTICE))


def tried(target: Target, attempt: Attempt, times: int) -> tuple[Counter[str], int]:
    """What the attempts were answered, and how many bytes of the record all of them together were given."""
    answers: Counter[str] = Counter()
    leaked = 0
    for number in range(times):
        for given in attempt(target, number):
            answers[given.answer] += 1
            leaked += foreign_bytes(target, given)
    return answers, leaked


def _asked(window: Window, method: str, path: str, **headers: str) -> Given:
    answer = window.ask(method, path, **headers)
    return Given(answer=str(answer.status), raw=answer.body + str(answer.headers).encode())


def _tries(target: Target, window: Window, number: int) -> Iterator[Given]:
    """A screen, both files and the socket, with one cookie that is not good any more."""
    yield _asked(window, "GET", SCREENS[number % len(SCREENS)])
    yield _asked(window, "GET", target.export if number % 2 else target.media)
    yield _opened(window, session=target.session)


def _opened(window: Window, *, session: str = "", **headers: str | None) -> Given:
    """Open the socket and run a screen, a part of one and a screen again, if the server lets it."""
    try:
        with window.socket(session=session, **headers) as socket:
            _, raw = run_script(socket, "review")
            part = BackMsg()
            part.rerun_script.fragment_id = "a part"
            socket.send(part.SerializeToString())
            return Given(answer="a socket", raw=raw + run_script(socket, "settings")[1])
    except InvalidStatus as refusal:
        return Given(answer=str(refusal.response.status_code), raw=refusal.response.body or b"")


def _shaken(window: Window, **headers: str) -> Given:
    """A handshake written by hand: the client library would not send another host's name."""
    connection = http.client.HTTPConnection(HOST, window.server.port, timeout=30)
    try:
        sent = {**UPGRADE, "Cookie": window.cookie_line(), **headers}
        connection.putrequest("GET", "/_stcore/stream", skip_host=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return Given(answer=str(answer.status), raw=b"" if answer.status == 101 else answer.read())
    finally:
        connection.close()


def main(times: int) -> int:
    """Print a line for each kind; 0 where nothing of the record was given to anybody."""
    with tempfile.TemporaryDirectory() as folder:
        practice, all_leaked = peopled(Path(folder), users=2, program=OFFERING), 0
        try:
            target = target_of(practice)
            for attempt in (*KINDS, first_request_of_a_fresh_process):
                began = time.monotonic()
                answers, leaked = tried(target, attempt, times)
                all_leaked += leaked
                said = ", ".join(f"{name} {count} times" for name, count in sorted(answers.items()))
                seconds = time.monotonic() - began
                print(f"{attempt.__name__.replace('_', ' ')}: {said}; {leaked} bytes ({seconds:.0f} s)", flush=True)
        finally:
            practice.server.stop()
    return 1 if all_leaked else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LONG))
