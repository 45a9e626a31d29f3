"""Every error that Secure Base raises on purpose.

    SecureBaseError            a sentence that may be shown as it stands
    ├── InvalidInput           what was given cannot be taken; nothing was saved
    ├── NotFound               no such record in this practice
    ├── Conflict               somebody else, or another window, was quicker
    │   └── AlreadySigned      a signed note never changes
    ├── NotAllowed             this actor may not do that
    │   ├── WrongPassphrase    it opens nothing; the attempt was counted
    │   ├── TooManyAttempts    the next attempt is not looked at before a given instant
    │   ├── CodeNeeded         the passphrase was right, and a code is asked for as well
    │   └── OlderFile          the file is not the newest one seen here, and nobody has agreed to that
    ├── SettingsError          a setting or a command-line argument is wrong
    ├── CatalogueError         a definition file is wrong
    └── StoreError             the database cannot be used
        ├── UnusableDatabase   not ours, empty, damaged or made by a newer version
        │   ├── WrongKey       an encrypted database that this key does not open
        │   ├── DamagedDatabase  ours, and part of it no longer passes its check
        │   └── UnusableKeyFile  the key file is missing, damaged, not ours or of a newer version
        └── BusyDatabase       locked by somebody else for too long
            └── AlreadyOpen    another program, or another window of this one, has it open

A message says what was given, what is allowed, what was not done and what to do. It never
holds a client's name or words: messages reach logs.
"""

from collections.abc import Iterable
from datetime import datetime


class SecureBaseError(Exception):
    """The root of the tree: its text is a sentence for the person at the screen."""

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each thing that is wrong."""
        return (str(self),)


class InvalidInput(SecureBaseError):
    """Input that was refused, for one thing or several: a form shows all of them at once, not one after the other."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self._problems = problems

    @property
    def problems(self) -> tuple[str, ...]:
        """One sentence for each thing that is wrong."""
        return self._problems

    @classmethod
    def unless_empty(cls, problems: Iterable[str]) -> None:
        """Raise one error for all `problems`; do nothing when there are none."""
        found = tuple(problems)
        if found:
            raise cls(*found)


class NotFound(SecureBaseError):
    """The record asked for does not exist, or this actor may not see it: the answer is the same."""


class Conflict(SecureBaseError):
    """The record changed between reading and saving; nothing was overwritten."""


class AlreadySigned(Conflict):
    """The note is signed and locked; an addendum is the way to add to it."""


class NotAllowed(SecureBaseError):
    """The actor may not do this."""


class WrongPassphrase(NotAllowed):
    """Neither passphrase nor code opened anything; `next_at` is when another attempt is looked at."""

    def __init__(self, sentence: str, *, next_at: datetime) -> None:
        super().__init__(sentence)
        self.next_at = next_at


class TooManyAttempts(NotAllowed):
    """The attempt was not looked at, since it came before `next_at`."""

    def __init__(self, sentence: str, *, next_at: datetime) -> None:
        super().__init__(sentence)
        self.next_at = next_at


class CodeNeeded(NotAllowed):
    """The passphrase was right, and signing in asks for a code as well; `ticket` goes with it."""

    def __init__(self, *, ticket: str) -> None:
        super().__init__("A code is asked for as well. You are not signed in yet.")
        self.ticket = ticket


class OlderFile(NotAllowed):
    """The file opens, and is older than the one last seen on this computer, or parted from it.

    `found` and `seen` tell of the two in words; `ticket` opens it once somebody agreed.
    """

    def __init__(self, *, found: str, seen: str, ticket: str) -> None:
        super().__init__("The file is not the newest one seen on this computer. It was not opened.")
        self.found, self.seen, self.ticket = found, seen, ticket


class SettingsError(SecureBaseError):
    """A setting, an environment variable or a command-line argument cannot be used."""


class CatalogueError(SecureBaseError):
    """A definition file is wrong: names the file, the id and what is wrong."""


class StoreError(SecureBaseError):
    """The database cannot be used."""


class UnusableDatabase(StoreError):
    """The file or server is not a database of this version of Secure Base; it was not changed."""


class WrongKey(UnusableDatabase):
    """The file is encrypted under another key than the one given."""


class DamagedDatabase(UnusableDatabase):
    """The file is ours and the key is right, but `pages` (counted from 1; may be empty) fail their check."""

    def __init__(self, sentence: str, *, pages: tuple[int, ...] = ()) -> None:
        super().__init__(sentence)
        self.pages = pages


class UnusableKeyFile(UnusableDatabase):
    """The file that holds the wrapped keys cannot be used; it was not changed."""


class BusyDatabase(StoreError):
    """Somebody else held the database for longer than we wait; nothing was saved."""


class AlreadyOpen(BusyDatabase):
    """Another program, or another window of this one, holds the file; nothing was opened or changed."""
