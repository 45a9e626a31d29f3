"""Scores of questionnaires in words: total, published band, what is missing, and the safety item."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.model.days import print_day
from core.model.questionnaire_definitions import Questionnaire
from core.model.review import ScoredResponse
from core.model.scores import SafetyAnswer, Score
from dashboard.components.page import section
from dashboard.components.text import literal
from dashboard.theme import SAFETY_ACTION_WORDS


def score_line(questionnaire: Questionnaire, score: Score) -> str:
    """The total with its published band and range, or why there is no total. Markdown of our own."""
    if score.total is None:
        return f"**Not scored.** {score.no_total_reason}"
    low, high = questionnaire.axis
    band = f", published band: {score.band}" if score.band else ""
    return f"**Total {score.total}** of {low} to {high}{band}"


def cut_off_lines(questionnaire: Questionnaire, score: Score) -> list[str]:
    """Each published line with its use and source, and whether the total is at it or above."""
    return [
        f"{'At or above' if reading.reached else 'Below'} {reading.cut_off.value}: {reading.cut_off.use} "
        f"({questionnaire.origin_words(reading.cut_off.origin)})"
        for reading in score.cut_offs
    ]


def safety_line(questionnaire: Questionnaire, answer: SafetyAnswer, day: str) -> str:
    """The safety answer with its words and day; a skipped one is told with the same weight."""
    where = f"{questionnaire.short_name} item {answer.item} ({answer.topic}), {day}"
    if answer.value is None:
        return f"**Not answered:** {where}."
    return f"**{answer.value}, “{answer.label}”:** {where}."


def pinned(awaiting: Sequence[ScoredResponse], questionnaires: Mapping[str, Questionnaire]) -> list[ScoredResponse]:
    """Draw safety answers that nobody has written about yet; return those whose button was pressed."""
    pressed = []
    for scored in awaiting:
        questionnaire = questionnaires[scored.response.content.questionnaire]
        day = print_day(scored.day)
        with st.container(border=True, key=f"pinned_{scored.response.ref.label}"):
            for answer in scored.score.safety:
                st.markdown(safety_line(questionnaire, answer, day))
            st.markdown(
                "Not yet reviewed. This answer is a reason to ask, not a measure of risk. An answer of 0 would not "
                "rule anything out either. Your own judgement and your service's procedure apply."
            )
            if st.button("Write what was done", key=f"write_{scored.response.ref.label}"):
                pressed.append(scored)
    return pressed


def review_lines(scored: ScoredResponse) -> None:
    """Draw what was written about the safety item of one response."""
    for review in scored.reviews:
        action = SAFETY_ACTION_WORDS[review.details.action]
        st.markdown(f"{action}: {literal(review.details.words)} :small[:gray[{literal(review.written_by)}]]")


def response_table(responses: Sequence[ScoredResponse], questionnaires: Mapping[str, Questionnaire]) -> None:
    """Draw all responses, newest first, as a ledger."""
    section("Filled questionnaires", f"{len(responses)}" if responses else "none yet")
    rows = [
        {
            "": scored.response.ref.label,
            "Date": print_day(scored.day),
            "Questionnaire": questionnaires[scored.response.content.questionnaire].short_name,
            "Total": "not scored" if scored.score.total is None else str(scored.score.total),
            "Published band": scored.score.band or f"{scored.score.answered} of {scored.score.items} answered",
        }
        for scored in reversed(responses)
    ]
    if rows:
        st.table(rows, border="horizontal", hide_index=True)


def saved_line(saved: Sequence[ScoredResponse], questionnaires: Mapping[str, Questionnaire]) -> None:
    """One line of what was just stored: total and band, and the safety item with its own weight."""
    for scored in saved:
        questionnaire = questionnaires[scored.response.content.questionnaire]
        st.success(f"Saved {scored.response.ref.label}. {score_line(questionnaire, scored.score)}")
        for answer in scored.score.safety:
            st.markdown(safety_line(questionnaire, answer, print_day(scored.day)))
        review_lines(scored)
