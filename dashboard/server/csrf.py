"""Proof that a form or a call came from our own page, and the cookies that go with it."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from dashboard import runtime

MOST_BYTES: Final = 16_384
MOST_FIELDS: Final = 20
FORMS: Final = "/auth"
SAFE_METHODS: Final = ("GET", "HEAD", "OPTIONS")

_PROCESS_KEY: Final = secrets.token_bytes(32)


@dataclass(frozen=True, kw_only=True)
class FormProof:
    """The browser's own random value, kept in a cookie, and the form's token that belongs to it alone."""

    before: str

    @property
    def token(self) -> str:
        """What the form carries; another browser's value gives another one."""
        return hmac.new(_PROCESS_KEY, b"form\0" + self.before.encode(), hashlib.sha256).hexdigest()

    def holds(self, token: str) -> bool:
        """Whether `token` came from a page that this browser was given."""
        return hmac.compare_digest(self.token.encode(), token.encode("utf-8", "surrogatepass"))


def form_proof(request: Request) -> FormProof:
    """The proof of this browser, or a new one for a browser that has none."""
    before = request.cookies.get(_form_cookie(), "")
    return FormProof(before=before if 20 <= len(before) <= 100 else secrets.token_urlsafe(24))


def keep_proof(request: Request, response: Response, proof: FormProof) -> None:
    """Let the browser keep its value, for the sign-in pages alone."""
    response.set_cookie(
        _form_cookie(), proof.before, path=FORMS, httponly=True, samesite="strict", secure=_is_https(request)
    )


def keep_token(request: Request, response: Response, token: str) -> None:
    """Hand the browser the token of its sign-in; it is gone when the browser closes."""
    response.set_cookie(_name(request), token, path="/", httponly=True, samesite="strict", secure=_is_https(request))


def drop_token(request: Request, response: Response) -> None:
    """Take the token back."""
    response.delete_cookie(_name(request), path="/", httponly=True, samesite="strict", secure=_is_https(request))


def token_in(cookies: Mapping[str, str]) -> str | None:
    """The token of a sign-in among a request's cookies."""
    return next((cookies[name] for name in runtime.cookie_names() if cookies.get(name)), None)


def is_from_our_page(headers: Headers, scheme: str) -> bool:
    """Whether the browser says that our own page made this request; one that says nothing about it is let through."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    ours = f"{scheme}://{headers.get('host', '')}"
    return site in (None, "same-origin") and origin in (None, ours)


async def form_of(request: Request) -> Mapping[str, str] | None:
    """The fields of a posted form; `None` for what is too large or no form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return None
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            return None
    try:
        fields = parse_qsl(bytes(body).decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        return None
    return dict(fields)


def _form_cookie() -> str:
    return f"{runtime.cookie_names()[1]}-form"


def _name(request: Request) -> str:
    safe, plain = runtime.cookie_names()
    return safe if _is_https(request) else plain


def _is_https(request: Request) -> bool:
    return request.url.scheme == "https"
