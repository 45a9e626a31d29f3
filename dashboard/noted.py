"""Lines of the audit trail about deeds that the database itself does not do, such as another passphrase."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from core.errors import StoreError
from core.model.audit import Action
from core.model.people import Actor
from core.services import second_factor
from core.services.audit_trail import record_act
from dashboard.opened import OpenPractice


def note(opened: OpenPractice, person: Actor, action: Action, *, detail: str | None = None) -> None:
    """Write one line about what `person` does."""
    with opened.store.writing(person) as work:
        record_act(work, action, detail=detail)
        work.commit()


def note_passphrase_by_code(opened: OpenPractice, person: Actor) -> None:
    """Write that a code gave `person` another passphrase, and turn the second step off with it.

    Whoever needed the code may have lost the telephone together with the passphrase.
    """
    with opened.store.writing(person) as work:
        record_act(work, Action.NEW_PASSPHRASE)
        second_factor.turn_off(work, detail=second_factor.BY_CODE)
        work.commit()


@contextmanager
def noted_first(opened: OpenPractice, person: Actor, action: Action, *, by_code: bool = False) -> Iterator[None]:
    """Write the line before the deed, and one more where the deed fails; `by_code` is for a passphrase given by one.

    Noted afterwards, on a full disk somebody would be told that nothing was saved with the old secret gone already.
    """
    if by_code:
        note_passphrase_by_code(opened, person)
    else:
        note(opened, person, action)
    try:
        yield
    except StoreError:
        with suppress(StoreError):
            note(opened, person, Action.FAILED, detail=action)
        raise


def note_or_close(opened: OpenPractice, person: Actor) -> None:
    """Note the passphrase that a code just set; close the practice where that cannot be written."""
    try:
        note_passphrase_by_code(opened, person)
    except StoreError:
        opened.close()
    else:
        return
    raise StoreError(
        "The new passphrase is set, but nothing more could be written, so the practice was not opened. Make room on "
        "the disk, see that the folder may be written to, and sign in with the new passphrase."
    )
