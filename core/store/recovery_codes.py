"""The recovery code: 130 random bits that people can write down, read out and type, and that tells a slip."""

import secrets

from core.errors import InvalidInput

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32: no I, L, O or U, which are taken for other signs or make words."""

RANDOM_SYMBOLS = 26
CHECK_SYMBOLS = 2
GROUP = 4
_LIKENESS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_PRIME = 1_021  # below 32 * 32, so that one wrong symbol, or two that changed places, always shows


def new_code() -> str:
    """A new code in seven groups of four, such as `7K2M-...`."""
    symbols = "".join(secrets.choice(SYMBOLS) for _ in range(RANDOM_SYMBOLS))
    whole = symbols + _check(symbols)
    return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))


def as_typed(code: str) -> str:
    """The 28 symbols of a code as somebody typed it; `InvalidInput` where it cannot be one.

    Small letters, spaces and dashes do not matter, and O, I and L are read as the digits they look like.
    """
    symbols = "".join(sign for sign in code.upper() if not sign.isspace() and sign not in "-–−").translate(_LIKENESS)
    length = RANDOM_SYMBOLS + CHECK_SYMBOLS
    if len(symbols) != length or any(sign not in SYMBOLS for sign in symbols):
        raise InvalidInput(
            f"A recovery code has {length} letters and digits in seven groups of four; {len(symbols)} were given, or "
            "one of them never stands in a code. Nothing was tried; compare it with the paper, group by group."
        )
    if _check(symbols[:RANDOM_SYMBOLS]) != symbols[RANDOM_SYMBOLS:]:
        raise InvalidInput(
            "There is a slip in the recovery code: its last two signs do not fit the others. Nothing was tried; "
            "compare it with the paper, group by group."
        )
    return symbols


def is_same(code: str, typed: str) -> bool:
    """Whether `typed` is `code`, for the moment at which it is typed back from paper."""
    return secrets.compare_digest(as_typed(code), as_typed(typed))


def _check(symbols: str) -> str:
    value = 0
    for sign in symbols:
        value = (value * 32 + SYMBOLS.index(sign)) % _PRIME
    value = value * 32 * 32 % _PRIME
    return SYMBOLS[value // 32] + SYMBOLS[value % 32]
