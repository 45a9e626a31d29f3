"""The reserve: a file that only takes up room beside the records, so that a full disk is not yet the end of saving."""

import os
from contextlib import suppress
from pathlib import Path

from core.store.free_space import LOW_BYTES, RESERVE, RESERVE_BYTES, free_bytes
from core.store.whole_files import replace_whole


def keep_reserve(folder: Path) -> None:
    """Keep room back in `folder` unless that is done already, or would itself bring the warning of a full disk.

    The bytes are random, since some disks take up no room for zeros. Where it cannot be written there is none.
    """
    path, free = folder / RESERVE, free_bytes(folder)
    if path.is_file() or free is None or free < LOW_BYTES + RESERVE_BYTES:
        return
    with suppress(OSError):
        replace_whole(path, os.urandom(RESERVE_BYTES), check=Path.stat)
