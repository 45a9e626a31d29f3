from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from statistics import median
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.analysis.exposure import counting
from core.analysis.reassurance import read_loop
from core.analysis.sign_episodes import described as described_in
from core.analysis.sign_inputs import Inputs
from core.analysis.sign_rules import SixSigns
from core.analysis.warning_signs import read_sign, read_signs, read_states
from core.model.check_in import CheckIn
from core.model.check_in_parts import Episode, ReliefEnded, SignAnswer
from core.model.days import Window
from core.model.findings import Status
from core.model.full_answers import FullAnswers, Reaction
from core.model.readings import SignState
from core.model.records import Recorded
from core.model.sign_findings import (
    CHECKING_SIGN,
    CONFLICT_SIGN,
    ISOLATION_SIGN,
    JEALOUSY_SIGN,
    OVERTHINKING_SIGN,
    REASSURANCE_SIGN,
    GroundKind,
    MayBe,
    Side,
    SignFinding,
    SignGround,
)
from core.model.sign_thresholds import SignThresholds
from tests.builders import SIGN, TODAY, all_recorded, check_in, method, recorded, sign_answers, thresholds
from tests.unit.analysis.strategies import histories, separate_histories

DEFAULT = thresholds()
METHOD = method()
ALL_SIX = METHOD.signs
OFTEN, SOMETIMES, ABSENT = SignAnswer.OFTEN, SignAnswer.SOMETIMES, SignAnswer.NOT_PRESENT
PRESENT, WATCH, NOT_SEEN = SignState.PRESENT, SignState.WATCH, SignState.NOT_SEEN
INSUFFICIENT = SignState.INSUFFICIENT
TOPIC, OTHER_TOPIC = UUID(int=81), UUID(int=82)

Records = tuple[Recorded[CheckIn], ...]


def read(records: Records, sign: str = SIGN, as_of: date = TODAY, by: SignThresholds = DEFAULT) -> SignFinding:
    return read_sign(sign, records, as_of, by)


def weeks(contents: Sequence[CheckIn]) -> Records:
    """Check-ins of a week each, oldest first, the last one ending today."""
    last = len(contents) - 1
    return all_recorded(
        *(replace(content, period_end=TODAY - timedelta(weeks=last - place)) for place, content in enumerate(contents))
    )


def week(sign: str, answer: SignAnswer | None = ABSENT, **full: object) -> CheckIn:
    made = check_in(signs={sign: answer} if answer else None, note="any")
    return replace(made, full=FullAnswers(**full))  # type: ignore[arg-type]  # the test names the fields


def asked_for(count: int, *reliefs: int, minutes: int | None = 90, answer: SignAnswer | None = ABSENT) -> CheckIn:
    return check_in(
        reassurance=count,
        episodes=[Episode(relief=relief, relief_minutes=minutes) for relief in reliefs],
        signs={REASSURANCE_SIGN: answer} if answer else None,
    )


def fights(count: int, topic: UUID = TOPIC, answer: SignAnswer = ABSENT) -> CheckIn:
    return week(
        CONFLICT_SIGN,
        answer,
        conflicts=max(count, 1),
        repeated_conflicts=count,
        conflict_topic=topic if count else None,
    )


def thoughts(mind_reading: int | None, catastrophizing: int | None) -> CheckIn:
    kinds = {"cd_mind_reading": mind_reading, "cd_catastrophizing": catastrophizing}
    return check_in(
        kinds={kind: count for kind, count in kinds.items() if count is not None}, signs={OVERTHINKING_SIGN: ABSENT}
    )


def of_kind(finding: SignFinding, kind: GroundKind) -> SignGround:
    return next(ground for ground in finding.grounds if ground.kind is kind)


# The window and the numbers


def test_the_window_ends_on_the_day_of_the_reading() -> None:
    assert read(()).window == Window.ending(TODAY, 28)
    assert read(()).status is Status.CANNOT_JUDGE


def test_a_reading_of_an_earlier_day_knows_nothing_of_later_days() -> None:
    records = sign_answers(*[ABSENT] * 4, *[OFTEN] * 4)
    then = TODAY - timedelta(weeks=4)
    assert read(records, as_of=then).state is NOT_SEEN
    assert read(records, as_of=then) == read(records[:4], as_of=then)
    assert read(records).state is PRESENT


def test_answers_to_another_sign_are_not_read() -> None:
    reading = read(sign_answers(*[OFTEN] * 4), ISOLATION_SIGN)
    assert reading.state is INSUFFICIENT
    assert reading.count(None) == 4
    assert reading.evidence == ()


