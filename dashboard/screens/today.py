"""Today: who comes, what was recorded about whom, and what needs the therapist."""

from uuid import UUID

import streamlit as st

from core.model.access import Act, allowed_relations
from core.model.calendar import Session
from core.model.days import print_day
from core.model.review import Caseload, CaseloadRow, Schedule
from core.services.caseload import todays_caseload, todays_schedule
from dashboard import runtime, selection
from dashboard.components.caseload_table import (
    ORDERS,
    CaseloadLook,
    caseload_table,
    finder_names,
    in_order,
    states_in_words,
)
from dashboard.components.explain import explain_links
from dashboard.components.page import (
    CHECK_IN_PAGE,
    NEW_CLIENT_PAGE,
    REVIEW_PAGE,
    header,
    is_phone,
    section,
    small,
)
from dashboard.components.schedule import schedule_rows
from dashboard.components.text import ago, label, literal
from dashboard.theme import STATES_KEY, palette

EXPLAINED = {"how_today": "Small lines, and what waits", "how_sign_state": "State of a warning sign"}
NO_CLIENTS = "No clients yet. Add a client, or look around in the synthetic practice (Settings)."
NOTHING_SHARED = "Nothing is shared with you yet. A therapist shares a client on the foot of their profile."
SESSION_WIDTHS = (0.7, 1.3, 4.2, 2.2, 2.3)


def show() -> None:
    """Draw today's sessions, then every open client; for who sees no record, sessions and forms that are due."""
    role = runtime.needed_workplace().actor.role
    if not allowed_relations(role, Act.READ_RECORD):
        _schedule(runtime.load(todays_schedule, runtime.catalogue()))
        return
    adds = bool(allowed_relations(role, Act.ADD_CLIENT))
    caseload = runtime.load(todays_caseload, runtime.catalogue())
    places = header("Today", f"{caseload.today:%A} {print_day(caseload.today)}", actions=1 if adds else 0)
    if adds and places[0].button("New client", type="primary"):
        st.switch_page(NEW_CLIENT_PAGE)
    if not caseload.rows and not caseload.closed:
        st.markdown(NO_CLIENTS if adds else NOTHING_SHARED)
        return
    _sessions(caseload)
    _clients(caseload)


def _schedule(schedule: Schedule) -> None:
    header("Today", f"{schedule.today:%A} {print_day(schedule.today)}")
    if not schedule.clients:
        st.markdown("No clients yet. A therapist or the owner adds the first one.")
        return
    chosen = schedule_rows(schedule)
    if chosen is not None:
        _go(*chosen)


def _sessions(caseload: Caseload) -> None:
    section("Sessions today")
    if not caseload.sessions:
        small("None planned.")
    for session, client_id in caseload.sessions:
        row = caseload.row(client_id)
        if row is not None:
            _session_row(session, row, caseload)


def _session_row(session: Session, row: CaseloadRow, caseload: Caseload) -> None:
    starts, name, states, last, buttons = st.columns(SESSION_WIDTHS, vertical_alignment="center")
    starts.markdown(f"{session.details.starts_at:%H:%M}" if session.details.starts_at else "no time")
    whose = caseload.therapists.get(row.client.id)
    name.markdown(f"**{literal(row.client.details.name)}**" + (f"  \n:small[:gray[{literal(whose)}]]" if whose else ""))
    needs = f" · {', '.join(map(label, row.needs))}" if row.needs else ""
    states.markdown(f"{states_in_words(row.readings, runtime.catalogue().warning_signs)}{needs}")
    last.markdown(f":gray[last check-in {ago(row.days_since_record, past=True)}]")
    with buttons.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Review", key=f"review_{session.id}"):
            _go(row.client.id, REVIEW_PAGE)
        if row.client.id in caseload.own and st.button("Check-in", key=f"check_in_{session.id}"):
            _go(row.client.id, CHECK_IN_PAGE)


def _clients(caseload: Caseload) -> None:
    section("All clients", f"{len(caseload.rows)}")
    find, order = st.columns((1, 2), vertical_alignment="bottom")
    names = finder_names([row.client for row in caseload.rows], caseload.closed, caseload.therapists)
    found = find.selectbox(
        "Find client", list(names), index=None, format_func=names.__getitem__, placeholder="Find client",
        key="find_client", label_visibility="collapsed",
    )  # fmt: skip
    if not caseload.rows:
        small("All records are closed. Each can be found here by name, and opened again on its profile.")
        if found is not None:
            _go(found, REVIEW_PAGE)
        return
    chosen_order = order.segmented_control(
        "Order", list(ORDERS), default=next(iter(ORDERS)), required=True, key="caseload_order",
        label_visibility="collapsed", persist_state="session", wrap=True,
    )  # fmt: skip
    signs = tuple(runtime.catalogue().warning_signs.values())
    look = CaseloadLook(signs=signs, palette=palette(), therapists=caseload.therapists)
    rows = in_order(caseload.rows, chosen_order or next(iter(ORDERS)))
    chosen = caseload_table(rows, look, key=f"caseload_{chosen_order}", compact=is_phone()) or found
    letters = ", ".join(f"{sign.letter} {sign.short_label.lower()}" for sign in signs)
    small(f"Signs: {letters}. {STATES_KEY}")
    explain_links(EXPLAINED, key="today")
    if chosen is not None:
        _go(chosen, REVIEW_PAGE)


def _go(client_id: UUID, page: str) -> None:
    selection.choose_client(client_id)
    selection.edit_record(None)
    selection.clear_message()
    st.switch_page(page)


show()
