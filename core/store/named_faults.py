"""Named errors in place of a driver's, whose text can quote a row, and of the system's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import StatementError

from core.errors import SecureBaseError, StoreError
from core.store.cipher import DRIVER_ERRORS
from core.store.constraints import named_error
from core.store.sqlite import fault_of


@contextmanager
def named_faults(path: Path) -> Iterator[None]:
    """Raise our own error for whatever goes wrong while `path` is read or written."""
    problem: SecureBaseError
    try:
        yield
    except DRIVER_ERRORS as error:
        problem = named_error(fault_of(error))
    except StatementError as error:
        problem = named_error(fault_of(error.orig or error))
    except OSError as error:
        problem = StoreError(
            f"{path} cannot be read or written: {error.strerror}. Nothing that was there before was changed; see that "
            "there is room on the disk and that you may use the folder, and try again."
        )
    else:
        return
    raise problem
