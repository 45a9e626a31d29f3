"""The audit trail: lines for every write and every look, each in the same transaction as what it tells of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from core.model.audit import Action, AuditEntry, Looks, Subject
from core.store.chain import Line
from core.store.tables import audit, therapist
from core.store.unit_of_work import UnitOfWork, mine, read


def record(
    work: UnitOfWork,
    action: Action,
    subject: Subject,
    record_id: UUID,
    *,
    version: int = 1,
    detail: str | None = None,
) -> None:
    """Let the commit add a line, with the seals of the records that were written since the line before.

    `version` is the record's version or revision after the write; `detail` is as `AuditEntry` says.
    """
    work.note_line(
        Line(
            at=work.now,
            actor_id=work.actor.id,
            action=action,
            subject=subject,
            record_id=record_id,
            version=version,
            detail=detail,
        )
    )


def all(work: UnitOfWork) -> tuple[AuditEntry, ...]:  # noqa: A001 - read as `audit.all(work)`
    """The whole trail of the practice, oldest first, with the lines that this unit of work is about to add."""
    rows = read(work, select(audit).where(mine(work, audit)).order_by(audit.c.sequence))
    kept = tuple(_entry(row, row.sequence) for row in rows)
    return kept + tuple(_entry(line, place) for place, line in enumerate(work.lines, start=len(kept) + 1))


def last_of(work: UnitOfWork, action: Action) -> AuditEntry | None:
    """The last line of an action whose lines carry a detail; `None` where there is none."""
    rows = read(work, select(audit).where(_detailed(work, action)).order_by(audit.c.sequence.desc()).limit(1))
    return _entry(rows[0], rows[0].sequence) if rows else None


def newest_at(work: UnitOfWork) -> datetime | None:
    """When the last line was written, by the clock of that moment."""
    rows = read(work, select(audit.c.at).where(mine(work, audit)).order_by(audit.c.sequence.desc()).limit(1))
    return rows[0].at if rows else None


def looked_since(work: UnitOfWork, client_id: UUID, screen: str, since: datetime) -> bool:
    """Whether the actor's last look at this client on this screen was at `since` or later."""
    look = and_(_looks(work, client_id), audit.c.detail == screen, audit.c.actor_id == work.actor.id)
    rows = read(work, select(audit.c.at).where(look).order_by(audit.c.sequence.desc()).limit(1))
    return bool(rows) and rows[0].at >= since


def looks(work: UnitOfWork, client_id: UUID, since: datetime) -> tuple[Looks, ...]:
    """Who looked at a client from `since` on: one for each person and screen, the latest first."""
    last = func.max(audit.c.at).label("last_at")
    by = and_(therapist.c.practice_id == audit.c.practice_id, therapist.c.id == audit.c.actor_id)
    rows = read(
        work,
        select(therapist.c.name, audit.c.detail, func.min(audit.c.at).label("first_at"), last)
        .join(therapist, by)
        .where(_looks(work, client_id), audit.c.at >= since)
        .group_by(therapist.c.id, therapist.c.name, audit.c.detail)
        .order_by(last.desc(), audit.c.detail),
    )
    return tuple(Looks(person=row.name, screen=row.detail, first_at=row.first_at, last_at=row.last_at) for row in rows)


def _looks(work: UnitOfWork, client_id: UUID) -> ColumnElement[bool]:
    return and_(_detailed(work, Action.LOOK), audit.c.record_id == client_id)


def _detailed(work: UnitOfWork, action: Action) -> ColumnElement[bool]:
    """Lines of an action with a detail: these alone stand in an index."""
    return and_(mine(work, audit), audit.c.action == action.value, audit.c.detail.is_not(None))


def _entry(row: Any, sequence: int) -> AuditEntry:
    return AuditEntry(
        sequence=sequence,
        at=row.at,
        actor_id=row.actor_id,
        action=Action(row.action),
        subject=Subject(row.subject),
        record_id=row.record_id,
        version=row.version,
        detail=row.detail,
    )
