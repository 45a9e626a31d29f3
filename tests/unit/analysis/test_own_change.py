"""A client's own change at planned reviews: each rule at its edge, and possible once, reliable twice in a row."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from core.analysis.own_change import COULD_BE_MISSED, RECORDED_DIFFERENTLY, own_changes
from core.analysis.reviews import first_record_day, review_count, review_day
from core.model.check_in import CheckIn
from core.model.findings import Direction, Status, Verdict
from core.model.measures import ANXIETY, DISTORTIONS, REASSURANCE
from core.model.records import Recorded
from core.model.series_findings import NO_CAUSE, Against, Look, OwnChange
from tests.builders import TODAY, all_recorded, check_in, daily, method, recorded
from tests.wording import assert_clean

METHOD = method()
FIELDS = {ANXIETY: "anxiety", REASSURANCE: "reassurance"}
BLANK = None

Records = tuple[Recorded[CheckIn], ...]


def weeks(measure: str, *values: int | None, until: date = TODAY) -> Records:
    """Weekly check-ins in a row, oldest first; with the last on a review day when their number is odd."""
    ends = [until - timedelta(weeks=back) for back in reversed(range(len(values)))]
    return all_recorded(
        *(check_in(end, 7, **{FIELDS[measure]: value}) for end, value in zip(ends, values, strict=True))
    )


def days(*values: int | None, measure: str = ANXIETY, until: date = TODAY) -> Records:
    """Daily check-ins in a row, oldest first; `None` has no check-in."""
    ends = [until - timedelta(days=back) for back in reversed(range(len(values)))]
    return all_recorded(
        *(check_in(end, 1, **{FIELDS[measure]: value}) for end, value in zip(ends, values, strict=True)
          if value is not None)
    )  # fmt: skip


def found(records: Records, measure: str, against: Against, as_of: date = TODAY) -> OwnChange:
    (one,) = [each for each in own_changes(records, measure, as_of, method=METHOD) if each.against is against]
    return one


def look(records: Records, measure: str, against: Against) -> Look:
    latest = found(records, measure, against).look
    assert latest is not None
    return latest


def test_reviews_are_every_14_days_after_the_first_check_in() -> None:
    records = weeks(ANXIETY, *[5] * 9)
    first = first_record_day(records)
    assert first == TODAY - timedelta(weeks=8)
    assert [review_count(first, first + timedelta(days=after)) for after in (0, 13, 14, 27, 28)] == [0, 0, 1, 1, 2]
    assert review_day(first, 4) == TODAY
    assert first_record_day(()) is None


def test_before_the_first_review_nothing_is_said() -> None:
    one = found(weeks(ANXIETY, 5), ANXIETY, Against.BEFORE)
    assert (one.verdict, one.reviews, one.looks) == (Verdict.NOT_ENOUGH_RECORDED, 0, ())
    assert one.reason == "the first review is on 4 Jun 2026"
    nothing = found((), ANXIETY, Against.START)
    assert (nothing.reason, nothing.next_review) == ("nothing is recorded yet", None)


def test_nothing_is_said_anew_between_reviews() -> None:
    records = weeks(ANXIETY, *[7] * 4, *[4] * 5)
    later = (*records, *all_recorded(check_in(TODAY + timedelta(days=7), 7, anxiety=10)))
    on_review_day, after = (
        found(records, ANXIETY, Against.BEFORE),
        found(later, ANXIETY, Against.BEFORE, TODAY + timedelta(days=13)),
    )
    assert on_review_day.looks == after.looks
    assert after.verdict is on_review_day.verdict


@pytest.mark.parametrize(
    ("now", "verdict", "direction"),
    [
        ((5, 5, 5, 6), Verdict.NO_CLEAR_CHANGE, None),
        ((5, 5, 5, 5), Verdict.POSSIBLE_CHANGE, Direction.LOWER),
        ((5, 5, 5, 4), Verdict.POSSIBLE_CHANGE, Direction.LOWER),
        ((9, 9, 9, 8), Verdict.NO_CLEAR_CHANGE, None),
        ((9, 9, 9, 9), Verdict.POSSIBLE_CHANGE, Direction.HIGHER),
    ],
)
def test_a_rating_differs_by_two_points_or_more(
    now: tuple[int, ...], verdict: Verdict, direction: Direction | None
) -> None:
    at = look(weeks(ANXIETY, 7, 7, 7, 7, 7, *now), ANXIETY, Against.BEFORE)
    assert (at.verdict, at.direction) == (verdict, direction)


@pytest.mark.parametrize(
    ("then", "now", "met"),
    [
        ((24, 24, 24, 24), (12, 12, 12, 12), True),
        ((24, 24, 24, 24), (13, 12, 12, 12), False),  # not halved
        ((12, 12, 12, 12), (24, 24, 24, 24), True),
        ((12, 12, 12, 12), (24, 24, 24, 23), False),  # not doubled
        ((3, 3, 3, 3), (1, 1, 1, 1), False),  # 2 a week apart, the intervals share values
        ((8, 8, 8, 7), (3, 3, 3, 3), True),  # 31 in 28 days: from 21.06 on, and 12 reach up to 20.96
        ((8, 8, 7, 7), (3, 3, 3, 3), False),  # 30 in 28 days: from 20.24 on
        ((1, 1, 1, 1), (0, 0, 0, 0), False),  # less than 2 a week apart
        ((5, 5, 5, 5), (0, 0, 0, 0), True),
        ((2, 45, 1, 40), (10, 9, 11, 10), False),  # in bursts the intervals are wider
    ],
)
def test_a_count_is_halved_or_doubled_2_a_week_apart_and_its_intervals_lie_apart(
    then: tuple[int, ...], now: tuple[int, ...], met: bool
) -> None:
    at = look(weeks(REASSURANCE, 9, *then, *now), REASSURANCE, Against.BEFORE)
    assert (at.verdict is Verdict.POSSIBLE_CHANGE) is met


def test_a_difference_met_once_is_possible_and_twice_in_a_row_reliable() -> None:
    once = found(weeks(ANXIETY, *[8] * 6, *[4] * 3), ANXIETY, Against.BEFORE)
    twice = found(weeks(ANXIETY, *[8] * 6, *[4] * 5), ANXIETY, Against.BEFORE)
    assert (once.verdict, once.direction) == (Verdict.POSSIBLE_CHANGE, Direction.LOWER)
    assert (twice.verdict, twice.direction, twice.estimate) == (Verdict.RELIABLE_CHANGE, Direction.LOWER, -3)
    assert once.would_change == ("the same direction again at the next review, on 4 Jun 2026",)


def test_two_looks_that_point_different_ways_are_not_reliable() -> None:
    swing = weeks(ANXIETY, 5, 9, 9, 9, 9, 1, 1, 9, 9, 9, 9)
    assert found(swing, ANXIETY, Against.BEFORE).verdict is not Verdict.RELIABLE_CHANGE


def test_a_blank_in_the_days_compared_keeps_a_change_possible() -> None:
    values = [*[8] * 6, *[4] * 5]
    for place in range(1, len(values)):
        one = found(weeks(ANXIETY, *(BLANK if at == place else value for at, value in enumerate(values))), ANXIETY,
                    Against.BEFORE)  # fmt: skip
        assert one.verdict is not Verdict.RELIABLE_CHANGE, place
    last_blank = found(weeks(ANXIETY, *values[:-1], BLANK), ANXIETY, Against.BEFORE)
    assert any("blank at 1 check-in" in clause for clause in last_blank.would_change)


@pytest.mark.parametrize(("observed", "verdict"), [(13, Verdict.NOT_ENOUGH_RECORDED), (14, Verdict.POSSIBLE_CHANGE)])
def test_fourteen_observed_days_are_needed_on_both_sides(observed: int, verdict: Verdict) -> None:
    first = TODAY - timedelta(days=55)
    then = [check_in(first + timedelta(days=at), 1, anxiety=8) for at in range(14)]
    now = [check_in(TODAY - timedelta(days=at), 1, anxiety=4) for at in range(observed)]
    at = found(all_recorded(check_in(first - timedelta(days=1), 1, note="first"), *then, *now), ANXIETY,
               Against.BEFORE)  # fmt: skip
    assert at.look is not None
    assert at.look.day == TODAY
    assert at.verdict is verdict
    if verdict is Verdict.NOT_ENOUGH_RECORDED:
        assert at.would_change[0] == "1 more observed day in the 28 days now"


@pytest.mark.parametrize(
    ("observed", "verdict"), [(19, Verdict.RECORDED_TOO_DIFFERENTLY), (20, Verdict.POSSIBLE_CHANGE)]
)
def test_windows_observed_more_than_30_points_apart_get_no_direction(observed: int, verdict: Verdict) -> None:
    first = TODAY - timedelta(days=56)
    then = [check_in(first + timedelta(days=1 + at), 1, anxiety=8) for at in range(28)]
    now = [check_in(TODAY - timedelta(days=at), 1, anxiety=4) for at in range(observed)]
    one = found(all_recorded(check_in(first, 1, note="first"), *then, *now), ANXIETY, Against.BEFORE)
    assert one.verdict is verdict
    assert (one.direction is None) is (verdict is Verdict.RECORDED_TOO_DIFFERENTLY)
    if verdict is Verdict.RECORDED_TOO_DIFFERENTLY:
        assert one.status is Status.CANNOT_JUDGE
        assert one.reason is not None
        assert one.reason.startswith("recorded too differently to compare")


def test_start_level_and_the_days_now_share_no_day() -> None:
    apart = look(weeks(ANXIETY, 9, 9, *[7] * 4, *[4] * 4, 4), ANXIETY, Against.START)
    assert (apart.verdict, apart.direction) == (Verdict.POSSIBLE_CHANGE, Direction.LOWER)
    shared = look(weeks(ANXIETY, 9, 9, *[7] * 4, *[4] * 3), ANXIETY, Against.START)
    assert shared.verdict is Verdict.NOT_ENOUGH_RECORDED
    assert shared.reason is not None
    assert "share days" in shared.reason


def test_start_level_moved_by_the_therapist_is_the_one_compared_with() -> None:
    records = weeks(ANXIETY, *[3] * 6, *[8] * 4, *[5] * 5)
    moved = TODAY - timedelta(weeks=9) + timedelta(days=1)
    (_, unmoved, _) = own_changes(records, ANXIETY, TODAY, method=METHOD)
    (_, start, _) = own_changes(records, ANXIETY, TODAY, method=METHOD, moved_to=moved)
    assert unmoved.direction is Direction.HIGHER
    assert start.direction is Direction.LOWER
    assert start.look is not None
    assert start.look.then is not None
    assert start.look.then.window.start == moved


def test_days_recorded_one_by_one_are_compared_by_ranks() -> None:
    once = found(days(5, 5, *[7, 8, 6, 8, 7] * 6, *[4, 3, 5, 4] * 3), ANXIETY, Against.FIRST_DAYS)
    assert once.look is not None
    assert once.look.now is not None
    assert once.look.now.observed_days == 14
    assert once.look.then is not None
    assert once.look.then.value == 7


def test_weekly_values_are_not_taken_for_seven_days() -> None:
    one = found(weeks(ANXIETY, *[8] * 4, *[3] * 5), ANXIETY, Against.FIRST_DAYS)
    assert one.verdict is Verdict.NOT_ENOUGH_RECORDED
    assert one.would_change[0] == "8 more single days in the 14 days now"


@pytest.mark.parametrize(
    ("observed", "verdict"),
    [(7, Verdict.NOT_ENOUGH_RECORDED), (8, Verdict.RECORDED_TOO_DIFFERENTLY), (10, Verdict.POSSIBLE_CHANGE)],
)
def test_eight_single_days_are_needed_and_not_30_points_fewer_than_before(observed: int, verdict: Verdict) -> None:
    values = [5, 5, *[7, 8, 6, 8, 7, 9, 7] * 2, *[6] * 27, *[2, 3, 1, 3, 2, 4, 2] * 2]
    values[-14:] = [*values[-14 : -14 + observed], *[None] * (14 - observed)]
    at = look(days(*values), ANXIETY, Against.FIRST_DAYS)
    assert at.day == TODAY
    assert at.verdict is verdict


@pytest.mark.parametrize(("agreed", "met"), [(Fraction(2), True), (Fraction(3), True), (Fraction(4), False)])
def test_difference_is_at_least_what_was_agreed_with_the_client(agreed: Fraction, met: bool) -> None:
    records = days(5, 5, *[7, 6, 7, 8, 7, 7, 7] * 2, *[6] * 27, *[4, 3, 4, 5, 4, 4, 4] * 2)
    *_, one = own_changes(records, ANXIETY, TODAY, method=METHOD, agreed=agreed)
    assert (one.direction is Direction.LOWER) is met


@pytest.mark.parametrize(("now", "met"), [((5, 4) * 7, False), ((4, 3) * 7, True)])
def test_daily_counts_differ_by_30_percent_of_the_first_rate(now: tuple[int, ...], met: bool) -> None:
    # 6 a day at first: 4.5 a day is 25 % less, 3.5 is 42 % less.
    records = days(1, 1, *[7, 6, 5, 6, 7, 5, 6] * 2, *[6] * 27, *now, measure=REASSURANCE)
    assert (found(records, REASSURANCE, Against.FIRST_DAYS).direction is Direction.LOWER) is met


def test_daily_counts_differ_by_half_an_entry_a_day_at_least() -> None:
    def direction(*now: int) -> Direction | None:
        first = [1, 0, 0, 0, 1, 0, 0] * 2
        return found(
            days(0, 0, *first, *[0] * 27, *now, measure=REASSURANCE), REASSURANCE, Against.FIRST_DAYS
        ).direction

    assert direction(*[1, 0, 1, 1, 1, 1, 0] * 2) is None  # 0.29 to 0.71 a day
    assert direction(*[1, 1, 1, 1, 1, 1, 1] * 2) is Direction.HIGHER


def test_a_change_of_recording_between_the_sides_is_said() -> None:
    records = (
        *weeks(ANXIETY, *[8] * 5, until=TODAY - timedelta(days=28)),
        *daily(28, anxiety=4),
    )
    numbered = all_recorded(*(record.content for record in records))
    assert RECORDED_DIFFERENTLY in found(numbered, ANXIETY, Against.BEFORE).cautions
    assert RECORDED_DIFFERENTLY not in found(weeks(ANXIETY, *[8] * 9), ANXIETY, Against.BEFORE).cautions


def test_no_clear_change_is_not_the_same_as_none() -> None:
    one = found(weeks(ANXIETY, *[5] * 9), ANXIETY, Against.BEFORE)
    assert {NO_CAUSE, COULD_BE_MISSED} <= set(one.cautions)
    assert one.would_change[0] == "2 points between the two, where it is 0 now"


def test_withdrawn_check_ins_have_no_part() -> None:
    records = weeks(ANXIETY, *[8] * 6, *[4] * 5)
    high = [recorded(check_in(TODAY - timedelta(days=at), 1, anxiety=9), 100 + at, withdrawn=True) for at in range(20)]
    assert found((*high, *records), ANXIETY, Against.BEFORE) == found(records, ANXIETY, Against.BEFORE)


def test_every_sentence_about_an_own_change_uses_no_banned_word() -> None:
    series = [
        (),
        weeks(ANXIETY, 5),
        weeks(ANXIETY, *[8] * 6, *[4] * 5),
        weeks(ANXIETY, *[8] * 6, *[4] * 4, BLANK),
        weeks(REASSURANCE, *[12] * 5, *[3] * 6),
        weeks(REASSURANCE, *[3] * 5, *[2] * 6),
        days(*[8] * 20, *[3] * 40),
        days(*[8] * 20, *[BLANK] * 20, *[3] * 9),
    ]
    for records in series:
        for measure in (ANXIETY, REASSURANCE, DISTORTIONS):
            for one in own_changes(records, measure, TODAY, method=METHOD):
                for text in (*one.cautions, *one.would_change, one.reason or ""):
                    assert_clean(text)
                assert one.would_change
