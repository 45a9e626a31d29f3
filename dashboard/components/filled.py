"""What a client filled in, newest first, with the way to correct it and to its earlier versions."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

import streamlit as st

from core.model.days import print_day
from core.model.responses import Circumstances
from core.model.review import ScoredResponse
from core.model.words import ANSWERED_BY_WORDS, MODE_WORDS, SAFETY_ACTION_WORDS
from dashboard import selection
from dashboard.components.page import section
from dashboard.components.scores import score_line, value_words
from dashboard.components.text import label, literal
from dashboard.components.versions import version_line, versions_button, versions_shown

SHOWN_AT_FIRST = 8
SHOWN_KEY = "filled_shown"

History = Callable[[UUID], Sequence[ScoredResponse]]


def filled(responses: Sequence[ScoredResponse], history: History, *, writes: bool) -> UUID | None:
    """Draw what was filled in; return the response whose *Correct* was just pressed, drawn for who `writes` alone.

    `history` gives every version of one response; it is asked only for those that were opened.
    """
    section("Filled in", f"{len(responses)} so far" if responses else "none yet")
    shown: int = selection.value(SHOWN_KEY, SHOWN_AT_FIRST)
    pressed = [
        scored.response.ref.id for scored in responses[::-1][:shown] if _response(scored, history, writes=writes)
    ]
    if len(responses) > shown:
        more = min(SHOWN_AT_FIRST * 2, len(responses) - shown)
        st.button(f"Show {more} earlier", key="more_filled", on_click=selection.put, args=(SHOWN_KEY, shown + more))
    return pressed[0] if pressed else None


def _response(scored: ScoredResponse, history: History, *, writes: bool) -> bool:
    ref = scored.response.ref
    version = f", version {ref.version}" if ref.version > 1 else ""
    words, buttons = st.columns((5, 2), vertical_alignment="center")
    words.markdown(
        f"**{ref.label}** {print_day(scored.day)} · {label(scored.score.short_name)}{version} · "
        f"{score_line(scored.score)}" + "".join(f"  \n:small[:gray[{line}]]" for line in _lines(scored))
    )
    with buttons.container(horizontal=True, horizontal_alignment="right"):
        versions_button(ref)
        correct = writes and st.button(f"Correct {ref.label}", key=f"correct_{ref.id}", type="tertiary")
    versions_shown(ref, history, _version)
    return bool(correct)


def _version(scored: ScoredResponse) -> str:
    """One version: who wrote it when and why, and what it said."""
    record = scored.response
    answers = ", ".join(
        f"{number}: {'not answered' if value is None else value}" for number, value in record.content.answers.items()
    )
    return f"{version_line(record)} For {print_day(scored.day)}: {score_line(scored.score)}." + (
        f" Answers {answers}." if answers else ""
    )


def _lines(scored: ScoredResponse) -> Iterator[str]:
    """Circumstances, the safety items and what was written about them, each on a line of its own."""
    told = ", ".join(_circumstances(scored.response.content.circumstances))
    if told:
        yield told
    yield from (f"item {answer.item}: {value_words(answer)}" for answer in scored.score.safety)
    for review in scored.reviews:
        yield f"{SAFETY_ACTION_WORDS[review.details.action]}: {literal(review.details.words)}"


def _circumstances(around: Circumstances) -> Iterator[str]:
    if around.answered_by:
        yield f"answered by the {ANSWERED_BY_WORDS[around.answered_by]}"
    if around.mode:
        yield MODE_WORDS[around.mode]
    if around.language:
        yield f"form in {literal(around.language)}"
