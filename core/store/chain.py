"""The chain of the audit trail: every line is sealed under a key together with the seal of the line before it.

A seal is HMAC-SHA256(audit key, seal before || canonical bytes of the line), so that nobody without the key
can change, add, swap or leave out a line unseen. Lines cut off at the end are found by the head that is kept
outside the database.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from core.errors import StoreError
from core.model.audit import Action, Subject, TrailHead
from core.store.data_key import DataKey, derived
from core.store.tables import audit

START = bytes(32)
"""What stands before the first line."""

KEY_BYTES = 32
MOST_BACK = timedelta(minutes=2)
"""How far a clock may be set back without a line of its own. Source: project default."""

_SEALED = ("sequence", "at", "actor_id", "action", "subject", "record_id", "version", "detail", "record_seals")
_NO_SECRET = b"secure-base audit checksum, no secret"


class AuditKey:
    """The key that seals the trail and the records; never shows itself.

    Without a secret (`is_secret` is false) a seal is a checksum: it tells damage and slips, not somebody who
    takes the trouble to work it out anew. Files that are not encrypted have no more than that.
    """

    __slots__ = ("_raw", "is_secret")

    def __init__(self, raw: bytes, *, is_secret: bool = True) -> None:
        if is_secret and len(raw) != KEY_BYTES:
            raise ValueError(f"An audit key has {KEY_BYTES} bytes.")
        self._raw = bytearray(raw)
        self.is_secret = is_secret

    @classmethod
    def of(cls, key: DataKey | None) -> "AuditKey":
        """The key that belongs to an encrypted file; the checksum's for a readable one."""
        if key is None:
            return cls(_NO_SECRET, is_secret=False)
        return cls(derived(key.raw(), b"secure-base audit trail", KEY_BYTES))

    def seal(self, content: bytes) -> bytes:
        """The seal of some bytes; `StoreError` once the key was forgotten."""
        self._refuse_forgotten()
        return hmac.digest(self._raw, content, "sha256")

    def derived(self, purpose: bytes) -> bytes:
        """A key of 32 bytes for another purpose; `StoreError` once this one was forgotten."""
        self._refuse_forgotten()
        return derived(bytes(self._raw), purpose, KEY_BYTES)

    def _refuse_forgotten(self) -> None:
        if not any(self._raw):
            raise StoreError("The practice is locked, so nothing was read or saved. Sign in again.")

    def forget(self) -> None:
        """Overwrite the bytes; a second call does nothing."""
        for place in range(len(self._raw)):
            self._raw[place] = 0

    def __repr__(self) -> str:
        return "AuditKey(hidden)"

    def __reduce__(self) -> str:
        raise TypeError("An audit key is never written out.")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line that is to be written: everything but its number and its seal.

    `record_seals` are the records that were written with it, as `seals_text` gives them.
    """

    at: datetime
    actor_id: UUID
    action: Action
    subject: Subject
    record_id: UUID
    version: int = 1
    detail: str | None = None
    record_seals: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordSeal:
    """The seal of one record as it stands after a write; an empty one says that the record is gone."""

    table: str
    key: str
    seal: str


def canonical(value: object) -> bytes:
    """The one way in which a value is written before it is sealed: the same on both databases."""
    return json.dumps(value, default=_plain, sort_keys=True, separators=(",", ":")).encode()


def seals_text(seals: Sequence[RecordSeal]) -> str | None:
    """Seals of records as they stand in a line; `None` for none."""
    return json.dumps([[each.table, each.key, each.seal] for each in seals], separators=(",", ":")) if seals else None


def link(key: AuditKey, before: bytes, practice_id: UUID, line: Mapping[str, Any]) -> bytes:
    """The seal of a line that follows on the seal `before`; `line` holds the columns of its row."""
    return key.seal(before + canonical(["line", practice_id, *(line[name] for name in _SEALED)]))


def head_of(connection: Connection, practice_id: UUID, sequence: int | None = None) -> TrailHead | None:
    """Where the trail ends, or its line of this number; `None` where there is none."""
    columns = select(audit.c.sequence, audit.c.seal).where(audit.c.practice_id == practice_id)
    if sequence is not None:
        columns = columns.where(audit.c.sequence == sequence)
    row = connection.execute(columns.order_by(audit.c.sequence.desc()).limit(1)).first()
    return None if row is None else TrailHead(sequence=row.sequence, seal=row.seal or "")


def add_lines(
    connection: Connection, practice_id: UUID, lines: Sequence[Line], *, key: AuditKey, now: datetime
) -> TrailHead:
    """Write `lines` after the last one, in one read and one insert; tells where the trail ends now.

    A clock that stands more than two minutes before the last line gets a line of its own first. The caller
    makes other writers of the practice wait.
    """
    last = _last(connection, practice_id)
    sequence, before = (0, START) if last is None else (last.sequence, bytes.fromhex(last.seal or ""))
    by = timedelta() if last is None else last.at - now
    if by > MOST_BACK and all(line.action is not Action.CLOCK_SET_BACK for line in lines):
        lines = [set_back_line(practice_id, lines[0].actor_id, now, by), *lines]
    rows = []
    for line in lines:
        sequence += 1
        row = _row(sequence, line)
        before = link(key, before, practice_id, row)
        rows.append({**row, "practice_id": practice_id, "seal": before.hex()})
    connection.execute(insert(audit), rows)
    return TrailHead(sequence=sequence, seal=before.hex())


def set_back_line(practice_id: UUID, actor_id: UUID, at: datetime, by: timedelta) -> Line:
    """The line that says by how many seconds the clock was set back."""
    return Line(
        at=at,
        actor_id=actor_id,
        action=Action.CLOCK_SET_BACK,
        subject=Subject.TRAIL,
        record_id=practice_id,
        detail=str(round(by.total_seconds())),
    )


def _row(sequence: int, line: Line) -> dict[str, Any]:
    return {
        "sequence": sequence,
        "at": line.at,
        "actor_id": line.actor_id,
        "action": line.action.value,
        "subject": line.subject.value,
        "record_id": line.record_id,
        "version": line.version,
        "detail": line.detail,
        "record_seals": line.record_seals,
    }


def _last(connection: Connection, practice_id: UUID) -> Any:
    columns = select(audit.c.sequence, audit.c.at, audit.c.seal).where(audit.c.practice_id == practice_id)
    return connection.execute(columns.order_by(audit.c.sequence.desc()).limit(1)).first()


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"A {type(value).__name__} has no canonical form.")
