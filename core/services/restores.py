"""Putting a backup back as a new file: unlocked, checked page by page, with a line of its own in its trail."""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from core.errors import Conflict, InvalidInput, NotFound, SecureBaseError
from core.model.audit import Action
from core.services.audit_trail import record_act
from core.services.unlocking import Asked, who_asked
from core.store import Clock, PracticeKeys, backup, key_file, open_store
from core.store.derivation import USUAL_COST, Cost
from core.store.key_file import key_path_of

Unlock = Callable[[PracticeKeys], Asked]
NEWER = "If newer records were open on this computer before, signing in says so and asks for your consent first."
UNTOUCHED = "The backup and the records that were in use until now were not changed."
_COUNTED = {"clients": "client", "sessions": "session", "check-ins": "check_in", "notes": "note"}


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A practice that was put back: where it is now, its rows by table, and how many lines its trail had."""

    path: Path
    rows: dict[str, int]
    changes: int

    @property
    def holds(self) -> str:
        """What it holds, counted, in words."""
        counted = ", ".join(f"{self.rows.get(table, 0):,} {words}" for words, table in _COUNTED.items())
        return f"It holds {counted}, and {self.changes:,} lines of the audit trail as of the backup."


def restore_backup(source: Path, to: Path, unlock: Unlock, *, clock: Clock, cost: Cost = USUAL_COST) -> Restored:
    """Put the backup at `source` at `to`, where nothing may stand; `unlock` opens the key file that came with it.

    All of it or, on any error, nothing. Raises `NotFound`, `Conflict` and what unlocking and checking raise.
    """
    if not source.is_file():
        raise NotFound(f"There is no backup at {source}. Nothing was restored.")
    if os.path.lexists(to):
        raise Conflict(f"{to} is there already. Nothing was restored or changed; choose a new name.")
    had_key_file = key_path_of(to).exists()
    keys = PracticeKeys(backup.bring_key_file(source, to), clock=clock, cost=cost)
    try:
        asked = unlock(keys)
        checked = backup.restore(source, to, asked.key)
    except SecureBaseError:
        if not had_key_file:  # a key file without its database would stand in the way of the next practice here
            keys.path.unlink(missing_ok=True)
        raise
    try:
        _note(to, asked, clock)
    finally:
        asked.key.forget()
    return Restored(path=to, rows=checked.rows, changes=checked.standing.changes)


def unlock_as(person_id: UUID, passphrase: str) -> Unlock:
    """How somebody's passphrase of the backup's day opens it, under the name they signed in with then."""

    def unlock(keys: PracticeKeys) -> Asked:
        named = {each.slot.owner.person_id: each.name for each in key_file.read(keys.path).slots if each.name}
        name = named.get(person_id) or next(iter(named.values()), "")
        if person_id not in named and len(named) != 1:
            raise InvalidInput(
                "This backup is from before you had a passphrase here. Nothing was restored; give the recovery code."
            )
        found = keys.unlock(name, passphrase)
        return Asked(key=found.key, person_id=found.person_id)

    return unlock


def _note(to: Path, asked: Asked, clock: Clock) -> None:
    """Write into the restored file's own trail that it was restored; an earlier version's is brought up to date."""
    with closing(open_store(to, clock=clock, key=asked.key)) as store:
        found = who_asked(store, asked)
        if found is None:
            return
        with store.writing(found[1]) as work:
            record_act(work, Action.RESTORE)
            work.commit()
