"""Sessions and events on a client's time axis."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from core.errors import InvalidInput
from core.model.access import Act
from core.model.audit import Subject
from core.model.calendar import Event, EventDetails, Session, SessionDetails, SessionStatus
from core.model.days import print_day
from core.services.access import need, need_record
from core.store import UnitOfWork, events, sessions

USUAL_SESSION_MINUTES = 50


def add_session(work: UnitOfWork, client_id: UUID, details: SessionDetails, request_id: UUID) -> Session:
    """Plan or record a session; a day still to come can only be planned or cancelled.

    Two sessions of a client never begin at the same time of the same day, unless one was cancelled. A time that the
    clocks leave out on that day is refused.
    """
    need(work, Act.WRITE_SESSIONS, client_id)
    _refuse_attended_later(work, details)
    _refuse_time_left_out(work, details)
    added = sessions.add(work, client_id, details, request_id)
    _refuse_second(added, sessions.of_client(work, client_id))
    return added


def change_session(work: UnitOfWork, session: Session, details: SessionDetails) -> Session:
    """Change a session; `Conflict` if it changed since it was read."""
    need_record(work, Act.WRITE_SESSIONS, Subject.SESSION, session.id)
    _refuse_attended_later(work, details)
    _refuse_time_left_out(work, details)
    return sessions.change(work, session.id, details, session.revision)


def sessions_of(work: UnitOfWork, client_id: UUID) -> tuple[Session, ...]:
    """All sessions of a client, oldest first."""
    need(work, Act.READ_SESSIONS, client_id)
    return sessions.of_client(work, client_id)


def session_of_today(work: UnitOfWork, client_id: UUID) -> Session | None:
    """Today's session of a client that was not missed or cancelled, the earliest first."""
    need(work, Act.READ_SESSIONS, client_id)
    return next((session for session in sessions.of_client(work, client_id) if _is_on(session, work.today)), None)


def attend_today(work: UnitOfWork, client_id: UUID, request_id: UUID) -> Session:
    """Today's session, marked attended: the planned one, or a new one that starts now."""
    need(work, Act.WRITE_SESSIONS, client_id)
    planned = session_of_today(work, client_id)
    if planned is None:
        now = work.local_time(work.now).time().replace(second=0, microsecond=0, tzinfo=None)
        details = SessionDetails(
            day=work.today, starts_at=now, minutes=USUAL_SESSION_MINUTES, status=SessionStatus.ATTENDED
        )
        return sessions.add(work, client_id, details, request_id)
    if planned.details.status is SessionStatus.ATTENDED:
        return planned
    attended = SessionDetails(
        day=planned.details.day,
        starts_at=planned.details.starts_at,
        minutes=planned.details.minutes,
        status=SessionStatus.ATTENDED,
    )
    return sessions.change(work, planned.id, attended, planned.revision)


def add_event(work: UnitOfWork, client_id: UUID, details: EventDetails, request_id: UUID) -> Event:
    """Add one line about something that happened, on its day."""
    need(work, Act.WRITE_RECORD, client_id)
    if details.day > work.today:
        raise InvalidInput(
            f"The event's day {print_day(details.day)} lies in the future. Nothing was saved; choose today or earlier."
        )
    return events.add(work, client_id, details, request_id)


def remove_event(work: UnitOfWork, event_id: UUID) -> None:
    """Take an event off the axis; it is kept in the record."""
    need_record(work, Act.WRITE_RECORD, Subject.EVENT, event_id)
    events.remove(work, event_id)


def events_of(work: UnitOfWork, client_id: UUID) -> tuple[Event, ...]:
    """A client's events, oldest first."""
    need(work, Act.READ_RECORD, client_id)
    return events.of_client(work, client_id)


def _is_on(session: Session, day: date) -> bool:
    return session.details.day == day and session.details.status in (SessionStatus.PLANNED, SessionStatus.ATTENDED)


def _refuse_second(added: Session, every: Sequence[Session]) -> None:
    begins = (added.details.day, added.details.starts_at)
    for other in every:
        same = (other.details.day, other.details.starts_at) == begins and other.id != added.id
        if same and SessionStatus.CANCELLED not in (other.details.status, added.details.status):
            raise InvalidInput(
                f"Session s{other.number} is on {print_day(other.details.day)} at the same time. Nothing was added; "
                "change that one, or give this one its own start."
            )


def _refuse_attended_later(work: UnitOfWork, details: SessionDetails) -> None:
    happened = details.status in (SessionStatus.ATTENDED, SessionStatus.MISSED)
    if happened and details.day > work.today:
        raise InvalidInput(
            f"The session on {print_day(details.day)} is still to come, so it cannot be {details.status.value} yet. "
            "Nothing was saved; choose planned, or an earlier day."
        )


def _refuse_time_left_out(work: UnitOfWork, details: SessionDetails) -> None:
    around = None if details.starts_at is None else work.around_gap(details.day, details.starts_at)
    if around is not None:
        before, after = around
        raise InvalidInput(
            f"The clocks go forward on {print_day(details.day)}, so there is no {details.starts_at:%H:%M} on that day. "
            f"Nothing was saved; choose {before:%H:%M} or {after:%H:%M}."
        )
