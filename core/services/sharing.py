"""Whose client somebody is: sharing a record to be read, and handing a client over."""

from dataclasses import replace
from uuid import UUID

from core.errors import InvalidInput, NotFound
from core.model.access import HAVE_CLIENTS, Account, Act, ClientAccess, Role
from core.services.access import need
from core.store import UnitOfWork, accounts, care

READERS = frozenset({Role.THERAPIST, Role.SUPERVISOR})
"""With whom a client can be shared: an assistant's part needs no sharing, and the owner reads everything."""

NOT_A_READER = (
    "A client is shared with a therapist or a supervisor of this practice. Nothing was changed; choose one of them."
)
NOT_A_THERAPIST = "A client is handed over to a therapist of this practice. Nothing was changed; choose one of them."


def client_access(work: UnitOfWork, client_id: UUID) -> ClientAccess:
    """Whose client it is, and with whom they are shared."""
    need(work, Act.READ_DETAILS, client_id)
    return care.of_client(work, client_id)


def possible_readers(work: UnitOfWork, client_id: UUID) -> tuple[Account, ...]:
    """With whom a client could be shared besides."""
    need(work, Act.SHARE, client_id)
    now = care.of_client(work, client_id)
    taken = {now.therapist_id, *(each.with_id for each in now.shares)}
    return tuple(each for each in _present(work) if each.role in READERS and each.id not in taken)


def possible_therapists(work: UnitOfWork, client_id: UUID) -> tuple[Account, ...]:
    """To whom a client could be handed over."""
    need(work, Act.HAND_OVER, client_id)
    now = care.of_client(work, client_id)
    return tuple(each for each in _present(work) if each.role in HAVE_CLIENTS and each.id != now.therapist_id)


def share_client(work: UnitOfWork, client_id: UUID, with_id: UUID) -> ClientAccess:
    """Let somebody read a client's record from now on: the review, the record and signed notes."""
    need(work, Act.SHARE, client_id)
    if with_id == care.of_client(work, client_id).therapist_id or _account(work, with_id).role not in READERS:
        raise InvalidInput(NOT_A_READER)
    care.add_share(work, client_id, with_id)
    return care.of_client(work, client_id)


def stop_sharing(work: UnitOfWork, client_id: UUID, with_id: UUID) -> ClientAccess:
    """End it at once; `NotFound` where the client is not shared with them."""
    need(work, Act.SHARE, client_id)
    care.end_share(work, client_id, with_id)
    return care.of_client(work, client_id)


def hand_over(work: UnitOfWork, client_id: UUID, to_id: UUID) -> None:
    """Let a client be another therapist's from now on.

    Who had them until now reads and writes nothing of theirs any more, unless the client is shared with them; their
    drafts are kept and shown to nobody else. The same again changes nothing.
    """
    need(work, Act.HAND_OVER, client_id)
    if _account(work, to_id).role not in HAVE_CLIENTS:
        raise InvalidInput(NOT_A_THERAPIST)
    now = care.of_client(work, client_id)
    if now.therapist_id == to_id:
        return
    if any(each.with_id == to_id for each in now.shares):
        care.end_share(work, client_id, to_id)
    care.give(work, client_id, to_id)


def _present(work: UnitOfWork) -> tuple[Account, ...]:
    """Everybody who was not let go; how many clients a colleague has is the owner's to know."""
    return tuple(replace(each, clients=0) for each in accounts.all(work) if each.ended_at is None)


def _account(work: UnitOfWork, account_id: UUID) -> Account:
    found = next((each for each in _present(work) if each.id == account_id), None)
    if found is None:
        raise NotFound("Nobody like that works in this practice. Nothing was changed; choose somebody from the list.")
    return found
