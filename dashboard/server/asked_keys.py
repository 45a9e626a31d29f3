"""The key of a practice for a command: the passphrase or the recovery code, asked for at the terminal."""

import sys
from collections.abc import Callable

from core.services.unlocking import Asked
from core.store import PracticeKeys, key_file
from core.store.slots import Purpose

BY_CODE = "Press Enter alone to give the recovery code instead."

Ask = Callable[[str], str]
"""Asks for something without showing it, such as `getpass.getpass`."""


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
