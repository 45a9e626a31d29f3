"""That a handout was given to a client: which, and on which day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class GivenHandout:
    """A handout of the catalogue (its id) given to a client on a day."""

    id: UUID
    client_id: UUID
    handout: str
    day: date
    given_by: str
