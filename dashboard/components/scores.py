"""Scores of questionnaires in words: total, published band, what is missing, and the safety item."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from core.model.days import print_day, print_day_short
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Questionnaire
from core.model.review import ScoredResponse
from core.model.scores import SafetyAnswer, Score, SubscaleScore
from core.model.words import SAFETY_ACTION_WORDS
from dashboard.components.page import section
from dashboard.components.text import literal


def score_line(score: Score) -> str:
    """Total, published band and range, and the subscales; or why there is none. Markdown of our own."""
    parts = [_subscale(each) for each in score.subscales if each.value is not None]
    if score.total is not None and score.lowest is not None and score.highest is not None:
        band = f", published band: {score.band}" if score.band else ""
        remark = f" ({score.remark})" if score.remark else ""
        span = f"{print_exact(score.lowest)} to {print_exact(score.highest)}"
        parts.insert(0, f"**Total {score.printed}** of {span}{band}{remark}")
    return "; ".join(parts) or f"**Not scored.** {score.no_total_reason}"


def _subscale(found: SubscaleScore) -> str:
    caution = f" ({found.caution})" if found.caution else ""
    return f"{found.label} {found.printed} of {print_exact(found.lowest)} to {print_exact(found.highest)}{caution}"


def cut_off_lines(questionnaire: Questionnaire, score: Score) -> list[str]:
    """Each published line with its use and source, and whether the total is at it or above."""
    return [
        f"{reading.place}: {reading.cut_off.use} ({questionnaire.origin_words(reading.cut_off.origin)})"
        for reading in score.cut_offs
    ]


def latest_scores(responses: Sequence[ScoredResponse]) -> str:
    """The latest total of each questionnaire beside the one before it, with their days and no word on change."""
    told = []
    for code in dict.fromkeys(scored.response.content.questionnaire for scored in responses):
        given = [scored for scored in responses if scored.response.content.questionnaire == code][-2:]
        shown = [f"{_total(scored)} ({print_day_short(scored.day)})" for scored in reversed(given)]
        told.append(f"{given[-1].score.short_name} {', before '.join(shown)}")
    return "; ".join(told)


def _total(scored: ScoredResponse) -> str:
    parts = [f"{each.label} {each.printed}" for each in scored.score.subscales if each.value is not None]
    return scored.score.printed or ", ".join(parts) or "not scored"


def safety_line(scored: ScoredResponse, answer: SafetyAnswer) -> str:
    """The safety answer with its words and day; a skipped one is told with the same weight."""
    where = f"{scored.score.short_name} item {answer.item} ({answer.topic}), {print_day(scored.day)}"
    said = "Not answered" if answer.value is None else _value_words(answer)
    return f"**{said}:** {where}."


def pinned(awaiting: Sequence[ScoredResponse]) -> list[ScoredResponse]:
    """Draw safety answers that nobody has written about yet; return those whose button was pressed."""
    pressed = []
    for scored in awaiting:
        with st.container(border=True, key=f"pinned_{scored.response.ref.label}"):
            for answer in scored.score.safety:
                st.markdown(safety_line(scored, answer))
            st.markdown(
                "Not yet reviewed. This answer is a reason to ask, not a measure of risk. An answer of 0 would not "
                "rule anything out either. Your own judgement and your service's procedure apply."
            )
            if st.button("Write what was done", key=f"write_{scored.response.ref.label}"):
                pressed.append(scored)
    return pressed


def filled(responses: Sequence[ScoredResponse]) -> UUID | None:
    """Draw what was filled in, newest first; return the response whose *Correct* was just pressed."""
    section("Filled in", f"{len(responses)} so far" if responses else "none yet")
    pressed = [scored.response.ref.id for scored in reversed(responses) if _response(scored)]
    return pressed[0] if pressed else None


def _response(scored: ScoredResponse) -> bool:
    ref = scored.response.ref
    version = f", version {ref.version}" if ref.version > 1 else ""
    words, button = st.columns((6, 1), vertical_alignment="center")
    words.markdown(
        f"**{ref.label}** {print_day(scored.day)} · {scored.score.short_name}{version} · "
        f"{score_line(scored.score)}{_safety_words(scored)}"
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


def saved_line(saved: Sequence[ScoredResponse]) -> None:
    """One line of what was just stored: total and band, and the safety item with its own weight."""
    for scored in saved:
        st.success(f"Saved {scored.response.ref.label}. {score_line(scored.score)}")
        for answer in scored.score.safety:
            st.markdown(safety_line(scored, answer))
