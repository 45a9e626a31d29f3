"""Recording questionnaires, their scores, and what was done about a safety item."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from uuid import UUID

from core.analysis.answers import parse_answers, refuse_wrong_numbers
from core.analysis.scoring import needs_safety_item, not_scored, score_entered, score_kept, score_response
from core.catalogue import Catalogue
from core.errors import InvalidInput
from core.model.access import Act, allowed_relations
from core.model.audit import Subject
from core.model.days import print_day
from core.model.questionnaire_definitions import Questionnaire
from core.model.records import Recorded, RecordRef
from core.model.responses import Response, SafetyReview, SafetyReviewDetails
from core.model.review import ScoredResponse
from core.model.scores import Score
from core.services.access import need, need_record
from core.services.check_ins import UNDONE, needed_reason
from core.store import UnitOfWork, responses

KEPT_BACK = "Written by the therapist, and shown to who may read the record."


def read_answers(questionnaire: Questionnaire, typed: str) -> dict[int, int | None]:
    """Answers typed in the form's order, by item; `InvalidInput` names the first place that is not taken."""
    return parse_answers(questionnaire, typed)


def read_totals(questionnaire: Questionnaire, typed: Mapping[str, str]) -> dict[str, Fraction]:
    """Totals by `total` or a subscale's id, without the boxes left blank; `InvalidInput` for all that are wrong."""
    given = {name: text for name, text in typed.items() if text.strip()}
    return refuse_wrong_numbers(questionnaire, given) if given else {}


def preview_score(
    questionnaire: Questionnaire, answers: Mapping[int, int | None], not_applicable: Collection[int] = ()
) -> Score:
    """The score as the form stands now; nothing is saved."""
    return score_response(questionnaire, answers, not_applicable=not_applicable)


def preview_entered(questionnaire: Questionnaire, totals: Mapping[str, Fraction]) -> Score:
    """The same for a form of which only totals are entered; at least one is needed."""
    return score_entered(questionnaire, totals)


def record_response(
    work: UnitOfWork, client_id: UUID, questionnaire: Questionnaire, response: Response, request_id: UUID
) -> Recorded[Response]:
    """Save a filled questionnaire once; a safety item above 0 is saved as not yet reviewed."""
    need(work, Act.WRITE_FORMS, client_id)
    _check(work, questionnaire, response)
    return responses.add(work, client_id, response, request_id)


def correct_response(
    work: UnitOfWork, ref: RecordRef, questionnaire: Questionnaire, response: Response, reason: str
) -> Recorded[Response]:
    """Save the next version of a response; the earlier one is kept. `Conflict` if `ref` is not the newest.

    A correction stays with its form, and answers stay answers, totals stay totals: `InvalidInput` otherwise.
    """
    need_record(work, Act.WRITE_FORMS, Subject.RESPONSE, ref.id)
    _check(work, questionnaire, response)
    _check_kind(responses.get(work, ref.id).content, response)
    return responses.add_version(work, ref, response, needed_reason(reason))


def withdraw_response(work: UnitOfWork, ref: RecordRef, reason: str = UNDONE) -> Recorded[Response]:
    """Take a response out of every figure; it is kept with the reason."""
    need_record(work, Act.WRITE_FORMS, Subject.RESPONSE, ref.id)
    return responses.withdraw(work, ref, needed_reason(reason))


def review_safety_item(work: UnitOfWork, ref: RecordRef, details: SafetyReviewDetails) -> SafetyReview:
    """Write what was done about the safety item of a response; only this takes it off Today."""
    need_record(work, Act.WRITE_RECORD, Subject.RESPONSE, ref.id)
    return responses.add_safety_review(work, ref, details)


def response_history(work: UnitOfWork, catalogue: Catalogue, response_id: UUID) -> tuple[ScoredResponse, ...]:
    """Every version of a response, first to newest, each with its own score; safety reviews are left out."""
    need_record(work, Act.READ_FORMS, Subject.RESPONSE, response_id)
    return tuple(_scored(catalogue, version, ()) for version in responses.history(work, response_id))


def scored_responses(work: UnitOfWork, catalogue: Catalogue, client_id: UUID) -> tuple[ScoredResponse, ...]:
    """A client's responses that count, oldest first; beside each the reviews of exactly that version.

    Each is scored under the version of the definition it was filled in under, and by no other: where that is not
    here there is no total, and the score says so. An assistant sees that there is a review, and not its words.
    """
    need(work, Act.READ_FORMS, client_id)
    written: dict[UUID, list[SafetyReview]] = defaultdict(list)
    reads_words = bool(allowed_relations(work.actor.role, Act.READ_RECORD))
    for review in responses.safety_reviews(work, client_id):
        written[review.response_id].append(review if reads_words else _without_words(review))
    return tuple(
        [
            _scored(catalogue, response, written.get(response.ref.id, ()) if written else ())
            for response in responses.of_client(work, client_id)
        ]
    )


def _without_words(review: SafetyReview) -> SafetyReview:
    return replace(review, details=replace(review.details, words=KEPT_BACK))


def _scored(catalogue: Catalogue, response: Recorded[Response], reviews: Sequence[SafetyReview]) -> ScoredResponse:
    content = response.content
    questionnaire = catalogue.questionnaire(content.questionnaire, content.questionnaire_version)
    if questionnaire is None:
        newest = catalogue.questionnaires.get(content.questionnaire)
        score = not_scored(content.questionnaire, content.questionnaire_version, content.answers, newest)
    elif content.entered:
        score = score_entered(questionnaire, content.totals)
    else:
        score = score_kept(questionnaire, content.answers, content.not_applicable)
    version = response.ref.version
    of_version = tuple([review for review in reviews if review.response_version == version]) if reviews else ()
    return ScoredResponse(response=response, score=score, reviews=of_version)


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
    if response.answers and not questionnaire.takes_items:
        raise InvalidInput(
            f"{questionnaire.short_name} is entered by its totals: its text is not here. Nothing was saved; enter the "
            "totals of the scored form."
        )
    if not response.entered:
        score_response(questionnaire, response.answers, not_applicable=response.not_applicable)
        return
    score = score_entered(questionnaire, response.totals)
    if score.total is not None and needs_safety_item(questionnaire, score.total):
        raise InvalidInput(
            f"A total of {score.printed} cannot be reached with the safety item of {questionnaire.short_name} at 0, "
            "and its answer must be seen. Nothing was saved; enter the items."
        )


def _check_kind(before: Response, after: Response) -> None:
    if before.questionnaire != after.questionnaire:
        raise InvalidInput(
            "A correction stays with its questionnaire. Nothing was saved; withdraw this one and enter the other anew."
        )
    if before.entered != after.entered:
        raise InvalidInput(
            "Totals are corrected as totals, and answers as answers. Nothing was saved; withdraw this one and enter "
            "it anew the other way."
        )
