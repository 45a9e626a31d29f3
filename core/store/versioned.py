"""What a kind of append-only record is, and the statements that read its versions.

Each statement is made once and kept: naming forty columns again at every call takes longer than the answer. What is
asked for (`Wanted`) says which places a statement leaves open; `ask` fills them in. Child rows come with their version,
gathered into one value for each table of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    Row,
    Select,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    exists,
    select,
    type_coerce,
)

from core.model.audit import Subject
from core.model.records import RecordKind
from core.store.gathered import gathered
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


@dataclass(frozen=True, kw_only=True)
class Parts(Generic[Content]):
    """A table of child rows of a version, tied by `key`: how a content becomes them, and what is `gathered` of them."""

    table: Table
    key: str
    rows: Callable[[Content], list[Values]]
    gathered: ColumnElement[Any]


@dataclass(frozen=True, kw_only=True, eq=False)
class VersionedKind(Generic[Content]):
    """Where one kind of record lives and how it becomes rows.

    `content_from` is handed what stands in `columns` of a version, in their order, the ids known so far, and what was
    gathered for each of `parts`; `day` is the column by which records are ordered. A kind is equal to itself alone.
    """

    kind: RecordKind
    subject: Subject
    head: Table
    versions: Table
    parts: tuple[Parts[Content], ...]
    day: str
    columns: tuple[str, ...]
    values: Callable[[Content], Values]
    content_from: Callable[..., Content]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The statement that reads some versions, and where in its rows what is found.

    `about` is what every version has (`ABOUT`), `content` the columns of its kind, and `parts` the place of what was
    gathered for each of its parts. `order` is what rows are sorted by, their day and number: to sort them, SQLite would
    copy all their columns.
    """

    versions: Select[Any]
    order: Callable[[Row[Any]], tuple[Any, ...]]
    about: slice
    content: slice
    parts: range


ABOUT = ("id", "version", "client_id", "recorded_at", "recorded_on", "reason", "withdrawn", "number", "writer")
"""What is read of every version of every kind, in this order; `number` and `writer` are joined columns."""


@lru_cache(maxsize=64)
def reading(kind: VersionedKind[Any], wanted: Wanted) -> Reading:
    """The statement for what is `wanted` of this kind."""
    names = (*ABOUT, *kind.columns)
    return Reading(
        versions=_versions(kind, wanted),
        order=itemgetter(names.index(kind.day), names.index("number")),
        about=slice(len(ABOUT)),
        content=slice(len(ABOUT), len(names)),
        parts=range(len(names), len(names) + len(kind.parts)),
    )


@lru_cache(maxsize=8)
def is_newest(kind: VersionedKind[Any]) -> ColumnElement[bool]:
    """The condition that no later version exists."""
    this, later = kind.versions, kind.versions.alias("later")
    same = and_(later.c.practice_id == this.c.practice_id, later.c.id == this.c.id)
    return ~exists().where(same, later.c.version > this.c.version)


def _versions(kind: VersionedKind[Any], wanted: Wanted) -> Select[Any]:
    versions, head = kind.versions, kind.head
    joined = {"number": head.c.number, "writer": therapist.c.name}
    own = [joined[name] if name in joined else _as_given(versions.c[name]) for name in (*ABOUT, *kind.columns)]
    parts = [gathered(part.gathered, part.table, part.key, versions) for part in kind.parts]
    return (
        select(*own, *parts)
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


def _as_given(column: Column[Any]) -> ColumnElement[Any]:
    """An id in whatever shape the database has it, to be read by `KnownIds`; any other column as it is."""
    return type_coerce(column, Text).label(column.name) if isinstance(column.type, Uuid) else column
