"""Append-only records: a correction or a withdrawal is the next version, and every version is kept.

Check-ins and questionnaire responses differ only in their `VersionedKind`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Row, Select, Table, Text, and_, exists, select, type_coerce

from core.errors import Conflict, NotFound
from core.model.audit import Action, Subject
from core.model.records import Recorded, RecordKind, RecordRef
from core.store import audit
from core.store.constraints import CHANGED_ELSEWHERE, SAVED_BEFORE
from core.store.keys import NOT_FOUND, add_row, need_client, need_reason, next_number, saved_by
from core.store.record_rows import recorded_from
from core.store.rows import Values
from core.store.tables import therapist
from core.store.unit_of_work import UnitOfWork, mine, read

Content = TypeVar("Content")


@dataclass(frozen=True, kw_only=True)
class Parts(Generic[Content]):
    """A table of child rows of a version, tied by `key` and ordered by `order`, and how a content becomes them."""

    table: Table
    key: str
    order: str
    rows: Callable[[Content], list[Values]]


@dataclass(frozen=True, kw_only=True)
class VersionedKind(Generic[Content]):
    """Where one kind of record lives and how it becomes rows.

    `content_from` is handed the version's row and the child rows of each of `parts`, in their order;
    `day` is the column of `versions` by which records are ordered.
    """

    kind: RecordKind
    subject: Subject
    head: Table
    versions: Table
    parts: tuple[Parts[Content], ...]
    day: str
    values: Callable[[Content], Values]
    content_from: Callable[..., Content]


def add(
    work: UnitOfWork, kind: VersionedKind[Content], client_id: UUID, content: Content, request_id: UUID
) -> Recorded[Content]:
    """The first version of a new record, or the record that the same form made before.

    `Conflict` where that record holds something else: what was changed after the first save must not seem saved.
    """
    saved = saved_by(work, kind.head, request_id)
    if saved is not None:
        if at_version(work, kind, saved, 1).content != content:
            raise Conflict(SAVED_BEFORE)
        return newest(work, kind, saved)
    need_client(work, client_id)
    ref = RecordRef(kind=kind.kind, number=next_number(work, kind.head, client_id), version=1, id=work.new_id())
    head = {"id": ref.id, "client_id": client_id, "number": ref.number, "request_id": request_id}
    add_row(work, kind.head, head)
    return _add_version(work, kind, Recorded(ref=ref, content=content, **_by(work, client_id)), Action.ADD)


def add_version(
    work: UnitOfWork, kind: VersionedKind[Content], ref: RecordRef, content: Content, reason: str
) -> Recorded[Content]:
    """The next version with new content; `Conflict` unless `ref` is the newest one."""
    return _follow(work, kind, ref, content, reason, withdrawn=False)


def withdraw(work: UnitOfWork, kind: VersionedKind[Content], ref: RecordRef, reason: str) -> Recorded[Content]:
    """The next version with the same content, counted nowhere; `Conflict` unless `ref` is the newest one."""
    return _follow(work, kind, ref, None, reason, withdrawn=True)


def newest(work: UnitOfWork, kind: VersionedKind[Content], record_id: UUID) -> Recorded[Content]:
    """The newest version, withdrawn or not; `NotFound` where there is no such record."""
    return _one(load(work, kind, kind.versions.c.id == record_id, is_newest(kind)))


def at_version(work: UnitOfWork, kind: VersionedKind[Content], record_id: UUID, version: int) -> Recorded[Content]:
    """One version, such as a statement cites; `NotFound` where there is none."""
    versions = kind.versions.c
    return _one(load(work, kind, versions.id == record_id, versions.version == version))


def history(work: UnitOfWork, kind: VersionedKind[Content], record_id: UUID) -> tuple[Recorded[Content], ...]:
    """Every version, first to newest; `NotFound` where there is no such record."""
    found = load(work, kind, kind.versions.c.id == record_id)
    if not found:
        raise NotFound(NOT_FOUND)
    return tuple(sorted(found, key=lambda recorded: recorded.ref.version))


def counted(
    work: UnitOfWork, kind: VersionedKind[Content], *conditions: ColumnElement[bool]
) -> tuple[Recorded[Content], ...]:
    """The newest versions that are not withdrawn, by day and number."""
    return load(work, kind, is_newest(kind), ~kind.versions.c.withdrawn, *conditions)


def by_client(records: Iterable[Recorded[Content]]) -> dict[UUID, tuple[Recorded[Content], ...]]:
    """Records grouped by client, in the order given; a client without one is absent."""
    groups: defaultdict[UUID, list[Recorded[Content]]] = defaultdict(list)
    for recorded in records:
        groups[recorded.client_id].append(recorded)
    return {client_id: tuple(group) for client_id, group in groups.items()}


@lru_cache(maxsize=8)
def is_newest(kind: VersionedKind[Any]) -> ColumnElement[bool]:
    """The condition that no later version exists; made once for each kind, since naming every column again is slow."""
    this, later = kind.versions, kind.versions.alias("later")
    same = and_(later.c.practice_id == this.c.practice_id, later.c.id == this.c.id)
    return ~exists().where(same, later.c.version > this.c.version)


def load(
    work: UnitOfWork, kind: VersionedKind[Content], *conditions: ColumnElement[bool]
) -> tuple[Recorded[Content], ...]:
    """The versions that meet `conditions`, by day and number, in one query and one more for each table of parts."""
    rows = read(work, _versions(work, kind, conditions))
    if not rows:
        return ()
    children = [_grouped(work, kind, parts, conditions) for parts in kind.parts]
    return tuple(
        recorded_from(
            kind.kind,
            row,
            kind.content_from(row, *(group.get((row.record_key, row.version), ()) for group in children)),
        )
        for row in rows
    )


def _grouped(
    work: UnitOfWork, kind: VersionedKind[Any], parts: Parts[Any], conditions: Sequence[ColumnElement[bool]]
) -> dict[tuple[object, int], list[Row[Any]]]:
    """The child rows of one table by record (its id as the database gives it) and version."""
    groups: defaultdict[tuple[object, int], list[Row[Any]]] = defaultdict(list)
    for row in read(work, _children(work, kind, parts, conditions)):
        groups[row.record_key, row.version].append(row)
    return groups


def _versions(work: UnitOfWork, kind: VersionedKind[Any], conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    versions, head = kind.versions, kind.head
    return (
        select(
            *_without(versions, "practice_id", "recorded_by"),
            _as_given(versions.c.id),
            head.c.number,
            therapist.c.name.label("writer"),
        )
        .join(head, and_(head.c.practice_id == versions.c.practice_id, head.c.id == versions.c.id))
        .join(
            therapist,
            and_(therapist.c.practice_id == versions.c.practice_id, therapist.c.id == versions.c.recorded_by),
        )
        .where(mine(work, versions), *conditions)
        .order_by(versions.c[kind.day], head.c.number)
    )


def _children(
    work: UnitOfWork, kind: VersionedKind[Any], parts: Parts[Any], conditions: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    versions, table = kind.versions, parts.table
    record_id = table.c[parts.key]
    same = and_(
        table.c.practice_id == versions.c.practice_id,
        record_id == versions.c.id,
        table.c.version == versions.c.version,
    )
    return (
        select(*_without(table, "practice_id", parts.key), _as_given(record_id))
        .join(versions, same)
        .where(mine(work, versions), *conditions)
        .order_by(record_id, table.c.version, table.c[parts.order])
    )


def _as_given(record_id: Column[Any]) -> ColumnElement[Any]:
    """The id as `record_key`, in whatever shape the database has it: enough to tell rows apart, and no `UUID` made."""
    return type_coerce(record_id, Text).label("record_key")


def _without(table: Table, *names: str) -> list[Column[Any]]:
    """The columns of `table` but for `names`: ids are the dearest to read, so none is read for nothing."""
    return [column for column in table.c if column.name not in names]


def _one(found: tuple[Recorded[Content], ...]) -> Recorded[Content]:
    if not found:
        raise NotFound(NOT_FOUND)
    return found[0]


def _follow(
    work: UnitOfWork,
    kind: VersionedKind[Content],
    ref: RecordRef,
    content: Content | None,
    reason: str,
    *,
    withdrawn: bool,
) -> Recorded[Content]:
    need_reason(reason)
    before = newest(work, kind, ref.id)
    if before.ref.version != ref.version:
        raise Conflict(CHANGED_ELSEWHERE)
    after = Recorded(
        ref=RecordRef(kind=kind.kind, number=before.ref.number, version=ref.version + 1, id=ref.id),
        content=before.content if content is None else content,
        **_by(work, before.client_id, reason, withdrawn=withdrawn),
    )
    return _add_version(work, kind, after, Action.WITHDRAW if withdrawn else Action.CORRECT)


def _by(work: UnitOfWork, client_id: UUID, reason: str | None = None, *, withdrawn: bool = False) -> dict[str, Any]:
    """Who writes this version and when, as the fields of `Recorded`."""
    now = work.now
    return {
        "client_id": client_id,
        "recorded_at": now,
        "recorded_on": work.local_day(now),
        "recorded_by": work.actor.name,
        "reason": reason,
        "withdrawn": withdrawn,
    }


def _add_version(
    work: UnitOfWork, kind: VersionedKind[Content], recorded: Recorded[Content], action: Action
) -> Recorded[Content]:
    ref = recorded.ref
    version = {
        "id": ref.id,
        "version": ref.version,
        "client_id": recorded.client_id,
        "recorded_at": recorded.recorded_at,
        "recorded_on": recorded.recorded_on,
        "recorded_by": work.actor.id,
        "reason": recorded.reason,
        "withdrawn": recorded.withdrawn,
    }
    key = {"practice_id": work.actor.practice_id, "version": ref.version}
    below = {
        parts.table: [key | {parts.key: ref.id} | part for part in parts.rows(recorded.content)] for parts in kind.parts
    }
    add_row(work, kind.versions, version | kind.values(recorded.content), below)
    audit.record(work, action, kind.subject, ref.id, version=ref.version)
    return recorded
