"""A slot of the key file: the data key, wrapped for a passphrase, a starting code or the recovery code."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import UnusableKeyFile
from core.store.data_key import DataKey, derived
from core.store.derivation import Cost, Derived, derive, new_salt

NONCE_BYTES = 12


class Purpose(StrEnum):
    """What a slot is opened with."""

    PASSPHRASE = "passphrase"  # noqa: S105 - a kind of slot
    RECOVERY_CODE = "recovery_code"
    STARTING_CODE = "starting_code"


@dataclass(frozen=True, kw_only=True)
class SlotOwner:
    """For whom a slot is: bound into everything in it, so that no part of one slot works in another.

    `file_id` is that of the key file, `text_form` how the secret becomes bytes, `version` the file's. `until` is when
    it opens nothing any more (UTC); `None` for never.
    """

    file_id: UUID
    person_id: UUID
    purpose: Purpose
    text_form: str
    version: int
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Box:
    """Bytes under AES-GCM."""

    nonce: bytes
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One way to the data key; holds nothing that opens anything without the secret."""

    owner: SlotOwner
    cost: Cost
    salt: bytes
    verifier: bytes = field(repr=False)
    box: Box

    def open(self, secret: bytes) -> DataKey | None:
        """The data key, or `None` for another secret; `UnusableKeyFile` where the secret is right and the box is not.

        Takes one derivation either way.
        """
        found = self._derived(secret)
        if not secrets.compare_digest(found.verifier, self.verifier):
            return None
        return DataKey(unsealed(found.wrapping_key, self.box, self._context()))

    def _derived(self, secret: bytes) -> Derived:
        return derive(secret, self.salt, self.cost, _context(self.owner, self.cost, self.salt))

    def _context(self) -> bytes:
        return _context(self.owner, self.cost, self.salt)


def new_slot(owner: SlotOwner, secret: bytes, key: DataKey, cost: Cost) -> Slot:
    """A slot that `secret` opens, with a salt of its own; takes one derivation."""
    salt = new_salt()
    context = _context(owner, cost, salt)
    found = derive(secret, salt, cost, context)
    box = sealed(found.wrapping_key, key.raw(), context)
    return Slot(owner=owner, cost=cost, salt=salt, verifier=found.verifier, box=box)


def sealed(key: bytes, content: bytes, context: bytes) -> Box:
    """`content` under `key`, bound to `context`, with a nonce of its own."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Box(nonce=nonce, sealed=AESGCM(key).encrypt(nonce, content, context))


def unsealed(key: bytes, box: Box, context: bytes) -> bytes:
    """The content again; `UnusableKeyFile` where anything of it was changed or it belongs elsewhere."""
    try:
        return AESGCM(key).decrypt(box.nonce, box.sealed, context)
    except (InvalidTag, ValueError):
        problem = UnusableKeyFile(
            "The key file is damaged, or parts of it were exchanged: the secret is right, and what it should open does "
            "not pass its check. Nothing was changed; put back the key file from a backup."
        )
    raise problem


def place_key(key: DataKey) -> bytes:
    """The key under which the practice's own values lie in the key file; another than the database's."""
    return derived(key.raw(), b"secure-base sealed places", 32)


def _context(owner: SlotOwner, cost: Cost, salt: bytes) -> bytes:
    """Everything that a slot is bound to, as one text without two readings."""
    ends = [] if owner.until is None else [owner.until.astimezone(UTC).isoformat()]
    return json.dumps(
        [
            "secure-base slot",
            owner.version,
            str(owner.file_id),
            str(owner.person_id),
            owner.purpose.value,
            owner.text_form,
            [cost.memory_kib, cost.passes, cost.lanes],
            salt.hex(),
            *ends,
        ]
    ).encode()
