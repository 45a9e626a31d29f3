"""Rows and nouns of check-ins, questionnaire responses and safety reviews: both directions side by side."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import itemgetter
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Row

from core.errors import InvalidInput
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, How, PartOfDay, ReliefEnded, SignAnswer, Source, Whom
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
from core.store.record_tables import DISTORTION_COLUMNS, SIGN_COLUMNS
from core.store.rows import Child, Columns, KnownIds, Values

Content = TypeVar("Content")

# A choice by its stored word: looked up thousands of times for one review, where calling the enumeration is slow.
_ANSWERS = {choice.value: choice for choice in SignAnswer}
_PARTS_OF_DAY = {choice.value: choice for choice in PartOfDay}
_WHOM = {choice.value: choice for choice in Whom}
_HOW = {choice.value: choice for choice in How}
_ENDED = {choice.value: choice for choice in ReliefEnded}
_SOURCES = {choice.value: choice for choice in Source}
_COUNT_KINDS = {choice.value: choice for choice in CountKind}

_item_and_value = itemgetter(2, 3)  # of the row of an answer, after record and version
_kinds_in, _signs_in = itemgetter(*DISTORTION_COLUMNS), itemgetter(*SIGN_COLUMNS)
_NO_COUNTS, _NO_ANSWERS = (None,) * len(DISTORTION_COLUMNS), (None,) * len(SIGN_COLUMNS)
_NONE_COUNTED: Mapping[str, int] = MappingProxyType({})  # of all check-ins that are as short as most are
_NONE_ANSWERED: Mapping[str, SignAnswer] = MappingProxyType({})
_NONE_ENTERED: Mapping[str, Fraction] = MappingProxyType({})
_NOT_RECORDED = Circumstances()

EPISODE_COLUMNS = ("day", "part_of_day", "whom", "how", "relief", "relief_minutes", "ended", "same_worry")


def recorded_from(kind: RecordKind, columns: Columns, ids: KnownIds, content: Content) -> Recorded[Content]:
    """What every version has, around its content; `number` and `writer` are joined columns."""
    fields = {
        "ref": RecordRef(kind=kind, number=columns["number"], version=columns["version"], id=ids[columns["id"]]),
        "client_id": ids[columns["client_id"]],
        "recorded_at": columns["recorded_at"],
        "recorded_on": columns["recorded_on"],
        "recorded_by": columns["writer"],
        "reason": columns["reason"],
        "withdrawn": columns["withdrawn"],
        "content": content,
    }
    return as_stored(Recorded, fields)


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


def check_in_from(columns: Columns, ids: KnownIds, episodes: Sequence[Child], marks: Sequence[Child]) -> CheckIn:
    """A check-in with the rows of its episodes, in their order, and of its marks."""
    count_kind, counts, answers = columns["reassurance_count_kind"], _kinds_in(columns), _signs_in(columns)
    kinds, signs = _NONE_COUNTED, _NONE_ANSWERED
    if counts != _NO_COUNTS:
        given = zip(DISTORTION_COLUMNS, counts, strict=True)
        kinds = MappingProxyType({kind: count for kind, count in given if count is not None})
    if answers != _NO_ANSWERS:
        told = zip(SIGN_COLUMNS, answers, strict=True)
        signs = MappingProxyType({sign: _ANSWERS[answer] for sign, answer in told if answer is not None})
    fields = {
        "period_end": columns["period_end"],
        "period_days": columns["period_days"],
        "source": _SOURCES[columns["source"]],
        "anxiety_average": columns["anxiety_average"],
        "anxiety_peak": columns["anxiety_peak"],
        "reassurance_count": columns["reassurance_count"],
        "reassurance_count_kind": count_kind and _COUNT_KINDS[count_kind],
        "distortions_unsorted": columns["distortions_unsorted"],
        "distortions_by_kind": kinds,
        "signs": signs,
        "episodes": tuple([episode_from(episode) for episode in episodes]) if episodes else (),
        "full": mark_rows.full_from(columns, ids, marks),
        "client_words": columns["client_words"],
        "note": columns["note"],
    }
    return as_stored(CheckIn, fields)


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


def episode_from(row: Child) -> Episode:
    """An episode from its row: record and version, then `EPISODE_COLUMNS`."""
    _, _, day, part_of_day, whom, how, relief, relief_minutes, ended, same_worry = row
    return Episode(
        day=day,
        part_of_day=part_of_day and _PARTS_OF_DAY[part_of_day],
        whom=whom and _WHOM[whom],
        how=how and _HOW[how],
        relief=relief,
        relief_minutes=relief_minutes,
        ended=ended and _ENDED[ended],
        same_worry=same_worry,
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


def response_from(columns: Columns, _ids: KnownIds, answers: Sequence[Child], totals: Sequence[Child]) -> Response:
    """A response with the rows of its answers, by item, or of the totals that were entered."""
    fields = {
        "questionnaire": columns["questionnaire"],
        "questionnaire_version": columns["questionnaire_version"],
        "day": columns["day"],
        "answers": MappingProxyType(dict(map(_item_and_value, answers))),
        "not_applicable": frozenset([item for _, _, item, _, not_applicable in answers if not_applicable]),
        "totals": _totals_from(totals) if totals else _NONE_ENTERED,
        "circumstances": _circumstances_from(columns),
    }
    return as_stored(Response, fields)


def _totals_from(totals: Sequence[Child]) -> Mapping[str, Fraction]:
    return MappingProxyType({scale: Fraction(value) for _, _, scale, value in sorted(totals)})


def _circumstances_from(columns: Columns) -> Circumstances:
    answered_by, mode, language = columns["answered_by"], columns["mode"], columns["language"]
    if answered_by is None and mode is None and language is None:
        return _NOT_RECORDED
    return Circumstances(
        answered_by=answered_by and AnsweredBy(answered_by), mode=mode and Mode(mode), language=language
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
