"""Draws the fuller answers of check-ins, from streams of their own: whatever is drawn here moves no other figure."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from core.model.check_in import CheckIn
from core.model.check_in_parts import HIGHEST_RATING
from core.model.days import DAYS_IN_WEEK
from core.model.full_answers import FullAnswers
from core.model.profile_items import OwnMeasureKind
from sample_data.chance import Chance
from sample_data.invented import InventedCheckIn, Written
from sample_data.plans import Plan, level
from sample_data.profiles import ProfilePlan, item_id
from sample_data.timetable import Timetable

RATING_SD = 0.9
COUNT_DISPERSION = 8


@dataclass
class FullDraw:
    """Adds fuller answers to the weekly check-ins of one person."""

    timetable: Timetable
    profile: ProfilePlan
    seed: int
    _streams: dict[str, Chance] = field(default_factory=dict)

    def add_to(self, check_ins: tuple[InventedCheckIn, ...]) -> tuple[InventedCheckIn, ...]:
        """The same check-ins, some of them with fuller answers; those of single days are left as they are."""
        return tuple(map(self._added, check_ins))

    @property
    def _plan(self) -> Plan:
        return self.timetable.plan

    def _chance(self, topic: str) -> Chance:
        return self._streams.setdefault(topic, Chance(self.seed, self._plan.name, "full", topic))

    def _added(self, check_in: InventedCheckIn) -> InventedCheckIn:
        content = check_in.first.content
        if content.period_days != DAYS_IN_WEEK:
            return check_in
        week = self._plan.weeks + 1 - (self.timetable.as_of - content.period_end).days // DAYS_IN_WEEK
        drawn, asked = self._full(week), self._chance("asked").happens(self.profile.asked)
        if week < self.profile.asked_from or not (asked or week in self._plan.record.full_weeks):
            return check_in
        corrected = check_in.corrected
        return replace(
            check_in,
            first=_with(check_in.first, drawn),
            corrected=None if corrected is None else _with(corrected, drawn),
        )

    def _full(self, week: int) -> FullAnswers:
        fights, known = self._fights(week)
        topics = self.profile.topics
        return FullAnswers(
            checking_days=self._checking_days(week),
            conflicts=fights,
            repeated_conflicts=known,
            conflict_topic=self._id(self._chance("topics").pick(topics).key) if topics and known else None,
            triggers=frozenset(self._triggers(week)) if self.profile.triggers else None,
            practised=self._practised(week) if self.profile.practices else None,
            goal_progress={
                self._id(goal.key): self._rating("goals", level(goal.progress, week)) for goal in self.profile.goals
            },
            own_measures=dict(self._own_measures(week)),
        )

    def _checking_days(self, week: int) -> int | None:
        if self.profile.checking is None:
            return None
        return self._days("checking", level(self.profile.checking.days, week))

    def _fights(self, week: int) -> tuple[int | None, int | None]:
        plan = self.profile.fights
        if plan is None or (plan.last_week is not None and week > plan.last_week):
            return None, None
        chance = self._chance("fights")
        fights = chance.count(level(plan.all, week), COUNT_DISPERSION)
        return fights, len([1 for _ in range(fights) if chance.happens(plan.known_share)])

    def _triggers(self, week: int) -> Iterator[UUID]:
        for trigger in self.profile.triggers:
            if self._chance("triggers").happens(level(trigger.chance, week)):
                yield self._id(trigger.key)

    def _practised(self, week: int) -> dict[str, int | None]:
        days = {
            practice: self._days("practised", level(line, week)) for practice, line in self.profile.practices.items()
        }
        return {practice: count for practice, count in days.items() if count}

    def _own_measures(self, week: int) -> Iterator[tuple[UUID, int]]:
        for measure in self.profile.measures:
            mean = level(measure.line, week)
            is_rating = measure.kind is OwnMeasureKind.RATING
            value = self._rating("own", mean) if is_rating else self._chance("own").count(mean, COUNT_DISPERSION)
            yield self._id(measure.key), value

    def _rating(self, topic: str, mean: float) -> int:
        return max(0, min(HIGHEST_RATING, round(mean + RATING_SD * self._chance(topic).normal())))

    def _days(self, topic: str, mean: float) -> int:
        return max(0, min(DAYS_IN_WEEK, round(mean + self._chance(topic).normal())))

    def _id(self, key: str) -> UUID:
        return item_id(self._plan.name, key)


def _with(written: Written[CheckIn], full: FullAnswers) -> Written[CheckIn]:
    return replace(written, content=replace(written.content, full=full))
