"""The audit trail: one row for every write, in the same transaction."""

from uuid import UUID

from sqlalchemy import func, insert, select

from core.model.audit import Action, AuditEntry, Subject
from core.store.tables import audit
from core.store.unit_of_work import UnitOfWork, mine, read, write


def record(work: UnitOfWork, action: Action, subject: Subject, record_id: UUID, *, version: int = 1) -> None:
    """Add a line; `version` is the record's version or revision after the write."""
    (last,) = read(work, select(func.max(audit.c.sequence)).where(mine(work, audit)))[0]
    row = {
        "practice_id": work.actor.practice_id,
        "sequence": (last or 0) + 1,
        "at": work.now,
        "actor_id": work.actor.id,
        "action": action.value,
        "subject": subject.value,
        "record_id": record_id,
        "version": version,
    }
    write(work, insert(audit).values(row))


def all(work: UnitOfWork) -> tuple[AuditEntry, ...]:  # noqa: A001 - read as `audit.all(work)`
    """The whole trail of the practice, oldest first."""
    rows = read(work, select(audit).where(mine(work, audit)).order_by(audit.c.sequence))
    return tuple(
        AuditEntry(
            sequence=row.sequence,
            at=row.at,
            actor_id=row.actor_id,
            action=Action(row.action),
            subject=Subject(row.subject),
            record_id=row.record_id,
            version=row.version,
        )
        for row in rows
    )