def test_the_numbers_of_the_rule_are_the_ones_handed_in() -> None:
    records = sign_answers(SOMETIMES, ABSENT, SOMETIMES, ABSENT)
    assert read(records).by_rule is WATCH
    stricter = replace(DEFAULT, answers=replace(DEFAULT.answers, present_share=0.75, watch_share=0.75))
    assert read(records, by=stricter).by_rule is NOT_SEEN
    more_needed = replace(DEFAULT, answers=replace(DEFAULT.answers, min_check_ins=5))
    assert read(records, by=more_needed).state is INSUFFICIENT


def test_a_share_is_met_exactly_where_it_is_written() -> None:
    records = all_recorded(
        check_in(TODAY, 6, signs={SIGN: OFTEN}),
        check_in(TODAY - timedelta(days=6), 5, signs={SIGN: OFTEN}),
        check_in(TODAY - timedelta(days=11), 9, signs={SIGN: ABSENT}),
    )
    for share, state in ((0.55, PRESENT), (0.56, WATCH)):
        rule = replace(DEFAULT.answers, present_share=share, watch_share=0.5)
        assert read(records, by=replace(DEFAULT, answers=rule)).by_rule is state


def test_entries_are_listed_oldest_first_with_the_days_they_keep() -> None:
    records = all_recorded(
        check_in(TODAY, 1, signs={SIGN: OFTEN}),
        check_in(TODAY, 7, signs={SIGN: SOMETIMES}),
        check_in(TODAY - timedelta(days=26), 7, signs={SIGN: ABSENT}),
        check_in(TODAY - timedelta(days=7), 7, anxiety=4),
    )
    reading = read(records)
    assert [(entry.ref.number, entry.days) for entry in reading.entries] == [(3, 2), (4, 0), (2, 6), (1, 1)]
    assert [entry.ref.number for entry in reading.evidence] == [3, 2, 1]
    assert reading.asked_days == 9


# Reassurance


@pytest.mark.parametrize(
    ("counts", "reliefs", "state"),
    [
        ((7, 7, 7, 7), (3, 4, 5), PRESENT),  # at both lines
        ((7, 7, 7, 6), (3, 4, 5), WATCH),  # one time below 7 a week
        ((7, 7, 7, 8), (3, 4, 5), PRESENT),  # one above
        ((7, 7, 7, 7), (3, 5, 6), WATCH),  # median relief one above 4
        ((7, 7, 7, 7), (3, 3, 6), PRESENT),  # and one below
        ((7, 7, 7, 7), (3, 3), WATCH),  # one described episode too few
        ((3, 3, 3, 3), (), WATCH),  # at the line of 3 a week
        ((3, 3, 3, 2), (), NOT_SEEN),  # one below
        ((3, 3, 3, 4), (), WATCH),  # one above
        ((1, 1, 1, 3), (2, 2, 2), WATCH),  # poor relief alone
        ((1, 2, 1, 3), (7, 7, 7), NOT_SEEN),  # reassurance that helps is not a sign
        ((0, 0, 0, 0), (), NOT_SEEN),
    ],
)
def test_reassurance_is_read_by_times_and_relief(
    counts: tuple[int, ...], reliefs: tuple[int, ...], state: SignState
) -> None:
    contents = [*(asked_for(count) for count in counts[:3]), asked_for(counts[3], *reliefs)]
    assert read(weeks(contents), REASSURANCE_SIGN).by_rule is state


@pytest.mark.parametrize(
    ("minutes", "still", "poor"),
    [
        ((59, 59, 60, 60), (), True),
        ((59, 60, 60, 60), (), False),
        ((59, 59, 60, 60), (0,), False),
        ((59, 59), (), False),
    ],
)
def test_relief_is_poor_when_half_lasted_under_an_hour_and_a_minimum_is_never_short(
    minutes: tuple[int, ...], still: tuple[int, ...], *, poor: bool
) -> None:
    episodes = [
        Episode(relief_minutes=value, ended=ReliefEnded.STILL_HELPING if place in still else None)
        for place, value in enumerate(minutes)
    ]
    last = replace(asked_for(5), episodes=tuple(episodes))
    state = read(weeks([asked_for(0), asked_for(0), asked_for(0), last]), REASSURANCE_SIGN).by_rule
    assert state is (WATCH if poor else NOT_SEEN)


