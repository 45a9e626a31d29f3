"""The gate: nothing but signing in is answered to a stranger, and a locked screen gets nothing to show."""

import json
from contextlib import suppress
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from core.errors import SecureBaseError
from core.model.sign_ins import hash_of
from dashboard import runtime
from dashboard.presence import Presence, Workplace
from dashboard.server.csrf import SAFE_METHODS, is_from_our_page, token_in
from dashboard.server.headers import SIGN_IN_PAGES
from dashboard.server.offered_files import FILES, OfferedFiles
from dashboard.server.shell import is_screen
from dashboard.server.sockets import OpenSockets
from dashboard.server.waiting_codes import waiting_codes

ASSETS: Final = ("/static/", "/auth/assets/")
OPEN_TO_ALL: Final = ("/_stcore/health", "/secure-base/about", "/favicon.png")
HOST_CONFIG: Final = "/_stcore/host-config"
SOCKET: Final = "/_stcore/stream"
UPLOADS: Final = "/_stcore/upload_file/"
WHILE_LOCKED: Final = ("/_stcore/", "/secure-base/", "/component/")
POSTS_WHILE_LOCKED: Final = ("/api/draft", "/api/activity", "/api/lock", "/api/unlock")
CALLS: Final = "/api/"
TELLS_LOCKED: Final = "/api/activity"
CALL_MARK: Final = ("x-app", "1")
DRAFTS: Final = "/api/draft"
USER_HEADER: Final = "x-secure-base-sign-in"
PRESENCE: Final = "secure_base.presence"
LOOK_AROUND: Final = "/auth/look-around"
RECOVERY_CODE: Final = "/auth/recovery-code"
REFUSED: Final = 1008
LOCKED: Final = 423


def presence_of(request: HTTPConnection) -> Presence | None:
    """Who sent this request, as the gate found it."""
    found: Presence | None = request.scope.get(PRESENCE)
    return found


def place_of(request: HTTPConnection) -> Workplace | None:
    """The store and the actor of this request's cookie; `None` for a stranger and for a practice that is closed.

    The gate has already refused what a locked screen may not ask for.
    """
    found = presence_of(request)
    return None if found is None else found.place


