"""The policy that tells the browser what it may run, and who is answered at all."""

import asyncio
import base64
import hashlib
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message

from dashboard.server.headers import SecureAnswers, content_security_policy, page_shell
from dashboard.server.shell import is_screen, named_shell


def answer(*, host: str, server: tuple[str, int] | None, path: str = "/x") -> tuple[int, dict[str, str]]:
    """The status and headers that a request gets from a small application behind the middleware."""

    async def say(_: object) -> PlainTextResponse:
        return PlainTextResponse("x", headers={"cache-control": "public"})

    middleware = [Middleware(SecureAnswers, allowed_hosts=("localhost", "127.0.0.1"))]
    app = Starlette(routes=[Route("/{rest:path}", say)], middleware=middleware)
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "query_string": b"", "root_path": ""}
    scope |= {"headers": [(b"host", host.encode())], "server": server, "client": ("127.0.0.1", 5), "scheme": "http"}
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_policy_allows_an_inline_script_by_its_hash_only() -> None:
    shell = b"<script>one()</script><script src='x.js'></script><script>two()</script>"
    policy = content_security_policy(shell)
    for script in (b"one()", b"two()"):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" in policy
    assert policy.count("sha256-") == 2
    assert "unsafe-eval" not in policy


def test_shell_of_the_installed_streamlit_holds_one_inline_script() -> None:
    assert content_security_policy(page_shell()).count("sha256-") == 1


def test_named_shell_keeps_the_policy_and_drops_the_name_of_the_tool() -> None:
    shell = named_shell(page_shell())
    assert b"<title>Secure Base</title>" in shell
    assert b"service-desc" not in shell
    assert b"_stcore/agent" not in shell
    assert content_security_policy(shell) == content_security_policy(page_shell())


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "LOCALHOST:1"])
def test_own_names_are_answered(host: str) -> None:
    status, headers = answer(host=host, server=("127.0.0.1", 8765))
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1.evil.example", "localhost@evil.example", "[::1]:8765"])
def test_other_names_are_refused(host: str) -> None:
    assert answer(host=host, server=("127.0.0.1", 8765))[0] == 403


@pytest.mark.parametrize("server", [("192.168.1.20", 8765), ("0.0.0.0", 8765), None])
def test_request_that_came_in_over_another_address_is_refused(server: tuple[str, int] | None) -> None:
    assert answer(host="localhost", server=server)[0] == 403


def test_hashed_assets_of_the_program_may_be_kept() -> None:
    _, headers = answer(host="localhost", server=("127.0.0.1", 1), path="/static/js/index.js")
    assert headers["cache-control"] == "public"


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", True), ("/review", True), ("/favicon.png", False), ("/_stcore/health", False), ("/a/b", False)],
)
def test_address_of_a_screen_is_told_from_a_file(path: str, expected: bool) -> None:
    assert is_screen(path) is expected
