"""What Today asks of all clients at once: answered by the database, never by reading every record."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from core.model.calendar import Session, SessionStatus
from core.store.check_ins import CHECK_INS
from core.store.record_tables import answer, check_in_version, response_version, safety_review
from core.store.responses import RESPONSES
from core.store.sessions import sorted_sessions
from core.store.tables import session
from core.store.unit_of_work import UnitOfWork, mine, read
from core.store.versioned import is_newest


def last_covered_days(work: UnitOfWork) -> dict[UUID, date]:
    """The latest day that a counted check-in covers, by client; clients without one are absent."""
    versions = check_in_version.c
    rows = read(
        work,
        select(versions.client_id, func.max(versions.period_end).label("last"))
        .where(mine(work, check_in_version), is_newest(CHECK_INS), ~versions.withdrawn)
        .group_by(versions.client_id),
    )
    return {row.client_id: row.last for row in rows}


def last_filled_days(work: UnitOfWork) -> dict[UUID, dict[str, date]]:
    """The latest day of a counted response, by client and questionnaire; those without one are absent."""
    given = response_version.c
    rows = read(
        work,
        select(given.client_id, given.questionnaire, func.max(given.day).label("last"))
        .where(mine(work, response_version), is_newest(RESPONSES), ~given.withdrawn)
        .group_by(given.client_id, given.questionnaire),
    )
    found: dict[UUID, dict[str, date]] = {}
    for row in rows:
        found.setdefault(row.client_id, {})[row.questionnaire] = row.last
    return found


def sessions_from(work: UnitOfWork, day: date) -> tuple[Session, ...]:
    """The practice's sessions on `day` and later that were not missed or cancelled, in order."""
    expected = (SessionStatus.PLANNED.value, SessionStatus.ATTENDED.value)
    return sorted_sessions(work, session.c.day >= day, session.c.status.in_(expected))


def responses_awaiting_review(work: UnitOfWork, safety_items: Mapping[str, Sequence[int]]) -> dict[UUID, int]:
    """How many counted responses have a safety item above 0 that no review of that version names, by client.

    `safety_items` holds the item numbers by questionnaire. Clients without such a response are absent.
    """
    given, answers = response_version.c, answer.c
    if not safety_items:
        return {}
    of_answer = and_(
        answers.practice_id == given.practice_id, answers.response_id == given.id, answers.version == given.version
    )
    is_safety = or_(
        *(and_(given.questionnaire == code, answers.item.in_(items)) for code, items in safety_items.items())
    )
    reviewed = exists().where(
        safety_review.c.practice_id == given.practice_id,
        safety_review.c.response_id == given.id,
        safety_review.c.response_version == given.version,
    )
    rows = read(
        work,
        select(given.client_id, func.count(given.id.distinct()).label("awaiting"))
        .join(answer, of_answer)
        .where(mine(work, response_version), is_newest(RESPONSES), ~given.withdrawn)
        .where(is_safety, answers.value > 0, ~reviewed)
        .group_by(given.client_id),
    )
    return {row.client_id: row.awaiting for row in rows}
