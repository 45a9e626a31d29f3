"""People of the own practice come and go: their account in the record, and what opens the practice for them."""

from uuid import UUID

from core.errors import NotAllowed
from core.model.access import Account, Role
from core.model.people import Actor
from core.services import accounts
from dashboard.door import Door
from dashboard.opened import OpenPractice


def add(door: Door, person: Actor, name: str, role: Role) -> str:
    """Add somebody in the name of `person`; the starting code, to be shown once.

    What ends between the two leaves an account that nothing opens, for which `new_code` makes a code.
    """
    with _open(door).store.writing(person) as work:
        account = accounts.add_account(work, name, role)
        work.commit()
    return door.new_starting_code(account)


def new_code(door: Door, person: Actor, account_id: UUID) -> tuple[Account, str]:
    """Another starting code for somebody who cannot sign in; their passphrase opens nothing from now on."""
    with _open(door).store.writing(person) as work:
        account = accounts.note_new_code(work, account_id)
        work.commit()
    return account, door.new_starting_code(account)


def end(door: Door, person: Actor, account_id: UUID) -> Account:
    """Let somebody go: their sign-ins end, and nothing opens for them any more.

    An account that was ended opens nothing, also where what opened for it could not be removed.
    """
    with _open(door).store.writing(person) as work:
        account = accounts.end_account(work, account_id)
        work.commit()
    door.shut_out(account_id)
    return account


def change_role(door: Door, person: Actor, account_id: UUID, role: Role) -> Account:
    """Give somebody another role, which holds at once."""
    with _open(door).store.writing(person) as work:
        account = accounts.change_role(work, account_id, role)
        work.commit()
    return account


def _open(door: Door) -> OpenPractice:
    if door.open is None:
        raise NotAllowed("The practice is locked, so nothing was done. Sign in again.")
    return door.open
