"""What the doctor tells of the own practice after opening it: its tables, pages, audit trail and backups.

Nothing of the records is changed. A practice that would have to be brought up to date is left to the next start.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from core.errors import AlreadyOpen, InvalidInput, SecureBaseError
from core.model.days import print_day
from core.model.people import Actor, Practice
from core.services.audit_trail import HeadPlace, check_trail, clock_problem
from core.services.backups import USUAL_FOLDER, backup_state
from core.services.clients import list_clients
from core.store import Clock, DataKey, PracticeKeys, Store, open_store
from core.store.audit_key_file import read_audit_key
from core.store.backup import backups_of
from core.store.derivation import USUAL_COST, Cost
from core.store.file_check import is_readable
from core.store.head_places import HeadFile, KeyFileHead, head_path_of
from core.store.key_file import key_path_of
from core.store.plain_files import owner_in
from core.store.postgresql import server_state
from core.store.revisions import is_up_to_date
from core.store.server_demands import ServerState
from dashboard.door import OWN_FILE
from dashboard.server.asked_keys import Ask, unlocked
from dashboard.server.findings import Finding
from dashboard.settings import Settings

ABOUT: Final = "Records"
OLDEST_BACKUP: Final = timedelta(days=2)
"""How old the newest backup of a practice with records may be. Source: project default."""
BACK_UP: Final = "Press Back up now in Settings, or stop the program and give: python3 run.py backup"
NO_TERMINAL: Final = (
    "They were not opened: the passphrase is asked for at a terminal alone. Give the same command there to have the "
    "records, the audit trail and the backups looked over."
)
LEFT_CLOSED: Final = "So the records, the audit trail and the backups were not looked over."
OWN_ROLE: Final = "Make one for Secure Base that owns its own database and nothing else (docs/deployment.md)."
OLD_TABLES: Final = (
    "They were made by an earlier version. The next start copies them and brings them up to date; the "
    "audit trail is not checked before that."
)
IN_USE: Final = (
    "The program has them open. Stop it and give the same command again to have the records and the trail checked."
)


def examine_records(settings: Settings, ask: Ask | None, clock: Clock, *, cost: Cost = USUAL_COST) -> Iterator[Finding]:
    """What is found in the own practice; `ask` asks for its passphrase and is `None` where nobody can be asked."""
    try:
        if settings.database_url is not None:
            yield from _server(settings, settings.database_url, clock)
        else:
            yield from _file(settings.data_dir / OWN_FILE, ask, clock, cost)
    except AlreadyOpen:
        yield Finding(about=ABOUT, found="in use", notice=IN_USE)
    except SecureBaseError as error:
        yield Finding(about=ABOUT, found="cannot be used", wrong=str(error))


def _file(path: Path, ask: Ask | None, clock: Clock, cost: Cost) -> Iterator[Finding]:
    if not path.exists():
        yield _nothing_at(path)
    elif path.is_file() and is_readable(path):
        yield _plain(path)
    elif ask is None:
        yield Finding(about=ABOUT, found="encrypted", notice=NO_TERMINAL)
        yield _usual_backups(path, clock.now())
    else:
        yield from _unlocked(path, ask, clock, cost)


def _nothing_at(path: Path) -> Finding:
    if not key_path_of(path).exists():
        return Finding(about=ABOUT, found="none yet: no practice is set up here")
    missing = f"{path} is missing, though its key file is here. Put the file back, for example from a backup."
    return Finding(about=ABOUT, found="missing", wrong=missing)


def _plain(path: Path) -> Finding:
    if owner_in(path) is None:
        return Finding(about=ABOUT, found="none yet: no practice is set up here")
    wrong = "Anybody who has the file can read it. Start the program: it asks for a passphrase and encrypts the file."
    return Finding(about=ABOUT, found="not encrypted", wrong=wrong)


def _unlocked(path: Path, ask: Ask, clock: Clock, cost: Cost) -> Iterator[Finding]:
    keys = PracticeKeys(key_path_of(path), clock=clock, cost=cost)
    try:
        key = unlocked(keys, ask).key
    except InvalidInput as error:
        yield Finding(about=ABOUT, found=f"encrypted. {error}", notice=LEFT_CLOSED)
        yield _usual_backups(path, clock.now())
        return
    try:
        yield from _opened_file(path, keys, key, clock)
    finally:
        key.forget()


def _opened_file(path: Path, keys: PracticeKeys, key: DataKey, clock: Clock) -> Iterator[Finding]:
    if not is_up_to_date(str(path), key):
        yield Finding(about=ABOUT, found="encrypted, with older tables", notice=OLD_TABLES)
        yield _usual_backups(path, clock.now())
        return
    with closing(open_store(path, clock=clock, key=key)) as store:
        yield from _store(store, KeyFileHead(keys, key))
        found = store.practice()
        if found is not None:
            yield from _backups(store, *found, path)


def _server(settings: Settings, url: str, clock: Clock) -> Iterator[Finding]:
    yield _connection(server_state(url))
    key, file = read_audit_key(settings.audit_key), settings.audit_key
    if not is_up_to_date(url):
        yield Finding(about=ABOUT, found="no tables, or older ones", notice=OLD_TABLES)
        return
    with closing(open_store(url, clock=clock, audit_key=key)) as store:
        if key is None or file is None:
            nothing_saved = "SECURE_BASE_AUDIT_KEY names no audit key file, so nothing can be saved on this server."
            yield Finding(about="Trail", found="not checked", wrong=nothing_saved)
            yield from _store(store, None)
        else:
            yield from _store(store, HeadFile(head_path_of(file), key))


def _connection(state: ServerState) -> Finding:
    place = "on this computer" if state.is_this_computer else "on another computer, its certificate checked"
    way = "with TLS" if state.encrypted else "without TLS"
    more = f"The role in the address is more than is needed. {'; '.join(state.powers)}. {OWN_ROLE}"
    return Finding(
        about="Connection",
        found=f"PostgreSQL {state.version}, {place}, {way}",
        notice=more if state.powers else "",
    )


def _store(store: Store, place: HeadPlace | None) -> Iterator[Finding]:
    state = store.state()
    found = f"{state.size_bytes:,} bytes, tables at revision {state.revision}"
    if state.sound:
        yield Finding(about=ABOUT, found=f"{found}; every check of the database passed")
    else:
        pages = f" (pages {', '.join(map(str, state.damaged_pages[:5]))})" if state.damaged_pages else ""
        wrong = f"The database does not pass its own check{pages}. Keep the file as it is, and restore a backup."
        yield Finding(about=ABOUT, found=found, wrong=wrong)
    practice = store.practice()
    if practice is None:
        return
    made, actor = practice
    if place is not None:
        report = check_trail(store, made.id, place)
        counted = f"{report.lines:,} lines and {report.records:,} records checked"
        yield Finding(about="Trail", found=counted, wrong=" ".join(report.problems), notice=" ".join(report.noticed))
    with store.reading(actor) as work:
        problem = clock_problem(work)
    if problem is not None:
        yield Finding(about="Clock", found="compared with the audit trail", wrong=problem)


def _backups(store: Store, practice: Practice, actor: Actor, path: Path) -> Iterator[Finding]:
    with store.reading(actor) as work:
        state, now, holds_records = backup_state(work, path), work.now, bool(list_clients(work))
        today = work.today
    if state.last is not None:
        yield backup_finding(state.last, state.folder, now, wrong=holds_records)
        return
    is_new = today - practice.made_on <= OLDEST_BACKUP or not holds_records
    yield Finding(about="Backup", found=f"none in {state.folder}", wrong="" if is_new else BACK_UP)


def backup_finding(taken_at: datetime, folder: Path, now: datetime, *, wrong: bool) -> Finding:
    """How old the newest checked backup is; too old is `wrong` or, where it may not be the newest, worth a notice."""
    days = (now - taken_at).days
    found = f"newest checked one {print_day(taken_at.date())}, {taken_at:%H:%M} UTC, in {folder}"
    if now - taken_at <= OLDEST_BACKUP:
        return Finding(about="Backup", found=found)
    said = f"It is {days} days old. {BACK_UP}"
    return Finding(about="Backup", found=found, wrong=said if wrong else "", notice="" if wrong else said)


def _usual_backups(path: Path, now: datetime) -> Finding:
    """What is in the usual folder, where the practice is closed and cannot say whether another was chosen."""
    folder = path.parent / USUAL_FOLDER
    taken = backups_of(path, folder) if folder.is_dir() else ()
    if taken:
        return backup_finding(taken[0].taken_at, folder, now, wrong=False)
    return Finding(about="Backup", found=f"none in {folder}; another folder may have been chosen in Settings")
