"""The session-note editor: statements to choose at the left, the sections with the therapist's words at the right.

Statements stand on the page behind a rule and cannot be reworded; words stand in boxes. The two are never alike.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.model.note_templates import NoteSection, NoteTemplate
from core.model.notes import Note, PlacedStatement, Statement
from dashboard.components.page import section, small
from dashboard.components.text import label, literal

WORDS_HEIGHT = 110


def offered_statements(key: str, offered: Sequence[Statement], chosen: set[str]) -> list[Statement]:
    """Draw a tick box for each statement on offer; return those that are ticked."""
    section("From the record", "choose")
    if not offered:
        small("Nothing is recorded for this period.")
    ticked = [
        statement
        for statement in offered
        if st.checkbox(
            f"{label(statement.text)} {statement_labels(statement)}",
            value=statement.key in chosen,
            key=f"{key}_statement_{statement.key}",
            persist_state="session",
            wrap=True,
        )
    ]
    small("A statement can be placed or removed, not reworded. Assessment and Plan take none.")
    return ticked


def section_boxes(
    key: str, template: NoteTemplate, placed: Sequence[PlacedStatement], words: Mapping[str, str]
) -> dict[str, str]:
    """Draw each section: its statements behind a rule, then the box; return the words by section."""
    written: dict[str, str] = {}
    for each in template.sections:
        section(each.label, "your words only" if each.words_only else "")
        _statements(key, each, placed)
        written[each.id] = st.text_area(
            f"{each.label}: your words", value=words.get(each.id, ""), key=f"{key}_words_{each.id}",
            height=WORDS_HEIGHT, placeholder="your words", label_visibility="collapsed", persist_state="session",
        )  # fmt: skip
    return written


def signed_note(note: Note, template: NoteTemplate) -> None:
    """Draw a signed note: nothing on it can be changed."""
    for each in template.sections:
        section(each.label)
        _statements("signed", each, note.content.statements)
        words = note.content.words.get(each.id, "").strip()
        if words:
            st.text(words)
        elif not any(placed.section == each.id for placed in note.content.statements):
            small("nothing written")


def statement_labels(statement: Statement) -> str:
    """The records a statement rests on, as people name them, each with its version after a correction."""
    labels = [ref.label if ref.version == 1 else f"{ref.label} version {ref.version}" for ref in statement.refs]
    return ", ".join(labels)


def _statements(key: str, where: NoteSection, placed: Sequence[PlacedStatement]) -> None:
    here = [each.statement for each in placed if each.section == where.id]
    if not here:
        return
    with st.container(key=f"record_{key}_{where.id}"):
        small("from the record")
        for statement in here:
            st.markdown(f"{literal(statement.text)} :gray[{statement_labels(statement)}]")
