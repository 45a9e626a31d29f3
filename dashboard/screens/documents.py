"""Documents: every sign, rule, number, questionnaire and formula with its source, one topic open at a time."""

from collections.abc import Iterable

import streamlit as st

from core.catalogue import Topic, find_topics, topics
from dashboard import runtime, selection
from dashboard.components.page import header, section, small
from dashboard.components.text import label, literal
from dashboard.components.topic import draw_topic

HELD, SEARCH, CHAPTER = "documents", "search", "chapter"


def show() -> None:
    """Draw the topic that was opened, or the search and the topics of one chapter."""
    topic = topics(runtime.catalogue()).get(selection.looked_up())
    _ways(opened=topic is not None)
    if topic is None:
        _draw_list()
        return
    chapter = runtime.catalogue().chapters[topic.chapter].label
    header(topic.label, f"{chapter} · {literal(topic.hint)}")
    with st.container(key="topic", width=820):
        draw_topic(topic, runtime.catalogue())


def _ways(*, opened: bool) -> None:
    """The way back to the screen one came from, and to all topics."""
    back = selection.way_back()
    with st.container(horizontal=True):
        if back is not None and st.button(f"Back to {back[1]}", key="way_back"):
            st.switch_page(back[0])
        if opened:
            st.button("All topics", key="all_topics", on_click=selection.look_up, args=(None,))


def _draw_list() -> None:
    header("Documents", "How each figure is worked out, what each word means, and where it comes from.")
    kept = selection.held(HELD)
    text = st.text_input("Search", value=kept.get(SEARCH, ""), key="documents_search", max_chars=80, width=420)
    kept[SEARCH] = text
    if not text.strip():
        _draw_chapter(_chosen_chapter())
        return
    found = find_topics(text, runtime.catalogue())
    section("Found", f"{len(found)}")
    _draw_topics(found)
    if not found:
        st.info(f"Nothing here is called or speaks of '{literal(text.strip())}'.")


def _chosen_chapter() -> str:
    chapters = runtime.catalogue().chapters
    kept = selection.held(HELD)
    chosen = st.segmented_control(
        "Chapter", list(chapters), format_func=lambda each: chapters[each].label, required=True,
        default=kept.get(CHAPTER, next(iter(chapters))), key="documents_chapter", label_visibility="collapsed",
        wrap=True,
    )  # fmt: skip
    kept[CHAPTER] = chosen
    return chosen or next(iter(chapters))


def _draw_chapter(chapter_id: str) -> None:
    chapter = runtime.catalogue().chapters[chapter_id]
    section(chapter.label)
    st.markdown(chapter.about)
    _draw_topics([topic for topic in topics(runtime.catalogue()).values() if topic.chapter == chapter_id])


def _draw_topics(found: Iterable[Topic]) -> None:
    with st.container(gap="xxsmall"):
        for topic in found:
            row = st.container(horizontal=True, vertical_alignment="center", gap="small")
            row.button(
                label(topic.label),
                key=f"open_{topic.id}",
                type="tertiary",
                on_click=selection.look_up,
                args=(topic.id,),
            )
            small(literal(topic.hint), place=row)


show()
