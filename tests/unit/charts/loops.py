"""Loops put together from described episodes, so that a test of a figure sees every kind of mark it is about."""

from collections.abc import Iterable
from datetime import date, timedelta

from core.analysis.reassurance import read_loop
from core.model.check_in_parts import CountKind, Episode, How, PartOfDay, ReliefEnded, Whom
from core.model.reassurance import ReassuranceLoop
from core.model.records import Recorded
from tests.builders import TODAY, all_recorded, check_in, method

METHOD = method()
BACK, HELPING = ReliefEnded.WORRY_CAME_BACK, ReliefEnded.STILL_HELPING
WEEKS = tuple(TODAY - timedelta(weeks=back) for back in (3, 2, 1, 0))


def episode(
    relief: int | None = 4,
    minutes: int | None = 30,
    ended: ReliefEnded | None = BACK,
    *,
    day: date | None = TODAY,
    part: PartOfDay | None = PartOfDay.EVENING,
    whom: Whom | None = Whom.PARTNER,
    how: How | None = How.ASKED,
    again: bool | None = None,
) -> Episode:
    """An episode of today; the first three are what the plot shows."""
    return Episode(
        day=day,
        part_of_day=part,
        whom=whom,
        how=how,
        relief=relief,
        relief_minutes=minutes,
        ended=ended,
        same_worry=again,
    )


def loop_of(*records: Recorded, until: date = TODAY) -> ReassuranceLoop:
    """The loop as the review reads it."""
    return read_loop(records, until, METHOD)


def week_loop(episodes: Iterable[Episode], *, count: int | None = None, kind: CountKind = CountKind.EXACT):
    """The loop of one check-in over the seven days up to today."""
    told = tuple(episodes)
    number = len(told) if count is None else count
    return loop_of(*all_recorded(check_in(reassurance=number, count_kind=kind, episodes=told)))


def full_loop() -> ReassuranceLoop:
    """Every whom, every end, unknown everything, marks at one place, a gap, a blank week, and a week with none."""
    third, second, first = (TODAY - timedelta(days=days) for days in (1, 2, 3))
    latest = [
        episode(2, 5, day=first, part=PartOfDay.MORNING, again=True),
        episode(2, 5, day=first, part=PartOfDay.MORNING, again=True),
        episode(2, 5, None, day=first, part=PartOfDay.MORNING, whom=Whom.FRIEND, again=False),
        episode(2, 5, HELPING, day=first, part=PartOfDay.AFTERNOON, whom=Whom.ONLINE),
        episode(2, 5, None, day=second, part=PartOfDay.NIGHT, whom=None),
        episode(8, 720, None, day=second, part=PartOfDay.AFTERNOON, whom=Whom.FAMILY, how=How.HINTED),
        episode(9, 1440, HELPING, day=second, part=PartOfDay.EVENING, whom=Whom.FRIEND),
        episode(6, 120, HELPING, day=third, part=PartOfDay.MORNING, whom=None, how=How.CHECKED),
        episode(5, 60, None, day=third, part=PartOfDay.MORNING),
        episode(0, 0, day=third, part=PartOfDay.EVENING, how=How.TESTED, again=True),
        episode(7, None, HELPING, day=third, part=None, whom=Whom.THERAPIST),
        episode(3, 20, day=None, part=None, how=None),
    ]
    return loop_of(
        *all_recorded(
            check_in(WEEKS[0] - timedelta(days=2), 5, reassurance=0),
            check_in(WEEKS[2], 7, anxiety=5),
            check_in(WEEKS[3], 7, reassurance=31, count_kind=CountKind.ABOUT, episodes=latest),
        )
    )
