"""Finding texts by the beginnings of their words, whatever their case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of `text` in order, in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def holds(text: str, sought: list[str]) -> bool:
    """Whether each word of `sought` begins a word of `text`; always so for no word."""
    there = words_of(text)
    return all(any(word.startswith(part) for word in there) for part in sought)


def any_holds(texts: Iterable[str], sought: list[str]) -> bool:
    """Whether one of `texts` holds all of `sought`."""
    return any(holds(text, sought) for text in texts)
