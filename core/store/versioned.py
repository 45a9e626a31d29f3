"""What a kind of append-only record is, and the statements that read its versions.

Each statement is made once and kept: naming forty columns again at every call takes longer than the answer. What is
asked for (`Wanted`) says which places a statement leaves open; `ask` fills them in. A version comes as one JSON list,
child rows included, and is read into the row that its kind declares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.json import Decoder
from sqlalchemy import ColumnElement, Select, Table, Text, and_, bindparam, cast, exists, select

from core.model.audit import Subject
from core.model.records import RecordKind
from core.store.gathered import gathered, in_utc, json_array
from core.store.rows import Values
from core.store.tables import therapist
from core.store.unit_of_work import of_practice

Content = TypeVar("Content")


class Wanted(StrEnum):
    """Which versions to read; in brackets the places that are left open.

    What counts are the newest versions that are not withdrawn.
    """

    NEWEST = "the newest of one record (record_id)"
    AT_VERSION = "one version of one record (record_id, version)"
    HISTORY = "every version of one record (record_id)"
    OF_CLIENT = "what counts of one client (client_id)"
    SINCE = "what counts of every client from a day on (since)"


class VersionRow(Struct, array_like=True):
    """What is read of every version, in this order; a kind adds what is its own. `number` and `writer` are joined.

    A field is called as its column is.
    """

    id: UUID
    version: int
    client_id: UUID
    recorded_at: datetime
    recorded_on: date
    reason: str | None
    withdrawn: bool
    number: int
    writer: str


@dataclass(frozen=True, kw_only=True)
class Parts(Generic[Content]):
    """A table of child rows of a version, tied by `key`: how a content becomes them, and what is `gathered` of them.

    `field` is where a row of the kind has what was gathered.
    """

    field: str
    table: Table
    key: str
    rows: Callable[[Content], list[Values]]
    gathered: ColumnElement[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class VersionedKind(Generic[Content]):
    """Where one kind of record lives and how it becomes rows.

    `row` says what is read of a version, and `content_from` makes a content of it. Records are ordered by `day`. A kind
    is equal to itself alone.
    """

    kind: RecordKind
    subject: Subject
    head: Table
    versions: Table
    parts: tuple[Parts[Content], ...]
    day: str
    row: type[VersionRow]
    values: Callable[[Content], Values]
    content_from: Callable[[Any], Content]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The statement that reads some versions, each as one JSON list, and how a list of them is read into rows.

    `order` is what rows are sorted by, their day and number: to sort them, SQLite would copy them.
    """

    versions: Select[str]
    rows: Callable[[str], list[VersionRow]]
    order: Callable[[VersionRow], tuple[Any, ...]]


@lru_cache(maxsize=64)
def reading(kind: VersionedKind[Any], wanted: Wanted) -> Reading:
    """The statement for what is `wanted` of this kind."""
    return Reading(
        versions=_versions(kind, wanted),
        # Not strict: in JSON SQLite has 0 and 1 for false and true.
        rows=Decoder(list[kind.row], strict=False).decode,  # type: ignore[name-defined]  # the type is told by the kind
        order=attrgetter(kind.day, "number"),
    )


@lru_cache(maxsize=8)
def is_newest(kind: VersionedKind[Any]) -> ColumnElement[bool]:
    """The condition that no later version exists."""
    this, later = kind.versions, kind.versions.alias("later")
    same = and_(later.c.practice_id == this.c.practice_id, later.c.id == this.c.id)
    return ~exists().where(same, later.c.version > this.c.version)


def _versions(kind: VersionedKind[Any], wanted: Wanted) -> Select[str]:
    versions, head = kind.versions, kind.head
    made = {
        "recorded_at": in_utc(versions.c.recorded_at),
        "number": head.c.number,
        "writer": therapist.c.name,
        **{part.field: gathered(part.gathered, part.table, part.key, versions) for part in kind.parts},
    }
    row = [made[name] if name in made else versions.c[name] for name in kind.row.__struct_fields__]
    return (
        select(cast(json_array(*row), Text))
        .select_from(versions)
        .join(head, and_(head.c.practice_id == versions.c.practice_id, head.c.id == versions.c.id))
        .join(
            therapist,
            and_(therapist.c.practice_id == versions.c.practice_id, therapist.c.id == versions.c.recorded_by),
        )
        .where(of_practice(versions), *_conditions(kind, wanted))
    )


def _conditions(kind: VersionedKind[Any], wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """Which versions are wanted."""
    versions = kind.versions.c
    counts = (is_newest(kind), ~versions.withdrawn)
    one = versions.id == bindparam("record_id")
    return {
        Wanted.NEWEST: (one, is_newest(kind)),
        Wanted.AT_VERSION: (one, versions.version == bindparam("version")),
        Wanted.HISTORY: (one,),
        Wanted.OF_CLIENT: (*counts, versions.client_id == bindparam("client_id")),
        Wanted.SINCE: (*counts, versions[kind.day] >= bindparam("since")),
    }[wanted]
