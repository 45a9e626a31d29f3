"""The random key that a practice's database is encrypted with, while it is in memory."""

import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from core.errors import StoreError

KEY_BYTES = 32
MARK_BYTES = 16


class DataKey:
    """32 random bytes that never show themselves: not in a repr, a log or an address.

    `forget` overwrites the bytes held here. Python may have left copies elsewhere in memory, so this
    guards against later use in this process and not against somebody who reads its memory.
    """

    __slots__ = ("_raw", "mark")

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError(f"A data key has {KEY_BYTES} bytes.")
        self._raw = bytearray(raw)
        self.mark = derived(raw, b"secure-base database mark", MARK_BYTES)
        """What a database under this key begins with: tells files and keys apart, and says nothing about the key."""

    @classmethod
    def random(cls) -> "DataKey":
        """A new key from the operating system's generator."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def raw(self) -> bytes:
        """The bytes, for a cipher; `StoreError` once the key was forgotten."""
        if not any(self._raw):
            raise StoreError("The practice is locked, so nothing was read or saved. Sign in again.")
        return bytes(self._raw)

    def forget(self) -> None:
        """Overwrite the bytes; a second call does nothing."""
        for place in range(len(self._raw)):
            self._raw[place] = 0

    def __repr__(self) -> str:
        return "DataKey(hidden)"

    def __reduce__(self) -> str:
        raise TypeError("A data key is never written out.")


def derived(raw: bytes, purpose: bytes, length: int) -> bytes:
    """`length` bytes for one `purpose`, from which neither `raw` nor those of another purpose can be found (HKDF)."""
    return HKDFExpand(algorithm=SHA256(), length=length, info=purpose).derive(raw)
