"""What the pages before the record are made of: the frame, fields, notices. Plain HTML, no inline script or style."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

ASSETS: Final = "/auth/assets"
PRODUCT: Final = "Secure Base"
MOST_NAME: Final = 200
CHOOSING: Final = (
    "At least 12 characters, or five words with spaces between them. Pasting is fine. A space at its beginning or end "
    "belongs to it."
)

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""The content security policy that each of these pages is sent with."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a form. `kind` and `autocomplete` are those of HTML; `hint` stands under the label.

    `first` has the focus at the start; `fixed` cannot be changed, and tells a password manager whose form it is.
    """

    name: str
    label: str
    kind: str = "text"
    autocomplete: str = "off"
    hint: str = ""
    value: str = ""
    longest: int | None = None
    first: bool = False
    fixed: bool = False


def frame(title: str, main: str, aside: str = "") -> str:
    """A whole page; `main` and `aside` are HTML. The title of the window never says more than the product's name."""
    beside = f'<aside aria-label="Good to know">{aside}</aside>' if aside else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f"<title>{PRODUCT}</title>"
        f'<link rel="icon" href="{ASSETS}/icon.svg" type="image/svg+xml">'
        f'<link rel="stylesheet" href="{ASSETS}/pages.css">'
        f'<script src="{ASSETS}/sign_in.js" defer></script></head>\n'
        f'<body><header><img src="{ASSETS}/logo.svg" alt="{PRODUCT}" width="138" height="28"></header>\n'
        f'<div class="columns"><main><h1>{escape(title)}</h1>\n{main}</main>\n{beside}</div></body></html>\n'
    )


def form(action: str, token: str, inside: str, button: str, *, plain: bool = False) -> str:
    """A form that posts to `action`; `inside` is HTML, `plain` draws the button as the lesser way."""
    kind = ' class="plain"' if plain else ""
    return (
        f'<form method="post" action="{escape(action)}">'
        f'<input type="hidden" name="token" value="{escape(token)}">{inside}'
        f'<p class="actions"><button type="submit"{kind}>{escape(button)}</button></p></form>\n'
    )


def field(given: Field) -> str:
    """A label with its field; a passphrase gets a button that shows it and a line for Caps Lock."""
    name = escape(given.name)
    described = [f"{name}-hint"] if given.hint else []
    hint = f'<span class="hint" id="{name}-hint">{escape(given.hint)}</span>' if given.hint else ""
    secret = given.kind == "password"
    if secret:
        described.append(f"{name}-caps")
    attributes = [
        f'type="{escape(given.kind)}" id="{name}" name="{name}" autocomplete="{escape(given.autocomplete)}"',
        'autocapitalize="none" spellcheck="false"' if secret or given.autocomplete == "off" else "",
        f'value="{escape(given.value)}"' if given.value else "",
        f'maxlength="{given.longest}"' if given.longest else "",
        f'aria-describedby="{" ".join(described)}"' if described else "",
        "readonly" if given.fixed else "required",
        "autofocus" if given.first else "",
    ]
    box = f"<input {' '.join(each for each in attributes if each)}>"
    if secret:
        # The button means nothing without its script, which takes `hidden` away.
        box = (
            f'<span class="secret">{box}<button type="button" class="show" data-shows="{name}" '
            f'aria-pressed="false" aria-label="Show {escape(given.label.lower())}" hidden>Show</button></span>'
            f'<span class="caps" id="{name}-caps" role="status"></span>'
        )
    return f'<p class="field"><label for="{name}">{escape(given.label)}</label>{hint}{box}</p>\n'


def new_passphrase() -> str:
    """The two fields in which a passphrase is chosen."""
    chosen = Field(
        name="passphrase", label="New passphrase", kind="password", autocomplete="new-password", hint=CHOOSING
    )
    again = Field(name="again", label="The same passphrase again", kind="password", autocomplete="new-password")
    return field(chosen) + field(again)


def choice(given: Field, options: Sequence[str]) -> str:
    """A label with a list to choose from; nothing is chosen unless `value` is one of the options."""
    name = escape(given.name)
    hint = f'<span class="hint" id="{name}-hint">{escape(given.hint)}</span>' if given.hint else ""
    described = f' aria-describedby="{name}-hint"' if given.hint else ""
    listed = "".join(
        f"<option{' selected' if option == given.value else ''}>{escape(option)}</option>" for option in options
    )
    return (
        f'<p class="field"><label for="{name}">{escape(given.label)}</label>{hint}'
        f'<select id="{name}" name="{name}"{described} required>'
        f'<option value="">choose one</option>{listed}</select></p>\n'
    )


def problems_box(problems: Iterable[str]) -> str:
    """What was refused, read out at once and with the focus on it; nothing where there are no problems."""
    said = [each for each in problems if each]
    if not said:
        return ""
    lines = "".join(f"<p>{escape(each)}</p>" for each in said)
    return f'<div class="problem" role="alert" tabindex="-1" autofocus>{lines}</div>\n'


def section(label: str, *paragraphs: str) -> str:
    """A section label over a hairline with paragraphs of plain text."""
    return f"<section><h2>{escape(label)}</h2>{prose(*paragraphs)}</section>\n"


def prose(*paragraphs: str) -> str:
    """Paragraphs of plain text."""
    return "".join(f"<p>{escape(each)}</p>" for each in paragraphs)


def link(address: str, words: str, *, main: bool = False) -> str:
    """A paragraph that is one link; `main` draws it as the thing to do on this page."""
    kind = ' class="main"' if main else ""
    return f'<p class="way"><a{kind} href="{escape(address)}">{escape(words)}</a></p>\n'
