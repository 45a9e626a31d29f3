"""How clients stand to the actor: whose they are, and with whom they are shared."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Table, and_, bindparam, exists, func, select

from core.errors import NotFound
from core.model.access import Relation, Role
from core.model.audit import Subject
from core.store.keys import NOT_FOUND
from core.store.record_tables import check_in, note, response
from core.store.tables import care, client, event, given_handout, session, share
from core.store.unit_of_work import UnitOfWork, ask, of_practice

_WITH_ACTOR = (share.c.therapist_id == bindparam("actor_id"), share.c.ended_at.is_(None))
_KEEPER = (
    select(care.c.therapist_id)
    .where(of_practice(care), care.c.client_id == client.c.id)
    .order_by(care.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
_SHARED = exists().where(of_practice(share), share.c.client_id == client.c.id, *_WITH_ACTOR)
_OF_CLIENT = select(_KEEPER.label("keeper"), _SHARED.label("shared")).where(
    of_practice(client), client.c.id == bindparam("client_id")
)

_NEWEST = (
    select(care.c.client_id, func.max(care.c.number).label("number"))
    .where(of_practice(care))
    .group_by(care.c.client_id)
    .subquery()
)
KEEPERS = (
    select(care.c.client_id, care.c.therapist_id)
    .join(_NEWEST, and_(_NEWEST.c.client_id == care.c.client_id, _NEWEST.c.number == care.c.number))
    .where(of_practice(care))
)
"""The therapist of every client who is not the owner's by default."""

_SHARES = select(share.c.client_id).where(of_practice(share), *_WITH_ACTOR)
_IDS = select(client.c.id).where(of_practice(client))

TABLES: Mapping[Subject, Table] = {
    Subject.SESSION: session,
    Subject.EVENT: event,
    Subject.CHECK_IN: check_in,
    Subject.RESPONSE: response,
    Subject.NOTE: note,
    Subject.HANDOUT: given_handout,
}
"""Where records that belong to a client stand, by what they are called in the trail."""


def relation_to(work: UnitOfWork, client_id: UUID) -> Relation:
    """How a client stands to the actor; asked once in a unit of work."""
    known = work.relations.get(client_id)
    if known is None:
        rows = ask(work, _OF_CLIENT, client_id=client_id, actor_id=work.actor.id)
        known = work.relations[client_id] = _relation(work, rows[0]) if rows else Relation.OTHER_PRACTICE
    return known


def relations(work: UnitOfWork) -> dict[UUID, Relation]:
    """The same for every client of the practice."""
    keepers = {row.client_id: row.therapist_id for row in ask(work, KEEPERS)}
    shared = {row.client_id for row in ask(work, _SHARES, actor_id=work.actor.id)}
    found = {}
    for row in ask(work, _IDS):
        found[row.id] = _stands(work, keepers.get(row.id), is_shared=row.id in shared)
    return found


def client_of(work: UnitOfWork, subject: Subject, record_id: UUID) -> UUID:
    """Whose record it is; `NotFound` where there is none such in this practice."""
    rows = ask(work, _client_of(subject), record_id=record_id)
    if not rows:
        raise NotFound(NOT_FOUND)
    found: UUID = rows[0].client_id
    return found


@lru_cache(maxsize=16)
def _client_of(subject: Subject) -> Select[Any]:
    table = TABLES[subject]
    return select(table.c.client_id).where(of_practice(table), table.c.id == bindparam("record_id"))


def _relation(work: UnitOfWork, row: Row[Any]) -> Relation:
    return _stands(work, row.keeper, is_shared=bool(row.shared))


def _stands(work: UnitOfWork, keeper: UUID | None, *, is_shared: bool) -> Relation:
    is_own = work.actor.role is Role.OWNER if keeper is None else keeper == work.actor.id
    if is_own:
        return Relation.OWN
    return Relation.SHARED if is_shared else Relation.OTHERS
