"""The session-note editor: statements to choose at the left, the sections with the therapist's words at the right.

Statements stand on the page behind a rule and cannot be reworded; words stand in boxes, which save themselves. The
two are never alike.
"""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from core.model.note_templates import NoteSection, NoteTemplate
from core.model.notes import Note, PlacedStatement, Statement
from dashboard.components.draft_box import draft_box
from dashboard.components.page import section, small
from dashboard.components.text import label, literal


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


def section_boxes(template: NoteTemplate, note: Note, *, writer: UUID) -> None:
    """Draw each section of a draft: its statements behind a rule, then the box for the words of `writer`."""
    for each in template.sections:
        section(each.label, "your words only" if each.words_only else "")
        # A place of their own: what comes and goes above a box would have it drawn anew under the hand.
        with st.container(key=f"placed_{note.id}_{each.id}"):
            _statements("draft", each, note.content.statements)
        draft_box(note, each.id, each.label, writer=writer)


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
