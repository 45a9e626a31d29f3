"""Rows and nouns of check-ins, questionnaire responses and safety reviews: both directions side by side."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import accumulate, chain
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
from core.store.gathered import json_array, json_group_array, json_group_object, rows_of
from core.store.record_tables import DISTORTION_COLUMNS, SIGN_COLUMNS, answer, entered_total, episode
from core.store.rows import Columns, KnownIds, Values, id_from

Content = TypeVar("Content")

# A choice by its stored word: looked up thousands of times for one review, where calling the enumeration is slow.
_ANSWERS = {choice.value: choice for choice in SignAnswer}
_PARTS_OF_DAY = {None: None} | {choice.value: choice for choice in PartOfDay}
_WHOM = {None: None} | {choice.value: choice for choice in Whom}
_HOW = {None: None} | {choice.value: choice for choice in How}
_ENDED = {None: None} | {choice.value: choice for choice in ReliefEnded}
_SAME = {None: None, 0: False, 1: True}  # within JSON SQLite gives a number, PostgreSQL what is equal to it
_SOURCES = {choice.value: choice for choice in Source}
_COUNT_KINDS = {None: None} | {choice.value: choice for choice in CountKind}

_NO_COUNTS, _NO_ANSWERS = (None,) * len(DISTORTION_COLUMNS), (None,) * len(SIGN_COLUMNS)
_NONE_COUNTED: Mapping[str, int] = MappingProxyType({})  # of all check-ins that are as short as most are
_NONE_ANSWERED: Mapping[str, SignAnswer] = MappingProxyType({})
_NONE_ENTERED: Mapping[str, Fraction] = MappingProxyType({})
_NOT_RECORDED = Circumstances()

_OWN_COLUMNS = (
    "period_end",
    "period_days",
    "source",
    "anxiety_average",
    "anxiety_peak",
    "reassurance_count",
    "reassurance_count_kind",
    "distortions_unsorted",
    "client_words",
    "note",
)
_GROUPS = (_OWN_COLUMNS, DISTORTION_COLUMNS, SIGN_COLUMNS, mark_rows.FULL_COLUMNS)
CHECK_IN_COLUMNS = tuple(chain.from_iterable(_GROUPS))
_ends = tuple(accumulate(map(len, _GROUPS)))
_in_groups = itemgetter(*map(slice, (0, *_ends), _ends))
RESPONSE_COLUMNS = ("questionnaire", "questionnaire_version", "day", "answered_by", "mode", "language")

EPISODES = rows_of(
    *(episode.c[name] for name in ("place", "day", "part_of_day", "whom", "how")),
    *(episode.c[name] for name in ("relief", "relief_minutes", "ended", "same_worry")),
)
ANSWERS = json_array(
    rows_of(answer.c.item, answer.c.value), json_group_array(answer.c.item).filter(answer.c.not_applicable)
)
"""The items with their answers, and the items that do not apply."""
TOTALS = json_group_object(entered_total.c.scale, entered_total.c.value)


def recorded_from(kind: RecordKind, about: Columns, ids: KnownIds, content: Content) -> Recorded[Content]:
    """What every version has, around its content: `about` is what stands in the columns of `ABOUT`."""
    record_id, version, client_id, recorded_at, recorded_on, reason, withdrawn, number, writer = about
    fields = {
        "ref": RecordRef(kind=kind, number=number, version=version, id=id_from(record_id)),
        "client_id": ids[client_id],
        "recorded_at": recorded_at,
        "recorded_on": recorded_on,
        "recorded_by": writer,
        "reason": reason,
        "withdrawn": withdrawn,
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


def check_in_from(columns: Columns, ids: KnownIds, episodes: list[list[Any]] | None, marks: list[Any]) -> CheckIn:
    """A check-in of what stands in `CHECK_IN_COLUMNS`, with its `EPISODES` and its marks."""
    own, counts, answers, full = _in_groups(columns)
    period_end, period_days, source, average, peak, count, count_kind, unsorted, client_words, note = own
    kinds, signs = _NONE_COUNTED, _NONE_ANSWERED
    if counts != _NO_COUNTS:
        given = zip(DISTORTION_COLUMNS, counts, strict=True)
        kinds = MappingProxyType({kind: count for kind, count in given if count is not None})
    if answers != _NO_ANSWERS:
        told = zip(SIGN_COLUMNS, map(_ANSWERS.get, answers), strict=True)
        signs = MappingProxyType({sign: answer for sign, answer in told if answer is not None})
    fields = {
        "period_end": period_end,
        "period_days": period_days,
        "source": _SOURCES[source],
        "anxiety_average": average,
        "anxiety_peak": peak,
        "reassurance_count": count,
        "reassurance_count_kind": _COUNT_KINDS[count_kind],
        "distortions_unsorted": unsorted,
        "distortions_by_kind": kinds,
        "signs": signs,
        "episodes": tuple([_episode_from(one) for one in sorted(episodes)]) if episodes else (),
        "full": mark_rows.full_from(full, ids, marks),
        "client_words": client_words,
        "note": note,
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


def _episode_from(row: list[Any]) -> Episode:
    _, day, part_of_day, whom, how, relief, relief_minutes, ended, same_worry = row
    return Episode(
        day=day and date.fromisoformat(day),
        part_of_day=_PARTS_OF_DAY[part_of_day],
        whom=_WHOM[whom],
        how=_HOW[how],
        relief=relief,
        relief_minutes=relief_minutes,
        ended=_ENDED[ended],
        same_worry=_SAME[same_worry],
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


def response_from(columns: Columns, _ids: KnownIds, answers: list[Any], totals: dict[str, str] | None) -> Response:
    """A response of what stands in `RESPONSE_COLUMNS`, with its `ANSWERS` or its `TOTALS`."""
    questionnaire, version, day, *circumstances = columns
    by_item, not_applicable = answers
    fields = {
        "questionnaire": questionnaire,
        "questionnaire_version": version,
        "day": day,
        "answers": MappingProxyType(dict(sorted(by_item or ()))),
        "not_applicable": frozenset(not_applicable or ()),
        "totals": _totals_from(totals) if totals else _NONE_ENTERED,
        "circumstances": _circumstances_from(*circumstances),
    }
    return as_stored(Response, fields)


def _totals_from(totals: Mapping[str, str]) -> Mapping[str, Fraction]:
    return MappingProxyType({scale: Fraction(value) for scale, value in sorted(totals.items())})


def _circumstances_from(answered_by: str | None, mode: str | None, language: str | None) -> Circumstances:
    if answered_by is None and mode is None and language is None:
        return _NOT_RECORDED
    return Circumstances(
        answered_by=AnsweredBy(answered_by) if answered_by else None,
        mode=Mode(mode) if mode else None,
        language=language,
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
