"""Who gave what opens a practice outside of a sign-in, and as whom they act in it."""

from dataclasses import dataclass
from uuid import UUID

from core.errors import NotAllowed
from core.model.people import Actor, Practice
from core.store import DataKey, Store


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The key, and who gave the passphrase; `None` for the recovery code, which is the owner's."""

    key: DataKey
    person_id: UUID | None


def who_asked(store: Store, asked: Asked) -> tuple[Practice, Actor] | None:
    """The practice in an open store and who acts in it; `None` before set-up, `NotAllowed` for an ended account."""
    found = store.practice()
    if found is None or asked.person_id is None:
        return found
    person = store.person(found[0].id, asked.person_id)
    if person is None:
        raise NotAllowed("This account was ended. Nothing was done.")
    return found[0], person
