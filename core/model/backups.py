"""Backups as people are told of them: where they go, which one is the newest, and what went wrong."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import InvalidInput
from core.model.text import text_problems

FOLDER_LENGTH = 1_000


@dataclass(frozen=True, kw_only=True)
class BackupsSet:
    """The folder that was chosen, an absolute path; an empty one leaves the usual folder beside the database."""

    folder: str = ""

    def __post_init__(self) -> None:
        found = text_problems("The folder", self.folder, longest=FOLDER_LENGTH)
        if not found and self.folder and not Path(self.folder).is_absolute():
            found.append(
                "The folder for backups needs its whole path, from the top of the disk on. Nothing was changed; "
                "copy it from your file manager."
            )
        InvalidInput.unless_empty(found)


@dataclass(frozen=True, kw_only=True)
class BackupState:
    """How it stands with the backups of a practice.

    `taken` are the instants (UTC) of those in `folder`, newest first; each was opened and counted before it got its
    name. `problem` is what went wrong at the last attempt; empty where nothing did, or where none was made yet.
    """

    folder: Path
    version: int
    same_disk: bool
    taken: tuple[datetime, ...]
    problem: str = ""

    @property
    def last(self) -> datetime | None:
        """When the newest one was taken and checked."""
        return self.taken[0] if self.taken else None
