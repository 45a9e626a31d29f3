"""The last day on which something happened with each client, told from every kind of record that has a day."""

from datetime import date
from uuid import UUID

from sqlalchemy import false, func, select, union_all

from core.model.calendar import SessionStatus
from core.store.record_tables import check_in_version, response_version
from core.store.tables import client, event, session
from core.store.unit_of_work import UnitOfWork, mine, read


def last_contacts(work: UnitOfWork) -> dict[UUID, date]:
    """By client: the latest day of the start, the closing, a session that took place, a check-in, a form, an event.

    Withdrawn records do not count; earlier versions do, so that a slip keeps a record longer and never shorter.
    """
    parts = [
        select(client.c.id.label("client_id"), client.c.started_on.label("day")).where(mine(work, client)),
        select(client.c.id, client.c.closed_on).where(mine(work, client), client.c.closed_on.is_not(None)),
        select(session.c.client_id, session.c.day).where(
            mine(work, session), session.c.status == SessionStatus.ATTENDED.value
        ),
        select(event.c.client_id, event.c.day).where(mine(work, event), event.c.withdrawn == false()),
        *(
            select(table.c.client_id, day).where(mine(work, table), table.c.withdrawn == false())
            for table, day in (
                (check_in_version, check_in_version.c.period_end),
                (response_version, response_version.c.day),
            )
        ),
    ]
    days = union_all(*parts).subquery()
    rows = read(work, select(days.c.client_id, func.max(days.c.day).label("day")).group_by(days.c.client_id))
    return {row.client_id: row.day for row in rows}
