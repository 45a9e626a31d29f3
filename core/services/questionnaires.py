"""Recording questionnaires, their scores, and what was done about a safety item."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from core.analysis.answers import parse_answers
from core.analysis.scoring import not_scored, score_response
from core.catalogue import Catalogue
from core.errors import InvalidInput
from core.model.days import print_day
from core.model.questionnaire_definitions import Questionnaire
from core.model.records import Recorded, RecordRef
from core.model.responses import Response, SafetyReview, SafetyReviewDetails
from core.model.review import ScoredResponse
from core.model.scores import Score
from core.services.check_ins import UNDONE, needed_reason
from core.store import UnitOfWork, responses


def read_answers(questionnaire: Questionnaire, typed: str) -> dict[int, int | None]:
    """Answers typed in the form's order, by item; `InvalidInput` names the first place that is not taken."""
    return parse_answers(questionnaire, typed)


def preview_score(questionnaire: Questionnaire, answers: Mapping[int, int | None]) -> Score:
    """The score as the form stands now; nothing is saved."""
    return score_response(questionnaire, answers)


def record_response(
    work: UnitOfWork, client_id: UUID, questionnaire: Questionnaire, response: Response, request_id: UUID
) -> Recorded[Response]:
    """Save a filled questionnaire once; a safety item above 0 is saved as not yet reviewed."""
    _check(work, questionnaire, response)
    return responses.add(work, client_id, response, request_id)


def correct_response(
    work: UnitOfWork, ref: RecordRef, questionnaire: Questionnaire, response: Response, reason: str
) -> Recorded[Response]:
    """Save the next version of a response; the earlier one is kept. `Conflict` if `ref` is not the newest."""
    _check(work, questionnaire, response)
    return responses.add_version(work, ref, response, needed_reason(reason))


def withdraw_response(work: UnitOfWork, ref: RecordRef, reason: str = UNDONE) -> Recorded[Response]:
    """Take a response out of every figure; it is kept with the reason."""
    return responses.withdraw(work, ref, needed_reason(reason))


def review_safety_item(work: UnitOfWork, ref: RecordRef, details: SafetyReviewDetails) -> SafetyReview:
    """Write what was done about the safety item of a response; only this takes it off Today."""
    return responses.add_safety_review(work, ref, details)


def scored_responses(work: UnitOfWork, catalogue: Catalogue, client_id: UUID) -> tuple[ScoredResponse, ...]:
    """A client's responses that count, oldest first; beside each the reviews of exactly that version.

    Each is scored under the version of the definition it was filled in under, and by no other: where that is not
    here there is no total, and the score says so.
    """
    written: dict[UUID, list[SafetyReview]] = defaultdict(list)
    for review in responses.safety_reviews(work, client_id):
        written[review.response_id].append(review)
    return tuple(
        _scored(catalogue, response, written[response.ref.id]) for response in responses.of_client(work, client_id)
    )


def _scored(catalogue: Catalogue, response: Recorded[Response], reviews: Sequence[SafetyReview]) -> ScoredResponse:
    content = response.content
    questionnaire = catalogue.questionnaire(content.questionnaire, content.questionnaire_version)
    if questionnaire is None:
        newest = catalogue.questionnaires.get(content.questionnaire)
        score = not_scored(content.questionnaire, content.questionnaire_version, content.answers, newest)
    else:
        score = score_response(questionnaire, content.answers)
    return ScoredResponse(
        response=response,
        score=score,
        reviews=tuple(review for review in reviews if review.response_version == response.ref.version),
    )


def _check(work: UnitOfWork, questionnaire: Questionnaire, response: Response) -> None:
    if response.day > work.today:
        raise InvalidInput(
            f"The questionnaire's date {print_day(response.day)} lies in the future. Nothing was saved; "
            f"choose {print_day(work.today)} or earlier."
        )
    if (response.questionnaire, response.questionnaire_version) != (questionnaire.id, questionnaire.version):
        raise InvalidInput(
            f"The answers belong to version {response.questionnaire_version} of their form, and not to version "
            f"{questionnaire.version} of {questionnaire.short_name}. Nothing was saved; open the form again."
        )
    score_response(questionnaire, response.answers)
