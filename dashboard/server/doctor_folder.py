"""What the doctor tells of the data folder without opening anything in it: rights, room on the disk, files, clock."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from core.model.days import print_day
from core.store.chain import MOST_BACK
from core.store.file_check import is_encrypted
from core.store.free_space import LOW_BYTES, VERY_LOW_BYTES
from dashboard.server.findings import Finding

SQLITE_MARK: Final = b"SQLite format 3\0"
OTHERS_MAY: Final = stat.S_IRWXG | stat.S_IRWXO
SIDE_FILES: Final = ("-wal", "-shm")
MEGABYTE: Final = 1_000_000


def examine_folder(folder: Path, now: datetime) -> Iterator[Finding]:
    """Everything that can be told of the folder from outside its databases."""
    yield folder_finding(folder)
    yield disk_finding(folder, shutil.disk_usage(_nearest(folder)).free)
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        return
    yield from _files(folder)
    yield clock_finding(folder, now)


def folder_finding(folder: Path) -> Finding:
    """Whether the folder is there, its owner's alone, and can be written."""
    if not folder.exists():
        return Finding(about="Data", found=f"{folder} (made at the first start)")
    if not folder.is_dir():
        return Finding(about="Data", found=f"{folder} is a file", wrong="Give a folder with --data.")
    mode = stat.S_IMODE(folder.stat().st_mode)
    found = f"{folder} (mode {mode:04o})"
    if os.name == "posix" and mode & OTHERS_MAY:
        return Finding(about="Data", found=found, wrong=f"Others may enter it. Close it with: chmod 700 '{folder}'")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(about="Data", found=found, wrong="It cannot be written by this account.")
    return Finding(about="Data", found=found)


def disk_finding(folder: Path, free: int) -> Finding:
    """Whether `free` bytes on the folder's disk are room enough to go on saving and backing up."""
    found = f"{free // MEGABYTE:,} MB free on the disk of {folder}"
    if free < VERY_LOW_BYTES:
        asked = f"Under {VERY_LOW_BYTES // MEGABYTE} MB saving may fail at any time. Make room on this disk."
        return Finding(about="Disk", found=found, wrong=asked)
    if free < LOW_BYTES:
        asked = f"Under {LOW_BYTES // MEGABYTE} MB backups may fail soon. Make room on this disk."
        return Finding(about="Disk", found=found, notice=asked)
    return Finding(about="Disk", found=found)


def clock_finding(folder: Path, now: datetime) -> Finding:
    """Whether the clock stands before the newest file of the folder, and so was set back or is wrong."""
    found = f"{print_day(now.date())}, {now:%H:%M} UTC"
    newest = max((each for each in folder.iterdir() if each.is_file()), key=_changed, default=None)
    if newest is None or _changed(newest) - now <= MOST_BACK:
        return Finding(about="Clock", found=found)
    changed = _changed(newest)
    return Finding(
        about="Clock",
        found=found,
        wrong=f"{newest.name} was changed on {print_day(changed.date())} at {changed:%H:%M} UTC, after this. What is "
        "saved now would bear a wrong time; set the clock right first.",
    )


def _files(folder: Path) -> Iterator[Finding]:
    for path in sorted([*folder.glob("*.db"), *folder.glob("*.sqlite*")]):
        if not path.name.endswith(SIDE_FILES):
            yield _database_file(path)
    for path in sorted([*folder.glob("*.key"), *folder.glob("backups"), *folder.glob("backups/*")]):
        mode = _mode(path)
        if os.name == "posix" and mode & OTHERS_MAY:
            found = f"{path.relative_to(folder)}, mode {mode:04o}"
            closed = "700" if path.is_dir() else "600"
            yield Finding(
                about="File", found=found, wrong=f"Others may read it. Close it with: chmod {closed} '{path}'"
            )


def _database_file(path: Path) -> Finding:
    mode = _mode(path)
    found = f"{path.name}, {path.stat().st_size:,} bytes, mode {mode:04o}"
    if not path.is_file():
        return Finding(about="File", found=f"{path.name} is a folder", wrong="A database file was expected there.")
    with path.open("rb") as file:
        is_sqlite = file.read(len(SQLITE_MARK)) == SQLITE_MARK
    if not is_sqlite and is_encrypted(path):
        found += ", encrypted"
    elif not is_sqlite:
        return Finding(about="File", found=found, wrong="It is not a database. Put a backup in its place.")
    if os.name == "posix" and mode & OTHERS_MAY:
        return Finding(about="File", found=found, wrong=f"Others may read it. Close it with: chmod 600 '{path}'")
    return Finding(about="File", found=found)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _nearest(folder: Path) -> Path:
    return next(each for each in (folder, *folder.parents) if each.exists())
