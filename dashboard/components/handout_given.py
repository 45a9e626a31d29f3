"""Logging an opened handout as given: to whom, on which day, and the way to take it back."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import streamlit as st

from core.model.days import print_day
from core.model.handouts_given import GivenHandout
from core.model.people import Client
from core.model.unlikely_days import DayKind, KnownDays
from dashboard.components.choices import choice
from dashboard.components.days import DayAsked, day_field
from dashboard.components.messages import attempt
from dashboard.components.text import literal


@dataclass(frozen=True, kw_only=True)
class Giving:
    """To whom a handout may be logged as given: the open clients, and who is chosen at first."""

    clients: Sequence[Client]
    chosen: UUID | None
    today: date
    key: str


def give_row(giving: Giving, give: Callable[[UUID, date], GivenHandout]) -> GivenHandout | None:
    """Draw client, day and button; return what was just logged."""
    names = _names(giving.clients)
    row = st.container(key="handout_controls_give", horizontal=True, vertical_alignment="bottom")
    below = st.container(key="handout_controls_day")
    with row:
        chosen = choice(
            "Client",
            tuple(names),
            words=names,
            initial=giving.chosen if giving.chosen in names else None,
            key=f"{giving.key}_client",
            placeholder="choose",
            width=220,
        )
        asked = DayAsked(kind=DayKind.OF_WORK, known=_known(giving, chosen), value=giving.today)
        day = day_field("Given on", asked, key=f"{giving.key}_day", beside=below, width=150)
        pressed = st.button("Log as given", key=f"{giving.key}_log", disabled=chosen is None)
    if not pressed or chosen is None:
        return None
    return attempt(lambda: give(chosen, day.needed("handout")))


def given_line(given: GivenHandout, name: str) -> bool:
    """Say what was logged; return whether Undo was pressed."""
    with st.container(key="handout_controls_given", horizontal=True, vertical_alignment="center"):
        st.markdown(f"Logged as given to {literal(name)} on {print_day(given.day)}.", width="content")
        return bool(st.button("Undo", key="undo_given"))


def _known(giving: Giving, chosen: UUID | None) -> KnownDays:
    client = next((each for each in giving.clients if each.id == chosen), None)
    return KnownDays(today=giving.today) if client is None else KnownDays.about(client.details, giving.today)


def _names(clients: Sequence[Client]) -> dict[UUID, str]:
    """Names by id; two who share a name have their codes beside it."""
    shared = Counter(client.details.name for client in clients)
    return {
        client.id: client.details.name if shared[client.details.name] == 1 else f"{client.details.name}, {client.code}"
        for client in clients
    }
