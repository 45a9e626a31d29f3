"""The longer part of a check-in: it may name only what stands on this client's own lists, and it is stored as given."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.catalogue import Catalogue
from core.errors import Conflict, InvalidInput
from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer, Source
from core.model.definitions import StatementKind
from core.model.full_answers import BodySign, FullAnswers, Reaction
from core.model.people import Client
from core.model.profile import Block, FightTopics, Goals, OwnMeasures, PracticePlan, Triggers
from core.model.profile_items import OwnMeasure, OwnMeasureKind, ProfileItem
from core.model.records import Recorded
from core.services.calendar import add_session
from core.services.check_ins import (
    check_in_history,
    check_ins_of,
    correct_check_in,
    lists_asked_about,
    record_check_in,
    warn_about,
    withdraw_check_in,
)
from core.services.clients import add_client
from core.services.profiles import save_block
from core.services.progress import review_client
from core.services.session_notes import open_note, start_note
from tests.services.entries import AWKWARD_NAMES, DAY, WEEK, details, form, session_on

Run = Callable[..., Any]

GOAL, TRIGGER, TOPIC, SLEEP, CALLS = (UUID(int=number) for number in range(1, 6))
START = DAY - 10 * WEEK
PRACTICES = ("sc_pause_phrase", "cs_i_language")

FULL = FullAnswers(
    anxiety_now=0,
    checking_days=7,
    conflicts=3,
    repeated_conflicts=2,
    conflict_topic=TOPIC,
    withdrew=SignAnswer.OFTEN,
    avoided_talks=SignAnswer.NOT_PRESENT,
    avoided_decisions=SignAnswer.NO_OCCASION,
    reactions=frozenset(Reaction),
    body_signs=frozenset[BodySign](),
    triggers=frozenset({TRIGGER}),
    practised={"sc_pause_phrase": 0, "cs_i_language": None},
    goal_progress={GOAL: 0},
    own_measures={SLEEP: 10, CALLS: 300},
)


def entry(full: FullAnswers, *, weeks_ago: int = 0, peak: int | None = None) -> CheckIn:
    return CheckIn(
        period_end=DAY - weeks_ago * WEEK,
        period_days=7,
        source=Source.CLIENT_IN_SESSION,
        anxiety_peak=peak,
        full=full,
        note="so that it is never empty",
    )


def measure(item: UUID, name: str, kind: OwnMeasureKind) -> OwnMeasure:
    return OwnMeasure(id=item, name=name, kind=kind, since=START)


def blocks(words: str = "in own words") -> tuple[Block, ...]:
    sleep = measure(SLEEP, words[:40], OwnMeasureKind.RATING)
    return (
        Goals(items=(ProfileItem(id=GOAL, words=words),)),
        Triggers(items=(ProfileItem(id=TRIGGER, words=words),)),
        FightTopics(items=(ProfileItem(id=TOPIC, words=words),)),
        PracticePlan(practices=PRACTICES),
        OwnMeasures(measures=(sleep, measure(CALLS, "Calls", OwnMeasureKind.COUNT))),
    )


@pytest.fixture
def write(save: Run, catalogue: Catalogue) -> Run:
    """Write blocks of a client's profile, as their first versions or the one after `seen`."""

    def written(client: Client, *contents: Block, seen: int = 0, held_from: Any = START) -> None:
        for content in contents:
            save(save_block, catalogue, client.id, content, seen=seen, held_from=held_from)

    return written


@pytest.fixture
def profiled(client: Client, write: Run) -> Client:
    write(client, *blocks())
    return client


def stored(load: Run, client: Client) -> tuple[Recorded[CheckIn], ...]:
    found: tuple[Recorded[CheckIn], ...] = load(check_ins_of, client.id)
    return found


def test_everything_is_stored_as_it_was_given(save: Run, load: Run, profiled: Client) -> None:
    save(record_check_in, profiled.id, entry(FULL), form())
    assert stored(load, profiled)[0].content.full == FULL


@pytest.mark.parametrize(
    "full",
    [
        FullAnswers(reactions=frozenset()),
        FullAnswers(practised={}),
        FullAnswers(triggers=frozenset()),
        FullAnswers(checking_days=0),
        FullAnswers(own_measures={CALLS: 0}),
        FullAnswers(),
    ],
)
def test_none_zero_and_blank_stay_apart(full: FullAnswers, save: Run, load: Run, profiled: Client) -> None:
    save(record_check_in, profiled.id, entry(full), form())
    assert stored(load, profiled)[0].content.full == full


