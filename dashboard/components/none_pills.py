"""Pills of which any number can be chosen, and *none*: nothing chosen means not asked, *none* means asked."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar, cast

import streamlit as st

from dashboard import selection
from dashboard.components.page import labelled_row

Item = TypeVar("Item")

NONE = "none of them"


def none_pills(
    label: str,
    hint: str,
    options: Mapping[Item, str],
    *,
    key: str,
    initial: Collection[Item] | None,
    none: str = "None",
) -> frozenset[Item] | None:
    """Draw the row and return what is chosen; `None` where nothing is, and an empty set for *none*.

    `options` goes from each thing to its label, which is Markdown of our own or was made by `text.label`.
    """
    words: dict[Any, str] = {**options, NONE: none}
    start = _start(options, initial)
    with labelled_row(label, hint):
        chosen: list[Any] = st.pills(
            label, list(words), selection_mode="multi", format_func=words.__getitem__, default=start, key=key,
            label_visibility="collapsed", on_change=keep_none_apart, args=(key, start), persist_state="session",
            wrap=True,
        )  # fmt: skip
    if not chosen:
        return None
    return frozenset(cast("list[Item]", [each for each in chosen if each != NONE]))


def keep_none_apart(key: str, start: list[Any]) -> None:
    """Callback: *none* takes everything else away, and anything else takes *none* away."""
    before = selection.held(f"{key}_before")
    was, now = before.get("chosen", start), selection.value(key) or []
    if NONE in now and len(now) > 1:
        now = [each for each in now if (each == NONE) != (NONE in was)]
        selection.put(key, now)
    before["chosen"] = now


def _start(options: Mapping[Item, str], initial: Collection[Item] | None) -> list[Any]:
    if initial is None:
        return []
    return [each for each in options if each in initial] or [NONE]
