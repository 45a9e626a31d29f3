"""The totals of a form that was scored on paper or elsewhere: one box for each score, each with its own range."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import streamlit as st

from core.errors import InvalidInput
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Questionnaire
from dashboard.components.messages import show_refusal
from dashboard.components.page import labelled_row, section
from dashboard.components.text import label

TOTAL = "total"
Totals = dict[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class TotalsSheet:
    """One opening of the form: `read` turns what was typed into exact numbers, or refuses them."""

    key: str
    questionnaire: Questionnaire
    read: Callable[[Mapping[str, str]], Totals]
    initial: Mapping[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class TypedTotals:
    """The totals that stand in the boxes; none of them while there is a `problem`."""

    totals: Totals = field(default_factory=dict)
    problem: InvalidInput | None = None

    def needed(self) -> Totals:
        """The totals, for saving; raises the problem where there is one."""
        if self.problem is not None:
            raise self.problem
        return self.totals


def total_boxes(sheet: TotalsSheet) -> TypedTotals:
    """Draw a box for each score of the form; say at once which of them cannot be taken."""
    section("Totals", "as they were worked out on paper or elsewhere; decimals with a point")
    typed = {name: _box(sheet, name, words, span) for name, words, span in _scores(sheet.questionnaire)}
    try:
        return TypedTotals(totals=sheet.read(typed))
    except InvalidInput as refusal:
        show_refusal(refusal)
        return TypedTotals(problem=refusal)


def _scores(questionnaire: Questionnaire) -> Iterator[tuple[str, str, tuple[Fraction, Fraction]]]:
    if questionnaire.has_total:
        yield TOTAL, "Total", questionnaire.axis
    for subscale in questionnaire.subscales:
        yield subscale.id, subscale.label, questionnaire.axis_of(subscale)


def _box(sheet: TotalsSheet, name: str, words: str, span: tuple[Fraction, Fraction]) -> str:
    initial = sheet.initial.get(name)
    with labelled_row(label(words[:1].upper() + words[1:]), " to ".join(print_exact(end) for end in span)):
        typed = st.text_input(
            label(f"{words} of {sheet.questionnaire.short_name}"),
            value="" if initial is None else print_exact(initial), key=f"{sheet.key}_{name}", width=120,
            label_visibility="collapsed", autocomplete="off",
            persist_state="session",
        )  # fmt: skip
    return typed or ""
