"""The practice in an encrypted file, with the key file beside it that opens it for each person."""

from pathlib import Path
from uuid import UUID

from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, StoreError
from core.model.access import Account
from core.model.people import Actor, Practice, PracticeDetails
from core.services.practices import set_up_practice
from core.store import Clock, DataKey, KeyHolder, PracticeKeys, RandomIds, Store, open_store
from core.store.conversion import Converted, encrypt_file
from core.store.derivation import Cost
from core.store.file_check import is_readable
from core.store.key_file import key_path_of
from core.store.passphrases import refuse_weak
from core.store.plain_files import owner_in
from dashboard.opened import OTHER_PRACTICE, Entered, OpenPractice, entered, key_of


class PracticeFile:
    """The practice in the encrypted file at `path`, with its key file beside it."""

    def __init__(self, path: Path, *, clock: Clock, cost: Cost) -> None:
        self.path, self._clock = path, clock
        self._keys = PracticeKeys(key_path_of(path), clock=clock, cost=cost)

    def is_plain(self) -> bool:
        """Whether a practice of an earlier version lies here, readable by anybody."""
        return self._is_readable() and owner_in(self.path) is not None

    def is_there(self) -> bool:
        """Whether there is something to sign in to."""
        return self.path.exists() and not self._is_readable()

    def set_up(self, details: PracticeDetails, passphrase: str) -> tuple[OpenPractice, str]:
        """Key file, encrypted file and practice, in this order; the recovery code. What a kill left is gone on from."""
        holder = KeyHolder(id=RandomIds().next(), name=details.therapist)
        refuse_weak(passphrase, details.name)
        holder, key, code = self._key_for(holder, passphrase)
        if self._is_readable():
            encrypt_file(self.path, key)
        store = open_store(self.path, clock=self._clock, key=key)
        try:
            practice, actor = set_up_practice(store, details, therapist_id=holder.id)
        except StoreError:
            store.close()
            raise
        return self._opened(store, practice, actor, key), code

    def convert(self, passphrase: str) -> tuple[OpenPractice, str, Converted]:
        """Encrypt the plain file in its place under a new key; the recovery code, and what cannot be promised."""
        owner = owner_in(self.path)
        if owner is None:
            raise NotFound("There is no unencrypted practice here. Nothing was changed.")
        _, key, code = self._key_for(KeyHolder(id=owner.id, name=owner.name), passphrase)
        converted = encrypt_file(self.path, key)
        return self._open(key), code, converted

    def open(self, name: str, passphrase: str) -> Entered:
        """The practice, for a name and its passphrase; raises what `PracticeKeys.unlock` and `open_store` raise."""
        found = self._keys.unlock(name, passphrase)
        return entered(self._open(found.key), found.person_id)

    def begin(self, name: str, code: str, passphrase: str) -> Entered:
        """The same for a name and its starting code; the passphrase takes the code's place."""
        found = self._keys.unlock_with_starting_code(name, code)
        found_by = entered(self._open(found.key), found.person_id)
        try:
            self.set_passphrase(found_by.opened, found_by.person, passphrase)
        except (StoreError, Conflict, InvalidInput):
            found_by.opened.close()
            raise
        return found_by

    def open_with_code(self, code: str, passphrase: str) -> OpenPractice:
        """The practice, for the recovery code; the passphrase takes the place of the owner's one before."""
        opened = self._open(self._keys.unlock_with_code(code))
        try:
            self.set_passphrase(opened, opened.actor, passphrase)
        except (StoreError, Conflict, InvalidInput):
            opened.close()
            raise
        return opened

    def confirm(self, name: str, passphrase: str) -> UUID:
        """Who it is, while the practice is open already."""
        found = self._keys.unlock(name, passphrase)
        found.key.forget()
        return found.person_id

    def confirm_starting_code(self, name: str, code: str) -> UUID:
        """The same for a starting code."""
        found = self._keys.unlock_with_starting_code(name, code)
        found.key.forget()
        return found.person_id

    def confirm_code(self, code: str) -> None:
        """Return for the recovery code, while the practice is open already."""
        self._keys.unlock_with_code(code).forget()

    def name_of(self, person_id: UUID) -> str:
        """The name with which somebody signs in."""
        return self._keys.name_of(person_id)

    def set_passphrase(self, opened: OpenPractice, person: Actor, passphrase: str) -> None:
        """Give somebody another passphrase; the data stay as they are."""
        try:
            name = self._keys.name_of(person.id)
        except NotFound:
            name = person.name
        self._keys.set_passphrase(key_of(opened), KeyHolder(id=person.id, name=name), passphrase)

    def new_starting_code(self, opened: OpenPractice, account: Account) -> str:
        """A code with which somebody chooses a passphrase within a week; what opened for them until now does not."""
        return self._keys.new_starting_code(key_of(opened), KeyHolder(id=account.id, name=account.name))

    def remove(self, opened: OpenPractice, person_id: UUID) -> None:
        """Let nothing open for somebody any more."""
        self._keys.remove(key_of(opened), person_id)

    def new_recovery_code(self, opened: OpenPractice) -> str:
        """Another code; the one before opens nothing from now on."""
        return self._keys.new_recovery_code(key_of(opened))

    def close(self) -> None:
        """Nothing is kept open here."""

    def _is_readable(self) -> bool:
        return self.path.is_file() and self.path.stat().st_size > 0 and is_readable(self.path)

    def _key_for(self, holder: KeyHolder, passphrase: str) -> tuple[KeyHolder, DataKey, str]:
        """A new key, or the one of a set-up that was cut short, which the same name and passphrase open."""
        if not self._keys.path.exists():
            return holder, *self._keys.make(holder, passphrase)
        try:
            found = self._keys.unlock(holder.name, passphrase)
        except NotAllowed:
            found = None
        if found is None:
            raise Conflict(
                f"{self._keys.path} is here, a key file that other data belong to, and this name and passphrase do not "
                "open it. Nothing was changed; put the database back beside it, or move the key file to a safe place."
            )
        return KeyHolder(id=found.person_id, name=holder.name), found.key, self._keys.new_recovery_code(found.key)

    def _open(self, key: DataKey) -> OpenPractice:
        """Open the file, which must be there."""
        if not self.path.exists():
            key.forget()
            raise NotFound(
                f"{self.path} is missing, though its key file is here. No new one was made; put the file back, for "
                "example from a backup."
            )
        store = open_store(self.path, clock=self._clock, key=key)
        found = store.practice()
        if found is None:
            store.close()
            key.forget()
            raise NotAllowed(OTHER_PRACTICE)
        return self._opened(store, *found, key)

    def _opened(self, store: Store, practice: Practice, actor: Actor, key: DataKey) -> OpenPractice:
        return OpenPractice(store=store, practice=practice, actor=actor, key=key, keys=self._keys, path=self.path)
