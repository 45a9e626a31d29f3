"""Recovery codes that were made and not yet typed back from paper: kept in memory, by the hash of the cookie."""

from typing import Final

MOST: Final = 20


class WaitingCodes:
    """At most a few; each is forgotten once it was typed back, or when the program ends."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}

    def keep(self, token_hash: str, code: str) -> None:
        """Show this code to the browser with this cookie until it was typed back."""
        self._codes[token_hash] = code
        while len(self._codes) > MOST:
            del self._codes[next(iter(self._codes))]

    def of(self, token_hash: str) -> str | None:
        """The code that this browser still has to type back."""
        return self._codes.get(token_hash)

    def forget(self, token_hash: str) -> None:
        """It was typed back, or its sign-in is over."""
        self._codes.pop(token_hash, None)


waiting_codes: Final = WaitingCodes()
