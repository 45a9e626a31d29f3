"""What the audit trail says of a deed: who did what to which record, never what was written."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Action(StrEnum):
    """What was done."""

    SET_UP = "set_up"
    ADD = "add"
    CHANGE = "change"
    CLOSE = "close"
    REOPEN = "reopen"
    PARTNER_STATUS = "partner_status"
    START_LEVEL = "start_level"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    REVIEW_SAFETY = "review_safety"
    SAVE_DRAFT = "save_draft"
    SIGN = "sign"
    ADD_ADDENDUM = "add_addendum"
    ERASE = "erase"
    SHARE = "share"
    STOP_SHARING = "stop_sharing"
    HAND_OVER = "hand_over"

    LOOK = "look"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    FAILED_SIGN_INS = "failed_sign_ins"
    LOCK = "lock"
    UNLOCK = "unlock"
    NEW_PASSPHRASE = "new_passphrase"  # noqa: S105 - a deed, no passphrase
    NEW_RECOVERY_CODE = "new_recovery_code"
    NEW_STARTING_CODE = "new_starting_code"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    CHANGE_ROLE = "change_role"
    EXPORT = "export"
    BACK_UP = "back_up"
    RESTORE = "restore"
    REFUSED = "refused"
    FAILED = "failed"
    CLOCK_SET_BACK = "clock_set_back"
    SEAL = "seal"
    TRAIL_CUT = "trail_cut"


CHANGES_NOTHING = frozenset(
    {
        Action.LOOK,
        Action.SIGN_IN,
        Action.SIGN_OUT,
        Action.FAILED_SIGN_INS,
        Action.LOCK,
        Action.UNLOCK,
        Action.NEW_PASSPHRASE,
        Action.NEW_RECOVERY_CODE,
        Action.NEW_STARTING_CODE,
        Action.SECOND_FACTOR_ON,
        Action.SECOND_FACTOR_OFF,
        Action.EXPORT,
        Action.BACK_UP,
        Action.REFUSED,
        Action.FAILED,
        Action.CLOCK_SET_BACK,
        Action.SEAL,
        Action.TRAIL_CUT,
    }
)
"""What leaves every record as it was."""


class Subject(StrEnum):
    """What kind of record it was done to."""

    PRACTICE = "practice"
    CLIENT = "client"
    SESSION = "session"
    EVENT = "event"
    CHECK_IN = "check_in"
    RESPONSE = "response"
    NOTE = "note"
    PROFILE = "profile"
    HANDOUT = "handout"
    ACCOUNT = "account"
    TRAIL = "trail"


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One line of the trail. `sequence` runs from 1 without gaps within a practice; `at` is UTC.

    `version` is the record's version or revision after the write. `detail` is a fixed word or a number that
    belongs to the action, such as the screen that was looked at; never a word of a client or of a therapist.
    """

    sequence: int
    at: datetime
    actor_id: UUID
    action: Action
    subject: Subject
    record_id: UUID
    version: int
    detail: str | None = None


@dataclass(frozen=True, kw_only=True)
class Looks:
    """One person's looks at one client on one screen, from the first to the last of a time (both UTC)."""

    person: str
    screen: str
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class TrailHead:
    """Where the trail of a practice ends: its last line's number, and that line's seal."""

    sequence: int
    seal: str


@dataclass(frozen=True, kw_only=True)
class TrailReport:
    """What a check of the whole trail found.

    `lines` and `records` were read; `problems` are sentences, that of the first bad line first. `noticed` tells
    of losses that were found before and written into the trail itself. `sealed` is false where no secret key
    stands behind the seals, as in a file that is not encrypted.
    """

    lines: int
    records: int
    problems: tuple[str, ...]
    noticed: tuple[str, ...]
    sealed: bool
