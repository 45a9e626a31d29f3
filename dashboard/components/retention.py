"""How long records are kept, in Settings: a number that nobody chose beforehand, and the clients whose time is over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from core.errors import InvalidInput
from core.model.days import print_day
from core.model.people import Client
from core.model.retention import PastRetention
from dashboard.components.messages import attempt
from dashboard.components.numbers import NumberBoxes
from dashboard.components.page import section, small
from dashboard.components.text import literal

YEARS = "retention_years"
NOT_SET = (
    "Not set. How long records must be kept, and when they must go, is laid down by the law of your country and the "
    "rules of your profession; this program assumes nothing."
)
NOTHING_GOES = "Nothing is erased by itself: each record is erased by you, with its own page and your passphrase."
COUNTED = (
    "The last contact is the latest of start, closing, sessions that took place, check-ins, questionnaires and events."
)


@dataclass(frozen=True, kw_only=True)
class RetentionActions:
    """What the controls do: `choose` is given the years and the version that was read."""

    choose: Callable[[int | None, int], None]
    erase: Callable[[Client], None]


def retention_section(
    years: int | None, version: int, past: Sequence[PastRetention], actions: RetentionActions
) -> None:
    """Draw the setting, and below it the clients whose time is over."""
    section("How long records are kept")
    if years is None:
        small(NOT_SET)
    _form(years, version, actions)
    if years is None:
        return
    st.markdown(_how_many(len(past)))
    for each in past:
        _line(each, actions)
    small(f"{COUNTED} {NOTHING_GOES}")


def _form(years: int | None, version: int, actions: RetentionActions) -> None:
    with st.form(f"{YEARS}_{version}_form", border=False):
        boxes = NumberBoxes()
        typed = boxes.box(
            "Years after the last contact (blank: not set)", key=f"{YEARS}_{version}", initial=years, width=320
        )
        pressed = st.form_submit_button("Save these years")
    if not pressed:
        return

    def chosen() -> bool:
        InvalidInput.unless_empty(boxes.problems)
        actions.choose(typed, version)
        return True

    if attempt(chosen):
        st.rerun()


def _line(past: PastRetention, actions: RetentionActions) -> None:
    words, button = st.columns((4, 1), vertical_alignment="center")
    words.markdown(
        f"{literal(past.client.details.name)} ({past.client.code})  \n"
        f":small[:gray[last contact {print_day(past.last_contact)}, kept until {print_day(past.kept_until)}]]"
    )
    if button.button("Erase …", key=f"erase_{past.client.id}"):
        actions.erase(past.client)


def _how_many(number: int) -> str:
    if number == 0:
        return "No closed client is past this time."
    return "1 closed client is past this time." if number == 1 else f"{number} closed clients are past this time."
