"""The longer part of a check-in: what it refuses, and that blank, none and zero stay apart."""

from uuid import UUID

import pytest

from core.errors import InvalidInput
from core.model.full_answers import FullAnswers, Reaction
from tests.builders import check_in

TOPIC, GOAL, MEASURE = UUID(int=1), UUID(int=2), UUID(int=3)

REFUSED = {
    "anxiety now above 10": (FullAnswers(anxiety_now=11), "Anxiety now: 11"),
    "anxiety now below 0": (FullAnswers(anxiety_now=-1), "Anxiety now: -1"),
    "more days with checking than the period has": (FullAnswers(checking_days=8), "Days with checking: 8"),
    "too many fights": (FullAnswers(conflicts=101), "Fights: 101"),
    "more on a known topic than in all": (FullAnswers(conflicts=1, repeated_conflicts=2), "2 fights on a known topic"),
    "a known topic without fights in all": (FullAnswers(repeated_conflicts=2), "fights in all are blank"),
    "a topic without a fight about it": (
        FullAnswers(conflicts=2, repeated_conflicts=0, conflict_topic=TOPIC),
        "A topic was chosen",
    ),
    "practised on more days than there are": (FullAnswers(practised={"sc_pause_phrase": 9}), "Days practised: 9"),
    "goal progress above 10": (FullAnswers(goal_progress={GOAL: 11}), "Progress of a goal: 11"),
    "a count of the client's own above 300": (FullAnswers(own_measures={MEASURE: 301}), "in the client's words: 301"),
    "a truth in place of a number": (FullAnswers(checking_days=True), "Days with checking: True"),
}

TAKEN = {
    "everything at its least": FullAnswers(
        anxiety_now=0, checking_days=0, conflicts=0, repeated_conflicts=0, reactions=frozenset(), practised={},
        goal_progress={GOAL: 0}, own_measures={MEASURE: 0},
    ),
    "everything at its most": FullAnswers(
        anxiety_now=10, checking_days=7, conflicts=100, repeated_conflicts=100, conflict_topic=TOPIC,
        reactions=frozenset(Reaction), practised={"sc_pause_phrase": 7, "sh_rituals": None},
        goal_progress={GOAL: 10}, own_measures={MEASURE: 300},
    ),
    "a topic that was counted and not named": FullAnswers(conflicts=2, repeated_conflicts=1),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_answers_that_cannot_be_are_refused_with_a_sentence(name: str) -> None:
    full, said = REFUSED[name]
    with pytest.raises(InvalidInput, match=said):
        check_in(full=full)


@pytest.mark.parametrize("name", TAKEN)
def test_answers_at_the_edges_are_taken(name: str) -> None:
    assert check_in(full=TAKEN[name]).full == TAKEN[name]


@pytest.mark.parametrize(
    "full",
    [
        FullAnswers(reactions=frozenset()),
        FullAnswers(practised={}),
        FullAnswers(anxiety_now=0),
        FullAnswers(conflicts=0),
    ],
)
def test_none_and_zero_are_answers_and_blank_is_not(full: FullAnswers) -> None:
    assert full.answered
    assert not FullAnswers().answered
    assert full != FullAnswers()


def test_what_was_handed_in_cannot_change_the_answers() -> None:
    progress = {GOAL: 3}
    full = FullAnswers(goal_progress=progress)
    progress[GOAL] = 9
    assert full.goal_progress == {GOAL: 3}
