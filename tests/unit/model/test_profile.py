"""Profiles: what a block can hold, and the sentences that refuse the rest."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from core.errors import InvalidInput
from core.model.profile import (
    BLOCKS,
    MOST_ITEMS,
    MOST_OWN_MEASURES,
    Approach,
    BlockKind,
    Consent,
    DatedBlock,
    Goals,
    Hypothesis,
    Origins,
    OwnMeasures,
    PresentSafety,
    Profile,
    QuestionnairePlans,
)
from core.model.profile_items import (
    ITEM_LENGTH,
    WORDS_LENGTH,
    HowKnown,
    Origin,
    OwnMeasure,
    OwnMeasureKind,
    ProfileItem,
    QuestionnairePlan,
)
from core.model.safety_concern import SafetyConcern

DAY = date(2026, 5, 21)


def item(words: str = "a line", **values) -> ProfileItem:
    return ProfileItem(id=uuid4(), words=words, **values)


def measure(ended_on: date | None = None, **values) -> OwnMeasure:
    kept = {"id": uuid4(), "name": "sleep", "kind": OwnMeasureKind.RATING, "since": DAY} | values
    return OwnMeasure(**kept, ended_on=ended_on)


def test_every_kind_of_block_can_be_empty():
    assert set(BLOCKS) == set(BlockKind)
    for kind, made in BLOCKS.items():
        assert made().kind is kind


def test_list_takes_twelve_lines_and_not_one_more():
    assert len(Goals(items=tuple(item() for _ in range(MOST_ITEMS))).items) == 12
    for block in (Goals, lambda items: Origins(items=items)):
        with pytest.raises(InvalidInput, match="13 lines were given; up to 12 are kept"):
            block(items=tuple(origin() for _ in range(MOST_ITEMS + 1)))


def origin(words: str = "left twice") -> Origin:
    return Origin(id=uuid4(), words=words, known_from=HowKnown.CLIENT_SAID)


def test_one_line_cannot_stand_twice_in_a_list():
    one = item()
    with pytest.raises(InvalidInput, match="stands there twice"):
        Goals(items=(one, one))


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_line_without_words_is_refused(words):
    for make in (item, origin):
        with pytest.raises(InvalidInput, match="is empty"):
            make(words)


def test_words_are_taken_up_to_their_length_and_never_quoted():
    assert item("x" * ITEM_LENGTH).words
    with pytest.raises(InvalidInput) as refused:
        item("secret " * 40)
    assert "280 characters; up to 200" in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda words: Hypothesis(words=words),
        lambda words: Approach(words=words),
        lambda words: Consent(words=words),
        lambda words: PresentSafety(words=words),
    ],
)
def test_longer_words_are_taken_up_to_two_thousand_characters(make):
    assert make("x" * WORDS_LENGTH).words
    with pytest.raises(InvalidInput, match="2,001 characters; up to 2,000"):
        make("x" * (WORDS_LENGTH + 1))
    with pytest.raises(InvalidInput, match="cannot be stored"):
        make("a\x00b")


def test_answer_on_safety_needs_its_day_and_only_an_answer_has_one():
    for concern in (SafetyConcern.NO_CONCERN, SafetyConcern.CONCERN):
        assert PresentSafety(concern=concern, asked_on=DAY).asked_on == DAY
        with pytest.raises(InvalidInput, match="needs the day it was asked on"):
            PresentSafety(concern=concern)
    with pytest.raises(InvalidInput, match="only an answer has one"):
        PresentSafety(asked_on=DAY)


def test_three_own_measures_go_on_beside_any_that_ended():
    going_on = tuple(measure() for _ in range(MOST_OWN_MEASURES))
    ended = tuple(measure(ended_on=DAY) for _ in range(5))
    assert OwnMeasures(measures=(*going_on, *ended)).going_on == going_on
    with pytest.raises(InvalidInput, match="4 measures of the client's own were given; up to 3 go on at a time"):
        OwnMeasures(measures=(*going_on, measure()))


def test_measure_cannot_end_before_it_began():
    with pytest.raises(InvalidInput, match="end 20 May 2026 is before its start 21 May 2026"):
        measure(ended_on=date(2026, 5, 20))


def test_name_of_a_measure_is_short():
    assert measure(name="x" * 40).name
    with pytest.raises(InvalidInput, match="41 characters; up to 40"):
        measure(name="x" * 41)


@pytest.mark.parametrize("days", [0, 367, -1])
def test_interval_of_a_questionnaire_has_limits(days):
    with pytest.raises(InvalidInput, match="1 to 366 days are taken"):
        QuestionnairePlan(questionnaire="gad7", every_days=days, since=DAY)


def test_questionnaire_is_planned_once():
    plan = QuestionnairePlan(questionnaire="gad7", every_days=28, since=DAY)
    with pytest.raises(InvalidInput, match="planned twice"):
        QuestionnairePlans(plans=(plan, plan))


def test_block_that_was_never_written_says_nothing():
    profile = Profile(client_id=UUID(int=1))
    assert (profile.block(Goals), profile.dated(BlockKind.GOALS), profile.version(BlockKind.GOALS)) == (
        Goals(),
        None,
        0,
    )


def test_written_block_is_found_with_its_version():
    goals = Goals(items=(item("one", ended_on=DAY), item("two")))
    dated = DatedBlock(
        version=3,
        held_from=DAY,
        recorded_at=datetime(2026, 5, 21, 9, tzinfo=UTC),
        recorded_on=DAY,
        recorded_by="Dr One",
        content=goals,
    )
    profile = Profile(client_id=UUID(int=1), blocks={BlockKind.GOALS: dated})
    assert (profile.block(Goals), profile.version(BlockKind.GOALS)) == (goals, 3)
    assert [each.words for each in goals.open_items] == ["two"]
