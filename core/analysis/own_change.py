"""Whether a client's own series has changed, said at planned reviews only: possible once, reliable twice in a row."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from msgspec import Struct

from core.analysis import four_weeks, single_days
from core.analysis.exposure import CheckInRecords, Timeline, counting
from core.analysis.method import Method
from core.analysis.recording import recording_changes
from core.analysis.reviews import (
    REVIEW_DAYS,
    agreed_direction,
    first_record_day,
    left_blank,
    review_count,
    review_day,
    verdict_of,
)
from core.model.days import print_day
from core.model.findings import Parameter, Status, Verdict
from core.model.measures import COUNTS
from core.model.series_findings import NO_CAUSE, Against, Look, OwnChange, Side

COULD_BE_MISSED = "no clear change is not the same as none: a smaller one could have been missed"
FEW_REVIEWS = 4
RECORDED_DIFFERENTLY = "recorded differently on the two sides, compare with care"
_REVIEWS = Parameter(name="days from review to review", value=REVIEW_DAYS, source="project default")
_LOOKS = Parameter(name="looks in a row that must agree", value=2, source="project default, tried by simulation")

AtDay = Callable[[Timeline, date], Look]


class _Reviews(Struct, frozen=True):
    """How many reviews there were, the next one, and the days on which the record's usual length had changed."""

    count: int
    next_day: date | None
    lengths_changed: tuple[date, ...]


def own_changes(
    records: CheckInRecords,
    measure: str,
    as_of: date,
    *,
    method: Method,
    moved_to: date | None = None,
    agreed: Fraction | None = None,
) -> tuple[OwnChange, OwnChange, OwnChange]:
    """`measure` compared with itself in three ways, as the reviews up to `as_of` found it.

    The last 28 days against the 28 before them and against the start level (any check-ins), and the last 14 days
    against the first 14 (check-ins of one day). Each stands for itself: they answer different questions. A review
    reads the check-ins that had ended by its day, as they stand now. `moved_to` is the day the therapist chose as the
    beginning of the start level, `agreed` the smallest difference that was agreed with the client for single days: in
    points of a rating, as a part of the first rate of a count (`None`: 1 point, 30 %).
    """
    every = counting(records).ended_by(as_of)

    def before(known: Timeline, day: date) -> Look:
        return four_weeks.look_before(known, measure, day, method)

    def start(known: Timeline, day: date) -> Look:
        return four_weeks.look_start(known, measure, day, method, moved_to)

    def days(known: Timeline, day: date) -> Look:
        return single_days.look_days(known, measure, day, method=method, moved_to=moved_to, agreed=agreed)

    ways: tuple[tuple[Against, AtDay, tuple[Parameter, ...]], ...] = (
        (Against.BEFORE, before, four_weeks.PARAMETERS),
        (Against.START, start, four_weeks.PARAMETERS),
        (Against.FIRST_DAYS, days, single_days.parameters(agreed, counted=measure in COUNTS)),
    )
    first = first_record_day(every)
    count = 0 if first is None else review_count(first, as_of)
    reviews = _Reviews(
        count,
        None if first is None else review_day(first, count + 1),
        tuple([change.day for change in recording_changes(every)]),
    )
    reviewed = [(every.ended_by(day), day) for day in _latest_reviews(first, count)]
    found = [
        _own_change(
            tuple([way(known, day) for known, day in reviewed]),
            reviews,
            measure=measure,
            against=against,
            parameters=parameters,
        )
        for against, way, parameters in ways
    ]
    return found[0], found[1], found[2]


def _latest_reviews(first: date | None, count: int) -> list[date]:
    """The day of the latest review and of the one before it, newest first; as many as there were."""
    return [review_day(first, number) for number in (count, count - 1) if first is not None and number > 0]


def _own_change(
    looks: tuple[Look, ...],
    reviews: _Reviews,
    *,
    measure: str,
    against: Against,
    parameters: tuple[Parameter, ...],
) -> OwnChange:
    verdict = verdict_of(looks)
    judged = verdict not in (Verdict.NOT_ENOUGH_RECORDED, Verdict.RECORDED_TOO_DIFFERENTLY)
    sides = [side for side in (looks[0].now, looks[0].then) if side is not None] if looks else []
    observed = sum([side.observed_days for side in sides])
    return OwnChange(
        method=single_days.METHOD if against is Against.FIRST_DAYS else four_weeks.METHOD,
        measure=measure,
        against=against,
        status=Status.OK if judged else Status.CANNOT_JUDGE,
        verdict=verdict,
        direction=looks[0].direction if looks else None,
        estimate=_estimate(sides) if judged else None,
        used=observed,
        missing=sum([side.window.days for side in sides]) - observed,
        span_days=_span_days(sides),
        parameters=(*parameters, _REVIEWS, _LOOKS),
        cautions=_cautions(reviews, verdict, sides) if judged else (),
        would_change=_would_change(looks, verdict, reviews.next_day),
        reason=None if judged else _reason(looks, reviews.next_day),
        looks=looks,
        reviews=reviews.count,
        next_review=reviews.next_day,
    )


def _estimate(sides: list[Side]) -> float | None:
    values = [side.value.as_integer_ratio() for side in sides if side.value is not None]
    if len(values) < 2:
        return None
    (top, bottom), (other_top, other_bottom) = values
    return (top * other_bottom - other_top * bottom) / (bottom * other_bottom)


def _span_days(sides: list[Side]) -> int:
    if not sides:
        return 0
    windows = [side.window for side in sides]
    return (max([window.end for window in windows]) - min([window.start for window in windows])).days + 1


def _cautions(reviews: _Reviews, verdict: Verdict, sides: list[Side]) -> tuple[str, ...]:
    now, then = sides
    cautions = [NO_CAUSE]
    if verdict is Verdict.NO_CLEAR_CHANGE:
        cautions.append(COULD_BE_MISSED)
    elif reviews.count > FEW_REVIEWS:
        cautions.append(f"{reviews.count} reviews so far: the more there are, the more often one speaks by chance")
    if any(then.window.start < day <= now.window.end for day in reviews.lengths_changed):
        cautions.append(RECORDED_DIFFERENTLY)
    return tuple(cautions)


def _would_change(looks: tuple[Look, ...], verdict: Verdict, next_review: date | None) -> tuple[str, ...]:
    """What would lead to another verdict; nothing is promised for the next review."""
    if next_review is None:
        return ("a first check-in",)
    when = f"the next review, on {print_day(next_review)}"
    if verdict is Verdict.RELIABLE_CHANGE:
        return (f"a difference under the rule's at {when}",)
    if verdict is Verdict.POSSIBLE_CHANGE:
        return _to_confirm(looks, when)
    return (*(looks[0].would_change if looks else ()), when)


def _to_confirm(looks: tuple[Look, ...], when: str) -> tuple[str, ...]:
    blank = left_blank(looks)
    if not blank:
        return (f"the same direction again at {when}",)
    times = "1 check-in" if blank == 1 else f"{blank} check-ins"
    needed = f"an answer at every check-in compared (blank at {times} on one side)"
    return (needed,) if agreed_direction(looks) else (f"the same direction again at {when}", needed)


def _reason(looks: tuple[Look, ...], next_review: date | None) -> str:
    if next_review is None:
        return "nothing is recorded yet"
    return (looks[0].reason if looks else None) or f"the first review is on {print_day(next_review)}"
