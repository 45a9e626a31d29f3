"""A practice that is open, and the two places it may lie in: an encrypted file with its key file, or a server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from core.errors import Conflict, NotAllowed, NotFound, StoreError
from core.model.people import Actor, Practice, PracticeDetails
from core.services.practices import set_up_practice
from core.store import Clock, DataKey, KeyHolder, PracticeKeys, RandomIds, Store, open_store
from core.store.conversion import Converted, encrypt_file
from core.store.derivation import Cost
from core.store.file_check import is_readable
from core.store.key_file import key_path_of
from core.store.passphrases import refuse_weak
from core.store.plain_files import owner_in
from core.store.server_secrets import ServerSecrets


@dataclass(frozen=True, kw_only=True)
class OpenPractice:
    """The own practice while it is open; `key`, `keys` and `path` are `None` where a server holds the records."""

    store: Store
    practice: Practice
    actor: Actor
    key: DataKey | None = field(default=None, repr=False)
    keys: PracticeKeys | None = None
    path: Path | None = None

    def close(self) -> None:
        """Close a file and forget its key; a server's connections stay for the next sign-in."""
        if self.key is not None:
            self.store.close()
            self.key.forget()


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
        return self._open(key, owner.id), code, converted

    def open(self, name: str, passphrase: str) -> OpenPractice:
        """The practice, for a name and its passphrase; raises what `PracticeKeys.unlock` and `open_store` raise."""
        found = self._keys.unlock(name, passphrase)
        return self._open(found.key, found.person_id)

    def open_with_code(self, code: str, passphrase: str) -> OpenPractice:
        """The practice, for the recovery code; the passphrase takes the place of the one before."""
        opened = self._open(self._keys.unlock_with_code(code), None)
        try:
            self.set_passphrase(opened, passphrase)
        except (StoreError, Conflict):
            opened.close()
            raise
        return opened

    def confirm(self, name: str, passphrase: str) -> UUID:
        """Who it is, while the practice is open already."""
        found = self._keys.unlock(name, passphrase)
        found.key.forget()
        return found.person_id

    def confirm_code(self, code: str) -> None:
        """Return for the recovery code, while the practice is open already."""
        self._keys.unlock_with_code(code).forget()

    def name_of(self, person_id: UUID) -> str:
        """The name with which somebody signs in."""
        return self._keys.name_of(person_id)

    def set_passphrase(self, opened: OpenPractice, passphrase: str) -> None:
        """Give the therapist another passphrase; the data stay as they are."""
        try:
            name = self._keys.name_of(opened.actor.id)
        except NotFound:
            name = opened.actor.name
        self._keys.set_passphrase(_key(opened), KeyHolder(id=opened.actor.id, name=name), passphrase)

    def new_recovery_code(self, opened: OpenPractice) -> str:
        """Another code; the one before opens nothing from now on."""
        return self._keys.new_recovery_code(_key(opened))

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

    def _open(self, key: DataKey, person_id: UUID | None) -> OpenPractice:
        """Open the file, which must be there; nobody but the practice's own therapist gets in."""
        if not self.path.exists():
            key.forget()
            raise NotFound(
                f"{self.path} is missing, though its key file is here. No new one was made; put the file back, for "
                "example from a backup."
            )
        store = open_store(self.path, clock=self._clock, key=key)
        found = store.practice()
        if found is None or person_id not in (None, found[1].id):
            store.close()
            key.forget()
            raise NotAllowed("This key file belongs to another practice than the file beside it. Nothing was changed.")
        return self._opened(store, *found, key)

    def _opened(self, store: Store, practice: Practice, actor: Actor, key: DataKey) -> OpenPractice:
        return OpenPractice(store=store, practice=practice, actor=actor, key=key, keys=self._keys, path=self.path)


class PracticeServer:
    """The practice in a PostgreSQL database: not encrypted by us, and opened by the same passphrase and code."""

    def __init__(self, connect: Callable[[], Store], *, cost: Cost) -> None:
        self._connect, self._cost = connect, cost
        self._store: Store | None = None

    def is_plain(self) -> bool:
        """Whether the practice was set up by a version that asked for no passphrase."""
        found = self._found()
        return found is not None and not self._secrets(found.actor).are_set()

    def is_there(self) -> bool:
        """Whether there is something to sign in to."""
        return self._found() is not None and not self.is_plain()

    def set_up(self, details: PracticeDetails, passphrase: str) -> tuple[OpenPractice, str]:
        """The practice, its passphrase and its recovery code."""
        refuse_weak(passphrase, details.name)
        refuse_weak(passphrase, details.therapist)
        practice, actor = set_up_practice(self._connected(), details)
        code = self._secrets(actor).make(passphrase)
        return OpenPractice(store=self._connected(), practice=practice, actor=actor), code

    def convert(self, passphrase: str) -> tuple[OpenPractice, str, None]:
        """Give a practice of an earlier version its first passphrase."""
        opened = self._needed()
        return opened, self._secrets(opened.actor).make(passphrase), None

    def open(self, name: str, passphrase: str) -> OpenPractice:
        """The practice, for a name and its passphrase."""
        self.confirm(name, passphrase)
        return self._needed()

    def open_with_code(self, code: str, passphrase: str) -> OpenPractice:
        """The practice, for the recovery code; the passphrase takes the place of the one before."""
        self.confirm_code(code)
        opened = self._needed()
        self.set_passphrase(opened, passphrase)
        return opened

    def confirm(self, name: str, passphrase: str) -> UUID:
        """Who it is."""
        actor = self._needed().actor
        self._secrets(actor).confirm(name, passphrase)
        return actor.id

    def confirm_code(self, code: str) -> None:
        """Return for the recovery code."""
        self._secrets(self._needed().actor).confirm_code(code)

    def name_of(self, person_id: UUID) -> str:
        """The name with which somebody signs in."""
        actor = self._needed().actor
        if actor.id != person_id:
            raise NotFound("This person has no passphrase here. Nothing was done.")
        return actor.name

    def set_passphrase(self, opened: OpenPractice, passphrase: str) -> None:
        """Give the therapist another passphrase."""
        self._secrets(opened.actor).set_passphrase(passphrase)

    def new_recovery_code(self, opened: OpenPractice) -> str:
        """Another code; the one before opens nothing from now on."""
        return self._secrets(opened.actor).new_recovery_code()

    def close(self) -> None:
        """Close the connections to the server."""
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _connected(self) -> Store:
        if self._store is None:
            self._store = self._connect()
        return self._store

    def _found(self) -> OpenPractice | None:
        found = self._connected().practice()
        return found and OpenPractice(store=self._connected(), practice=found[0], actor=found[1])

    def _needed(self) -> OpenPractice:
        found = self._found()
        if found is None:
            raise NotFound("No practice is set up on this server. Nothing was opened.")
        return found

    def _secrets(self, actor: Actor) -> ServerSecrets:
        return ServerSecrets(self._connected(), actor, cost=self._cost)


def _key(opened: OpenPractice) -> DataKey:
    if opened.key is None:
        raise StoreError("This practice has no key of its own: a server holds it. Nothing was changed.")
    return opened.key
