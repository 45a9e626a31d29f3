"""Distortions by kind and beside triggers: bases, order, and what must hold for every history."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.distortions import break_down
from core.analysis.rates import rate
from core.analysis.triggers import SIDE_BY_SIDE, read_triggers, told_in
from core.model.check_in import CheckIn
from core.model.days import Window
from core.model.distortions import DistortionBreakdown, Told
from core.model.findings import Status
from core.model.full_answers import FullAnswers
from core.model.measures import DISTORTIONS
from core.model.records import Recorded, RecordKind, RecordRef
from tests.builders import TODAY, all_recorded, check_in, method
from tests.unit.analysis.strategies import WINDOW, histories

METHOD = method()
MIND, DOOM, ALL_OR_NOTHING = "cd_mind_reading", "cd_catastrophizing", "cd_black_white"
KINDS = (MIND, DOOM, ALL_OR_NOTHING)
LATE, BUSY = UUID(int=1), UUID(int=2)
WEEK = Window.ending(TODAY, 7)
NOON = datetime(2026, 5, 21, 12, tzinfo=UTC)


def breakdown(records: tuple[Recorded[CheckIn], ...], kinds: tuple[str, ...] = KINDS) -> DistortionBreakdown:
    return break_down(records, TODAY, WINDOW, method=METHOD, kinds=kinds)


def kinds(mind: int | None = None, doom: int | None = None, black: int | None = None) -> dict[str, int]:
    given_counts = {MIND: mind, DOOM: doom, ALL_OR_NOTHING: black}
    return {kind: count for kind, count in given_counts.items() if count is not None}


def told(days: Window, counts: dict[str, int], triggers: set[UUID] | None, number: int = 1) -> Told:
    ref = RecordRef(kind=RecordKind.CHECK_IN, number=number, version=1, id=UUID(int=number))
    came_up = None if triggers is None else frozenset(triggers)
    return Told(ref=ref, recorded_at=NOON, days=days, kinds=counts, triggers=came_up)


def test_kinds_stand_by_rate_then_in_the_order_given_and_without_a_rate_last():
    found = breakdown(all_recorded(check_in(kinds=kinds(mind=1, doom=5))))
    assert [reading.kind for reading in found.kinds] == [DOOM, MIND, ALL_OR_NOTHING]
    equal = breakdown(all_recorded(check_in(kinds=kinds(2, 2, 2))))
    assert tuple(reading.kind for reading in equal.kinds) == KINDS


def test_a_kind_asked_and_not_named_is_a_zero_and_one_not_asked_is_not():
    found = {reading.kind: reading.now for reading in breakdown(all_recorded(check_in(kinds=kinds(mind=0)))).kinds}
    assert (found[MIND].count, found[MIND].observed_days, found[MIND].per_week) == (0, 7, 0)
    assert (found[DOOM].observed_days, found[DOOM].per_week) == (0, None)


def test_shares_rest_on_check_ins_that_asked_every_kind():
    some = all_recorded(
        check_in(TODAY, 7, kinds=kinds(3, 1, 0)), check_in(TODAY - timedelta(days=7), 7, kinds=kinds(9))
    )
    found = breakdown(some)
    mind = next(reading for reading in found.kinds if reading.kind == MIND)
    assert (mind.now.count, mind.named, found.sorting.named) == (12, 3, 4)
    assert (found.sorting.every_kind, found.sorting.some_kinds) == (1, 1)
    assert found.share(mind) == mind.named / 4


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (check_in(distortions=4), "kinds were not recorded; counts so far are not sorted"),
        (check_in(anxiety=4), "distortions were not asked in these days"),
    ],
)
def test_without_kinds_it_says_what_there_is(content: CheckIn, reason: str) -> None:
    found = breakdown(all_recorded(content))
    assert (found.status, found.reason) == (Status.CANNOT_JUDGE, reason)
    assert found.would_change == ("a check-in that names distortions by kind",)


def test_no_check_in_is_its_own_reason():
    assert breakdown(()).reason == "no check-in in these days"


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_check_ins_makes_no_difference(some: tuple[Recorded[CheckIn], ...], chance: Random) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert breakdown(tuple(shuffled)) == breakdown(some)


@given(histories())
def test_check_ins_stand_in_one_group_each(some: tuple[Recorded[CheckIn], ...]) -> None:
    found = breakdown(some)
    assert found.sorting.check_ins == found.total.asked.check_ins
    assert min(found.sorting.every_kind, found.sorting.some_kinds, found.sorting.not_asked) >= 0


@given(histories())
def test_shares_add_up_to_one_where_anything_was_named(some: tuple[Recorded[CheckIn], ...]) -> None:
    found = breakdown(some, kinds=(MIND, ALL_OR_NOTHING))
    shares = [found.share(reading) for reading in found.kinds]
    assert sum(filter(None, shares)) == (1 if found.sorting.named else 0)


@given(histories())
def test_bars_of_a_kind_add_up_to_its_rate(some: tuple[Recorded[CheckIn], ...]) -> None:
    found = break_down(some, TODAY, Window.ending(TODAY, 28), method=METHOD, kinds=KINDS)
    for reading in found.kinds:
        assert sum(bar.count for bar in reading.bars) == reading.now.count
        assert sum(bar.observed_days for bar in reading.bars) == reading.now.observed_days


@given(histories())
def test_the_total_is_the_one_that_every_screen_shows(some: tuple[Recorded[CheckIn], ...]) -> None:
    found = breakdown(some)
    assert found.total == rate(some, DISTORTIONS, found.window, kinds=len(KINDS))


def test_a_kind_is_counted_with_the_trigger_and_without_it():
    before = WEEK.before(7)
    found = read_triggers(
        [told(WEEK, kinds(5, 1), {LATE}), told(before, kinds(2, 4), set(), number=2)],
        Window.ending(TODAY, 28),
        kinds=KINDS,
        triggers=(LATE, BUSY),
    )
    mind = found.cell(LATE, MIND)
    assert (mind.with_trigger.count, mind.with_trigger.observed_days) == (5, 7)
    assert (mind.without.count, mind.without.observed_days) == (2, 7)
    assert (found.cell(BUSY, MIND).without.count, found.cell(BUSY, MIND).with_trigger.observed_days) == (7, 0)
    assert dict(found.check_ins) == {LATE: 1, BUSY: 0}
    assert (found.used, found.missing, found.cautions) == (2, 0, (SIDE_BY_SIDE,))


def test_triggers_not_asked_are_not_none():
    blank = read_triggers([told(WEEK, kinds(5), None)], WINDOW, kinds=KINDS, triggers=(LATE,))
    assert (blank.status, blank.reason) == (Status.CANNOT_JUDGE, "triggers were not asked in these days")
    assert blank.cell(LATE, MIND).without.observed_days == 0
    none_came_up = read_triggers([told(WEEK, kinds(5), set())], WINDOW, kinds=KINDS, triggers=(LATE,))
    assert (none_came_up.status, none_came_up.cell(LATE, MIND).without.count) == (Status.OK, 5)


def test_a_shorter_record_has_its_day_in_the_table_too():
    one_day = Window(TODAY, TODAY)
    found = read_triggers(
        [told(WEEK, kinds(7), {LATE}), told(one_day, kinds(3), set(), number=2)],
        WINDOW,
        kinds=KINDS,
        triggers=(LATE,),
    )
    cell = found.cell(LATE, MIND)
    assert (cell.with_trigger.count, cell.with_trigger.observed_days) == (6, 6)
    assert (cell.without.count, cell.without.observed_days) == (3, 1)


@given(histories(), st.lists(st.none() | st.sets(st.sampled_from([LATE, BUSY])), min_size=8, max_size=8))
def test_both_sides_of_a_trigger_add_up_to_the_rate_where_every_check_in_asked(
    some: tuple[Recorded[CheckIn], ...], came_up: list[set[UUID] | None]
) -> None:
    asked = [
        told(record.content.period, dict(record.content.distortions_by_kind), came_up[place] or set(), place + 1)
        for place, record in enumerate(some)
    ]
    window = Window.ending(TODAY, 28)
    found = read_triggers(asked, window, kinds=(MIND,), triggers=(LATE, BUSY))
    late, busy = found.cell(LATE, MIND), found.cell(BUSY, MIND)
    assert late.with_trigger.count + late.without.count == busy.with_trigger.count + busy.without.count
    assert late.with_trigger.observed_days + late.without.observed_days <= window.days
    shuffled = read_triggers(asked[::-1], window, kinds=(MIND,), triggers=(LATE, BUSY))
    assert shuffled == found


@given(histories())
def test_the_table_counts_days_as_the_breakdown_does(some: tuple[Recorded[CheckIn], ...]) -> None:
    window = breakdown(some).window
    now = {reading.kind: reading.now for reading in breakdown(some).kinds}
    every_one_asked = [
        Told(ref=each.ref, recorded_at=each.recorded_at, days=each.days, kinds=each.kinds, triggers=frozenset())
        for each in told_in(some)
    ]
    cell = read_triggers(every_one_asked, window, kinds=KINDS, triggers=(LATE,)).cell(LATE, MIND)
    assert (cell.without.count, cell.without.observed_days) == (now[MIND].count, now[MIND].observed_days)
    assert cell.without.refs == now[MIND].refs


def test_the_record_gives_its_triggers():
    content = CheckIn(
        period_end=TODAY,
        period_days=7,
        source=check_in(anxiety=1).source,
        distortions_by_kind=kinds(2),
        full=FullAnswers(triggers=frozenset({BUSY})),
    )
    (only,) = told_in(all_recorded(content))
    assert (only.triggers, only.days, dict(only.kinds)) == (frozenset({BUSY}), WEEK, {MIND: 2})
