"""What opens a practice on a database server: its passphrase and recovery code, kept as Argon2id hashes.

There is no key file and nothing is encrypted by us, so these guard signing in and not the data. Attempts are
counted in the database by the same rule, and answered in the same sentences, as those of a key file.
"""

import hashlib
import unicodedata
from datetime import timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, insert, select, update

from core.errors import NotAllowed
from core.model.access import Account
from core.model.people import Actor
from core.store import recovery_codes
from core.store.attempts import WRONG, WRONG_CODE, WRONG_STARTING_CODE, Attempts
from core.store.derivation import USUAL_COST, Cost
from core.store.passphrases import as_bytes, refuse_weak
from core.store.practice_keys import STARTING_CODE_HOLDS
from core.store.slots import Purpose
from core.store.store import Store
from core.store.tables import attempt, secret, therapist
from core.store.unit_of_work import UnitOfWork, mine, read, write

_RECOVERY = "recovery"
_OWN = (Purpose.PASSPHRASE, Purpose.STARTING_CODE)
_FORGOTTEN_AFTER = timedelta(days=1)  # far beyond the longest wait; names that nobody has would else pile up


class ServerSecrets:
    """The secrets of everybody in a practice, kept in its owner's name. Safe to use from several threads."""

    def __init__(self, store: Store, owner: Actor, *, cost: Cost = USUAL_COST) -> None:
        self._store, self._owner = store, owner
        self._hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory_kib, parallelism=cost.lanes)

    def are_set(self) -> bool:
        """Whether the owner has a passphrase; a practice of an earlier version has none."""
        with self._store.reading(self._owner) as work:
            return _kept(work, self._owner.id, Purpose.PASSPHRASE) is not None

    def make(self, passphrase: str) -> str:
        """Set the owner's first passphrase; the recovery code to be shown once. `InvalidInput` where it is too weak."""
        refuse_weak(passphrase, self._owner.name)
        if self.are_set():
            raise NotAllowed("This practice has a passphrase already. Nothing was changed; sign in with it.")
        self._set(self._owner.id, Purpose.PASSPHRASE, as_bytes(passphrase), _label(self._owner.name))
        return self.new_recovery_code()

    def confirm(self, name: str, passphrase: str) -> UUID:
        """Whose name and passphrase it is; `WrongPassphrase` and `TooManyAttempts` as for a key file."""
        return self._check(name, Purpose.PASSPHRASE, as_bytes(passphrase), wrong=WRONG)

    def confirm_starting_code(self, name: str, typed: str) -> UUID:
        """The same for a starting code; one whose week is over opens nothing."""
        given = recovery_codes.as_typed(typed).encode()
        return self._check(name, Purpose.STARTING_CODE, given, wrong=WRONG_STARTING_CODE)

    def confirm_code(self, typed: str) -> None:
        """Return for the recovery code."""
        given = recovery_codes.as_typed(typed).encode()
        self._check(None, Purpose.RECOVERY_CODE, given, wrong=WRONG_CODE)

    def set_passphrase(self, person: Actor, passphrase: str) -> None:
        """Give somebody this passphrase in place of the one before, or of their starting code."""
        refuse_weak(passphrase, person.name)
        self._set(person.id, Purpose.PASSPHRASE, as_bytes(passphrase), _label(person.name))

    def new_starting_code(self, account: Account) -> str:
        """A code to be shown once, with which somebody chooses a passphrase; what opened until now does not."""
        code = recovery_codes.new_code()
        self._set(account.id, Purpose.STARTING_CODE, recovery_codes.as_typed(code).encode(), _label(account.name))
        return code

    def new_recovery_code(self) -> str:
        """A new code to be shown once; the one before opens nothing from now on."""
        code = recovery_codes.new_code()
        self._set(self._owner.id, Purpose.RECOVERY_CODE, recovery_codes.as_typed(code).encode(), _RECOVERY)
        return code

    def remove(self, person_id: UUID) -> None:
        """Let nothing open for somebody any more."""
        with self._store.writing(self._owner) as work:
            write(work, delete(secret).where(mine(work, secret), secret.c.therapist_id == person_id))
            work.commit()

    def _check(self, name: str | None, purpose: Purpose, given: bytes, *, wrong: str) -> UUID:
        """Count the attempt, derive once, and take the count back where the secret was right. No name: the owner."""
        label = _RECOVERY if name is None else _label(name)
        with self._store.writing(self._owner) as work:
            now, counted = work.now, counted_for(work, label)
            counted.refuse_early(now)
            begun = counted.begun(now)
            note_count(work, label, begun)
            person_id = self._owner.id if name is None else _person(work, name)
            kept = None if person_id is None else _kept(work, person_id, purpose)
            work.commit()
        if kept is None:
            self._hasher.hash(given)  # as long as for a name that somebody has
        if person_id is None or kept is None or not self._verifies(kept, given):
            raise begun.refused(wrong, now)
        with self._store.writing(self._owner) as work:
            forget_count(work, label)
            work.commit()
        return person_id

    def _verifies(self, kept: str, given: bytes) -> bool:
        try:
            return self._hasher.verify(kept, given)
        except VerificationError:
            return False

    def _set(self, person_id: UUID, purpose: Purpose, given: bytes, label: str) -> None:
        """Keep a secret in place of the one before; a passphrase and a starting code take each other's place."""
        hashed = self._hasher.hash(given)
        replaced = [purpose.value] if purpose is Purpose.RECOVERY_CODE else [each.value for each in _OWN]
        with self._store.writing(self._owner) as work:
            theirs = (mine(work, secret), secret.c.therapist_id == person_id, secret.c.purpose.in_(replaced))
            write(work, delete(secret).where(*theirs))
            row = {"practice_id": work.actor.practice_id, "therapist_id": person_id, "purpose": purpose.value}
            write(work, insert(secret).values(**row, hash=hashed, set_at=work.now))
            forget_count(work, label)
            work.commit()


def _kept(work: UnitOfWork, person_id: UUID, purpose: Purpose) -> str | None:
    """The hash of somebody's secret; `None` where there is none, or its time is over."""
    theirs = (mine(work, secret), secret.c.therapist_id == person_id, secret.c.purpose == purpose.value)
    rows = read(work, select(secret.c.hash, secret.c.set_at).where(*theirs))
    if not rows or (purpose is Purpose.STARTING_CODE and work.now >= rows[0].set_at + STARTING_CODE_HOLDS):
        return None
    return str(rows[0].hash)


def _person(work: UnitOfWork, name: str) -> UUID | None:
    """Whose name it is, of those who were not let go."""
    rows = read(
        work, select(therapist.c.id, therapist.c.name).where(mine(work, therapist), therapist.c.ended_at.is_(None))
    )
    return next((row.id for row in rows if _label(row.name) == _label(name)), None)


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
