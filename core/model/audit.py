"""What the audit trail says of a write: who did what to which record, never what was written."""

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


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One line of the trail. `sequence` runs from 1 without gaps within a practice; `at` is UTC.

    `version` is the record's version or revision after the write.
    """

    sequence: int
    at: datetime
    actor_id: UUID
    action: Action
    subject: Subject
    record_id: UUID
    version: int
