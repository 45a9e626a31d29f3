"""One note: write the draft beside the record's statements, sign it, copy it, add to it."""

from functools import partial
from uuid import UUID

import streamlit as st

from core.errors import Conflict
from core.model.access import Act
from core.model.canonical import content_hash
from core.model.days import print_day
from core.model.notes import Note, Signature
from core.model.people import Client
from core.services.access import acts_on
from core.services.clients import get_client
from core.services.session_notes import (
    Chosen,
    OpenNote,
    add_addendum,
    discard_draft,
    open_note,
    place,
    save_statements,
    sign_note,
)
from dashboard import runtime, selection
from dashboard.components.draft_box import WAITS, left_over
from dashboard.components.messages import attempt
from dashboard.components.note_editor import offered_statements, section_boxes, signed_note
from dashboard.components.note_parts import (
    addenda,
    addendum_form,
    changed_line,
    clash,
    copy_box,
    discarding,
    refused_signing,
    sign_dialog,
)
from dashboard.components.page import NOTES_PAGE, header, header_with_place, needed_client

EDITOR_WIDTHS, SIGNED_WIDTHS = (38, 62), (62, 38)


def show(client_id: UUID, note_id: UUID) -> None:
    """Draw the editor of a draft, or the signed note."""
    client = runtime.load(get_client, client_id)
    opened = runtime.load(open_note, runtime.catalogue(), note_id)
    if opened.note.signature is None:
        _draft(client, opened)
    else:
        _signed(client, opened, opened.note.signature)


def _draft(client: Client, opened: OpenNote) -> None:
    note = opened.note
    key = f"note_{note.id}_{_edition(note)}"
    line, [action] = header_with_place(f"{client.details.name}: note, session {opened.session.number}", actions=1)
    line.markdown(f"{print_day(opened.session.details.day)} · :gray[draft, saved as you write]")
    with action.container(key=f"{WAITS}_sign"):
        pressed = st.button("Sign and lock", type="primary", key=f"{key}_sign")
    answer_place = st.container()
    left, right = st.columns(EDITOR_WIDTHS, gap="large")
    with left:
        format_id = _format(key, note.content.template)
        ticked = offered_statements(key, opened.offered, {each.statement.key for each in note.content.statements})
        discarding(key, partial(_discard, note, key))
    with answer_place:
        kept = _keep(opened, key, Chosen(template=format_id, statements=tuple(ticked)))
        refused_signing(key)
    with right:
        shown = kept or note
        template = runtime.catalogue().note_templates[shown.content.template]
        section_boxes(template, shown, writer=runtime.needed_workplace().actor.id)
    if pressed and kept is not None:
        stored = runtime.load(open_note, runtime.catalogue(), note.id)
        sign = partial(runtime.save, sign_note, note.id, kept.revision, shown=content_hash(stored.note.content))
        sign_dialog(client, key, stored.plain_text, sign)


def _format(key: str, current: str) -> str:
    templates = runtime.catalogue().note_templates
    with st.container(key=f"{WAITS}_format"):
        chosen: str | None = st.segmented_control(
            "Format", list(templates), format_func=lambda each: templates[each].label, default=current,
            required=True, key=f"{key}_format", label_visibility="collapsed",
        )  # fmt: skip
    return chosen or current


def _keep(opened: OpenNote, key: str, chosen: Chosen) -> Note | None:
    """Save format and statements if they differ; return the note as stored, or `None` when they are not stored.

    The revision this window last saw is kept in a held mapping: a rerun may stop the script at any use of
    session state, and between a save and the note of its revision that would look like another window.
    """
    note = opened.note
    seen = selection.held(f"{key}_seen")
    revision: int = seen.setdefault("revision", note.revision)
    placed = place(chosen.statements, runtime.catalogue().note_templates[chosen.template])
    if (chosen.template, placed) == (note.content.template, note.content.statements):
        seen["revision"] = note.revision
        return note
    try:
        stored = runtime.save(save_statements, runtime.catalogue(), note.id, chosen, revision)
    except Conflict:
        newest = {"revision": note.revision}
        show_other = partial(selection.put, f"edition_{note.id}", _edition(note) + 1)
        clash(key, partial(seen.update, newest), show_other)
        return None
    seen["revision"] = stored.revision
    return stored


def _discard(note: Note, key: str) -> None:
    """Take the draft off the list; one that was changed elsewhere meanwhile stays, and the page says so."""
    try:
        runtime.save(discard_draft, note)
    except Conflict as refusal:
        selection.put(f"{key}_refused", refusal)
        return
    selection.forget(key)
    selection.choose_note(None)


def _edition(note: Note) -> int:
    # Part of every key on the page: a browser goes on showing what was typed into a box whose key it knows.
    edition: int = selection.value(f"edition_{note.id}", 0)
    return edition


def _signed(client: Client, opened: OpenNote, signature: Signature) -> None:
    note = opened.note
    key = f"note_{note.id}"
    signed_at = runtime.local_time(signature.signed_at)
    header(
        f"{client.details.name}: note, session {opened.session.number}",
        f"{print_day(opened.session.details.day)} · signed {print_day(signed_at.date())} {signed_at:%H:%M}, locked",
    )
    labels = {each.id: each.label for each in opened.template.sections}
    left_over(note, labels, writer=runtime.needed_workplace().actor.id)
    changed_line(opened.changed)
    left, right = st.columns(SIGNED_WIDTHS, gap="large")
    with left:
        signed_note(note, opened.template)
        addenda(note, runtime.local_time)
    with right:
        copy_box(opened.plain_text)
        writes = Act.WRITE_NOTES in runtime.load(acts_on, client.id)
        added = addendum_form(note, key) if writes else None
        if added is not None:
            form = f"addendum_{note.id}"
            if attempt(lambda: runtime.save(add_addendum, note.id, *added, selection.form_id(form))):
                selection.close_form(form)
                selection.forget(key)
                st.rerun()


def _page() -> None:
    client_id, note_id = needed_client(), selection.chosen_note()
    if note_id is None:
        st.switch_page(NOTES_PAGE)
    show(client_id, note_id)


_page()
