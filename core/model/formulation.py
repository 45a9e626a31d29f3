"""What the profile page shows about one client: what was written, beside what the record says on its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.model.calendar import Event
from core.model.handouts_given import GivenHandout
from core.model.people import Client
from core.model.profile import Profile
from core.model.review import ScoredResponse


@dataclass(frozen=True, kw_only=True)
class GoalProgress:
    """The first and the latest progress (0-10) recorded for a goal, each with the last day of its check-in.

    The two are the same where progress was recorded once.
    """

    first: int
    first_on: date
    latest: int
    latest_on: date


@dataclass(frozen=True, kw_only=True)
class Formulation:
    """A profile with what stands beside it on its page, read at one moment.

    `progress` goes from a goal's id to its progress; goals without any are absent. `dimensions` is the latest
    questionnaire with attachment anxiety and avoidance, `None` without one. Events and handouts are oldest first.
    """

    client: Client
    profile: Profile
    progress: Mapping[UUID, GoalProgress]
    dimensions: ScoredResponse | None
    events: tuple[Event, ...]
    handouts: tuple[GivenHandout, ...]
