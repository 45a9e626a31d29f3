"""Who signs in to the practice: accounts are rows of `therapist`, which stay when they are ended."""

import unicodedata
from uuid import UUID

from sqlalchemy import select

from core.errors import Conflict, NotFound
from core.model.access import Account, Role
from core.model.audit import Action, Subject
from core.store import audit, care
from core.store.belonging import role_from
from core.store.keys import NOT_FOUND, add_row, change_rows
from core.store.tables import therapist
from core.store.unit_of_work import UnitOfWork, mine, read

TAKEN = "Somebody of this practice has or had that name. Nothing was changed; choose a name that tells the two apart."


def all(work: UnitOfWork) -> tuple[Account, ...]:  # noqa: A001 - read as `accounts.all(work)`
    """Every account, ended ones too: the owner first, then by name."""
    clients = care.clients_of_each(work)
    found = [
        Account(
            id=row.id,
            name=row.name,
            role=role_from(row.role),
            ended_at=row.ended_at,
            clients=clients.get(row.id, 0),
        )
        for row in read(work, select(therapist).where(mine(work, therapist)))
    ]
    return tuple(sorted(found, key=lambda each: (each.role is not Role.OWNER, each.name.casefold(), each.id)))


def is_only_one(work: UnitOfWork) -> bool:
    """Whether the practice has and had one account alone, so that every client is that person's."""
    return len(read(work, select(therapist.c.id).where(mine(work, therapist)).limit(2))) == 1


def get(work: UnitOfWork, account_id: UUID) -> Account:
    """One account; `NotFound` where there is none such."""
    found = next((each for each in all(work) if each.id == account_id), None)
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def add(work: UnitOfWork, name: str, role: Role) -> Account:
    """A new account; `Conflict` for a name that somebody has or had, since people sign in and are remembered by it."""
    if any(_folded(each.name) == _folded(name) for each in all(work)):
        raise Conflict(TAKEN)
    account_id = work.new_id()
    add_row(work, therapist, {"id": account_id, "name": name, "role": role.value, "ended_at": None})
    audit.record(work, Action.ADD, Subject.ACCOUNT, account_id, detail=role.value)
    return get(work, account_id)


def change_role(work: UnitOfWork, account_id: UUID, role: Role) -> Account:
    """Give somebody another role."""
    _change(work, account_id, {"role": role.value})
    audit.record(work, Action.CHANGE_ROLE, Subject.ACCOUNT, account_id, detail=role.value)
    return get(work, account_id)


def end(work: UnitOfWork, account_id: UUID) -> Account:
    """Let somebody go: nothing is opened for them any more, nothing stays shared with them, and their words stay."""
    care.end_shares_with(work, account_id)
    _change(work, account_id, {"ended_at": work.now})
    audit.record(work, Action.CLOSE, Subject.ACCOUNT, account_id)
    return get(work, account_id)


def _change(work: UnitOfWork, account_id: UUID, values: dict[str, object]) -> None:
    if not change_rows(work, therapist, therapist.c.id == account_id, values=values):
        raise NotFound(NOT_FOUND)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
