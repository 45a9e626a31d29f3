"""What opens a practice on a database server: its passphrase and recovery code, kept as Argon2id hashes.

There is no key file and nothing is encrypted by us, so these guard signing in and not the data. Attempts are
counted in the database by the same rule, and answered in the same sentences, as those of a key file.
"""

import hashlib
import unicodedata
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, insert, select, update

from core.errors import NotAllowed
from core.model.people import Actor
from core.store import recovery_codes
from core.store.attempts import WRONG, WRONG_CODE, Attempts
from core.store.derivation import USUAL_COST, Cost
from core.store.passphrases import as_bytes, refuse_weak
from core.store.slots import Purpose
from core.store.store import Store
from core.store.tables import attempt, secret
from core.store.unit_of_work import UnitOfWork, mine, read, write

_RECOVERY = "recovery"
_FORGOTTEN_AFTER = timedelta(days=1)  # far beyond the longest wait; names that nobody has would else pile up


class ServerSecrets:
    """The secrets of the one therapist of the practice in `store`. Safe to use from several threads."""

    def __init__(self, store: Store, actor: Actor, *, cost: Cost = USUAL_COST) -> None:
        self._store, self._actor = store, actor
        self._hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes)

    def are_set(self) -> bool:
        """Whether there is a passphrase; a practice of an earlier version has none."""
        with self._store.reading(self._actor) as work:
            return _hash(work, Purpose.PASSPHRASE) is not None

    def make(self, passphrase: str) -> str:
        """Set the first passphrase; the recovery code to be shown once. `InvalidInput` where it is too weak."""
        refuse_weak(passphrase, self._actor.name)
        if self.are_set():
            raise NotAllowed("This practice has a passphrase already. Nothing was changed; sign in with it.")
        self._set(Purpose.PASSPHRASE, as_bytes(passphrase), _label(self._actor.name))
        return self.new_recovery_code()

    def confirm(self, name: str, passphrase: str) -> None:
        """Return for the therapist's name and passphrase; `WrongPassphrase` and `TooManyAttempts` as for a key file."""
        known = _label(name) == _label(self._actor.name)
        purpose = Purpose.PASSPHRASE if known else None
        self._check(purpose, as_bytes(passphrase), label=_label(name), wrong=WRONG)

    def confirm_code(self, typed: str) -> None:
        """The same for the recovery code."""
        secret_bytes = recovery_codes.as_typed(typed).encode()
        self._check(Purpose.RECOVERY_CODE, secret_bytes, label=_RECOVERY, wrong=WRONG_CODE)

    def set_passphrase(self, passphrase: str) -> None:
        """Give the therapist this passphrase in place of the one before."""
        refuse_weak(passphrase, self._actor.name)
        self._set(Purpose.PASSPHRASE, as_bytes(passphrase), _label(self._actor.name))

    def new_recovery_code(self) -> str:
        """A new code to be shown once; the one before opens nothing from now on."""
        code = recovery_codes.new_code()
        self._set(Purpose.RECOVERY_CODE, recovery_codes.as_typed(code).encode(), _RECOVERY)
        return code

    def _check(self, purpose: Purpose | None, given: bytes, *, label: str, wrong: str) -> None:
        """Count the attempt, derive once, and take the count back where the secret was right."""
        with self._store.writing(self._actor) as work:
            now, counted = work.now, counted_for(work, label)
            counted.refuse_early(now)
            begun = counted.begun(now)
            note_count(work, label, begun)
            kept = _hash(work, purpose) if purpose is not None else None
            work.commit()
        if kept is None:
            self._hasher.hash(given)  # as long as for a name that somebody has
        if kept is None or not self._verifies(kept, given):
            raise begun.refused(wrong, now)
        with self._store.writing(self._actor) as work:
            forget_count(work, label)
            work.commit()

    def _verifies(self, kept: str, given: bytes) -> bool:
        try:
            return self._hasher.verify(kept, given)
        except VerificationError:
            return False

    def _set(self, purpose: Purpose, given: bytes, label: str) -> None:
        hashed = self._hasher.hash(given)
        with self._store.writing(self._actor) as work:
            own = (mine(work, secret), secret.c.therapist_id == work.actor.id, secret.c.purpose == purpose.value)
            write(work, delete(secret).where(*own))
            row = {"practice_id": work.actor.practice_id, "therapist_id": work.actor.id, "purpose": purpose.value}
            write(work, insert(secret).values(**row, hash=hashed, set_at=work.now))
            forget_count(work, label)
            work.commit()


def _hash(work: UnitOfWork, purpose: Purpose) -> str | None:
    own = (mine(work, secret), secret.c.therapist_id == work.actor.id, secret.c.purpose == purpose.value)
    rows = read(work, select(secret.c.hash).where(*own))
    return str(rows[0].hash) if rows else None


def counted_for(work: UnitOfWork, label: str) -> Attempts:
    """What was counted under a label; labels hold no names."""
    rows = read(work, select(attempt.c.failed, attempt.c.last_at).where(mine(work, attempt), attempt.c.label == label))
    return Attempts(failed=rows[0].failed, last_at=rows[0].last_at) if rows else Attempts()


def note_count(work: UnitOfWork, label: str, counted: Attempts) -> None:
    """Keep a count under a label, and forget those of yesterday."""
    write(work, delete(attempt).where(mine(work, attempt), attempt.c.last_at < work.now - _FORGOTTEN_AFTER))
    row = {"failed": counted.failed, "last_at": counted.last_at}
    if write(work, update(attempt).where(mine(work, attempt), attempt.c.label == label).values(row)) == 0:
        write(work, insert(attempt).values(practice_id=work.actor.practice_id, label=label, **row))


def forget_count(work: UnitOfWork, label: str) -> None:
    """Begin counting anew under a label."""
    write(work, delete(attempt).where(mine(work, attempt), attempt.c.label == label))


def _label(name: str) -> str:
    """Attempts are counted by a hash of the name typed, whether anybody has it or not."""
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:32]
