"""`python3 run.py backup`: a checked, encrypted backup of the practice that is in the data folder."""

import argparse
import getpass
import sys
from contextlib import closing
from pathlib import Path

from core.errors import AlreadyOpen, NotFound, SecureBaseError
from core.services.audit_trail import keep_head
from core.services.backups import BY_COMMAND, back_up, backup_folder
from core.services.unlocking import who_asked
from core.store import Clock, PracticeKeys, SystemClock, open_store
from core.store.file_check import is_readable
from core.store.head_places import KeyFileHead
from core.store.key_file import key_path_of
from dashboard.door import OWN_FILE
from dashboard.server.asked_keys import Ask, unlocked
from dashboard.settings import Settings

REFUSED = 2
NOT_NOTED = (
    "The audit trail could not take the line of this backup, so it does not tell of it. See that there is room on the "
    "disk of the records."
)


def main(arguments: list[str], ask: Ask = getpass.getpass, clock: Clock | None = None) -> int:
    """Take one. Returns 0, or 2 for a refusal, which is said on the error stream."""
    parser = argparse.ArgumentParser(prog="python3 run.py backup", description=__doc__, allow_abbrev=False)
    parser.add_argument("--data", metavar="DIR", help="the folder that holds the records")
    parser.add_argument("--to", metavar="DIR", type=Path, help="the folder for this backup (that of Settings)")
    given = parser.parse_args(arguments)
    try:
        data = Path(given.data) if given.data else Settings.from_environment().data_dir
        to = given.to.expanduser().absolute() if given.to else None
        _back_up(data.expanduser().absolute() / OWN_FILE, to, ask, clock or SystemClock())
    except AlreadyOpen as error:
        print(f"{error} Where the program is running, Settings has a button: Back up now.", file=sys.stderr)
        return REFUSED
    except SecureBaseError as error:
        print(error, file=sys.stderr)
        return REFUSED
    return 0


def _back_up(path: Path, to: Path | None, ask: Ask, clock: Clock) -> None:
    if not path.is_file():
        raise NotFound(f"There is no practice at {path}. No backup was made; give its folder with --data.")
    if is_readable(path):
        raise NotFound(f"{path} is not encrypted yet. No backup was made; start the program and encrypt it first.")
    keys = PracticeKeys(key_path_of(path), clock=clock)
    asked = unlocked(keys, ask)
    with closing(open_store(path, clock=clock, key=asked.key)) as store:
        found = who_asked(store, asked)
        if found is None:
            raise NotFound(f"{path} holds no practice yet. No backup was made.")
        practice, actor = found
        with store.reading(actor) as work:
            folder = to or backup_folder(work, path)[0]
        keep_head(store, practice.id, KeyFileHead(keys, asked.key))
        made = back_up(store, actor, folder, how=BY_COMMAND)
    taken = made.backup
    print(
        f"Made and checked: {taken.path} ({taken.size_bytes:,} bytes), with {key_path_of(taken.path).name} beside it."
    )
    print("Keep both files together. The passphrase and the recovery code of today open them.")
    if not made.noted:
        print(NOT_NOTED, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
