"""Which forms are due, and the plan they come from: each form with its interval."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from core.errors import InvalidInput
from core.model.days import print_day, print_day_short
from core.model.profile import QuestionnairePlans
from core.model.profile_items import QuestionnairePlan
from core.model.questionnaire_definitions import Questionnaire
from core.model.review import DueQuestionnaire
from core.model.unlikely_days import DayKind, KnownDays
from dashboard.components.choices import choice
from dashboard.components.days import DayAsked, day_field
from dashboard.components.numbers import NumberBoxes
from dashboard.components.page import labelled_row, section, small
from dashboard.components.text import label

USUAL_DAYS = 28


def due_words(due: Sequence[DueQuestionnaire]) -> list[str]:
    """`GAD-7 due 4 May` for each that is due; Markdown that shows a clinic's names letter by letter."""
    return [
        f"{label(each.short_name)} due {print_day_short(each.due_on)}"
        for each in due
        if each.is_due and each.short_name
    ]


def due_rows(due: Sequence[DueQuestionnaire], enter: Callable[[str], None]) -> None:
    """Draw what is due now, each with a button that opens its form by `enter`."""
    for each in due:
        if each.is_due and each.short_name:
            name = label(each.short_name)
            with st.container(horizontal=True, vertical_alignment="center", key=f"due_{each.plan.questionnaire}"):
                st.markdown(f"**{name}** due {print_day(each.due_on)} :gray[· {_last(each)}]", width="content")
                st.button(
                    f"Enter {name}", key=f"enter_{each.plan.questionnaire}", type="tertiary",
                    on_click=enter, args=(each.plan.questionnaire,),
                )  # fmt: skip


def plan_rows(due: Sequence[DueQuestionnaire]) -> str | None:
    """Draw the plan; return the form that was just taken off it."""
    section("Plan", "how often a form is filled in")
    if not due:
        small("Nothing is planned. A form with an interval shows here and on Today when it is due.")
    pressed = [each.plan.questionnaire for each in due if _plan_row(each)]
    return pressed[0] if pressed else None


def plan_form(forms: Mapping[str, Questionnaire], key: str, known: KnownDays) -> Callable[[], QuestionnairePlan] | None:
    """Draw the row that adds a form or changes its interval; what it gives back once pressed makes the plan.

    Making it raises `InvalidInput` for all that is missing or cannot be taken.
    """
    boxes = NumberBoxes()
    with labelled_row("Add or change", "a form, every so many days, first due on"):
        row, below = st.container(horizontal=True, vertical_alignment="bottom"), st.container()
    with row:
        chosen = choice(
            "Form to plan", list(forms), words={name: form.short_name for name, form in forms.items()},
            key=f"{key}_form", label_visibility="collapsed", placeholder="form", width=170,
        )  # fmt: skip
        days = boxes.box(
            "Every so many days", key=f"{key}_days", initial=USUAL_DAYS, label_visibility="collapsed", width=80
        )
        asked = DayAsked(kind=DayKind.PLANNED, known=known, value=known.today)
        since = day_field(
            "First due on", asked, key=f"{key}_since", beside=below, label_visibility="collapsed", width=150
        )
        pressed = st.button("Plan it", key=f"{key}_add")

    def made() -> QuestionnairePlan:
        if chosen is None or days is None:
            missing = [] if boxes.problems else ["A plan needs a form and a number of days. Nothing was saved."]
            raise InvalidInput(*boxes.problems, *missing)
        return QuestionnairePlan(questionnaire=chosen, every_days=days, since=since.needed("first form"))

    return made if pressed else None


def with_plan(plans: QuestionnairePlans, added: QuestionnairePlan) -> QuestionnairePlans:
    """The plans with one more, or with a new interval for the form that `added` is about."""
    return QuestionnairePlans(plans=(*without_plan(plans, added.questionnaire).plans, added))


def without_plan(plans: QuestionnairePlans, form: str) -> QuestionnairePlans:
    """The plans without `form`."""
    return QuestionnairePlans(plans=tuple(plan for plan in plans.plans if plan.questionnaire != form))


def _plan_row(each: DueQuestionnaire) -> bool:
    code = each.plan.questionnaire
    name = label(each.short_name or code)
    words, button = st.columns((5, 2), vertical_alignment="center")
    if each.short_name is None:
        words.markdown(f"**{name}** is planned, but its definition is not here: it cannot be entered and is not due.")
    else:
        words.markdown(
            f"**{name}** every {each.plan.every_days} days, first on {print_day(each.plan.since)} · {_last(each)} · "
            f"due {print_day(each.due_on)}{_distance(each.days_past)}"
        )
    with button.container(horizontal=True, horizontal_alignment="right"):
        return bool(st.button(f"Take {name} off", key=f"unplan_{code}", type="tertiary"))


def _last(each: DueQuestionnaire) -> str:
    return f"last filled in on {print_day(each.last_on)}" if each.last_on else "never filled in"


def _distance(days_past: int) -> str:
    """` (today)`, ` (3 days ago)`, ` (in 11 days)`."""
    if days_past == 0:
        return " (today)"
    days = f"{abs(days_past)} day{'' if abs(days_past) == 1 else 's'}"
    return f" ({days} ago)" if days_past > 0 else f" (in {days})"
