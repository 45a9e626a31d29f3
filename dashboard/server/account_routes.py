"""Changing the passphrase and the recovery code: for who is signed in, and with the present passphrase asked again."""

from collections.abc import Callable, Mapping
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.errors import InvalidInput, NotAllowed, SecureBaseError
from core.model.sign_ins import hash_of
from core.services import sign_ins
from dashboard import runtime
from dashboard.presence import Presence, Workplace
from dashboard.server import account_pages
from dashboard.server.csrf import form_of, form_proof, keep_proof, token_in
from dashboard.server.gate import RECOVERY_CODE, presence_of
from dashboard.server.pages import POLICY, message_page
from dashboard.server.refusals import Refused, problems_of, without_secrets
from dashboard.server.waiting_codes import waiting_codes

STALE: Final = "This page was open for too long. Nothing was changed; try again."
DIFFERENT: Final = "The two new passphrases are not the same. Nothing was changed."

Page = Callable[[str, Presence, Refused], str]
Change = Callable[[Request, Presence, Mapping[str, str]], Response]


def account_routes() -> list[Route]:
    """The addresses of both changes."""
    return [
        confirmed_route("/auth/passphrase", _passphrase_page, _change_passphrase),
        confirmed_route("/auth/new-code", _new_code_page, _make_new_code),
    ]


def confirmed_route(path: str, page: Page, change: Change) -> Route:
    """An address for who is signed in to their own practice: its page, and the change that its form asks for.

    A form that is refused comes back with what was typed, except for what is secret.
    """

    async def answer(request: Request) -> Response:
        found = presence_of(request)
        if found is None or found.locked or found.visitor or found.place is None:
            return RedirectResponse(runtime.SIGN_IN_PAGE, 303)
        proof = form_proof(request)
        refused = Refused()
        if request.method == "POST":
            fields = await form_of(request)
            if fields is None or not proof.holds(fields.get("token", "")):
                refused = Refused(problems=(STALE,))
            else:
                try:
                    return await run_in_threadpool(change, request, found, fields)
                except SecureBaseError as refusal:
                    refused = Refused(problems=problems_of(refusal), typed=without_secrets(fields))
        response = await run_in_threadpool(_shown, page, proof.token, found, refused)
        keep_proof(request, response, proof)
        return response

    return Route(path, answer, methods=["GET", "POST"])


def _shown(page: Page, token: str, found: Presence, refused: Refused) -> Response:
    try:
        return _html(page(token, found, refused), 400 if refused.problems else 200)
    except SecureBaseError as refusal:
        return _html(message_page("Not for this account", [str(refusal)], way="/", words="Go to Today"), 403)


def _passphrase_page(token: str, found: Presence, refused: Refused) -> str:
    return account_pages.passphrase_page(token, name=_name(found), problems=refused.problems)


def _new_code_page(token: str, found: Presence, refused: Refused) -> str:
    return account_pages.new_code_page(token, name=_name(found), problem=" ".join(refused.problems))


def _change_passphrase(_: Request, found: Presence, fields: Mapping[str, str]) -> Response:
    passphrase = fields.get("passphrase", "")
    if passphrase != fields.get("again", ""):
        raise InvalidInput(DIFFERENT)
    door, person = runtime.door(), place_in(found).actor
    door.confirm(person, fields.get("present", ""))
    door.set_passphrase(person, passphrase)
    _end_others(found)
    said = ["From now on the new passphrase opens the practice. Other windows that were signed in are signed out."]
    if passphrase != passphrase.strip():
        said.append("It begins or ends with a space, which belongs to it and must be typed each time.")
    page = message_page(
        "Your passphrase is changed", said, way=account_pages.SETTINGS, words=account_pages.BACK
    )  # fmt: skip
    return _html(page)


def _make_new_code(request: Request, found: Presence, fields: Mapping[str, str]) -> Response:
    door, person = runtime.door(), place_in(found).actor
    door.confirm(person, fields.get("present", ""))
    waiting_codes.keep(hash_of(token_in(request.cookies) or ""), door.new_recovery_code(person))
    return RedirectResponse(RECOVERY_CODE, 303)


def _end_others(found: Presence) -> None:
    if found.place is not None:
        with found.place.store.writing(found.place.actor) as work:
            sign_ins.end_others(work, found.sign_in.id)
            work.commit()


def place_in(found: Presence) -> Workplace:
    """The practice of who asks, which is open, and who they are."""
    if found.place is None:
        raise NotAllowed("The practice is locked, so nothing was done. Sign in again.")
    return found.place


def _name(found: Presence) -> str:
    return "" if found.place is None else found.place.actor.name


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers={"Content-Security-Policy": POLICY})
