"""`python3 run.py restore`: puts a backup back as a new file, checked page by page, and says how to go on with it."""

import argparse
import getpass
import os
import sys
from contextlib import closing
from pathlib import Path

from core.errors import Conflict, NotFound, SecureBaseError
from core.model.audit import Action
from core.services.audit_trail import record_act
from core.store import Clock, PracticeKeys, SystemClock, backup, open_store
from core.store.derivation import USUAL_COST, Cost
from core.store.key_file import key_path_of
from core.store.lineage import Standing
from dashboard.door import OWN_FILE
from dashboard.server.asked_keys import Ask, Asked, unlocked, who_asked

REFUSED = 2


def main(
    arguments: list[str], ask: Ask = getpass.getpass, *, clock: Clock | None = None, cost: Cost = USUAL_COST
) -> int:
    """Restore one backup. Returns 0, or 2 for a refusal, which is said on the error stream."""
    parser = argparse.ArgumentParser(prog="python3 run.py restore", description=__doc__, allow_abbrev=False)
    parser.add_argument("backup", type=Path, metavar="BACKUP", help="the backup, with its key file beside it")
    parser.add_argument(
        "--to", type=Path, metavar="FILE", required=True, help=f"a file that is not there yet, such as new/{OWN_FILE}"
    )
    given = parser.parse_args(arguments)
    source, to = (each.expanduser().absolute() for each in (given.backup, given.to))
    try:
        _restore(source, to / OWN_FILE if to.is_dir() else to, ask, clock=clock or SystemClock(), cost=cost)
    except SecureBaseError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


def _restore(source: Path, to: Path, ask: Ask, *, clock: Clock, cost: Cost) -> None:
    if not source.is_file():
        raise NotFound(f"There is no backup at {source}. Nothing was restored.")
    if os.path.lexists(to):
        raise Conflict(f"{to} is there already. Nothing was restored or changed; choose a new name.")
    had_key_file = key_path_of(to).exists()
    keys = PracticeKeys(backup.bring_key_file(source, to), clock=clock, cost=cost)
    try:
        asked = unlocked(keys, ask)
        checked = backup.restore(source, to, asked.key)
    except SecureBaseError:
        if not had_key_file:  # a key file without its database would stand in the way of the next practice here
            keys.path.unlink(missing_ok=True)
        raise
    try:
        _note(to, asked, clock)
    finally:
        asked.key.forget()
    _tell(to, checked.rows, checked.standing)


def _note(to: Path, asked: Asked, clock: Clock) -> None:
    """Write into the restored file's own trail that it was restored; an earlier version's is brought up to date."""
    with closing(open_store(to, clock=clock, key=asked.key)) as store:
        found = who_asked(store, asked)
        if found is None:
            return
        with store.writing(found[1]) as work:
            record_act(work, Action.RESTORE)
            work.commit()


def _tell(to: Path, rows: dict[str, int], standing: Standing) -> None:
    held = {"clients": "client", "sessions": "session", "check-ins": "check_in", "notes": "note"}
    counted = ", ".join(f"{rows.get(table, 0):,} {words}" for words, table in held.items())
    print(f"Restored and checked: {to}, with {key_path_of(to).name} beside it.")
    print(f"It holds {counted}, and {standing.changes:,} lines of the audit trail as of the backup.")
    if to.name == OWN_FILE:
        print(f"Look at it with: python3 run.py --data '{to.parent}'")
    else:
        print(f"To look at it, give the two files the names {OWN_FILE} and {key_path_of(Path(OWN_FILE)).name}, then:")
        print(f"python3 run.py --data '{to.parent}'")
    print("If newer records were open on this computer before, signing in says so and asks for your consent first.")
    print("The backup and the records that were in use until now were not changed.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
