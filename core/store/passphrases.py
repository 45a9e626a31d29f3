"""What a passphrase must be, and the bytes that keys are derived from. Nothing is asked of any other computer."""

import unicodedata
from collections.abc import Iterable

from zxcvbn import zxcvbn

from core.errors import InvalidInput

FEWEST_CHARACTERS = 12
FEWEST_WORDS = 5
MOST_CHARACTERS = 4_096
FEWEST_GUESSES = 1e10
"""Project default: the highest of zxcvbn's classes (Wheeler, zxcvbn, USENIX Security 2016, section 5)."""

TEXT_FORM = "NFKC-1"
"""How a passphrase becomes bytes; stands in each slot, so that another way can follow."""

_LOOKED_AT = 72


def as_bytes(passphrase: str) -> bytes:
    """The bytes of a passphrase: the same on every keyboard, whether é is typed as one sign or two. Spaces stay."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def passphrase_problems(passphrase: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """One sentence for each reason why this cannot be the passphrase; empty when it can.

    `names` are what anybody would try first: of the person, of the practice. The list of common
    passwords and words is zxcvbn's, which comes with the library.
    """
    words = unicodedata.normalize("NFKC", passphrase)
    if not words.strip():
        return ("A passphrase is needed. Choose at least 12 characters, or five words with spaces between them.",)
    if len(words) > MOST_CHARACTERS:
        return (f"The passphrase is longer than {MOST_CHARACTERS:,} characters. Choose a shorter one.",)
    if len(words) < FEWEST_CHARACTERS and len(words.split()) < FEWEST_WORDS:
        return (
            f"The passphrase has {len(words)} characters. At least {FEWEST_CHARACTERS} are needed, or "
            f"{FEWEST_WORDS} words with spaces between them.",
        )
    if _guesses(words, [name for name in names if name.strip()]) < FEWEST_GUESSES:
        return (
            "The passphrase is too easy to guess: it is on the list of common passwords, or made of a name, a "
            "date, a row of keys or a repetition. Choose five words that have nothing to do with each other.",
        )
    return ()


def refuse_weak(passphrase: str, name: str) -> None:
    """Raise `InvalidInput` with everything that is wrong with a passphrase for somebody of this name."""
    if not name.strip():
        raise InvalidInput("A name to sign in with is needed. Nothing was changed.")
    InvalidInput.unless_empty(passphrase_problems(passphrase, [name]))


def _guesses(words: str, names: list[str]) -> float:
    """How many guesses a list of words and patterns needs; of a long text, for its beginning or its end alone."""
    given = [part for name in names for part in (name, *name.split())]
    ends = {words[:_LOOKED_AT], words[-_LOOKED_AT:]}
    return max(float(zxcvbn(end, user_inputs=given)["guesses"]) for end in ends)