@pytest.mark.parametrize(
    ("full", "kind"),
    [
        (FullAnswers(goal_progress={UUID(int=99): 3}), "goal"),
        (FullAnswers(goal_progress={TRIGGER: 3}), "goal"),
        (FullAnswers(triggers=frozenset({UUID(int=99)})), "trigger"),
        (FullAnswers(conflicts=1, repeated_conflicts=1, conflict_topic=UUID(int=99)), "topic of fights"),
        (FullAnswers(practised={"sh_rituals": None}), "practice"),
        (FullAnswers(own_measures={GOAL: 3}), "measure"),
    ],
)
def test_what_is_not_on_the_clients_lists_is_refused(
    full: FullAnswers, kind: str, save: Run, load: Run, profiled: Client
) -> None:
    with pytest.raises(InvalidInput, match=f"A {kind} was named that does not stand on this client's profile"):
        save(record_check_in, profiled.id, entry(full), form())
    assert stored(load, profiled) == ()


def test_items_of_another_client_are_refused(save: Run, load: Run, profiled: Client) -> None:
    other = save(add_client, details("Other"), form())
    with pytest.raises(InvalidInput, match="A goal was named"):
        save(record_check_in, other.id, entry(FullAnswers(goal_progress={GOAL: 4})), form())
    assert stored(load, other) == ()


def test_rating_of_the_clients_own_stops_at_ten_and_a_count_does_not(save: Run, load: Run, profiled: Client) -> None:
    with pytest.raises(InvalidInput, match="11 was given; it is a rating"):
        save(record_check_in, profiled.id, entry(FullAnswers(own_measures={SLEEP: 11})), form())
    save(record_check_in, profiled.id, entry(FullAnswers(own_measures={CALLS: 11})), form())
    assert len(stored(load, profiled)) == 1


def test_correction_may_name_what_has_ended_since_and_nothing_unknown(
    save: Run, load: Run, profiled: Client, write: Run
) -> None:
    saved = save(record_check_in, profiled.id, entry(FULL), form())
    ended = Goals(items=(ProfileItem(id=GOAL, words="in own words", ended_on=DAY),))
    write(profiled, ended, seen=1)
    changed = entry(replace(FULL, goal_progress={GOAL: 9}))
    corrected = save(correct_check_in, saved.ref, changed, "misheard")
    assert [version.content.full.goal_progress[GOAL] for version in load(check_in_history, saved.ref.id)] == [0, 9]
    with pytest.raises(InvalidInput, match="A goal was named"):
        save(correct_check_in, corrected.ref, entry(FullAnswers(goal_progress={UUID(int=99): 1})), "misheard")


def test_withdrawn_check_in_leaves_the_course(save: Run, load: Run, profiled: Client, catalogue: Catalogue) -> None:
    saved = save(record_check_in, profiled.id, entry(FULL), form())
    assert [len(own.marks) + len(own.bars) for own in load(review_client, catalogue, profiled.id).course.own] == [1, 1]
    save(withdraw_check_in, saved.ref)
    assert [own.asked.asked for own in load(review_client, catalogue, profiled.id).course.own] == [0, 0]


def test_new_topic_is_added_with_the_check_in_that_names_it(save: Run, load: Run, client: Client) -> None:
    topic = ProfileItem(id=uuid4(), words="Who cooks")
    full = FullAnswers(conflicts=2, repeated_conflicts=1, conflict_topic=topic.id)
    request = form()
    first = save(record_check_in, client.id, entry(full), request, new_topic=topic)
    assert save(record_check_in, client.id, entry(full), request, new_topic=topic) == first
    assert dict(load(lists_asked_about, client.id).topics.words) == {topic.id: "Who cooks"}


def test_new_topic_is_not_kept_when_its_check_in_is_refused(save: Run, load: Run, client: Client) -> None:
    topic = ProfileItem(id=uuid4(), words="Who cooks")
    full = FullAnswers(conflicts=2, repeated_conflicts=1, conflict_topic=topic.id, goal_progress={UUID(int=99): 1})
    with pytest.raises(InvalidInput, match="A goal was named"):
        save(record_check_in, client.id, entry(full), form(), new_topic=topic)
    assert load(lists_asked_about, client.id).topics.words == {}


