"""Recording, correcting and withdrawing check-ins."""

from datetime import date
from uuid import UUID

from core.analysis.warnings import proposed_period, warnings_about
from core.errors import InvalidInput
from core.model.check_in import CheckIn
from core.model.days import Window, print_day
from core.model.records import Recorded, RecordRef
from core.store import UnitOfWork, check_ins

UNDONE = "undone right after saving"


def record_check_in(work: UnitOfWork, client_id: UUID, check_in: CheckIn, request_id: UUID) -> Recorded[CheckIn]:
    """Save a check-in once: the same `request_id` again returns what the first save stored."""
    _refuse_future(work, check_in)
    return check_ins.add(work, client_id, check_in, request_id)


def correct_check_in(work: UnitOfWork, ref: RecordRef, check_in: CheckIn, reason: str) -> Recorded[CheckIn]:
    """Save the next version of a check-in; the earlier one is kept. `Conflict` if `ref` is not the newest."""
    _refuse_future(work, check_in)
    return check_ins.add_version(work, ref, check_in, needed_reason(reason))


def withdraw_check_in(work: UnitOfWork, ref: RecordRef, reason: str = UNDONE) -> Recorded[CheckIn]:
    """Take a check-in out of every figure; it is kept with the reason."""
    return check_ins.withdraw(work, ref, needed_reason(reason))


def check_ins_of(work: UnitOfWork, client_id: UUID) -> tuple[Recorded[CheckIn], ...]:
    """The check-ins that count, oldest period first."""
    return check_ins.of_client(work, client_id)


def check_in_history(work: UnitOfWork, check_in_id: UUID) -> tuple[Recorded[CheckIn], ...]:
    """Every version of one check-in, oldest first."""
    return check_ins.history(work, check_in_id)


def propose_period(work: UnitOfWork, client_id: UUID) -> Window:
    """The period a new check-in is offered: since the last covered day (1 to 10 days), else 7 days."""
    return proposed_period(check_ins.of_client(work, client_id), work.today)


def last_covered_day(work: UnitOfWork, client_id: UUID) -> date | None:
    """The latest day that a check-in covers; `None` with no check-in."""
    return max((record.content.period_end for record in check_ins.of_client(work, client_id)), default=None)


def warn_about(work: UnitOfWork, client_id: UUID, check_in: CheckIn, replaces: UUID | None = None) -> tuple[str, ...]:
    """Sentences to read before saving; none of them stops it. `replaces` is the check-in being corrected."""
    others = [record for record in check_ins.of_client(work, client_id) if record.ref.id != replaces]
    return tuple(warnings_about(check_in, others))


def needed_reason(reason: str) -> str:
    """The reason without surrounding blanks; `InvalidInput` when there is none."""
    if not reason.strip():
        raise InvalidInput("A correction needs its reason. Nothing was saved; a few words are enough.")
    return reason.strip()


def _refuse_future(work: UnitOfWork, check_in: CheckIn) -> None:
    if check_in.period_end > work.today:
        raise InvalidInput(
            f"The period ends on {print_day(check_in.period_end)}, in the future. Nothing was saved; "
            f"the last day can be {print_day(work.today)} or earlier."
        )
