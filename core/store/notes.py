"""Session notes in the database: drafts that change, signed notes that never do, and addenda."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, bindparam, select

from core.errors import AlreadySigned, Conflict, InvalidInput, NotFound
from core.model.audit import Action, Subject
from core.model.canonical import canonical_json
from core.model.notes import SECTION_LENGTH, Addendum, DraftWords, Note, NoteContent, TypedWords
from core.model.text import text_problems
from core.store import audit, draft_words
from core.store.constraints import ALREADY_SIGNED, CHANGED_ELSEWHERE
from core.store.keys import NOT_FOUND, add_row, change_rows, need_reason, place_for, saved_by
from core.store.record_tables import addendum, note
from core.store.rows import Values, addendum_from, note_from, told_in
from core.store.tables import therapist
from core.store.unit_of_work import UnitOfWork, ask, mine, of_practice, read

_NOTES = select(*told_in(note)).order_by(note.c.number.desc(), note.c.id)
_ADDENDA = (
    select(*told_in(addendum), therapist.c.name.label("writer"))
    .join(note, and_(note.c.practice_id == addendum.c.practice_id, note.c.id == addendum.c.note_id))
    .join(therapist, and_(therapist.c.practice_id == addendum.c.practice_id, therapist.c.id == addendum.c.written_by))
    .order_by(addendum.c.written_at, addendum.c.id)
)
_of_client = (note.c.client_id == bindparam("client_id"), ~note.c.withdrawn)
_OF_CLIENT = _NOTES.where(of_practice(note), *_of_client)
_ADDENDA_OF_CLIENT = _ADDENDA.where(of_practice(addendum), *_of_client)


def start(work: UnitOfWork, client_id: UUID, session_id: UUID, content: NoteContent, request_id: UUID) -> Note:
    """Save a new draft for a session of this client; the same `request_id` again gives the first one back."""
    place = place_for(work, note, client_id, request_id)
    if place.saved is not None:
        return _load(work, note.c.id == place.saved)[0]
    note_id = work.new_id()
    row = {
        "id": note_id,
        "client_id": client_id,
        "session_id": session_id,
        "number": place.number,
        "revision": 1,
        "withdrawn": False,
        "request_id": request_id,
    }
    add_row(work, note, row | _saved(work, content))
    audit.record(work, Action.ADD, Subject.NOTE, note_id)
    return get(work, note_id)


def save_draft(work: UnitOfWork, note_id: UUID, content: NoteContent, revision: int) -> Note:
    """Save a whole draft anew, words included; `AlreadySigned`, or `Conflict` unless it is still at `revision`."""
    draft = _need_draft(work, note_id, revision)
    draft_words.put(work, note_id, content.words, was=draft.content.words)
    return _change(work, note_id, revision, _saved(work, content), Action.SAVE_DRAFT)


def save_words(work: UnitOfWork, typed: TypedWords) -> DraftWords:
    """Save the words of one section of a draft; `AlreadySigned`, or `ChangedElsewhere` with the other window's."""
    draft = get(work, typed.note_id)
    if draft.signature is not None:
        raise AlreadySigned(ALREADY_SIGNED)
    return draft_words.save(work, typed, note_revision=draft.revision)


def sign(work: UnitOfWork, note_id: UUID, revision: int, content_hash: str) -> Note:
    """Sign the draft as it stands at `revision`: from here on no one can change it.

    `content_hash` is the SHA-256, in 64 hexadecimal digits, of what was signed.
    """
    signature = _folded(work, note_id, revision) | {
        "signed_at": work.now,
        "signed_by": work.actor.id,
        "signed_name": work.actor.name,
        "content_hash": content_hash,
    }
    return _change(work, note_id, revision, signature, Action.SIGN)


def discard(work: UnitOfWork, note_id: UUID, revision: int) -> None:
    """Take a draft out of sight; it is kept. `AlreadySigned` for a signed note."""
    _update(work, note_id, _folded(work, note_id, revision) | {"withdrawn": True, "revision": revision + 1})
    audit.record(work, Action.WITHDRAW, Subject.NOTE, note_id, version=revision + 1)


