"""A readable file of an earlier version becomes an encrypted one in its place."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import BinaryIO, cast

from core.errors import AlreadyOpen, StoreError, UnusableDatabase
from core.store.cipher import DRIVER, DRIVER_ERRORS, damaged_places, literal
from core.store.constraints import FaultKind, named_error
from core.store.contents import Contents, contents_of
from core.store.data_key import DataKey
from core.store.file_check import APPLICATION_ID, is_readable, refuse_foreign
from core.store.free_space import refuse_without_room
from core.store.key_file import key_path_of, mark_of
from core.store.named_faults import named_faults
from core.store.sqlite import connect, fault_of
from core.store.whole_files import DRAFT_MARK, alone, discard, discard_database, draft_of, sync_file, sync_folder

_CHUNK = 1 << 20
_PROMISES = (
    "The database is encrypted now, and the readable file was deleted and, where the system allows it, overwritten. "
    "What cannot be promised: an SSD, a synced folder, a snapshot or a backup made before may still hold the readable "
    "text. Delete those copies, and keep the whole disk encrypted."
)


@dataclass(frozen=True, kw_only=True)
class Converted:
    """What was encrypted; `readable_left` are copies of earlier days beside it that anybody can still read.

    `sentence` says what was done and what it cannot promise, to be shown as it stands.
    """

    contents: Contents
    readable_left: tuple[Path, ...]
    sentence: str = _PROMISES


def encrypt_file(path: Path, key: DataKey) -> Converted:
    """Encrypt the plain database at `path` in its place, once every count and value was compared.

    The key file must stand beside it already. Killed at any moment, `path` is the plain file or the encrypted one,
    whole. Raises `AlreadyOpen` while anybody else has the file open, and `UnusableDatabase` for what is not ours.
    """
    with alone(path):
        refuse_foreign(path)
        _refuse_without_key_file(path, key)
        _remove_drafts(path)
        refuse_without_room(path)
        draft = draft_of(path)
        with named_faults(path):
            try:
                contents = _convert(path, draft, key)
            finally:
                discard_database(draft)
    return Converted(contents=contents, readable_left=readable_copies(path))


def readable_copies(path: Path) -> tuple[Path, ...]:
    """Copies of the database beside it that are not encrypted, such as were taken before a migration."""
    beside = sorted(path.parent.glob(f"{escape(path.stem)}.*{escape(path.suffix)}"))
    return tuple(each for each in beside if each != path and each.is_file() and is_readable(each))


def _convert(path: Path, draft: Path, key: DataKey) -> Contents:
    with closing(_open_alone(path)) as plain:
        before = path.stat()
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _export(plain, draft, key)
        contents = contents_of(plain)
    _verify(path, draft, key, contents)
    sync_file(draft)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _in_use(path)
    _take_place(draft, path)
    return contents


def _open_alone(path: Path) -> sqlite3.Connection:
    """The plain file with its log taken in, locked against every other program while it is open."""
    connection = DRIVER.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=1)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except DRIVER_ERRORS as error:
        connection.close()
        problem = _in_use(path) if fault_of(error).kind is FaultKind.BUSY else named_error(fault_of(error))
    else:
        return cast("sqlite3.Connection", connection)
    raise problem


def _export(plain: sqlite3.Connection, draft: Path, key: DataKey) -> None:
    version = int(plain.execute("PRAGMA user_version").fetchone()[0])
    plain.execute("ATTACH DATABASE ? AS encrypted KEY ?", (str(draft), literal(key).strip('"')))
    plain.execute("SELECT sqlcipher_export('encrypted')")
    plain.execute(f"PRAGMA encrypted.application_id={APPLICATION_ID}")
    plain.execute(f"PRAGMA encrypted.user_version={version}")
    plain.execute("DETACH DATABASE encrypted")


def _verify(path: Path, draft: Path, key: DataKey, contents: Contents) -> None:
    refuse_foreign(draft, key)
    with closing(connect(draft, key=key)) as made:
        sound = made.execute("PRAGMA integrity_check").fetchone() == ("ok",) and contents_of(made) == contents
        made.execute("PRAGMA journal_mode=WAL")
    if not sound or damaged_places(draft, key):
        raise UnusableDatabase(
            f"{path} was encrypted, and the encrypted copy did not hold the same. Nothing was changed; the readable "
            "file is in its place. Run the doctor command to look it over."
        )


def _take_place(draft: Path, path: Path) -> None:
    """Let the draft take the place of the readable file in one step, and overwrite what stood there."""
    if os.name != "posix":  # no file that is open can be replaced there
        draft.replace(path)
        return
    with path.open("r+b") as readable:
        draft.replace(path)
        if sync_folder(path.parent):  # else a power cut could bring the old name back, to what was overwritten
            _overwrite(readable)


def _overwrite(file: BinaryIO) -> None:
    """Write zeros over a file whose name is gone; one that has another name still is somebody's own copy."""
    left = os.fstat(file.fileno())
    if left.st_nlink:
        return
    file.writelines(bytes(min(_CHUNK, left.st_size - at)) for at in range(0, left.st_size, _CHUNK))
    file.flush()
    os.fsync(file.fileno())


def _refuse_without_key_file(path: Path, key: DataKey) -> None:
    key_path = key_path_of(path)
    if mark_of(key_path) != key.mark:
        raise StoreError(
            f"{key_path} does not hold the key that {path} is to be encrypted with. Nothing was changed; set the "
            "passphrase first."
        )


def _remove_drafts(path: Path) -> None:
    """Take away what an earlier attempt left that was killed."""
    for left in path.parent.glob(f"{escape(path.name)}{DRAFT_MARK}*"):
        discard(left)


def _in_use(path: Path) -> AlreadyOpen:
    return AlreadyOpen(
        f"{path} is in use by another program, so it was not encrypted. Nothing was changed; close the other program "
        "and try again."
    )
