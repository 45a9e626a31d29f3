"""Putting a backup of the own practice back as a new file: chosen from its folder, opened as on its day."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from core.errors import InvalidInput, NotAllowed, SecureBaseError, WrongPassphrase
from core.model.audit import Action
from core.model.days import print_day
from core.model.people import Actor
from core.services.audit_trail import record_act
from core.services.backups import backup_folder
from core.services.restores import Restored, Unlock, restore_backup, unlock_as
from core.services.unlocking import Asked
from core.store.attempts import Attempts
from core.store.backup import Backup, backups_of
from dashboard import runtime
from dashboard.door import OWN_FILE
from dashboard.opened import OpenPractice
from dashboard.presence import Presence
from dashboard.server.account_pages import BACK, SETTINGS
from dashboard.server.account_routes import STALE, confirmed_route
from dashboard.server.pages import POLICY, message_page
from dashboard.server.refusals import Refused
from dashboard.server.restore_pages import BY_CODE, BY_PASSPHRASE, NONE_HERE, PATH, restore_page, restored_page

ON_A_SERVER: Final = (
    "The records are on a database server, so its own tools bring a backup back. Nothing can be restored from here."
)
NO_WHOLE_PATH: Final = (
    "The new folder needs its whole path, from the top of the disk on. Nothing was restored; copy it from your file "
    "manager."
)
WRONG: Final = "That does not open this backup. Nothing was restored; {next}."
MEGABYTE: Final = 1_000_000


class Guesses:
    """Attempts on this page that opened nothing: each backup brings a count of its own, which nobody would wait for."""

    def __init__(self) -> None:
        self._attempts = Attempts()
        self._turn = Lock()

    def restore(self, backup: Backup, to: Path, unlock: Unlock) -> Restored:
        """Restore once the wait after earlier attempts is over; raises what `restore_backup` raises."""
        door = runtime.door()
        with self._turn:
            now, before = door.clock.now(), self._attempts
            before.refuse_early(now)
            self._attempts = begun = before.begun(now)
            try:
                made = restore_backup(backup.path, to, unlock, clock=door.clock, cost=door.cost)
            except WrongPassphrase:
                refusal = begun.refused(WRONG, now)
            except SecureBaseError:
                self._attempts = before  # nothing was guessed
                raise
            else:
                self._attempts = Attempts()
                return made
        raise refusal


_guesses = Guesses()


def restore_routes() -> list[Route]:
    """The page and its form."""
    return [confirmed_route(PATH, _page, _restore)]


def _page(token: str, found: Presence, refused: Refused) -> str:
    opened, person = runtime.door().open, _person(found)
    if opened is None or opened.path is None:
        return message_page("Restore from a backup", [ON_A_SERVER], way=SETTINGS, words=BACK)
    folder, backups = _backups(opened, person)
    if not backups:
        said = [*refused.problems, NONE_HERE.format(folder=folder)]
        return message_page("Restore from a backup", said, way=SETTINGS, words=BACK)
    return restore_page(
        token,
        name=person.name,
        backups=list(_offered(backups, opened)),
        folder=str(_new_folder(opened.path.parent)),
        refused=refused,
    )


def _restore(_: Request, found: Presence, fields: Mapping[str, str]) -> Response:
    opened, person = runtime.door().open, _person(found)
    if opened is None or opened.path is None:
        raise NotAllowed(ON_A_SERVER)
    chosen = _offered(_backups(opened, person)[1], opened).get(fields.get("backup", ""))
    if chosen is None or fields.get("by") not in (BY_PASSPHRASE, BY_CODE):
        raise InvalidInput(STALE)
    folder = Path(fields.get("folder", "").strip()).expanduser()
    if not folder.is_absolute():
        raise InvalidInput(NO_WHOLE_PATH)
    made = _guesses.restore(chosen, folder / OWN_FILE, _unlock(person, fields))
    with opened.store.writing(person) as work:
        record_act(work, Action.RESTORE, detail="new file")
        work.commit()
    return HTMLResponse(restored_page(made), headers={"Content-Security-Policy": POLICY})


def _person(found: Presence) -> Actor:
    if found.place is None:
        raise NotAllowed("The practice is locked, so nothing was restored. Sign in again.")
    return found.place.actor


def _unlock(person: Actor, fields: Mapping[str, str]) -> Unlock:
    secret = fields.get("secret", "")
    if fields.get("by") == BY_CODE:
        return lambda keys: Asked(key=keys.unlock_with_code(secret), person_id=None)
    return unlock_as(person.id, secret)


def _backups(opened: OpenPractice, person: Actor) -> tuple[Path, Sequence[Backup]]:
    if opened.path is None:
        return Path(), ()
    with opened.store.reading(person) as work:
        folder, _ = backup_folder(work, opened.path)
    return folder, backups_of(opened.path, folder) if folder.is_dir() else ()


def _offered(backups: Sequence[Backup], opened: OpenPractice) -> dict[str, Backup]:
    """Backups by the words in which they are offered, the newest first."""
    offered, zone = {}, ZoneInfo(opened.practice.details.zone)
    for each in backups:
        local = each.taken_at.astimezone(zone)
        offered[f"{print_day(local.date())}, {local:%H:%M:%S} ({max(each.size_bytes / MEGABYTE, 0.1):,.1f} MB)"] = each
    return offered


def _new_folder(data: Path) -> Path:
    """A folder beside the present one that is not there yet."""
    day = f"{runtime.door().clock.now():%Y-%m-%d}"
    names = (data.with_name(f"{data.name}-restored-{day}{more}") for more in ("", *(f"-{n}" for n in range(2, 100))))
    return next((each for each in names if not each.exists()), data.with_name(f"{data.name}-restored"))
