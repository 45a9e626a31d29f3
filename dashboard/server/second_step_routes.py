"""The second step: giving the code after the passphrase, and turning it on and off in Settings."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.errors import InvalidInput, NotAllowed, SecureBaseError, TooManyAttempts, WrongPassphrase
from core.services import second_factor
from dashboard import runtime
from dashboard.presence import Presence, Workplace
from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.account_routes import confirmed_route
from dashboard.server.csrf import token_in
from dashboard.server.page_parts import POLICY
from dashboard.server.pages import message_page
from dashboard.server.refusals import Refused
from dashboard.server.second_step_pages import (
    ASKED,
    MOST_WAITING,
    SETTING,
    ask_for_code,
    key_page,
    off_page,
    on_page,
    take_ticket,
)
from dashboard.server.sign_in_routes import HOME, OLD_FORM, posted, signed_in

NO_KEY: Final = "The key that was shown is not here any more. Nothing was turned on; begin once more."
IS_ON: Final = "From now on signing in asks for a code from your telephone as well."
IS_OFF: Final = "From now on signing in asks for your passphrase alone."

_shown_keys: dict[UUID, str] = {}


def second_step_routes() -> list[Route]:
    """Both addresses. Keys that were shown and not confirmed are forgotten whenever the practice is locked."""
    runtime.door().on_lock(lambda _: _shown_keys.clear())
    return [
        Route(ASKED, _show_sign_in, methods=["GET"]),
        Route(ASKED, posted(_code_given, _sign_in_again), methods=["POST"]),
        confirmed_route(SETTING, _page, _change),
    ]


async def _show_sign_in(_: Request) -> Response:
    """The page with the code belongs to the form before it, so a reload goes back to that."""
    return RedirectResponse(runtime.SIGN_IN_PAGE, 303)


async def _code_given(request: Request, form: Mapping[str, str], token: str) -> Response:
    ticket, code = take_ticket(token), form.get("code", "")
    before, presences = token_in(request.cookies), runtime.presences()
    try:
        fresh = await run_in_threadpool(lambda: presences.enter_with_code(ticket, code, instead_of=before))
    except TooManyAttempts as error:
        return ask_for_code(token, ticket, str(error), 429)
    except WrongPassphrase as error:
        return ask_for_code(token, ticket, str(error), 401)
    except SecureBaseError as error:
        return _html(message_page("You are not signed in", [str(error)]), 403)
    return signed_in(request, fresh, HOME)


def _sign_in_again(_: str, problems: Sequence[str]) -> str:
    return message_page("You are not signed in", problems or [OLD_FORM])


def _page(token: str, found: Presence, refused: Refused) -> str:
    place, key = _place(found), _shown_keys.get(found.sign_in.id)
    if key is not None:
        address = second_factor.address_of(key, place.actor.name)
        return key_page(token, key=key, address=address, problems=refused.problems)
    page = on_page if _is_on(place) else off_page
    return page(token, name=place.actor.name, problems=refused.problems)


def _change(_: Request, found: Presence, fields: Mapping[str, str]) -> Response:
    place = _place(found)
    if "code" in fields:
        return _turn_on(place, _shown_keys.get(found.sign_in.id), found, fields["code"])
    runtime.door().confirm(place.actor, fields.get("present", ""))
    if not _is_on(place):
        _shown_keys[found.sign_in.id] = second_factor.new_key()
        while len(_shown_keys) > MOST_WAITING:
            del _shown_keys[next(iter(_shown_keys))]
        return RedirectResponse(SETTING, 303)
    with place.store.writing(place.actor) as work:
        second_factor.turn_off(work)
        work.commit()
    return _html(message_page("The second step is off", [IS_OFF], way=SETTINGS, words=BACK))


def _turn_on(place: Workplace, key: str | None, found: Presence, code: str) -> Response:
    if key is None:
        raise InvalidInput(NO_KEY)
    with place.store.writing(place.actor) as work:
        second_factor.turn_on(work, key, code)
        work.commit()
    _shown_keys.pop(found.sign_in.id, None)
    return _html(message_page("The second step is on", [IS_ON], way=SETTINGS, words=BACK))


def _is_on(place: Workplace) -> bool:
    with place.store.reading(place.actor) as work:
        return second_factor.is_on(work)


def _place(found: Presence) -> Workplace:
    if found.place is None:
        raise NotAllowed("The practice is locked, so nothing was changed. Sign in again.")
    return found.place


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers={"Content-Security-Policy": POLICY})
