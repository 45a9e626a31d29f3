"""What a signature is taken over: it changes with any change of the note, and only then."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from msgspec import structs

from core.model.canonical import canonical_json, content_from_json, content_hash
from core.model.definitions import StatementKind
from core.model.notes import NoteContent, PlacedStatement, Statement
from core.model.records import RecordKind, RecordRef

REF = RecordRef(kind=RecordKind.CHECK_IN, number=41, version=1, id=UUID(int=41))
STATEMENT = Statement(key="c41.anxiety", kind=StatementKind.RATING, text="Anxiety 7 of 10.", refs=(REF,))
PLACED = PlacedStatement(section="subjective", statement=STATEMENT)
CONTENT = NoteContent(
    template="soap",
    statements=(PLACED, PlacedStatement(section="objective", statement=replace(STATEMENT, key="other"))),
    words={"subjective": "Über “alles” 🦊", "plan": "Next week."},
)


def with_statement(**changes: Any) -> NoteContent:
    changed = replace(STATEMENT, **changes)
    return replace(CONTENT, statements=(replace(PLACED, statement=changed), *CONTENT.statements[1:]))


@pytest.mark.parametrize(
    "changed",
    [
        replace(CONTENT, template="dap"),
        replace(CONTENT, statements=CONTENT.statements[:1]),
        replace(CONTENT, statements=CONTENT.statements[::-1]),
        replace(CONTENT, statements=(replace(PLACED, section="objective"), *CONTENT.statements[1:])),
        with_statement(key="c42.anxiety"),
        with_statement(kind=StatementKind.THERAPIST_VIEW),
        with_statement(text="Anxiety 6 of 10."),
        with_statement(refs=(REF, REF)),
        with_statement(refs=(structs.replace(REF, version=2),)),
        with_statement(refs=(structs.replace(REF, id=UUID(int=42)),)),
        with_statement(refs=(structs.replace(REF, number=42),)),
        with_statement(refs=(structs.replace(REF, kind=RecordKind.QUESTIONNAIRE),)),
        replace(CONTENT, words={}),
        replace(CONTENT, words={"subjective": "Über “alles” 🦊", "plan": "Next week"}),
        replace(CONTENT, words={"subjective": "Über “alles” 🦊", "assessment": "Next week."}),
        replace(CONTENT, words={"subjective": "Über “alles” 🦊", "plan": "Next week. "}),
    ],
)
def test_hash_changes_with_any_change(changed: NoteContent) -> None:
    assert content_hash(changed) != content_hash(CONTENT)


def test_hash_is_the_same_for_the_same_content_however_it_was_put_together() -> None:
    turned = replace(CONTENT, words=dict(reversed(CONTENT.words.items())) | {"assessment": ""})
    assert content_hash(turned) == content_hash(CONTENT)


def test_hash_of_a_note_signed_today_is_the_same_in_years() -> None:
    assert content_hash(CONTENT) == "079834cdeffe8892ccddb965d6217b3ccf7fec8adbc8fb8497a732f2b22b96c9"


def test_hashed_text_is_readable() -> None:
    assert "Über “alles” 🦊" in canonical_json(CONTENT)


def test_stored_text_reads_back_as_the_same_content() -> None:
    assert content_from_json(canonical_json(CONTENT)) == CONTENT
