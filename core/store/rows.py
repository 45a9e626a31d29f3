"""Rows and nouns of people, calendar and notes: both directions side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar
from unicodedata import combining, normalize
from uuid import UUID

from sqlalchemy import Column, Row, Table

from core.model.calendar import Event, EventDetails, Session, SessionDetails, SessionStatus
from core.model.canonical import content_from_json
from core.model.notes import Addendum, DraftWords, Note, Signature
from core.model.people import Client, ClientDetails, DatedPartnerStatus, PartnerStatus, Practice, PracticeDetails

Values = dict[str, object]
Key = TypeVar("Key", int, str, UUID)
Value = TypeVar("Value")

_TOLD_ELSEWHERE = {"practice_id", "request_id"}


def in_order(given: dict[Key, Value]) -> Mapping[Key, Value]:
    """The same by its keys, which is how a database mostly gives it already."""
    if len(given) > 1:
        keys = sorted(given)
        if keys != list(given):
            given = {key: given[key] for key in keys}
    return MappingProxyType(given)


def told_in(table: Table) -> list[Column[Any]]:
    """The columns that a noun is made of: neither whose practice it is nor which form made it, since ids take long."""
    return [column for column in table.c if column.name not in _TOLD_ELSEWHERE]


def name_key(name: str) -> str:
    """How a name is compared and searched: without case and accents, so that Ä stands with a and ß is ss."""
    plain = "".join(letter for letter in normalize("NFKD", name) if not combining(letter))
    return "".join(letter for letter in normalize("NFKD", plain.casefold()) if not combining(letter))


def practice_from(row: Row[Any]) -> Practice:
    """A practice with its one therapist's name (column `therapist`)."""
    details = PracticeDetails(name=row.name, therapist=row.therapist, zone=row.zone)
    return Practice(id=row.id, details=details, synthetic=row.synthetic, made_on=row.made_on)


def client_values(details: ClientDetails) -> Values:
    """The columns that a therapist writes about a client."""
    return {
        "name": details.name,
        "name_key": name_key(details.name),
        "started_on": details.started_on,
        "birth_year": details.birth_year,
        "pronouns": details.pronouns,
    }


def client_from(row: Row[Any], partner: Iterable[Row[Any]]) -> Client:
    """A client with the rows of its partner status, oldest first."""
    return Client(
        id=row.id,
        code=row.code,
        details=ClientDetails(
            name=row.name, started_on=row.started_on, birth_year=row.birth_year, pronouns=row.pronouns
        ),
        closed_on=row.closed_on,
        partner=tuple(DatedPartnerStatus(status=PartnerStatus(held.status), since=held.since) for held in partner),
        start_level_from=row.start_level_from,
        revision=row.revision,
    )


def session_values(details: SessionDetails) -> Values:
    """The columns of a session's details."""
    return {
        "day": details.day,
        "starts_at": details.starts_at,
        "minutes": details.minutes,
        "status": details.status.value,
    }


def session_from(row: Sequence[Any]) -> Session:
    """A session of what is `told_in` its table."""
    session_id, client_id, number, revision, day, starts_at, minutes, status = row
    details = SessionDetails(day=day, starts_at=starts_at, minutes=minutes, status=SessionStatus(status))
    return Session(id=session_id, client_id=client_id, number=number, revision=revision, details=details)


def event_values(details: EventDetails) -> Values:
    """The columns of an event's details."""
    return {"day": details.day, "words": details.words}


def event_from(row: Row[Any]) -> Event:
    """An event."""
    return Event(
        id=row.id, client_id=row.client_id, number=row.number, details=EventDetails(day=row.day, words=row.words)
    )


def note_from(row: Row[Any], addenda: Iterable[Row[Any]], drafted: Iterable[Row[Any]] = ()) -> Note:
    """A note with the rows of its addenda, oldest first, and of the words that were saved apart."""
    signature = None
    if row.signed_at is not None:
        signature = Signature(name=row.signed_name, signed_at=row.signed_at, content_hash=row.content_hash)
    content = content_from_json(row.content)
    apart = tuple(draft_words_from(words) for words in drafted)
    words = dict(content.words) | {each.section: each.text for each in apart}
    return Note(
        id=row.id,
        client_id=row.client_id,
        session_id=row.session_id,
        number=row.number,
        revision=row.revision,
        content=replace(content, words={section: text for section, text in words.items() if text}),
        saved_at=max(row.saved_at, *(each.saved_at for each in apart)) if apart else row.saved_at,
        signature=signature,
        writer_id=row.saved_by,
        addenda=tuple(addendum_from(addendum) for addendum in addenda),
        drafted=apart,
    )


def draft_words_from(row: Row[Any]) -> DraftWords:
    """The words of one section of a draft, with the name (column `writer`) of who saved them."""
    return DraftWords(
        section=row.section,
        text=row.words,
        revision=row.revision,
        window=row.window_id,
        sent=row.sent,
        saved_at=row.saved_at,
        saved_by=row.writer,
    )


def addendum_from(row: Row[Any]) -> Addendum:
    """An addendum with its writer's name (column `writer`)."""
    return Addendum(id=row.id, words=row.words, reason=row.reason, written_at=row.written_at, written_by=row.writer)
