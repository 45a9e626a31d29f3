"""What a therapist does on the questionnaires page, and what stands on it and in the record afterwards."""

from collections.abc import Callable
from uuid import UUID

from streamlit.testing.v1 import AppTest

from core.model.review import ScoredResponse
from core.services.questionnaires import scored_responses
from dashboard import runtime
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]


def stored(practice: Workplace, client_id: UUID) -> tuple[ScoredResponse, ...]:
    """The client's responses as they are in the record."""
    with practice.store.reading(practice.actor) as work:
        return scored_responses(work, runtime.catalogue(), client_id)


def open_form(open_page: Open, client_id: UUID, form: str, way: str | None = None) -> AppTest:
    """The page with a form chosen, by items or totals where both can be entered."""
    at = open_page("questionnaires", client_id)
    choose(at, "Questionnaire", form)
    if way is not None:
        choose(at, "Enter", way)
    return at


def choose(at: AppTest, group: str, answer: object) -> AppTest:
    """Choose in a row of buttons by its label."""
    next(each for each in at.button_group if each.label == group).set_value(answer)
    return at.run()


def press(at: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    next(button for button in at.button if button.label == label).click()
    return at.run()


def type_into(at: AppTest, label: str, text: str) -> AppTest:
    """Type into the box with this label."""
    next(box for box in at.text_input if box.label == label).input(text)
    return at.run()


def shown(at: AppTest) -> str:
    """All words on the page."""
    return "\n".join(text.value for text in at.markdown)


def refused(at: AppTest) -> str:
    """All refusals on the page."""
    return "\n".join(error.value for error in at.error)
