"""The open sockets of each sign-in: closed when it is over, with the tab sent to the sign-in page first."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Final

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from core.errors import SecureBaseError
from dashboard import runtime
from dashboard.server.faults import LOG, place_of

LOOK_EVERY_SECONDS: Final = 0.5
TIME_TO_LEAVE_SECONDS: Final = 0.1
SIGNED_OUT: Final = 4401


class OpenSockets:
    """Every open socket, by the hash of the cookie it was opened with. Used on the event loop alone."""

    def __init__(self) -> None:
        self._ends: dict[str, set[asyncio.Event]] = {}

    def held(self) -> tuple[str, ...]:
        """The hashes of the cookies that have sockets open."""
        return tuple(self._ends)

    def end(self, token_hash: str) -> None:
        """Close the sockets of this cookie."""
        for end in self._ends.get(token_hash, ()):
            end.set()

    async def run(self, app: ASGIApp, token_hash: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Let `app` work on a socket until either side closes it, or the sign-in is over."""
        end = asyncio.Event()
        self._ends.setdefault(token_hash, set()).add(end)
        try:
            await app(scope, _ending(_while_open(receive, token_hash), send, end), send)
        finally:
            self._ends[token_hash].discard(end)
            if not self._ends[token_hash]:
                del self._ends[token_hash]


def _ending(receive: Receive, send: Send, end: asyncio.Event) -> Receive:
    """`receive`, which tells of a disconnection once `end` is set: the tab has been sent away by then."""
    pending: asyncio.Task[Message] | None = None

    async def receive_or_end() -> Message:
        nonlocal pending
        pending = pending or asyncio.ensure_future(_as_coroutine(receive))
        ended = asyncio.ensure_future(end.wait())
        try:
            await asyncio.wait({pending, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
        if pending.done():
            message, pending = pending.result(), None
            return message
        pending.cancel()
        await _send_away(send)
        return {"type": "websocket.disconnect", "code": SIGNED_OUT}

    return receive_or_end


def _while_open(receive: Receive, token_hash: str) -> Receive:
    """`receive` without runs of single parts of a locked screen: they do not pass the script's own check."""

    async def receive_allowed() -> Message:
        while True:
            message = await receive()
            if not _runs_a_part(message) or await run_in_threadpool(_is_open, token_hash):
                return message

    return receive_allowed


def _runs_a_part(message: Message) -> bool:
    asked = BackMsg()
    try:
        asked.ParseFromString(message.get("bytes") or b"")
    except DecodeError:
        return False
    return bool(asked.rerun_script.fragment_id)


def _is_open(token_hash: str) -> bool:
    with contextlib.suppress(SecureBaseError):
        found = runtime.presences().of(token_hash)
        return found is not None and not found.locked
    return False


async def _as_coroutine(receive: Receive) -> Message:
    return await receive()


async def _send_away(send: Send) -> None:
    message = ForwardMsg()
    message.auth_redirect.url = runtime.SIGN_IN_PAGE
    with contextlib.suppress(RuntimeError, OSError):  # the browser may have gone at this very moment
        await send({"type": "websocket.send", "bytes": message.SerializeToString()})
        await asyncio.sleep(TIME_TO_LEAVE_SECONDS)
        await send({"type": "websocket.close", "code": SIGNED_OUT})


@contextlib.asynccontextmanager
async def watched(sockets: OpenSockets) -> AsyncIterator[None]:
    """While this runs, sockets of sign-ins that are over are closed, and a practice nobody is in is locked."""
    watch = asyncio.create_task(_watch(sockets), name="secure-base-watch")
    watch.add_done_callback(_tell_fault)
    try:
        yield
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch


def _tell_fault(watch: asyncio.Task[None]) -> None:
    fault = None if watch.cancelled() else watch.exception()
    if fault is not None:
        LOG.error("The watch over sign-ins stopped; each run of a screen still asks: %s", place_of(fault))


async def _watch(sockets: OpenSockets) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        with contextlib.suppress(SecureBaseError):  # a database that is busy now is looked at again in a moment
            for token_hash in await run_in_threadpool(_over, sockets.held()):
                sockets.end(token_hash)


def _over(held: tuple[str, ...]) -> list[str]:
    presences = runtime.presences()
    presences.close_if_unused()
    return [token_hash for token_hash in held if presences.of(token_hash) is None]
