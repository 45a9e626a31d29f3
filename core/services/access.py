"""Whether the actor may do what a service is about to do: asked before anything is read or written.

The policy itself is `core/model/access.py`. A service calls `need` for a client, `need_record` for a record of one,
and `need_practice` for the practice as a whole; lists are cut down with `seen`.
"""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from core.errors import NotAllowed, NotFound
from core.model.access import OF_PRACTICE, Act, Relation, Role, allowed_relations, may, may_with_every_client
from core.model.audit import Subject
from core.store import UnitOfWork
from core.store import access as standing
from core.store.keys import NOT_FOUND

NO_ACCESS: Final = (
    "You have no access to this client, or not any more. Nothing was read or saved; what you typed into a draft is "
    "kept. If you need the record, ask the owner of the practice."
)
ONLY_TO_READ: Final = (
    "This client's record is open to you for reading alone. Nothing was saved; what you typed into a draft is kept. "
    "Changes are made by the therapist whose client it is."
)
NOT_OF_THIS_ROLE: Final = (
    "Your role in this practice does not go with this. Nothing was read or saved; ask the owner of the practice."
)
READS: Final = frozenset({Act.READ_DETAILS, Act.READ_SESSIONS, Act.READ_FORMS, Act.READ_RECORD, Act.READ_NOTES})


def need(work: UnitOfWork, act: Act, client_id: UUID) -> None:
    """Return where the actor may do `act` to this client.

    Raises `NotFound` for a client of another practice, as for one who does not exist, and `NotAllowed` otherwise.
    Costs one small question in a unit of work and client, and none where the role alone decides.
    """
    role = work.actor.role
    if may_with_every_client(role, act):
        return
    relation = standing.relation_to(work, client_id)
    if may(role, act, relation):
        return
    if relation is Relation.OTHER_PRACTICE:
        raise NotFound(NOT_FOUND)
    raise NotAllowed(_sentence(role, act, relation))


def need_record(work: UnitOfWork, act: Act, subject: Subject, record_id: UUID) -> None:
    """The same for a record of a client, whose kind is `subject`."""
    if not may_with_every_client(work.actor.role, act):
        need(work, act, standing.client_of(work, subject, record_id))


def need_practice(work: UnitOfWork, act: Act) -> None:
    """The same for what is done in the practice as a whole."""
    if not may(work.actor.role, act, Relation.OWN):
        raise NotAllowed(NOT_OF_THIS_ROLE)


def need_some(work: UnitOfWork, act: Act) -> None:
    """Return where there can be any client to whom the actor may do `act`: for lists, which hold those alone."""
    if not allowed_relations(work.actor.role, act):
        raise NotAllowed(NOT_OF_THIS_ROLE)


def seen(work: UnitOfWork, act: Act) -> Collection[UUID] | None:
    """The clients to whom the actor may do `act`; `None` where it is all of them."""
    role = work.actor.role
    if may_with_every_client(role, act):
        return None
    if not allowed_relations(role, act):
        return frozenset()
    return frozenset(each for each, relation in standing.relations(work).items() if may(role, act, relation))


def acts_on(work: UnitOfWork, client_id: UUID) -> frozenset[Act]:
    """Everything the actor may do to a client; nothing for one of another practice. For what screens offer."""
    relation = standing.relation_to(work, client_id)
    return frozenset(act for act in Act if act not in OF_PRACTICE and may(work.actor.role, act, relation))


def acts_open(work: UnitOfWork, client_id: UUID | None) -> frozenset[Act]:
    """Everything the actor may do in the practice and, where one is given, to a client."""
    return acts_in_practice(work) | (frozenset() if client_id is None else acts_on(work, client_id))


def acts_in_practice(work: UnitOfWork) -> frozenset[Act]:
    """Everything the actor may do in the practice as a whole."""
    return frozenset(act for act in OF_PRACTICE if may(work.actor.role, act, Relation.OWN))


def _sentence(role: Role, act: Act, relation: Relation) -> str:
    if may(role, Act.READ_RECORD, relation) and act not in READS:
        return ONLY_TO_READ
    return NO_ACCESS if allowed_relations(role, Act.READ_RECORD) else NOT_OF_THIS_ROLE
