"""The one form of a note's content that a signature is taken over: JSON with sorted keys, UTF-8."""

import hashlib
import json

from core.model.notes import NoteContent


def content_hash(content: NoteContent) -> str:
    """SHA-256, in hex, of everything a signature covers: template, statements with their records, words."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def canonical_json(content: NoteContent) -> str:
    """The content as JSON text that is the same whenever the content is the same."""
    value = {
        "template": content.template,
        "statements": [
            {
                "section": placed.section,
                "key": placed.statement.key,
                "kind": placed.statement.kind.value,
                "text": placed.statement.text,
                "refs": [[ref.label, str(ref.id), ref.version] for ref in placed.statement.refs],
            }
            for placed in content.statements
        ],
        "words": {section: text for section, text in content.words.items() if text},
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
