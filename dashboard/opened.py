"""A practice that is open, and who opened it; the two places it may lie in stand in files of their own."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from core.errors import NotAllowed, StoreError
from core.model.people import Actor, Practice
from core.store import DataKey, PracticeKeys, Store

OTHER_PRACTICE: Final = (
    "What was typed opens nothing in this practice any more: the account was ended, or the key file belongs to another "
    "practice than the file beside it. Nothing was changed."
)


@dataclass(frozen=True, kw_only=True)
class OpenPractice:
    """The own practice while it is open; `key`, `keys` and `path` are `None` where a server holds the records.

    `actor` is the owner, in whose name the program itself acts; who is at a screen is known by the sign-in.
    """

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


@dataclass(frozen=True, kw_only=True)
class Entered:
    """An open practice and who opened it."""

    opened: OpenPractice
    person: Actor


def person_in(opened: OpenPractice, person_id: UUID) -> Actor:
    """Somebody of an open practice as they stand now; `NotAllowed` for a stranger and for an account that was ended."""
    person = opened.store.person(opened.practice.id, person_id)
    if person is None:
        raise NotAllowed(OTHER_PRACTICE)
    return person


def entered(opened: OpenPractice, person_id: UUID) -> Entered:
    """Somebody of an open practice as who opened it; a practice that is not theirs any more is closed again."""
    try:
        return Entered(opened=opened, person=person_in(opened, person_id))
    except (NotAllowed, StoreError):
        opened.close()
        raise


def key_of(opened: OpenPractice) -> DataKey:
    """The key of an open file; `StoreError` where a server holds the records."""
    if opened.key is None:
        raise StoreError("This practice has no key of its own: a server holds it. Nothing was changed.")
    return opened.key
