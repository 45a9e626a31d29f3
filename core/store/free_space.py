"""Room on the disk of the records: what is said before there is too little, and what is refused for want of it."""

import shutil
from pathlib import Path
from typing import Final

from core.store.constraints import Fault, FaultKind, named_error

LOW_BYTES: Final = 200_000_000
"""Below this every screen says so: some two days of backups of a large practice. Source: project default."""

VERY_LOW_BYTES: Final = 50_000_000
"""Below this it says that room is needed now; a save still takes far less than that. Source: project default."""


def free_bytes(folder: Path) -> int | None:
    """What this account may still write on the disk of `folder`; `None` where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def space_warning(folder: Path) -> str | None:
    """The sentence for a disk that is nearly full; `None` while there is room."""
    free = free_bytes(folder)
    if free is None or free >= LOW_BYTES:
        return None
    left = f"{free // 1_000_000} MB are left on the disk that holds the records."
    if free >= VERY_LOW_BYTES:
        return f"{left} Saving works; make room soon, since backups need it as well."
    return (
        f"{left} Saving still works, but make room now: once the disk is full nothing more can be saved, and no backup "
        "is made. What was saved is kept."
    )


def refuse_without_room(path: Path, *, times: int = 2) -> None:
    """Raise the error for a full disk where there is less room beside `path` than its size so many times over."""
    free = free_bytes(path.parent)
    if free is not None and free < times * path.stat().st_size:
        raise named_error(Fault(FaultKind.FULL))
