"""The fields about a client: for a new one and for changes."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from core.errors import InvalidInput
from core.model.people import EARLIEST_BIRTH_YEAR, ClientDetails
from dashboard.components.days import needed_day

EARLIEST_START = date(EARLIEST_BIRTH_YEAR, 1, 1)


def client_fields(key: str, today: date, initial: ClientDetails | None = None) -> Callable[[], ClientDetails]:
    """Draw the fields; the result builds the details, or raises `InvalidInput` with every problem."""
    left, right = st.columns(2, gap="medium")
    name = left.text_input("Name shown", value=initial.name if initial else "", key=f"{key}_name")
    started = right.date_input(
        "Start date", value=initial.started_on if initial else today, key=f"{key}_started", format="DD/MM/YYYY",
        min_value=EARLIEST_START,
    )  # fmt: skip
    pronouns = left.text_input(
        "Pronouns (optional)", value=(initial.pronouns if initial else "") or "", key=f"{key}_pronouns"
    )
    born = right.text_input(
        "Birth year (optional)",
        value=str(initial.birth_year) if initial and initial.birth_year else "",
        key=f"{key}_born",
    )

    def build() -> ClientDetails:
        return ClientDetails(
            name=name.strip(),
            started_on=needed_day("start", started),
            birth_year=_year(born),
            pronouns=pronouns.strip() or None,
        )

    return build


def _year(typed: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InvalidInput(
            "The birth year takes four digits, such as 1988, or nothing. Something else was typed; nothing was saved."
        )
    return int(text)
