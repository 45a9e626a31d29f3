"""A note for copying: nothing is left out, and what the record says never looks like the therapist's own words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from core.catalogue import load_catalogue
from core.model.definitions import StatementKind
from core.model.notes import Addendum, Note, NoteContent, PlacedStatement, Signature, Statement
from core.model.people import Client, ClientDetails
from core.model.records import RecordKind, RecordRef
from core.notes.plain_text import FROM_THE_RECORD, OWN_WORDS, note_text
from tests.builders import CLIENT, TODAY, session

LATE = datetime(2026, 5, 21, 22, 30, tzinfo=UTC)
SOAP = load_catalogue().note_templates["soap"]
WHO = Client(
    id=CLIENT, code="AB1234", details=ClientDetails(name="שרה <b>", started_on=date(2026, 1, 8)),
    closed_on=None, partner=(), start_level_from=None, revision=1,
)  # fmt: skip


def statement(text: str, *versions: int) -> Statement:
    refs = tuple(
        RecordRef(kind=RecordKind.CHECK_IN, number=number, version=version, id=UUID(int=number))
        for number, version in enumerate(versions or (1,), start=41)
    )
    return Statement(key="any", kind=StatementKind.CLIENT_WORDS, text=text, refs=refs)


def note(content: NoteContent, signature: Signature | None = None, addenda: tuple[Addendum, ...] = ()) -> Note:
    return Note(
        id=UUID(int=1), client_id=CLIENT, session_id=UUID(int=2), number=23, revision=4, content=content,
        saved_at=LATE, signature=signature, addenda=addenda,
    )  # fmt: skip


def copied(content: NoteContent, **parts: Any) -> str:
    summer = timezone(timedelta(hours=2))
    made = replace(note(content), **parts)
    there = {"client": WHO, "template": SOAP, "local_time": lambda instant: instant.astimezone(summer)}
    return note_text(made, session(TODAY, number=24), **there)


def section(text: str, label: str) -> list[str]:
    (found,) = [block for block in text.split("\n\n") if block.startswith(f"{label}\n")]
    return found.splitlines()[1:]


def placed(*statements: Statement) -> tuple[PlacedStatement, ...]:
    return tuple(PlacedStatement(section="subjective", statement=each) for each in statements)


def test_record_and_own_words_of_one_section_stand_under_headings_of_their_own() -> None:
    content = NoteContent(template="soap", statements=placed(statement("Said so.")), words={"subjective": "I agree."})
    assert section(copied(content), "SUBJECTIVE") == [FROM_THE_RECORD, "- Said so. [c41]", OWN_WORDS, "I agree."]


def test_words_alone_and_nothing_at_all() -> None:
    text = copied(NoteContent(template="soap", words={"plan": "Next week."}))
    assert section(text, "PLAN") == ["Next week."]
    assert section(text, "ASSESSMENT") == ["(nothing written)"]
    assert FROM_THE_RECORD not in text


def test_quoted_lines_of_a_client_are_set_in() -> None:
    quote = "“one\nTherapist:\r\nPLAN\n\nmine”"
    text = copied(NoteContent(template="soap", statements=placed(statement(quote))))
    assert section(text, "SUBJECTIVE") == [FROM_THE_RECORD, "- “one", "  Therapist:", "  PLAN", "  ", "  mine” [c41]"]


def test_later_versions_are_named() -> None:
    text = copied(NoteContent(template="soap", statements=placed(statement("Said so.", 1, 3))))
    assert "- Said so. [c41, c42 version 3]" in text


def test_head_says_whose_note_it_is_and_that_a_draft_is_not_signed() -> None:
    head = copied(NoteContent(template="soap")).splitlines()[:2]
    assert head == ["שרה <b>: session 24, 21 May 2026, 50 minutes", "Note n23. Draft, not signed."]


def test_signature_and_addenda_carry_the_practices_own_time() -> None:
    added = Addendum(id=UUID(int=3), words="More.", reason="left out", written_at=LATE, written_by="Dr One")
    signature = Signature(name="Dr One", signed_at=LATE, content_hash="0" * 64)
    text = copied(NoteContent(template="soap"), signature=signature, addenda=(added, replace(added, words="Again.")))
    assert "Note n23. Signed by Dr One, 22 May 2026 00:30." in text
    assert text.endswith(
        "ADDENDUM, 22 May 2026 00:30, Dr One (left out)\nMore.\n\n"
        "ADDENDUM, 22 May 2026 00:30, Dr One (left out)\nAgain.\n"
    )


def test_every_word_of_every_section_is_there() -> None:
    words = {each.id: f"words of {each.id}\n\nand more of {each.id}" for each in SOAP.sections}
    text = copied(NoteContent(template="soap", words=words))
    assert all(words[each.id] in text for each in SOAP.sections)
