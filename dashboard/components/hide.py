"""Hide: whether names, words and figures are kept from the screen, and the controls at the foot of the sidebar.

It is kept for each sign-in, in this process's memory, so that a reload or another window does not show them again.
"""

from threading import Lock
from uuid import UUID

import streamlit as st

from core.model.people import Client
from dashboard import runtime, selection

# The window's guard (dashboard/assets/guard.js) knows these keys.
SWITCH, LOCK, MARK = "secure_base_hide", "secure_base_lock", "secure_base_hidden"

_turning = Lock()
_hidden: set[UUID] = set()


def is_on(found: runtime.Presence | None) -> bool:
    """Whether they are hidden for whoever is at this screen."""
    return found is not None and found.sign_in.id in _hidden


def turn(found: runtime.Presence | None, *, on: bool) -> None:
    """Hide them, or show them again, in every window of this sign-in from its next run on."""
    if found is not None:
        with _turning:
            (_hidden.add if on else _hidden.discard)(found.sign_in.id)


def shown_name(client: Client, *, hidden: bool) -> str:
    """What to call a client outside of a screen: the name, or the code while names are hidden."""
    return client.code if hidden else client.details.name


def controls(found: runtime.Presence | None, *, phone: bool) -> None:
    """Draw Hide and, where a passphrase can open it again, Lock; where there are keys, with the key of each."""
    with st.container(key="sidebar_foot"):
        selection.put(SWITCH, is_on(found))
        label = "Hide" if phone else "Hide (Alt+N)"
        st.toggle(label, key=SWITCH, on_change=lambda: turn(found, on=bool(selection.value(SWITCH))))
        if found is not None and not found.visitor:
            st.button("Lock" if phone else "Lock (Alt+L)", key=LOCK, type="tertiary")
