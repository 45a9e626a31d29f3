"""A client's own lists over all versions of the profile: newest words, what is asked now, and earlier names."""

from datetime import UTC, date, datetime
from uuid import UUID

from core.model.own_lists import ClientLists, FormerName, lists_of
from core.model.profile import Block, DatedBlock, FightTopics, Goals, OwnMeasures, PracticePlan
from core.model.profile_items import OwnMeasure, OwnMeasureKind, ProfileItem

ONE, TWO = UUID(int=1), UUID(int=2)
JANUARY, MARCH, MAY = date(2026, 1, 8), date(2026, 3, 3), date(2026, 5, 3)


def version(number: int, content: Block, held_from: date = JANUARY) -> DatedBlock:
    return DatedBlock(
        version=number,
        held_from=held_from,
        recorded_at=datetime(2026, 5, 21, tzinfo=UTC),
        recorded_on=date(2026, 5, 21),
        recorded_by="Dr One",
        content=content,
    )


def goal(item: UUID, words: str, ended_on: date | None = None) -> ProfileItem:
    return ProfileItem(id=item, words=words, ended_on=ended_on)


def measures(name: str, *, ended_on: date | None = None) -> OwnMeasures:
    one = OwnMeasure(id=ONE, name=name, kind=OwnMeasureKind.RATING, since=JANUARY, ended_on=ended_on)
    return OwnMeasures(measures=(one,))


def test_no_profile_asks_about_nothing() -> None:
    assert lists_of(()) == ClientLists()


def test_item_has_its_newest_words() -> None:
    found = lists_of([version(1, Goals(items=(goal(ONE, "say it"),))), version(2, Goals(items=(goal(ONE, "Say it"),)))])
    assert found.goals.words == {ONE: "Say it"}
    assert found.goals.asked_now == (ONE,)


def test_item_that_ended_or_was_taken_away_stays_readable_and_is_not_asked() -> None:
    first = Goals(items=(goal(ONE, "one"), goal(TWO, "two")))
    found = lists_of([version(1, first), version(2, Goals(items=(goal(ONE, "one", ended_on=MAY),)))])
    assert found.goals.asked_now == ()
    assert found.goals.words == {ONE: "one", TWO: "two"}


def test_form_shows_what_is_asked_now_and_what_an_earlier_answer_names() -> None:
    first = FightTopics(items=(goal(ONE, "one"), goal(TWO, "two")))
    topics = lists_of([version(1, first), version(2, FightTopics(items=(goal(TWO, "two"),)))]).topics
    assert topics.shown(()) == (TWO,)
    assert topics.shown((ONE,)) == (TWO, ONE)


def test_practices_of_an_earlier_plan_are_known_and_not_asked() -> None:
    found = lists_of([version(1, PracticePlan(practices=("a", "b"))), version(2, PracticePlan(practices=("b",)))])
    assert found.plan == ("b",)
    assert found.planned_ever == {"a", "b"}


def test_renamed_measure_keeps_its_id_and_tells_each_earlier_name_with_its_day() -> None:
    found = lists_of(
        [
            version(1, measures("How I slept")),
            version(2, measures("Sleep"), MARCH),
            version(3, measures("Sleep"), MARCH),
            version(4, measures("Nights"), MAY),
        ]
    )
    [named] = found.measures
    assert named.measure.name == "Nights"
    assert named.formerly == (FormerName(name="How I slept", until=MARCH), FormerName(name="Sleep", until=MAY))
    assert named.called_before == "called “How I slept” until 3 Mar 2026, then called “Sleep” until 3 May 2026"


def test_ended_measure_comes_after_those_that_go_on() -> None:
    other = OwnMeasure(id=TWO, name="Joy", kind=OwnMeasureKind.COUNT, since=MARCH)
    ended = measures("Sleep", ended_on=MAY)
    found = lists_of([version(1, OwnMeasures(measures=(*ended.measures, other)))])
    assert [(each.measure.name, each.asked_now) for each in found.measures] == [("Joy", True), ("Sleep", False)]
    assert found.measure(ONE) == found.measures[1]
