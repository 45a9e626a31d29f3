"""The backups of the own practice: one a day while it is open, made beside everything else, and one when asked for."""

from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from core.errors import NotAllowed, SecureBaseError
from core.model.backups import BackupState
from core.model.profile import Backups
from core.services import backups
from core.store.backup import refuse_unusable
from dashboard.door import Door
from dashboard.opened import OpenPractice
from dashboard.trail import keep_now

FAILED: Final = "The last backup did not succeed. "
LOOK_IN_SETTINGS: Final = "The last backup did not succeed. Settings says why, and lets you try again."
NOT_NOTED: Final = (
    "The last backup was made and checked. The audit trail could not take its line; see that there is room on the disk "
    "of the records. While the practice is open it is tried again every minute."
)
NOT_HERE: Final = "No file of this computer holds the open practice, so no backup is made from here."
AGAIN_AFTER: Final = timedelta(minutes=15)
"""How long after one that failed the next is tried. Source: project default."""
WAITS_SECONDS: Final = 60.0
"""How long closing the practice waits for a backup that is being made."""


class DailyBackups:
    """Follows one door: a thread looks every minute whether today's backup is made, and ends when the door locks."""

    look_every_seconds: float = 60.0
    first_after_seconds: float = 15.0
    """Signing in and the first screen come before the first look."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.problem = ""
        """Why the last attempt made none; empty once one was made."""
        self._to_note: list[str] = []
        self._failed_at: datetime | None = None
        self._turn = Lock()
        self._stop = Event()
        self._thread: Thread | None = None
        door.on_open(self._opened)
        door.on_lock(self._locking)

    def state(self) -> BackupState | None:
        """How it stands; `None` where a server holds the records, and no backup is made from here."""
        opened = self._door.open
        if opened is None or opened.path is None:
            return None
        with opened.store.reading(opened.actor) as work:
            return backups.backup_state(work, opened.path, problem=self.problem or self._not_noted)

    @property
    def warning(self) -> str | None:
        """What every screen says while the last attempt made none, or while the trail does not tell of one."""
        return LOOK_IN_SETTINGS if self.problem else self._not_noted or None

    @property
    def _not_noted(self) -> str:
        return NOT_NOTED if self._to_note else ""

    def choose_folder(self, folder: str, *, seen: int) -> None:
        """Let backups go to another folder from now on, which is made if it is not there; empty for the usual one.

        Raises why it cannot be written, and what `backups.choose_folder` raises.
        """
        opened, _ = self._needed()
        given = folder.strip()
        if given:
            given = Backups(folder=str(Path(given).expanduser())).folder
            refuse_unusable(Path(given))
        with opened.store.writing(opened.actor) as work:
            backups.choose_folder(work, given, seen=seen)
            work.commit()
        self.problem, self._failed_at = "", None

    def back_up_now(self) -> None:
        """Take one now; raises why it could not be made."""
        opened, path = self._needed()
        self._take(opened, path, backups.BY_HAND)

    def take_if_due(self, opened: OpenPractice) -> bool:
        """Take today's unless it is made already, or the last attempt failed a moment ago; whether one was made."""
        path = opened.path
        if path is None or self._failed_lately():
            return False
        with opened.store.reading(opened.actor) as work:
            taken, today = backups.backup_state(work, path).taken, work.today
        if not backups.is_due(taken, today, opened.practice.details.zone):
            return False
        self._take(opened, path, backups.DAILY)
        return True

    def note_made(self, opened: OpenPractice) -> None:
        """Write down the backups whose line the trail could not take; those that it still cannot wait on."""
        while self._to_note and backups.note_backup(opened.store, opened.actor, self._to_note[0] + backups.NOTED_LATER):
            del self._to_note[0]

    def _take(self, opened: OpenPractice, path: Path, how: str) -> None:
        with self._turn:
            try:
                with opened.store.reading(opened.actor) as work:
                    folder, _ = backups.backup_folder(work, path)
                keep_now(opened)
                made = backups.back_up(opened.store, opened.actor, folder, how=how)
            except SecureBaseError as error:
                self.problem, self._failed_at = FAILED + str(error), self._door.clock.now()
                raise
            self.problem, self._failed_at = "", None
            if not made.noted:
                self._to_note.append(how)

    def _failed_lately(self) -> bool:
        failed_at = self._failed_at
        return failed_at is not None and timedelta() <= self._door.clock.now() - failed_at < AGAIN_AFTER

    def _opened(self, opened: OpenPractice) -> None:
        if opened.path is None:
            return
        self.problem, self._failed_at, self._to_note = "", None, []
        self._stop = Event()
        self._thread = Thread(target=self._look, args=(opened, self._stop), name="secure-base-backups", daemon=True)
        self._thread.start()

    def _locking(self, opened: OpenPractice) -> None:
        self._stop.set()
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(WAITS_SECONDS)
        self.note_made(opened)

    def _look(self, opened: OpenPractice, stop: Event) -> None:
        wait = self.first_after_seconds
        while not stop.wait(wait):
            wait = self.look_every_seconds
            try:
                self.note_made(opened)
                self.take_if_due(opened)
            except SecureBaseError as error:
                self.problem = self.problem or FAILED + str(error)

    def _needed(self) -> tuple[OpenPractice, Path]:
        opened = self._door.open
        if opened is None or opened.path is None:
            raise NotAllowed(NOT_HERE)
        return opened, opened.path
