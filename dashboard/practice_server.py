"""The practice in a database on a server: not encrypted by us, and opened by the same passphrases and codes."""

from collections.abc import Callable
from uuid import UUID

from core.errors import NotFound
from core.model.access import Account
from core.model.people import Actor, PracticeDetails
from core.services.practices import set_up_practice
from core.store import Store
from core.store.derivation import Cost
from core.store.passphrases import refuse_weak
from core.store.server_secrets import ServerSecrets
from dashboard.opened import Entered, OpenPractice, entered


class PracticeServer:
    """The practice in a PostgreSQL database: not encrypted by us, and opened by the same passphrase and code."""

    def __init__(self, connect: Callable[[], Store], *, cost: Cost) -> None:
        self._connect, self._cost = connect, cost
        self._store: Store | None = None

    def is_plain(self) -> bool:
        """Whether the practice was set up by a version that asked for no passphrase."""
        found = self._found()
        return found is not None and not self._secrets().are_set()

    def is_there(self) -> bool:
        """Whether there is something to sign in to."""
        return self._found() is not None and not self.is_plain()

    def set_up(self, details: PracticeDetails, passphrase: str) -> tuple[OpenPractice, str]:
        """The practice, its passphrase and its recovery code."""
        refuse_weak(passphrase, details.name)
        refuse_weak(passphrase, details.therapist)
        practice, actor = set_up_practice(self._connected(), details)
        code = self._secrets().make(passphrase)
        return OpenPractice(store=self._connected(), practice=practice, actor=actor), code

    def convert(self, passphrase: str) -> tuple[OpenPractice, str, None]:
        """Give a practice of an earlier version its first passphrase."""
        opened = self._needed()
        return opened, self._secrets().make(passphrase), None

    def open(self, name: str, passphrase: str) -> Entered:
        """The practice, for a name and its passphrase."""
        return entered(self._needed(), self.confirm(name, passphrase))

    def begin(self, name: str, code: str, passphrase: str) -> Entered:
        """The same for a name and its starting code; the passphrase takes the code's place."""
        found = entered(self._needed(), self.confirm_starting_code(name, code))
        self.set_passphrase(found.opened, found.person, passphrase)
        return found

    def open_with_code(self, code: str, passphrase: str) -> OpenPractice:
        """The practice, for the recovery code; the passphrase takes the place of the one before."""
        self.confirm_code(code)
        opened = self._needed()
        self.set_passphrase(opened, opened.actor, passphrase)
        return opened

    def confirm(self, name: str, passphrase: str) -> UUID:
        """Who it is."""
        return self._secrets().confirm(name, passphrase)

    def confirm_starting_code(self, name: str, code: str) -> UUID:
        """The same for a starting code."""
        return self._secrets().confirm_starting_code(name, code)

    def confirm_code(self, code: str) -> None:
        """Return for the recovery code."""
        self._secrets().confirm_code(code)

    def name_of(self, person_id: UUID) -> str:
        """The name with which somebody signs in."""
        person = self._connected().person(self._needed().practice.id, person_id)
        if person is None:
            raise NotFound("This person has no passphrase here. Nothing was done.")
        return person.name

    def set_passphrase(self, opened: OpenPractice, person: Actor, passphrase: str) -> None:
        """Give somebody another passphrase."""
        self._secrets_of(opened).set_passphrase(person, passphrase)

    def new_starting_code(self, opened: OpenPractice, account: Account) -> str:
        """A code with which somebody chooses a passphrase within a week; what opened for them until now does not."""
        return self._secrets_of(opened).new_starting_code(account)

    def remove(self, opened: OpenPractice, person_id: UUID) -> None:
        """Let nothing open for somebody any more."""
        self._secrets_of(opened).remove(person_id)

    def new_recovery_code(self, opened: OpenPractice) -> str:
        """Another code; the one before opens nothing from now on."""
        return self._secrets_of(opened).new_recovery_code()

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

    def _secrets(self) -> ServerSecrets:
        return self._secrets_of(self._needed())

    def _secrets_of(self, opened: OpenPractice) -> ServerSecrets:
        return ServerSecrets(opened.store, opened.actor, cost=self._cost)
