"""Questionnaire responses in the database, and what was done about their safety items."""

from uuid import UUID

from sqlalchemy import and_, bindparam, select

from core.model.audit import Action, Subject
from core.model.records import Recorded, RecordKind, RecordRef
from core.model.responses import Response, SafetyReview, SafetyReviewDetails
from core.store import audit, record_rows, versions
from core.store.keys import add_row
from core.store.record_tables import answer, entered_total, response, response_version, safety_review
from core.store.rows import Values, told_in
from core.store.tables import therapist
from core.store.unit_of_work import UnitOfWork, ask, of_practice
from core.store.versioned import Parts, VersionedKind


def _answer_rows(content: Response) -> list[Values]:
    return [
        {"item": item, "value": value, "not_applicable": item in content.not_applicable}
        for item, value in content.answers.items()
    ]


def _total_rows(content: Response) -> list[Values]:
    return [{"scale": scale, "value": str(value)} for scale, value in content.totals.items()]


RESPONSES = VersionedKind(
    kind=RecordKind.QUESTIONNAIRE,
    subject=Subject.RESPONSE,
    head=response,
    versions=response_version,
    parts=(
        Parts(field="answers", table=answer, key="response_id", rows=_answer_rows, gathered=record_rows.ANSWERS),
        Parts(
            field="totals",
            table=entered_total,
            key="response_id",
            rows=_total_rows,
            gathered=record_rows.TOTALS,
        ),
    ),
    day="day",
    row=record_rows.ResponseRow,
    values=record_rows.response_values,
    content_from=record_rows.response_from,
)

_reviews = safety_review.c
_REVIEWS = (
    select(*told_in(safety_review), therapist.c.name.label("writer"))
    .join(response, and_(response.c.practice_id == _reviews.practice_id, response.c.id == _reviews.response_id))
    .join(therapist, and_(therapist.c.practice_id == _reviews.practice_id, therapist.c.id == _reviews.written_by))
    .where(of_practice(safety_review))
    .order_by(_reviews.written_at, _reviews.id)
)
_REVIEWS_OF_CLIENT = _REVIEWS.where(response.c.client_id == bindparam("client_id"))
_SAME_REVIEW = _REVIEWS.where(
    _reviews.response_id == bindparam("response"),
    _reviews.response_version == bindparam("version"),
    _reviews.written_by == bindparam("writer"),
    _reviews.action == bindparam("action"),
    _reviews.words == bindparam("words"),
)


def add(work: UnitOfWork, client_id: UUID, content: Response, request_id: UUID) -> Recorded[Response]:
    """Save a new response; the same `request_id` again gives the first one back."""
    return versions.add(work, RESPONSES, client_id, content, request_id)


def add_version(work: UnitOfWork, ref: RecordRef, content: Response, reason: str) -> Recorded[Response]:
    """Save a correction; `Conflict` unless `ref` is the newest version."""
    return versions.add_version(work, RESPONSES, ref, content, reason)


def withdraw(work: UnitOfWork, ref: RecordRef, reason: str) -> Recorded[Response]:
    """Take a response out of every score; all its versions are kept."""
    return versions.withdraw(work, RESPONSES, ref, reason)


def get(work: UnitOfWork, response_id: UUID) -> Recorded[Response]:
    """The newest version, withdrawn or not."""
    return versions.newest(work, RESPONSES, response_id)


def at_version(work: UnitOfWork, response_id: UUID, version: int) -> Recorded[Response]:
    """The version that a statement cites."""
    return versions.at_version(work, RESPONSES, response_id, version)


def history(work: UnitOfWork, response_id: UUID) -> tuple[Recorded[Response], ...]:
    """Every version, first to newest."""
    return versions.history(work, RESPONSES, response_id)


def of_client(work: UnitOfWork, client_id: UUID) -> tuple[Recorded[Response], ...]:
    """What counts of one client: newest versions not withdrawn, by day and number."""
    return versions.of_client(work, RESPONSES, client_id)


def add_safety_review(work: UnitOfWork, ref: RecordRef, details: SafetyReviewDetails) -> SafetyReview:
    """Keep what was done about the safety item of one version of a response.

    The same words about the same version saved twice by the same therapist are one review.
    """
    versions.at_version(work, RESPONSES, ref.id, ref.version)
    words = {"action": details.action.value, "words": details.words}
    saved = ask(work, _SAME_REVIEW, response=ref.id, version=ref.version, writer=work.actor.id, **words)
    if saved:
        return record_rows.safety_review_from(saved[0])
    review = SafetyReview(
        id=work.new_id(),
        response_id=ref.id,
        response_version=ref.version,
        details=details,
        written_at=work.now,
        written_by=work.actor.name,
    )
    add_row(work, safety_review, record_rows.safety_review_values(review) | {"written_by": work.actor.id})
    audit.record(work, Action.REVIEW_SAFETY, Subject.RESPONSE, ref.id, version=ref.version)
    return review


def safety_reviews(work: UnitOfWork, client_id: UUID) -> tuple[SafetyReview, ...]:
    """The safety reviews of one client, oldest first."""
    return tuple(record_rows.safety_review_from(row) for row in ask(work, _REVIEWS_OF_CLIENT, client_id=client_id))
