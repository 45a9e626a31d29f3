"""Showing people's words exactly as they were typed, inside Streamlit's Markdown."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&^=@/\"'])")
WORD_JOINER = "\u2060"
_ADDRESS = re.compile(r"(?i)https?(?=:)|ftp(?=:)|www(?=\.)|mailto(?=:)|xmpp(?=:)|@")
_REPLACED = re.compile(r"(?<![^\s\ufeff])(?:<->?|->|--|[<>~]=)(?![^\s\ufeff])|:(?=[\w+-]+:)")
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~$&^@!\r\n]|:(?=\S)|--|//|(?i:www)|^[\W\d]")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


def literal(text: str) -> str:
    """`text` as Markdown that shows it letter by letter, on one line: no link, image, formula, colour or emoji code.

    What looks like an address gets an invisible joiner inside it, since Markdown makes links of bare addresses. So does
    what the page replaces even where it was escaped: an arrow or a dash of two signs, and names between colons.
    """
    text = _ADDRESS.sub(rf"\g<0>{WORD_JOINER}", _LINE_ENDS.sub(" ", text))
    return _MARKDOWN.sub(_entity, _REPLACED.sub(_broken, text))


def label(text: str) -> str:
    """`text` for the label of a control, shown letter by letter.

    A screen reader is given a label as it is written here, so it is escaped only where something in it is markup.
    """
    return literal(text) if _MARKUP.search(text) else text


def _broken(match: re.Match[str]) -> str:
    return match.group()[0] + WORD_JOINER + match.group()[1:]


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def ago(days: int | None, *, past: bool = False) -> str:
    """How long ago the last covered day was: `today`, `1 day`, `6 days`, `never`; with `past`, `6 days ago`."""
    if days is None:
        return "never"
    if days <= 0:
        return "today"
    return f"{days} day{'s' if days != 1 else ''}{' ago' if past else ''}"
