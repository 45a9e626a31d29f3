"""Whose client somebody is, and with whom a client is shared: both with their history."""

from collections import Counter
from uuid import UUID

from sqlalchemy import bindparam, func, select

from core.errors import NotFound
from core.model.access import ClientAccess, Share
from core.model.audit import Action, Subject
from core.store import audit
from core.store.access import KEEPERS
from core.store.belonging import is_owner
from core.store.keys import NOT_FOUND, add_row, change_rows, need_client
from core.store.tables import care, client, share, therapist
from core.store.unit_of_work import UnitOfWork, ask, mine, of_practice, read

_SHARER = therapist.alias("sharer")
_SHARES = (
    select(share, therapist.c.name, _SHARER.c.name.label("sharer"))
    .join(therapist, (therapist.c.practice_id == share.c.practice_id) & (therapist.c.id == share.c.therapist_id))
    .join(_SHARER, (_SHARER.c.practice_id == share.c.practice_id) & (_SHARER.c.id == share.c.shared_by))
    .where(of_practice(share), share.c.client_id == bindparam("client_id"), share.c.ended_at.is_(None))
    .order_by(share.c.since, share.c.id)
)
_OWNER = select(therapist.c.id, therapist.c.name).where(of_practice(therapist), is_owner())
_KEEPERS_OF_ONE = (
    select(therapist.c.id, therapist.c.name)
    .join(care, (care.c.practice_id == therapist.c.practice_id) & (care.c.therapist_id == therapist.c.id))
    .where(of_practice(care), care.c.client_id == bindparam("client_id"))
    .order_by(care.c.number.desc())
    .limit(1)
)


def give(work: UnitOfWork, client_id: UUID, therapist_id: UUID) -> None:
    """Let a client be this therapist's from now on; whoever had them shared with them keeps that."""
    need_client(work, client_id)
    last = read(work, select(func.max(care.c.number)).where(mine(work, care), care.c.client_id == client_id))[0][0]
    row = {
        "client_id": client_id,
        "number": (last or 0) + 1,
        "therapist_id": therapist_id,
        "since": work.now,
        "given_by": work.actor.id,
    }
    add_row(work, care, row)
    audit.record(work, Action.HAND_OVER, Subject.CLIENT, client_id, version=(last or 0) + 1)
    work.relations.clear()


def was_given(work: UnitOfWork, client_id: UUID) -> bool:
    """Whether anybody was ever named as the client's therapist; until then it is the owner."""
    return bool(ask(work, _KEEPERS_OF_ONE, client_id=client_id))


def add_share(work: UnitOfWork, client_id: UUID, therapist_id: UUID) -> None:
    """Share a client from now on; nothing where that is so already."""
    need_client(work, client_id)
    if any(each.with_id == therapist_id for each in shares_of(work, client_id)):
        return
    row = {"id": work.new_id(), "client_id": client_id, "therapist_id": therapist_id, "shared_by": work.actor.id}
    add_row(work, share, row | {"since": work.now, "ended_at": None})
    audit.record(work, Action.SHARE, Subject.CLIENT, client_id)
    work.relations.clear()


def end_share(work: UnitOfWork, client_id: UUID, therapist_id: UUID) -> None:
    """End it; `NotFound` where the client is not shared with them."""
    open_ones = (share.c.therapist_id == therapist_id, share.c.client_id == client_id, share.c.ended_at.is_(None))
    if not change_rows(work, share, *open_ones, values={"ended_at": work.now}):
        raise NotFound(NOT_FOUND)
    audit.record(work, Action.STOP_SHARING, Subject.CLIENT, client_id)
    work.relations.clear()


def end_shares_with(work: UnitOfWork, therapist_id: UUID) -> None:
    """End everything that is shared with somebody; the caller's line in the trail tells of it."""
    open_ones = (share.c.therapist_id == therapist_id, share.c.ended_at.is_(None))
    change_rows(work, share, *open_ones, values={"ended_at": work.now})
    work.relations.clear()


def of_client(work: UnitOfWork, client_id: UUID) -> ClientAccess:
    """Whose client it is and with whom they are shared; `NotFound` where there is none such."""
    need_client(work, client_id)
    keeper = (*ask(work, _KEEPERS_OF_ONE, client_id=client_id), *ask(work, _OWNER))[0]
    return ClientAccess(
        client_id=client_id, therapist_id=keeper.id, therapist=keeper.name, shares=shares_of(work, client_id)
    )


def shares_of(work: UnitOfWork, client_id: UUID) -> tuple[Share, ...]:
    """With whom a client is shared now, the longest first."""
    return tuple(
        Share(id=row.id, client_id=client_id, with_id=row.therapist_id, name=row.name, by=row.sharer, since=row.since)
        for row in ask(work, _SHARES, client_id=client_id)
    )


def keepers(work: UnitOfWork) -> dict[UUID, UUID]:
    """The therapist of every client of the practice, closed ones too, by client."""
    given = {row.client_id: row.therapist_id for row in ask(work, KEEPERS)}
    owner = ask(work, _OWNER)[0].id
    return {row.id: given.get(row.id, owner) for row in read(work, select(client.c.id).where(mine(work, client)))}


def clients_of_each(work: UnitOfWork) -> dict[UUID, int]:
    """How many clients are whose, closed ones too; people without any are absent."""
    return dict(Counter(keepers(work).values()))