def test_reassurance_that_helps_speaks_against_the_sign() -> None:
    finding = read(weeks([asked_for(1)] * 3 + [asked_for(3, 7, 7, 8)]), REASSURANCE_SIGN)
    helped = of_kind(finding, GroundKind.RELIEF)
    assert (helped.side, helped.figure, helped.count, helped.base) == (Side.AGAINST, 7, 3, 6)
    assert [ref.number for ref in helped.refs] == [4]


@pytest.mark.parametrize(("days", "state"), [(6, INSUFFICIENT), (7, WATCH), (8, WATCH)])
def test_counts_alone_are_enough_from_fourteen_days(days: int, state: SignState) -> None:
    records = all_recorded(
        check_in(TODAY, days, reassurance=5), check_in(TODAY - timedelta(days=days), 7, reassurance=5)
    )
    finding = read(records, REASSURANCE_SIGN)
    assert finding.by_rule is state
    assert finding.from_counts is (state is not INSUFFICIENT)


def test_counts_stand_for_no_other_sign() -> None:
    records = weeks([replace(week(CHECKING_SIGN, None, checking_days=7), reassurance_count=0)] * 4)
    assert read(records, CHECKING_SIGN).state is INSUFFICIENT


@given(histories(), st.lists(st.tuples(st.integers(0, 7), st.integers(0, 10), st.integers(0, 300)), max_size=6))
def test_relief_is_read_from_the_episodes_of_the_reassurance_loop(
    records: Records, told: list[tuple[int, int, int]]
) -> None:
    contents = {record.ref.number: record.content for record in records}
    for number, relief, minutes in told:
        content = contents.get(number)
        if content is not None and content.reassurance_count and content.reassurance_count > len(content.episodes):
            episode = Episode(day=content.period_end if minutes % 2 else None, relief=relief, relief_minutes=minutes)
            contents[number] = replace(content, episodes=(*content.episodes, episode))
    described = tuple(structs.replace(record, content=contents[record.ref.number]) for record in records)
    loop = read_loop(described, TODAY, METHOD)
    today = TODAY.toordinal()
    rules = SixSigns(Inputs.between(counting(described).ended_by(TODAY), today, today, 28), DEFAULT)
    asked = rules.inputs.counted("reassurance")
    mine = list(described_in(asked.held(today)))
    reliefs = [each.told.relief for each in mine if each.told.relief is not None]
    minutes = [each.told.relief_minutes for each in mine if each.told.relief_minutes is not None]
    low = len(reliefs) >= 3 and median(reliefs) <= 4
    short = len(minutes) >= 3 and 2 * sum(1 for each in minutes if each < 60) >= len(minutes)
    assert rules.poor_relief((today,), [0]) == [low or short]
    assert {(each.held.span.ref, each.row) for each in mine} == {(each.ref, each.row) for each in loop.episodes}
    amount = rules.inputs.amount("reassurance", TODAY.toordinal())
    assert (amount.total, amount.days) == (loop.rate.count, loop.rate.observed_days)


# Checking, jealousy, overthinking


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ((4, 4, 3, 3), PRESENT),  # 14 of 28: half
        ((4, 3, 3, 3), WATCH),  # 13: one below
        ((4, 4, 4, 3), PRESENT),  # 15: one above
        ((2, 2, 2, 1), WATCH),  # 7: a quarter
        ((2, 2, 1, 1), NOT_SEEN),  # 6: one below
        ((2, 2, 2, 2), WATCH),  # 8: one above
    ],
)
def test_checking_is_read_by_the_days_on_which_there_was_any(days: tuple[int, ...], state: SignState) -> None:
    assert read(weeks([week(CHECKING_SIGN, checking_days=each) for each in days]), CHECKING_SIGN).by_rule is state


def test_days_of_checking_need_fourteen_asked_days() -> None:
    blank = [week(CHECKING_SIGN)] * 3
    one = read(weeks([*blank, week(CHECKING_SIGN, checking_days=7)]), CHECKING_SIGN)
    assert one.by_rule is NOT_SEEN
    assert of_kind(one, GroundKind.CHECKED).side is Side.BESIDE
    two = read(weeks([*blank[1:], *[week(CHECKING_SIGN, checking_days=7)] * 2]), CHECKING_SIGN)
    assert two.by_rule is PRESENT
    assert of_kind(two, GroundKind.CHECKED).side is Side.FOR