class Gate:
    """Middleware: asks who sent each request, and refuses before anything of the record is touched."""

    def __init__(self, app: ASGIApp, sockets: OpenSockets, files: OfferedFiles) -> None:
        self.app, self.sockets, self.files = app, sockets, files

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or socket."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if request.method not in SAFE_METHODS and not _is_ours(request):
            refused: Response | None = _refusal(403, "This did not come from a page of Secure Base.")
        elif _asks_nobody(request.scope["path"]):
            refused = None
        else:
            refused = await run_in_threadpool(_look, request) or self._keeps_back(request)
        if refused is not None:
            await refused(scope, receive, send)
        elif request.scope["path"] == HOST_CONFIG:
            await _without_error_dialogs(self.app, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _keeps_back(self, request: Request) -> Response | None:
        path = request.scope["path"]
        if not path.startswith(FILES) or self.files.are_given_to(path, _token_hash(request)):
            return None
        return _refusal(404, "This file is not here any more, or it belongs to another sign-in.")

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = HTTPConnection(scope)
        token = token_in(socket.cookies)
        known = socket.headers.get("origin") is not None and is_from_our_page(socket.headers, _page_scheme(scope))
        known = known and scope["path"] == SOCKET and await run_in_threadpool(_may_open_socket, socket)
        if not known or token is None:
            await WebSocketClose(REFUSED)(scope, receive, send)
            return
        token_hash = hash_of(token)
        bound = {**scope, "headers": _bound_headers(scope, token_hash)}
        await self.sockets.run(self.app, token_hash, bound, receive, send)


def _found(request: HTTPConnection) -> Presence | None:
    token = token_in(request.cookies)
    return None if token is None else runtime.presences().of(hash_of(token))


def _may_open_socket(socket: HTTPConnection) -> bool:
    with suppress(SecureBaseError):
        return _found(socket) is not None
    return False


def _look(request: Request) -> Response | None:
    """Ask who sent the request, note it for the routes, and say what is answered instead of going on, if anything."""
    path, found = request.scope["path"], None
    try:
        found = request.scope[PRESENCE] = _found(request)
        refused = None if path.startswith(SIGN_IN_PAGES) else _refused(request, found)
    except SecureBaseError as error:
        refused = None if path.startswith(SIGN_IN_PAGES) else _refusal(503, str(error))
    if refused is None and path == DRAFTS and request.method == "POST" and found is not None:
        with suppress(SecureBaseError):  # the draft itself tells what is wrong with the database
            runtime.presences().note_activity(found)
    return refused


def _is_ours(request: Request) -> bool:
    """Whether a request that changes something came from our page; calls carry a mark that no form can send."""
    marked = not request.scope["path"].startswith(CALLS) or request.headers.get(CALL_MARK[0]) == CALL_MARK[1]
    return marked and is_from_our_page(request.headers, request.url.scheme)


def _asks_nobody(path: str) -> bool:
    return path.startswith(ASSETS) or path in OPEN_TO_ALL


def _refused(request: Request, found: Presence | None) -> Response | None:
    """What is answered instead, or `None` where the request may go on."""
    path, is_page = request.scope["path"], request.method in ("GET", "HEAD") and is_screen(request.scope["path"])
    if found is None:
        return _to_sign_in() if is_page else _refusal(401, "You are signed out. Sign in again.")
    if found.locked and not _may_while_locked(request, found):
        return RedirectResponse(runtime.SIGN_IN_PAGE, 303) if is_page else _refusal(LOCKED, "The screen is locked.")
    if path.startswith(UPLOADS) and not _owns_session(request, path.removeprefix(UPLOADS).partition("/")[0]):
        return _refusal(403, "This belongs to another sign-in.")
    if is_page and waiting_codes.of(_token_hash(request)) is not None:
        return RedirectResponse(RECOVERY_CODE, 303)
    return None


def _may_while_locked(request: Request, found: Presence) -> bool:
    path = request.scope["path"]
    if path == DRAFTS and found.place is None:
        return False
    if request.method == "POST":
        return path in POSTS_WHILE_LOCKED
    return path == TELLS_LOCKED or (path.startswith(WHILE_LOCKED) and not path.startswith(UPLOADS))


def _owns_session(request: Request, session_id: str) -> bool:
    return runtime.presences().owner_of(session_id) == _token_hash(request)


def _token_hash(request: HTTPConnection) -> str:
    return hash_of(token_in(request.cookies) or "")


def _to_sign_in() -> Response:
    return RedirectResponse(LOOK_AROUND if runtime.settings().demo else runtime.SIGN_IN_PAGE, 303)


def _refusal(status: int, sentence: str) -> Response:
    return PlainTextResponse(sentence + "\n", status_code=status)


def _page_scheme(scope: Scope) -> str:
    return "https" if scope["scheme"] in ("wss", "https") else "http"


def _bound_headers(scope: Scope, token_hash: str) -> list[tuple[bytes, bytes]]:
    """The socket's headers without a Streamlit session of somebody else, and with the sign-in as Streamlit's user.

    Streamlit takes the session to go on with from the third value of Sec-WebSocket-Protocol, and would hand over
    whichever session the browser names. Either of the two alone keeps a session from a foreign cookie.
    """
    headers = MutableHeaders(raw=[each for each in scope["headers"] if each[0].lower() != USER_HEADER.encode()])
    asked = headers.get("sec-websocket-protocol", "").split(",")
    if len(asked) > 2 and runtime.presences().owner_of(asked[2].strip()) != token_hash:
        headers["sec-websocket-protocol"] = ",".join(asked[:2])
    headers[USER_HEADER] = hash_of(f"user {token_hash}")
    return headers.raw


async def _without_error_dialogs(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Streamlit's answer about its host, changed: no other site may embed it, and a lost connection opens no dialog.

    That dialog takes the focus and the keys: what was typed into a note while the server was away landed nowhere.
    """
    start: Message = {}
    body = bytearray()

    async def hold(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    plain = [each for each in scope["headers"] if each[0].lower() != b"accept-encoding"]
    await app({**scope, "headers": plain}, receive, hold)
    if start["status"] == 200 and scope["method"] == "GET":
        said = {**json.loads(bytes(body)), "blockErrorDialogs": True, "allowedOrigins": []}
        body = bytearray(json.dumps(said).encode())
        MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": bytes(body)})
