"""Limits on text that people type, checked in one place.

Text is kept as typed. Two things no database keeps alike are refused: the NUL character and lone
surrogates (halves of a character that a broken copy leaves behind).
"""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def text_problems(what: str, text: str | None, *, longest: int, needed: bool = False) -> list[str]:
    """What is wrong with `text`, as sentences; empty when it can be kept.

    `what` names the field ("The name"); the text itself is never quoted, since it may be a client's.
    """
    if text is None or not text.strip():
        return [f"{what} is empty. Nothing was saved; please fill it in."] if needed else []
    problems = []
    if len(text) > longest:
        problems.append(
            f"{what} has {len(text):,} characters; up to {longest:,} are kept. Nothing was saved; please shorten it."
        )
    if _UNSTORABLE.search(text):
        problems.append(
            f"{what} holds a character that cannot be stored (a NUL or half of a broken character). "
            "Nothing was saved; delete that character or type the text again."
        )
    return problems


def storable(text: str) -> str:
    """`text` without the characters that no database keeps alike; every other one stays as it was."""
    return _UNSTORABLE.sub("", text)
