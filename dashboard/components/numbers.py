"""Boxes for whole numbers that take what is typed or refuse it, and never make another number of it.

The number box of Streamlit reads `3,5` as 35 and `1e9` as 1, so these are boxes for text with a reading of our own.
"""

from typing import Any

import streamlit as st

LONGEST_NUMBER = 9


class NumberBoxes:
    """The number boxes of one form; `problems` holds a sentence for each that cannot be read."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def box(self, label: str, *, key: str, initial: int | None, place: Any = st, **look: Any) -> int | None:
        """Draw one box; return its number, `None` while it is blank or holds something else.

        Numbers below zero and high ones are read as they are: whoever knows the range refuses them.
        """
        typed = place.text_input(
            label, value=None if initial is None else str(initial), key=key, autocomplete="off",
            persist_state="session", **look,
        )  # fmt: skip
        text = (typed or "").strip()
        digits = text.removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_NUMBER:
            return int(text)
        if text:
            self.problems.append(
                f"{label}: something else than a whole number in digits was typed. Nothing was saved; type it again, "
                "such as 12."
            )
        return None
