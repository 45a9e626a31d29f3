"""What a kind of append-only record is, and the statements that read its versions.

Each statement is made once and kept: naming forty columns again at every call takes longer than the answer. What is
asked for (`Wanted`) says which places a statement leaves open; `ask` fills them in.
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
    """A table of child rows of a version, tied by `key` and ordered by its own key, and how a content becomes them.

    `columns` are what is read of a child row after the id and version of its record. What is `instead` of the table
    before it has rows only where that one has none.
    """

    table: Table
    key: str
    columns: tuple[str, ...]
    rows: Callable[[Content], list[Values]]
    instead: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class VersionedKind(Generic[Content]):
    """Where one kind of record lives and how it becomes rows.

    `content_from` is handed the columns of a version, the ids known so far, and the child rows of each of `parts`, in
    their order; `day` is the column of `versions` by which records are ordered. A kind is equal to itself alone.
    """

    kind: RecordKind
    subject: Subject
    head: Table
    versions: Table
    parts: tuple[Parts[Content], ...]
    day: str
    values: Callable[[Content], Values]
    content_from: Callable[..., Content]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The statements that read some versions: the versions themselves, and one for each table of child rows.

    `columns` are the names of what a row of `versions` holds, `order` is what rows are sorted by: their day and number.
    (To sort them, SQLite would copy all their columns.) A statement of `parts` may give child rows of more versions
    than were asked for.
    """

    versions: Select[Any]
    columns: tuple[str, ...]
    order: Callable[[Row[Any]], tuple[Any, ...]]
    parts: tuple[Select[Any], ...]


@lru_cache(maxsize=64)
def reading(kind: VersionedKind[Any], wanted: Wanted) -> Reading:
    """The statements for what is `wanted` of this kind."""
    versions = _versions(kind, wanted)
    columns = tuple(versions.selected_columns.keys())
    return Reading(
        versions=versions,
        columns=columns,
        order=itemgetter(columns.index(kind.day), columns.index("number")),
        parts=tuple(_children(kind, parts, wanted) for parts in kind.parts),
    )


@lru_cache(maxsize=8)
def is_newest(kind: VersionedKind[Any]) -> ColumnElement[bool]:
    """The condition that no later version exists."""
    this, later = kind.versions, kind.versions.alias("later")
    same = and_(later.c.practice_id == this.c.practice_id, later.c.id == this.c.id)
    return ~exists().where(same, later.c.version > this.c.version)


def _versions(kind: VersionedKind[Any], wanted: Wanted) -> Select[Any]:
    versions, head = kind.versions, kind.head
    own = [_as_given(column) for column in versions.c if column.name not in ("practice_id", "recorded_by")]
    return (
        select(*own, head.c.number, therapist.c.name.label("writer"))
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


def _children(kind: VersionedKind[Any], parts: Parts[Any], wanted: Wanted) -> Select[Any]:
    """The child rows of the records that are wanted, of all their versions: those that are too many are few.

    Joined to the versions instead, SQLite went through the child rows of the whole practice. In the order of the
    table's own key nothing is sorted.
    """
    table, record_id = parts.table, parts.table.c[parts.key]
    return (
        select(_as_given(record_id), table.c.version, *(table.c[name] for name in parts.columns))
        .where(of_practice(table), *_of_records(kind, record_id, wanted))
        .order_by(*(column for column in table.primary_key.columns if column.name != "practice_id"))
    )


def _of_records(kind: VersionedKind[Any], record_id: Column[Any], wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """Which records are wanted."""
    head, versions = kind.head, kind.versions
    if wanted is Wanted.OF_CLIENT:
        ids = select(head.c.id).where(of_practice(head), head.c.client_id == bindparam("client_id"))
        return (record_id.in_(ids),)
    if wanted is Wanted.SINCE:
        ids = select(versions.c.id).where(of_practice(versions), versions.c[kind.day] >= bindparam("since"))
        return (record_id.in_(ids),)
    return (record_id == bindparam("record_id"),)


def _as_given(column: Column[Any]) -> ColumnElement[Any]:
    """An id in whatever shape the database has it, to be read by `KnownIds`; any other column as it is."""
    return type_coerce(column, Text).label(column.name) if isinstance(column.type, Uuid) else column
