"""Two places outside the database where the head of the audit trail is kept: a key file, and a file of its own."""

import hmac
from pathlib import Path

from core.errors import StoreError
from core.store.chain import AuditKey
from core.store.data_key import DataKey
from core.store.key_file import AUDIT_HEAD
from core.store.practice_keys import PracticeKeys
from core.store.whole_files import replace_whole

_LONGEST = 10_000


class KeyFileHead:
    """The head in the practice's key file, sealed under the practice's own key; each backup takes it along."""

    def __init__(self, keys: PracticeKeys, key: DataKey) -> None:
        self._keys, self._key = keys, key

    def keep(self, content: bytes) -> None:
        """Keep this in place of what was kept before."""
        self._keys.keep(self._key, AUDIT_HEAD, content)

    def kept(self) -> bytes | None:
        """What was kept."""
        return self._keys.kept(self._key, AUDIT_HEAD)


class HeadFile:
    """The head of a server's practice in a file beside the audit key, with a seal of its own."""

    def __init__(self, path: Path, key: AuditKey) -> None:
        self._path, self._key = path, key

    def keep(self, content: bytes) -> None:
        """Keep this in place of what was kept before."""
        try:
            replace_whole(self._path, self._key.seal(content).hex().encode() + b"\n" + content, check=Path.read_bytes)
        except OSError as error:
            problem = StoreError(f"{self._path} cannot be written: {error.strerror}. The trail's end was not kept.")
        else:
            return
        raise problem

    def kept(self) -> bytes | None:
        """What was kept."""
        try:
            seal, _, content = self._path.read_bytes()[:_LONGEST].partition(b"\n")
        except FileNotFoundError:
            return None
        except OSError as error:
            problem = StoreError(f"{self._path} cannot be read: {error.strerror}.")
        else:
            if hmac.compare_digest(seal, self._key.seal(content).hex().encode()):
                return content
            problem = StoreError(
                f"{self._path} was changed outside the program, so nothing can be said about the trail's end."
            )
        raise problem


def head_path_of(audit_key: Path) -> Path:
    """Where the head of a server's practice is kept: beside the audit key file, with another ending."""
    return audit_key.with_name(f"{audit_key.name}.head")
