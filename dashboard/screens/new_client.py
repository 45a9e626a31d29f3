"""New client: a name and a start date are enough."""

from uuid import UUID

import streamlit as st

from core.model.people import ClientDetails
from core.services.clients import add_client, look_alikes
from dashboard import runtime, selection
from dashboard.components.client_form import client_fields
from dashboard.components.messages import attempt
from dashboard.components.page import REVIEW_PAGE, header
from dashboard.components.text import literal

NAME = "new_client"
OPENED_INSTEAD = "opened_instead_of_adding"


def show() -> None:
    """Draw the form; a name that is there already is asked about once."""
    instead = selection.take(OPENED_INSTEAD)
    if instead is not None:
        _open(instead)
    request_id = selection.form_id(NAME)
    [place] = header("New client", "Only the name and the start date are needed.", actions=1)
    pressed = place.button("Add client", type="primary", key=f"add_{request_id}")
    answer_place = st.container()
    confirmed = selection.take(f"another_{request_id}_yes")
    build = client_fields(str(request_id), runtime.today())
    with answer_place:
        details = attempt(build) if pressed or confirmed else None
        if details is None or (not confirmed and _asks_about(details, str(request_id))):
            return
        client = attempt(lambda: runtime.save(add_client, details, request_id))
    if client is not None:
        _open(client.id)


def _asks_about(details: ClientDetails, key: str) -> bool:
    same = runtime.load(look_alikes, details)
    if not same:
        return False
    known = same[0]
    st.warning(
        f"There is already a client named {literal(known.details.name)} ({known.code}). Nothing was saved yet. "
        "Open that record, or add another client with the same name?"
    )
    with st.container(horizontal=True):
        st.button("Open that record", key=f"open_{key}", on_click=selection.put, args=(OPENED_INSTEAD, known.id))
        st.button("Add another", key=f"another_{key}", on_click=selection.put, args=(f"another_{key}_yes", True))
    return True


def _open(client_id: UUID) -> None:
    selection.close_form(NAME)
    selection.choose_client(client_id)
    st.switch_page(REVIEW_PAGE)


show()
