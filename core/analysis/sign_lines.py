"""What each check-in says to the six signs, in the form in which the rules read it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from core.analysis.days_kept import Span
from core.analysis.exposure import CheckInRecords, counting
from core.model.check_in import CheckIn
from core.model.check_in_parts import Episode, ReliefEnded, SignAnswer
from core.model.records import RecordRef

MIND_READING, CATASTROPHIZING = "cd_mind_reading", "cd_catastrophizing"
COUNTED = (SignAnswer.OFTEN, SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT)

REASSURANCE_FIELD = "reassurance"
CHECKING_FIELD = "checking"
THOUGHTS_FIELD = "thoughts"
FIGHTS_FIELD = "fights"

STILL_HELPING = ReliefEnded.STILL_HELPING


class Relief(NamedTuple):
    """What described episodes say: how much each helped, minutes of those that ended, how many still helped."""

    reliefs: list[int]
    ended_minutes: list[int]
    still_helping: int


class Line(NamedTuple):
    """One check-in, its days as ordinals; `rank` says which of two counts on a day that both cover (the lower).

    `relief` is what all of its episodes say, `None` without any.
    """

    ref: RecordRef
    content: CheckIn
    first: int
    last: int
    rank: int
    answers: Mapping[str, SignAnswer]
    counts: Mapping[str, int]
    topic: UUID | None = None
    relief: Relief | None = None

    @property
    def length(self) -> int:
        """How many days it speaks of."""
        return self.last - self.first + 1


class Held(NamedTuple):
    """A line with the days on which it counts, oldest first, at least one."""

    line: Line
    days: Sequence[int]


def lines_of(records: CheckInRecords) -> list[Line]:
    """The check-ins that count, by their last day."""
    known = counting(records)
    lines = [_line(span, rank) for span, rank in zip(known.whole, known.ranks, strict=True)]
    lines.sort(key=lambda line: (line.last, line.first, line.rank))
    return lines


def _line(span: Span, rank: int) -> Line:
    content = span.content
    return Line(
        span.record.ref,
        content,
        span.first,
        span.last,
        rank,
        content.signs,
        _counts(content),
        content.full.conflict_topic,
        _relief(content),
    )


def _relief(content: CheckIn) -> Relief | None:
    return relief_told(content.episodes) if content.episodes else None


def relief_told(episodes: Iterable[Episode]) -> Relief:
    """What these episodes say together."""
    reliefs, ended_minutes, still = [], [], 0
    for episode in episodes:
        if episode.relief is not None:
            reliefs.append(episode.relief)
        if episode.relief_minutes is not None:
            if episode.ended is STILL_HELPING:
                still += 1
            else:
                ended_minutes.append(episode.relief_minutes)
    return Relief(reliefs, ended_minutes, still)


def _counts(content: CheckIn) -> dict[str, int]:
    """The counts that were recorded; the two kinds of thought only where both were asked."""
    counts = {}
    if content.reassurance_count is not None:
        counts[REASSURANCE_FIELD] = content.reassurance_count
    kinds = content.distortions_by_kind
    if MIND_READING in kinds and CATASTROPHIZING in kinds:
        counts[THOUGHTS_FIELD] = kinds[MIND_READING] + kinds[CATASTROPHIZING]
    if content.full.checking_days is not None:
        counts[CHECKING_FIELD] = content.full.checking_days
    if content.full.repeated_conflicts is not None:
        counts[FIGHTS_FIELD] = content.full.repeated_conflicts
    return counts
