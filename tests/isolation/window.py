"""A browser's place taken by hand: cookies, forms and sockets, with every byte that the server gave."""

import http.client
import json
import re
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.browser.server import HOST, PASSPHRASE, THERAPIST, Server

TOKEN = re.compile(r'name="token" value="([^"]+)"')
GROUP = re.compile(r"<span>(\w{4})</span>")
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Window:
    """One browser; `cookies` are those it was given."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, *, body: bytes = b"", **headers: str) -> Answer:
        """One request, with this browser's cookies; header names are written with `_` for `-`."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies and "cookie" not in sent:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = http.client.HTTPConnection(HOST, self.server.port, timeout=60)
        try:
            connection.request(method, path, body=body or None, headers=sent)
            answer = connection.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    self._keep(value)
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Post a form with the token of the page that it stands on."""
        found = TOKEN.search(self.get("/auth/sign-in").text)
        token = {"token": found[1]} if found else {}
        body = urllib.parse.urlencode({**token, **fields}).encode()
        return self.ask("POST", path, body=body, content_type=FORM, **headers)

    def call(self, path: str, content: Mapping[str, Any] | None = None) -> Answer:
        """One of the window's own calls."""
        return self.ask("POST", path, body=json.dumps(content or {}).encode(), x_app="1")

    def set_up(self) -> str:
        """Set up the practice and type the recovery code back; gives the code."""
        form = {"practice": "River Practice", "therapist": THERAPIST, "zone": "Europe/Berlin"}
        made = self.post("/auth/set-up", {**form, "passphrase": PASSPHRASE, "again": PASSPHRASE})
        assert made.status == 303, made.text
        page = self.get("/auth/recovery-code").text
        code = "-".join(GROUP.findall(page))
        assert self.post("/auth/recovery-code", {"code": code}).status == 303
        return code

    def sign_in(self, *, name: str = THERAPIST, passphrase: str = PASSPHRASE) -> Answer:
        return self.post("/auth/sign-in", {"name": name, "passphrase": passphrase})

    def socket(self, *, session: str = "", **headers: str | None) -> ClientConnection:
        """Open the socket that a screen opens; a header given as None is left out."""
        sent: dict[str, str | None] = {"Origin": self.server.url, "Cookie": self.cookie_line(), **headers}
        protocols = ["streamlit", "PLACEHOLDER"] + ([session] if session else [])
        kept = [(name, value) for name, value in sent.items() if value is not None and name != "Host"]
        return connect(
            f"ws://{HOST}:{self.server.port}/_stcore/stream",
            additional_headers=kept,
            subprotocols=protocols,
            max_size=None,
            open_timeout=30,
            user_agent_header=None,
        )

    def cookie_line(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, line: str) -> None:
        name, _, value = line.partition(";")[0].partition("=")
        if value in ("", '""'):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value


def run_script(socket: ClientConnection, page: str = "") -> tuple[list[ForwardMsg], bytes]:
    """Ask for one run of the script; every message until it has finished, and all their bytes."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    message.rerun_script.page_name = page
    socket.send(message.SerializeToString())
    return until_finished(socket)


def until_finished(socket: ClientConnection, seconds: float = 60) -> tuple[list[ForwardMsg], bytes]:
    """What comes until a run has finished, or the socket is closed."""
    messages: list[ForwardMsg] = []
    raw = b""
    try:
        while True:
            data = socket.recv(timeout=seconds)
            assert isinstance(data, bytes)
            raw += data
            message = ForwardMsg()
            message.ParseFromString(data)
            messages.append(message)
            if message.WhichOneof("type") == "script_finished":
                return messages, raw
    except ConnectionClosed:
        return messages, raw


def redirect_in(messages: list[ForwardMsg]) -> str:
    return next((each.auth_redirect.url for each in messages if each.WhichOneof("type") == "auth_redirect"), "")


def session_in(messages: list[ForwardMsg]) -> str:
    """Streamlit's own name of the session."""
    return next(each.new_session.initialize.session_id for each in messages if each.HasField("new_session"))
