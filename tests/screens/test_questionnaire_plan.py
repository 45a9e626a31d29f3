"""What is due: planned on the page, told there, on the review and on Today, and gone once it is filled in."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core.model.days import print_day, print_day_short
from core.model.people import Client
from core.model.profile import QuestionnairePlans
from core.model.profile_items import QuestionnairePlan
from core.services.questionnaire_plans import plan_questionnaires
from core.store import profiles
from dashboard import runtime
from dashboard.runtime import Workplace
from tests.screens.questionnaire_steps import Open, press, refused, shown, type_into

NEEDS = "Needs"


def plan(at: AppTest, form: str, days: str) -> AppTest:
    next(each for each in at.selectbox if each.label == "Form to plan").set_value(form)
    type_into(at, "Every so many days", days)
    return press(at, "Plan it")


def needs(open_page: Open) -> str:
    [table] = open_page().dataframe
    return str(table.value[NEEDS].iloc[0])


@pytest.fixture
def planned(practice: Workplace, client: Client) -> None:
    """GAD-7, due for three days."""
    with practice.store.writing(practice.actor) as work:
        due = QuestionnairePlan(questionnaire="gad7", every_days=28, since=work.today - timedelta(days=3))
        plan_questionnaires(work, runtime.catalogue(), client.id, QuestionnairePlans(plans=(due,)), 0)
        work.commit()


def test_nothing_planned_is_said(open_page: Open, client: Client) -> None:
    assert "Nothing is planned." in shown(open_page("questionnaires", client.id))


def test_form_planned_today_is_due_today_everywhere(open_page: Open, client: Client) -> None:
    at = plan(open_page("questionnaires", client.id), "GAD-7", "14")
    today = runtime_day(at)
    assert (
        f"**GAD-7** every 14 days, first on {print_day(today)} · never filled in · due {print_day(today)} (today)"
        in shown(at)
    )
    assert f"**GAD-7** due {print_day(today)} :gray[· never filled in]" in shown(at)
    words = f"GAD-7 due {print_day_short(today)}"
    assert words in shown(open_page("review", client.id))
    assert needs(open_page) == words


def runtime_day(at: AppTest):  # type: ignore[no-untyped-def]  # a date, as the page has it
    return next(each for each in at.date_input if each.label == "Date").value


@pytest.mark.usefixtures("planned")
def test_due_form_is_opened_by_its_button_and_then_no_longer_due(open_page: Open, client: Client) -> None:
    at = open_page("questionnaires", client.id)
    next(each for each in at.button_group if each.label == "Questionnaire").set_value("cds")
    at.run()
    press(at, "Enter GAD-7")
    assert next(each for each in at.button_group if each.label == "Questionnaire").value == "gad7"
    type_into(at, "Answers in order", "1112110")
    press(at, "Save questionnaire")
    assert "Enter GAD-7" not in [button.label for button in at.button]
    assert "(in 28 days)" in shown(at)
    assert needs(open_page) == ""


@pytest.mark.usefixtures("planned")
def test_interval_can_be_changed_and_the_form_taken_off(open_page: Open, client: Client) -> None:
    at = plan(open_page("questionnaires", client.id), "GAD-7", "7")
    assert "**GAD-7** every 7 days" in shown(at)
    assert "every 28 days" not in shown(at)
    press(at, "Take GAD-7 off")
    assert "Nothing is planned." in shown(at)


@pytest.mark.parametrize(
    ("form", "days", "said"),
    [
        (None, "28", "A plan needs a form and a number of days."),
        ("GAD-7", "", "A plan needs a form and a number of days."),
        ("GAD-7", "0", "An interval of 0 days was given; 1 to 366 days are taken."),
        ("GAD-7", "367", "An interval of 367 days was given; 1 to 366 days are taken."),
        ("GAD-7", "4,5", "something else than a whole number in digits was typed"),
    ],
)
def test_plan_that_cannot_be_taken_is_refused(open_page: Open, client: Client, form: str, days: str, said: str) -> None:
    at = open_page("questionnaires", client.id)
    if form:
        next(each for each in at.selectbox if each.label == "Form to plan").set_value(form)
    type_into(at, "Every so many days", days)
    press(at, "Plan it")
    assert said in refused(at).replace("&#44;", ",").replace("&#46;", ".")
    assert "Nothing is planned." in shown(at)


def test_planned_form_that_is_gone_is_told_and_can_be_taken_off(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    gone = QuestionnairePlan(questionnaire="own_form", every_days=28, since=client.details.started_on)
    with practice.store.writing(practice.actor) as work:
        profiles.save(work, client.id, QuestionnairePlans(plans=(gone,)), seen=0, held_from=work.today)
        work.commit()
    at = open_page("questionnaires", client.id)
    assert "**own&#95;form** is planned, but its definition is not here" in shown(at)
    assert needs(open_page) == ""
    assert "own" not in shown(open_page("review", client.id))
    press(at, next(button.label for button in at.button if button.label.startswith("Take ")))
    assert "Nothing is planned." in shown(at)
