"""Words of a draft while they are being typed: each section apart, nothing overwritten unasked, nothing lost."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core.errors import AlreadySigned, Conflict, InvalidInput, NotFound
from core.model.audit import Action
from core.model.canonical import content_hash
from core.model.notes import SECTION_LENGTH, TypedWords
from core.services.calendar import add_session
from core.services.session_notes import (
    Chosen,
    discard_draft,
    notes_of,
    open_note,
    save_statements,
    save_words,
    sign_note,
    start_note,
)
from core.store import audit, notes
from core.store.draft_words import ChangedElsewhere
from tests.faults.typing import edit_pairs, send_twice
from tests.services.entries import form, session_on

HERE, THERE = uuid4(), uuid4()


@pytest.fixture
def session(save, client):
    return save(add_session, client.id, session_on(), form())


@pytest.fixture
def draft(save, catalogue, session):
    return save(start_note, catalogue, session, "soap", form())


@pytest.fixture
def typed(save, catalogue, draft):
    """Send one section's words as a window would; gives what is stored."""

    def send(text, *, base=0, window=HERE, sent=1, section="plan"):
        words = TypedWords(note_id=draft.id, section=section, text=text, base=base, window=window, sent=sent)
        return save(save_words, catalogue, words)

    return send


@pytest.fixture
def stored(load, catalogue, draft):
    return lambda: load(open_note, catalogue, draft.id).note


@pytest.fixture
def trail(load):
    return lambda: [entry.action for entry in load(audit.all)]


def test_words_come_back_as_they_were_typed(typed, stored, clock, draft):
    text = " Line one\nline two\t\u202eabc \U0001f98a <script>=cmd() e\u0301 "
    clock.move_to(clock.now() + timedelta(minutes=5))
    answer = typed(text)
    assert (answer.text, answer.revision, answer.saved_by) == (text, 1, "Dr One")
    assert (stored().content.words["plan"], stored().saved_at) == (text, clock.now())
    assert stored().revision == draft.revision


def test_sections_never_meet(typed, stored):
    typed("Mine.", section="plan")
    typed("Theirs.", section="assessment", window=THERE)
    assert dict(stored().content.words) == {"plan": "Mine.", "assessment": "Theirs."}
    assert (stored().words_revision("plan"), stored().words_revision("subjective")) == (1, 0)


def test_window_that_saved_last_goes_on_without_asking(typed):
    typed("One", sent=1)
    assert typed("One two", sent=2).revision == 2
    assert typed("One two three", base=1, sent=3).revision == 3


def test_message_that_was_overtaken_on_its_way_changes_nothing(typed, stored):
    typed("Newer.", sent=2)
    assert typed("Older.", sent=1).text == "Newer."
    assert stored().content.words["plan"] == "Newer."


def test_message_sent_twice_is_stored_once(typed):
    first = typed("Once.", sent=4)
    assert typed("Once.", sent=4) == first


def test_second_window_is_told_and_both_texts_are_there(typed, stored):
    typed("Theirs.", window=THERE)
    with pytest.raises(ChangedElsewhere, match="Nothing was overwritten") as refusal:
        typed("Mine.")
    assert (refusal.value.theirs.text, refusal.value.theirs.saved_by) == ("Theirs.", "Dr One")
    assert "Mine" not in str(refusal.value)
    assert stored().content.words["plan"] == "Theirs."


def test_other_window_may_go_on_from_what_is_stored(typed, stored):
    there = typed("Theirs.", window=THERE)
    typed("Theirs.\n\nMine.", base=there.revision)
    assert stored().content.words["plan"] == "Theirs.\n\nMine."
    with pytest.raises(ChangedElsewhere):
        typed("Theirs, more.", window=THERE, base=there.revision, sent=2)


def test_same_text_in_two_windows_is_no_conflict(typed):
    assert typed("Same.", window=THERE) == typed("Same.")


def test_emptied_section_is_empty_and_keeps_its_revision(typed, stored):
    typed("Something.")
    typed("", sent=2)
    assert ("plan" in stored().content.words, stored().words_revision("plan")) == (False, 2)
    with pytest.raises(ChangedElsewhere):
        typed("Old page.", window=THERE)


