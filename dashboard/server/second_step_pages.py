"""The pages of the second step: the code asked for after the passphrase, and turning it on and off."""

from collections.abc import Sequence
from html import escape
from typing import Final

import qrcode
from starlette.responses import HTMLResponse, Response

from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.page_parts import POLICY, Field, field, form, frame, link, problems_box, prose, section

ASKED: Final = "/auth/code"
SETTING: Final = "/auth/second-step"
MOST_WAITING: Final = 20
TURN_ON, TURN_OFF, CONFIRM = "Begin", "Turn the second step off", "Turn the second step on"
GUARDS: Final = (
    "The code guards signing in here. It does not guard the file: whoever has the file, and the passphrase or the "
    "recovery code, can open it without a code."
)
LOST: Final = (
    "Without the telephone: the recovery code, or a new starting code from the owner, signs you in and turns this step "
    "off."
)

_tickets: dict[str, str] = {}


def ask_for_code(token: str, ticket: str, problem: str = "", status: int = 200) -> Response:
    """The page that asks for the code; the ticket waits here, since nothing of it belongs into a page."""
    _tickets[token] = ticket
    while len(_tickets) > MOST_WAITING:
        del _tickets[next(iter(_tickets))]
    return HTMLResponse(_code_page(token, problem), status, headers={"Content-Security-Policy": POLICY})


def take_ticket(token: str) -> str:
    """The ticket of the page that was shown with this token; empty where there is none."""
    return _tickets.pop(token, "")


def _code_page(token: str, problem: str) -> str:
    main = (
        problems_box([problem])
        + form(ASKED, token, field(_code(first=not problem)), "Sign in")
        + link("/auth/forgotten", "I do not have the telephone: use the recovery code")
        + link("/auth/sign-in", "Back to signing in")
    )
    aside = section("The second step", "You turned it on in Settings. " + LOST)
    return frame("The code from your telephone", main, aside)


def off_page(token: str, *, name: str, problems: Sequence[str] = ()) -> str:
    """It is off: what it does, and the passphrase before it begins."""
    main = (
        prose("It is off. When it is on, signing in asks for your passphrase and then for a code from your telephone.")
        + problems_box(problems)
        + form(SETTING, token, _known(name) + field(_present()), TURN_ON)
        + link(SETTINGS, BACK)
    )
    return frame("A second step when signing in", main, _about())


def on_page(token: str, *, name: str, problems: Sequence[str] = ()) -> str:
    """It is on: the passphrase turns it off."""
    main = (
        prose("It is on: signing in asks for your passphrase and then for a code from your telephone.")
        + problems_box(problems)
        + form(SETTING, token, _known(name) + field(_present()), TURN_OFF)
        + link(SETTINGS, BACK)
    )
    return frame("The second step when signing in", main, _about())


def key_page(token: str, *, key: str, address: str, problems: Sequence[str] = ()) -> str:
    """The new key as a picture and as text, and a code that shows that the telephone has it."""
    groups = "".join(f"<span>{escape(key[place : place + 4])}</span>" for place in range(0, len(key), 4))
    main = (
        prose("Let an authenticator program on your telephone read this picture, or type the key into it by hand.")
        + qr_code(address)
        + f'<div class="code" role="group" aria-label="Key">{groups}</div>'
        + prose("Kind: by time, six digits, 30 seconds. It is shown until you gave a code of it, and never again.")
        + problems_box(problems)
        + form(SETTING, token, field(_code(first=bool(problems))), CONFIRM)
        + link(SETTINGS, BACK)
    )
    return frame("The key for your telephone", main, _about())


def qr_code(content: str) -> str:
    """The content as a QR code: one path of black squares on white, which needs no style and no script."""
    code = qrcode.QRCode(border=4)
    code.add_data(content)
    rows = code.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_black in enumerate(row) if is_black)
    size = len(rows)
    return (
        f'<svg class="qr" role="img" aria-label="QR code of the key below" viewBox="0 0 {size} {size}" width="232" '
        f'height="232" shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{squares}" fill="#000"/></svg>\n'
    )


def _about() -> str:
    return section("What it guards", GUARDS) + section("If the telephone is lost", LOST)


def _code(*, first: bool) -> Field:
    return Field(
        name="code", label="Code", autocomplete="one-time-code", hint="Six digits; each code opens once.", longest=20,
        first=first,
    )  # fmt: skip


def _present() -> Field:
    return Field(name="present", label="Your passphrase", kind="password", autocomplete="current-password", first=True)


def _known(name: str) -> str:
    return field(Field(name="name", label="Your name", autocomplete="username", value=name, fixed=True))
