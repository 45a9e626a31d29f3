"""Handouts given to clients; one that was logged by mistake is kept and shown nowhere."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from core.errors import NotFound
from core.model.audit import Action, Subject
from core.model.handouts_given import GivenHandout
from core.store import audit
from core.store.keys import NOT_FOUND, add_row, change_rows, need_client, saved_by
from core.store.tables import given_handout, therapist
from core.store.unit_of_work import UnitOfWork, mine, read


def give(work: UnitOfWork, client_id: UUID, handout: str, day: date, request_id: UUID) -> GivenHandout:
    """Log that a handout was given; the same `request_id` again gives the first line back."""
    saved = saved_by(work, given_handout, request_id)
    if saved is not None:
        return _load(work, given_handout.c.id == saved)[0]
    need_client(work, client_id)
    given_id = work.new_id()
    row = {"id": given_id, "client_id": client_id, "handout": handout, "day": day, "given_by": work.actor.id}
    add_row(work, given_handout, row | {"withdrawn": False, "request_id": request_id})
    audit.record(work, Action.ADD, Subject.HANDOUT, given_id)
    return _load(work, given_handout.c.id == given_id)[0]


def withdraw(work: UnitOfWork, given_id: UUID) -> None:
    """Take a line back that was logged by mistake; `NotFound` where there is none, or it is back already."""
    there = (given_handout.c.id == given_id, ~given_handout.c.withdrawn)
    if not change_rows(work, given_handout, *there, values={"withdrawn": True}):
        raise NotFound(NOT_FOUND)
    audit.record(work, Action.WITHDRAW, Subject.HANDOUT, given_id, version=2)


def of_client(work: UnitOfWork, client_id: UUID) -> tuple[GivenHandout, ...]:
    """What was given to one client, oldest first."""
    return _load(work, given_handout.c.client_id == client_id, ~given_handout.c.withdrawn)


def _load(work: UnitOfWork, *conditions: ColumnElement[bool]) -> tuple[GivenHandout, ...]:
    given = given_handout.c
    by = (therapist.c.practice_id == given.practice_id) & (therapist.c.id == given.given_by)
    rows = read(
        work,
        select(given_handout, therapist.c.name.label("giver"))
        .join(therapist, by)
        .where(mine(work, given_handout), *conditions)
        .order_by(given.day, given.id),
    )
    return tuple(
        GivenHandout(id=row.id, client_id=row.client_id, handout=row.handout, day=row.day, given_by=row.giver)
        for row in rows
    )