def test_a_high_peak_with_panic_is_listed_and_changes_nothing() -> None:
    def told(peak: int, *reactions: Reaction) -> CheckIn:
        return replace(week(JEALOUSY_SIGN, reactions=frozenset(reactions)), anxiety_peak=peak)

    finding = read(weeks([told(8, Reaction.PANIC), told(7, Reaction.PANIC), told(9), told(2)]), JEALOUSY_SIGN)
    listed = of_kind(finding, GroundKind.PEAK_WITH_PANIC)
    assert (finding.state, listed.side, listed.count, listed.base) == (NOT_SEEN, Side.BESIDE, 1, 4)
    assert [ref.number for ref in listed.refs] == [1]


@pytest.mark.parametrize(("last", "state"), [(6, NOT_SEEN), (7, WATCH), (8, WATCH)])
def test_mind_reading_and_catastrophizing_together_are_watch_from_seven_a_week(last: int, state: SignState) -> None:
    records = weeks([*[thoughts(3, 4)] * 3, thoughts(last, 0)])
    assert read(records, OVERTHINKING_SIGN).by_rule is state


def test_a_check_in_that_asked_one_of_the_two_kinds_says_nothing_of_both() -> None:
    records = weeks([thoughts(20, None), thoughts(None, 20), thoughts(0, 0), thoughts(0, 0)])
    finding = read(records, OVERTHINKING_SIGN)
    assert finding.by_rule is NOT_SEEN
    assert of_kind(finding, GroundKind.THOUGHTS).base == 14


# Friends dropped, same fight


@given(
    st.sampled_from(SignAnswer),
    st.lists(st.sampled_from(COUNTED := (OFTEN, SOMETIMES, ABSENT)), min_size=4, max_size=4),
)
def test_withdrawal_never_touches_friends_dropped(withdrew: SignAnswer, answers: list[SignAnswer]) -> None:
    without = read(weeks([week(ISOLATION_SIGN, answer) for answer in answers]), ISOLATION_SIGN)
    beside = read(weeks([week(ISOLATION_SIGN, answer, withdrew=withdrew) for answer in answers]), ISOLATION_SIGN)
    assert (beside.state, beside.by_rule, beside.standing, beside.would_change) == (
        without.state, without.by_rule, without.standing, without.would_change,
    )  # fmt: skip
    assert [each for each in beside.grounds if each.side is not Side.BESIDE] == list(without.grounds)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ((0, 0, 2, 2), PRESENT),  # 4 on one topic at 2 check-ins
        ((0, 0, 2, 1), WATCH),  # one fight below
        ((0, 0, 2, 3), PRESENT),  # one above
        ((0, 0, 0, 4), WATCH),  # one check-in below
        ((1, 1, 1, 1), PRESENT),
        ((0, 0, 1, 1), WATCH),  # 2 on one topic
        ((0, 0, 0, 1), NOT_SEEN),  # one below
        ((0, 0, 0, 3), WATCH),
    ],
)
def test_same_fight_counts_fights_on_one_topic(told: tuple[int, ...], state: SignState) -> None:
    assert read(weeks([fights(count) for count in told]), CONFLICT_SIGN).by_rule is state


def test_fights_on_two_topics_are_not_added_up() -> None:
    records = weeks([fights(1), fights(1, OTHER_TOPIC), fights(1), fights(1, OTHER_TOPIC)])
    finding = read(records, CONFLICT_SIGN)
    assert finding.by_rule is WATCH
    ground = of_kind(finding, GroundKind.FIGHTS)
    assert (ground.count, ground.base, ground.topic) == (2, 2, TOPIC)


def test_the_topic_that_says_most_is_in_front_of_one_with_more_fights() -> None:
    records = weeks([fights(2), fights(2), fights(0), fights(5, OTHER_TOPIC)])
    assert read(records, CONFLICT_SIGN).by_rule is PRESENT
    assert of_kind(read(records, CONFLICT_SIGN), GroundKind.FIGHTS).topic == TOPIC


def test_fights_are_of_four_weeks_also_where_the_window_is_longer() -> None:
    longer = replace(DEFAULT, answers=replace(DEFAULT.answers, window_days=56))
    records = weeks([fights(count) for count in (0, 0, 0, 0, 2, 2, 0, 0)])
    assert read(records, CONFLICT_SIGN).by_rule is PRESENT
    assert read(records, CONFLICT_SIGN, by=longer).by_rule is WATCH


# What must hold for every history


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_records_never_matters(records: Records, chance: Random) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)
    assert read_signs(tuple(shuffled), TODAY, ALL_SIX, DEFAULT) == read_signs(records, TODAY, ALL_SIX, DEFAULT)


