"""What every record has in common: who wrote which version of it, when and why, and how it is read back."""

from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from msgspec import Struct

ContentT_co = TypeVar("ContentT_co", covariant=True)
Noun = TypeVar("Noun")


class RecordKind(StrEnum):
    """Kinds of record; the value is the letter that stands before the running number."""

    CHECK_IN = "c"
    QUESTIONNAIRE = "q"
    NOTE = "n"
    SESSION = "s"
    EVENT = "e"


class RecordRef(Struct, frozen=True, kw_only=True, order=True):
    """Points at one version of one record: what a figure or a statement rests on."""

    kind: RecordKind
    number: int
    version: int
    id: UUID

    @property
    def label(self) -> str:
        """`c41`: kind and running number, the name people use."""
        return f"{self.kind.value}{self.number}"


class Recorded(Struct, Generic[ContentT_co], frozen=True, kw_only=True):
    """One version of an append-only record.

    `recorded_at` is UTC. `recorded_on` is the practice's local day of that instant. A withdrawn
    version counts nowhere and is kept. `reason` says why a later version replaced an earlier one.
    """

    ref: RecordRef
    client_id: UUID
    recorded_at: datetime
    recorded_on: date
    recorded_by: str
    reason: str | None
    withdrawn: bool
    content: ContentT_co


def as_stored(noun: type[Noun], fields: dict[str, object]) -> Noun:
    """A frozen noun of all of its `fields`, in the shapes that it keeps them in; nothing is checked again.

    Only for what a table gives back: it was refused or taken when it was written, and the table's own constraints hold
    every range. Checking it at each reading took longer than the reading. `fields` become the noun's own: nobody else
    may keep them.
    """
    made = object.__new__(noun)
    object.__setattr__(made, "__dict__", fields)
    return made
