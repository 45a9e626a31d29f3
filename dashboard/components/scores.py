"""Scores of questionnaires in words: total, published band, what is missing, and the safety item."""

from collections.abc import Sequence

import streamlit as st

from core.model.days import print_day, print_day_short
from core.model.numbers import print_exact
from core.model.questionnaire_definitions import Questionnaire
from core.model.review import ScoredResponse
from core.model.scores import INCOMPLETE, NO_TOTAL, SafetyAnswer, Score, SubscaleScore
from dashboard.components.text import label


def score_line(score: Score) -> str:
    """Total, published band and range, and the subscales; or why there is none. Markdown of our own."""
    total = _total_words(score)
    parts = [_subscale(each) for each in score.subscales if each.value is not None]
    if total is None and score.no_total_reason == NO_TOTAL:
        parts += [_open(each) for each in score.subscales if each.value is None]
    elif total is None:
        total = f"**{_sentence(score.no_total_reason or INCOMPLETE)}**"
    return "; ".join([total, *parts] if total else parts) + ("; entered as totals" if score.entered else "")


def _total_words(score: Score) -> str | None:
    if score.total is None or score.lowest is None or score.highest is None:
        return None
    band = f", published band: {label(score.band)}" if score.band else ""
    remark = f" ({score.remark})" if score.remark else ""
    span = f"{print_exact(score.lowest)} to {print_exact(score.highest)}"
    return f"**Total {score.printed}** of {span}{band}{remark}"


def _subscale(found: SubscaleScore) -> str:
    caution = f" ({label(found.caution)})" if found.caution else ""
    span = f"{print_exact(found.lowest)} to {print_exact(found.highest)}"
    return f"{label(found.label)} {found.printed} of {span}{caution}"


def _open(found: SubscaleScore) -> str:
    return f"{label(found.label)} **{found.reason}**"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def cut_off_lines(questionnaire: Questionnaire, score: Score) -> list[str]:
    """Each published line with its use and source, and whether the total is at it or above."""
    return [
        f"{reading.place}: {label(reading.cut_off.use)} ({label(questionnaire.origin_words(reading.cut_off.origin))})"
        for reading in score.cut_offs
    ]


def latest_scores(responses: Sequence[ScoredResponse]) -> str:
    """The latest total of each questionnaire beside the one before it, with their days and no word on change."""
    told = []
    for code in dict.fromkeys(scored.response.content.questionnaire for scored in responses):
        given = [scored for scored in responses if scored.response.content.questionnaire == code][-2:]
        shown = [f"{_total(scored)} ({print_day_short(scored.day)})" for scored in reversed(given)]
        told.append(f"{label(given[-1].score.short_name)} {', before '.join(shown)}")
    return "; ".join(told)


def _total(scored: ScoredResponse) -> str:
    parts = [f"{label(each.label)} {each.printed}" for each in scored.score.subscales if each.value is not None]
    return scored.score.printed or ", ".join(parts) or "not scored"


def safety_line(scored: ScoredResponse, answer: SafetyAnswer) -> str:
    """The safety answer with its words and day; a skipped one is told with the same weight."""
    where = f"{label(scored.score.short_name)} item {answer.item} ({label(answer.topic)}), {print_day(scored.day)}"
    said = _sentence(answer.label) if answer.value is None else value_words(answer)
    return f"**{said}:** {where}."


def pinned(awaiting: Sequence[ScoredResponse], *, writes: bool) -> list[ScoredResponse]:
    """Draw safety answers that nobody has written about yet; return those whose button was pressed.

    The button is for who writes the record.
    """
    pressed = []
    for scored in awaiting:
        with st.container(border=True, key=f"pinned_{scored.response.ref.label}"):
            for answer in scored.score.safety:
                st.markdown(safety_line(scored, answer))
            st.markdown(
                "Not yet reviewed. This answer is a reason to ask, not a measure of risk. An answer of 0 would not "
                "rule anything out either. Your own judgement and your service's procedure apply."
            )
            if writes and st.button("Write what was done", key=f"write_{scored.response.ref.label}"):
                pressed.append(scored)
    return pressed


def value_words(answer: SafetyAnswer) -> str:
    """The answer in figures and words; one that is not there in words alone."""
    return answer.label if answer.value is None else f"{answer.value}, “{label(answer.label)}”"


def saved_line(saved: Sequence[ScoredResponse]) -> None:
    """One line of what was just stored: total and band, and the safety item with its own weight."""
    for scored in saved:
        st.success(f"Saved {scored.response.ref.label}. {score_line(scored.score)}")
        for answer in scored.score.safety:
            st.markdown(safety_line(scored, answer))
