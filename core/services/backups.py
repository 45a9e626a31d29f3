"""Backups of an encrypted practice: where they go, when one is due, and one line in the trail for each."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.errors import StoreError
from core.model.access import Act
from core.model.audit import Action
from core.model.backups import BackupState
from core.model.people import Actor
from core.model.profile import Backups, BlockKind
from core.services.access import need_practice
from core.services.audit_trail import record_act
from core.store import Store, UnitOfWork, practice_blocks
from core.store.backup import Backup, backups_of, is_on_disk_of

USUAL_FOLDER = "backups"
DAILY, BY_HAND, BY_COMMAND, NOT_MADE = "daily", "by hand", "by command", "not made"
NOTED_LATER = ", written down later"


@dataclass(frozen=True, kw_only=True)
class BackupMade:
    """A backup that was made and checked; `noted` is whether the trail could take its line."""

    backup: Backup
    noted: bool


def backup_folder(work: UnitOfWork, path: Path) -> tuple[Path, int]:
    """The folder for backups of the database at `path`, and the version of that setting (0: nothing was chosen)."""
    need_practice(work, Act.BACK_UP)
    dated = practice_blocks.newest(work, BlockKind.BACKUPS)
    if dated is None:
        return path.parent / USUAL_FOLDER, 0
    chosen = dated.content.folder if isinstance(dated.content, Backups) else ""
    return Path(chosen) if chosen else path.parent / USUAL_FOLDER, dated.version


def choose_folder(work: UnitOfWork, folder: str, *, seen: int) -> None:
    """Let backups go to `folder` from now on, to the usual place where it is empty; those made before stay.

    `InvalidInput` for what is no whole path, and `Conflict` unless `seen` is the newest version.
    """
    need_practice(work, Act.CHANGE_SETTINGS)
    practice_blocks.save(work, Backups(folder=folder), seen=seen, held_from=work.today)


def backup_state(work: UnitOfWork, path: Path, *, problem: str = "") -> BackupState:
    """How it stands with the backups of the database at `path`; `problem` is what the last attempt said."""
    folder, version = backup_folder(work, path)
    return BackupState(
        folder=folder,
        version=version,
        same_disk=is_on_disk_of(folder, path),
        taken=tuple(each.taken_at for each in backups_of(path, folder)),
        problem=problem,
    )


def is_due(taken: tuple[datetime, ...], today: date, zone: str) -> bool:
    """Whether no backup was taken on the practice's day `today`; one from a clock that was ahead puts none off."""
    return today not in {at.astimezone(ZoneInfo(zone)).date() for at in taken}


def back_up(store: Store, actor: Actor, folder: Path, *, how: str) -> BackupMade:
    """Take a checked backup into `folder`, and write down in the trail that it was made, or that it was not.

    `how` is the word for it there. Raises `StoreError` with its reason where none was made; backups made before stay.
    """
    with store.reading(actor) as work:
        need_practice(work, Act.BACK_UP)
    try:
        taken = store.back_up(folder)
    except StoreError:
        note_backup(store, actor, NOT_MADE)
        raise
    return BackupMade(backup=taken, noted=note_backup(store, actor, how))


def note_backup(store: Store, actor: Actor, how: str) -> bool:
    """Write a line on a backup into the trail; whether it could be written: the backup stays as good without it."""
    try:
        with store.writing(actor) as work:
            need_practice(work, Act.BACK_UP)
            record_act(work, Action.BACK_UP, detail=how)
            work.commit()
    except StoreError:
        return False
    return True