def test_topic_that_stands_on_the_list_already_is_chosen_there(save: Run, load: Run, profiled: Client) -> None:
    topic = ProfileItem(id=uuid4(), words="In  own WORDS")
    full = FullAnswers(conflicts=1, repeated_conflicts=1, conflict_topic=topic.id)
    with pytest.raises(InvalidInput, match="choose it from the list"):
        save(record_check_in, profiled.id, entry(full), form(), new_topic=topic)
    assert stored(load, profiled) == ()


def test_correction_can_add_a_topic(save: Run, load: Run, profiled: Client) -> None:
    saved = save(record_check_in, profiled.id, entry(FullAnswers(conflicts=1)), form())
    topic = ProfileItem(id=uuid4(), words="Money")
    full = FullAnswers(conflicts=1, repeated_conflicts=1, conflict_topic=topic.id)
    save(correct_check_in, saved.ref, entry(full), "remembered", new_topic=topic)
    assert load(lists_asked_about, profiled.id).topics.words == {TOPIC: "in own words", topic.id: "Money"}


def test_same_form_saved_with_other_answers_is_a_conflict(save: Run, profiled: Client) -> None:
    request = form()
    save(record_check_in, profiled.id, entry(FULL), request)
    with pytest.raises(Conflict):
        save(record_check_in, profiled.id, entry(replace(FULL, anxiety_now=1)), request)


def test_anxiety_now_above_the_peak_is_asked_about_and_saved(save: Run, load: Run, client: Client) -> None:
    content = entry(FullAnswers(anxiety_now=8), peak=6)
    [warning] = load(warn_about, client.id, content)
    assert warning.startswith("Anxiety now is 8, above the peak of 6.")
    save(record_check_in, client.id, content, form())
    assert load(warn_about, client.id, entry(FullAnswers(anxiety_now=6), weeks_ago=1, peak=6)) == ()


@pytest.mark.parametrize("words", AWKWARD_NAMES)
def test_hostile_words_of_lists_come_back_as_they_were_typed(
    words: str, save: Run, load: Run, client: Client, write: Run, catalogue: Catalogue
) -> None:
    topic = ProfileItem(id=uuid4(), words=words)
    write(client, *blocks(words)[:2], *blocks(words)[3:])
    full = replace(FULL, conflict_topic=topic.id)
    save(record_check_in, client.id, entry(full), form(), new_topic=topic)
    lists = load(lists_asked_about, client.id)
    assert [*lists.goals.words.values(), *lists.triggers.words.values(), *lists.topics.words.values()] == [words] * 3
    assert load(review_client, catalogue, client.id).course.own[0].named.measure.name == words
    session = save(add_session, client.id, session_on(), form())
    note = save(start_note, catalogue, session, "soap", form())
    texts = [placed.statement.text for placed in note.content.statements]
    assert f"Goal “{words}” 0 of 10, 15 to 21 May 2026 (client in session)." in texts


def test_note_offers_the_longer_part_and_holds_its_figures(
    save: Run, load: Run, profiled: Client, catalogue: Catalogue
) -> None:
    saved = save(record_check_in, profiled.id, entry(FULL), form())
    session = save(add_session, profiled.id, session_on(), form())
    note = save(start_note, catalogue, session, "soap", form())
    placed = {each.statement.key: each for each in note.content.statements}
    assert placed[f"c1.goal.{GOAL}"].statement.refs == (saved.ref,)
    assert {f"c1.own.{SLEEP}", f"c1.own.{CALLS}", "c1.fights", "c1.practised"} <= placed.keys()
    assert {each.section for each in placed.values()} == {"subjective"}
    offered = {statement.key: statement.kind for statement in load(open_note, catalogue, note.id).offered}
    assert offered["c1.withdrew"] is StatementKind.SIGN


def test_renamed_measure_keeps_one_course_under_todays_name(
    save: Run, load: Run, profiled: Client, write: Run, catalogue: Catalogue
) -> None:
    save(record_check_in, profiled.id, entry(FullAnswers(own_measures={SLEEP: 3}), weeks_ago=1), form())
    renamed = OwnMeasures(
        measures=(measure(SLEEP, "Nights", OwnMeasureKind.RATING), measure(CALLS, "Calls", OwnMeasureKind.COUNT))
    )
    write(profiled, renamed, seen=1, held_from=DAY - timedelta(days=3))
    save(record_check_in, profiled.id, entry(FullAnswers(own_measures={SLEEP: 5})), form())
    own = load(review_client, catalogue, profiled.id).course.own[0]
    assert own.named.measure.name == "Nights"
    assert [former.name for former in own.named.formerly] == ["in own words"]
    assert [int(mark.average or 0) for mark in own.marks] == [3, 5]
