"""The addresses of signing in, setting up and signing out: plain pages and posted forms that need no script."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.errors import CodeNeeded, Conflict, InvalidInput, OlderFile, SecureBaseError, TooManyAttempts, WrongPassphrase
from core.model.sign_ins import hash_of
from core.services.practices import practice_details
from core.store.recovery_codes import is_same
from dashboard import runtime
from dashboard.door import Door, Standing
from dashboard.server import pages
from dashboard.server.csrf import (
    drop_token,
    form_of,
    form_proof,
    is_from_our_page,
    keep_proof,
    keep_token,
    token_in,
)
from dashboard.server.refusals import problems_of
from dashboard.server.second_step_pages import ask_for_code
from dashboard.server.waiting_codes import waiting_codes
from dashboard.server.zones import offered_zones

HOME: Final = "/"
OLD_FORM: Final = "This page was open for too long, or the program was started anew meanwhile. Please try once more."
NOT_THE_SAME: Final = "The two passphrases are not the same. Nothing was changed; type both again."
OTHER_CODE: Final = "This is not the code above. Compare it with the paper, group by group."
NOT_CONSENTED: Final = f"To open the older file, type the words: {pages.CONSENT}"

Form = Mapping[str, str]
Page = Callable[[str], str]
Posted = Callable[[Request, Form, str], Awaitable[Response]]

MOST_WAITING: Final = 20

_older_files: dict[str, OlderFile] = {}


def sign_in_routes() -> list[Route]:
    """Every address under /auth but the passphrase's own settings."""
    return [
        Route(runtime.SIGN_IN_PAGE, _show_way_in, methods=["GET"]),
        Route(runtime.SIGN_IN_PAGE, posted(_sign_in, _way_in), methods=["POST"]),
        Route("/auth/set-up", _show_way_in, methods=["GET"]),
        Route("/auth/set-up", posted(_set_up, _way_in), methods=["POST"]),
        Route("/auth/convert", _show_way_in, methods=["GET"]),
        Route("/auth/convert", posted(_convert, _way_in), methods=["POST"]),
        Route("/auth/forgotten", _show(pages.forgotten_page), methods=["GET"]),
        Route("/auth/forgotten", posted(_forgotten, _forgotten_again), methods=["POST"]),
        Route("/auth/begin", _show(pages.begin_page), methods=["GET"]),
        Route("/auth/begin", posted(_begin, _begin_again), methods=["POST"]),
        Route("/auth/older", posted(_older, _way_in), methods=["POST"]),
        Route("/auth/recovery-code", _show_code, methods=["GET"]),
        Route("/auth/recovery-code", posted(_code_typed, _way_in), methods=["POST"]),
        Route("/auth/look-around", _show_look_around, methods=["GET"]),
        Route("/auth/look-around", posted(_look_around, _way_in), methods=["POST"]),
        Route("/auth/sign-out", posted(_sign_out, _way_in), methods=["POST"]),
    ]


# ---- what stands before the door


def _way_in(token: str, problems: Sequence[str] = (), form: Form | None = None) -> str:
    """The page for what is here: set up, encrypt or sign in. Nothing of a passphrase is carried back."""
    typed = form or {}
    standing, encrypted = runtime.door().standing, runtime.keeps_to_this_computer()
    if standing is Standing.NO_PRACTICE:
        values = {name: typed.get(name, "") for name in ("practice", "therapist", "zone")}
        return pages.set_up_page(token, values=values, problems=problems, zones=offered_zones(), encrypted=encrypted)
    if standing is Standing.PLAIN:
        return pages.convert_page(token, problems=problems, encrypted=encrypted)
    name, problem = typed.get("name", ""), " ".join(problems)
    return pages.sign_in_page(token, name=name, problem=problem, encrypted=encrypted)


async def _show_way_in(request: Request) -> Response:
    try:
        return await _show(_way_in)(request)
    except SecureBaseError as error:
        return _html(pages.message_page("The practice cannot be opened", [str(error)]), 503)


async def _show_code(request: Request) -> Response:
    code = waiting_codes.of(_held(request))
    if code is None:
        return RedirectResponse(HOME, 303)
    return await _show(lambda token: pages.recovery_code_page(token, code=code))(request)


async def _show_look_around(request: Request) -> Response:
    """With --demo every window comes in here without a click; otherwise this is a form's address alone."""
    if not runtime.settings().demo:
        return RedirectResponse(runtime.SIGN_IN_PAGE, 303)
    return await _look_around(request, {}, "")


# ---- what is posted


async def _sign_in(request: Request, form: Form, token: str) -> Response:
    name, passphrase = form.get("name", ""), form.get("passphrase", "")
    try:
        return await _enter(request, lambda door: door.unlock(name, passphrase))
    except OlderFile as older:
        return _ask_for_consent(token, older)
    except CodeNeeded as needed:
        return ask_for_code(token, needed.ticket)
    except SecureBaseError as error:
        return await _again(token, error, form)


async def _set_up(request: Request, form: Form, token: str) -> Response:
    try:
        _refuse_different(form)
        details = practice_details(form.get("practice", ""), form.get("therapist", ""), form.get("zone", ""))
        return await _enter_with_code(request, lambda door: door.set_up(details, form.get("passphrase", "")))
    except SecureBaseError as error:
        return await _again(token, error, form)


async def _convert(request: Request, form: Form, token: str) -> Response:
    try:
        _refuse_different(form)
        return await _enter_with_code(request, lambda door: door.convert(form.get("passphrase", "")))
    except SecureBaseError as error:
        return await _again(token, error, form)


