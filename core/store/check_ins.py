"""Check-ins in the database: append-only versions with their episodes."""

from datetime import date
from uuid import UUID

from core.model.audit import Subject
from core.model.check_in import CheckIn
from core.model.records import Recorded, RecordKind, RecordRef
from core.store import mark_rows, record_rows, versions
from core.store.record_tables import check_in, check_in_version, episode, mark
from core.store.rows import Values
from core.store.unit_of_work import UnitOfWork
from core.store.versioned import Parts, VersionedKind


def _episode_rows(content: CheckIn) -> list[Values]:
    return [record_rows.episode_values(one, place) for place, one in enumerate(content.episodes, start=1)]


CHECK_INS = VersionedKind(
    kind=RecordKind.CHECK_IN,
    subject=Subject.CHECK_IN,
    head=check_in,
    versions=check_in_version,
    parts=(
        Parts(
            field="episodes",
            table=episode,
            key="check_in_id",
            rows=_episode_rows,
            gathered=record_rows.EPISODES,
        ),
        Parts(field="marks", table=mark, key="check_in_id", rows=mark_rows.mark_values, gathered=mark_rows.MARKS),
    ),
    day="period_end",
    row=record_rows.CheckInRow,
    values=record_rows.check_in_values,
    content_from=record_rows.check_in_from,
)


def add(work: UnitOfWork, client_id: UUID, content: CheckIn, request_id: UUID) -> Recorded[CheckIn]:
    """Save a new check-in; the same `request_id` again gives the first one back."""
    return versions.add(work, CHECK_INS, client_id, content, request_id)


def add_version(work: UnitOfWork, ref: RecordRef, content: CheckIn, reason: str) -> Recorded[CheckIn]:
    """Save a correction; `Conflict` unless `ref` is the newest version."""
    return versions.add_version(work, CHECK_INS, ref, content, reason)


def withdraw(work: UnitOfWork, ref: RecordRef, reason: str) -> Recorded[CheckIn]:
    """Take a check-in out of every count; all its versions are kept."""
    return versions.withdraw(work, CHECK_INS, ref, reason)


def get(work: UnitOfWork, check_in_id: UUID) -> Recorded[CheckIn]:
    """The newest version, withdrawn or not."""
    return versions.newest(work, CHECK_INS, check_in_id)


def at_version(work: UnitOfWork, check_in_id: UUID, version: int) -> Recorded[CheckIn]:
    """The version that a statement cites."""
    return versions.at_version(work, CHECK_INS, check_in_id, version)


def history(work: UnitOfWork, check_in_id: UUID) -> tuple[Recorded[CheckIn], ...]:
    """Every version, first to newest."""
    return versions.history(work, CHECK_INS, check_in_id)


def of_client(work: UnitOfWork, client_id: UUID) -> tuple[Recorded[CheckIn], ...]:
    """What counts of one client: newest versions not withdrawn, by end of period and number."""
    return versions.of_client(work, CHECK_INS, client_id)


def recent(work: UnitOfWork, since: date) -> dict[UUID, tuple[Recorded[CheckIn], ...]]:
    """What counts of every client whose period ends on `since` or later; clients without any are absent."""
    return versions.by_client(versions.since(work, CHECK_INS, since))
