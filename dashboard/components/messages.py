"""Telling the person what happened: refused input, what was saved, what to read before saving."""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import uuid4

import streamlit as st

from core.errors import SecureBaseError
from dashboard import selection
from dashboard.components import refused
from dashboard.components.text import literal

Result = TypeVar("Result")


def attempt(action: Callable[[], Result]) -> Result | None:
    """Run `action`; when it is refused, say why in its own sentences and return `None`. What was typed stays."""
    try:
        return action()
    except SecureBaseError as refusal:
        show_refusal(refusal, just_now=True)
        return None


def show_refusal(refusal: SecureBaseError, *, just_now: bool = False) -> None:
    """Draw one message with every problem as a line of its own.

    `just_now` says that something pressed in this very run was refused: the focus then goes to what is to be mended.
    """
    with st.container(gap=None, key=f"refused_{uuid4().hex}" if just_now else None):
        st.error("\n\n".join(literal(problem) for problem in refusal.problems))
        if just_now:
            refused.mark(refusal.problems)


def tell_of_change(name: str, revision: int) -> None:
    """Say once when a record is at another `revision` than this session last saw it at: another window changed it.

    Its form has the revision in its key and is drawn anew then, so that what was typed into it is gone.
    """
    seen = selection.held(f"{name}_seen")
    if seen.setdefault("revision", revision) != revision:
        seen["revision"] = revision
        st.warning(
            "This record was changed elsewhere since this page was opened. It is shown as it stands now; "
            "what was typed or chosen here in the meantime was not saved."
        )


def saw_change(name: str, revision: int) -> None:
    """Note the revision that a change of our own led to."""
    selection.held(f"{name}_seen")["revision"] = revision


def show_warnings(sentences: Iterable[str]) -> None:
    """Draw sentences that do not stop anything."""
    for sentence in sentences:
        st.warning(literal(sentence))
