"""Starting, drafting, signing and copying session notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from core.catalogue import Catalogue, practice_names
from core.errors import Conflict, InvalidInput, NotAllowed
from core.model.access import Act
from core.model.audit import Subject
from core.model.calendar import Session
from core.model.canonical import content_hash
from core.model.note_templates import NoteTemplate
from core.model.notes import Addendum, DraftWords, Note, NoteContent, PlacedStatement, Statement, TypedWords
from core.model.records import RecordKind, RecordRef
from core.model.review import ClientReview
from core.model.text import text_problems
from core.notes.plain_text import note_text
from core.notes.statements import Vocabulary, holds_period_figures, statements_of
from core.services.access import need, need_record
from core.services.progress import review_client
from core.store import UnitOfWork, check_ins, clients, notes, responses, sessions

ADDENDUM_LENGTH = 20_000
ANOTHERS_DRAFT = (
    "This draft is somebody else's, and a draft is its writer's alone. Nothing was read or saved; it can be read once "
    "it is signed."
)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is chosen for a draft beside its words: the format's id and the statements."""

    template: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True)
class OpenNote:
    """A note with what its page shows: the session, the statements on offer and what changed since signing."""

    note: Note
    session: Session
    template: NoteTemplate
    offered: tuple[Statement, ...]
    changed: tuple[RecordRef, ...]
    plain_text: str


def start_note(work: UnitOfWork, catalogue: Catalogue, session: Session, template_id: str, request_id: UUID) -> Note:
    """Start a draft for a session; it already holds the period's figures, and none of anybody's judgement.

    With nothing recorded since the session before, the draft starts without figures: those of the latest
    check-in were the earlier note's. They are still on offer.
    """
    need(work, Act.WRITE_NOTES, session.client_id)
    template = catalogue.note_templates[template_id]
    review = _review_of(work, catalogue, session)
    offered = statements_of(review, vocabulary_of(catalogue), session) if _has_new_record(review) else ()
    chosen = [statement for statement in offered if holds_period_figures(statement)]
    content = NoteContent(template=template_id, statements=place(chosen, template))
    return notes.start(work, session.client_id, session.id, content, request_id)


def open_note(work: UnitOfWork, catalogue: Catalogue, note_id: UUID) -> OpenNote:
    """A note ready to be shown or edited; a signed one is offered no statements."""
    note = _needed(work, Act.READ_NOTES, note_id)
    session = sessions.get(work, note.session_id)
    template = catalogue.note_templates[note.content.template]
    client = clients.get(work, note.client_id)
    return OpenNote(
        note=note,
        session=session,
        template=template,
        offered=() if note.signature else _offered(work, catalogue, session),
        changed=_changed_refs(work, note),
        plain_text=note_text(note, session, client=client, template=template, local_time=work.local_time),
    )


def place(statements: Sequence[Statement], template: NoteTemplate) -> tuple[PlacedStatement, ...]:
    """Each statement in the first section of the template that takes its kind; kinds no section takes are left out."""
    return tuple(
        PlacedStatement(section=section, statement=statement)
        for statement in statements
        if (section := section_for(statement, template)) is not None
    )


def section_for(statement: Statement, template: NoteTemplate) -> str | None:
    """The section of `template` that takes this kind of statement; never Assessment or Plan."""
    return next((section.id for section in template.sections if statement.kind in section.accepts), None)


def note_content(template: NoteTemplate, statements: Sequence[Statement], words: Mapping[str, str]) -> NoteContent:
    """The content of a note from its page: chosen statements, placed, and words for the template's sections."""
    known = _sections(template)
    return NoteContent(
        template=template.id,
        statements=place(statements, template),
        words={section: text for section, text in words.items() if section in known and text},
    )


def in_template(content: NoteContent, template: NoteTemplate, *, was: NoteTemplate) -> NoteContent:
    """The same content in another format: statements placed anew, and no word lost.

    Words of a section that `template` does not have move to its first section for words and statements,
    in the order in which they stood in `was`, the format until now.
    """
    known = _sections(template)
    first = next(section.id for section in template.sections if not section.words_only)
    order = {section.id: place for place, section in enumerate(was.sections)}
    in_order = sorted(content.words.items(), key=lambda item: order.get(item[0], len(order)))
    moved = [text for section, text in in_order if section not in known and text.strip()]
    words = {section: text for section, text in content.words.items() if section in known}
    if moved:
        words[first] = "\n\n".join([*filter(None, [words.get(first, "").strip()]), *moved])
    return note_content(template, [placed.statement for placed in content.statements], words)


def save_statements(work: UnitOfWork, catalogue: Catalogue, note_id: UUID, chosen: Chosen, revision: int) -> Note:
    """Keep a draft's format and statements; the words go along, as they stand in the database.

    `Conflict` if another window saved format or statements since `revision`, `AlreadySigned` if it is locked.
    """
    note = _needed(work, Act.WRITE_NOTES, note_id)
    template, was = (catalogue.note_templates[each] for each in (chosen.template, note.content.template))
    words = in_template(note.content, template, was=was).words
    return notes.save_draft(work, note_id, note_content(template, chosen.statements, words), revision)


