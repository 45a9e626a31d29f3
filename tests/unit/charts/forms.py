"""Filled questionnaires as stored and scored, a week apart or on days of their own."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from core.analysis.change import administrations
from core.analysis.form_progress import forms_of
from core.analysis.scoring import score_entered, score_response
from core.catalogue import load_catalogue
from core.model.changes import FormProgress
from core.model.questionnaire_definitions import Questionnaire
from core.model.records import Recorded, RecordKind, RecordRef
from core.model.responses import Response
from core.model.review import ScoredResponse
from core.model.scores import Score
from tests.builders import CLIENT

QUESTIONNAIRES = load_catalogue().questionnaires
START = date(2026, 1, 5)


def filled(form: str, value: float | None, day: date, number: int = 1) -> ScoredResponse:
    """One form with this total (of a form without one: each of its subscales); `None` is one answer of all."""
    questionnaire = QUESTIONNAIRES[form]
    if value is None:
        item = questionnaire.items[0]
        response = Response(
            questionnaire=form, questionnaire_version=questionnaire.version, day=day, answers={1: item.minimum}
        )
        return _scored(response, score_response(questionnaire, response.answers), number)
    names = ("total",) if questionnaire.has_total else tuple(each.id for each in questionnaire.subscales)
    score = score_entered(questionnaire, {name: str(value) for name in names})
    totals = {name: score.total if name == "total" else score.subscale(name).value for name in names}
    response = Response(
        questionnaire=form,
        questionnaire_version=questionnaire.version,
        day=day,
        totals={name: total for name, total in totals.items() if total is not None},
    )
    return _scored(response, score, number)


def answered(form: str, answers: Mapping[int, int | None], day: date, number: int = 1) -> ScoredResponse:
    """One form with these answers."""
    questionnaire = QUESTIONNAIRES[form]
    response = Response(questionnaire=form, questionnaire_version=questionnaire.version, day=day, answers=dict(answers))
    return _scored(response, score_response(questionnaire, answers), number)


def series(form: str, values: Sequence[float | None], *, days: int = 7) -> tuple[ScoredResponse, ...]:
    """Forms that many days apart, oldest first."""
    return tuple(filled(form, value, START + timedelta(days=days * at), at + 1) for at, value in enumerate(values))


def progress(form: str, *values: float | None, days: int = 7, planned: int | None = None) -> FormProgress:
    """The first total or subscale of such a series."""
    return progresses(series(form, values, days=days), planned={form: planned} if planned else {})[0]


def progresses(
    responses: Sequence[ScoredResponse],
    *,
    planned: Mapping[str, int] | None = None,
    definitions: Mapping[str, Questionnaire] = QUESTIONNAIRES,
    since: date | None = None,
) -> tuple[FormProgress, ...]:
    """All of what was filled in."""
    return forms_of(administrations(responses), definitions, planned_days=planned or {}, since=since)


def _scored(response: Response, score: Score, number: int) -> ScoredResponse:
    at = datetime.combine(response.day, time(12), UTC)
    return ScoredResponse(
        response=Recorded(
            ref=RecordRef(kind=RecordKind.QUESTIONNAIRE, number=number, version=1, id=UUID(int=9_000 + number)),
            client_id=CLIENT,
            recorded_at=at,
            recorded_on=response.day,
            recorded_by="Dr Example",
            reason=None,
            withdrawn=False,
            content=response,
        ),
        score=score,
    )
