"""One choice out of a few, with words for each; typed once here, since Streamlit's own types lose it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

Choice = TypeVar("Choice")


def choice(
    label: str,
    options: Sequence[Choice],
    *,
    key: str,
    words: Mapping[Choice, str] | None = None,
    initial: Choice | None = None,
    place: Any = st,
    **look: Any,
) -> Choice | None:
    """Draw a select box and return what is chosen; it starts empty where `initial` is `None`."""
    shown = words or {option: str(option) for option in options}
    chosen: Choice | None = place.selectbox(
        label,
        list(options),
        index=list(options).index(initial) if initial is not None else None,
        format_func=shown.__getitem__,
        key=key,
        persist_state="session",
        **look,
    )
    return chosen


def needed_choice(label: str, options: Sequence[Choice], *, key: str, initial: Choice, **look: Any) -> Choice:
    """The same for a choice that is never empty."""
    chosen = choice(label, options, key=key, initial=initial, **look)
    return initial if chosen is None else chosen
