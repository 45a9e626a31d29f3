"""What an open window asks about its sign-in: how long it lasts, that somebody is there, lock and unlock."""

import json
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.errors import SecureBaseError, TooManyAttempts
from core.model.sign_ins import hash_of
from dashboard import runtime
from dashboard.presence import Presence
from dashboard.server.csrf import token_in
from dashboard.server.gate import presence_of
from dashboard.server.refusals import problems_of

MOST_BYTES: Final = 20_000


def presence_routes() -> list[Route]:
    """The addresses under /api that the window's guard calls; all but `unlock` only answer, or note, what is so."""
    return [
        Route("/api/activity", _tell, methods=["GET"]),
        Route("/api/activity", _note_activity, methods=["POST"]),
        Route("/api/lock", _lock, methods=["POST"]),
        Route("/api/unlock", _unlock, methods=["POST"]),
    ]


async def _tell(request: Request) -> Response:
    return _answer(presence_of(request))


async def _note_activity(request: Request) -> Response:
    found = presence_of(request)
    if found is not None:
        await run_in_threadpool(runtime.presences().note_activity, found)
    return await _answer_anew(request)


async def _lock(request: Request) -> Response:
    found = presence_of(request)
    if found is not None:
        await run_in_threadpool(runtime.presences().lock, found)
    return await _answer_anew(request)


async def _unlock(request: Request) -> Response:
    found, passphrase = presence_of(request), await _passphrase(request)
    try:
        if found is not None:
            await run_in_threadpool(runtime.presences().unlock, found, passphrase)
    except TooManyAttempts as error:
        return JSONResponse({"problem": str(error)}, 429)
    except SecureBaseError as error:
        return JSONResponse({"problem": " ".join(problems_of(error))}, 403)
    return await _answer_anew(request)


async def _passphrase(request: Request) -> str:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return ""
    try:
        said = json.loads(bytes(body) or b"{}")
    except ValueError:
        return ""
    passphrase = said.get("passphrase") if isinstance(said, dict) else None
    return passphrase if isinstance(passphrase, str) else ""


async def _answer_anew(request: Request) -> Response:
    token_hash = hash_of(token_in(request.cookies) or "")
    return _answer(await run_in_threadpool(runtime.presences().of, token_hash))


def _answer(found: Presence | None) -> Response:
    if found is None:
        return JSONResponse({"problem": "You are signed out. Sign in again."}, 401)
    return JSONResponse({"left_seconds": int(found.left.total_seconds()), "locked": found.locked})
