"""Who may do what to whose clients: one table, and the pure function that reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.errors import InvalidInput
from core.model.text import text_problems

ACCOUNT_NAME_LENGTH = 120


class Role(StrEnum):
    """What somebody is in a practice. A practice has exactly one owner, who answers for all of it."""

    OWNER = "owner"
    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    SUPERVISOR = "supervisor"


HAVE_CLIENTS = frozenset({Role.OWNER, Role.THERAPIST})
"""Whose clients somebody can be."""


class Relation(StrEnum):
    """How a client stands to the person who acts."""

    OWN = "own"
    SHARED = "shared"
    OTHERS = "others"
    OTHER_PRACTICE = "other_practice"


class Act(StrEnum):
    """A kind of deed that is allowed or not. The first ones are about a client, those of `OF_PRACTICE` are not."""

    READ_DETAILS = "read_details"
    WRITE_DETAILS = "write_details"
    READ_SESSIONS = "read_sessions"
    WRITE_SESSIONS = "write_sessions"
    READ_FORMS = "read_forms"
    WRITE_FORMS = "write_forms"
    READ_RECORD = "read_record"
    WRITE_RECORD = "write_record"
    READ_NOTES = "read_notes"
    WRITE_NOTES = "write_notes"
    SHARE = "share"
    HAND_OVER = "hand_over"
    EXPORT_CLIENT = "export_client"
    ERASE_CLIENT = "erase_client"
    SEE_WHO_LOOKED = "see_who_looked"

    ADD_CLIENT = "add_client"
    READ_SETTINGS = "read_settings"
    CHANGE_SETTINGS = "change_settings"
    MANAGE_ACCOUNTS = "manage_accounts"
    EXPORT_PRACTICE = "export_practice"
    BACK_UP = "back_up"
    SIGN_IN = "sign_in"


OF_PRACTICE = frozenset(
    {
        Act.ADD_CLIENT,
        Act.READ_SETTINGS,
        Act.CHANGE_SETTINGS,
        Act.MANAGE_ACCOUNTS,
        Act.EXPORT_PRACTICE,
        Act.BACK_UP,
        Act.SIGN_IN,
    }
)
"""What is done in one's own practice as a whole, and to no client of it."""

NONE: frozenset[Relation] = frozenset()
OWN = frozenset({Relation.OWN})
SEEN = frozenset({Relation.OWN, Relation.SHARED})
EVERY = frozenset({Relation.OWN, Relation.SHARED, Relation.OTHERS})

_ROLES = (Role.OWNER, Role.THERAPIST, Role.ASSISTANT, Role.SUPERVISOR)
_TABLE: Mapping[Act, tuple[frozenset[Relation], frozenset[Relation], frozenset[Relation], frozenset[Relation]]] = {
    # act                 owner  therapist  assistant  supervisor
    Act.READ_DETAILS: (EVERY, SEEN, EVERY, SEEN),
    Act.WRITE_DETAILS: (EVERY, OWN, EVERY, NONE),
    Act.READ_SESSIONS: (EVERY, SEEN, EVERY, SEEN),
    Act.WRITE_SESSIONS: (EVERY, OWN, EVERY, NONE),
    Act.READ_FORMS: (EVERY, SEEN, EVERY, SEEN),
    Act.WRITE_FORMS: (OWN, OWN, EVERY, NONE),
    Act.READ_RECORD: (EVERY, SEEN, NONE, SEEN),
    Act.WRITE_RECORD: (OWN, OWN, NONE, NONE),
    Act.READ_NOTES: (EVERY, SEEN, NONE, SEEN),
    Act.WRITE_NOTES: (OWN, OWN, NONE, NONE),
    Act.SHARE: (EVERY, OWN, NONE, NONE),
    Act.HAND_OVER: (EVERY, OWN, NONE, NONE),
    Act.EXPORT_CLIENT: (EVERY, OWN, NONE, NONE),
    Act.ERASE_CLIENT: (EVERY, OWN, NONE, NONE),
    Act.SEE_WHO_LOOKED: (EVERY, OWN, NONE, NONE),
    Act.ADD_CLIENT: (EVERY, EVERY, NONE, NONE),
    Act.READ_SETTINGS: (EVERY, EVERY, EVERY, EVERY),
    Act.CHANGE_SETTINGS: (EVERY, NONE, NONE, NONE),
    Act.MANAGE_ACCOUNTS: (EVERY, NONE, NONE, NONE),
    Act.EXPORT_PRACTICE: (EVERY, NONE, NONE, NONE),
    Act.BACK_UP: (EVERY, NONE, NONE, NONE),
    Act.SIGN_IN: (EVERY, EVERY, EVERY, EVERY),
}
"""To which clients each role may do each act. Source: project default, from what the practice's roles are for."""

_ALLOWED = {(role, act): row[place] for act, row in _TABLE.items() for place, role in enumerate(_ROLES)}


def may(role: Role, act: Act, relation: Relation) -> bool:
    """Whether somebody of this role may do `act` to a client who stands to them in `relation`.

    For acts of `OF_PRACTICE` every relation but `OTHER_PRACTICE` is answered alike.
    """
    return relation in _ALLOWED[role, act]


def may_with_every_client(role: Role, act: Act) -> bool:
    """Whether the role alone decides, so that nobody needs to ask whose client somebody is."""
    return _ALLOWED[role, act] is EVERY


def allowed_relations(role: Role, act: Act) -> frozenset[Relation]:
    """The relations in which `act` is allowed to this role; empty where it never is."""
    return _ALLOWED[role, act]


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody who signs in to a practice. `ended_at` (UTC) is when they were let go; what they wrote keeps their name.

    `clients` is how many clients are theirs, closed ones too.
    """

    id: UUID
    name: str
    role: Role
    ended_at: datetime | None = None
    clients: int = 0


@dataclass(frozen=True, kw_only=True)
class Share:
    """A client shared with somebody to read, from a moment on (UTC); `by` is the name of who shared."""

    id: UUID
    client_id: UUID
    with_id: UUID
    name: str
    by: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class ClientAccess:
    """Who has to do with a client: the therapist whose client it is, and with whom it is shared now."""

    client_id: UUID
    therapist_id: UUID
    therapist: str
    shares: tuple[Share, ...] = ()


def account_name(name: str) -> str:
    """The name of an account, without blanks around it; `InvalidInput` for one that cannot be."""
    InvalidInput.unless_empty(text_problems("The name", name, longest=ACCOUNT_NAME_LENGTH, needed=True))
    return name.strip()