async def _forgotten(request: Request, form: Form, token: str) -> Response:
    code, passphrase = form.get("code", ""), form.get("passphrase", "")
    try:
        _refuse_different(form)
        return await _enter(request, lambda door: door.unlock_with_code(code, passphrase))
    except OlderFile as older:
        return _ask_for_consent(token, older)
    except SecureBaseError as error:
        return _html(pages.forgotten_page(token, problem=str(error)), _status(error))


async def _begin(request: Request, form: Form, token: str) -> Response:
    name, code, passphrase = (form.get(each, "") for each in ("name", "code", "passphrase"))
    try:
        _refuse_different(form)
        return await _enter(request, lambda door: door.begin(name, code, passphrase))
    except OlderFile as older:
        return _ask_for_consent(token, older)
    except SecureBaseError as error:
        return _html(pages.begin_page(token, name=name, problem=str(error)), _status(error))


async def _older(request: Request, form: Form, token: str) -> Response:
    older = _older_files.pop(token, None)
    if older is None:
        return await _again(token, InvalidInput(OLD_FORM), {})
    if not pages.consents(form.get("consent", "")):
        return _ask_for_consent(token, older, NOT_CONSENTED)
    try:
        return await _enter(request, lambda door: door.consent(older.ticket))
    except CodeNeeded as needed:
        return ask_for_code(token, needed.ticket)
    except SecureBaseError as error:
        return await _again(token, error, {})


async def _code_typed(request: Request, form: Form, token: str) -> Response:
    held = _held(request)
    code = waiting_codes.of(held)
    if code is None:
        return RedirectResponse(HOME, 303)
    try:
        problem = "" if is_same(code, form.get("code", "")) else OTHER_CODE
    except InvalidInput as error:
        problem = str(error)
    if problem:
        return _html(pages.recovery_code_page(token, code=code, problem=problem), 400)
    waiting_codes.forget(held)
    door = runtime.door()
    converted, door.converted = door.converted, None
    if converted is None:
        return RedirectResponse(HOME, 303)
    left = [f"Still readable beside it: {copy.name}" for copy in converted.readable_left]
    return _html(pages.message_page("Your practice is encrypted", [converted.sentence, *left]))


async def _look_around(request: Request, _form: Form, _token: str) -> Response:
    before = token_in(request.cookies)
    fresh = await run_in_threadpool(lambda: runtime.presences().look_around(instead_of=before))
    return signed_in(request, fresh, HOME)


async def _sign_out(request: Request, _form: Form, _token: str) -> Response:
    held = _held(request)
    await run_in_threadpool(runtime.presences().leave, held)
    waiting_codes.forget(held)
    answer = RedirectResponse(runtime.SIGN_IN_PAGE, 303)
    drop_token(request, answer)
    return answer


# ---- what they share


def posted(act: Posted, again: Callable[[str, Sequence[str]], str]) -> Callable[[Request], Awaitable[Response]]:
    """`act` for a form that proves to come from a page of ours; otherwise `again`, with the reason."""

    async def answer(request: Request) -> Response:
        proof, form = form_proof(request), await form_of(request)
        if form is None or not is_from_our_page(request.headers, request.url.scheme):
            return _html(pages.message_page("Not accepted", ["This did not come from a page of Secure Base."]), 403)
        if proof.holds(form.get("token", "")):
            given = await act(request, form, proof.token)
        else:
            given = _html(await run_in_threadpool(again, proof.token, [OLD_FORM]), 403)
        keep_proof(request, given, proof)
        return given

    return answer


def _show(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        proof = form_proof(request)
        given = _html(await run_in_threadpool(page, proof.token))
        keep_proof(request, given, proof)
        return given

    return answer


def _forgotten_again(token: str, problems: Sequence[str]) -> str:
    return pages.forgotten_page(token, problem=" ".join(problems))


def _begin_again(token: str, problems: Sequence[str]) -> str:
    return pages.begin_page(token, problem=" ".join(problems))


def _ask_for_consent(token: str, older: OlderFile, problem: str = "") -> Response:
    _older_files[token] = older
    while len(_older_files) > MOST_WAITING:
        del _older_files[next(iter(_older_files))]
    return _html(pages.older_page(token, found=older.found, seen=older.seen, problem=problem), 409)


async def _again(token: str, error: SecureBaseError, form: Form) -> Response:
    return _html(await run_in_threadpool(_way_in, token, problems_of(error), form), _status(error))


async def _enter(request: Request, open_door: Callable[[Door], object]) -> Response:
    before = token_in(request.cookies)
    presences = runtime.presences()
    _, fresh = await run_in_threadpool(lambda: presences.enter(lambda: open_door(presences.door), instead_of=before))
    return signed_in(request, fresh, HOME)


async def _enter_with_code(request: Request, open_door: Callable[[Door], str]) -> Response:
    before = token_in(request.cookies)
    presences = runtime.presences()
    code, fresh = await run_in_threadpool(lambda: presences.enter(lambda: open_door(presences.door), instead_of=before))
    waiting_codes.keep(hash_of(fresh), code)
    return signed_in(request, fresh, "/auth/recovery-code")


def signed_in(request: Request, fresh: str, address: str) -> Response:
    """Send the browser on, with the new sign-in's cookie."""
    answer = RedirectResponse(address, 303)
    keep_token(request, answer, fresh)
    return answer


def _held(request: Request) -> str:
    return hash_of(token_in(request.cookies) or "")


def _refuse_different(form: Form) -> None:
    if form.get("passphrase", "") != form.get("again", ""):
        raise InvalidInput(NOT_THE_SAME)


def _status(error: SecureBaseError) -> int:
    if isinstance(error, TooManyAttempts):
        return 429
    if isinstance(error, WrongPassphrase):
        return 401
    return 400 if isinstance(error, InvalidInput | Conflict) else 503


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers={"Content-Security-Policy": pages.POLICY})
