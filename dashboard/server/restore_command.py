"""`python3 run.py restore`: puts a backup back as a new file, checked page by page, and says how to go on with it."""

import argparse
import getpass
import sys
from pathlib import Path

from core.errors import SecureBaseError
from core.services.restores import NEWER, UNTOUCHED, Restored, restore_backup
from core.store import Clock, SystemClock
from core.store.derivation import USUAL_COST, Cost
from core.store.key_file import key_path_of
from dashboard.door import OWN_FILE
from dashboard.server.asked_keys import Ask, unlocked

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
        to = to / OWN_FILE if to.is_dir() else to
        made = restore_backup(source, to, lambda keys: unlocked(keys, ask), clock=clock or SystemClock(), cost=cost)
    except SecureBaseError as error:
        print(error, file=sys.stderr)
        return REFUSED
    _tell(made)
    return 0


def _tell(restored: Restored) -> None:
    to = restored.path
    print(f"Restored and checked: {to}, with {key_path_of(to).name} beside it.")
    print(restored.holds)
    if to.name == OWN_FILE:
        print(f"Look at it with: python3 run.py --data '{to.parent}'")
    else:
        print(f"To look at it, give the two files the names {OWN_FILE} and {key_path_of(Path(OWN_FILE)).name}, then:")
        print(f"python3 run.py --data '{to.parent}'")
    print(NEWER)
    print(UNTOUCHED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
