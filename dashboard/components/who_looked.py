"""Who looked at a client: person, screen, first and last time, as the audit trail has it."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from core.model.audit import Looks
from core.model.days import print_day
from dashboard.components.page import section, small
from dashboard.components.profile_words import NEW_LINE
from dashboard.components.text import literal


def who_looked_block(looks: Sequence[Looks], local_time: Callable[[datetime], datetime]) -> None:
    """Draw one line for each person and screen, in the order given; `local_time` puts an instant into the zone."""
    section("Who looked at this client", "in the last 90 days")
    if not looks:
        small("Nobody yet. The first look at each screen stands here from now on.")
        return
    with st.container(key="who_looked"):
        st.markdown(NEW_LINE.join(_line(each, local_time) for each in looks))
        small("Several looks at one screen within 15 minutes count as one.")


def _line(looks: Looks, local_time: Callable[[datetime], datetime]) -> str:
    when = _from_to(local_time(looks.first_at), local_time(looks.last_at))
    return f"{literal(looks.person)}: {_screen(looks.screen)} :gray[:small[{when}]]"


def _screen(path: str) -> str:
    """A screen's name from its address: `check-in` is Check-in."""
    return literal(path).capitalize()


def _from_to(first: datetime, last: datetime) -> str:
    begins, ends = f"{print_day(first.date())}, {first:%H:%M}", f"{last:%H:%M}"
    if first.date() != last.date():
        return f"first {begins}; last {print_day(last.date())}, {ends}"
    return begins if f"{first:%H:%M}" == ends else f"{begins} to {ends}"