def save_words(work: UnitOfWork, catalogue: Catalogue, typed: TypedWords) -> DraftWords:
    """Keep what an editor sent of one section, in a transaction of its own and without the rest of the note.

    Each section has its own revision, so two people at two sections never meet. The window that saved last goes on
    without asking; any other must go on from what is stored, else `ChangedElsewhere` brings the other text and
    nothing is overwritten. Sent twice, it is stored once. The audit trail gets one line for each window and note in
    fifteen minutes and not one for each save, which come every three seconds: the trail says who wrote and when, and
    the whole text is in it from the signature on.

    Raises:
        AlreadySigned: the note was locked meanwhile.
        Conflict: the note's format was changed meanwhile, and no longer has the section.
        NotFound: the draft was discarded.
    """
    note = _needed(work, Act.WRITE_NOTES, typed.note_id)
    if note.signature is None and typed.section not in _sections(catalogue.note_templates[note.content.template]):
        raise Conflict("The format of this note was changed in another window. Nothing was overwritten.")
    return notes.save_words(work, typed)


def sign_note(work: UnitOfWork, note_id: UUID, revision: int, *, shown: str | None = None) -> Note:
    """Sign and lock the stored draft at `revision`; it needs some of the therapist's own words.

    `shown` is the content hash of what the signer was shown: when words came in since then, `Conflict` is raised.
    """
    note = _needed(work, Act.WRITE_NOTES, note_id)
    if note.signature is None and shown not in (None, content_hash(note.content)):
        raise Conflict("Words were saved after this note was shown. Nothing was signed; read it again and sign then.")
    if not note.content.has_own_words:
        raise InvalidInput(
            "The note holds none of your own words. It was not signed; write at least a sentence in one section."
        )
    return notes.sign(work, note_id, revision, content_hash(note.content))


def add_addendum(work: UnitOfWork, note_id: UUID, words: str, reason: str, request_id: UUID) -> Addendum:
    """Add dated words under a signed note; the note itself stays as it was signed."""
    _needed(work, Act.WRITE_NOTES, note_id)
    InvalidInput.unless_empty(
        [
            *text_problems("The addendum", words, longest=ADDENDUM_LENGTH, needed=True),
            *text_problems("The reason", reason, longest=200, needed=True),
        ]
    )
    return notes.add_addendum(work, note_id, words.strip(), reason.strip(), request_id)


def discard_draft(work: UnitOfWork, note: Note) -> None:
    """Take a draft off the list; it is kept in the record."""
    _needed(work, Act.WRITE_NOTES, note.id)
    notes.discard(work, note.id, note.revision)


def notes_of(work: UnitOfWork, client_id: UUID) -> tuple[Note, ...]:
    """A client's signed notes and the actor's own drafts, newest first."""
    need(work, Act.READ_NOTES, client_id)
    return tuple(each for each in notes.of_client(work, client_id) if _is_open_to(work, each))


def _is_open_to(work: UnitOfWork, note: Note) -> bool:
    """Whether a note is signed or the actor's own: a draft is its writer's alone."""
    return note.signature is not None or note.writer_id == work.actor.id


def _needed(work: UnitOfWork, act: Act, note_id: UUID) -> Note:
    """The note, where the actor may do `act` to it."""
    need_record(work, act, Subject.NOTE, note_id)
    note = notes.get(work, note_id)
    if not _is_open_to(work, note):
        raise NotAllowed(ANOTHERS_DRAFT)
    return note


def _sections(template: NoteTemplate) -> set[str]:
    return {section.id for section in template.sections}


def _offered(work: UnitOfWork, catalogue: Catalogue, session: Session) -> tuple[Statement, ...]:
    return statements_of(_review_of(work, catalogue, session), vocabulary_of(catalogue), session)


def _review_of(work: UnitOfWork, catalogue: Catalogue, session: Session) -> ClientReview:
    """The client's review as it stood on the session's day, so that a late note speaks of the right week."""
    return review_client(work, catalogue, session.client_id, as_of=min(session.details.day, work.today))


def _has_new_record(review: ClientReview) -> bool:
    """Whether the period shown lies after the session before, or there was none."""
    if review.since is None or review.period is None:
        return review.period is not None
    return review.period.start > review.since.details.day


def vocabulary_of(catalogue: Catalogue) -> Vocabulary:
    """The names that statements use."""
    return Vocabulary(
        signs=catalogue.warning_signs, distortions=catalogue.distortions, practices=practice_names(catalogue)
    )


def _changed_refs(work: UnitOfWork, note: Note) -> tuple[RecordRef, ...]:
    """Records that have a newer version than the one a signed statement rests on."""
    if note.signature is None:
        return ()
    refs = {ref for placed in note.content.statements for ref in placed.statement.refs}
    return tuple(sorted(ref for ref in refs if _newest_version(work, ref) != ref.version))


def _newest_version(work: UnitOfWork, ref: RecordRef) -> int:
    if ref.kind is RecordKind.CHECK_IN:
        return check_ins.get(work, ref.id).ref.version
    if ref.kind is RecordKind.QUESTIONNAIRE:
        return responses.get(work, ref.id).ref.version
    return sessions.get(work, ref.id).revision
