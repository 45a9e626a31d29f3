"""Who belongs to a practice, asked as each unit of work begins, so that what was taken away holds at once."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select

from core.model.access import Role
from core.model.people import Actor
from core.store.tables import practice, therapist

_PERSON = (
    select(therapist.c.name, therapist.c.role, therapist.c.ended_at, practice.c.zone)
    .join(practice, practice.c.id == therapist.c.practice_id)
    .where(therapist.c.practice_id == bindparam("practice_id"), therapist.c.id == bindparam("therapist_id"))
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of a practice as they stand now."""

    actor: Actor
    zone: str
    ended: bool


def who_is(connection: Connection, practice_id: UUID, therapist_id: UUID) -> Person | None:
    """The person with this id; `None` where the practice has none such."""
    row = connection.execute(_PERSON, {"practice_id": practice_id, "therapist_id": therapist_id}).first()
    if row is None:
        return None
    actor = Actor(id=therapist_id, practice_id=practice_id, name=row.name, role=role_from(row.role))
    return Person(actor=actor, zone=row.zone, ended=row.ended_at is not None)


def role_from(role: str | None) -> Role:
    """What stands in the column; without anything it is a practice's first and only therapist, who is its owner."""
    return Role.OWNER if role is None else Role(role)


def is_owner() -> ColumnElement[bool]:
    """The condition that a row of `therapist` is a practice's owner: it has exactly one."""
    return or_(therapist.c.role.is_(None), therapist.c.role == Role.OWNER.value)
