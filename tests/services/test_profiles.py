"""Profiles through the services: what is refused, what is kept, and what stands beside them."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID, uuid4

import pytest

from core.errors import Conflict, InvalidInput, NotFound
from core.model.calendar import EventDetails
from core.model.check_in import CheckIn
from core.model.check_in_parts import Source
from core.model.formulation import GoalProgress
from core.model.full_answers import FullAnswers
from core.model.profile import (
    Approach,
    BlockKind,
    Consent,
    CoreBeliefs,
    FightTopics,
    Goals,
    Hypothesis,
    Observations,
    Origins,
    OwnMeasures,
    PracticePlan,
    PresentSafety,
    QuestionnairePlans,
    Triggers,
)
from core.model.profile_items import HowKnown, Origin, OwnMeasure, OwnMeasureKind, ProfileItem, QuestionnairePlan
from core.model.responses import Response
from core.model.safety_concern import SafetyConcern
from core.services.calendar import add_event
from core.services.check_ins import record_check_in, withdraw_check_in
from core.services.profiles import block_history, client_formulation, client_profile, save_block
from core.services.questionnaires import record_response
from tests.services.entries import DAY, form

TOMORROW = DAY + timedelta(days=1)
YESTERDAY = DAY - timedelta(days=1)


def item(words: str = "a line", **values) -> ProfileItem:
    return ProfileItem(id=uuid4(), words=words, **values)


def measure(name: str = "sleep", kind: OwnMeasureKind = OwnMeasureKind.RATING, **values) -> OwnMeasure:
    return OwnMeasure(id=uuid4(), name=name, kind=kind, since=DAY, **values)


def answered(day: date = DAY, **full) -> CheckIn:
    return CheckIn(period_end=day, period_days=7, source=Source.CLIENT_IN_SESSION, full=FullAnswers(**full))


@pytest.fixture
def write(save, catalogue, client):
    """Save a block of the client: `write(content)` as the first version, today."""

    def run(content, seen=0, held_from=DAY):
        return save(save_block, catalogue, client.id, content, seen=seen, held_from=held_from)

    return run


def test_block_is_read_back_with_its_day_and_writer(write, load, client):
    goals = Goals(items=(item("one evening"),))
    write(goals, held_from=YESTERDAY)
    dated = load(client_profile, client.id).dated(BlockKind.GOALS)
    assert (dated.content, dated.held_from, dated.recorded_on, dated.recorded_by) == (goals, YESTERDAY, DAY, "Dr One")


def test_history_of_a_block_is_newest_first(write, load, client):
    first = item("one evening")
    write(Goals(items=(first,)))
    write(Goals(items=(replace(first, words="two evenings"),)), seen=1)
    history = load(block_history, client.id, BlockKind.GOALS)
    assert [dated.content.items[0].words for dated in history] == ["two evenings", "one evening"]
    assert load(block_history, client.id, BlockKind.CONSENT) == ()


def test_unknown_client_is_not_found(write, save, load, catalogue):
    for service, arguments in ((client_profile, ()), (block_history, (BlockKind.GOALS,))):
        with pytest.raises(NotFound):
            load(service, uuid4(), *arguments)
    with pytest.raises(NotFound):
        save(save_block, catalogue, uuid4(), Goals(), seen=0, held_from=DAY)


def test_version_saved_in_another_window_is_a_conflict_and_stays(write, load, client):
    write(Goals(items=(item("here"),)))
    with pytest.raises(Conflict, match="another window"):
        write(Goals(items=(item("there"),)))
    assert load(client_profile, client.id).block(Goals).items[0].words == "here"


@pytest.mark.parametrize(
    "content",
    [
        Goals(items=(item(ended_on=TOMORROW),)),
        PresentSafety(concern=SafetyConcern.NO_CONCERN, asked_on=TOMORROW),
        Consent(told_on=TOMORROW),
        OwnMeasures(measures=(measure(ended_on=TOMORROW),)),
        OwnMeasures(measures=(replace(measure(), since=TOMORROW),)),
    ],
    ids=["ended", "asked", "told", "measure ended", "measure begun"],
)
def test_day_to_come_inside_a_block_is_refused(content, write, load, client):
    with pytest.raises(InvalidInput, match="22 May 2026 lies in the future"):
        write(content)
    assert load(client_profile, client.id).blocks == {}


def test_block_cannot_hold_from_a_day_to_come(write):
    with pytest.raises(InvalidInput, match="22 May 2026 lies in the future"):
        write(Goals(), held_from=TOMORROW)


def test_first_questionnaire_may_be_planned_for_a_day_to_come(write):
    plans = QuestionnairePlans(plans=(QuestionnairePlan(questionnaire="gad7", every_days=28, since=TOMORROW),))
    assert write(plans).content == plans


@pytest.mark.parametrize(
    "content",
    [
        Hypothesis(pattern="cb_earn_love"),
        CoreBeliefs(items=(item(entry="tr_late_reply"),)),
        Triggers(items=(item(entry="tr_gone"),)),
        Origins(items=(Origin(id=uuid4(), words="x", known_from=HowKnown.CLIENT_SAID, entry="ap_anxious"),)),
        Approach(approaches=("ta_cbt", "sh_rituals")),
        PracticePlan(practices=("ta_cbt",)),
        Observations(items=(item(entry="rf_worsening"),)),
        Goals(items=(item(entry="sh_rituals"),)),
        QuestionnairePlans(plans=(QuestionnairePlan(questionnaire="not_here", every_days=7, since=DAY),)),
    ],
    ids=lambda content: content.kind.value,
)
def test_entry_that_a_block_cannot_name_is_refused(content, write):
    with pytest.raises(InvalidInput, match="not among the choices"):
        write(content)


@pytest.mark.parametrize(
    "content",
    [
        Hypothesis(pattern="ap_not_formulated"),
        CoreBeliefs(items=(item(entry="cb_earn_love"),)),
        Triggers(items=(item(entry="tr_late_reply"), item("his ex calls"))),
        Approach(approaches=("ta_eft", "ta_other")),
        PracticePlan(practices=("sh_rituals", "cs_request", "sc_pause_phrase", "pr_gratitude", "pf_friends_support")),
        Observations(items=tuple(item(entry=f"rf_{name}") for name in ("unmanageable", "repeats_across"))),
    ],
    ids=lambda content: content.kind.value,
)
def test_entries_of_the_block_s_own_lists_are_taken(content, write):
    assert write(content).content == content


def points_at(one: UUID) -> dict[BlockKind, FullAnswers]:
    """Answers that point at a line of each list."""
    return {
        BlockKind.GOALS: FullAnswers(goal_progress={one: 4}),
        BlockKind.TRIGGERS: FullAnswers(triggers=frozenset({one})),
        BlockKind.FIGHT_TOPICS: FullAnswers(conflicts=2, repeated_conflicts=1, conflict_topic=one),
        BlockKind.OWN_MEASURES: FullAnswers(own_measures={one: 3}),
    }


@pytest.mark.parametrize("kind", list(points_at(uuid4())), ids=lambda kind: kind.value)
def test_line_that_check_ins_speak_of_is_ended_and_not_taken_away(kind, write, save, client):
    line, rating = item(), measure()
    lists = {BlockKind.GOALS: Goals, BlockKind.TRIGGERS: Triggers, BlockKind.FIGHT_TOPICS: FightTopics}
    if kind is BlockKind.OWN_MEASURES:
        full, empty, one = OwnMeasures(measures=(rating,)), OwnMeasures(), rating.id
        ended = OwnMeasures(measures=(replace(rating, ended_on=DAY),))
    else:
        full, empty, one = lists[kind](items=(line,)), lists[kind](), line.id
        ended = lists[kind](items=(replace(line, ended_on=DAY),))
    write(full)
    record = save(record_check_in, client.id, replace(answered(anxiety_now=1), full=points_at(one)[kind]), form())
    with pytest.raises(InvalidInput, match="check-ins speak of"):
        write(empty, seen=1)
    write(ended, seen=1)
    save(withdraw_check_in, record.ref)
    assert write(empty, seen=2).content == empty


def test_line_that_no_check_in_speaks_of_can_be_taken_away(write):
    write(Goals(items=(item("typed by mistake"), item("kept"))))
    assert write(Goals(), seen=1).content == Goals()


def test_renamed_measure_keeps_its_id_and_cannot_change_its_kind(write, load, client):
    sleep = measure()
    write(OwnMeasures(measures=(sleep,)))
    write(OwnMeasures(measures=(replace(sleep, name="rest"),)), seen=1)
    with pytest.raises(InvalidInput, match="from a rating into a count"):
        write(OwnMeasures(measures=(replace(sleep, kind=OwnMeasureKind.COUNT),)), seen=2)
    assert load(client_profile, client.id).block(OwnMeasures).measures == (replace(sleep, name="rest"),)


def test_every_problem_is_told_at_once(write):
    sleep = measure()
    write(OwnMeasures(measures=(sleep,)))
    wrong = OwnMeasures(measures=(replace(sleep, kind=OwnMeasureKind.COUNT, ended_on=TOMORROW),))
    with pytest.raises(InvalidInput) as refused:
        write(wrong, seen=1)
    assert len(refused.value.problems) == 2


def test_formulation_of_a_new_client_is_empty(load, catalogue, client):
    found = load(client_formulation, catalogue, client.id)
    assert (found.client, found.profile.blocks, found.progress) == (client, {}, {})
    assert (found.dimensions, found.events, found.handouts) == (None, (), ())


def test_progress_of_a_goal_is_its_first_and_its_latest_value(write, save, load, catalogue, client):
    goal, other = item("one evening"), item("say it")
    write(Goals(items=(goal, other)))
    days = [DAY - timedelta(days=21), DAY - timedelta(days=14), DAY]
    for day, value in zip([days[1], days[0], days[2]], (9, 3, 0), strict=True):
        save(record_check_in, client.id, answered(day, goal_progress={goal.id: value}), form())
    progress = load(client_formulation, catalogue, client.id).progress
    assert progress == {goal.id: GoalProgress(first=3, first_on=days[0], latest=0, latest_on=DAY)}


def test_latest_form_with_both_dimensions_stands_beside_the_hypothesis(write, save, load, catalogue, client):
    for name, day, value in (("ecr_s", YESTERDAY, 30), ("ecr_r", DAY - timedelta(days=30), 5)):
        questionnaire = catalogue.questionnaires[name]
        totals = {"anxiety": Fraction(value), "avoidance": Fraction(value)}
        response = Response(questionnaire=name, questionnaire_version=questionnaire.version, day=day, totals=totals)
        save(record_response, client.id, questionnaire, response, form())
    write(Hypothesis(pattern="ap_avoidant"))
    found = load(client_formulation, catalogue, client.id)
    assert (found.dimensions.score.short_name, found.dimensions.day) == ("ECR-S", YESTERDAY)
    assert found.dimensions.score.subscale("anxiety").value == 30
    assert found.profile.block(Hypothesis).pattern == "ap_avoidant"


def test_events_stand_beside_the_profile(save, load, catalogue, client):
    save(add_event, client.id, EventDetails(day=DAY, words="new job"), form())
    assert [event.details.words for event in load(client_formulation, catalogue, client.id).events] == ["new job"]
