"""Seals what stands already: the trail of an earlier version, or of a file that was readable and is encrypted now.

Nothing can be proved about what was written before there was a key: it is taken as it is found, once.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select, update

from core.errors import StoreError, UnusableDatabase
from core.model.audit import Action, Subject
from core.store.backend import Backend, guarded
from core.store.chain import START, AuditKey, Line, RecordSeal, add_lines, link, seals_text
from core.store.clock import Clock
from core.store.record_reading import record_seals
from core.store.tables import audit, practice, therapist

LINES_AT_ONCE = 1_000
RECORDS_IN_A_LINE = 500
_NEW = update(audit).where(
    audit.c.practice_id == bindparam("of_practice"), audit.c.sequence == bindparam("of_sequence")
)


def seal_what_stands(backend: Backend, key: AuditKey, clock: Clock) -> None:
    """Seal every trail whose first line has no seal, or only a checksum where `key` is a secret.

    A first line with any other seal is left alone: a check of the trail will tell.
    """
    try:
        with backend.reader.connect() as connection:
            waiting = guarded(backend, lambda: _waiting(connection, key))
    except StoreError:
        return  # a damaged file can still be opened, so that it can be looked over
    finally:
        backend.reader.dispose()  # no connection outlives the key that opened it
    if not waiting:
        return
    with backend.writer.connect() as connection:
        guarded(backend, lambda: _seal_all(backend, connection, key, clock.now()))
        guarded(backend, connection.commit)
    backend.writer.dispose()


def refuse_other_key(backend: Backend, key: AuditKey) -> None:
    """Raise `UnusableDatabase` where a server's trail was sealed under another key, told by its first and last line."""
    with backend.reader.connect() as connection:
        other = guarded(backend, lambda: any(_is_of_other_key(connection, key, first) for first in _firsts(connection)))
    if other:
        raise UnusableDatabase(
            f"The audit trail in {backend.label} was sealed with another audit key than the one given. Nothing was "
            "opened; let SECURE_BASE_AUDIT_KEY name the file that holds the practice's own key."
        )


def _is_of_other_key(connection: Connection, key: AuditKey, first: Row[Any]) -> bool:
    practice_id = first.practice_id
    if link(key, START, practice_id, first._asdict()).hex() == first.seal:
        return False
    lines = select(audit).where(audit.c.practice_id == practice_id).order_by(audit.c.sequence.desc()).limit(2)
    last, *before = connection.execute(lines).all()
    sealed_before = bytes.fromhex(before[0].seal or "") if before else START
    return bool(link(key, sealed_before, practice_id, last._asdict()).hex() != last.seal)


def _seal_all(backend: Backend, connection: Connection, key: AuditKey, now: datetime) -> None:
    backend.hold(connection, None)
    backend.drop_guards(connection)
    for practice_id in _waiting(connection, key):
        _seal_lines(connection, key, practice_id)
        _seal_records(connection, key, practice_id, now)
    backend.make_guards(connection)


def _waiting(connection: Connection, key: AuditKey) -> list[UUID]:
    """The practices whose trail is to be sealed."""
    return [first.practice_id for first in _firsts(connection) if _is_to_be_sealed(first, key)]


def _firsts(connection: Connection) -> Sequence[Row[Any]]:
    """The first line of every practice."""
    of_each = select(audit).join(practice, practice.c.id == audit.c.practice_id).where(audit.c.sequence == 1)
    return connection.execute(of_each).all()


def _is_to_be_sealed(first: Row[Any], key: AuditKey) -> bool:
    if first.seal is None:
        return True
    checksum = link(AuditKey.of(None), START, first.practice_id, first._asdict())
    return key.is_secret and first.seal == checksum.hex()


def _seal_lines(connection: Connection, key: AuditKey, practice_id: UUID) -> None:
    before, last = START, 0
    while rows := _lines_after(connection, practice_id, last):
        seals = []
        for row in rows:
            before = link(key, before, practice_id, row._asdict())
            seals.append({"of_practice": practice_id, "of_sequence": row.sequence, "seal": before.hex()})
        connection.execute(_NEW, seals)
        last = rows[-1].sequence


def _lines_after(connection: Connection, practice_id: UUID, sequence: int) -> Sequence[Row[Any]]:
    lines = select(audit).where(audit.c.practice_id == practice_id, audit.c.sequence > sequence)
    return connection.execute(lines.order_by(audit.c.sequence).limit(LINES_AT_ONCE)).all()


def _seal_records(connection: Connection, key: AuditKey, practice_id: UUID, now: datetime) -> None:
    people = select(therapist.c.id).where(therapist.c.practice_id == practice_id).order_by(therapist.c.id)
    actor_id = connection.execute(people.limit(1)).scalar_one()
    seals = (seal for _, row, seal in record_seals(connection, key, practice_id) if row)
    for some in list(_in_lines(seals)):
        line = Line(
            at=now,
            actor_id=actor_id,
            action=Action.SEAL,
            subject=Subject.TRAIL,
            record_id=practice_id,
            record_seals=seals_text(some),
        )
        add_lines(connection, practice_id, [line], key=key, now=now)


def _in_lines(seals: Iterator[RecordSeal]) -> Iterator[list[RecordSeal]]:
    while some := list(islice(seals, RECORDS_IN_A_LINE)):
        yield some
