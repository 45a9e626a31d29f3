"""Planned questionnaires: when they are due, what is told of them, and a plan whose form is gone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import Conflict, InvalidInput
from core.model.definitions import frozen_mapping
from core.model.profile import QuestionnairePlans
from core.model.profile_items import QuestionnairePlan
from core.services.caseload import todays_caseload
from core.services.clients import close_client
from core.services.progress import review_client
from core.services.questionnaire_plans import due_questionnaires, plan_questionnaires, questionnaire_plans
from core.services.questionnaires import record_response, withdraw_response
from tests.services.entries import DAY, form, gad7_answers, phq9_answers

DAYS = timedelta(days=1)


def plans(*wanted):
    return QuestionnairePlans(
        plans=tuple(
            QuestionnairePlan(questionnaire=name, every_days=every, since=since) for name, every, since in wanted
        )
    )


@pytest.fixture
def planned(save, client, catalogue):
    def plan(*wanted, seen=0):
        return save(plan_questionnaires, catalogue, client.id, plans(*wanted), seen)

    return plan


@pytest.fixture
def due(load, client, catalogue):
    return lambda: load(due_questionnaires, catalogue, client.id)


@pytest.fixture
def fill(save, client, gad7):
    return lambda day: save(record_response, client.id, gad7, gad7_answers(day), form())


@pytest.fixture
def needs(load, catalogue):
    return lambda: load(todays_caseload, catalogue).rows[0].needs


def test_form_never_filled_in_is_due_on_its_first_day(planned, due, needs):
    planned(("gad7", 28, DAY))
    (found,) = due()
    assert (found.last_on, found.due_on, found.days_past, found.is_due) == (None, DAY, 0, True)
    assert needs() == ("GAD-7 due 21 May",)


def test_form_is_not_due_before_its_first_day(planned, due, needs):
    planned(("gad7", 28, DAY + DAYS))
    assert [(each.days_past, each.is_due) for each in due()] == [(-1, False)]
    assert needs() == ()


@pytest.mark.parametrize(("ago", "due_on"), [(27, None), (28, "21 May"), (30, "19 May")])
def test_form_is_due_again_after_its_interval(fill, planned, needs, ago, due_on):
    planned(("gad7", 28, DAY - 100 * DAYS))
    fill(DAY - 60 * DAYS)
    fill(DAY - ago * DAYS)
    assert needs() == ((f"GAD-7 due {due_on}",) if due_on else ())


def test_incomplete_form_counts_as_filled_in_and_a_withdrawn_one_does_not(save, client, gad7, planned, due):
    planned(("gad7", 28, DAY))
    saved = save(record_response, client.id, gad7, gad7_answers(item3=None), form())
    assert due()[0].last_on == DAY
    save(withdraw_response, saved.ref)
    assert due()[0].last_on is None


def test_earlier_response_does_not_bring_the_first_day_forward(save, client, gad7, planned, due):
    save(record_response, client.id, gad7, gad7_answers(DAY - 90 * DAYS), form())
    planned(("gad7", 28, DAY + 3 * DAYS))
    assert [each.due_on for each in due()] == [DAY + 3 * DAYS]


def test_another_form_is_another_plan(save, client, phq9, planned, due, needs):
    planned(("phq9", 28, DAY - 2 * DAYS), ("gad7", 28, DAY - DAYS))
    save(record_response, client.id, phq9, phq9_answers(item9=0), form())
    assert [(each.short_name, each.is_due) for each in due()] == [("GAD-7", True), ("PHQ-9", False)]
    assert needs() == ("GAD-7 due 20 May",)


def test_due_forms_stand_on_the_review_as_of_its_day(load, client, catalogue, planned):
    planned(("gad7", 28, DAY))
    assert [each.is_due for each in load(review_client, catalogue, client.id).due] == [True]
    assert [each.is_due for each in load(review_client, catalogue, client.id, as_of=DAY - DAYS).due] == [False]


def test_form_that_is_gone_is_told_and_neither_due_nor_in_the_way(load, save, client, catalogue, planned):
    planned(("gad7", 28, DAY), ("phq9", 28, DAY))
    without = replace(
        catalogue,
        questionnaires=frozen_mapping(
            {name: each for name, each in catalogue.questionnaires.items() if name != "gad7"}
        ),
    )
    found = load(due_questionnaires, without, client.id)
    assert {(each.plan.questionnaire, each.short_name, each.is_due) for each in found} == {
        ("gad7", None, False), ("phq9", "PHQ-9", True)
    }  # fmt: skip
    assert load(todays_caseload, without).rows[0].needs == ("PHQ-9 due 21 May",)
    save(plan_questionnaires, without, client.id, plans(("gad7", 28, DAY)), 1)
    assert [each.short_name for each in load(due_questionnaires, without, client.id)] == [None]


def test_form_that_was_never_here_cannot_be_planned(planned, load, client):
    with pytest.raises(InvalidInput, match="A questionnaire was planned that is not here"):
        planned(("ors", 28, DAY))
    assert load(questionnaire_plans, client.id) == (QuestionnairePlans(), 0)


def test_plans_changed_elsewhere_are_not_written_over(planned, load, client):
    planned(("gad7", 28, DAY))
    with pytest.raises(Conflict):
        planned(("phq9", 28, DAY))
    planned(("phq9", 28, DAY), seen=1)
    assert load(questionnaire_plans, client.id) == (plans(("phq9", 28, DAY)), 2)


def test_closed_client_is_asked_for_nothing(save, load, client, catalogue, planned):
    planned(("gad7", 28, DAY))
    save(close_client, client, DAY)
    assert load(todays_caseload, catalogue).rows == ()
