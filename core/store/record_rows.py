"""Rows and nouns of check-ins, questionnaire responses and safety reviews: both directions side by side."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar, cast

from sqlalchemy import Row

from core.errors import InvalidInput
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, SignAnswer, Source
from core.model.records import Recorded, RecordKind, RecordRef, as_stored
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
from core.store.gathered import json_array, json_group_array, json_group_object
from core.store.record_tables import DISTORTION_COLUMNS, SIGN_COLUMNS, answer, entered_total, episode
from core.store.rows import Values, in_order
from core.store.versioned import VersionRow

Content = TypeVar("Content")
Answer = TypeVar("Answer")

_NO_COUNTS, _NO_ANSWERS = dict.fromkeys(DISTORTION_COLUMNS), dict.fromkeys(SIGN_COLUMNS)
_NONE_ASKED: Mapping[str, Any] = MappingProxyType({})
_NONE_ENTERED: Mapping[str, Fraction] = MappingProxyType({})
_NOT_RECORDED = Circumstances()

EPISODES = json_group_object(episode.c.place, json_array(*(episode.c[name] for name in Episode.__struct_fields__)))
"""The episodes by their place, each as the list of its fields."""
ANSWERS = json_array(
    json_group_object(answer.c.item, answer.c.value),
    json_group_array(answer.c.item).filter(answer.c.not_applicable),
)
"""The answers by item, and the items that do not apply."""
TOTALS = json_group_object(entered_total.c.scale, entered_total.c.value)


class CheckInRow(mark_rows.FullRow, array_like=True):
    """What is read of a version of a check-in, with its `EPISODES`."""

    period_end: date
    period_days: int
    source: Source
    anxiety_average: int | None
    anxiety_peak: int | None
    reassurance_count: int | None
    reassurance_count_kind: CountKind | None
    distortions_unsorted: int | None
    cd_mind_reading: int | None
    cd_catastrophizing: int | None
    cd_personalization: int | None
    cd_black_white: int | None
    cd_emotional_reasoning: int | None
    ws_reassurance: SignAnswer | None
    ws_checking: SignAnswer | None
    ws_panic_jealousy: SignAnswer | None
    ws_overthinking: SignAnswer | None
    ws_isolation: SignAnswer | None
    ws_repeated_conflict: SignAnswer | None
    episodes: dict[int, Episode] | None
    client_words: str | None
    note: str | None


class ResponseRow(VersionRow, array_like=True):
    """What is read of a version of a response, with its `ANSWERS` or its `TOTALS`."""

    questionnaire: str
    questionnaire_version: int
    day: date
    answered_by: AnsweredBy | None
    mode: Mode | None
    language: str | None
    answers: tuple[dict[int, int | None], frozenset[int] | None] | None
    totals: dict[str, str] | None


def recorded_from(kind: RecordKind, row: VersionRow, content: Content) -> Recorded[Content]:
    """What every version has, around its content."""
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
        **{kind: content.distortions_by_kind.get(kind) for kind in DISTORTION_COLUMNS},
        **{sign: (answer := content.signs.get(sign)) and answer.value for sign in SIGN_COLUMNS},
        "client_words": content.client_words,
        "note": content.note,
        **mark_rows.full_values(content.full),
    }


def check_in_from(row: CheckInRow) -> CheckIn:
    """A check-in with all its parts."""
    kinds = {
        "cd_mind_reading": row.cd_mind_reading,
        "cd_catastrophizing": row.cd_catastrophizing,
        "cd_personalization": row.cd_personalization,
        "cd_black_white": row.cd_black_white,
        "cd_emotional_reasoning": row.cd_emotional_reasoning,
    }
    signs = {
        "ws_reassurance": row.ws_reassurance,
        "ws_checking": row.ws_checking,
        "ws_panic_jealousy": row.ws_panic_jealousy,
        "ws_overthinking": row.ws_overthinking,
        "ws_isolation": row.ws_isolation,
        "ws_repeated_conflict": row.ws_repeated_conflict,
    }
    episodes = row.episodes
    fields = {
        "period_end": row.period_end,
        "period_days": row.period_days,
        "source": row.source,
        "anxiety_average": row.anxiety_average,
        "anxiety_peak": row.anxiety_peak,
        "reassurance_count": row.reassurance_count,
        "reassurance_count_kind": row.reassurance_count_kind,
        "distortions_unsorted": row.distortions_unsorted,
        "distortions_by_kind": _asked(kinds, _NO_COUNTS),
        "signs": _asked(signs, _NO_ANSWERS),
        "episodes": tuple([episodes[place] for place in sorted(episodes)]) if episodes else (),
        "full": mark_rows.full_from(row),
        "client_words": row.client_words,
        "note": row.note,
    }
    return as_stored(CheckIn, fields)


def _asked(answers: dict[str, Answer | None], blank: dict[str, None]) -> Mapping[str, Answer]:
    """Those that were asked; where none was, the answers are `blank`."""
    if answers == blank:
        return _NONE_ASKED
    for each in answers.values():
        if each is None:
            return MappingProxyType({name: told for name, told in answers.items() if told is not None})
    return MappingProxyType(cast("dict[str, Answer]", answers))


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


def response_from(row: ResponseRow) -> Response:
    """A response with its answers or totals."""
    answers, not_applicable = row.answers or ({}, None)
    fields = {
        "questionnaire": row.questionnaire,
        "questionnaire_version": row.questionnaire_version,
        "day": row.day,
        "answers": in_order(answers),
        "not_applicable": not_applicable or frozenset(),
        "totals": _totals_from(row.totals) if row.totals else _NONE_ENTERED,
        "circumstances": _circumstances_from(row),
    }
    return as_stored(Response, fields)


def _totals_from(totals: Mapping[str, str]) -> Mapping[str, Fraction]:
    return MappingProxyType({scale: Fraction(value) for scale, value in sorted(totals.items())})


def _circumstances_from(row: ResponseRow) -> Circumstances:
    if row.answered_by is None and row.mode is None and row.language is None:
        return _NOT_RECORDED
    fields: dict[str, object] = {"answered_by": row.answered_by, "mode": row.mode, "language": row.language}
    return as_stored(Circumstances, fields)


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
