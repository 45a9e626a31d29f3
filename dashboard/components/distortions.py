"""Distortions by kind on a page, and beside the client's triggers."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from core.charts.distortion_words import (
    KindWords,
    asked_words,
    bars_table,
    breakdown_caption,
    breakdown_table,
    example_words,
    trigger_frame,
    trigger_lines,
)
from core.charts.distortions import KEY, breakdown_chart
from core.model.days import Window, print_window
from core.model.definitions import Distortion
from core.model.distortions import DistortionBreakdown, ThoughtExample, TriggerTable
from dashboard.components.course import CONFIG
from dashboard.components.explain import explain_link
from dashboard.components.page import section, small
from dashboard.components.refs import ref_labels
from dashboard.components.text import literal
from dashboard.theme import palette

EXPLAINED = "how_kinds"
NO_CAUSE = (
    "What stands side by side in the same days shows no cause. Before the slash: with the trigger; after it: without."
)

NOT_TIED = (
    "Which kind the words were about is not recorded. Where a check-in says that a balanced thought was tried, it is "
    "told; the thought itself is not asked for."
)


def distortions_block(
    found: DistortionBreakdown,
    kinds: Mapping[str, Distortion],
    *,
    said: Mapping[str, str],
    gaps: tuple[Window, ...],
    compact: bool,
) -> None:
    """Draw a row of bars for each kind with its rates; `said` holds what a rule says of each, by kind."""
    words = KindWords(kinds={code: kind.label for code, kind in kinds.items()}, said=said)
    section("Distortions by kind", f"{print_window(found.window)}; {asked_words(found)}")
    if found.reason:
        small(f"{found.reason[0].upper()}{found.reason[1:]}.")
        return
    told = breakdown_caption(found, words)
    if st.toggle("As a table", key="distortions_as_table", persist_state="session"):
        st.dataframe(breakdown_table(found, words), hide_index=True, alt=told, key="distortions_table")
        st.dataframe(bars_table(found, words), hide_index=True, alt="The same, bar by bar.", key="distortions_bars")
    else:
        figure = breakdown_chart(found, words, palette(), compact=compact, gaps=gaps)
        st.plotly_chart(figure, theme=None, config=CONFIG, alt=told, key="distortions_chart")
        small(KEY)
    small(told)
    explain_link(EXPLAINED, key="kinds")


def examples_block(examples: Sequence[ThoughtExample], kinds: Mapping[str, Distortion], view: Window) -> None:
    """Draw the client's latest words from check-ins that named a distortion, with what was named in them."""
    section("Latest examples", "in the client's words")
    if not examples:
        small(f"No check-in of {print_window(view)} holds both a named distortion and the client's words.")
        return
    labels = {code: kind.label for code, kind in kinds.items()}
    for example in examples:
        told = example_words(example, labels)
        st.markdown(f"“{literal(example.words)}”  \n:small[{told} :gray[{ref_labels((example.ref,))}]]")
    small(NOT_TIED)


def triggers_block(
    found: TriggerTable, kinds: Mapping[str, Distortion], triggers: Mapping[UUID, str], *, compact: bool
) -> None:
    """Draw the table of kinds beside triggers, as lines on a phone; `triggers` are the client's own words by id."""
    section("Distortions beside triggers", print_window(found.window))
    if found.reason:
        small(f"{found.reason[0].upper()}{found.reason[1:]}.")
        return
    labels = {code: kind.label for code, kind in kinds.items()}
    named = {code: literal(words) for code, words in triggers.items()}
    if compact:
        for line in trigger_lines(found, labels, named):
            st.markdown(line)
    else:
        st.table(trigger_frame(found, labels, named), border="horizontal", hide_index=True)
    small(NO_CAUSE)
    explain_link(EXPLAINED, key="triggers")
