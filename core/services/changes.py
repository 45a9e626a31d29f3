"""What the therapist sets for change to be worked out by: phases, the agreed difference, and the rules in use."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from core.analysis.changes import ChangeRules
from core.analysis.method import Method
from core.catalogue import Catalogue
from core.errors import InvalidInput
from core.model.access import Act
from core.model.calendar import Session, SessionStatus
from core.model.days import print_day
from core.model.people import Client
from core.model.profile import Agreed, DatedBlock, Phases, Profile, QuestionnairePlans
from core.services.access import need
from core.store import UnitOfWork, profiles


def change_rules(
    catalogue: Catalogue, client: Client, profile: Profile, *, method: Method, attended: int
) -> ChangeRules:
    """By what the change of this client is worked out; `attended` is how many sessions were."""
    plans = profile.block(QuestionnairePlans).plans
    return ChangeRules(
        method=method,
        questionnaires=catalogue.questionnaires,
        moved_to=client.start_level_from,
        agreed=profile.block(Agreed),
        phases=profile.block(Phases).phases,
        planned_days={plan.questionnaire: plan.every_days for plan in plans},
        attended=attended,
    )


def attended_by(sessions: Iterable[Session], day: date) -> int:
    """How many of the sessions up to and including `day` were attended."""
    return sum(each.details.status is SessionStatus.ATTENDED and each.details.day <= day for each in sessions)


def save_phases(work: UnitOfWork, client_id: UUID, phases: Phases, *, seen: int) -> DatedBlock:
    """Save the phases of a client; `Conflict` unless `seen` is the newest version. Days to come are refused."""
    need(work, Act.WRITE_RECORD, client_id)
    future = sorted({phase.day for phase in phases.phases if phase.day > work.today})
    InvalidInput.unless_empty(
        [f"The phase of {print_day(day)} lies in the future. Nothing was saved; choose today or earlier."
         for day in future]
    )  # fmt: skip
    ordered = Phases(phases=tuple(sorted(phases.phases, key=lambda phase: phase.day)))
    return profiles.save(work, client_id, ordered, seen=seen, held_from=work.today)


def save_agreed(work: UnitOfWork, client_id: UUID, agreed: Agreed, *, seen: int) -> DatedBlock:
    """Save the smallest difference agreed with a client; `Conflict` unless `seen` is the newest version."""
    need(work, Act.WRITE_RECORD, client_id)
    return profiles.save(work, client_id, agreed, seen=seen, held_from=work.today)
