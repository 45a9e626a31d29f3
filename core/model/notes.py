"""A session note: statements from the record on one side, the therapist's words on the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from core.errors import InvalidInput
from core.model.definitions import StatementKind
from core.model.records import RecordRef
from core.model.text import text_problems

SECTION_LENGTH = 200_000


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A fixed sentence from the record and the records it rests on. It is placed or removed, never reworded.

    `key` is stable while the records are, so that a choice survives a new draft of the same period.
    """

    key: str
    kind: StatementKind
    text: str
    refs: tuple[RecordRef, ...]

    def __post_init__(self) -> None:
        if not self.refs:
            raise InvalidInput("A statement needs at least one record to rest on.")


@dataclass(frozen=True, kw_only=True)
class PlacedStatement:
    """A statement in the section where the therapist put it."""

    section: str
    statement: Statement


@dataclass(frozen=True, kw_only=True)
class NoteContent:
    """What a note says: a template, placed statements and the therapist's words by section id."""

    template: str
    statements: tuple[PlacedStatement, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", MappingProxyType(dict(self.words)))
        problems: list[str] = []
        for section, text in self.words.items():
            problems += text_problems(f"The section {section}", text, longest=SECTION_LENGTH)
        InvalidInput.unless_empty(problems)

    @property
    def has_own_words(self) -> bool:
        """Whether the therapist wrote anything: a note without own words cannot be signed."""
        return any(text.strip() for text in self.words.values())


@dataclass(frozen=True, kw_only=True)
class TypedWords:
    """What an editor sends of one section: the whole text, and where it stands among what was sent before.

    `base` is the revision of the section that the text goes on from, 0 for none. `window` is one browser window,
    for as long as its page lives; `sent` counts what that window sent, from 1.
    """

    note_id: UUID
    section: str
    text: str
    base: int
    window: UUID
    sent: int

    def __post_init__(self) -> None:
        problems = text_problems(f"The section {self.section}", self.text, longest=SECTION_LENGTH)
        if self.base < 0 or self.sent < 1:
            problems.append("The revision begins at 0 and the count of what was sent at 1. Nothing was saved.")
        InvalidInput.unless_empty(problems)


@dataclass(frozen=True, kw_only=True)
class DraftWords:
    """The words of one section of a draft as stored. `revision` grows with every save of this section alone.

    `window` and `sent` tell which `TypedWords` they came from; `None` and 0 when the program moved them itself.
    """

    section: str
    text: str
    revision: int
    window: UUID | None
    sent: int
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signed, when (UTC), and the SHA-256 of the canonical content that was signed."""

    name: str
    signed_at: datetime
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class Addendum:
    """Words added under a signed note, with their reason; the note itself never changes."""

    id: UUID
    words: str
    reason: str
    written_at: datetime
    written_by: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note as stored. `revision` is the optimistic lock of format and statements.

    `drafted` has the sections of a draft whose words were saved apart; `content` holds them already. `saved_at` is
    the last save of either. `writer_id` is whose note it is: a draft is shown to nobody else.
    """

    id: UUID
    client_id: UUID
    session_id: UUID
    number: int
    revision: int
    content: NoteContent
    saved_at: datetime
    signature: Signature | None
    writer_id: UUID | None = None
    addenda: tuple[Addendum, ...] = ()
    drafted: tuple[DraftWords, ...] = ()

    def words_revision(self, section: str) -> int:
        """The revision of a section's words: 0 until they were saved apart."""
        return next((words.revision for words in self.drafted if words.section == section), 0)
