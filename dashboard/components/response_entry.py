"""Entering one filled form: its items or its totals, how it was filled in, and the score as it stands."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import streamlit as st

from core.model.questionnaire_definitions import Questionnaire
from core.model.responses import Response
from core.model.scores import Score
from dashboard.components.page import section, small
from dashboard.components.questionnaire_form import Answers, AnswerSheet, answer_rows, refuse_mistyped
from dashboard.components.response_form import Heading, around
from dashboard.components.scores import cut_off_lines, score_line
from dashboard.components.totals_form import Totals, TotalsSheet, total_boxes

Draft = Callable[[], Response]


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """The services that read what was typed and score it; each refuses what the form does not take."""

    read_answers: Callable[[Questionnaire, str], Answers]
    read_totals: Callable[[Questionnaire, Mapping[str, str]], Totals]
    score_answers: Callable[[Questionnaire, Mapping[int, int | None], Collection[int]], Score]
    score_totals: Callable[[Questionnaire, Mapping[str, Fraction]], Score]


def response_entry(scoring: Scoring, heading: Heading, key: str, edited: Response | None) -> Draft:
    """Draw the form; what it gives back makes the response, or raises `InvalidInput` for what cannot be taken."""
    entry = _totals if heading.as_totals else _items
    return entry(scoring, heading, f"{key}_{heading.questionnaire.id}", edited)


def _items(scoring: Scoring, heading: Heading, key: str, edited: Response | None) -> Draft:
    form = heading.questionnaire
    sheet = AnswerSheet(
        key=key,
        questionnaire=form,
        read=partial(scoring.read_answers, form),
        initial=edited.answers if edited else {},
        initial_not_applicable=edited.not_applicable if edited else frozenset(),
    )
    given = answer_rows(sheet)
    circumstances = around(key, edited)
    score = scoring.score_answers(form, given.answers, given.not_applicable)
    section("So far", given.line)
    scored = score.total is not None or any(each.value is not None for each in score.subscales)
    _preview(form, score if scored else None, "The total appears when every item is answered.")

    def made() -> Response:
        refuse_mistyped(sheet)
        return Response(
            questionnaire=form.id, questionnaire_version=form.version, day=heading.day.needed("questionnaire"),
            answers=given.answers, not_applicable=given.not_applicable, circumstances=circumstances.made(),
        )  # fmt: skip

    return made


def _totals(scoring: Scoring, heading: Heading, key: str, edited: Response | None) -> Draft:
    form = heading.questionnaire
    sheet = TotalsSheet(
        key=key,
        questionnaire=form,
        read=partial(scoring.read_totals, form),
        initial=edited.totals if edited else {},
    )
    typed = total_boxes(sheet)
    for item in form.safety_items:
        small(f"Item {item.number} is a safety item, and a total does not tell its answer. Enter the items to have it.")
    circumstances = around(key, edited)
    section("So far", "entered as totals")
    score = scoring.score_totals(form, typed.totals) if typed.totals else None
    _preview(form, score, "The scores appear when they are entered.")

    def made() -> Response:
        return Response(
            questionnaire=form.id, questionnaire_version=form.version, day=heading.day.needed("questionnaire"),
            totals=typed.needed(), circumstances=circumstances.made(),
        )  # fmt: skip

    return made


def _preview(form: Questionnaire, score: Score | None, otherwise: str) -> None:
    st.markdown(otherwise if score is None else score_line(score))
    for line in cut_off_lines(form, score) if score else ():
        small(line)
