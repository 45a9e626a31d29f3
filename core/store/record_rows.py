"""Rows and nouns of check-ins, questionnaire responses and safety reviews: both directions side by side."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

from sqlalchemy import Row

from core.errors import InvalidInput
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, How, PartOfDay, ReliefEnded, SignAnswer, Source, Whom
from core.model.records import Recorded, RecordKind, RecordRef
from core.model.responses import (
    AnsweredBy,
    Circumstances,
    Mode,
    Response,
    SafetyAction,
    SafetyReview,
    SafetyReviewDetails,
)
from core.store import mark_rows
from core.store.record_tables import DISTORTION_COLUMNS, SIGN_COLUMNS
from core.store.rows import Values

Content = TypeVar("Content")

# A choice by its stored word: looked up thousands of times for one review, where calling the enumeration is slow.
_ANSWERS = {choice.value: choice for choice in SignAnswer}
_PARTS_OF_DAY = {choice.value: choice for choice in PartOfDay}
_WHOM = {choice.value: choice for choice in Whom}
_HOW = {choice.value: choice for choice in How}
_ENDED = {choice.value: choice for choice in ReliefEnded}


def recorded_from(kind: RecordKind, row: Row[Any], content: Content) -> Recorded[Content]:
    """What every version has, around its content; `number` and `writer` are joined columns."""
    return Recorded(
        ref=RecordRef(kind=kind, number=row.number, version=row.version, id=row.id),
        client_id=row.client_id,
        recorded_at=row.recorded_at,
        recorded_on=row.recorded_on,
        recorded_by=row.writer,
        reason=row.reason,
        withdrawn=row.withdrawn,
        content=content,
    )


def check_in_values(content: CheckIn) -> Values:
    """The columns of a check-in; kinds and signs without a column are refused (`InvalidInput`)."""
    _refuse_unknown(content.distortions_by_kind, DISTORTION_COLUMNS)
    _refuse_unknown(content.signs, SIGN_COLUMNS)
    return {
        "period_end": content.period_end,
        "period_days": content.period_days,
        "source": content.source.value,
        "anxiety_average": content.anxiety_average,
        "anxiety_peak": content.anxiety_peak,
        "reassurance_count": content.reassurance_count,
        "reassurance_count_kind": content.reassurance_count_kind and content.reassurance_count_kind.value,
        "distortions_unsorted": content.distortions_unsorted,
        **dict(content.distortions_by_kind),
        **{sign: answer.value for sign, answer in content.signs.items()},
        "client_words": content.client_words,
        "note": content.note,
        **mark_rows.full_values(content.full),
    }


def check_in_from(row: Row[Any], episodes: Iterable[Row[Any]], marks: Iterable[Row[Any]]) -> CheckIn:
    """A check-in with the rows of its episodes, in their order, and of its marks."""
    columns = row._mapping  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return CheckIn(
        period_end=row.period_end,
        period_days=row.period_days,
        source=Source(row.source),
        anxiety_average=row.anxiety_average,
        anxiety_peak=row.anxiety_peak,
        reassurance_count=row.reassurance_count,
        reassurance_count_kind=row.reassurance_count_kind and CountKind(row.reassurance_count_kind),
        distortions_unsorted=row.distortions_unsorted,
        distortions_by_kind={kind: columns[kind] for kind in DISTORTION_COLUMNS if columns[kind] is not None},
        signs={sign: _ANSWERS[columns[sign]] for sign in SIGN_COLUMNS if columns[sign] is not None},
        episodes=tuple(episode_from(episode) for episode in episodes),
        full=mark_rows.full_from(row, marks),
        client_words=row.client_words,
        note=row.note,
    )


def episode_values(episode: Episode, place: int) -> Values:
    """The columns of the episode in row `place`, from 1."""
    return {
        "place": place,
        "day": episode.day,
        "part_of_day": episode.part_of_day and episode.part_of_day.value,
        "whom": episode.whom and episode.whom.value,
        "how": episode.how and episode.how.value,
        "relief": episode.relief,
        "relief_minutes": episode.relief_minutes,
        "ended": episode.ended and episode.ended.value,
        "same_worry": episode.same_worry,
    }


def episode_from(row: Row[Any]) -> Episode:
    """An episode."""
    return Episode(
        day=row.day,
        part_of_day=row.part_of_day and _PARTS_OF_DAY[row.part_of_day],
        whom=row.whom and _WHOM[row.whom],
        how=row.how and _HOW[row.how],
        relief=row.relief,
        relief_minutes=row.relief_minutes,
        ended=row.ended and _ENDED[row.ended],
        same_worry=row.same_worry,
    )


def response_values(content: Response) -> Values:
    """The columns of a response; its answers are rows of their own."""
    return {
        "questionnaire": content.questionnaire,
        "questionnaire_version": content.questionnaire_version,
        "day": content.day,
        "answered_by": content.circumstances.answered_by and content.circumstances.answered_by.value,
        "mode": content.circumstances.mode and content.circumstances.mode.value,
        "language": content.circumstances.language,
    }


def response_from(row: Row[Any], answers: Iterable[Row[Any]], totals: Iterable[Row[Any]]) -> Response:
    """A response with the rows of its answers, or of the totals that were entered."""
    given = tuple(answers)
    return Response(
        questionnaire=row.questionnaire,
        questionnaire_version=row.questionnaire_version,
        day=row.day,
        answers={answer.item: answer.value for answer in given},
        not_applicable=frozenset(answer.item for answer in given if answer.not_applicable),
        totals={total.scale: Fraction(total.value) for total in totals},
        circumstances=Circumstances(
            answered_by=row.answered_by and AnsweredBy(row.answered_by),
            mode=row.mode and Mode(row.mode),
            language=row.language,
        ),
    )


def safety_review_values(review: SafetyReview) -> Values:
    """The columns of a safety review but for the id of its writer."""
    return {
        "id": review.id,
        "response_id": review.response_id,
        "response_version": review.response_version,
        "action": review.details.action.value,
        "words": review.details.words,
        "written_at": review.written_at,
    }


def safety_review_from(row: Row[Any]) -> SafetyReview:
    """A safety review with its writer's name (column `writer`)."""
    return SafetyReview(
        id=row.id,
        response_id=row.response_id,
        response_version=row.response_version,
        details=SafetyReviewDetails(action=SafetyAction(row.action), words=row.words),
        written_at=row.written_at,
        written_by=row.writer,
    )


def _refuse_unknown(given: Mapping[str, object], columns: tuple[str, ...]) -> None:
    unknown = sorted(set(given) - set(columns))
    if unknown:
        raise InvalidInput(
            f"{', '.join(unknown)} has no place in the database; {', '.join(columns)} have. Nothing was saved."
        )
