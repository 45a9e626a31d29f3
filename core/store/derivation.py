"""From a passphrase to keys: one slow Argon2id derivation gives the wrapping key and the verifier.

Source of the lower bounds: RFC 9106, section 4 (second recommended option: 64 MiB, 3 passes, 4 lanes).
"""

import secrets
from dataclasses import dataclass, field

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from core.store.data_key import derived

SALT_BYTES = 16
SECRET_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one derivation takes; kept with each slot, so that it can be raised later."""

    memory_kib: int
    passes: int
    lanes: int

    def is_usable(self) -> bool:
        """Whether a file may ask for this: no more than a computer can give, and no less than Argon2 takes."""
        return 8 * 1024 <= self.memory_kib <= 1024 * 1024 and 1 <= self.passes <= 32 and 1 <= self.lanes <= 16

    def is_below(self, other: "Cost") -> bool:
        """Whether it takes less memory, or as much memory and fewer passes."""
        return (self.memory_kib, self.passes) < (other.memory_kib, other.passes)


USUAL_COST = Cost(memory_kib=128 * 1024, passes=3, lanes=4)
"""Project default: twice the memory of RFC 9106's second option; see SECURITY.md for what it took when measured."""


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What one derivation gives: a key that wraps, and a value that tells whether the secret was the same."""

    wrapping_key: bytes = field(repr=False)
    verifier: bytes = field(repr=False)


def new_salt() -> bytes:
    """A salt for one slot."""
    return secrets.token_bytes(SALT_BYTES)


def derive(secret: bytes, salt: bytes, cost: Cost, context: bytes) -> Derived:
    """The two values for `secret`; both are bound to `context`, and neither tells the other."""
    root = hash_secret_raw(
        secret,
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=SECRET_BYTES,
        type=Type.ID,
        version=ARGON2_VERSION,
    )
    return Derived(
        wrapping_key=derived(root, b"wrapping key\0" + context, SECRET_BYTES),
        verifier=derived(root, b"verifier\0" + context, SECRET_BYTES),
    )
