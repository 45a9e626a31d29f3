"""The file that holds the audit key of a practice on a server: 64 hexadecimal digits, for its owner's eyes alone."""

import os
import secrets
import stat
from pathlib import Path

from core.errors import Conflict, SettingsError, StoreError
from core.store.chain import KEY_BYTES, AuditKey
from core.store.whole_files import replace_whole

OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO
_LONGEST = 1_000
_NOTHING = "Nothing was opened."


def read_audit_key(path: Path | None) -> AuditKey | None:
    """The key in the file at `path`; `None` where none is named.

    Raises `SettingsError` for a file that is missing, that others may read, or that holds something else.
    """
    if path is None:
        return None
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        content = path.read_bytes()[:_LONGEST]
    except OSError as error:
        problem = SettingsError(f"The audit key file {path} cannot be read: {error.strerror}. {_NOTHING}")
    else:
        _refuse_open(path, mode)
        return AuditKey(_bytes(path, content))
    raise problem


def make_audit_key(path: Path) -> None:
    """Write a new key to a new file that its owner alone may read; `Conflict` where anything stands already."""
    if os.path.lexists(path):
        raise Conflict(f"{path} is there already. Nothing was changed; an audit key is never written over.")
    try:
        replace_whole(path, secrets.token_hex(KEY_BYTES).encode() + b"\n", check=read_audit_key)
    except OSError as error:
        problem = StoreError(f"{path} cannot be written: {error.strerror}. No key was made; choose another place.")
    else:
        return
    raise problem


def _refuse_open(path: Path, mode: int) -> None:
    if os.name == "posix" and mode & OTHERS_MAY:
        raise SettingsError(
            f"The audit key file {path} may be read by others (mode {mode:04o}). {_NOTHING} "
            f"Close it with: chmod 600 '{path}'"
        )


def _bytes(path: Path, content: bytes) -> bytes:
    try:
        raw = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise SettingsError(
            f"The audit key file {path} does not hold an audit key ({2 * KEY_BYTES} hexadecimal digits). {_NOTHING} "
            "Put the practice's own key file back; with another key the trail so far could not be checked."
        )
    return raw
