"""Accounts of a practice: who signs in, as what, and until when. What opens the practice for them is not kept here."""

from uuid import UUID

from core.errors import InvalidInput, NotAllowed
from core.model.access import HAVE_CLIENTS, Account, Act, Role, account_name
from core.model.audit import Action, Subject
from core.services.access import need_practice
from core.store import UnitOfWork, accounts, audit, sign_ins

THE_OWNER = (
    "This is the owner of the practice, who answers for all of it: their role stays, and their account is not ended. "
    "Nothing was changed."
)
ONE_OWNER = "A practice has one owner already. Nothing was changed; choose therapist, assistant or supervisor."
ENDED = "This account was ended. Nothing was changed; add the person anew if they come back."
HAS_CLIENTS = (
    "{clients} clients are this person's, closed ones too. Nothing was changed; hand them over first, on the foot of "
    "each profile."
)


def list_accounts(work: UnitOfWork) -> tuple[Account, ...]:
    """Every account, ended ones too: the owner first, then by name."""
    need_practice(work, Act.MANAGE_ACCOUNTS)
    return accounts.all(work)


def is_alone(work: UnitOfWork) -> bool:
    """Whether nobody but the actor signs in to the practice, so that nobody can be shared with."""
    need_practice(work, Act.READ_SETTINGS)
    return sum(each.ended_at is None for each in accounts.all(work)) == 1


def add_account(work: UnitOfWork, name: str, role: Role) -> Account:
    """Add somebody; `Conflict` for a name that somebody of the practice has or had."""
    need_practice(work, Act.MANAGE_ACCOUNTS)
    if role is Role.OWNER:
        raise InvalidInput(ONE_OWNER)
    return accounts.add(work, account_name(name), role)


def change_role(work: UnitOfWork, account_id: UUID, role: Role) -> Account:
    """Give somebody another role, which holds at once, also where they are signed in.

    `NotAllowed` for the owner, and while clients are theirs whom the new role cannot have.
    """
    before = _changeable(work, account_id)
    if role is Role.OWNER:
        raise InvalidInput(ONE_OWNER)
    if role is before.role:
        return before
    if role not in HAVE_CLIENTS:
        _refuse_with_clients(before)
    return accounts.change_role(work, account_id, role)


def end_account(work: UnitOfWork, account_id: UUID) -> Account:
    """Let somebody go: their sign-ins end, and nothing is shared with them any more. What they wrote stays theirs.

    `NotAllowed` for the owner, and while clients are theirs.
    """
    _refuse_with_clients(_changeable(work, account_id))
    sign_ins.end_all_of(work, account_id)
    return accounts.end(work, account_id)


def note_new_code(work: UnitOfWork, account_id: UUID) -> Account:
    """Write down that somebody was given a starting code, and end their sign-ins; the caller makes the code."""
    found = _changeable(work, account_id)
    sign_ins.end_all_of(work, account_id)
    audit.record(work, Action.NEW_STARTING_CODE, Subject.ACCOUNT, account_id)
    return found


def _changeable(work: UnitOfWork, account_id: UUID) -> Account:
    need_practice(work, Act.MANAGE_ACCOUNTS)
    found = accounts.get(work, account_id)
    if found.role is Role.OWNER:
        raise NotAllowed(THE_OWNER)
    if found.ended_at is not None:
        raise InvalidInput(ENDED)
    return found


def _refuse_with_clients(account: Account) -> None:
    if account.clients:
        raise NotAllowed(HAS_CLIENTS.format(clients=account.clients))
