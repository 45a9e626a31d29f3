"""Append-only records: a correction or a withdrawal is the next version, and every version is kept.

Check-ins and questionnaire responses differ only in their `VersionedKind`.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from core.errors import Conflict, NotFound
from core.model.audit import Action
from core.model.records import Recorded, RecordRef
from core.store import audit
from core.store.constraints import CHANGED_ELSEWHERE, SAVED_BEFORE
from core.store.keys import NOT_FOUND, add_row, need_reason, place_for
from core.store.record_rows import recorded_from
from core.store.unit_of_work import UnitOfWork, ask
from core.store.versioned import VersionedKind, Wanted, reading

Content = TypeVar("Content")


def add(
    work: UnitOfWork, kind: VersionedKind[Content], client_id: UUID, content: Content, request_id: UUID
) -> Recorded[Content]:
    """The first version of a new record, or the record that the same form made before.

    `Conflict` where that record holds something else: what was changed after the first save must not seem saved.
    """
    place = place_for(work, kind.head, client_id, request_id)
    if place.saved is not None:
        if at_version(work, kind, place.saved, 1).content != content:
            raise Conflict(SAVED_BEFORE)
        return newest(work, kind, place.saved)
    ref = RecordRef(kind=kind.kind, number=place.number, version=1, id=work.new_id())
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
    return _one(_load(work, kind, Wanted.NEWEST, record_id=record_id))


def at_version(work: UnitOfWork, kind: VersionedKind[Content], record_id: UUID, version: int) -> Recorded[Content]:
    """One version, such as a statement cites; `NotFound` where there is none."""
    return _one(_load(work, kind, Wanted.AT_VERSION, record_id=record_id, version=version))


def history(work: UnitOfWork, kind: VersionedKind[Content], record_id: UUID) -> tuple[Recorded[Content], ...]:
    """Every version, first to newest; `NotFound` where there is no such record."""
    found = _load(work, kind, Wanted.HISTORY, record_id=record_id)
    if not found:
        raise NotFound(NOT_FOUND)
    return tuple(sorted(found, key=lambda recorded: recorded.ref.version))


def of_client(work: UnitOfWork, kind: VersionedKind[Content], client_id: UUID) -> tuple[Recorded[Content], ...]:
    """What counts of one client: the newest versions that are not withdrawn, by day and number."""
    return _load(work, kind, Wanted.OF_CLIENT, client_id=client_id)


def since(work: UnitOfWork, kind: VersionedKind[Content], day: date) -> tuple[Recorded[Content], ...]:
    """What counts of every client on `day` or later, by day and number."""
    return _load(work, kind, Wanted.SINCE, since=day)


def by_client(records: Iterable[Recorded[Content]]) -> dict[UUID, tuple[Recorded[Content], ...]]:
    """Records grouped by client, in the order given; a client without one is absent."""
    groups: defaultdict[UUID, list[Recorded[Content]]] = defaultdict(list)
    for recorded in records:
        groups[recorded.client_id].append(recorded)
    return {client_id: tuple(group) for client_id, group in groups.items()}


def _load(
    work: UnitOfWork, kind: VersionedKind[Content], wanted: Wanted, **given: object
) -> tuple[Recorded[Content], ...]:
    """The versions that are wanted, by day and number, in one query."""
    asked = reading(kind, wanted)
    found = [text for (text,) in ask(work, asked.versions, **given)]
    # In one go, since each call of the reader costs as much as its work.
    rows = sorted(asked.rows(f"[{','.join(found)}]"), key=asked.order)
    return tuple([recorded_from(kind.kind, row, kind.content_from(row)) for row in rows])


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
    key = {"version": ref.version}
    below = {
        parts.table: [key | {parts.key: ref.id} | part for part in parts.rows(recorded.content)] for parts in kind.parts
    }
    add_row(work, kind.versions, version | kind.values(recorded.content), below)
    audit.record(work, action, kind.subject, ref.id, version=ref.version)
    return recorded
