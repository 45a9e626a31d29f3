"""Sign-ins as rows. They carry nothing clinical but which client's pages are open."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, delete, insert, select, update

from core.model.people import Actor
from core.model.sign_ins import IDLE_MINUTES, SignIn
from core.store.belonging import role_from
from core.store.keys import need_client
from core.store.tables import practice, sign_in, therapist
from core.store.unit_of_work import UnitOfWork, mine, read, write

_WITH_PERSON = (
    select(
        sign_in,
        practice.c.idle_minutes,
        therapist.c.name.label("person"),
        therapist.c.role,
        therapist.c.ended_at.label("let_go_at"),
    )
    .join(practice, practice.c.id == sign_in.c.practice_id)
    .join(therapist, and_(therapist.c.practice_id == sign_in.c.practice_id, therapist.c.id == sign_in.c.therapist_id))
)


def add(work: UnitOfWork, token_hash: str, *, client_id: UUID | None = None) -> SignIn:
    """A sign-in of the actor that begins now."""
    now = work.now
    made = SignIn(id=work.new_id(), therapist_id=work.actor.id, began_at=now, active_at=now, client_id=client_id)
    row = {
        "practice_id": work.actor.practice_id,
        "id": made.id,
        "therapist_id": made.therapist_id,
        "token_hash": token_hash,
        "began_at": now,
        "active_at": now,
        "client_id": client_id,
    }
    write(work, insert(sign_in).values(row))
    return made


def by_hash(work: UnitOfWork, token_hash: str) -> SignIn | None:
    """The sign-in of this cookie, over or not; `None` where there is none."""
    rows = read(work, select(sign_in).where(mine(work, sign_in), sign_in.c.token_hash == token_hash))
    return _from_row(rows[0]) if rows else None


def with_person(work: UnitOfWork, token_hash: str) -> tuple[SignIn, Actor | None, int] | None:
    """The sign-in of this cookie, who it is (`None`: their account was ended) and the practice's idle limit.

    In one statement: it is asked at every step.
    """
    rows = read(work, _WITH_PERSON.where(mine(work, sign_in), sign_in.c.token_hash == token_hash))
    if not rows:
        return None
    row = rows[0]
    role = role_from(row.role)
    person = Actor(id=row.therapist_id, practice_id=row.practice_id, name=row.person, role=role)
    return _from_row(row), None if row.let_go_at else person, _or_default(row.idle_minutes)


def not_ended(work: UnitOfWork) -> Mapping[str, SignIn]:
    """Every sign-in that nobody ended, newest first, by the hash of its cookie."""
    rows = read(
        work,
        select(sign_in).where(mine(work, sign_in), sign_in.c.ended_at.is_(None)).order_by(sign_in.c.began_at.desc()),
    )
    return {row.token_hash: _from_row(row) for row in rows}


def change(work: UnitOfWork, sign_in_id: UUID, **values: datetime | UUID | None) -> None:
    """Set columns of one sign-in; one that is not there is left alone."""
    if values.get("client_id") is not None:
        need_client(work, UUID(str(values["client_id"])))
    write(work, update(sign_in).where(mine(work, sign_in), sign_in.c.id == sign_in_id).values(values))


def remove_before(work: UnitOfWork, instant: datetime) -> None:
    """Take away sign-ins that began before `instant`; the audit trail keeps that they were."""
    write(work, delete(sign_in).where(mine(work, sign_in), sign_in.c.began_at < instant))


def end_all_of(work: UnitOfWork, therapist_id: UUID) -> None:
    """End every sign-in of somebody; their tabs are on the sign-in page within two seconds."""
    theirs = (mine(work, sign_in), sign_in.c.therapist_id == therapist_id, sign_in.c.ended_at.is_(None))
    write(work, update(sign_in).where(*theirs).values(ended_at=work.now))


def forget_client(work: UnitOfWork, client_id: UUID) -> None:
    """Let no sign-in point at a client any more."""
    pointing = update(sign_in).where(mine(work, sign_in), sign_in.c.client_id == client_id)
    write(work, pointing.values(client_id=None))


def idle_minutes(work: UnitOfWork) -> int:
    """After how many minutes without anybody at it a screen of the practice locks."""
    ((minutes,),) = read(work, select(practice.c.idle_minutes).where(practice.c.id == work.actor.practice_id))
    return _or_default(minutes)


def set_idle_minutes(work: UnitOfWork, minutes: int) -> None:
    """Set that number, which must be in its range."""
    write(work, update(practice).where(practice.c.id == work.actor.practice_id).values(idle_minutes=minutes))


def _or_default(minutes: int | None) -> int:
    return IDLE_MINUTES if minutes is None else minutes


def _from_row(row: Row[Any]) -> SignIn:
    return SignIn(
        id=row.id,
        therapist_id=row.therapist_id,
        began_at=row.began_at,
        active_at=row.active_at,
        locked_at=row.locked_at,
        ended_at=row.ended_at,
        client_id=row.client_id,
    )
