"""The second factor of a person: its key, sealed under the practice's own key, and the last step a code was used of.

On an encrypted file and on a server alike the key lies sealed (AES-GCM) under one derived from the audit key, and bound
to practice and person, so that neither a copy of the server's tables nor a row moved to somebody else gives a code.
"""

import json
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import ColumnElement, delete, insert, select, update

from core.errors import StoreError
from core.store.slots import NONCE_BYTES
from core.store.tables import second_factor
from core.store.unit_of_work import UnitOfWork, mine, read, write

_PURPOSE = b"secure-base second factor"


@dataclass(frozen=True, kw_only=True)
class SecondFactor:
    """What codes are checked against: `key` in base 32, and the step (of 30 seconds) of the last code that was used."""

    key: str = field(repr=False)
    last_step: int


def is_on(work: UnitOfWork) -> bool:
    """Whether the actor has one."""
    return bool(read(work, select(second_factor.c.last_step).where(*_own(work))))


def kept(work: UnitOfWork) -> SecondFactor | None:
    """The actor's; `None` where they have none, and `StoreError` where it does not pass its check."""
    rows = read(work, select(second_factor.c.sealed_key, second_factor.c.last_step).where(*_own(work)))
    return SecondFactor(key=_unsealed(work, rows[0].sealed_key), last_step=rows[0].last_step) if rows else None


def keep(work: UnitOfWork, key: str, last_step: int) -> None:
    """Give the actor this one in place of any before."""
    remove(work)
    own = {"practice_id": work.actor.practice_id, "therapist_id": work.actor.id}
    write(
        work, insert(second_factor).values(**own, sealed_key=_sealed(work, key), last_step=last_step, set_at=work.now)
    )


def note_step(work: UnitOfWork, step: int) -> None:
    """Note that a code of this step was used."""
    write(work, update(second_factor).where(*_own(work)).values(last_step=step))


def remove(work: UnitOfWork) -> bool:
    """Take the actor's away; whether there was one."""
    return write(work, delete(second_factor).where(*_own(work))) > 0


def _own(work: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    return mine(work, second_factor), second_factor.c.therapist_id == work.actor.id


def _sealed(work: UnitOfWork, key: str) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    box = AESGCM(work.audit_key.derived(_PURPOSE)).encrypt(nonce, key.encode(), _context(work))
    return f"{nonce.hex()}:{box.hex()}"


def _unsealed(work: UnitOfWork, sealed: str) -> str:
    nonce, _, box = sealed.partition(":")
    try:
        cipher = AESGCM(work.audit_key.derived(_PURPOSE))
        return cipher.decrypt(bytes.fromhex(nonce), bytes.fromhex(box), _context(work)).decode()
    except (InvalidTag, ValueError):
        problem = StoreError(
            "What codes are checked against was changed outside the program, so no code can be checked. Nothing was "
            "opened; sign in with the recovery code, which turns the second step off."
        )
    raise problem


def _context(work: UnitOfWork) -> bytes:
    return json.dumps(["secure-base second factor", str(work.actor.practice_id), str(work.actor.id)]).encode()
