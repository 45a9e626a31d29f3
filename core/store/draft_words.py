"""The words of a draft, each section saved apart from the others while they are being typed.

They are working text: what counts is the note, into which signing and discarding fold them. So they carry their own
revisions, never change the note's row, and stand in the audit trail once in a quarter of an hour, not once a save.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update

from core.errors import Conflict
from core.model.audit import Action, Subject
from core.model.notes import DraftWords, TypedWords
from core.store import audit
from core.store.constraints import CHANGED_ELSEWHERE
from core.store.record_tables import draft_words, note
from core.store.rows import Values, draft_words_from
from core.store.tables import therapist
from core.store.unit_of_work import UnitOfWork, mine, read, write

NOTED_EVERY: Final = timedelta(minutes=15)


class ChangedElsewhere(Conflict):
    """Another window saved these words since; `theirs` is what it saved, and what was sent is not stored."""

    def __init__(self, theirs: DraftWords) -> None:
        super().__init__("These words were changed in another window. Nothing was overwritten; choose between the two.")
        self.theirs = theirs


def save(work: UnitOfWork, typed: TypedWords, *, note_revision: int) -> DraftWords:
    """Save one section's words; the caller has seen that the note is a draft.

    What comes from the window that saved last is
    taken when it was sent later, and passed over when it was overtaken on its way. From another window it is taken
    when it goes on from the revision that is stored, or says the same; else `ChangedElsewhere` is raised.

    The audit trail gets one line for each window and note in fifteen minutes.
    """
    stored = _section(work, typed.note_id, typed.section)
    if stored is None:
        if typed.base > 0:
            raise Conflict(CHANGED_ELSEWHERE)
        _add(work, typed.note_id, typed.section, _values(work, typed, note_revision, 1))
        return _needed(work, typed)
    if stored.window == typed.window and typed.sent <= stored.sent:
        return stored
    if typed.text == stored.text:
        return stored
    if stored.window != typed.window and stored.revision != typed.base:
        raise ChangedElsewhere(stored)
    _change(work, typed.note_id, typed.section, _values(work, typed, note_revision, stored.revision + 1))
    return _needed(work, typed)


def put(work: UnitOfWork, note_id: UUID, words: Mapping[str, str], *, was: Mapping[str, str]) -> None:
    """Make the sections of a draft say `words`, where until now they said `was`; the rest of them fall empty.

    Only what differs gets a new revision, so that a window that did not know of it is told.
    """
    stored = {each.section: each for each in of_notes(work, draft_words.c.note_id == note_id).get(note_id, ())}
    for section in sorted({*words, *was, *stored}):
        text = words.get(section, "")
        if text == was.get(section, ""):
            continue
        values = _moved(work, text)
        if section in stored:
            _change(work, note_id, section, values | {"revision": stored[section].revision + 1})
        else:
            _add(work, note_id, section, values | {"revision": 1})


def clear(work: UnitOfWork, note_id: UUID) -> None:
    """Take away a draft's words, once they stand in the note itself."""
    write(work, delete(draft_words).where(mine(work, draft_words), draft_words.c.note_id == note_id))


def of_notes(work: UnitOfWork, *conditions: ColumnElement[bool]) -> dict[UUID, list[DraftWords]]:
    """The words saved apart, by note; `conditions` are over `note` or `draft_words`."""
    found: defaultdict[UUID, list[DraftWords]] = defaultdict(list)
    for row in rows(work, *conditions):
        found[row.note_id].append(draft_words_from(row))
    return found


def rows(work: UnitOfWork, *conditions: ColumnElement[bool]) -> list[Row[Any]]:
    """The rows of `of_notes`, each with the name of who saved it (column `writer`)."""
    of_note = and_(note.c.practice_id == draft_words.c.practice_id, note.c.id == draft_words.c.note_id)
    by = and_(therapist.c.practice_id == draft_words.c.practice_id, therapist.c.id == draft_words.c.saved_by)
    wanted = select(draft_words, therapist.c.name.label("writer")).join(note, of_note).join(therapist, by)
    return list(read(work, wanted.where(mine(work, draft_words), *conditions).order_by(draft_words.c.section)))


def _section(work: UnitOfWork, note_id: UUID, section: str) -> DraftWords | None:
    found = of_notes(work, draft_words.c.note_id == note_id, draft_words.c.section == section)
    return found[note_id][0] if found else None


def _needed(work: UnitOfWork, typed: TypedWords) -> DraftWords:
    found = _section(work, typed.note_id, typed.section)
    assert found is not None, "it was written in this unit of work"
    return found


def _add(work: UnitOfWork, note_id: UUID, section: str, values: Values) -> None:
    key = {"practice_id": work.actor.practice_id, "note_id": note_id, "section": section}
    write(work, insert(draft_words).values(**key, **values))


def _change(work: UnitOfWork, note_id: UUID, section: str, values: Values) -> None:
    here = (mine(work, draft_words), draft_words.c.note_id == note_id, draft_words.c.section == section)
    write(work, update(draft_words).where(*here).values(**values))


def _values(work: UnitOfWork, typed: TypedWords, note_revision: int, revision: int) -> Values:
    return {
        "revision": revision,
        "words": typed.text,
        "window_id": typed.window,
        "sent": typed.sent,
        "saved_at": work.now,
        "saved_by": work.actor.id,
        "noted_at": _noted(work, typed, note_revision),
    }


def _moved(work: UnitOfWork, text: str) -> Values:
    now = work.now
    return {"words": text, "window_id": None, "sent": 0, "saved_at": now, "saved_by": work.actor.id, "noted_at": now}


def _noted(work: UnitOfWork, typed: TypedWords, note_revision: int) -> datetime:
    """When the trail last got a line about this window's words; adds one when that is too long ago."""
    by_window = (draft_words.c.note_id == typed.note_id, draft_words.c.window_id == typed.window)
    (last,) = read(work, select(func.max(draft_words.c.noted_at)).where(mine(work, draft_words), *by_window))[0]
    now = work.now
    if last is not None and timedelta() <= now - last < NOTED_EVERY:
        noted: datetime = last
        return noted
    audit.record(work, Action.SAVE_DRAFT, Subject.NOTE, typed.note_id, version=note_revision)
    return now
