"""How far a database has come, so that an older copy of it is told from the newest one seen on this computer."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, func, select, text

from core.store.named_faults import named_faults
from core.store.sqlite_file import make_folder
from core.store.tables import audit
from core.store.whole_files import replace_whole

_LINE = (
    audit.c.practice_id,
    audit.c.sequence,
    audit.c.at,
    audit.c.actor_id,
    audit.c.action,
    audit.c.subject,
    audit.c.record_id,
    audit.c.version,
)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a database stands.

    `generation` goes up with each unlocking, `changes` is the number of audit lines, `trace` a hash of the last one.
    """

    generation: int
    changes: int
    trace: str


class Lineage(StrEnum):
    """A file compared with the one last seen."""

    CURRENT = "current"
    """The same, or one that goes on from it."""

    OLDER = "older"
    """An earlier state of it: what was recorded since is not in it."""

    PARTED = "parted"
    """One that went on from an earlier state: what was recorded here since then is not in it."""


def standing_of(connection: Connection) -> Standing:
    """Where the open database stands."""
    generation = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    changes = int(connection.execute(select(func.count()).select_from(audit)).scalar_one())
    return Standing(generation=generation, changes=changes, trace=trace_at(connection, changes))


def trace_at(connection: Connection, changes: int) -> str:
    """A hash of the audit line with which the open database had this many; empty where there is none such."""
    if changes < 1:
        return ""
    lines = select(*_LINE).order_by(audit.c.practice_id, audit.c.sequence).offset(changes - 1).limit(1)
    row = connection.execute(lines).first()
    return "" if row is None else hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).hexdigest()


def lineage_of(seen: Standing | None, here: Standing, trace_then: str) -> Lineage:
    """How `here` follows on `seen`; `trace_then` is the file's own trace at the change seen last (`trace_at`)."""
    if seen is None:
        return Lineage.CURRENT
    if here.changes < seen.changes:
        return Lineage.OLDER if here.generation <= seen.generation else Lineage.PARTED
    if trace_then != seen.trace:
        return Lineage.PARTED
    return Lineage.OLDER if here.generation < seen.generation else Lineage.CURRENT


def write_generation(connection: Connection, generation: int) -> None:
    """Let the database carry this generation, within the transaction that is open."""
    connection.execute(text(f"PRAGMA user_version={generation:d}"))


def last_seen(path: Path, mark: bytes) -> Standing | None:
    """Where the database of this mark stood when this computer last had it open; `None` where nothing is known."""
    value = _seen(path).get(mark.hex())
    try:
        return Standing(**value) if isinstance(value, dict) else None
    except TypeError:
        return None


def remember(path: Path, mark: bytes, standing: Standing) -> None:
    """Write down for this computer where the database of this mark stands. `path` belongs beside no database."""
    value = {**_seen(path), mark.hex(): asdict(standing)}
    make_folder(path)
    with named_faults(path):
        replace_whole(path, json.dumps(value, indent=1, sort_keys=True).encode(), check=json_of)


def json_of(path: Path) -> object:
    """What the file holds; `ValueError` where that is no JSON."""
    return json.loads(path.read_bytes())


def _seen(path: Path) -> dict[str, object]:
    try:
        value = json_of(path)
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
