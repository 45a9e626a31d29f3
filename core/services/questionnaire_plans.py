"""Which questionnaires a client fills in how often, and which of them are due."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from core.catalogue import Catalogue
from core.errors import InvalidInput
from core.model.access import Act
from core.model.profile import BlockKind, DatedBlock, QuestionnairePlans
from core.model.profile_items import QuestionnairePlan
from core.model.review import DueQuestionnaire
from core.services.access import need
from core.store import UnitOfWork, profiles, responses

Filled = Iterable[tuple[str, date]]


def questionnaire_plans(work: UnitOfWork, client_id: UUID) -> tuple[QuestionnairePlans, int]:
    """A client's plans, and the version to follow when they are changed; 0 where none was ever made."""
    need(work, Act.READ_FORMS, client_id)
    written = profiles.history(work, client_id, BlockKind.QUESTIONNAIRES)
    return (plans_in(written[-1]), written[-1].version) if written else (QuestionnairePlans(), 0)


def plan_questionnaires(
    work: UnitOfWork, catalogue: Catalogue, client_id: UUID, plans: QuestionnairePlans, seen: int
) -> DatedBlock:
    """Save a client's plans; `Conflict` unless `seen` is their newest version.

    `InvalidInput` for a form that is not here, unless it was planned before: its definition may come back.
    """
    need(work, Act.WRITE_FORMS, client_id)
    before, _ = questionnaire_plans(work, client_id)
    known = {*catalogue.questionnaires, *(plan.questionnaire for plan in before.plans)}
    if any(plan.questionnaire not in known for plan in plans.plans):
        raise InvalidInput("A questionnaire was planned that is not here. Nothing was saved; choose one of the list.")
    return profiles.save(work, client_id, plans, seen=seen, held_from=work.today)


def due_questionnaires(work: UnitOfWork, catalogue: Catalogue, client_id: UUID) -> tuple[DueQuestionnaire, ...]:
    """A client's planned questionnaires as of today, the one due first in front; one filled in in part counts."""
    need(work, Act.READ_FORMS, client_id)
    plans, _ = questionnaire_plans(work, client_id)
    filled = ((each.content.questionnaire, each.content.day) for each in responses.of_client(work, client_id))
    return due_on(work.today, plans, filled, catalogue)


def due_on(
    today: date, plans: QuestionnairePlans, filled: Filled, catalogue: Catalogue
) -> tuple[DueQuestionnaire, ...]:
    """The plans as of `today`, the one due first in front; `filled` are the forms that were, each with its day."""
    last = _last_days(filled) if plans.plans else {}
    return tuple(
        sorted(
            (_due(today, plan, last, catalogue) for plan in plans.plans),
            key=lambda due: (due.due_on, due.short_name or ""),
        )
    )


def plans_in(block: DatedBlock) -> QuestionnairePlans:
    """What a block of this kind says."""
    return block.content if isinstance(block.content, QuestionnairePlans) else QuestionnairePlans()


def _last_days(filled: Filled) -> dict[str, date]:
    """The latest day of each form."""
    found: dict[str, date] = {}
    for name, day in filled:
        found[name] = max(day, found.get(name, day))
    return found


def _due(today: date, plan: QuestionnairePlan, last: Mapping[str, date], catalogue: Catalogue) -> DueQuestionnaire:
    form, last_on = catalogue.questionnaires.get(plan.questionnaire), last.get(plan.questionnaire)
    again = plan.since if last_on is None else last_on + timedelta(days=plan.every_days)
    day = max(plan.since, again)
    return DueQuestionnaire(
        plan=plan,
        short_name=form.short_name if form else None,
        last_on=last_on,
        due_on=day,
        days_past=(today - day).days,
    )
