"""What a client filled in, newest first, with the way to correct it and to its earlier versions."""

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

import streamlit as st

from core.model.days import print_day
from core.model.responses import Circumstances
from core.model.review import ScoredResponse
from core.model.words import ANSWERED_BY_WORDS, MODE_WORDS, SAFETY_ACTION_WORDS
from dashboard import selection
from dashboard.components.page import section, small
from dashboard.components.scores import score_line, value_words
from dashboard.components.text import label, literal

SHOWN_AT_FIRST = 8
SHOWN_KEY = "filled_shown"

History = Callable[[UUID], Sequence[ScoredResponse]]


def filled(responses: Sequence[ScoredResponse], history: History) -> UUID | None:
    """Draw what was filled in; return the response whose *Correct* was just pressed.

    `history` gives every version of one response; it is asked only for those that were opened.
    """
    section("Filled in", f"{len(responses)} so far" if responses else "none yet")
    shown: int = selection.value(SHOWN_KEY, SHOWN_AT_FIRST)
    pressed = [scored.response.ref.id for scored in responses[::-1][:shown] if _response(scored, history)]
    if len(responses) > shown:
        more = min(SHOWN_AT_FIRST * 2, len(responses) - shown)
        st.button(f"Show {more} earlier", key="more_filled", on_click=selection.put, args=(SHOWN_KEY, shown + more))
    return pressed[0] if pressed else None


def _response(scored: ScoredResponse, history: History) -> bool:
    ref = scored.response.ref
    version = f", version {ref.version}" if ref.version > 1 else ""
    words, buttons = st.columns((5, 2), vertical_alignment="center")
    words.markdown(
        f"**{ref.label}** {print_day(scored.day)} · {label(scored.score.short_name)}{version} · "
        f"{score_line(scored.score)}" + "".join(f"  \n:small[:gray[{line}]]" for line in _lines(scored))
    )
    with buttons.container(horizontal=True, horizontal_alignment="right"):
        if ref.version > 1:
            _history_button(ref.id, ref.label)
        correct = st.button(f"Correct {ref.label}", key=f"correct_{ref.id}", type="tertiary")
    if ref.version > 1 and selection.value(_open_key(ref.id)):
        with st.container(key=f"history_{ref.label}"):
            for version_before in reversed(history(ref.id)):
                small(_version(version_before))
    return bool(correct)


def _history_button(record_id: UUID, name: str) -> None:
    opened = bool(selection.value(_open_key(record_id)))
    st.button(
        f"Hide versions of {name}" if opened else f"Versions of {name}", key=f"versions_{record_id}", type="tertiary",
        on_click=selection.put, args=(_open_key(record_id), not opened),
    )  # fmt: skip


def _open_key(record_id: UUID) -> str:
    return f"versions_open_{record_id}"


def _version(scored: ScoredResponse) -> str:
    """One version: when and by whom it was written, why, and what it said."""
    record = scored.response
    why = f", because: {literal(record.reason)}" if record.reason else ""
    answers = ", ".join(
        f"{number}: {'not answered' if value is None else value}" for number, value in record.content.answers.items()
    )
    return (
        f"Version {record.ref.version}, written {print_day(record.recorded_on)} by {literal(record.recorded_by)}{why}. "
        f"For {print_day(scored.day)}: {score_line(scored.score)}." + (f" Answers {answers}." if answers else "")
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
