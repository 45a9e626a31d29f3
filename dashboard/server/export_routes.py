"""Taking records with one: the passphrase asked again, one encrypted file, and an address that only its owner opens."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.errors import InvalidInput, NotAllowed
from core.model.access import Act
from core.model.sign_ins import hash_of
from core.services.access import acts_in_practice, acts_on
from core.services.clients import get_client
from core.services.exports import export
from dashboard import runtime
from dashboard.presence import Presence, Workplace
from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.account_routes import STALE, confirmed_route
from dashboard.server.csrf import token_in
from dashboard.server.export_pages import PATH, WHOLE, export_page, made_page, of_client
from dashboard.server.gate import place_of
from dashboard.server.pages import POLICY, message_page
from dashboard.server.refusals import Refused
from dashboard.server.waiting_exports import waiting_exports

DOWNLOADS: Final = "/api/export/"
NOTHING: Final = "There is nothing here that you may export: open the record of a client of your own, then come back."
GONE: Final = "This file is not here any more, or it belongs to another sign-in. Make it again in Settings.\n"


def export_routes() -> list[Route]:
    """The page, and the address of each file. What waits is forgotten whenever the practice is locked."""
    runtime.door().on_lock(lambda _: waiting_exports.forget_all())
    return [
        confirmed_route(PATH, _page, _make),
        Route(DOWNLOADS + "{name}", _download, methods=["GET"]),
    ]


def _page(token: str, found: Presence, refused: Refused) -> str:
    place = _place(found)
    own, whole = _options(found, place)
    options = [each for each in (own, whole) if each is not None]
    if not options:
        return message_page("Export", [NOTHING], way=SETTINGS, words=BACK)
    return export_page(token, name=place.actor.name, options=options, refused=refused)


def _make(request: Request, found: Presence, fields: Mapping[str, str]) -> Response:
    place, what = _place(found), fields.get("what", "")
    if not what or what not in _options(found, place):
        raise InvalidInput(STALE)
    runtime.door().confirm(place.actor, fields.get("present", ""))
    client_id = None if what == WHOLE else found.sign_in.client_id
    made = export(place.store, place.actor, runtime.catalogue(), client_id)
    name = waiting_exports.keep(_owner(request), made.archive, runtime.door().clock.now())
    size = f"{made.files} files, {max(1, round(len(made.archive) / 1_000)):,} kB"
    page = made_page(address=DOWNLOADS + name, code=made.code, size=size)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


def _download(request: Request) -> Response:
    place, clock = place_of(request), runtime.door().clock
    archive = waiting_exports.of(request.path_params["name"], _owner(request), clock.now())
    if place is None or archive is None:
        return PlainTextResponse(GONE, 404)
    with place.store.reading(place.actor) as work:
        name = f"secure-base-export-{work.today.isoformat()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(archive, media_type="application/zip", headers=headers)


def _options(found: Presence, place: Workplace) -> tuple[str | None, str | None]:
    """What this person may export: the client whose pages are open, and the practice."""
    client_id = found.sign_in.client_id
    with place.store.reading(place.actor) as work:
        one = client_id is not None and Act.EXPORT_CLIENT in acts_on(work, client_id)
        own = of_client(get_client(work, client_id).code) if client_id is not None and one else None
        return own, WHOLE if Act.EXPORT_PRACTICE in acts_in_practice(work) else None


def _place(found: Presence) -> Workplace:
    if found.place is None:
        raise NotAllowed("The practice is locked, so nothing was exported. Sign in again.")
    return found.place


def _owner(request: Request) -> str:
    return hash_of(token_in(request.cookies) or "")
