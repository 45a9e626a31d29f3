"""What holds of a client's own change for any record: order, blanks, missing days, and how seldom chance speaks."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.analysis.own_change import own_changes
from core.analysis.rates import level
from core.analysis.start_level import settled_records, start_level
from core.model.check_in import CheckIn
from core.model.days import Window
from core.model.findings import Direction, Verdict
from core.model.measures import ANXIETY, REASSURANCE
from core.model.records import Recorded
from core.model.series_findings import OwnChange
from tests.builders import TODAY, all_recorded, check_in, method
from tests.unit.analysis.simulated import (
    Simulation,
    confirmed_by_day,
    daily_ratings,
    months_confirmed,
    weekly_counts,
    weekly_ratings,
)
from tests.unit.analysis.strategies import histories

METHOD = method()
SERIES = 2_000
SEED = 4


Records = tuple[Recorded[CheckIn], ...]
Values = dict[int, int]


@st.composite
def series(draw: st.DrawFn) -> Records:
    """Daily, weekly or mixed check-ins up to today, with a step somewhere, gaps, and some overlaps."""
    step, at, slack = draw(st.integers(-6, 6)), draw(st.integers(0, 90)), draw(st.integers(0, 2))
    noise = draw(st.lists(st.integers(0, slack), min_size=90, max_size=90))
    daily_from, weekly_to = draw(st.integers(0, 90)), draw(st.integers(0, 90))
    gaps = draw(st.sets(st.integers(0, 89), max_size=30))

    def value(day: int) -> int:
        return min(10, max(0, 5 - step // 2 + (step if day >= at else 0) + noise[day]))

    def rated(day: int, length: int) -> CheckIn:
        return check_in(TODAY - timedelta(days=89 - day), length, anxiety=value(day), reassurance=4 * value(day))

    days = [rated(day, 1) for day in range(daily_from, 90) if day not in gaps]
    weeks = [rated(day, 7) for day in range(6, weekly_to, 7) if day not in gaps]
    return all_recorded(*weeks, *days)


def marked_not_asked(records: Records, which: set[int]) -> Records:
    blank = {"anxiety_average": None, "reassurance_count": None, "reassurance_count_kind": None, "note": "not asked"}
    return tuple(
        structs.replace(record, content=replace(record.content, **blank)) if record.ref.number in which else record
        for record in records
    )


def changes(records: Records) -> list[OwnChange]:
    return [each for measure in (ANXIETY, REASSURANCE) for each in own_changes(records, measure, TODAY, method=METHOD)]


@given(series(), st.randoms(use_true_random=False))
def test_order_of_check_ins_makes_no_difference(records: Records, order: Random) -> None:
    shuffled = list(records)
    order.shuffle(shuffled)
    assert changes(tuple(shuffled)) == changes(records)


@given(histories(), st.randoms(use_true_random=False))
def test_order_makes_no_difference_whatever_overlaps(records: Records, order: Random) -> None:
    shuffled = list(records)
    order.shuffle(shuffled)
    assert changes(tuple(shuffled)) == changes(records)


@given(series() | histories(), st.sets(st.integers(1, 100)))
def test_days_marked_not_asked_never_lead_to_a_stronger_word(records: Records, which: set[int]) -> None:
    _no_stronger_word(records, which)


def test_a_single_week_marked_not_asked_never_confirms_what_was_possible() -> None:
    # About one in eighty of these would be confirmed when the blank week was passed over in silence.
    rng = Random(SEED)
    for _ in range(600):
        before, after, at = rng.randint(7, 9), rng.randint(4, 6), rng.randint(4, 8)
        values = [(before if week < at else after) + rng.randint(-1, 1) for week in range(11)]
        ends = [TODAY - timedelta(weeks=10 - week) for week in range(11)]
        records = all_recorded(*(check_in(end, 7, anxiety=value) for end, value in zip(ends, values, strict=True)))
        _no_stronger_word(records, {rng.randint(1, 11)})


def test_week_that_spoke_against_a_change_still_does_when_it_is_marked_not_asked() -> None:
    values = (7, 8, 7, 9, 10, 10, 7, 7, 4, 6, 7)
    ends = [TODAY - timedelta(weeks=10 - week) for week in range(11)]
    records = all_recorded(*(check_in(end, 7, anxiety=value) for end, value in zip(ends, values, strict=True)))
    asked, blank = (changes(each)[0] for each in (records, marked_not_asked(records, {6})))
    assert [asked.verdict, blank.verdict] == [Verdict.POSSIBLE_CHANGE] * 2
    assert [look.direction for look in blank.looks] == [Direction.LOWER] * 2


def _no_stronger_word(records: Records, which: set[int]) -> None:
    for before, after in zip(changes(records), changes(marked_not_asked(records, which)), strict=True):
        if before.verdict is Verdict.NOT_ENOUGH_RECORDED:
            assert after.verdict is Verdict.NOT_ENOUGH_RECORDED
        if before.verdict is not Verdict.RELIABLE_CHANGE:
            assert after.verdict is not Verdict.RELIABLE_CHANGE


@given(series() | histories())
def test_start_level_stands_on_the_first_28_of_all_observed_days(records: Records) -> None:
    known, begin = settled_records(records, TODAY, rule=METHOD.rate_rule, moved_to=None)
    observed = {
        day for record in known if record.content.anxiety_average is not None for day in record.content.period
        if day >= begin
    }  # fmt: skip
    first = sorted(observed)[:28]
    found = start_level(records, ANXIETY, TODAY, method=METHOD, moved_to=None)
    assert (found is not None) is (len(first) >= 14)
    if found is not None:
        assert found.window == Window(first[0], first[-1])
        assert found == level(known, found.window)


@given(series(), st.integers(5, 10))
def test_turning_a_rating_round_turns_its_direction_round(records: Records, top: int) -> None:
    def turned(content: CheckIn) -> CheckIn:
        return replace(content, anxiety_average=top - min(top, content.anxiety_average or 0), anxiety_peak=None)

    def cut(content: CheckIn) -> CheckIn:
        return replace(content, anxiety_average=min(top, content.anxiety_average or 0), anxiety_peak=None)

    other = {Direction.LOWER: Direction.HIGHER, Direction.HIGHER: Direction.LOWER, None: None}
    as_is = tuple(structs.replace(record, content=cut(record.content)) for record in records)
    round_ = tuple(structs.replace(record, content=turned(record.content)) for record in records)
    pairs = zip(*(own_changes(each, ANXIETY, TODAY, method=METHOD) for each in (as_is, round_)), strict=True)
    for one, back in pairs:
        assert (one.verdict, one.direction) == (back.verdict, other[back.direction])


def without(rng: Random, values: Mapping[int, int], share: float, *, worst_first: bool) -> Values:
    """The values without a share of them: any of them, or the highest. The first record stays, or none could."""
    going = sorted(list(values)[1:], key=lambda at: (-values[at] if worst_first else 0, rng.random()))
    gone = set(going[: round(share * len(values))])
    return {at: value for at, value in values.items() if at not in gone}


def test_missing_days_never_make_a_rise_look_like_a_fall_in_days() -> None:
    assert _confirmed_lower(lambda rng, case: daily_ratings(rng, replace(case, slope=0.05)), _days) == 0


def test_missing_weeks_never_make_a_rise_look_like_a_fall_in_weekly_ratings() -> None:
    assert _confirmed_lower(lambda rng, case: weekly_ratings(rng, replace(case, slope=0.25), 16), _weeks) == 0


def test_missing_weeks_never_make_a_rise_look_like_a_fall_in_weekly_counts() -> None:
    assert _confirmed_lower(lambda rng, case: weekly_counts(rng, replace(case, slope=0.6), 16), _weekly_counts) == 0


def test_missing_days_seldom_make_an_unchanged_series_look_changed() -> None:
    rng, spoke = Random(SEED), 0
    for at in range(SERIES):
        case = Simulation(lasting=(0.0, 0.3, 0.5)[at % 3], missing=0)
        share = rng.uniform(0.1, 0.6)
        if at % 2:
            spoke += _days(without(rng, daily_ratings(rng, case), share, worst_first=False)) is not None
        else:
            spoke += bool(_weeks(without(rng, weekly_ratings(rng, case, 13), share, worst_first=False)))
    assert spoke <= 0.05 * SERIES


def test_chance_seldom_confirms_a_change_over_four_reviews() -> None:
    for lasting in (0.0, 0.3, 0.5):
        case, rng = Simulation(lasting=lasting), Random(SEED)
        for confirmed in (
            lambda case=case, rng=rng: _days(daily_ratings(rng, case)),
            lambda case=case, rng=rng: _weeks(weekly_ratings(rng, case, 13)),
            lambda case=case, rng=rng: _weekly_counts(weekly_counts(rng, replace(case, level=8.0), 13)),
        ):
            assert sum(bool(confirmed()) for _ in range(400)) <= 0.05 * 400


def test_a_change_of_two_standard_deviations_is_confirmed_by_day_70_in_7_of_10() -> None:
    rng, case = Random(SEED), Simulation(lasting=0.3, level=6.0, drop=3.0)
    confirmed = [_days(daily_ratings(rng, case)) for _ in range(SERIES)]
    assert confirmed.count(Direction.LOWER) >= 0.7 * SERIES
    assert Direction.HIGHER not in confirmed


def _days(values: Mapping[int, int]) -> Direction | None:
    return confirmed_by_day(values, 70)


def _weeks(values: Mapping[int, int]) -> set[Direction]:
    return months_confirmed(values, ANXIETY)


def _weekly_counts(values: Mapping[int, int]) -> set[Direction]:
    return months_confirmed(values, REASSURANCE)


def _confirmed_lower(
    made: Callable[[Random, Simulation], Values], confirmed: Callable[[Values], Direction | set[Direction] | None]
) -> int:
    """How many of 2,000 rising series with 10 to 90 % of their records gone were called lower."""
    rng, lower = Random(SEED), 0
    for at in range(SERIES):
        values = made(rng, Simulation(level=4.0, lasting=0.3, missing=0))
        said = confirmed(without(rng, values, rng.uniform(0.1, 0.9), worst_first=bool(at % 2)))
        lower += said is Direction.LOWER or (isinstance(said, set) and Direction.LOWER in said)
    return lower
