"""A note as plain text, for copying into another system."""

from collections.abc import Callable
from datetime import datetime

from core.model.calendar import Session
from core.model.days import print_day
from core.model.note_templates import NoteTemplate
from core.model.notes import Note, NoteContent, Statement
from core.model.people import Client
from core.model.records import RecordRef

LocalTime = Callable[[datetime], datetime]

FROM_THE_RECORD = "From the record:"
OWN_WORDS = "Therapist:"


def note_text(note: Note, session: Session, *, client: Client, template: NoteTemplate, local_time: LocalTime) -> str:
    """The whole note, section by section; what comes from the record and what is the therapist's stay apart.

    An unsigned note says so in its first lines. `local_time` turns an instant into the practice's time.
    """
    details = session.details
    starts = f" {details.starts_at:%H:%M}" if details.starts_at else ""
    head = [
        f"{client.details.name}: session {session.number}, {print_day(details.day)}{starts}, {details.minutes} minutes",
        _signature_line(note, local_time),
    ]
    body = [_section_text(note.content, section.id, section.label) for section in template.sections]
    addenda = [
        f"ADDENDUM, {_moment(local_time(added.written_at))}, {added.written_by} ({added.reason})\n{added.words}"
        for added in note.addenda
    ]
    return "\n\n".join(["\n".join(head), *body, *addenda]) + "\n"


def _signature_line(note: Note, local_time: LocalTime) -> str:
    if note.signature is None:
        return f"Note n{note.number}. Draft, not signed."
    signed = note.signature
    return f"Note n{note.number}. Signed by {signed.name}, {_moment(local_time(signed.signed_at))}."


def _moment(local: datetime) -> str:
    return f"{print_day(local.date())} {local:%H:%M}"


def _section_text(content: NoteContent, section: str, label: str) -> str:
    lines = [label.upper()]
    placed = [each.statement for each in content.statements if each.section == section]
    if placed:
        lines.append(FROM_THE_RECORD)
        lines += [_statement_line(statement) for statement in placed]
    words = content.words.get(section, "").strip()
    if words:
        lines += [OWN_WORDS, words] if placed else [words]
    return "\n".join(lines if len(lines) > 1 else [*lines, "(nothing written)"])


def _statement_line(statement: Statement) -> str:
    """One item of a list: later lines are set in, so that a client's quoted lines never look like the note's own."""
    text = "\n  ".join(statement.text.splitlines())
    return f"- {text} [{', '.join(_label(ref) for ref in statement.refs)}]"


def _label(ref: RecordRef) -> str:
    return ref.label if ref.version == 1 else f"{ref.label} version {ref.version}"
