"""The reassurance loop: what is given from which base, and what must hold for every history."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.analysis.reassurance import read_loop
from core.model.check_in import CheckIn
from core.model.check_in_parts import Episode, How, PartOfDay, ReliefEnded, Whom
from core.model.findings import Status, Verdict
from core.model.records import Recorded
from tests.builders import TODAY, all_recorded, check_in, method, recorded
from tests.unit.charts.loops import BACK, HELPING, episode, full_loop, loop_of, week_loop

METHOD = method()
EPISODES = st.builds(
    Episode,
    day=st.none() | st.integers(0, 27).map(lambda back: TODAY - timedelta(days=back)),
    part_of_day=st.none() | st.sampled_from(PartOfDay),
    whom=st.sampled_from(Whom),
    how=st.none() | st.sampled_from(How),
    relief=st.none() | st.integers(0, 10),
    relief_minutes=st.none() | st.integers(0, 3000),
    ended=st.none() | st.sampled_from(ReliefEnded),
    same_worry=st.none() | st.booleans(),
)


@st.composite
def records(draw: st.DrawFn) -> tuple[Recorded[CheckIn], ...]:
    """Check-ins that may overlap; episodes with a day have one within their period."""
    contents = []
    for _ in range(draw(st.integers(0, 5))):
        end, days = TODAY - timedelta(days=draw(st.integers(0, 35))), draw(st.integers(1, 14))
        blank = check_in(end, days, anxiety=3)
        told = [
            each if each.day is None or each.day in blank.period else structs.replace(each, day=end)
            for each in draw(st.lists(EPISODES, max_size=5))
        ]
        count = draw(st.none() | st.integers(len(told), 30))
        contents.append(check_in(end, days, anxiety=3, reassurance=count, episodes=told if count is not None else ()))
    return all_recorded(*contents)


def test_below_three_described_nothing_but_the_counts_is_given():
    found = week_loop([episode(2, 20), episode(4, 30)])
    assert (found.described, found.enough, found.rate.count) == (2, False, 2)
    assert (found.whom, found.how) == ((), ())
    for each in (found.relief, found.lasted, found.asked_again):
        assert (each.status, each.verdict) == (Status.CANNOT_JUDGE, Verdict.NOT_ENOUGH_RECORDED)
        assert (each.estimate, each.reason) == (None, "2 described; 3 are needed")


def test_what_would_change_it_says_how_many_more():
    found = week_loop([episode(2, 20), episode(None, 30), episode(3, None)])
    assert found.relief.would_change == ("1 more described episode that says how much it helped",)
    assert found.lasted.would_change == ("1 more described episode that says how long it lasted",)
    assert found.asked_again.would_change == (
        "3 more described episodes that say whether the same worry came up again",
    )
    assert found.relief.reason == "2 of 3 described say how much it helped; 3 are needed"


def test_a_finding_counts_what_was_used_and_what_is_missing():
    found = week_loop([episode(2, 20), episode(4, 30), episode(9, 60), episode(None, None)])
    assert (found.relief.used, found.relief.missing) == (3, 1)
    assert (found.relief.median, found.relief.lowest, found.relief.highest) == (4, 2, 9)
    assert found.relief.verdict is Verdict.DESCRIBED


def test_same_worry_again_is_of_those_known():
    found = week_loop([episode(again=True), episode(again=False), episode(again=True), episode(again=None)])
    assert (found.asked_again.again, found.asked_again.used, found.asked_again.missing) == (2, 3, 1)
    assert found.asked_again.estimate == pytest.approx(2 / 3)


def test_still_helping_is_a_minimum_and_an_unknown_end_is_taken_as_told():
    found = week_loop([episode(2, 10, BACK), episode(4, 20, None), episode(6, 60, HELPING), episode(6, None, HELPING)])
    lasted = found.lasted
    assert (lasted.still_helping, lasted.end_unknown, lasted.untimed, lasted.used) == (1, 1, 1, 3)
    assert lasted.median == 20


def test_whom_and_how_are_counted_with_the_unknown_last():
    found = week_loop([episode(whom=None), episode(whom=Whom.FRIEND), episode(whom=Whom.PARTNER), episode()])
    assert found.whom == ((Whom.PARTNER, 2), (Whom.FRIEND, 1), (None, 1))
    assert found.how == ((How.ASKED, 4),)


def test_days_of_the_grid_are_told_apart():
    days = full_loop().days
    assert (len(days.none_asked), len(days.not_asked), len(days.no_record)) == (5, 7, 9)
    assert not set(days.none_asked) & set(days.not_asked) | set(days.not_asked) & set(days.no_record)


def test_no_record_at_all_is_not_a_loop_of_none():
    found = loop_of()
    assert (found.rate.observed_days, found.described, len(found.days.no_record)) == (0, 0, 28)
    assert found.days.none_asked == ()


def test_withdrawn_check_ins_have_no_part():
    content = check_in(reassurance=3, episodes=[episode(), episode(), episode()])
    assert loop_of(recorded(content, withdrawn=True)) == loop_of()


@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_check_ins_makes_no_difference(some: tuple[Recorded[CheckIn], ...], chance: Random) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert read_loop(shuffled, TODAY, METHOD) == read_loop(some, TODAY, METHOD)


@given(records())
def test_every_episode_of_the_window_counts_once_or_is_set_aside(some: tuple[Recorded[CheckIn], ...]) -> None:
    found = read_loop(some, TODAY, METHOD)
    places = [(each.ref, each.row) for each in found.episodes]
    assert len(places) == len(set(places))
    touching = [record.content for record in some if record.content.period.overlaps(found.window)]
    told = [each for content in touching for each in content.episodes if each.day is None or each.day in found.window]
    assert found.described + found.set_aside == len(told)


@given(records())
def test_a_day_has_one_episode_holding_check_in_at_most(some: tuple[Recorded[CheckIn], ...]) -> None:
    holders: dict[object, set[object]] = {}
    for each in read_loop(some, TODAY, METHOD).episodes:
        if each.told.day is not None:
            holders.setdefault(each.told.day, set()).add(each.ref)
    assert all(len(refs) == 1 for refs in holders.values())


@given(records())
def test_a_check_in_that_left_reassurance_blank_changes_no_figure(some: tuple[Recorded[CheckIn], ...]) -> None:
    before = read_loop(some, TODAY, METHOD)
    after = read_loop((*some, recorded(check_in(TODAY, 28, anxiety=4), 99)), TODAY, METHOD)
    assert (after.episodes, after.relief, after.lasted) == (before.episodes, before.relief, before.lasted)
    assert after.rate.count == before.rate.count
    assert after.days.none_asked == before.days.none_asked
