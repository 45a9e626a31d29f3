"""The one text of a note's content: what is stored, what is read back, and what a signature is taken over.

JSON with sorted keys and no spaces, UTF-8: equal for equal content, so that the SHA-256 of the stored text is
the hash that was signed.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.model.definitions import StatementKind
from core.model.notes import NoteContent, PlacedStatement, Statement
from core.model.records import RecordKind, RecordRef


def content_hash(content: NoteContent) -> str:
    """SHA-256, in hex, of everything a signature covers: template, statements with their records, words."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def canonical_json(content: NoteContent) -> str:
    """The content as text; sections without words are left out."""
    value = {
        "template": content.template,
        "statements": [
            {
                "section": placed.section,
                "key": placed.statement.key,
                "kind": placed.statement.kind.value,
                "text": placed.statement.text,
                "refs": [_ref_value(ref) for ref in placed.statement.refs],
            }
            for placed in content.statements
        ],
        "words": {section: text for section, text in content.words.items() if text},
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_from_json(text: str) -> NoteContent:
    """What `canonical_json` wrote."""
    value = json.loads(text)
    return NoteContent(
        template=value["template"],
        statements=tuple(_placed_from(placed) for placed in value["statements"]),
        words=value["words"],
    )


def _ref_value(ref: RecordRef) -> dict[str, Any]:
    return {"kind": ref.kind.value, "number": ref.number, "version": ref.version, "id": str(ref.id)}


def _placed_from(placed: Mapping[str, Any]) -> PlacedStatement:
    refs = tuple(
        RecordRef(kind=RecordKind(ref["kind"]), number=ref["number"], version=ref["version"], id=UUID(ref["id"]))
        for ref in placed["refs"]
    )
    statement = Statement(key=placed["key"], kind=StatementKind(placed["kind"]), text=placed["text"], refs=refs)
    return PlacedStatement(section=placed["section"], statement=statement)
