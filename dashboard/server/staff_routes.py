"""Adding people and changing their accounts: for the owner, with the passphrase asked again."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from core.errors import InvalidInput
from core.model.access import Account, Role
from core.services.accounts import list_accounts
from dashboard import runtime, staff
from dashboard.presence import Presence
from dashboard.server import staff_pages
from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.account_routes import confirmed_route, place_in
from dashboard.server.page_parts import POLICY
from dashboard.server.pages import message_page
from dashboard.server.refusals import Refused

NO_ROLE: Final = "No role was chosen. Nothing was changed; choose one from the list."
NOBODY: Final = "Nobody was chosen. Nothing was changed; choose a person and what is to be changed."


def staff_routes() -> list[Route]:
    """The two pages and their forms; both refuse everybody but the owner."""
    return [
        confirmed_route(staff_pages.ADD, _add_page, _add),
        confirmed_route(staff_pages.CHANGE, _change_page, _change),
    ]


def _add_page(token: str, found: Presence, refused: Refused) -> str:
    _people(found)
    return staff_pages.add_page(token, name=place_in(found).actor.name, refused=refused)


def _change_page(token: str, found: Presence, refused: Refused) -> str:
    people = _people(found)
    return staff_pages.change_page(token, name=place_in(found).actor.name, people=people, refused=refused)


def _add(_: Request, found: Presence, fields: Mapping[str, str]) -> Response:
    door, person, name = runtime.door(), place_in(found).actor, fields.get("new_name", "").strip()
    role = staff_pages.ROLES.get(fields.get("role", ""))
    if role is None:
        raise InvalidInput(NO_ROLE)
    door.confirm(person, fields.get("present", ""))
    return _html(staff_pages.code_page(name, staff.add(door, person, name, role)))


def _change(_: Request, found: Presence, fields: Mapping[str, str]) -> Response:
    who = next((each for each in _people(found) if each.name == fields.get("who")), None)
    what = fields.get("what", "")
    if who is None or what not in (*staff_pages.BECOMES, staff_pages.NEW_CODE, staff_pages.END):
        raise InvalidInput(NOBODY)
    door, person = runtime.door(), place_in(found).actor
    door.confirm(person, fields.get("present", ""))
    if what == staff_pages.NEW_CODE:
        return _html(staff_pages.code_page(who.name, staff.new_code(door, person, who.id)[1]))
    if what == staff_pages.END:
        staff.end(door, person, who.id)
        return _done("The account is ended", f"Nothing opens for {who.name} any more.")
    staff.change_role(door, person, who.id, staff_pages.BECOMES[what])
    return _done("The role is changed", f"It holds for {who.name} from the next click on.")


def _people(found: Presence) -> list[Account]:
    """Everybody but the owner who was not let go; `NotAllowed` for who may not manage accounts."""
    with place_in(found).store.reading(place_in(found).actor) as work:
        return [each for each in list_accounts(work) if each.role is not Role.OWNER and each.ended_at is None]


def _done(title: str, sentence: str) -> Response:
    return _html(message_page(title, [sentence], way=SETTINGS, words=BACK))


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers={"Content-Security-Policy": POLICY})
