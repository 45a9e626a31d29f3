"""Every answer's security headers, and the refusal of requests that did not come to this computer by its own name."""

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.server.given_options import is_loopback

INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
FOREIGN = "This name is not answered. Open the address that Secure Base printed when it started.\n"
UNREACHABLE = 1008
HASHED_ASSETS = "/static/"
SIGN_IN_PAGES = "/auth/"
POLICY = "Content-Security-Policy"


def page_shell() -> bytes:
    """The page that Streamlit sends for every address: its scripts decide what the policy must allow."""
    return (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()


def content_security_policy(shell: bytes) -> str:
    """The policy for `shell`: our own scripts and the inline ones it holds, by their hash; no other host at all.

    Styles stay open to inline use because Streamlit writes its styles that way.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *(_hash_source(script) for script in INLINE_SCRIPT.findall(shell)))),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


def security_headers() -> dict[str, str]:
    """The headers of every answer, except those that decide on caching."""
    return {
        POLICY: content_security_policy(page_shell()),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    }


class SecureAnswers:
    """Middleware: refuses foreign hosts and other computers, and completes the headers of every answer.

    A foreign Host header means that another site's name was pointed at this computer; Streamlit checks it for
    the WebSocket only. The sign-in pages bring a stricter policy of their own. Answers are not kept by the browser
    unless they are the program's own hashed assets.
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Sequence[str]) -> None:
        self.app = app
        self.allowed_hosts = frozenset(allowed_hosts)
        self.headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def send_completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message), scope["path"])
            await send(message)

        if self._is_ours(scope):
            await self.app(scope, receive, send_completed)
        elif scope["type"] == "websocket":
            await WebSocketClose(UNREACHABLE)(scope, receive, send)
        else:
            await PlainTextResponse(FOREIGN, status_code=403)(scope, receive, send_completed)

    def _is_ours(self, scope: Scope) -> bool:
        server = scope.get("server")
        name = _host_name(Headers(scope=scope).get("host", ""))
        return name in self.allowed_hosts and server is not None and is_loopback(server[0])

    def _complete(self, headers: MutableHeaders, path: str) -> None:
        own_policy = headers.get(POLICY) if path.startswith(SIGN_IN_PAGES) else None
        for name, value in self.headers.items():
            headers[name] = value
        if own_policy is not None:
            headers[POLICY] = own_policy
        if not path.startswith(HASHED_ASSETS):
            headers["Cache-Control"] = "no-store"


def _hash_source(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _host_name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name.lower() if colon and port.isdigit() else host.lower()
