"""One note: write the draft beside the record's statements, sign it, copy it, add to it."""

from functools import partial
from uuid import UUID

import streamlit as st

from core.errors import Conflict
from core.model.days import print_day
from core.model.notes import Note, NoteContent, Signature
from core.model.people import Client
from core.services.clients import get_client
from core.services.session_notes import (
    OpenNote,
    add_addendum,
    discard_draft,
    in_template,
    note_content,
    open_note,
    place,
    save_draft,
    sign_note,
)
from dashboard import runtime, selection
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
    unsaved_words,
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
    pressed = action.button("Sign and lock", type="primary", key=f"{key}_sign")
    answer_place = st.container()
    left, right = st.columns(EDITOR_WIDTHS, gap="large")
    with left:
        template = runtime.catalogue().note_templates[_format(key, note.content.template)]
        ticked = offered_statements(key, opened.offered, {each.statement.key for each in note.content.statements})
        discarding(key, partial(_discard, note, key))
    with right:
        placed, known_words = place(ticked, template), in_template(note.content, template, was=opened.template).words
        words = section_boxes(f"{key}_{template.id}", template, placed, known_words)
    with answer_place:
        revision = _keep(opened, key, attempt(lambda: note_content(template, ticked, words)))
        refused_signing(key)
        saved = "not saved" if revision is None else f"draft saved {runtime.local_time(runtime.now()):%H:%M}"
        line.markdown(f"{print_day(opened.session.details.day)} · :gray[{saved}]")
        if pressed and revision is not None:
            sign_dialog(client, key, partial(runtime.save, sign_note, note.id, revision))


def _format(key: str, current: str) -> str:
    templates = runtime.catalogue().note_templates
    chosen: str | None = st.segmented_control(
        "Format", list(templates), format_func=lambda each: templates[each].label, default=current, required=True,
        key=f"{key}_format", label_visibility="collapsed",
    )  # fmt: skip
    return chosen or current


def _keep(opened: OpenNote, key: str, content: NoteContent | None) -> int | None:
    """Save what is on the page if it differs; return the stored revision, or `None` when it is not stored.

    The revision this window last saw is kept in a held mapping: a rerun may stop the script at any use of
    session state, and between a save and the note of its revision that would look like another window.
    """
    seen = selection.held(f"{key}_seen")
    revision: int = seen.setdefault("revision", opened.note.revision)
    if content is None:
        return None
    if content != opened.note.content:
        try:
            seen["revision"] = runtime.save(save_draft, opened.note.id, content, revision).revision
        except Conflict:
            newest = {"revision": opened.note.revision}
            show_other = partial(selection.put, f"edition_{opened.note.id}", _edition(opened.note) + 1)
            clash(key, partial(seen.update, newest), show_other)
            return None
    else:
        seen["revision"] = opened.note.revision
    return int(seen["revision"])


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
    unsaved_words(_unsaved(opened))
    changed_line(opened.changed)
    left, right = st.columns(SIGNED_WIDTHS, gap="large")
    with left:
        signed_note(note, opened.template)
        addenda(note, runtime.local_time)
    with right:
        copy_box(opened.plain_text)
        added = addendum_form(note, key)
        if added is not None:
            form = f"addendum_{note.id}"
            if attempt(lambda: runtime.save(add_addendum, note.id, *added, selection.form_id(form))):
                selection.close_form(form)
                selection.forget(key)
                st.rerun()


def _unsaved(opened: OpenNote) -> dict[str, str]:
    """What stands in this window's boxes, by section, and not in the note: it was signed in another window."""
    note, template = opened.note, opened.template
    key = f"note_{note.id}_{_edition(note)}_{template.id}_words"
    typed = {each.label: selection.value(f"{key}_{each.id}", "") for each in template.sections}
    stored = {each.label: note.content.words.get(each.id, "") for each in template.sections}
    return {label: words for label, words in typed.items() if words.strip() not in stored[label]}


def _page() -> None:
    client_id, note_id = needed_client(), selection.chosen_note()
    if note_id is None:
        st.switch_page(NOTES_PAGE)
    show(client_id, note_id)


_page()