def add_addendum(work: UnitOfWork, note_id: UUID, words: str, reason: str, request_id: UUID) -> Addendum:
    """Write under a signed note; `Conflict` for a draft. The same `request_id` again gives the first one back."""
    saved = saved_by(work, addendum, request_id)
    if saved is not None:
        return addendum_from(_addenda(work, addendum.c.id == saved)[0])
    InvalidInput.unless_empty(text_problems("The addendum", words, longest=SECTION_LENGTH, needed=True))
    need_reason(reason)
    under = get(work, note_id)
    if under.signature is None:
        raise Conflict(
            "This note is still a draft. No addendum was written; change the draft itself, or sign it first."
        )
    made = Addendum(id=work.new_id(), words=words, reason=reason, written_at=work.now, written_by=work.actor.name)
    row = {
        "id": made.id,
        "note_id": note_id,
        "words": words,
        "reason": reason,
        "written_at": made.written_at,
        "written_by": work.actor.id,
        "request_id": request_id,
    }
    add_row(work, addendum, row)
    audit.record(work, Action.ADD_ADDENDUM, Subject.NOTE, note_id, version=under.revision)
    return made


def get(work: UnitOfWork, note_id: UUID) -> Note:
    """One note with its addenda; `NotFound` where there is none, or the draft was discarded."""
    found = _load(work, note.c.id == note_id, ~note.c.withdrawn)
    if not found:
        raise NotFound(NOT_FOUND)
    return found[0]


def of_client(work: UnitOfWork, client_id: UUID) -> tuple[Note, ...]:
    """The client's notes and drafts, the newest first."""
    rows = ask(work, _OF_CLIENT, client_id=client_id)
    if not rows:
        return ()
    these = (note.c.client_id == client_id, ~note.c.withdrawn)
    return _whole(work, rows, lambda: ask(work, _ADDENDA_OF_CLIENT, client_id=client_id), *these)


def drafts(work: UnitOfWork) -> tuple[Note, ...]:
    """The whole practice's drafts, the last saved first."""
    found = _load(work, note.c.signed_at.is_(None), ~note.c.withdrawn)
    return tuple(sorted(found, key=lambda draft: draft.saved_at, reverse=True))


def _saved(work: UnitOfWork, content: NoteContent) -> Values:
    return {"content": canonical_json(content), "saved_at": work.now, "saved_by": work.actor.id}


def _folded(work: UnitOfWork, note_id: UUID, revision: int) -> Values:
    """The content of a draft with the words that were saved apart, which are taken away."""
    draft = _need_draft(work, note_id, revision)
    draft_words.clear(work, note_id)
    return {"content": canonical_json(draft.content)}


def _change(work: UnitOfWork, note_id: UUID, revision: int, values: Values, action: Action) -> Note:
    _update(work, note_id, values | {"revision": revision + 1})
    audit.record(work, action, Subject.NOTE, note_id, version=revision + 1)
    return get(work, note_id)


def _need_draft(work: UnitOfWork, note_id: UUID, revision: int) -> Note:
    draft = get(work, note_id)
    if draft.signature is not None:
        raise AlreadySigned(ALREADY_SIGNED)
    if draft.revision != revision:
        raise Conflict(CHANGED_ELSEWHERE)
    return draft


def _update(work: UnitOfWork, note_id: UUID, values: Values) -> None:
    change_rows(work, note, note.c.id == note_id, values=values)


def _load(work: UnitOfWork, *conditions: ColumnElement[bool]) -> tuple[Note, ...]:
    rows = read(work, _NOTES.where(mine(work, note), *conditions))
    return _whole(work, rows, lambda: _addenda(work, *conditions), *conditions)


def _whole(
    work: UnitOfWork,
    rows: Sequence[Row[Any]],
    addenda: Callable[[], Sequence[Row[Any]]],
    *conditions: ColumnElement[bool],
) -> tuple[Note, ...]:
    """The notes of these rows; addenda are read only where there is a note, words kept apart only where a draft is."""
    under: defaultdict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in addenda() if rows else ():
        under[row.note_id].append(row)
    apart: defaultdict[UUID, list[Row[Any]]] = defaultdict(list)
    for row in draft_words.rows(work, *conditions) if any(row.signed_at is None for row in rows) else ():
        apart[row.note_id].append(row)
    return tuple(note_from(row, under.get(row.id, ()), apart.get(row.id, ())) for row in rows)


def _addenda(work: UnitOfWork, *conditions: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return read(work, _ADDENDA.where(mine(work, addendum), *conditions))
