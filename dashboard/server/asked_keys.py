"""The key of a practice for a command: the passphrase or the recovery code, asked for at the terminal."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from core.errors import NotAllowed
from core.model.people import Actor, Practice
from core.store import DataKey, PracticeKeys, Store, key_file
from core.store.slots import Purpose

BY_CODE = "Press Enter alone to give the recovery code instead."

Ask = Callable[[str], str]
"""Asks for something without showing it, such as `getpass.getpass`."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The key, and who gave the passphrase; `None` for the recovery code, which is the owner's."""

    key: DataKey
    person_id: UUID | None


def unlocked(keys: PracticeKeys, ask: Ask) -> Asked:
    """The key, for a passphrase or the recovery code; raises what `PracticeKeys.unlock` raises."""
    print(BY_CODE, file=sys.stderr)
    passphrase = ask("Passphrase: ")
    if not passphrase:
        return Asked(key=keys.unlock_with_code(ask("Recovery code: ")), person_id=None)
    slots = key_file.read(keys.path).slots
    names = [each.name for each in slots if each.slot.owner.purpose is Purpose.PASSPHRASE]
    found = keys.unlock(names[0] if len(names) == 1 else input("Name: "), passphrase)
    return Asked(key=found.key, person_id=found.person_id)


def who_asked(store: Store, asked: Asked) -> tuple[Practice, Actor] | None:
    """The practice in an open store and who acts in it; `None` before set-up, `NotAllowed` for an ended account."""
    found = store.practice()
    if found is None or asked.person_id is None:
        return found
    person = store.person(found[0].id, asked.person_id)
    if person is None:
        raise NotAllowed("This account was ended. Nothing was done.")
    return found[0], person
