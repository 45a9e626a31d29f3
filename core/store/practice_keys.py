"""What is done with a practice's key file: made, opened, and wrapped anew. The database is never touched."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import Lock
from uuid import UUID

from core.errors import Conflict, NotAllowed, NotFound, StoreError
from core.store import key_file, recovery_codes
from core.store.attempts import WRONG, WRONG_CODE, WRONG_STARTING_CODE, Attempts
from core.store.clock import Clock
from core.store.data_key import DataKey
from core.store.derivation import USUAL_COST, Cost, derive, new_salt
from core.store.ids import Ids, RandomIds
from core.store.key_file import KeyFile, NamedSlot
from core.store.passphrases import TEXT_FORM, as_bytes, refuse_weak
from core.store.sign_in_names import RECOVERY, label_of, with_counted, without
from core.store.slots import Purpose, SlotOwner, new_slot, place_key, sealed, unsealed
from core.store.whole_files import alone, replace_whole

STARTING_CODE_HOLDS = timedelta(days=7)
"""How long a starting code can be used. Source: project default."""

_NOBODY = UUID(int=0)
_CODE_FORM = "base32-1"


@dataclass(frozen=True, kw_only=True)
class KeyHolder:
    """Somebody with a passphrase of their own: the id of their account, and the name they sign in with."""

    id: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class Unlocked:
    """Who signed in, and the key to the practice's database."""

    person_id: UUID
    key: DataKey


