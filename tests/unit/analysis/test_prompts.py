"""Prompts: when each rule holds, what it rests on, and how long an answered one rests."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from core.analysis.prompt_weeks import average_weeks, peak_weeks
from core.analysis.prompts import line_crossed, read_prompts
from core.analysis.warning_signs import read_sign
from core.catalogue import load_catalogue
from core.model.days import Window
from core.model.findings import Verdict
from core.model.profile import Profile
from core.model.prompts import (
    COMFORTED,
    DISAGREE,
    LIFE_DISRUPTION,
    PERSISTENT,
    PROMPTS,
    REPEATS_ACROSS,
    TRAUMA_LINKED,
    UNMANAGEABLE,
    WORSENING,
    Disagreement,
    OriginNoted,
    PromptState,
    SignHolds,
)
from core.model.readings import SignState
from core.model.records import RecordKind
from core.model.sign_findings import JEALOUSY_SIGN, REASSURANCE_SIGN, GroundKind, Side
from tests.builders import TODAY, check_in, weekly
from tests.prompt_builders import (
    THRESHOLDS,
    WEEK,
    answer,
    answered_weeks,
    anxiety_changes,
    change,
    fallen,
    finding,
    form,
    held,
    inputs,
    written,
)
from tests.unit.analysis.strategies import histories

CATALOGUE = load_catalogue()
RULES = CATALOGUE.prompt_rules


def test_nothing_recorded_holds_no_prompt() -> None:
    found = read_prompts(inputs(profile=Profile(client_id=UUID(int=1))), RULES)
    assert (found.prompts, found.answers, found.version) == ((), (), 0)


def test_beyond_handling_needs_the_sign_and_the_peaks() -> None:
    records = answered_weeks(JEALOUSY_SIGN, 6, peak=8)
    sign = read_sign(JEALOUSY_SIGN, records, TODAY, THRESHOLDS)
    assert sign.state is SignState.PRESENT
    assert list(held(readings=[sign], check_ins=records)) == [UNMANAGEABLE]
    assert held(readings=[sign]) == {}
    assert held(check_ins=records) == {}
    assert held(readings=[structs.replace(sign, state=SignState.WATCH)], check_ins=records) == {}


def test_beyond_handling_rests_on_the_records_of_sign_and_peaks() -> None:
    records = answered_weeks(JEALOUSY_SIGN, 6, peak=8)
    sign = read_sign(JEALOUSY_SIGN, records, TODAY, THRESHOLDS)
    refs = held(readings=[sign], check_ins=records)[UNMANAGEABLE].refs
    assert [ref.label for ref in refs] == ["c3", "c4", "c5", "c6"]


def test_beyond_handling_holds_when_it_was_noted_by_hand() -> None:
    found = held(profile=written(observed=(UNMANAGEABLE,)))
    assert list(found) == [UNMANAGEABLE]
    assert found[UNMANAGEABLE].refs == ()


@pytest.mark.parametrize(("days", "holds"), [(55, False), (56, True), (57, True)])
def test_comforted_needs_eight_weeks_of_present(days: int, holds: bool) -> None:
    sign = finding(REASSURANCE_SIGN, 12, relief=2)
    assert sign.standing.spell is not None
    spell = structs.replace(sign.standing.spell, first_day=TODAY - timedelta(days=days))
    sign = structs.replace(sign, standing=structs.replace(sign.standing, spell=spell))
    assert (COMFORTED in held(readings=[sign])) is holds


@pytest.mark.parametrize(("relief", "holds"), [(3, True), (4, True), (5, False)])
def test_comforted_needs_poor_relief(relief: int, holds: bool) -> None:
    sign = finding(REASSURANCE_SIGN, 12, relief=relief)
    assert sign.state is SignState.PRESENT
    assert (COMFORTED in held(readings=[sign])) is holds


def test_comforted_needs_described_relief() -> None:
    sign = finding(REASSURANCE_SIGN, 12)
    assert sign.state is SignState.PRESENT
    assert held(readings=[sign]) == {}


def test_comforted_shows_the_relief_it_rests_on() -> None:
    (ground,) = held(readings=[finding(REASSURANCE_SIGN, 12, relief=2)])[COMFORTED].grounds
    assert isinstance(ground, SignHolds)
    assert GroundKind.RELIEF in [each.kind for each in ground.finding.grounds_on(Side.FOR)]


@pytest.mark.parametrize(
    ("totals", "holds"),
    [((5, 10, 10), False), ((5, 11, 10), False), ((5, 11, 11), True), ((5, 12, 12), True), ((5, 5, 12), False)],
)
def test_reliable_change_is_past_the_threshold_twice_in_a_row(totals: tuple[int, ...], holds: bool) -> None:
    assert (WORSENING in held(changes=[change("phq9", *totals)])) is holds


def test_a_fall_is_no_worsening() -> None:
    fallen = change("phq9", 20, 5, 5)
    assert fallen.verdict is Verdict.RELIABLE_CHANGE
    assert held(changes=[fallen]) == {}


@pytest.mark.parametrize(("days", "holds"), [(83, True), (84, True), (85, False)])
def test_a_change_of_long_ago_is_not_told_any_more(days: int, holds: bool) -> None:
    until = TODAY - timedelta(days=days)
    assert (WORSENING in held(changes=[change("phq9", 5, 15, 15, until=until)])) is holds


@pytest.mark.parametrize(("days", "holds"), [(83, True), (84, True), (85, False)])
def test_a_line_crossed_long_ago_is_not_told_any_more(days: int, holds: bool) -> None:
    crossed = line_crossed(
        CATALOGUE.questionnaires["gad7"], form("gad7", 9, 10, until=TODAY - timedelta(days=days)), 10
    )
    assert crossed is not None
    assert (WORSENING in held(crossings=[crossed])) is holds


def test_another_questionnaire_is_not_read() -> None:
    assert held(changes=[structs.replace(change("phq9", 5, 15, 15), questionnaire_id="pss_10")]) == {}


def test_a_form_of_another_version_does_not_cross_the_line() -> None:
    gad7 = CATALOGUE.questionnaires["gad7"]
    assert line_crossed(replace(gad7, version=gad7.version + 1), form("gad7", 8, 12), 10) is None


def test_of_two_forms_on_one_day_the_later_one_counts() -> None:
    first, second = form("gad7", 8, 12)
    again = structs.replace(first, day=second.day, number=3)
    assert line_crossed(CATALOGUE.questionnaires["gad7"], (first, second, again), 10) is None


@pytest.mark.parametrize(
    ("origins", "approaches", "holds"),
    [
        (("or_past_betrayal",), (), True),
        (("or_emotional_neglect_trauma",), ("ta_cbt",), True),
        (("or_past_betrayal",), ("ta_cbt", "ta_somatic_trauma"), False),
        (("or_little_praise", None), (), False),
        ((), (), False),
    ],
)
def test_trauma_needs_its_origin_and_no_approach_for_it(
    origins: tuple[str, ...], approaches: tuple[str, ...], holds: bool
) -> None:
    found = held(profile=written(origins=origins, approaches=approaches))
    assert (TRAUMA_LINKED in found) is holds
    if holds:
        (ground,) = found[TRAUMA_LINKED].grounds
        assert isinstance(ground, OriginNoted)
        assert (ground.origins, ground.approaches) == (origins, approaches)


@pytest.mark.parametrize("name", [REPEATS_ACROSS, LIFE_DISRUPTION])
def test_what_only_a_person_sees_holds_while_it_stands_in_the_profile(name: str) -> None:
    assert list(held(profile=written(observed=(name,)))) == [name]
    assert held(profile=written(observed=(name,), ended_on=TODAY)) == {}


def test_an_observation_of_one_prompt_says_nothing_of_another() -> None:
    assert list(held(profile=written(observed=(PERSISTENT, WORSENING, "pf_trust")))) == []


def test_check_ins_lower_and_a_form_reliably_higher_disagree() -> None:
    records = fallen()
    found = held(check_ins=records, own_changes=anxiety_changes(records), changes=[change("phq9", 5, 15, 15)])
    assert list(found) == [WORSENING, DISAGREE]
    (ground,) = found[DISAGREE].grounds
    assert isinstance(ground, Disagreement)
    kinds = {ref.kind for ref in ground.refs}
    assert kinds == {RecordKind.CHECK_IN, RecordKind.QUESTIONNAIRE}


def test_check_ins_higher_and_a_form_reliably_lower_disagree() -> None:
    records = fallen(3, 8)
    found = held(check_ins=records, own_changes=anxiety_changes(records), changes=[change("phq9", 20, 5, 5)])
    assert DISAGREE in found


@pytest.mark.parametrize(
    ("start", "now", "totals"),
    [
        (8, 3, (20, 5, 5)),  # both lower
        (8, 3, (5, 5, 15)),  # the form only possibly higher
        (5, 4, (5, 15, 15)),  # check-ins within two points
    ],
)
def test_what_agrees_or_is_not_clear_does_not_disagree(start: int, now: int, totals: tuple[int, ...]) -> None:
    records = fallen(start, now)
    found = held(check_ins=records, own_changes=anxiety_changes(records), changes=[change("phq9", *totals)])
    assert DISAGREE not in found


def test_a_check_in_difference_of_two_points_is_at_the_line_of_disagreement() -> None:
    for now, holds in ((6, True), (7, False)):
        records = fallen(8, now)
        found = held(check_ins=records, own_changes=anxiety_changes(records), changes=[change("phq9", 5, 15, 15)])
        assert (DISAGREE in found) is holds


def test_prompts_stand_in_the_order_of_the_documents() -> None:
    found = held(
        profile=written(origins=("or_past_betrayal",), observed=(LIFE_DISRUPTION, REPEATS_ACROSS, UNMANAGEABLE))
    )
    assert list(found) == [UNMANAGEABLE, REPEATS_ACROSS, TRAUMA_LINKED, LIFE_DISRUPTION]


def test_a_resting_prompt_says_when_it_is_shown_again() -> None:
    prompt = held(profile=written(observed=(REPEATS_ACROSS,), answers=(answer(REPEATS_ACROSS),)))[REPEATS_ACROSS]
    assert prompt.state is PromptState.RESTING
    assert prompt.shows_again_on == TODAY + timedelta(days=90)


def test_an_answer_to_one_prompt_does_not_rest_another() -> None:
    profile = written(observed=(REPEATS_ACROSS, LIFE_DISRUPTION), answers=(answer(REPEATS_ACROSS),))
    found = read_prompts(inputs(profile=profile), RULES)
    assert [prompt.id for prompt in found.shown] == [LIFE_DISRUPTION]
    assert [prompt.id for prompt in found.resting] == [REPEATS_ACROSS]


def test_answers_are_listed_newest_first_also_those_whose_rule_no_longer_holds() -> None:
    given = (
        answer(PERSISTENT, TODAY - WEEK, "one"),
        answer(PERSISTENT, TODAY, "two"),
        answer(WORSENING, TODAY, "three"),
    )
    found = read_prompts(inputs(profile=written(answers=given)), RULES)
    assert found.prompts == ()
    assert [each.words for each in found.answers] == ["three", "two", "one"]
    assert found.version == 1


def test_an_answer_of_a_later_day_is_not_known_yet() -> None:
    profile = written(observed=(REPEATS_ACROSS,), answers=(answer(REPEATS_ACROSS, TODAY + WEEK),))
    found = read_prompts(inputs(profile=profile), RULES)
    assert found.answers == ()
    assert [prompt.state for prompt in found.prompts] == [PromptState.SHOWN]


def test_a_safety_item_is_no_prompt() -> None:
    assert not any("item9" in name for name in PROMPTS)


def test_every_prompt_but_our_own_is_a_referral_sign_of_the_documents() -> None:
    named = [entry.id for entry in CATALOGUE.families["referral_signs"].entries]
    assert list(PROMPTS) == [*named, DISAGREE]


@settings(max_examples=60)
@given(records=histories(), order=st.randoms(use_true_random=False))
def test_the_order_of_records_makes_no_difference(records: tuple, order: Random) -> None:
    shuffled = list(records)
    order.shuffle(shuffled)
    for read in (peak_weeks, average_weeks):
        there, here = (
            [(week.value, week.first, week.last) for week in read(some, TODAY, weeks=12, rule=CATALOGUE.rate_rule)]
            for some in (records, shuffled)
        )
        assert there == here


@settings(max_examples=60)
@given(records=histories())
def test_a_check_in_stands_for_one_week_of_peaks(records: tuple) -> None:
    weeks = peak_weeks(records, TODAY, weeks=12, rule=CATALOGUE.rate_rule)
    refs = [span.ref for week in weeks for span in week.spans]
    assert len(refs) == len(set(refs))


@settings(max_examples=60)
@given(records=histories())
def test_blank_check_ins_make_no_observed_week(records: tuple) -> None:
    blank = [
        structs.replace(each, content=check_in(each.content.period_end, each.content.period_days)) for each in records
    ]
    for read in (peak_weeks, average_weeks):
        assert read(blank, TODAY, weeks=12, rule=CATALOGUE.rate_rule) == []


def test_window_of_weeks_names_first_and_last_day_that_counted() -> None:
    prompt = held(check_ins=weekly(9, until=date(2026, 5, 17), anxiety=7))[PERSISTENT]
    assert prompt.grounds[0].window == Window(date(2026, 3, 23), date(2026, 5, 17))
