"""Today for who sees no record: who comes, which forms are due, and a way to each client's sessions and forms."""

from uuid import UUID

import streamlit as st

from core.model.days import print_day
from core.model.people import Client
from core.model.review import Schedule
from dashboard.components.caseload_table import finder_names
from dashboard.components.page import QUESTIONNAIRES_PAGE, SESSIONS_PAGE, section, small
from dashboard.components.text import literal

Chosen = tuple[UUID, str]
WIDTHS = (0.8, 2.4, 4, 2.6)


def schedule_rows(schedule: Schedule) -> Chosen | None:
    """Draw it; return the client and the screen that were chosen."""
    section("Sessions today")
    chosen: Chosen | None = None
    if not schedule.sessions:
        small("None planned.")
    for session, client in schedule.sessions:
        starts = f"{session.details.starts_at:%H:%M}" if session.details.starts_at else "no time"
        chosen = _row(client, starts, _whose(schedule, client), key=f"session_{session.id}") or chosen
    section("Questionnaires due", f"{len(schedule.due)}" if schedule.due else "none")
    for client, due in schedule.due:
        words = f"{due.short_name or due.plan.questionnaire}, since {print_day(due.due_on)}"
        whose = _whose(schedule, client)
        words = f"{words} · {whose}" if whose else words
        chosen = _row(client, "", words, key=f"due_{client.id}_{due.plan.questionnaire}") or chosen
    section("All clients", f"{len(schedule.clients)}")
    names = finder_names(
        [each for each in schedule.clients if each.closed_on is None], tuple(_closed(schedule)), schedule.therapists
    )
    found = st.selectbox(
        "Find client", list(names), index=None, format_func=names.__getitem__, placeholder="Find client",
        key="find_in_schedule", label_visibility="collapsed", width=420,
    )  # fmt: skip
    return chosen if found is None else (found, SESSIONS_PAGE)


def _closed(schedule: Schedule) -> list[Client]:
    return [each for each in schedule.clients if each.closed_on is not None]


def _whose(schedule: Schedule, client: Client) -> str:
    return schedule.therapists.get(client.id, "")


def _row(client: Client, first: str, words: str, *, key: str) -> Chosen | None:
    start, name, about, buttons = st.columns(WIDTHS, vertical_alignment="center")
    start.markdown(first)
    name.markdown(f"**{literal(client.details.name)}**")
    about.markdown(literal(words))
    with buttons.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Sessions", key=f"{key}_sessions"):
            return client.id, SESSIONS_PAGE
        if st.button("Questionnaires", key=f"{key}_forms"):
            return client.id, QUESTIONNAIRES_PAGE
    return None
