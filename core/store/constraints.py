"""Turns what a database refused into one of our named errors.

Each dialect's file tells the kind of fault and, where it can, the constraint's name; here is what
it means to the person at the screen.
"""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import AlreadySigned, BusyDatabase, Conflict, InvalidInput, NotFound, SecureBaseError, StoreError

CHANGED_ELSEWHERE = (
    "This record was changed in another window since you opened it. Nothing was overwritten; "
    "open it again and repeat your change."
)
SAVED_BEFORE = (
    "This form was saved already, and something on it was changed afterwards. The change was not saved; "
    "correct the saved entry instead."
)
ALREADY_SIGNED = "This note is signed and stays as it is. Nothing was changed; write an addendum instead."


class FaultKind(StrEnum):
    """What a database refused or could not do."""

    UNIQUE = "unique"
    FOREIGN_KEY = "foreign_key"
    CHECK = "check"
    NOT_NULL = "not_null"
    APPEND_ONLY = "append_only"
    SIGNED = "signed"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    LOST = "lost"
    OTHER = "other"


@dataclass(frozen=True)
class Fault:
    """One refusal; `constraint` is its name where the database or our tables tell it."""

    kind: FaultKind
    constraint: str | None = None


_SENTENCES: dict[FaultKind, tuple[type[SecureBaseError], str]] = {
    FaultKind.FOREIGN_KEY: (
        NotFound,
        "A record that this one belongs to does not exist in this practice. Nothing was saved.",
    ),
    FaultKind.APPEND_ONLY: (
        StoreError,
        "A saved version never changes; nothing was changed. Save a correction as the next version instead.",
    ),
    FaultKind.SIGNED: (AlreadySigned, ALREADY_SIGNED),
    FaultKind.BUSY: (
        BusyDatabase,
        "The database was in use by somebody else for more than 5 seconds. Nothing was saved; try again in a moment.",
    ),
    FaultKind.FULL: (
        StoreError,
        "The disk is full or refuses to write. Nothing was saved; make room on it and save again.",
    ),
    FaultKind.READ_ONLY: (
        StoreError,
        "The database can be read but not written here. Nothing was saved; see that its file and folder may be "
        "written to, and that the screen meant to save.",
    ),
    FaultKind.DAMAGED: (
        StoreError,
        "The database file is damaged. Nothing was saved; leave the file as it is and go back to a copy of it.",
    ),
    FaultKind.LOST: (
        StoreError,
        "The database server cannot be reached. Nothing was saved; try again when the connection is back.",
    ),
    FaultKind.OTHER: (StoreError, "The database refused. Nothing was saved; run the doctor command to look it over."),
}


def named_error(fault: Fault) -> SecureBaseError:
    """The error to raise for `fault`; its text never quotes what was to be stored."""
    if fault.kind is FaultKind.UNIQUE:
        return _unique_error(fault.constraint or "")
    if fault.kind in {FaultKind.CHECK, FaultKind.NOT_NULL}:
        return InvalidInput(
            f"A value is missing or outside what the database takes ({fault.constraint}). Nothing was saved."
        )
    error, sentence = _SENTENCES[fault.kind]
    return error(sentence)


def _unique_error(constraint: str) -> Conflict:
    if constraint.endswith("_request_id"):
        return Conflict("This form was saved already from another window. Nothing was saved a second time.")
    if constraint.endswith("_number"):
        return Conflict("Another record of this client was saved at the same moment. Nothing was saved; save again.")
    return Conflict(CHANGED_ELSEWHERE)
