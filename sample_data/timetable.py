"""Which day a week of somebody's course falls on, when their sessions are, and when things get written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.model.calendar import SessionDetails, SessionStatus
from core.model.days import DAYS_IN_WEEK
from sample_data.invented import Written
from sample_data.plans import Plan

ZONE = "Europe/London"
SESSION_MINUTES = 50
EVENING = time(19, 40)
FRIDAY = 5


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The days of one person's course as of `as_of`; the last week's period ends seven days before it."""

    as_of: date
    plan: Plan

    def period_end(self, week: int) -> date:
        """The last day of the period of `week`."""
        return self.as_of - timedelta(days=DAYS_IN_WEEK * (self.plan.weeks - week + 1))

    def session_day(self, week: int) -> date:
        """The day of the session that follows the period of `week`, held or not."""
        return self.period_end(week) + self._wait

    def session_weeks(self) -> Iterator[int]:
        """The weeks with a session by the plan's rhythm, on past the course to the first one from `as_of` on."""
        rhythm, last = self.plan.calendar.rhythm, self.plan.calendar.last_week
        week, step = rhythm[0]
        while last is None or week <= last:
            yield week
            if self.session_day(week) >= self.as_of:
                return
            step = next((every for start, every in reversed(rhythm) if start <= week), step)
            week += step

    def sessions(self) -> tuple[Written[SessionDetails], ...]:
        """Every session, past ones as they went and the next one planned; none while the client is away."""
        return tuple(self._session(week) for week in self.session_weeks() if not self._on_leave(week))

    def attended(self, week: int) -> bool:
        """Whether the session after the period of `week` took place."""
        if week not in self.session_weeks() or self._on_leave(week):
            return False
        return self._status(week) is SessionStatus.ATTENDED

    def in_session(self, week: int, minutes: int) -> datetime:
        """So many minutes into the session of `week`."""
        return moment(self.session_day(week), self.plan.calendar.starts_at) + timedelta(minutes=minutes)

    @property
    def _wait(self) -> timedelta:
        """From the end of a period to its session: the plan's number of working days, less than a week."""
        day = self.as_of
        for _ in range(self.plan.calendar.working_days_after):
            day += timedelta(days=1)
            while day.isoweekday() > FRIDAY:
                day += timedelta(days=1)
        return day - self.as_of

    def _on_leave(self, week: int) -> bool:
        called_off = (*self.plan.calendar.missed, *self.plan.calendar.cancelled)
        return week in self.plan.record.away and week not in called_off

    def _session(self, week: int) -> Written[SessionDetails]:
        status = self._status(week)
        details = SessionDetails(
            day=self.session_day(week), starts_at=self.plan.calendar.starts_at, minutes=SESSION_MINUTES, status=status
        )
        early = status in (SessionStatus.PLANNED, SessionStatus.CANCELLED)
        return Written(at=self._arranged(week) if early else self.in_session(week, 5), content=details)

    def _arranged(self, week: int) -> datetime:
        """When a session was planned or called off: some days before it, and before `as_of`."""
        day = min(self.session_day(week), self.as_of) - timedelta(days=1)
        return moment(day, time(17))

    def _status(self, week: int) -> SessionStatus:
        if self.session_day(week) >= self.as_of:
            return SessionStatus.PLANNED
        if week in self.plan.calendar.missed:
            return SessionStatus.MISSED
        return SessionStatus.CANCELLED if week in self.plan.calendar.cancelled else SessionStatus.ATTENDED


def moment(day: date, at: time) -> datetime:
    """The local time `at` of `day` in the synthetic practice's zone."""
    return datetime.combine(day, at, ZoneInfo(ZONE))