@given(separate_histories(), st.integers(0, 7))
def test_marking_days_not_asked_never_makes_a_verdict_of_too_little(records: Records, which: int) -> None:
    marked = tuple(
        structs.replace(record, content=replace(record.content, signs={}, note="any")) if place == which else record
        for place, record in enumerate(records)
    )
    if read(records).state is INSUFFICIENT:
        assert read(marked).state is INSUFFICIENT


@given(
    st.lists(st.tuples(st.sampled_from([*SignAnswer, None]), st.integers(0, 9)), max_size=8),
    st.integers(0, 7),
    st.booleans(),
)
def test_marking_answers_or_counts_not_asked_never_makes_a_verdict_of_reassurance(
    said: list[tuple[SignAnswer | None, int]], which: int, counts: bool
) -> None:
    contents = [replace(asked_for(count, answer=answer), note="any") for answer, count in said]
    records = weeks(contents)
    if which < len(contents):
        blank = {"reassurance_count": None, "reassurance_count_kind": None} if counts else {"signs": {}}
        contents[which] = replace(contents[which], **blank)
    if read(records, REASSURANCE_SIGN).state is INSUFFICIENT:
        assert read(weeks(contents), REASSURANCE_SIGN).state is INSUFFICIENT


@given(histories())
def test_states_for_many_clients_are_those_of_the_full_reading(records: Records) -> None:
    full = read_signs(records, TODAY, ALL_SIX, DEFAULT)
    light = read_states(records, TODAY, ALL_SIX, DEFAULT)
    assert [(each.sign, each.state, each.asked_days, each.entries) for each in light] == [
        (each.sign, each.state, each.asked_days, each.entries) for each in full
    ]


@given(histories(answers=(OFTEN, SOMETIMES, ABSENT)))
def test_grounds_rest_on_records_of_the_window_and_answers_add_up(records: Records) -> None:
    finding = read(records)
    known = {record.ref for record in records if record.content.period.overlaps(finding.window)}
    assert all(set(ground.refs) <= known and ground.refs for ground in finding.grounds)
    answers = [
        each
        for each in finding.grounds
        if each.kind in (GroundKind.OFTEN, GroundKind.SOMETIMES, GroundKind.NOT_PRESENT)
    ]
    assert sum(each.count for each in answers) == finding.asked_check_ins
    assert sum((each.figure or 0 for each in answers), Fraction(0)) == finding.asked_days


# What would change it


def further(records: Records, finding: SignFinding) -> Iterator[tuple[SignFinding, SignState | None]]:
    """Each thing that would change it, done: the reading of the record that holds it."""
    for change in finding.would_change:
        contents = [
            check_in(TODAY + timedelta(days=change.days * number), change.days, signs={SIGN: change.answer or ABSENT})
            for number in range(1, change.check_ins + 1)
        ]
        more = tuple(recorded(content, 90 + number) for number, content in enumerate(contents))
        yield read((*records, *more), as_of=contents[-1].period_end), change.state


@given(separate_histories())
def test_what_would_change_it_does_so_when_it_is_recorded(records: Records) -> None:
    finding = read(records)
    for after, state in further(records, finding):
        assert after.state is not finding.state
        assert after.state is not INSUFFICIENT
        assert state is None or after.state is state


def test_one_more_often_makes_present_of_a_watch_that_is_rising() -> None:
    finding = read(sign_answers(ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, OFTEN, OFTEN, OFTEN))
    assert finding.standing.may_be == MayBe(state=PRESENT, check_ins=1) or finding.state is PRESENT
    finding = read(sign_answers(ABSENT, ABSENT, SOMETIMES, SOMETIMES, SOMETIMES, OFTEN, OFTEN))
    assert (finding.state, finding.standing.may_be) == (WATCH, MayBe(state=PRESENT, check_ins=1))
    assert (finding.would_change[0].check_ins, finding.would_change[0].answer) == (1, OFTEN)
    assert finding.would_change[0].state is PRESENT


def test_two_more_asked_days_and_it_can_be_judged() -> None:
    records = all_recorded(
        check_in(TODAY, 6, signs={SIGN: OFTEN}), check_in(TODAY - timedelta(days=6), 6, signs={SIGN: OFTEN})
    )
    (change,) = read(records).would_change
    assert (change.check_ins, change.days, change.answer, change.state) == (1, 2, None, None)


def test_older_days_that_leave_the_window_are_made_up_for() -> None:
    records = all_recorded(
        check_in(TODAY, 6, signs={SIGN: OFTEN}), check_in(TODAY - timedelta(days=22), 6, signs={SIGN: OFTEN})
    )
    (change,) = read(records).would_change
    assert (change.check_ins, change.days) == (1, 8)
