"""`python3 run.py audit`: checks the audit trail and every record against it, or makes a server's audit key."""

import argparse
import getpass
import sys
import time
from contextlib import closing
from pathlib import Path

from core.errors import NotFound, SecureBaseError, SettingsError
from core.model.audit import TrailReport
from core.services.audit_trail import HeadPlace, check_trail
from core.store import PracticeKeys, Store, SystemClock, open_store
from core.store.audit_key_file import make_audit_key, read_audit_key
from core.store.file_check import is_readable
from core.store.head_places import HeadFile, KeyFileHead, head_path_of
from core.store.key_file import key_path_of
from dashboard.door import OWN_FILE
from dashboard.server.asked_keys import Ask, unlocked
from dashboard.settings import Settings
from sample_data.practice import SYNTHETIC_FILE

REFUSED, FOUND = 2, 1
_CHECKSUM = (
    "This file is not encrypted, so its trail is a checksum: it tells damage and slips, not somebody who works it out "
    "anew."
)
_NO_HEAD = "Where the trail ended was never kept outside the database, so lines cut off at its end cannot be missed."


def main(arguments: list[str], ask: Ask = getpass.getpass) -> int:
    """Do what was asked. Returns 0 where all fits, 1 where something does not, 2 for a refusal."""
    parser = argparse.ArgumentParser(prog="python3 run.py audit", description=__doc__, allow_abbrev=False)
    parser.add_argument("--data", metavar="DIR", help="the folder that holds the records")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("verify", help="check every line of the trail, and every record against it").add_argument(
        "--demo", action="store_true", help="check the synthetic practice"
    )
    commands.add_parser("make-key", help="make a server's audit key").add_argument("file", type=Path)
    given = parser.parse_args(arguments)
    try:
        if given.command == "make-key":
            return _make_key(given.file)
        settings = Settings.from_environment()
        folder = Path(given.data).expanduser().absolute() if given.data else settings.data_dir
        return _verify_file(folder / SYNTHETIC_FILE, ask) if given.demo else _verify(settings, folder, ask)
    except SecureBaseError as error:
        print(error, file=sys.stderr)
        return REFUSED


def _make_key(path: Path) -> int:
    make_audit_key(path)
    print(
        f"{path} was made; its owner alone may read it. Name it in SECURE_BASE_AUDIT_KEY, and keep a copy away from "
        "the database: without it nothing can be saved, and the trail so far cannot be checked."
    )
    return 0


def _verify(settings: Settings, folder: Path, ask: Ask) -> int:
    if settings.database_url is None:
        return _verify_file(folder / OWN_FILE, ask)
    key = read_audit_key(settings.audit_key)
    if key is None or settings.audit_key is None:
        raise SettingsError("SECURE_BASE_AUDIT_KEY names no audit key file, so the trail cannot be checked.")
    with closing(open_store(settings.database_url, clock=SystemClock(), audit_key=key)) as store:
        return _say(store, HeadFile(head_path_of(settings.audit_key), key))


def _verify_file(path: Path, ask: Ask) -> int:
    if not path.is_file():
        raise NotFound(f"There is no practice at {path}. Nothing was checked; give its folder with --data.")
    if is_readable(path):
        with closing(open_store(path, clock=SystemClock())) as store:
            return _say(store, None)
    keys = PracticeKeys(key_path_of(path), clock=SystemClock())
    key = unlocked(keys, ask).key
    with closing(open_store(path, clock=SystemClock(), key=key)) as store:
        return _say(store, KeyFileHead(keys, key))


def _say(store: Store, place: HeadPlace | None) -> int:
    found = store.practice()
    if found is None:
        raise NotFound(f"{store.location_label} holds no practice yet. Nothing was checked.")
    practice, _ = found
    state = store.state()
    begun = time.monotonic()
    report = check_trail(store, practice.id, place)
    seconds = max(time.monotonic() - begun, 0.001)
    rate = (report.lines + report.records) / seconds
    print(f"{report.lines:,} lines and {report.records:,} records checked in {seconds:.1f} s ({rate:,.0f} rows/s).")
    for sentence in _remarks(report, kept=place is not None and place.kept() is not None):
        print(sentence)
    problems = [*report.problems]
    if not state.sound:
        problems.append("The database does not pass its own check: the file is damaged, or part of it was put back.")
    for problem in problems:
        print(f"-> {problem}")
    print("Everything fits." if not problems else f"Does not fit: {len(problems)}. Keep the file as it is, and a copy.")
    return FOUND if problems else 0


def _remarks(report: TrailReport, *, kept: bool) -> tuple[str, ...]:
    if not report.sealed:
        return (*report.noticed, _CHECKSUM)
    return report.noticed if kept else (*report.noticed, _NO_HEAD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