class PracticeKeys:
    """The key file at `path`. Safe to use from several threads and programs: one derivation at a time.

    Every method that opens something counts the attempt first. Where the count cannot be written (a full
    disk must lock nobody out) it is kept in memory.
    """

    def __init__(self, path: Path, *, clock: Clock, cost: Cost = USUAL_COST, ids: Ids | None = None) -> None:
        self.path = path
        self._clock, self._cost, self._ids = clock, cost, ids or RandomIds()
        self._lock = Lock()
        self._counted: Mapping[str, Attempts] = {}

    def make(self, holder: KeyHolder, passphrase: str) -> tuple[DataKey, str]:
        """A key file for a new practice: its key, and the recovery code to be shown once.

        Raises `InvalidInput` with everything that is wrong with the passphrase, and `Conflict` where a file stands.
        """
        refuse_weak(passphrase, holder.name)
        key, code = DataKey.random(), recovery_codes.new_code()
        with self._lock, alone(self.path, wait=True):
            if self.path.exists():
                raise Conflict(f"{self.path} is there already. Nothing was changed; sign in with what opens it.")
            file = KeyFile(file_id=self._ids.next(), mark=key.mark, slots=())
            slots = (self._slot(file, key, holder, passphrase), self._recovery_slot(file, key, code))
            self._write(replace(file, slots=slots))
        return key, code

    def unlock(self, name: str, passphrase: str) -> Unlocked:
        """The key, for a name and its passphrase; takes one derivation whether the name is known or not.

        `WrongPassphrase` and `TooManyAttempts` say when the next attempt is looked at. A slot made at a lower
        cost is wrapped anew.
        """
        with self._lock, alone(self.path, wait=True):
            file = key_file.read(self.path)
            label = label_of(file, name)
            named = self._named(file, label, Purpose.PASSPHRASE)
            key = self._opened(file, label, named, as_bytes(passphrase), WRONG)
            person_id = named.slot.owner.person_id if named else _NOBODY
        return Unlocked(person_id=person_id, key=key)

    def unlock_with_starting_code(self, name: str, typed: str) -> Unlocked:
        """The same for a name and its starting code; one whose week is over opens nothing.

        `InvalidInput` where a slip shows, which is not counted as an attempt.
        """
        secret = recovery_codes.as_typed(typed).encode()
        with self._lock, alone(self.path, wait=True):
            file = key_file.read(self.path)
            label = label_of(file, name)
            named = self._named(file, label, Purpose.STARTING_CODE)
            key = self._opened(file, label, named, secret, WRONG_STARTING_CODE)
            person_id = named.slot.owner.person_id if named else _NOBODY
        return Unlocked(person_id=person_id, key=key)

    def new_starting_code(self, key: DataKey, holder: KeyHolder) -> str:
        """A code to be shown once, with which `holder` chooses a passphrase; what opened for them until now does not.

        `Conflict` where somebody else signs in with that name.
        """
        code = recovery_codes.new_code()
        secret = recovery_codes.as_typed(code).encode()
        with self._lock, alone(self.path, wait=True):
            file = self._for(key)
            others = self._others(file, holder)
            owner = self._owner(file, holder.id, Purpose.STARTING_CODE, _CODE_FORM)
            owner = replace(owner, until=self._clock.now() + STARTING_CODE_HOLDS)
            slot = NamedSlot(name=holder.name, slot=new_slot(owner, secret, key, self._cost))
            counted = without(file.attempts, label_of(file, holder.name))
            self._write(replace(file, slots=(*others, slot), attempts=counted), opens=(slot, secret, key))
        return code

    def confirm(self, person_id: UUID, passphrase: str) -> None:
        """Ask for the passphrase again of somebody who is signed in; raises what `unlock` raises."""
        found = self.unlock(self.name_of(person_id), passphrase)
        found.key.forget()
        if found.person_id != person_id:
            raise NotAllowed("That passphrase is somebody else's. Nothing was done.")

    def unlock_with_code(self, typed: str) -> DataKey:
        """The key, for the recovery code; `InvalidInput` where a slip shows, which is not counted as an attempt."""
        secret = recovery_codes.as_typed(typed).encode()
        with self._lock, alone(self.path, wait=True):
            file = key_file.read(self.path)
            named = next((each for each in file.slots if each.slot.owner.purpose is Purpose.RECOVERY_CODE), None)
            return self._opened(file, RECOVERY, named, secret, WRONG_CODE)

    def set_passphrase(self, key: DataKey, holder: KeyHolder, passphrase: str) -> None:
        """Give `holder` this name and passphrase, in place of those before; the data stay as they are.

        The new slot is opened once more as it was written, before it takes the old one's place.
        """
        refuse_weak(passphrase, holder.name)
        with self._lock, alone(self.path, wait=True):
            file = self._for(key)
            others = self._others(file, holder)
            slot = self._slot(file, key, holder, passphrase)
            changed = replace(file, slots=(*others, slot))
            counted = without(file.attempts, label_of(file, holder.name))
            self._write(replace(changed, attempts=counted), opens=(slot, as_bytes(passphrase), key))

    def new_recovery_code(self, key: DataKey) -> str:
        """A new code to be shown once; the one before opens nothing from now on."""
        code = recovery_codes.new_code()
        with self._lock, alone(self.path, wait=True):
            file = self._for(key)
            slot = self._recovery_slot(file, key, code)
            others = tuple(each for each in file.slots if each.slot.owner.purpose is not Purpose.RECOVERY_CODE)
            secret = recovery_codes.as_typed(code).encode()
            self._write(
                replace(file, slots=(*others, slot), attempts=without(file.attempts, RECOVERY)),
                opens=(slot, secret, key),
            )
        return code

    def remove(self, key: DataKey, person_id: UUID) -> None:
        """Let a person's passphrase open nothing any more; an older copy of the file they kept still opens."""
        with self._lock, alone(self.path, wait=True):
            file = self._for(key)
            left = tuple(each for each in file.slots if each.slot.owner.person_id != person_id)
            if not any(each.slot.owner.purpose is Purpose.PASSPHRASE for each in left):
                raise NotAllowed("Nobody could sign in any more. Nothing was changed; add somebody else first.")
            self._write(replace(file, slots=left))

    def name_of(self, person_id: UUID) -> str:
        """The name with which a person signs in; `NotFound` where the file holds none."""
        for each in key_file.read(self.path).slots:
            if each.name and each.slot.owner.person_id == person_id:
                return each.name
        raise NotFound("This person has no passphrase here. Nothing was done.")

    def keep(self, key: DataKey, place: str, content: bytes) -> None:
        """Keep bytes of the practice, such as the audit trail's head, sealed under its key in the place so named."""
        with self._lock, alone(self.path, wait=True):
            file = self._for(key)
            box = sealed(place_key(key), content, _place_context(file, place))
            self._write(replace(file, places={**file.places, place: box}))

    def kept(self, key: DataKey, place: str) -> bytes | None:
        """What was kept in `place`, `None` where nothing was; `UnusableKeyFile` where it does not pass its check."""
        file = self._for(key)
        box = file.places.get(place)
        return None if box is None else unsealed(place_key(key), box, _place_context(file, place))

    def _named(self, file: KeyFile, label: str, purpose: Purpose) -> NamedSlot | None:
        """The slot of a name that is opened in this way, unless its time is over."""
        now = self._clock.now()
        for each in file.slots:
            owner = each.slot.owner
            if each.name and owner.purpose is purpose and label_of(file, each.name) == label:
                return each if owner.until is None or now < owner.until else None
        return None

    @staticmethod
    def _others(file: KeyFile, holder: KeyHolder) -> tuple[NamedSlot, ...]:
        """Every slot that is not the holder's."""
        others = tuple(each for each in file.slots if each.slot.owner.person_id != holder.id)
        if any(each.name and label_of(file, each.name) == label_of(file, holder.name) for each in others):
            raise Conflict("Somebody else signs in with that name. Nothing was changed; choose another name.")
        return others

    def _opened(self, file: KeyFile, label: str, named: NamedSlot | None, secret: bytes, wrong: str) -> DataKey:
        """Count the attempt, derive once, and take the count back where the secret was right."""
        now = self._clock.now()
        counted = max(
            file.attempts.get(label, Attempts()), self._counted.get(label, Attempts()), key=lambda each: each.failed
        )
        counted.refuse_early(now)
        begun = counted.begun(now)
        self._count(file, with_counted(file, label, begun))
        if named is None:
            derive(secret, new_salt(), self._cost, b"nobody")
        key = None if named is None else named.slot.open(secret)
        if named is None or key is None:
            raise begun.refused(wrong, now)
        self._count(self._at_today_s_cost(file, named, secret, key), without(file.attempts, label))
        return key

    def _count(self, file: KeyFile, attempts: Mapping[str, Attempts]) -> None:
        try:
            self._write(replace(file, attempts=attempts))
            self._counted = {}
        except StoreError:
            self._counted = attempts  # a full disk must not keep anybody out, nor make guessing free

    def _at_today_s_cost(self, file: KeyFile, named: NamedSlot, secret: bytes, key: DataKey) -> KeyFile:
        if not named.slot.cost.is_below(self._cost):
            return file
        dearer = replace(named, slot=new_slot(named.slot.owner, secret, key, self._cost))
        return replace(file, slots=tuple(dearer if each is named else each for each in file.slots))

    def _for(self, key: DataKey) -> KeyFile:
        file = key_file.read(self.path)
        if file.mark != key.mark:
            raise NotAllowed(f"{self.path} belongs to another database. Nothing was changed; sign in again.")
        return file

    def _slot(self, file: KeyFile, key: DataKey, holder: KeyHolder, passphrase: str) -> NamedSlot:
        owner = self._owner(file, holder.id, Purpose.PASSPHRASE, TEXT_FORM)
        return NamedSlot(name=holder.name, slot=new_slot(owner, as_bytes(passphrase), key, self._cost))

    def _recovery_slot(self, file: KeyFile, key: DataKey, code: str) -> NamedSlot:
        owner = self._owner(file, _NOBODY, Purpose.RECOVERY_CODE, _CODE_FORM)
        secret = recovery_codes.as_typed(code).encode()
        return NamedSlot(name="", slot=new_slot(owner, secret, key, self._cost))

    @staticmethod
    def _owner(file: KeyFile, person_id: UUID, purpose: Purpose, text_form: str) -> SlotOwner:
        return SlotOwner(
            file_id=file.file_id, person_id=person_id, purpose=purpose, text_form=text_form, version=key_file.VERSION
        )

    def _write(self, file: KeyFile, *, opens: tuple[NamedSlot, bytes, DataKey] | None = None) -> None:
        """Put `file` in place once it reads back as it is, and the slot in `opens` gives its key for its secret."""
        try:
            replace_whole(self.path, key_file.to_bytes(file), check=_reads_back(file, opens))
        except OSError as error:
            problem = StoreError(
                f"{self.path} cannot be written: {error.strerror}. It was left as it was; make room on the disk, see "
                "that you may write to the folder, and try again."
            )
        else:
            return
        raise problem


def _reads_back(file: KeyFile, opens: tuple[NamedSlot, bytes, DataKey] | None) -> Callable[[Path], None]:
    def check(draft: Path) -> None:
        written = key_file.read(draft)
        sound = written == file
        if sound and opens is not None:
            named, secret, key = opens
            found = next(each for each in written.slots if each == named).slot.open(secret)
            sound = found is not None and found.raw() == key.raw()
        if not sound:
            raise StoreError("The key file did not read back as it was written. It was left as it was; try again.")

    return check


def _place_context(file: KeyFile, place: str) -> bytes:
    return json.dumps(["secure-base place", key_file.VERSION, str(file.file_id), place]).encode()
