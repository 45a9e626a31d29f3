"""The blocks of the profile page: read first, one of them open for writing at a time, earlier versions on demand.

What is open is kept for each client in a held mapping, so that only plain Python changes it after a save.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from core.errors import Conflict, SecureBaseError
from core.model.catalogue_entries import Entry
from core.model.profile import Block, DatedBlock
from dashboard import selection
from dashboard.components.days import needed_day
from dashboard.components.messages import show_refusal
from dashboard.components.page import section, small
from dashboard.components.profile_forms import block_form
from dashboard.components.profile_rows import Sheet
from dashboard.components.profile_words import NEW_LINE, WORDS, block_lines, dated_words
from dashboard.components.text import literal

EDITED, SHOWN, SEEN, BEFORE, CLASHED = "edited", "shown", "seen", "before", "clashed"

Save = Callable[[Block, int, date], DatedBlock]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a block stands on the page: its id, its name on buttons, what the page has open, and whether to write."""

    id: str
    name: str
    kept: dict[str, Any]
    writes: bool = True

    @property
    def form(self) -> str:
        """The name of its form."""
        return f"profile_{self.kept['client']}_{self.id}"

    @property
    def is_open(self) -> bool:
        """Whether its form is open."""
        return self.writes and self.kept.get(EDITED) == self.id

    def open(self, before: Block | None = None, seen: int = 0) -> None:
        """Callback: open the form on `before`, which was read at version `seen`."""
        self.kept.update({EDITED: self.id, BEFORE: before, SEEN: seen, CLASHED: None})

    def close(self) -> None:
        """Close the form; what was typed into it is forgotten."""
        self.kept.update({EDITED: None, BEFORE: None})
        selection.close_form(self.form)

    def show_earlier(self, *, shown: bool) -> None:
        """Callback: show or hide the earlier versions."""
        self.kept[SHOWN] = self.id if shown else None


def kept_for(client_id: UUID) -> dict[str, Any]:
    """What is open on the profile page of one client."""
    kept = selection.held(f"profile_page_{client_id}")
    kept.setdefault("client", client_id)
    return kept


def read_block(place: Place, dated: DatedBlock | None, lines: Sequence[str], empty: Block) -> bool:
    """Draw a block to read, with its ways to write and to look back; return whether earlier versions are shown."""
    words = WORDS[empty.kind]
    section(words.label, words.hint)
    with st.container(gap="xxsmall"):
        if lines:
            st.markdown(NEW_LINE.join(lines))
        else:
            small(words.purpose)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"foot_{place.id}"):
            if dated is not None:
                small(dated_words(dated) if lines else f"Nothing written now; {dated_words(dated)}")
            opened = (dated.content, dated.version) if dated else (empty, 0)
            edit_button(place, *opened)
            return dated is not None and dated.version > 1 and _earlier_button(place)


def edit_button(place: Place, before: Block | None = None, seen: int = 0) -> None:
    """The way to write, for who may; while another form is open it waits, so that nothing typed is lost."""
    if not place.writes:
        return
    other = place.kept.get(EDITED)
    st.button(
        f"Edit {place.name}", key=f"edit_{place.id}", type="tertiary", on_click=place.open,
        args=(before, seen), disabled=other is not None, help="Save or leave the open form first." if other else None,
    )  # fmt: skip


def earlier_versions(history: Sequence[DatedBlock], entries: Mapping[str, Entry]) -> None:
    """Draw the versions before the newest, newest first."""
    with st.container(key=f"record_versions_{history[0].content.kind.value}"):
        for dated in history[1:]:
            small(f"Version {dated.version}, {dated_words(dated)}")
            lines = block_lines(dated.content, entries)
            st.markdown(NEW_LINE.join(lines) if lines else ":gray[nothing written]")


def write_block(
    place: Place, now: DatedBlock | None, *, choices: Mapping[str, tuple[Entry, ...]], today: date, save: Save
) -> None:
    """Draw the form of a block with its ways out; `now` is the newest version, told beside a clash."""
    before: Block = place.kept[BEFORE]
    words = WORDS[before.kind]
    section(words.label, words.hint)
    if place.kept.get(CLASHED) and now is not None:
        _tell_clash(place, now, {entry.id: entry for entries in choices.values() for entry in entries})
    sheet = Sheet(opened=selection.form_id(place.form), content=before, choices=choices, today=today)
    with st.container(key=f"form_{place.id}"):
        build = block_form(sheet)
        held_from = st.date_input(
            "Holds from", value=today, format="DD/MM/YYYY", key=sheet.key("held_from"), width=180,
            persist_state="session",
        )  # fmt: skip
    if not ways_out(place):
        return
    try:
        content, day = build(), needed_day("block", held_from)
        if content != before or day != today:
            save(content, place.kept[SEEN], day)
    except Conflict as refusal:
        place.kept[CLASHED] = str(refusal)
        st.rerun()
    except SecureBaseError as refusal:
        show_refusal(refusal)
    else:
        place.close()
        st.rerun()


def ways_out(place: Place) -> bool:
    """Draw Save and the way out without saving; return whether Save was pressed."""
    with st.container(horizontal=True, key=f"ways_{place.id}"):
        pressed = st.button(f"Save {place.name}", type="primary", key=f"save_{place.id}")
        st.button("Leave as it was", key=f"leave_{place.id}", on_click=place.close)
    return pressed


def _earlier_button(place: Place) -> bool:
    shown = place.kept.get(SHOWN) == place.id
    st.button(
        "Hide earlier versions" if shown else "Earlier versions", key=f"earlier_{place.id}", type="tertiary",
        on_click=place.show_earlier, kwargs={"shown": not shown},
    )  # fmt: skip
    return shown


def _tell_clash(place: Place, now: DatedBlock, entries: Mapping[str, Entry]) -> None:
    """Another window was quicker: say so with what stands there now; what was typed here is still in the form."""
    place.kept[SEEN] = now.version
    lines = block_lines(now.content, entries)
    st.warning(literal(place.kept[CLASHED]))
    with st.container(key=f"record_now_{place.id}"):
        small(f"Saved in the other window, {dated_words(now)}")
        st.markdown(NEW_LINE.join(lines) if lines else ":gray[nothing written]")
    small("Your own text is below. Saving it now makes the next version; the other one stays under earlier versions.")
