"""The longer part of a check-in in words: each fact with its kind, and in a note with its record."""

from uuid import UUID

import pytest

from core.catalogue import load_catalogue, practice_names
from core.model.check_in_parts import SignAnswer
from core.model.definitions import StatementKind
from core.model.full_answers import BodySign, FullAnswers, Reaction
from core.model.own_lists import ClientLists, OwnList
from core.model.profile_items import OwnMeasureKind
from core.notes.full_facts import FactNames, facts_of
from core.notes.statements import Vocabulary, check_in_statements, holds_period_figures
from tests.builders import OWN, check_in, own_measure, recorded
from tests.wording import assert_clean

CATALOGUE = load_catalogue()
GOAL, TRIGGER, TOPIC = UUID(int=1), UUID(int=2), UUID(int=3)
LISTS = ClientLists(
    goals=OwnList(words={GOAL: "Say it once"}, asked_now=(GOAL,)),
    triggers=OwnList(words={TRIGGER: "a late reply"}, asked_now=(TRIGGER,)),
    topics=OwnList(words={TOPIC: "the phone"}, asked_now=(TOPIC,)),
    measures=(own_measure(),),
)
NAMES = FactNames(lists=LISTS, practices=practice_names(CATALOGUE))
VOCABULARY = Vocabulary(
    signs=CATALOGUE.warning_signs, distortions=CATALOGUE.distortions, practices=practice_names(CATALOGUE)
)
FULL = FullAnswers(
    anxiety_now=4,
    checking_days=1,
    conflicts=3,
    repeated_conflicts=2,
    conflict_topic=TOPIC,
    withdrew=SignAnswer.SOMETIMES,
    avoided_talks=SignAnswer.NOT_PRESENT,
    avoided_decisions=SignAnswer.NO_OCCASION,
    reactions=frozenset({Reaction.ON_ALERT, Reaction.PANIC}),
    body_signs=frozenset(BodySign),
    triggers=frozenset({TRIGGER}),
    practised={"sc_pause_phrase": 4, "cs_i_language": None},
    goal_progress={GOAL: 5},
    own_measures={OWN: 6},
)


def told(full: FullAnswers, names: FactNames = NAMES) -> list[str]:
    return [fact.words for fact in facts_of(full, names)]


def test_every_answer_is_told_in_the_order_of_the_form() -> None:
    assert told(FULL) == [
        "anxiety now 4 of 10",
        "checking: on 1 day",
        "fights: 3, on a known topic 2 (“the phone”)",
        "pulled away from the partner: sometimes",
        "avoided talks: not present",
        "avoided decisions: no occasion",
        "reactions: panic, on alert",
        "in the body: fast heart, tight chest, unclear thoughts, muscle tension, stomach ache",
        "triggers: “a late reply”",
        "practised: Pause phrase (4 days), “I” language",
        "goal “Say it once” 5 of 10",
        "“Sleep” 6 of 10",
    ]


def test_nothing_asked_tells_nothing() -> None:
    assert told(FullAnswers()) == []


@pytest.mark.parametrize(
    ("value", "words"), [(0, "“Sleep” none recorded"), (1, "“Sleep” 1 time"), (12, "“Sleep” 12 times")]
)
def test_count_of_the_clients_own_is_told_as_times(value: int, words: str) -> None:
    lists = ClientLists(measures=(own_measure(kind=OwnMeasureKind.COUNT),))
    assert told(FullAnswers(own_measures={OWN: value}), FactNames(lists=lists, practices={})) == [words]


def test_what_the_lists_do_not_know_is_still_told() -> None:
    names = FactNames(lists=ClientLists(), practices={})
    assert told(FullAnswers(goal_progress={GOAL: 3}, own_measures={OWN: 2}, practised={"x_y": 1}), names) == [
        "practised: x_y (1 day)",
        "goal “no longer on the profile” 3 of 10",
        "“no longer on the profile” 2 of 10",
    ]


def test_each_fact_becomes_a_statement_that_rests_on_its_check_in() -> None:
    record = recorded(check_in(full=FULL), number=5)
    statements = list(check_in_statements(record, VOCABULARY, LISTS))
    assert len({statement.key for statement in statements}) == len(statements) == 12
    assert {statement.refs for statement in statements} == {(record.ref,)}
    texts = [statement.text for statement in statements]
    assert "Goal “Say it once” 5 of 10, 15 to 21 May 2026 (client in session)." in texts
    assert "Fights: 3, on a known topic 2 (“the phone”), 15 to 21 May 2026 (client in session)." in texts


def test_new_draft_holds_figures_and_leaves_observations_on_offer() -> None:
    statements = list(check_in_statements(recorded(check_in(full=FULL)), VOCABULARY, LISTS))
    preset = [
        statement.key.partition(".")[2].partition(".")[0] for statement in statements if holds_period_figures(statement)
    ]
    assert preset == ["anxiety_now", "checking_days", "fights", "practised", "goal", "own"]
    offered = {statement.kind for statement in statements if not holds_period_figures(statement)}
    assert offered == {StatementKind.SIGN}


def test_generated_words_use_no_banned_word() -> None:
    every = FullAnswers(reactions=frozenset(Reaction), practised=dict.fromkeys(practice_names(CATALOGUE)))
    for words in (*told(FULL), *told(every)):
        assert_clean(words)
