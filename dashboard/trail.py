"""The audit trail's head, kept outside the database: checked at each opening, kept when locking and while writing."""

from pathlib import Path

from core.errors import SecureBaseError
from core.services.audit_trail import HeadPlace, keep_head, open_trail
from core.store.audit_key_file import read_audit_key
from core.store.head_places import HeadFile, KeyFileHead, head_path_of
from dashboard.door import Door
from dashboard.opened import OpenPractice

_UNKNOWN = "Whether lines are missing at the end of the audit trail could not be told. "


class TrailWatch:
    """Follows the openings of one door; `problems` are the sentences that the last one found.

    What goes wrong with the place of the head never keeps a practice from being opened or locked.
    """

    def __init__(self, door: Door, audit_key: Path | None = None) -> None:
        """`audit_key` is the audit key file of a practice on a server."""
        self._door, self._audit_key = door, audit_key
        self.problems: tuple[str, ...] = ()
        door.on_open(self._opened)
        door.on_lock(self._locking)

    def _opened(self, opened: OpenPractice) -> None:
        try:
            place = place_of_head(opened, self._audit_key)
            self.problems = () if place is None else open_trail(opened.store, opened.actor, place, self._door.clock)
        except SecureBaseError as error:
            self.problems = (_UNKNOWN + str(error),)

    def _locking(self, opened: OpenPractice) -> None:
        try:
            keep_now(opened, self._audit_key)
        except SecureBaseError as error:  # the head of at most a minute ago is kept
            self.problems = (_UNKNOWN + str(error),)


def keep_now(opened: OpenPractice, audit_key: Path | None = None) -> None:
    """Keep where the trail ends now; done before each backup, whose key file takes it along."""
    place = place_of_head(opened, audit_key)
    if place is not None:
        keep_head(opened.store, opened.practice.id, place)


def place_of_head(opened: OpenPractice, audit_key: Path | None = None) -> HeadPlace | None:
    """Where the head of an open practice is kept: its key file, or for a server a file beside the audit key."""
    if opened.keys is not None and opened.key is not None:
        return KeyFileHead(opened.keys, opened.key)
    key = read_audit_key(audit_key)
    return None if audit_key is None or key is None else HeadFile(head_path_of(audit_key), key)
