"""Telling the person what happened: refused input, what was saved, what to read before saving."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import streamlit as st

from core.errors import InvalidInput, SecureBaseError
from dashboard.components.text import literal

Result = TypeVar("Result")


def attempt(action: Callable[[], Result]) -> Result | None:
    """Run `action`; when it is refused, say why in its own sentences and return `None`. What was typed stays."""
    try:
        return action()
    except SecureBaseError as refusal:
        show_refusal(refusal)
        return None


def show_refusal(refusal: SecureBaseError) -> None:
    """Draw one message with every problem as a line of its own."""
    problems = refusal.problems if isinstance(refusal, InvalidInput) else (str(refusal),)
    st.error("\n\n".join(literal(problem) for problem in problems))


def show_warnings(sentences: Iterable[str]) -> None:
    """Draw sentences that do not stop anything."""
    for sentence in sentences:
        st.warning(literal(sentence))
