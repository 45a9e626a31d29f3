"""Invented series with a known truth: ratings and counts that carry over, with days missing and a change at one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from math import exp, sqrt
from random import Random

from core.analysis.days_kept import window_of
from core.analysis.exposure import counting
from core.analysis.four_weeks import look_before, look_start
from core.analysis.reviews import REVIEW_DAYS, first_record_day, review_count, review_day, verdict_of
from core.analysis.single_days import AGREED_POINTS, WINDOW_DAYS, DaySample, judge_days
from core.model.check_in import CheckIn
from core.model.days import DAYS_IN_WEEK
from core.model.findings import Direction, Verdict
from core.model.measures import ANXIETY
from core.model.records import Recorded
from core.model.series_findings import Look
from tests.builders import TODAY, all_recorded, check_in, method

METHOD = method()
ORIGIN = date(2025, 1, 1).toordinal()
HIGHEST = 10

Records = tuple[Recorded[CheckIn], ...]


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """Ratings around `level` with this spread, of which `lasting` carries over; `drop` points lower from a day on.

    `missing` is the share of days (or weeks) without a record.
    """

    lasting: float = 0.0
    level: float = 5.0
    spread: float = 1.5
    drop: float = 0.0
    slope: float = 0.0
    changes_on: int = 21
    missing: float = 0.2


def carried(rng: Random, case: Simulation, count: int, *, step: int = 1) -> list[int]:
    """Whole ratings 0 to 10, one for each of `count` steps of `step` days."""
    values, off = [], rng.gauss(0, 1)
    for at in range(count):
        if at:
            off = case.lasting * off + sqrt(1 - case.lasting**2) * rng.gauss(0, 1)
        now = case.level + case.slope * at + case.spread * off - (case.drop if at * step >= case.changes_on else 0)
        values.append(min(HIGHEST, max(0, round(now))))
    return values


def daily_ratings(rng: Random, case: Simulation, days: int = 71) -> dict[int, int]:
    """Day to rating, without the days that are missing; day 0 is that of the first record, so it is never missing."""
    return _without_missing(rng, case, carried(rng, case, days))


def weekly_ratings(rng: Random, case: Simulation, weeks: int) -> dict[int, int]:
    """Week to rating; weeks scatter by 0.7, as means of seven days do. The first week is never missing."""
    values = carried(rng, replace(case, spread=0.7), weeks, step=DAYS_IN_WEEK)
    return _without_missing(rng, case, values)


def weekly_counts(rng: Random, case: Simulation, weeks: int) -> dict[int, int]:
    """Week to count: Poisson around a rate that itself scatters by 40 % and carries over."""
    off, values = rng.gauss(0, 1), []
    for at in range(weeks):
        if at:
            off = case.lasting * off + sqrt(1 - case.lasting**2) * rng.gauss(0, 1)
        mean = case.level + case.slope * at - (case.drop if at * DAYS_IN_WEEK >= case.changes_on else 0)
        values.append(_poisson(rng, mean * exp(0.4 * off - 0.08)))
    return _without_missing(rng, case, values)


def weekly_records(values: Mapping[int, int], measure: str) -> Records:
    """Weekly check-ins with these values of anxiety or of reassurance."""
    field = "anxiety" if measure == ANXIETY else "reassurance"
    return all_recorded(
        *(check_in(TODAY + timedelta(weeks=week), DAYS_IN_WEEK, **{field: value}) for week, value in values.items())
    )


def looks_at_days(values: Mapping[int, int], last_day: int) -> list[Look]:
    """What the rule for single days finds at each review up to `last_day`, oldest first; days from 0."""
    if not values:
        return []
    start = min(values)
    first = _sample(values, start, start + WINDOW_DAYS - 1)
    looks = []
    for review in range(start + 2 * REVIEW_DAYS, last_day + 1, REVIEW_DAYS):
        last = _sample(values, review - WINDOW_DAYS + 1, review)
        looks.append(judge_days(first, last, counted=False, agreed=AGREED_POINTS))
    return looks


def confirmed_by_day(values: Mapping[int, int], last_day: int) -> Direction | None:
    """The direction of the first reliable change of single days by `last_day`, if there is one."""
    return _first_confirmed(looks_at_days(values, last_day))


def months_confirmed(values: Mapping[int, int], measure: str) -> set[Direction]:
    """The directions of the reliable changes that 28 days against 28, or the start level, showed in weekly values."""
    every = counting(weekly_records(values, measure))
    first = first_record_day(every)
    if first is None:
        return set()
    found = set()
    for against_start in (False, True):
        looks = []
        for number in range(1, review_count(first, every[-1].content.period_end) + 1):
            day = review_day(first, number)
            known = every.ended_by(day)
            looks.append(
                look_start(known, measure, day, METHOD, None)
                if against_start
                else look_before(known, measure, day, METHOD)
            )
        found.add(_first_confirmed(looks))
    return {direction for direction in found if direction is not None}


def _first_confirmed(looks: Sequence[Look]) -> Direction | None:
    for before, after in pairwise(looks):
        if verdict_of((after, before)) is Verdict.RELIABLE_CHANGE:
            return after.direction
    return None


def _sample(values: Mapping[int, int], first: int, last: int) -> DaySample:
    return DaySample(
        window=window_of(ORIGIN + first, ORIGIN + last),
        values={ORIGIN + day: value for day, value in values.items() if first <= day <= last},
    )


def _without_missing(rng: Random, case: Simulation, values: Sequence[int]) -> dict[int, int]:
    return {at: value for at, value in enumerate(values) if not at or rng.random() >= case.missing}


def _poisson(rng: Random, mean: float) -> int:
    limit, product, count = exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count
