"""Setting up a practice and asking which one is open."""

from uuid import UUID

from core.errors import InvalidInput
from core.model.people import Actor, Practice, PracticeDetails
from core.store import Store


def set_up_practice(
    store: Store, details: PracticeDetails, *, synthetic: bool = False, therapist_id: UUID | None = None
) -> tuple[Practice, Actor]:
    """Make the practice of an empty store and its one therapist; `Conflict` if it has one already."""
    return store.set_up(details, synthetic=synthetic, therapist_id=therapist_id)


def practice_details(name: str, therapist: str, zone: str) -> PracticeDetails:
    """The details of a form, with surrounding blanks dropped; `InvalidInput` names every problem."""
    if not (name.strip() or therapist.strip()):
        raise InvalidInput("The practice's name and your name are empty. Nothing was made; please fill in both.")
    return PracticeDetails(name=name.strip(), therapist=therapist.strip(), zone=zone)
