"""The address to which an editor sends what is typed: one section's words, in one short transaction.

It answers in JSON with a status that the editor knows: 200 stored, 401 signed out, 403 somebody else or no access
any more, 404 the draft is gone, 409 changed or signed elsewhere, 413 and 422 not to be taken, 503 try again.
"""

import json
from collections.abc import Callable
from typing import Any, Final, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from core.errors import AlreadySigned, Conflict, InvalidInput, NotAllowed, NotFound, SecureBaseError
from core.model.notes import DraftWords, TypedWords
from core.model.text import storable
from core.services.session_notes import save_words
from core.store.draft_words import ChangedElsewhere
from dashboard import runtime
from dashboard.presence import Workplace

PATH: Final = "/api/draft"
LARGEST_BYTES: Final = 1_000_000

Place: TypeAlias = Callable[[Request], Workplace | None]
Said: TypeAlias = dict[str, Any]
Answer: TypeAlias = tuple[int, Said]

TOO_LONG: Final = "The text is longer than a section may be. It was not saved; please shorten it."
NOT_OURS: Final = 403, {"state": "refused", "words": "This did not come from the program's own page."}
SIGNED_OUT: Final = 401, {"state": "out"}


def draft_route(place_of: Place) -> Route:
    """The route; `place_of` tells which practice and person the cookie of a request belongs to, or `None`."""

    async def take(request: Request) -> JSONResponse:
        status, said = await _taken(request, place_of)
        return JSONResponse(said, status, headers={"Cache-Control": "no-store"})

    return Route(PATH, take, methods=["POST"])


async def _taken(request: Request, place_of: Place) -> Answer:
    if not _from_own_page(request):
        return NOT_OURS
    body = await _body(request)
    if body is None:
        return 413, {"state": "refused", "words": TOO_LONG}
    try:
        sent = _sent(json.loads(body))
    except (ValueError, TypeError, KeyError, RecursionError):
        return 400, {"state": "refused", "words": "This is not what an editor sends. Nothing was saved."}
    return await run_in_threadpool(_answer, request, place_of, sent)


def _answer(request: Request, place_of: Place, sent: Said) -> Answer:
    """Save in the practice of the request's cookie; a refusal becomes its answer, and never shows what was typed."""
    try:
        place = place_of(request)
        if place is None:
            return SIGNED_OUT
        return _saved(place, sent) if sent["writer"] == place.actor.id else (403, {"state": "other"})
    except InvalidInput as refusal:
        return 422, {"state": "refused", "words": str(refusal)}
    except NotAllowed as refusal:
        return 403, {"state": "refused", "words": str(refusal)}
    except SecureBaseError:
        return 503, {"state": "later"}


def _saved(place: Workplace, sent: Said) -> Answer:
    try:
        return 200, _save(place, sent)
    except ChangedElsewhere as refusal:
        return 409, {"state": "changed", "by": refusal.theirs.saved_by} | _stored(place, refusal.theirs)
    except AlreadySigned:
        return 409, {"state": "signed"}
    except Conflict:
        return 409, {"state": "moved"}
    except NotFound:
        return 404, {"state": "gone"}


def _save(place: Workplace, sent: Said) -> Said:
    text = storable(sent["text"])
    typed = TypedWords(
        note_id=sent["note"],
        section=sent["section"],
        text=text,
        base=sent["base"],
        window=sent["editor"],
        sent=sent["n"],
    )
    with place.store.writing(place.actor) as work:
        stored = save_words(work, runtime.catalogue(), typed)
        work.commit()
    return {"state": "saved", "left_out": len(sent["text"]) - len(text)} | _stored(place, stored)


def _stored(place: Workplace, words: DraftWords) -> Said:
    at = words.saved_at.astimezone(ZoneInfo(place.practice.details.zone))
    return {"text": words.text, "revision": words.revision, "at": f"{at:%H:%M:%S}"}


def _sent(body: Any) -> Said:
    """The parts of a message, each of its kind; raises what Python raises for one that is not."""
    known: Said = {name: UUID(_of(str, body[name])) for name in ("note", "editor", "writer")}
    known |= {name: _of(str, body[name]) for name in ("section", "text")}
    return known | {name: _of(int, body[name]) for name in ("base", "n")}


def _of(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(kind.__name__)
    return value


def _from_own_page(request: Request) -> bool:
    """Whether the message comes from our page in this browser: another site can send none of these three alike."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    ours = request.headers.get("x-app") == "1" and request.headers.get("sec-fetch-site") == "same-origin"
    return ours and kind == "application/json"


async def _body(request: Request) -> bytes | None:
    """The message, or `None` when it is too large; reading stops there."""
    parts = bytearray()
    async for part in request.stream():
        parts += part
        if len(parts) > LARGEST_BYTES:
            return None
    return bytes(parts)
