"""What the six signs read of a check-in: which answers count, and four counts by name."""

from collections.abc import Callable, Mapping
from operator import attrgetter

from core.model.check_in import CheckIn
from core.model.check_in_parts import ReliefEnded, SignAnswer

MIND_READING, CATASTROPHIZING = "cd_mind_reading", "cd_catastrophizing"
COUNTED = (SignAnswer.OFTEN, SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT)

REASSURANCE_FIELD = "reassurance"
CHECKING_FIELD = "checking"
THOUGHTS_FIELD = "thoughts"
FIGHTS_FIELD = "fights"

STILL_HELPING = ReliefEnded.STILL_HELPING


def _thoughts(content: CheckIn) -> int | None:
    """The two kinds of thought together, only where both were asked."""
    kinds = content.distortions_by_kind
    if MIND_READING in kinds and CATASTROPHIZING in kinds:
        return kinds[MIND_READING] + kinds[CATASTROPHIZING]
    return None


COUNTS: Mapping[str, Callable[[CheckIn], int | None]] = {
    REASSURANCE_FIELD: attrgetter("reassurance_count"),
    THOUGHTS_FIELD: _thoughts,
    CHECKING_FIELD: attrgetter("full.checking_days"),
    FIGHTS_FIELD: attrgetter("full.repeated_conflicts"),
}
"""How a count is read from a check-in; `None` means not asked."""
