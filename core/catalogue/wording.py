"""Finding words that a generated sentence about a client must not use."""

import re

from core.model.wording import BannedWord, Wording

_GAP = r"[\s\-‐‑–]+"  # noqa: RUF001 - the dashes people and word processors put between words


def find_banned_words(sentence: str, wording: Wording) -> list[str]:
    """The banned words and stems in `sentence`, as the list names them, in order of appearance.

    Case, line breaks and hyphens make no difference. Exempt phrases are passed over; the words
    beside them still count.
    """
    rest = sentence
    for phrase in wording.exemptions:
        rest = re.sub(_phrase(phrase) + r"\b", "\N{BROKEN BAR}", rest, flags=re.IGNORECASE)
    found: dict[str, int] = {}
    for word in wording.banned:
        if hit := re.search(_pattern(word), rest, flags=re.IGNORECASE):
            found[word.text] = hit.start()
    return sorted(found, key=lambda text: found[text])


def _pattern(word: BannedWord) -> str:
    return _phrase(word.text) + ("" if word.stem else r"\b")


def _phrase(text: str) -> str:
    return r"\b" + _GAP.join(re.escape(part) for part in re.split(_GAP, text))
