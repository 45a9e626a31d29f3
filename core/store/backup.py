"""Backups of an encrypted database: taken while it is open, checked, few enough to keep, and restored beside it.

A backup is two files: the database under its own key, and the key file of that moment, so that the
passphrase or the recovery code of that time opens it on any computer.
"""

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from core.errors import Conflict, DamagedDatabase, UnusableDatabase, UnusableKeyFile
from core.store import key_file
from core.store.cipher import damaged_places
from core.store.contents import count_rows
from core.store.data_key import DataKey
from core.store.file_check import refuse_foreign, refuse_orphan
from core.store.key_file import key_path_of
from core.store.lineage import Standing, standing_of
from core.store.named_faults import named_faults
from core.store.rotation import kept
from core.store.sqlite import connect, make_engine
from core.store.sqlite_file import copy_into, make_folder, put
from core.store.whole_files import (
    DRAFT_MARK,
    discard,
    discard_database,
    draft_of,
    replace_whole,
    sync_file,
    sync_folder,
)

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"\.(\d{8}T\d{6}Z)\.backup$")


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that passed every check when it was taken; only such a one gets its name."""

    path: Path
    taken_at: datetime
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a backup holds: rows by table, and where the database stood."""

    rows: dict[str, int]
    standing: Standing


def take(path: Path, key: DataKey, folder: Path, now: datetime) -> Backup:
    """Copy the database at `path`, which may be in use, into `folder`, check the copy, and remove those not kept.

    Raises `StoreError` where it cannot be written or does not pass; what was there before stays.
    """
    made = folder / f"{path.stem}.{now.astimezone(UTC):{_STAMP}}.backup{path.suffix}"
    make_folder(made)
    with named_faults(made):
        key_content = _key_file_content(path, key)  # first: it may lag behind the database, but never be ahead of it
        _remove_drafts(folder, path)
        draft = draft_of(made)
        try:
            rows = _copy(path, draft, key)
            _refuse_unsound(draft, key, rows)
            sync_file(draft)
            replace_whole(key_path_of(made), key_content, check=key_file.read)
            draft.replace(made)
        finally:
            discard_database(draft)
        sync_folder(folder)
        _rotate(folder, path)
    return Backup(path=made, taken_at=now.astimezone(UTC).replace(microsecond=0), size_bytes=made.stat().st_size)


def refuse_unusable(folder: Path) -> None:
    """Make `folder` if it is not there and prove by writing that backups can go into it; raises why they cannot."""
    if folder.exists() and not folder.is_dir():
        raise UnusableDatabase(f"{folder} is a file, where a folder was expected. Nothing was changed; choose another.")
    probe = draft_of(folder / "backup")
    make_folder(probe)
    with named_faults(folder):
        try:
            os.close(os.open(probe, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        finally:
            discard(probe)


def is_on_disk_of(folder: Path, path: Path) -> bool:
    """Whether `folder`, which may not be made yet, is on the disk that holds `path`: lost together with it."""
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    return nearest.stat().st_dev == path.stat().st_dev


def backups_of(path: Path, folder: Path) -> tuple[Backup, ...]:
    """The backups in `folder` of the database at `path`, newest first."""
    found = []
    for each in folder.glob(f"{escape(path.stem)}.*.backup{escape(path.suffix)}"):
        stamp = _NAME.search(each.stem)
        if stamp and each.stem == f"{path.stem}{stamp[0]}":
            taken_at = datetime.strptime(stamp[1], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path=each, taken_at=taken_at, size_bytes=each.stat().st_size))
    return tuple(sorted(found, key=lambda backup: backup.taken_at, reverse=True))


def check(path: Path, key: DataKey) -> Checked:
    """Open a backup and look at every page and key of it; raises what says why it cannot be trusted."""
    with named_faults(path):
        refuse_foreign(path, key)
        with closing(connect(path, key=key, read_only=True)) as connection:
            rows = count_rows(connection)
        _refuse_unsound(path, key, rows)
        engine = make_engine(path, begin="BEGIN DEFERRED", key=key, read_only=True)
        try:
            with engine.connect() as reader:
                return Checked(rows=rows, standing=standing_of(reader))
        finally:
            engine.dispose()


def bring_key_file(backup: Path, to: Path) -> Path:
    """Put the backup's key file beside `to`, so that it can be unlocked there; tells where it is now.

    `Conflict` where another key file stands there. The backup itself is not touched.
    """
    content = _content_of(key_path_of(backup))
    there = key_path_of(to)
    if there.exists() and key_file.read(there).file_id != key_file.from_bytes(content, str(backup)).file_id:
        raise Conflict(f"{there} belongs to another database. Nothing was restored; choose another place.")
    make_folder(to)
    if not there.exists():
        with named_faults(there):
            replace_whole(there, content, check=key_file.read)
    return there


def restore(backup: Path, to: Path, key: DataKey) -> Checked:
    """Put a checked copy of `backup` at `to`, where nothing may stand; the key file beside it is the backup's.

    The passphrases that open it are those of the day of the backup.
    """
    if os.path.lexists(to):
        raise Conflict(f"{to} is there already. Nothing was restored or changed; choose a new name.")
    refuse_orphan(to)  # its log would be taken into what is put there
    checked = check(backup, key)
    bring_key_file(backup, to)
    draft = draft_of(to)
    with named_faults(to):
        try:
            _copy(backup, draft, key)
            _refuse_unsound(draft, key, checked.rows)
            sync_file(draft)
            put(draft, to)
        finally:
            discard_database(draft)
        sync_folder(to.parent)
    return checked


def _key_file_content(path: Path, key: DataKey) -> bytes:
    """The key file beside a database as it stands; `UnusableKeyFile` unless it is whole and holds this key."""
    content = _content_of(key_path_of(path))
    if key_file.from_bytes(content, str(key_path_of(path))).mark != key.mark:
        raise UnusableKeyFile(f"{key_path_of(path)} belongs to another database. No backup was taken.")
    return content


def _content_of(path: Path) -> bytes:
    key_file.read(path)
    return path.read_bytes()


def _copy(path: Path, draft: Path, key: DataKey) -> dict[str, int]:
    """Copy one moment of the database at `path`; tells its rows by table."""
    with closing(connect(path, key=key, read_only=True)) as source:
        source.execute("BEGIN DEFERRED")
        rows = count_rows(source)
        copy_into(source, draft, key)
    return rows


def _refuse_unsound(path: Path, key: DataKey, rows: dict[str, int]) -> None:
    damaged = damaged_places(path, key)
    with closing(connect(path, key=key, read_only=True)) as copy:
        if damaged or not _is_sound(copy) or count_rows(copy) != rows:
            raise DamagedDatabase(
                f"{path} does not pass its check, so it is not to be trusted as a copy. The database itself was not "
                "changed; look it over with the doctor command.",
                pages=damaged,
            )


def _is_sound(connection: sqlite3.Connection) -> bool:
    whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return whole and connection.execute("PRAGMA foreign_key_check").fetchone() is None


def _rotate(folder: Path, path: Path) -> None:
    backups = backups_of(path, folder)
    stay = kept([backup.taken_at for backup in backups])
    for backup in backups:
        if backup.taken_at not in stay:
            backup.path.unlink(missing_ok=True)
            key_path_of(backup.path).unlink(missing_ok=True)


def _remove_drafts(folder: Path, path: Path) -> None:
    for left in folder.glob(f"{escape(path.stem)}.*.backup*{DRAFT_MARK}*"):
        discard(left)
