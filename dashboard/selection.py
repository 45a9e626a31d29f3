"""What this browser session has chosen: client, note, period. The only reader and writer of session state.

Widgets that must be cleared or kept in step with each other go through here too, by their keys.
"""

from collections.abc import Sequence
from datetime import date, time
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

import streamlit as st

CLIENT, NOTE, FLASH = "chosen_client", "chosen_note", "flash"
EDITED, STOP = "edited_record", "safety_stop"
LOOKED_UP = "looked_up"
KEPT = "typed_before_hiding"
TYPED = (str, date, time, Enum, list)


def chosen_client() -> UUID | None:
    """The client whose pages are open."""
    return st.session_state.get(CLIENT)


def is_new() -> bool:
    """Whether nothing was chosen in this session yet, not even that no client is: it has just begun."""
    return CLIENT not in st.session_state


def choose_client(client_id: UUID | None) -> None:
    """Open another client's pages."""
    if st.session_state.get(CLIENT) != client_id:
        for key in (NOTE, EDITED, STOP):
            st.session_state.pop(key, None)
    st.session_state[CLIENT] = client_id


def chosen_note() -> UUID | None:
    """The note that is open on the notes page."""
    return st.session_state.get(NOTE)


def choose_note(note_id: UUID | None) -> None:
    """Open a note, or go back to the list."""
    st.session_state[NOTE] = note_id


def edited_record() -> UUID | None:
    """The check-in or response that the form corrects; `None` for a new one."""
    return st.session_state.get(EDITED)


def edit_record(record_id: UUID | None) -> None:
    """Open the form on an existing record, or on a new one."""
    st.session_state[EDITED] = record_id


def stopped_for() -> UUID | None:
    """The response whose safety item must be written about before anything else."""
    return st.session_state.get(STOP)


def stop_for(response_id: UUID | None) -> None:
    """Stop for a response's safety item, or go on."""
    st.session_state[STOP] = response_id


def stand_on(script: str, title: str) -> None:
    """Note the screen that is open, so that what is looked up from it has a way back."""
    held(LOOKED_UP)["way_back"] = (script, title)


def way_back() -> tuple[str, str] | None:
    """Script and title of the screen that was open before Documents."""
    found: tuple[str, str] | None = held(LOOKED_UP).get("way_back")
    return found


def look_up(topic: str | None, *, from_place: str = "") -> None:
    """Open a topic of Documents, or its list with `None`; `from_place` is the link that leads there."""
    looked_up = held(LOOKED_UP)
    looked_up["topic"] = topic
    if from_place:
        looked_up["from_place"] = from_place


def looked_up() -> str:
    """The topic that is open on Documents; empty for its list."""
    return held(LOOKED_UP).get("topic") or ""


def looked_up_from(place: str) -> bool:
    """Whether the link `place` was the one last followed: what held it is then drawn open."""
    return held(LOOKED_UP).get("from_place") == place


def keep_typed(screen: str) -> None:
    """Keep what stands in the boxes of `screen`, which is not going to be drawn; kept once until it is given back."""
    if KEPT not in st.session_state:
        typed = {key: held for key, held in st.session_state.items() if isinstance(held, TYPED)}
        st.session_state[KEPT] = {"where": _where(screen), "typed": typed}


def give_back_typed(screen: str) -> None:
    """Put it back before `screen` is drawn, if it is the same one about the same record."""
    kept = st.session_state.pop(KEPT, None)
    if kept is not None and kept["where"] == _where(screen):
        for key, held in kept["typed"].items():
            if key not in st.session_state:
                st.session_state[key] = held


def leave_message(kind: str, **values: Any) -> None:
    """Keep what the next page should say once (what was saved, for instance)."""
    st.session_state[FLASH] = {"kind": kind, **values}


def message() -> dict[str, Any] | None:
    """What `leave_message` kept; stays until it is cleared or replaced."""
    return st.session_state.get(FLASH)


def clear_message() -> None:
    """Forget the message."""
    st.session_state.pop(FLASH, None)


def form_id(name: str) -> UUID:
    """The request id of the form `name`, made when it opens: a save repeated with it saves once.

    It also stands in the keys of the form's widgets, so that a new id is an empty form.
    """
    opened: UUID = st.session_state.setdefault(f"form_{name}", uuid4())
    return opened


def close_form(name: str) -> None:
    """Forget a form and what was typed into it: the next one opens empty."""
    ended = st.session_state.pop(f"form_{name}", None)
    if ended is not None:
        forget(str(ended))


def forget(part: str) -> None:
    """Forget every widget whose key holds `part`, so that it is drawn anew."""
    for key in [key for key in st.session_state if part in str(key)]:
        del st.session_state[key]


def value(key: str, default: Any = None) -> Any:
    """A widget's value by its key."""
    return st.session_state.get(key, default)


def put(key: str, new: Any) -> None:
    """Set a widget's value by its key; only from a callback or before the widget is drawn."""
    st.session_state[key] = new


def take(key: str) -> Any:
    """What was put under `key`, once: it is forgotten with this."""
    return st.session_state.pop(key, None)


def held(key: str) -> dict[str, Any]:
    """A small mapping of this session's own, made at first use.

    Changing it is plain Python: unlike `put`, it can never be where a rerun stops the script.
    """
    kept: dict[str, Any] = st.session_state.setdefault(key, {})
    return kept


def clear_others(chosen: str, others: Sequence[str]) -> None:
    """Callback: whatever was just chosen in `chosen` empties the widgets in `others`."""
    if st.session_state.get(chosen) not in (None, ""):
        for key in others:
            st.session_state[key] = None


def take_from_others(chosen: str, others: Sequence[str]) -> None:
    """Callback: options now chosen in the row `chosen` are no longer chosen in the rows `others`."""
    taken = st.session_state.get(chosen) or []
    for key in others:
        st.session_state[key] = [option for option in st.session_state.get(key) or [] if option not in taken]


def _where(screen: str) -> tuple[Any, ...]:
    return screen, chosen_client(), chosen_note(), edited_record()
