"""Small files that are replaced whole or not at all, and the one lock that keeps two programs apart."""

import errno
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from core.errors import AlreadyOpen, StoreError, UnusableDatabase
from core.store.free_space import give_up_reserve

LOCK_SUFFIX = ".lock"
_HELD_BY_ANOTHER = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
DRAFT_MARK = ".making-"


def replace_whole(path: Path, content: bytes, *, check: Callable[[Path], object]) -> None:
    """Let `path` hold `content`, readable by its owner alone; before that happens, `check` looks at the written draft.

    Killed at any moment, `path` is whole: as it was before, or with `content`. A draft may stay; the next one removes
    it.
    """
    give_up_reserve(path.parent)
    _remove_drafts(path)
    draft = draft_of(path)
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        check(draft)
        draft.replace(path)
    finally:
        discard(draft)
    sync_folder(path.parent)


def draft_of(path: Path) -> Path:
    """A name beside `path` that nobody has yet, for what will take its place."""
    return path.with_name(f"{path.name}{DRAFT_MARK}{os.getpid()}-{secrets.token_hex(4)}")


def discard(draft: Path) -> None:
    """Take a draft away if it is still there; one that cannot be removed now is removed by the next attempt."""
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def discard_database(draft: Path) -> None:
    """Take a draft of a database away with the files that SQLite makes beside it, which a full disk can leave there."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        discard(draft.with_name(draft.name + suffix))


def sync_file(path: Path) -> None:
    """Wait until what was written to `path` is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> bool:
    """Wait until names given and taken in `folder` are on the disk; whether the system said that they are.

    Not every system can say so. The new name stands either way, so this is no reason to call the change refused.
    """
    if os.name != "posix":
        return False
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        return False
    return True


@contextmanager
def alone(path: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock that belongs to `path`; with `wait`, as soon as whoever holds it lets go.

    Raises `AlreadyOpen` otherwise, and `UnusableDatabase` where nothing can be locked. The
    system drops the lock of a program that was killed.
    """
    release = take_lock(path, wait=wait)
    try:
        yield
    finally:
        release()


def take_lock(path: Path, *, wait: bool = False) -> Callable[[], None]:
    """Take the lock that belongs to `path` (see `alone`); the function that comes back lets go of it."""
    descriptor, real = -1, path.resolve()  # a link and what it leads to are one file
    try:
        descriptor = os.open(real.with_name(real.name + LOCK_SUFFIX), os.O_CREAT | os.O_RDWR, 0o600)
        _lock(descriptor, wait=wait)
    except OSError as error:
        problem = _not_locked(path, descriptor, error)
    else:
        return lambda: os.close(descriptor)
    raise problem


def _not_locked(path: Path, descriptor: int, error: OSError) -> StoreError:
    if descriptor < 0:
        return UnusableDatabase(
            f"{path} cannot be opened for one program alone: {error.strerror}. Nothing was changed; choose a folder "
            "that is there and that you may write to."
        )
    os.close(descriptor)
    if error.errno not in _HELD_BY_ANOTHER:
        return UnusableDatabase(
            f"{path} cannot be kept for one program alone: its folder takes no locks ({error.strerror}), as on some "
            "networks. Nothing was opened or changed; choose a folder on this computer's own disk."
        )
    return AlreadyOpen(
        f"{path} is already open in another program or another window of this one. Nothing was opened or changed; "
        "use that one, or close it first."
    )


def _remove_drafts(path: Path) -> None:
    for left in path.parent.glob(f"{escape(path.name)}{DRAFT_MARK}*"):
        discard(left)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, wait: bool) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
