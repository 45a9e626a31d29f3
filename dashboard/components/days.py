"""The field for a day: what it gives back, and the question about a day that looks like a slip, with its answer."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from core.errors import InvalidInput
from core.model.days import print_day
from core.model.unlikely_days import FIRST_DAY, LAST_DAY, DayKind, KnownDays, is_taken, question_about_day

FOUR_DIGITS = {"min_value": date(1000, 1, 1), "max_value": date.max, "format": "DD/MM/YYYY"}
"""Every year of four digits reaches the program; with fewer the field puts back the day that stood there."""


@dataclass(frozen=True, kw_only=True)
class GivenDay:
    """What a field for a day holds. `day` is `None` while it is blank, and for a day that is never taken.

    `problems` says why it cannot be saved as it stands: until the question about it is answered, for instance.
    """

    day: date | None
    problems: tuple[str, ...] = ()

    def or_none(self) -> date | None:
        """The day, `None` while the field is blank; `InvalidInput` where it cannot be saved as it stands."""
        InvalidInput.unless_empty(self.problems)
        return self.day

    def needed(self, what: str) -> date:
        """The day; `InvalidInput` when the field is blank as well. `what` names it ("session")."""
        day = self.or_none()
        if day is None:
            raise InvalidInput(f"The day of the {what} is empty. Nothing was saved; please choose one.")
        return day


@dataclass(frozen=True, kw_only=True)
class DayAsked:
    """What a field asks for: `kind` and `known` tell a day that looks odd; `value` is the day it starts with."""

    kind: DayKind
    known: KnownDays
    value: date | None


def day_field(label: str, asked: DayAsked, *, key: str, place: Any = st, beside: Any = None, **look: Any) -> GivenDay:
    """Draw the field; under it (or in `beside`) what looks odd about its day, with the box that confirms it.

    The day that the field starts with was answered for before and is not asked about.
    """
    given = place.date_input(label, value=asked.value, key=key, **FOUR_DIGITS, **look)
    day = given if isinstance(given, date) else None
    if day is None or day == asked.value:
        return GivenDay(day=day)
    if not is_taken(day):
        return GivenDay(day=None, problems=(_never_taken(day),))
    question = question_about_day(day, asked.kind, asked.known)
    if question is None:
        return GivenDay(day=day)
    return GivenDay(day=day, problems=confirmed(question, print_day(day), key=key, place=beside or place))


def confirmed(question: str, what: str, *, key: str, place: Any) -> tuple[str, ...]:
    """Draw a question about what was typed, and the box that confirms it; what is refused until that is ticked.

    The box belongs to this value (`what`) alone: another one is asked about anew.
    """
    box = f"{what} is right"
    place.warning(question)
    if place.checkbox(box, key=f"{key}_{what}_right", persist_state="session"):
        return ()
    return (f"Nothing was saved yet: tick “{box}” under the question about it, or give another.",)


def _never_taken(day: date) -> str:
    return (
        f"The day {print_day(day)} was given; days from {print_day(FIRST_DAY)} to {print_day(LAST_DAY)} are taken. "
        "Nothing was saved."
    )