def test_other_format_takes_all_words_along_and_tells_the_window_that_did_not_know(
    typed, stored, save, catalogue, draft
):
    typed("First.", section="subjective")
    typed("Second.", section="objective", sent=2)
    save(save_statements, catalogue, draft.id, Chosen(template="dap", statements=()), draft.revision)
    assert dict(stored().content.words) == {"data": "First.\n\nSecond."}
    with pytest.raises(Conflict, match="format") as refusal:
        typed("First, and more.", section="subjective", sent=3)
    assert type(refusal.value) is Conflict
    save(save_statements, catalogue, draft.id, Chosen(template="soap", statements=()), stored().revision)
    with pytest.raises(ChangedElsewhere):
        typed("First, and more.", section="subjective", base=1, sent=3)


def test_statements_chosen_meanwhile_leave_the_words_alone(typed, stored, save, catalogue, draft):
    typed("Before.")
    save(save_statements, catalogue, draft.id, Chosen(template="soap", statements=()), draft.revision)
    typed("Before and after.", sent=2)
    assert stored().content.words["plan"] == "Before and after."


def test_signing_takes_in_what_is_stored(typed, stored, save, draft):
    typed("Own words.")
    signed = save(sign_note, draft.id, draft.revision, shown=content_hash(stored().content))
    assert (dict(signed.content.words), signed.drafted) == ({"plan": "Own words."}, ())
    assert signed.signature.content_hash == content_hash(signed.content)


def test_words_that_came_after_the_note_was_shown_are_not_signed_unseen(typed, stored, save, draft):
    typed("Shown.")
    shown = content_hash(stored().content)
    typed("Shown, and then more.", sent=2)
    with pytest.raises(Conflict, match="Nothing was signed"):
        save(sign_note, draft.id, draft.revision, shown=shown)
    assert stored().signature is None


def test_signed_note_takes_no_words(typed, stored, save, draft):
    typed("Own words.")
    save(sign_note, draft.id, draft.revision)
    with pytest.raises(AlreadySigned):
        typed("Too late.", sent=2)
    assert dict(stored().content.words) == {"plan": "Own words."}


def test_discarded_draft_keeps_its_words_and_takes_no_more(typed, stored, save, load, client):
    typed("Kept in the record.")
    save(discard_draft, stored())
    with pytest.raises(NotFound):
        typed("Too late.", sent=2)
    assert load(notes_of, client.id) == ()


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83e", "x" * (SECTION_LENGTH + 1)])
def test_words_that_cannot_be_kept_are_refused_without_being_quoted(typed, stored, text):
    with pytest.raises(InvalidInput) as refusal:
        typed(text)
    assert text not in str(refusal.value)
    assert dict(stored().content.words) == {}


def test_longest_words_are_kept(typed, stored):
    typed("\U0001f98a" * SECTION_LENGTH)
    assert len(stored().content.words["plan"]) == SECTION_LENGTH


def test_trail_has_one_line_for_a_window_in_fifteen_minutes(typed, trail, clock):
    for sent in range(1, 6):
        typed(f"{sent}", sent=sent)
        typed(f"{sent}", sent=sent + 10, section="subjective")
    assert trail().count(Action.SAVE_DRAFT) == 1
    typed("Another window.", window=THERE, base=5)
    assert trail().count(Action.SAVE_DRAFT) == 2
    clock.move_to(clock.now() + timedelta(minutes=15))
    typed("Later.", window=THERE, sent=2)
    typed("Later still.", window=THERE, sent=3)
    assert trail().count(Action.SAVE_DRAFT) == 3


def test_draft_in_a_list_has_its_words_too(typed, load, client, draft):
    typed("On the list.")
    assert [dict(note.content.words) for note in load(notes_of, client.id)] == [{"plan": "On the list."}]
    assert [dict(note.content.words) for note in load(notes.drafts)] == [{"plan": "On the list."}]


def test_pairs_of_edits_at_the_same_moment_overwrite_nothing(store, actor, catalogue, session):
    assert edit_pairs(store, actor, catalogue, session, pairs=12).silent_overwrites == 0


def test_form_sent_twice_at_the_same_moment_is_one_record(store, actor, catalogue, session):
    assert send_twice(store, actor, catalogue, session, forms=9) == (9, 9)
