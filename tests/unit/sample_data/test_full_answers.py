"""The fuller answers of the synthetic practice: there, drawn apart from everything else, and on the profile's lists."""

from dataclasses import replace
from datetime import date

import pytest

from core.catalogue import Catalogue
from core.model.full_answers import BLANK
from core.model.people import Actor
from core.model.review import ClientReview
from core.services.clients import list_clients
from core.services.progress import review_client
from core.store import Store
from sample_data.draw import SEED, draw_practice
from sample_data.draw_answers import Answers
from sample_data.draw_check_ins import CheckIns
from sample_data.plans import read_plans
from sample_data.timetable import Timetable

TODAY = date(2026, 5, 21)
WITH_FULL_ANSWERS = {"Sarah", "Karim", "Emily", "Daniel"}


@pytest.fixture(scope="module")
def reviews(made: Store, actor: Actor, catalogue: Catalogue) -> dict[str, ClientReview]:
    with made.reading(actor) as work:
        return {client.details.name: review_client(work, catalogue, client.id) for client in list_clients(work)}


def test_fuller_answers_move_no_other_figure(catalogue: Catalogue) -> None:
    people = {person.details.content.name: person for person in draw_practice(TODAY, catalogue)}
    for plan in read_plans():
        bare = CheckIns(Timetable(as_of=TODAY, plan=plan), Answers(plan, SEED)).draw()
        drawn = people[plan.name].check_ins
        assert [replace(each.first.content, full=BLANK) for each in drawn] == [each.first.content for each in bare]


def test_the_four_with_a_profile_have_them_and_nobody_else(reviews: dict[str, ClientReview]) -> None:
    answered = {
        name for name, review in reviews.items() if any(record.content.full.answered for record in review.check_ins)
    }
    assert answered == WITH_FULL_ANSWERS


def test_sarah_has_triggers_practice_goals_and_a_renamed_measure(reviews: dict[str, ClientReview]) -> None:
    review = reviews["Sarah"]
    full = [record.content.full for record in review.check_ins if record.content.full.answered]
    assert len(full) >= 20
    assert all(len(each.goal_progress) == 2 and each.triggers is not None for each in full)
    assert any(each.practised == {} or each.triggers == frozenset() for each in full)
    [sleep] = review.course.own
    assert (sleep.named.measure.name, sleep.named.formerly[0].name) == ("Sleep", "How I slept")
    assert sleep.asked.asked == len(full)


def test_sarah_has_no_fights_after_the_relationship_ended(reviews: dict[str, ClientReview]) -> None:
    ended = next(event.details.day for event in reviews["Sarah"].events if "ended" in event.details.words)
    fights = {
        record.content.period_end < ended: record.content.full.conflicts is not None
        for record in reviews["Sarah"].check_ins
        if record.content.full.answered
    }
    assert fights == {True: True, False: False}


def test_same_quarrel_of_karim_is_known_by_its_topic(reviews: dict[str, ClientReview]) -> None:
    topics = {record.content.full.conflict_topic for record in reviews["Karim"].check_ins} - {None}
    assert topics == set(reviews["Karim"].lists.topics.words)


def test_daniel_has_a_count_of_his_own(reviews: dict[str, ClientReview]) -> None:
    [own] = reviews["Daniel"].course.own
    assert len(own.bars) >= 15
    assert own.marks == ()
