"""The key file beside an encrypted database: what stands in it, and how it becomes JSON and back.

It may be read by anybody without opening anything: names for signing in, wrapped keys, and how often
somebody mistyped. A checksum tells damage; what protects it are the slots and the sealed places.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from core.errors import UnusableKeyFile
from core.store.attempts import Attempts
from core.store.key_file_reading import attempts_from, attempts_value, box_from, box_value, slot_from, slot_value
from core.store.slots import Box, Purpose, Slot

FORMAT = "secure-base-key-file"
VERSION = 1
"""Bound into every slot and sealed place, whatever the form of the file."""

FORM_OF: Mapping[Purpose, int] = {Purpose.PASSPHRASE: 1, Purpose.RECOVERY_CODE: 1, Purpose.STARTING_CODE: 2}
"""The least form of a file that holds such a slot: a program that does not know it refuses that form as a newer one."""

NEWEST_FORM = max(FORM_OF.values())
SUFFIX = ".key"
MOST_BYTES = 1_000_000
AUDIT_KEY, AUDIT_HEAD = "audit key", "audit head"
"""Places for the audit trail's own key and for where it ended; what they hold is the trail's business."""

_LEFT = "Nothing was changed; put back the key file that belongs to the database, for example from a backup."


@dataclass(frozen=True, kw_only=True)
class NamedSlot:
    """A slot and the name its owner signs in with; the recovery code's has an empty name."""

    name: str
    slot: Slot


@dataclass(frozen=True, kw_only=True)
class KeyFile:
    """Everything in a key file.

    `mark` is what the database begins with. `attempts` are counted by a hash of the name typed, known or
    not, so that both answer alike. `places` holds values of the practice sealed under its data key.
    """

    file_id: UUID
    mark: bytes
    slots: tuple[NamedSlot, ...]
    attempts: Mapping[str, Attempts] = field(default_factory=dict)
    places: Mapping[str, Box] = field(default_factory=dict)


def key_path_of(database: Path) -> Path:
    """Where the key file of a database stands: beside it, with another ending."""
    return database.with_suffix(SUFFIX)


def to_bytes(file: KeyFile) -> bytes:
    """The file as it is written, with its checksum."""
    value = {
        "format": FORMAT,
        "version": max((FORM_OF[named.slot.owner.purpose] for named in file.slots), default=VERSION),
        "file_id": str(file.file_id),
        "mark": file.mark.hex(),
        "slots": [{"name": named.name, **slot_value(named.slot)} for named in file.slots],
        "attempts": {label: attempts_value(counted) for label, counted in sorted(file.attempts.items())},
        "places": {name: box_value(box) for name, box in sorted(file.places.items())},
    }
    return json.dumps({**value, "checksum": _checksum(value)}, indent=1, ensure_ascii=True).encode("ascii") + b"\n"


def read(path: Path) -> KeyFile:
    """The key file at `path`; `UnusableKeyFile`, with a sentence of its own for each case, where it cannot be used."""
    return from_bytes(_content(path), str(path))


def mark_of(path: Path) -> bytes | None:
    """The mark in the key file at `path`, or `None` where there is none that can be used."""
    try:
        return read(path).mark
    except UnusableKeyFile:
        return None


def from_bytes(content: bytes, label: str) -> KeyFile:
    """What `to_bytes` wrote; `label` names the file in the refusals."""
    value = _value(content, label)
    if value.get("format") != FORMAT:
        raise UnusableKeyFile(f"{label} is not a key file of Secure Base. {_LEFT}")
    form = value.get("version")
    if isinstance(form, int) and form > NEWEST_FORM:
        raise UnusableKeyFile(
            f"{label} was written by a newer version of Secure Base (form {form}; this one reads up to {NEWEST_FORM}). "
            "Nothing was changed; start the newer version."
        )
    said = value.pop("checksum", None)
    if form not in range(VERSION, NEWEST_FORM + 1) or said != _checksum(value):
        raise UnusableKeyFile(f"{label} is damaged: it does not pass its own check. {_LEFT}")
    return _from_value(value, label)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        problem = UnusableKeyFile(
            f"{path} is missing. Without the key file nobody can open the database, whatever the passphrase. {_LEFT}"
        )
    except OSError as error:
        problem = UnusableKeyFile(f"{path} cannot be read: {error.strerror}. {_LEFT}")
    else:
        return content
    raise problem


def _value(content: bytes, label: str) -> dict[str, Any]:
    if not content:
        raise UnusableKeyFile(f"{label} is empty (0 bytes), where a key file was expected. {_LEFT}")
    try:
        value = json.loads(content) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return value
    if FORMAT.encode() in content[:200]:
        raise UnusableKeyFile(f"{label} is damaged: part of it is missing or was changed. {_LEFT}")
    raise UnusableKeyFile(f"{label} is not a key file of Secure Base, or is damaged from its beginning. {_LEFT}")


def _from_value(value: Mapping[str, Any], label: str) -> KeyFile:
    try:
        file_id = UUID(value["file_id"])
        return KeyFile(
            file_id=file_id,
            mark=bytes.fromhex(value["mark"]),
            slots=tuple(
                NamedSlot(name=str(each["name"]), slot=slot_from(each, file_id, VERSION)) for each in value["slots"]
            ),
            attempts={str(name): attempts_from(each) for name, each in value["attempts"].items()},
            places={str(name): box_from(each) for name, each in value["places"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        problem = UnusableKeyFile(f"{label} is damaged: something in it cannot be what was written. {_LEFT}")
    raise problem


def _checksum(value: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
