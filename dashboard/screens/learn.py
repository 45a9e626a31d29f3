"""Learn: handouts to read with a client or to print, found by the words of the catalogue."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import streamlit as st

from core.catalogue import find_entries, find_handouts
from core.model.access import Act
from core.model.definitions import Pointer
from core.model.handouts_given import GivenHandout
from core.services.clients import list_clients
from core.services.handouts import give_handout, undo_handout
from dashboard import runtime, selection
from dashboard.components.explain import explain_link
from dashboard.components.handout import article_names, draw_handout
from dashboard.components.handout_given import Giving, give_row, given_line
from dashboard.components.messages import attempt
from dashboard.components.page import header, small
from dashboard.components.text import literal

HELD, OPENED, SEARCH, GIVEN = "learn", "handout", "search", "given"
MOST_PLACES = 6


def show() -> None:
    """Draw the list with its search, or the handout that was opened."""
    kept = selection.held(HELD)
    handout = runtime.catalogue().handouts.get(kept.get(OPENED, ""))
    if handout is None:
        _draw_list()
        return
    with st.container(key="handout_controls", horizontal=True, vertical_alignment="center"):
        st.button("All handouts", on_click=_open, args=(None,))
        explain_link(handout.pointers[0].document, key="handout", label="Where this comes from")
        small("To print it, use your browser: Ctrl P, or ⌘ P on a Mac. Only the page itself is printed.")
    _draw_giving(handout.id)
    draw_handout(handout, runtime.catalogue().documents)


def _draw_giving(handout_id: str) -> None:
    """The way to log the opened handout as given, and what was logged last."""
    kept = selection.held(HELD)
    clients = [client for client in runtime.load(list_clients, Act.WRITE_RECORD) if client.closed_on is None]
    if not clients:
        return
    request_id = selection.form_id(f"give_{handout_id}")
    giving = Giving(
        clients=clients, chosen=selection.chosen_client(), today=runtime.today(),
        key=f"give_{request_id}_{selection.chosen_client()}",
    )  # fmt: skip

    def give(client_id: UUID, day: date) -> GivenHandout:
        return runtime.save(
            give_handout, runtime.catalogue(), client_id, handout=handout_id, day=day, request_id=request_id
        )

    logged = give_row(giving, give)
    if logged is not None:
        kept[GIVEN] = logged
        selection.close_form(f"give_{handout_id}")
        st.rerun()
    _draw_given(kept.get(GIVEN), {client.id: client.details.name for client in clients})


def _draw_given(given: GivenHandout | None, names: Mapping[UUID, str]) -> None:
    """The line about what was logged last, in this practice and on this handout."""
    if given is None or given.client_id not in names or not given_line(given, names[given.client_id]):
        return
    kept = selection.held(HELD)
    if attempt(lambda: runtime.save(undo_handout, given.id)) is not None:
        kept[GIVEN] = None
        st.rerun()


def _draw_list() -> None:
    header("Learn", "One-page handouts in our own words, each with one thing to try. They speak of people in general.")
    kept = selection.held(HELD)
    text = st.text_input("Search by topic", value=kept.get(SEARCH, ""), key="learn_search", max_chars=80, width=420)
    kept[SEARCH] = text
    found = find_handouts(text, runtime.catalogue())
    with st.container(gap="xsmall"):
        for handout in found:
            row = st.container(horizontal=True, vertical_alignment="center")
            row.button(handout.title, key=f"open_{handout.id}", type="tertiary", on_click=_open, args=(handout.id,))
            small(" · ".join(article_names(handout, runtime.catalogue().documents)), place=row)
    if not found:
        st.info(_no_hit(text))


def _no_hit(text: str) -> str:
    """That no handout was found, and where the articles speak of it if they do; Markdown."""
    found = find_entries(text, runtime.catalogue())
    if not found:
        return f"No handout on '{literal(text.strip())}': neither article covers it."
    places = "\n".join(f"- {entry.label}: {_place(entry.pointer)}" for entry in found[:MOST_PLACES])
    return f"No handout on '{literal(text.strip())}'. The articles speak of it here:\n\n{places}"


def _place(pointer: Pointer | None) -> str:
    """Where to read on; everything that is found has a place."""
    if pointer is None:
        return ""
    document = runtime.catalogue().documents[pointer.document]
    return f"{document.handout_name}, “{document.section(pointer.section).shown}”"


def _open(handout_id: str | None) -> None:
    selection.held(HELD).update({OPENED: handout_id, GIVEN: None})


show()
