"""The audit trail: one row for every write, in the same transaction."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, insert, select

from core.model.audit import Action, AuditEntry, Subject
from core.store.tables import audit
from core.store.unit_of_work import UnitOfWork, mine, read, write

_given: dict[str, ColumnElement[Any]] = {
    column.name: bindparam(f"new_{column.name}", type_=column.type) for column in audit.c
}
_given["sequence"] = func.coalesce(func.max(audit.c.sequence), 0) + 1
_NEXT = insert(audit).from_select(
    list(_given), select(*_given.values()).where(audit.c.practice_id == _given["practice_id"])
)
"""The next line: numbered and written by one statement, while the unit of work holds every other writer off."""


def record(work: UnitOfWork, action: Action, subject: Subject, record_id: UUID, *, version: int = 1) -> None:
    """Add a line; `version` is the record's version or revision after the write."""
    row = {
        "practice_id": work.actor.practice_id,
        "at": work.now,
        "actor_id": work.actor.id,
        "action": action.value,
        "subject": subject.value,
        "record_id": record_id,
        "version": version,
    }
    write(work, _NEXT, [{f"new_{name}": value for name, value in row.items()}])


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
