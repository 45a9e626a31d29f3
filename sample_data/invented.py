"""What a draw gives: invented people as pure nouns, each with the moment it would have been written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from core.model.calendar import EventDetails, SessionDetails
from core.model.check_in import CheckIn
from core.model.people import ClientDetails, DatedPartnerStatus
from core.model.profile import Block, QuestionnairePlans
from core.model.responses import Response, SafetyReviewDetails

Content = TypeVar("Content")


@dataclass(frozen=True, kw_only=True)
class Written(Generic[Content]):
    """Something and the moment (aware) at which the therapist wrote it down."""

    at: datetime
    content: Content


@dataclass(frozen=True, kw_only=True)
class InventedCheckIn:
    """A check-in as first written and, where there is one, its correction with the reason."""

    first: Written[CheckIn]
    corrected: Written[CheckIn] | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class InventedResponse:
    """A filled questionnaire and, where one was written, what was done about its safety item."""

    first: Written[Response]
    review: Written[SafetyReviewDetails] | None = None


@dataclass(frozen=True, kw_only=True)
class InventedAddendum:
    """Words to stand under a signed note."""

    words: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class InventedNote:
    """A note begun at `at` on the session of `session_day`; `words` are by section of `template`."""

    at: datetime
    session_day: date
    template: str
    words: Mapping[str, str]
    signed: bool
    addendum: Written[InventedAddendum] | None = None


@dataclass(frozen=True, kw_only=True)
class InventedClient:
    """One invented person with everything that is recorded about them, each kind oldest first."""

    details: Written[ClientDetails]
    partner: tuple[Written[DatedPartnerStatus], ...]
    sessions: tuple[Written[SessionDetails], ...]
    events: tuple[Written[EventDetails], ...]
    check_ins: tuple[InventedCheckIn, ...]
    responses: tuple[InventedResponse, ...]
    notes: tuple[InventedNote, ...]
    start_level: Written[date] | None
    intervals: Written[QuestionnairePlans] | None = None
    profile: tuple[Written[Block], ...] = ()
    handouts: tuple[Written[str], ...] = ()
