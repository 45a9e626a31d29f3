"""What one screen needs to know about one client, or about all of them, as of one day.

Chart, table, sentence and note all read the same value, so they cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from msgspec import Struct

from core.model.calendar import Event, Session
from core.model.changes import Changes
from core.model.check_in import CheckIn
from core.model.course import Course
from core.model.days import Window
from core.model.distortions import DistortionBreakdown, ThoughtExample, TriggerTable
from core.model.notes import Note
from core.model.own_lists import ClientLists
from core.model.people import Client
from core.model.practised import SecuritySide
from core.model.profile import Profile
from core.model.profile_items import QuestionnairePlan
from core.model.prompts import Prompts
from core.model.readings import Comparison, SignReading
from core.model.reassurance import ReassuranceLoop, ReliefWeek
from core.model.records import Recorded
from core.model.responses import Response, SafetyReview
from core.model.scores import Score
from core.model.sign_findings import SignFinding
from core.model.sign_thresholds import SignThresholds


class ScoredResponse(Struct, frozen=True, kw_only=True):
    """A filled questionnaire with its score and what was done about its safety item, oldest review first."""

    response: Recorded[Response]
    score: Score
    reviews: tuple[SafetyReview, ...] = ()

    @property
    def day(self) -> date:
        """The day the questionnaire was filled in."""
        return self.response.content.day

    @property
    def awaits_review(self) -> bool:
        """Whether a safety item was answered above 0 and no review of it has been written yet."""
        return self.score.safety_above_zero and not self.reviews


@dataclass(frozen=True, kw_only=True)
class DueQuestionnaire:
    """A planned questionnaire as of one day: when it was last filled in, and when it is due.

    `short_name` is `None` where its definition is not here: it can then not be filled in, and is never due.
    `days_past` counts from `due_on`; below 0 it is not due yet.
    """

    plan: QuestionnairePlan
    short_name: str | None
    last_on: date | None
    due_on: date
    days_past: int

    @property
    def is_due(self) -> bool:
        """Whether it is due today or was before."""
        return self.short_name is not None and self.days_past >= 0


class ClientReview(Struct, frozen=True, kw_only=True):
    """Everything the review of one client shows, as of `as_of`.

    `since` is the latest attended session before, if any. `period` is what was recorded since, or else the
    period of the latest check-in; `None` with no check-in at all. `next_session` may be today.
    `lists` are what the client's own lists name, as they are now. `changes`, `loop`, `kinds` and `triggers` hold what
    may be said of change, of reassurance, of the kinds of distortion, and of kinds beside the client's triggers.
    `relief_weeks` stand over the bars of the course; `examples` are the client's latest words beside distortions.
    """

    client: Client
    as_of: date
    since: Session | None
    next_session: Session | None
    period: Window | None
    period_observed_days: int
    comparisons: tuple[Comparison, ...]
    readings: tuple[SignFinding, ...]
    thresholds: SignThresholds
    security: SecuritySide
    profile: Profile
    course: Course
    check_ins: tuple[Recorded[CheckIn], ...]
    period_check_ins: tuple[Recorded[CheckIn], ...]
    responses: tuple[ScoredResponse, ...]
    sessions: tuple[Session, ...]
    events: tuple[Event, ...]
    notes: tuple[Note, ...]
    changes: Changes
    loop: ReassuranceLoop
    kinds: DistortionBreakdown
    triggers: TriggerTable
    prompts: Prompts = Prompts()
    due: tuple[DueQuestionnaire, ...] = ()
    lists: ClientLists = ClientLists()
    relief_weeks: tuple[ReliefWeek, ...] = ()
    examples: tuple[ThoughtExample, ...] = ()

    @property
    def awaiting_review(self) -> tuple[ScoredResponse, ...]:
        """Responses whose safety item still awaits the therapist's words."""
        return tuple(scored for scored in self.responses if scored.awaits_review)


@dataclass(frozen=True, kw_only=True)
class SparkSeries:
    """Twelve ISO weeks of one measure, oldest first; `None` where nothing was observed.

    Of a count, fewer than 4 observed days of a week are too few and `None` as well. Values are 0-10 for
    anxiety and times per observed week for counts. `latest` is the last week with a value.
    """

    weeks: tuple[float | None, ...]

    @property
    def latest(self) -> float | None:
        """The most recent value in the twelve weeks."""
        return next((value for value in reversed(self.weeks) if value is not None), None)


@dataclass(frozen=True, kw_only=True)
class CaseloadRow:
    """One client's line on Today.

    `days_since_record` counts from the last covered day; `None` with no check-in at all.
    """

    client: Client
    anxiety: SparkSeries
    reassurance: SparkSeries
    distortions: SparkSeries
    readings: tuple[SignReading, ...]
    days_since_record: int | None
    needs: tuple[str, ...]
    next_session: Session | None


@dataclass(frozen=True, kw_only=True)
class Caseload:
    """Today: the sessions of the day in order, every open client, and the closed ones by name.

    `own` are the clients whose record the actor writes. `therapists` names whose each client is, where more than one
    therapist has clients; it is empty where there is one alone.
    """

    today: date
    sessions: tuple[tuple[Session, UUID], ...]
    rows: tuple[CaseloadRow, ...]
    closed: tuple[Client, ...]
    own: frozenset[UUID] = frozenset()
    therapists: Mapping[UUID, str] = field(default_factory=dict)

    def row(self, client_id: UUID) -> CaseloadRow | None:
        """The line of one client, or `None` if the client is closed."""
        return next((row for row in self.rows if row.client.id == client_id), None)


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Today for who sees no record: the sessions of the day in order, which forms are due, and all clients by name.

    `therapists` is as in `Caseload`.
    """

    today: date
    sessions: tuple[tuple[Session, Client], ...]
    due: tuple[tuple[Client, DueQuestionnaire], ...]
    clients: tuple[Client, ...]
    therapists: Mapping[UUID, str] = field(default_factory=dict)
