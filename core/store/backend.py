"""What the rest of the store needs from a database, whichever it is, and what can go wrong with one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from core.errors import SecureBaseError
from core.store.constraints import Fault, FaultKind, named_error

Result = TypeVar("Result")


class Dialect(StrEnum):
    """The two databases."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


@dataclass(frozen=True, kw_only=True)
class StoreState:
    """How a database is, for `doctor`.

    `revision` is that of its tables, `size_bytes` what it takes up, `sound` whether its own check
    of integrity found nothing. `damaged_pages` of an encrypted file count from 1.
    """

    location: str
    dialect: Dialect
    revision: str
    size_bytes: int
    sound: bool
    encrypted: bool = False
    damaged_pages: tuple[int, ...] = ()


class Backend(Protocol):
    """An open, migrated database.

    `writer` begins transactions that may write and wait for each other; `reader` begins ones that
    see one moment of the data and refuse to write.
    """

    label: str
    writer: Engine
    reader: Engine

    def refuse_gone(self) -> None:
        """Raise where the database is no longer the one that was opened, before anything is read or written."""
        ...

    def hold(self, connection: Connection, practice_id: UUID | None) -> None:
        """Make other writers of this practice (of the whole database for `None`) wait until the end."""
        ...

    def hold_trail(self, connection: Connection, practice_id: UUID) -> None:
        """Make other writers of this practice's audit trail wait until the end."""
        ...

    def drop_guards(self, connection: Connection) -> None:
        """Take every guard of rows that never change off, within the transaction that is open."""
        ...

    def make_guards(self, connection: Connection) -> None:
        """Put them on again."""
        ...

    def clean(self) -> bool:
        """Leave nothing in the files of what was deleted; false where some may be left until the practice is closed."""
        ...

    def fault_of(self, error: BaseException) -> Fault:
        """What the driver's `error` means."""
        ...

    def state(self) -> StoreState:
        """Look the database over; may take seconds."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...


def guarded(backend: Backend, action: Callable[[], Result]) -> Result:
    """The result of `action`, or the named error for whatever the database refused.

    The driver's own error is left behind, since its text can quote the row.
    """
    try:
        return action()
    except StatementError as error:
        problem = _named(backend, error)
    except PoolTimeout:
        problem = named_error(Fault(FaultKind.BUSY))
    raise problem


def _named(backend: Backend, error: StatementError) -> SecureBaseError:
    if isinstance(error.orig, SecureBaseError):
        return error.orig.with_traceback(None)
    return named_error(backend.fault_of(error.orig or error))
