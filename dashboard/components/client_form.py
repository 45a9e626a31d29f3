"""The fields about a client: for a new one and for changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from core.errors import InvalidInput
from core.model.people import ClientDetails
from core.model.unlikely_days import DayKind, KnownDays, question_about_birth
from dashboard.components.days import DayAsked, GivenDay, confirmed, day_field


def client_fields(key: str, today: date, initial: ClientDetails | None = None) -> Callable[[], ClientDetails]:
    """Draw the fields; the result builds the details, or raises `InvalidInput` with every problem."""
    left, right = st.columns(2, gap="medium")
    name = left.text_input("Name shown", value=initial.name if initial else "", key=f"{key}_name")
    asked = DayAsked(kind=DayKind.START, known=KnownDays(today=today), value=initial.started_on if initial else today)
    started = day_field("Start date", asked, key=f"{key}_started", place=right)
    pronouns = left.text_input(
        "Pronouns (optional)", value=(initial.pronouns if initial else "") or "", key=f"{key}_pronouns"
    )
    born = right.text_input(
        "Birth year (optional)",
        value=str(initial.birth_year) if initial and initial.birth_year else "",
        key=f"{key}_born",
    )
    unlikely = () if initial and born.strip() == str(initial.birth_year) else _doubts(born, started, key, right)

    def build() -> ClientDetails:
        details = ClientDetails(
            name=name.strip(),
            started_on=started.needed("start"),
            birth_year=_year(born),
            pronouns=pronouns.strip() or None,
        )
        InvalidInput.unless_empty(unlikely)
        return details

    return build


def _doubts(typed: str, started: GivenDay, key: str, place: Any) -> tuple[str, ...]:
    """What is asked about a year of birth that looks odd; what cannot be read is refused by itself."""
    text = typed.strip()
    if started.day is None or not _is_year(text):
        return ()
    question = question_about_birth(int(text), started.day)
    return () if question is None else confirmed(question, text, key=f"{key}_born", place=place)


def _is_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == 4


def _year(typed: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    if not _is_year(text):
        raise InvalidInput(
            "The birth year takes four digits, such as 1988, or nothing. Something else was typed; nothing was saved."
        )
    return int(text)
