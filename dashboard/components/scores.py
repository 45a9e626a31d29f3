"""Scores of questionnaires in words: total, published band, what is missing, and the safety item."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from core.model.days import print_day, print_day_short
from core.model.questionnaire_definitions import Questionnaire
from core.model.review import ScoredResponse
from core.model.scores import SafetyAnswer, Score
from core.model.words import SAFETY_ACTION_WORDS
from dashboard.components.page import section
from dashboard.components.text import literal


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


def latest_scores(responses: Sequence[ScoredResponse], questionnaires: Mapping[str, Questionnaire]) -> str:
    """The latest total of each questionnaire beside the one before it, with their days and no word on change."""
    told = []
    for code in dict.fromkeys(scored.response.content.questionnaire for scored in responses):
        given = [scored for scored in responses if scored.response.content.questionnaire == code][-2:]
        shown = [f"{_total(scored)} ({print_day_short(scored.day)})" for scored in reversed(given)]
        told.append(f"{questionnaires[code].short_name} {', before '.join(shown)}")
    return "; ".join(told)


def _total(scored: ScoredResponse) -> str:
    return "not scored" if scored.score.total is None else str(scored.score.total)


def safety_line(questionnaire: Questionnaire, answer: SafetyAnswer, day: str) -> str:
    """The safety answer with its words and day; a skipped one is told with the same weight."""
    where = f"{questionnaire.short_name} item {answer.item} ({answer.topic}), {day}"
    said = "Not answered" if answer.value is None else _value_words(answer)
    return f"**{said}:** {where}."


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


def filled(responses: Sequence[ScoredResponse], questionnaires: Mapping[str, Questionnaire]) -> UUID | None:
    """Draw what was filled in, newest first; return the response whose *Correct* was just pressed."""
    section("Filled in", f"{len(responses)} so far" if responses else "none yet")
    pressed = [scored.response.ref.id for scored in reversed(responses) if _response(scored, questionnaires)]
    return pressed[0] if pressed else None


def _response(scored: ScoredResponse, questionnaires: Mapping[str, Questionnaire]) -> bool:
    ref, questionnaire = scored.response.ref, questionnaires[scored.response.content.questionnaire]
    version = f", version {ref.version}" if ref.version > 1 else ""
    words, button = st.columns((6, 1), vertical_alignment="center")
    words.markdown(
        f"**{ref.label}** {print_day(scored.day)} · {questionnaire.short_name}{version} · "
        f"{score_line(questionnaire, scored.score)}{_safety_words(scored)}"
    )
    return bool(button.button(f"Correct {ref.label}", key=f"correct_{ref.id}", type="tertiary"))


def _safety_words(scored: ScoredResponse) -> str:
    """The safety items of a response and what was written about them, each on a line of its own."""
    lines = [f"item {answer.item}: {_value_words(answer)}" for answer in scored.score.safety]
    lines += [
        f"{SAFETY_ACTION_WORDS[review.details.action]}: {literal(review.details.words)}" for review in scored.reviews
    ]
    return "".join(f"  \n:small[:gray[{line}]]" for line in lines)


def _value_words(answer: SafetyAnswer) -> str:
    return answer.label if answer.value is None else f"{answer.value}, “{answer.label}”"


def saved_line(saved: Sequence[ScoredResponse], questionnaires: Mapping[str, Questionnaire]) -> None:
    """One line of what was just stored: total and band, and the safety item with its own weight."""
    for scored in saved:
        questionnaire = questionnaires[scored.response.content.questionnaire]
        st.success(f"Saved {scored.response.ref.label}. {score_line(questionnaire, scored.score)}")
        for answer in scored.score.safety:
            st.markdown(safety_line(questionnaire, answer, print_day(scored.day)))
