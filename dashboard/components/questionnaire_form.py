"""A filled paper questionnaire on the screen: rows that can be clicked, and one field that fills them as one types.

Items carry our own topic labels for the published form the client filled in; nothing is asked from the screen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from core.errors import InvalidInput
from core.model.questionnaire_definitions import Item, Questionnaire
from core.model.questionnaire_facts import AnswerLabel
from dashboard import selection
from dashboard.components.messages import show_refusal
from dashboard.components.page import labelled_row, section, small

Answers = dict[int, int | None]
BLANK = "-"


@dataclass(frozen=True, kw_only=True)
class AnswerSheet:
    """One opening of the form: `read` turns answers typed in order into answers by item, or refuses them."""

    key: str
    questionnaire: Questionnaire
    read: Callable[[str], Answers]
    initial: Mapping[int, int | None]

    @property
    def typed_key(self) -> str:
        """The key of the field for all answers in order."""
        return f"{self.key}_typed"

    def row_key(self, item: Item) -> str:
        """The key of one item's row."""
        return f"{self.key}_item{item.number}"


def answer_rows(sheet: AnswerSheet) -> Answers:
    """Draw the field and the rows; return the answers that stand on them, blank ones as `None`."""
    questionnaire = sheet.questionnaire
    section("Answers", f"{questionnaire.recall}: {_anchors(questionnaire.answers)}")
    with labelled_row("Answers in order", f"digits; {BLANK} for not answered"):
        st.text_input(
            "Answers in order", value=_typed(sheet, sheet.initial), key=sheet.typed_key, live=True, width=200,
            on_change=_fill_rows, args=(sheet,), label_visibility="collapsed", placeholder="1112110",
            autocomplete="off", persist_state="session",
        )  # fmt: skip
    _show_problem(sheet)
    return {item.number: _row(sheet, item) for item in questionnaire.items}


def refuse_mistyped(sheet: AnswerSheet) -> None:
    """Raise `InvalidInput` while the field holds what the rows could not take: they still show what stood before it."""
    if selection.value(f"{sheet.key}_problem") is not None:
        raise InvalidInput(
            "The answers typed in order could not be taken, so the rows do not show them. Nothing was saved; mend or "
            "empty the field, or choose in the rows."
        )


def answered_line(answers: Answers) -> str:
    """`5 of 7 answered`."""
    return f"{sum(value is not None for value in answers.values())} of {len(answers)} answered"


def _anchors(answers: Sequence[AnswerLabel]) -> str:
    return " · ".join(f"{answer.value} {answer.label}" for answer in answers)


def _row(sheet: AnswerSheet, item: Item) -> int | None:
    hint = "safety item" if item.safety else _anchors(item.answers)
    with labelled_row(f"{item.number} {item.topic}", hint):
        chosen: int | None = st.segmented_control(
            f"Item {item.number}: {item.topic}", item.values,
            default=sheet.initial.get(item.number), key=sheet.row_key(item), label_visibility="collapsed",
            on_change=_write_typed, args=(sheet,), persist_state="session",
        )  # fmt: skip
    return chosen


def _fill_rows(sheet: AnswerSheet) -> None:
    try:
        answers = sheet.read(selection.value(sheet.typed_key) or "")
    except InvalidInput as refusal:
        selection.put(f"{sheet.key}_problem", refusal)
        return
    selection.put(f"{sheet.key}_problem", None)
    for item in sheet.questionnaire.items:
        selection.put(sheet.row_key(item), answers[item.number])


def _write_typed(sheet: AnswerSheet) -> None:
    chosen = {item.number: selection.value(sheet.row_key(item)) for item in sheet.questionnaire.items}
    selection.put(sheet.typed_key, _typed(sheet, chosen))
    selection.put(f"{sheet.key}_problem", None)


def _typed(sheet: AnswerSheet, answers: Mapping[int, int | None]) -> str:
    return "".join(_digit(item, answers.get(item.number)) for item in sheet.questionnaire.items).rstrip(BLANK)


def _digit(item: Item, value: int | None) -> str:
    return next((digit for digit, taken in item.digits.items() if taken == value), BLANK)


def _show_problem(sheet: AnswerSheet) -> None:
    problem = selection.value(f"{sheet.key}_problem")
    if isinstance(problem, InvalidInput):
        show_refusal(problem)
    else:
        small("Rows and this field fill each other. A row pressed again is blank again.")
