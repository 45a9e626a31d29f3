"""The key of a practice for a command: the passphrase or the recovery code, asked for at the terminal."""

import sys
from collections.abc import Callable

from core.store import DataKey, PracticeKeys, key_file

BY_CODE = "Press Enter alone to give the recovery code instead."

Ask = Callable[[str], str]
"""Asks for something without showing it, such as `getpass.getpass`."""


def unlocked(keys: PracticeKeys, ask: Ask) -> DataKey:
    """The key, for a passphrase or the recovery code; raises what `PracticeKeys.unlock` raises."""
    print(BY_CODE, file=sys.stderr)
    passphrase = ask("Passphrase: ")
    if not passphrase:
        return keys.unlock_with_code(ask("Recovery code: "))
    names = [each.name for each in key_file.read(keys.path).slots if each.name]
    name = names[0] if len(names) == 1 else input("Name: ")
    return keys.unlock(name, passphrase).key
