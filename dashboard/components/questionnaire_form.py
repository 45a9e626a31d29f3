"""A filled paper questionnaire on the screen: rows that can be clicked, and one field that fills them as one types.

Items carry our own topic labels for the published form the client filled in, or the text a clinic may use; nothing
is asked from the screen.
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
from dashboard.components.text import label

Answers = dict[int, int | None]
BLANK = "-"
NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, kw_only=True)
class Given:
    """What stands on the rows: answers by item, blank ones as `None`, and the items marked as not applicable."""

    answers: Answers
    not_applicable: frozenset[int]

    @property
    def line(self) -> str:
        """`5 of 7 answered`, and the items that do not apply."""
        answered = sum(value is not None for value in self.answers.values())
        apart = ", ".join(f"item {number} not applicable" for number in sorted(self.not_applicable))
        return f"{answered} of {len(self.answers)} answered" + (f", {apart}" if apart else "")


@dataclass(frozen=True, kw_only=True)
class AnswerSheet:
    """One opening of the form: `read` turns answers typed in order into answers by item, or refuses them."""

    key: str
    questionnaire: Questionnaire
    read: Callable[[str], Answers]
    initial: Mapping[int, int | None]
    initial_not_applicable: frozenset[int] = frozenset()

    @property
    def typed_key(self) -> str:
        """The key of the field for all answers in order."""
        return f"{self.key}_typed"

    def row_key(self, item: Item) -> str:
        """The key of one item's row."""
        return f"{self.key}_item{item.number}"

    def may_not_apply(self, item: Item) -> bool:
        """Whether the form lets this item be marked as not applicable."""
        rule = self.questionnaire.not_applicable
        return rule is not None and item.number in rule.items


def answer_rows(sheet: AnswerSheet) -> Given:
    """Draw the field and the rows; return what stands on them."""
    questionnaire = sheet.questionnaire
    section("Answers", f"{label(questionnaire.recall)}: {_anchors(questionnaire.answers)}")
    with labelled_row("Answers in order", f"digits; {BLANK} for not answered"):
        st.text_input(
            "Answers in order", value=_typed(sheet, sheet.initial), key=sheet.typed_key, live=True, width=_width(sheet),
            on_change=_fill_rows, args=(sheet,), label_visibility="collapsed", placeholder=_example(questionnaire),
            autocomplete="off", persist_state="session",
        )  # fmt: skip
    _show_problem(sheet)
    chosen = {item.number: _row(sheet, item) for item in questionnaire.items}
    return Given(
        answers={number: value if isinstance(value, int) else None for number, value in chosen.items()},
        not_applicable=frozenset(number for number, value in chosen.items() if value == NOT_APPLICABLE),
    )


def refuse_mistyped(sheet: AnswerSheet) -> None:
    """Raise `InvalidInput` while the field holds what the rows could not take: they still show what stood before it."""
    if selection.value(f"{sheet.key}_problem") is not None:
        raise InvalidInput(
            "The answers typed in order could not be taken, so the rows do not show them. Nothing was saved; mend or "
            "empty the field, or choose in the rows."
        )


def _anchors(answers: Sequence[AnswerLabel]) -> str:
    return " · ".join(f"{answer.value} {label(answer.label)}" for answer in answers)


def _width(sheet: AnswerSheet) -> int:
    return min(200 + 6 * len(sheet.questionnaire.items), 420)


def _example(questionnaire: Questionnaire) -> str:
    """Digits as they might be typed: the second answer of each item, as far as the first seven."""
    return "".join(list(item.digits)[1] for item in questionnaire.items[:7])


def _row(sheet: AnswerSheet, item: Item) -> int | str | None:
    options: list[int | str] = [*item.values]
    initial: int | str | None = sheet.initial.get(item.number)
    if sheet.may_not_apply(item):
        options.append(NOT_APPLICABLE)
        initial = NOT_APPLICABLE if item.number in sheet.initial_not_applicable else initial
    text = label(item.wording or item.topic)
    with labelled_row(f"{item.number} {text}", _hint(item)):
        chosen: int | str | None = st.segmented_control(
            f"Item {item.number}: {text}", options, default=initial, key=sheet.row_key(item), on_change=_write_typed,
            args=(sheet,), label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
    return chosen


def _hint(item: Item) -> str:
    if item.safety:
        return "safety item"
    return _anchors(item.answers) if item.scored else "asked, not scored"


def _fill_rows(sheet: AnswerSheet) -> None:
    try:
        answers = sheet.read(selection.value(sheet.typed_key) or "")
    except InvalidInput as refusal:
        selection.put(f"{sheet.key}_problem", refusal)
        return
    selection.put(f"{sheet.key}_problem", None)
    for item in sheet.questionnaire.items:
        key, answer = sheet.row_key(item), answers[item.number]
        if answer is not None or selection.value(key) != NOT_APPLICABLE:
            selection.put(key, answer)


def _write_typed(sheet: AnswerSheet) -> None:
    chosen = {item.number: selection.value(sheet.row_key(item)) for item in sheet.questionnaire.items}
    selection.put(sheet.typed_key, _typed(sheet, chosen))
    selection.put(f"{sheet.key}_problem", None)


def _typed(sheet: AnswerSheet, answers: Mapping[int, object]) -> str:
    return "".join(_digit(item, answers.get(item.number)) for item in sheet.questionnaire.items).rstrip(BLANK)


def _digit(item: Item, value: object) -> str:
    return next((digit for digit, taken in item.digits.items() if taken == value), BLANK)


def _show_problem(sheet: AnswerSheet) -> None:
    problem = selection.value(f"{sheet.key}_problem")
    if isinstance(problem, InvalidInput):
        show_refusal(problem)
    else:
        small("Rows and this field fill each other. A row pressed again is blank again.")
