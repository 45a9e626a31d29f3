"""Room on the disk of the records: what is said before there is too little, what is refused for want of it, and the
reserve that is given up for saving.
"""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.store.constraints import Fault, FaultKind, named_error

LOW_BYTES: Final = 200_000_000
"""Below this every screen says so: some two days of backups of a large practice. Source: project default."""

VERY_LOW_BYTES: Final = 50_000_000
"""Below this it says that room is needed now; a save still takes far less than that. Source: project default."""

RESERVE: Final = "reserve.room"
RESERVE_BYTES: Final = 20_000_000
"""What is kept back beside the records: a save takes some 150 kB. Source: project default."""

LITTLE_BYTES: Final = 5_000_000
"""With less than this nothing is written before the reserve was given up. Source: project default."""


def free_bytes(folder: Path) -> int | None:
    """What this account may still write on the disk of `folder`; `None` where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def has_reserve(folder: Path) -> bool:
    """Whether room is kept back in `folder`."""
    return (folder / RESERVE).is_file()


def give_up_reserve(folder: Path) -> None:
    """Let go of what is kept back in `folder` where there is little room beside it; called before each write."""
    free = free_bytes(folder)
    if free is not None and free < LITTLE_BYTES:
        with suppress(OSError):  # there is none, or this account may not: the write itself will tell
            (folder / RESERVE).unlink(missing_ok=True)


def space_warning(folder: Path) -> str | None:
    """The sentence for a disk that is nearly full; `None` while there is room."""
    free = free_bytes(folder)
    if free is None or free >= LOW_BYTES:
        return None
    left = f"{free // 1_000_000} MB are left on the disk that holds the records."
    if free >= VERY_LOW_BYTES:
        return f"{left} Saving works; make room soon, since backups need it as well."
    if has_reserve(folder):
        kept = f"{RESERVE_BYTES // 1_000_000} MB are kept back for saving and signing in"
        return f"{left} Saving still works, and {kept}, but make room now: no backup is made on a full disk."
    return (
        f"{left} Saving still works, but make room now: no room is kept back. Once the disk is full nothing more can "
        "be saved, nobody can sign in, and no backup is made. What was saved is kept."
    )


def refuse_without_room(path: Path, *, times: int = 2) -> None:
    """Raise the error for a full disk where there is less room beside `path` than its size so many times over."""
    free = free_bytes(path.parent)
    if free is not None and free < times * path.stat().st_size:
        raise named_error(Fault(FaultKind.FULL))
