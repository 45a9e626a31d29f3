"""Draws the check-ins of one invented person: which weeks have one, how long its period is, when it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.model.check_in import CheckIn
from core.model.check_in_parts import Source
from core.model.days import DAYS_IN_WEEK, Window
from sample_data.draw_answers import Answers
from sample_data.invented import InventedCheckIn, Written
from sample_data.plans import CorrectionPlan, Plan
from sample_data.timetable import EVENING, Timetable, moment

SAYS_SOMETHING = 0.45
NOTE_IS_TAKEN = 0.3
ACCOUNTS_OF_OTHERS = (Source.PARTNER_REPORT, Source.THERAPIST_VIEW)


@dataclass
class CheckIns:
    """Draws check-ins week by week; remembers what was said already, so that no text comes twice."""

    timetable: Timetable
    answers: Answers
    _said: set[str] = field(default_factory=set)

    @property
    def plan(self) -> Plan:
        """Whose check-ins these are."""
        return self.timetable.plan

    def draw(self) -> tuple[InventedCheckIn, ...]:
        """All check-ins, oldest period first."""
        return tuple(check_in for week in self._weeks() for check_in in self._week(week))

    def _weeks(self) -> list[int]:
        record = self.plan.record
        weeks = record.only if record.only is not None else range(1, self.plan.weeks + 1)
        return [week for week in weeks if week not in record.away]

    def _week(self, week: int) -> Iterator[InventedCheckIn]:
        end = self.timetable.period_end(week)
        if week in self.plan.record.daily_weeks:
            yield from self._diary(week, Window.ending(end, DAYS_IN_WEEK))
            if week not in self.plan.record.overlap_weeks:
                return
        yield self._remarkable(week, self._check_in(week, Window.ending(end, DAYS_IN_WEEK), self._source(week)))

    def _diary(self, week: int, days: Window) -> Iterator[InventedCheckIn]:
        """A check-in for each day but those left out, all written when the diary is brought along."""
        brought = self.timetable.in_session(week, 10) if self.timetable.attended(week) else self._evening(week)
        for day in days:
            if not self.answers.chance("diary").happens(self.plan.record.daily_skipped):
                entry = self._check_in(week, Window(day, day), Source.CLIENT_DIARY)
                yield InventedCheckIn(first=Written(at=brought, content=entry))

    def _check_in(self, week: int, period: Window, source: Source) -> CheckIn:
        average, peak = self.answers.anxiety(week)
        count = self.answers.reassurance(week, period.days)
        by_kind, unsorted = self.answers.distortions(week, period.days)
        words, note = self._said_about(week, source)
        return CheckIn(
            period_end=period.end,
            period_days=period.days,
            source=source,
            anxiety_average=average,
            anxiety_peak=peak,
            reassurance_count=count,
            reassurance_count_kind=self.answers.count_kind(week) if count else None,
            distortions_unsorted=unsorted,
            distortions_by_kind=by_kind,
            signs=self.answers.signs(week),
            episodes=self.answers.episodes(week, period, count),
            client_words=words,
            note=note,
        )

    def _remarkable(self, week: int, check_in: CheckIn) -> InventedCheckIn:
        """The check-in as it was written, with the week's correction or delay where the plan has one."""
        correction, late = self.plan.record.correction, self.plan.record.late
        if correction is not None and correction.week == week:
            return self._corrected(correction, check_in)
        if late is not None and late.week == week:
            delayed = self._evening(week) + timedelta(days=late.days_after)
            return InventedCheckIn(first=Written(at=delayed, content=replace(check_in, note=late.note)))
        return InventedCheckIn(first=Written(at=self._written_at(week, check_in.source), content=check_in))

    def _corrected(self, plan: CorrectionPlan, check_in: CheckIn) -> InventedCheckIn:
        at = self._written_at(plan.week, check_in.source)
        typed = replace(check_in, distortions_by_kind={}, distortions_unsorted=plan.distortions_typed)
        right = replace(typed, distortions_unsorted=plan.distortions)
        return InventedCheckIn(
            first=Written(at=at, content=typed),
            corrected=Written(at=at + timedelta(days=plan.days_after), content=right),
            reason=plan.reason,
        )

    def _source(self, week: int) -> Source:
        """Where the week's check-in comes from; without a session, by message."""
        weights = next(plan.weights for plan in reversed(self.plan.record.sources) if plan.from_week <= week)
        source = self.answers.chance("source").weighted(weights)
        if source is Source.CLIENT_IN_SESSION and not self.timetable.attended(week):
            return Source.MESSAGE
        return source

    def _written_at(self, week: int, source: Source) -> datetime:
        """In the session, also for a diary brought along on the same day; else in the evening of the last day."""
        same_day = self.timetable.session_day(week) == self.timetable.period_end(week)
        brought = source is Source.CLIENT_DIARY and same_day and self.timetable.attended(week)
        if source is Source.CLIENT_IN_SESSION or brought:
            return self.timetable.in_session(week, 10)
        return self._evening(week)

    def _evening(self, week: int) -> datetime:
        return moment(self.timetable.period_end(week), EVENING)

    def _said_about(self, week: int, source: Source) -> tuple[str | None, str | None]:
        """The client's words and the therapist's note, each the next one not used yet, or nothing."""
        chance = self.answers.chance("said")
        speaks, notes = chance.happens(SAYS_SOMETHING), chance.happens(NOTE_IS_TAKEN)
        plan = next(said for said in reversed(self.plan.said) if said.from_week <= week)
        speaks = (speaks or week in self.plan.record.full_weeks) and source not in ACCOUNTS_OF_OTHERS
        return self._next(plan.words) if speaks else None, self._next(plan.notes) if notes else None

    def _next(self, texts: tuple[str, ...]) -> str | None:
        text = next((text for text in texts if text not in self._said), None)
        if text is not None:
            self._said.add(text)
        return text
