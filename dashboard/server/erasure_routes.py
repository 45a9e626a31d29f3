"""Erasing the client whose pages are open: the code typed, the reason chosen, the passphrase asked again."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from core.errors import InvalidInput, NotAllowed
from core.model.access import Act
from core.model.erasure import Erased, ErasureReason
from core.model.people import Client
from core.services.access import need
from core.services.clients import get_client
from core.services.erasure import erase_client
from dashboard import runtime
from dashboard.presence import Presence, Workplace
from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.account_routes import confirmed_route
from dashboard.server.page_parts import Field, choice, field, form, frame, link, problems_box, prose, section
from dashboard.server.pages import POLICY, message_page
from dashboard.server.refusals import Refused

PATH: Final = "/auth/erase"
REASONS: Final[Mapping[str, ErasureReason]] = {
    "The client asked for it": ErasureReason.CLIENT_ASKED,
    "The time for which records are kept is over": ErasureReason.TIME_IS_OVER,
    "The record was made by mistake": ErasureReason.BY_MISTAKE,
}
NOBODY: Final = "No client's pages are open in this window. Open the record that is to be erased, then come back."
OTHER_CODE: Final = "That is not the code of the client whose pages are open. Nothing was erased; compare the two."
NO_REASON: Final = "No reason was chosen. Nothing was erased; choose one from the list."
BACKUPS: Final = (
    "Backups made before still hold this client, and so do exports, and copies of the database that were taken before "
    "an update or made by other programs. Backups of this program go by and by: the last of them after at most twelve "
    "months in which backups were made. To be rid of them sooner, make a new backup and delete the older files."
)
LEFT: Final = (
    "The records are deleted, but the file could not be written anew just now, since it was in use. Pages of the log "
    "beside it may hold traces, encrypted, until the practice is closed."
)


def erasure_routes() -> list[Route]:
    """The page and its form."""
    return [confirmed_route(PATH, _page, _erase)]


def _page(token: str, found: Presence, refused: Refused) -> str:
    place, client = _place(found), _client(found)
    if client is None:
        return message_page("Erase a client", [NOBODY], way=SETTINGS, words=BACK)
    return _form_page(token, client.code, place.actor.name, refused)


def _form_page(token: str, code: str, name: str, refused: Refused) -> str:
    known = Field(name="name", label="Your name", autocomplete="username", value=name, fixed=True)
    typed = Field(name="code", label="Type the client's code", hint=f"It is {code}.", longest=20)
    reason = Field(
        name="reason", label="Reason", hint="It stays in the audit trail, with the code, the day and you.",
        value=refused.typed.get("reason", ""),
    )  # fmt: skip
    present = Field(name="present", label="Your passphrase", kind="password", autocomplete="current-password")
    inside = field(known) + field(typed) + choice(reason, tuple(REASONS)) + field(present)
    main = (
        prose(f"Everything about client {code} is deleted, signed notes too. It cannot be taken back.")
        + problems_box(refused.problems)
        + form(PATH, token, inside, f"Erase client {code}")
        + link("/auth/export", "Export the record first")
        + link(SETTINGS, BACK)
    )
    aside = section("What stays", BACKUPS) + section(
        "Before you erase",
        "The law of your country and your profession may say for how long records are kept. This program does not know "
        "it, and erases nothing by itself.",
    )
    return frame("Erase a client", main, aside)


def _erase(_: Request, found: Presence, fields: Mapping[str, str]) -> Response:
    place, client = _place(found), _client(found)
    if client is None:
        raise InvalidInput(NOBODY)
    if fields.get("code", "").strip().upper() != client.code:
        raise InvalidInput(OTHER_CODE)
    reason = REASONS.get(fields.get("reason", ""))
    if reason is None:
        raise InvalidInput(NO_REASON)
    runtime.door().confirm(place.actor, fields.get("present", ""))
    page = _done(erase_client(place.store, place.actor, client.id, reason))
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


def _done(erased: Erased) -> str:
    said = [f"Client {erased.code} is erased.", *([] if erased.cleaned else [LEFT]), BACKUPS]
    return message_page("Erased", said, way="/", words="Go to Today")


def _client(found: Presence) -> Client | None:
    client_id, place = found.sign_in.client_id, _place(found)
    if client_id is None:
        return None
    with place.store.reading(place.actor) as work:
        need(work, Act.ERASE_CLIENT, client_id)
        return get_client(work, client_id)


def _place(found: Presence) -> Workplace:
    if found.place is None:
        raise NotAllowed("The practice is locked, so nothing was erased. Sign in again.")
    return found.place
