"""Draws the twelve invented people as pure nouns: the same as-of date and seed give the same people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from core.catalogue import Catalogue
from core.model.calendar import EventDetails
from core.model.people import ClientDetails, DatedPartnerStatus
from core.model.profile import Block, QuestionnairePlans
from core.model.profile_items import QuestionnairePlan as FormInterval
from core.model.questionnaire_definitions import Questionnaire
from core.model.responses import Response, SafetyAction, SafetyReviewDetails
from sample_data.chance import Chance
from sample_data.draw_answers import Answers
from sample_data.draw_check_ins import CheckIns
from sample_data.draw_full import FullDraw
from sample_data.formulations import formulation_of, handouts_of, read_formulation
from sample_data.invented import (
    InventedAddendum,
    InventedCheckIn,
    InventedClient,
    InventedNote,
    InventedResponse,
    Written,
)
from sample_data.plans import EventPlan, NotePlan, Plan, QuestionnairePlan, read_plans
from sample_data.profiles import blocks_of, read_profile
from sample_data.timetable import EVENING, Timetable, moment

SEED = 130
MORNING = time(8)
AFTER_CHECK_IN = timedelta(minutes=10)
AFTER_SESSION_MINUTES = 75
WRITTEN_AFTER_MINUTES = 55
PHQ9, ITEM_9 = "phq9", 9


def draw_practice(as_of: date, catalogue: Catalogue, *, seed: int = SEED) -> tuple[InventedClient, ...]:
    """The twelve people as of `as_of`, in their fixed order; everything is written before that day."""
    return tuple(_Draw(plan, as_of, catalogue, seed).client() for plan in read_plans())


@dataclass(frozen=True)
class _Draw:
    """One person being drawn."""

    plan: Plan
    as_of: date
    catalogue: Catalogue
    seed: int

    @property
    def timetable(self) -> Timetable:
        return Timetable(as_of=self.as_of, plan=self.plan)

    def client(self) -> InventedClient:
        first_day = self.timetable.session_day(0)
        details = ClientDetails(
            name=self.plan.name,
            started_on=first_day,
            birth_year=self.as_of.year - self.plan.age,
            pronouns=self.plan.pronouns,
        )
        return InventedClient(
            details=Written(at=moment(first_day, MORNING), content=details),
            partner=self._partner(),
            sessions=self.timetable.sessions(),
            events=tuple(self._event(plan) for plan in self.plan.events),
            check_ins=self._check_ins(),
            responses=tuple(response for plan in self.plan.questionnaires for response in self._responses(plan)),
            notes=tuple(self._note(plan) for plan in self.plan.notes),
            start_level=self._start_level(),
            intervals=self._intervals(),
            profile=self._profile(),
            handouts=handouts_of(read_formulation(self.plan.name), self._after_session),
        )

    def _check_ins(self) -> tuple[InventedCheckIn, ...]:
        drawn = CheckIns(self.timetable, Answers(self.plan, self.seed)).draw()
        profile = read_profile(self.plan.name)
        return drawn if profile is None else FullDraw(self.timetable, profile, self.seed).add_to(drawn)

    def _profile(self) -> tuple[Written[Block], ...]:
        name, plan = self.plan.name, read_profile(self.plan.name)
        lists = () if plan is None else blocks_of(name, plan, self._after_session)
        return (*lists, *formulation_of(name, read_formulation(name), self._after_session))

    def _after_session(self, week: int) -> datetime:
        return self.timetable.in_session(week, WRITTEN_AFTER_MINUTES)

    def _partner(self) -> tuple[Written[DatedPartnerStatus], ...]:
        statuses = []
        for plan in self.plan.partner:
            day = self._day(plan.week, plan.days_before) if plan.week else self.timetable.session_day(0)
            statuses.append(Written(at=moment(day, EVENING), content=DatedPartnerStatus(status=plan.status, since=day)))
        return tuple(statuses)

    def _event(self, plan: EventPlan) -> Written[EventDetails]:
        day = self._day(plan.week, plan.days_before)
        return Written(at=moment(day, EVENING), content=EventDetails(day=day, words=plan.words))

    def _day(self, week: int, days_before: int) -> date:
        return self.timetable.period_end(week) - timedelta(days=days_before)

    def _responses(self, plan: QuestionnairePlan) -> Iterator[InventedResponse]:
        yield from (self._response(plan, form) for form in plan.totals)
        yield from (self._entered(plan, form) for form in plan.entered)

    def _entered(self, plan: QuestionnairePlan, form: str) -> InventedResponse:
        day = self.timetable.period_end(plan.week)
        content = Response(
            questionnaire=form,
            questionnaire_version=self.catalogue.questionnaires[form].version,
            day=day,
            totals={scale: Fraction(score) for scale, score in plan.entered[form].items()},
            circumstances=plan.circumstances,
        )
        return InventedResponse(first=Written(at=moment(day, EVENING) + AFTER_CHECK_IN, content=content))

    def _intervals(self) -> Written[QuestionnairePlans] | None:
        if not self.plan.intervals:
            return None
        plans = (
            FormInterval(
                questionnaire=each.form, every_days=each.every_days, since=self.timetable.period_end(each.first_week)
            )
            for each in self.plan.intervals
        )
        return Written(at=moment(self.timetable.period_end(1), EVENING), content=QuestionnairePlans(plans=tuple(plans)))

    def _response(self, plan: QuestionnairePlan, form: str) -> InventedResponse:
        day = self.timetable.period_end(plan.week)
        questionnaire = self.catalogue.questionnaires[form]
        answers = share_out(
            questionnaire,
            plan.totals[form],
            Chance(self.seed, self.plan.name, form, str(plan.week)),
            fixed={ITEM_9: plan.item_9} if form == PHQ9 else {},
            blank=plan.blank,
        )
        content = Response(
            questionnaire=form,
            questionnaire_version=questionnaire.version,
            day=day,
            answers=answers,
            circumstances=plan.circumstances,
        )
        at = moment(day, EVENING) + AFTER_CHECK_IN
        review = _safety_review(plan, at) if form == PHQ9 else None
        return InventedResponse(first=Written(at=at, content=content), review=review)

    def _note(self, plan: NotePlan) -> InventedNote:
        at = self.timetable.in_session(plan.week, AFTER_SESSION_MINUTES)
        addendum = None
        if plan.addendum is not None:
            words = InventedAddendum(words=plan.addendum.words, reason=plan.addendum.reason)
            addendum = Written(at=at + timedelta(days=plan.addendum.days_after), content=words)
        return InventedNote(
            at=at,
            session_day=self.timetable.session_day(plan.week),
            template=plan.template,
            words=plan.words,
            signed=plan.signed,
            addendum=addendum,
        )

    def _start_level(self) -> Written[date] | None:
        if self.plan.start_level is None:
            return None
        week = self.plan.start_level.week
        first_day = self._day(week, 6)
        return Written(at=self.timetable.in_session(week, 40), content=first_day)


def share_out(
    questionnaire: Questionnaire, total: int, chance: Chance, *, fixed: Mapping[int, int], blank: tuple[int, ...] = ()
) -> dict[int, int | None]:
    """Answers that add up to exactly `total`: `fixed` items as given, `blank` ones not answered, the rest by chance.

    Raises `ValueError` when `total` cannot be reached.
    """
    answers: dict[int, int | None] = {item.number: None for item in questionnaire.items}
    open_items = {item.number: item.maximum for item in questionnaire.items if item.number not in (*fixed, *blank)}
    left = total - sum(fixed.values())
    if not 0 <= left <= sum(open_items.values()):
        raise ValueError(f"{questionnaire.id} cannot add up to {total} with {dict(fixed)} fixed and {blank} blank")
    given = dict.fromkeys(open_items, 0)
    for _ in range(left):
        item = chance.pick([number for number, highest in open_items.items() if given[number] < highest])
        given[item] += 1
    return answers | given | dict(fixed)


def _safety_review(plan: QuestionnairePlan, filled_at: datetime) -> Written[SafetyReviewDetails] | None:
    if plan.review is None:
        return None
    at = filled_at + timedelta(days=plan.review.days_after, minutes=15)
    details = SafetyReviewDetails(action=SafetyAction.REVIEWED_WITH_CLIENT, words=plan.review.words)
    return Written(at=at, content=details)
