"""The exposure rule as it is written, day by day, beside the timeline that works it out in whole check-ins."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.analysis.exposure import Timeline, counting, kept_days, spans
from core.analysis.rates import was_asked
from core.model.check_in import CheckIn
from core.model.days import Window
from core.model.measures import CHARTED
from core.model.records import Recorded
from tests.builders import TODAY, recorded, weekly
from tests.unit.analysis.strategies import WINDOW, check_ins, histories

Records = tuple[Recorded[CheckIn], ...]
WINDOWS = st.builds(Window.ending, st.dates(TODAY - timedelta(days=70), TODAY), st.integers(1, 40))


def owner(records: Records, measure: str, day: date) -> int | None:
    """The number of the check-in that counts on a day: the shortest that answered, of those the one recorded last."""
    asked = was_asked(measure)
    covering = [each for each in records if day in each.content.period and asked(each.content) and not each.withdrawn]
    best = min(
        covering,
        key=lambda each: (each.content.period_days, -each.recorded_at.timestamp(), -each.ref.number),
        default=None,
    )
    return None if best is None else best.ref.number


@given(histories(), WINDOWS, st.sampled_from(CHARTED))
def test_a_day_belongs_to_the_shortest_answer_and_of_those_to_the_one_recorded_last(
    records: Records, window: Window, measure: str
) -> None:
    kept = kept_days(spans(records, window), was_asked(measure))
    found = {date.fromordinal(day): held.span.ref.number for held in kept for day in held.days}
    expected = {day: number for day in window if (number := owner(records, measure, day)) is not None}
    assert found == expected


@given(histories(), WINDOWS, WINDOWS)
def test_what_was_cut_from_a_timeline_before_never_changes_what_is_cut_next(
    records: Records, one: Window, other: Window
) -> None:
    every = counting(records)
    every.touching(one)
    assert tuple(every.touching(other)) == tuple(spans(records, other))
    assert tuple(every.touching(one)) == tuple(spans(records, one))


@given(histories(), st.integers(0, 60))
def test_a_timeline_up_to_a_day_is_that_of_the_check_ins_that_had_ended(records: Records, days_ago: int) -> None:
    day = TODAY - timedelta(days=days_ago)
    ended = counting([each for each in records if each.content.period_end <= day])
    known = counting(records).ended_by(day)
    assert [*known] == [*ended]
    assert known.first == ended.first
    assert known.touching(WINDOW) == ended.touching(WINDOW)


@given(check_ins())
def test_a_withdrawn_check_in_is_on_no_timeline(content: CheckIn) -> None:
    empty = counting([recorded(content, withdrawn=True)])
    assert not empty
    assert empty.first is None
    assert not empty.touching(WINDOW)


def test_fields_of_the_same_check_ins_are_worked_out_once() -> None:
    every = Timeline.of(weekly(6, anxiety=4, reassurance=2))
    touching = every.touching(WINDOW)
    anxiety, reassurance, distortions = (kept_days(touching, was_asked(measure)) for measure in CHARTED)
    assert every.touching(WINDOW) is touching
    assert anxiety is reassurance
    assert len(anxiety) == 6
    assert not distortions
