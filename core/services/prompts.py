"""Prompts to consider extra or different support: working them out for a review, and writing down an answer.

An answer stays in the record of the client: it is sent nowhere, and no note or summary holds it by itself.
"""

from uuid import UUID

from core.analysis.exposure import CheckInRecords
from core.analysis.form_turns import FilledForms
from core.analysis.prompts import PromptInputs, line_crossed, read_prompts
from core.catalogue import Catalogue
from core.errors import NotFound
from core.model.access import Act
from core.model.measures import ANXIETY
from core.model.profile import DatedBlock, PromptAnswers
from core.model.prompt_answers import PromptAnswer, PromptAnswerKind
from core.model.prompts import PROMPTS, Prompts
from core.model.review import ClientReview
from core.services.access import need
from core.store import UnitOfWork, clients, profiles

NO_SUCH_PROMPT = "There is no such prompt to answer. Nothing was saved; open the review again."


def prompts_in(review: ClientReview, check_ins: CheckInRecords, given: FilledForms, catalogue: Catalogue) -> Prompts:
    """The prompts of a client as the review has the record, the profile as it is now.

    `check_ins` and the forms `given` are the review's.
    """
    rules = catalogue.prompt_rules
    forms = [catalogue.questionnaires[name] for name in rules.questionnaires]
    crossings = [line_crossed(form, given.get(form.id, ()), rules.score_line) for form in forms]
    inputs = PromptInputs(
        as_of=review.as_of,
        check_ins=check_ins,
        rate_rule=catalogue.rate_rule,
        readings=review.readings,
        changes=[each.change for each in review.changes.forms if each.questionnaire.id in rules.questionnaires],
        crossings=[each for each in crossings if each is not None],
        own_changes=review.changes.of(ANXIETY).found,
        profile=review.profile,
    )
    return read_prompts(inputs, rules)


def answer_prompt(
    work: UnitOfWork, client_id: UUID, prompt_id: str, *, answer: PromptAnswerKind, words: str, seen: int
) -> DatedBlock:
    """Write down what was answered today, beside every earlier answer; the prompt then rests.

    `seen` is the version of the answers that was read (`Prompts.version`); `Conflict` when another one is newest.
    `NotFound` for what is no prompt, a safety item among them: that one waits until what was done is written.
    """
    need(work, Act.WRITE_RECORD, client_id)
    if prompt_id not in PROMPTS:
        raise NotFound(NO_SUCH_PROMPT)
    clients.get(work, client_id)
    earlier = profiles.profile(work, client_id).block(PromptAnswers).answers
    given = PromptAnswer(prompt=prompt_id, day=work.today, answer=answer, words=words.strip(), by=work.actor.name)
    content = PromptAnswers(answers=(*earlier, given))
    return profiles.save(work, client_id, content, seen=seen, held_from=work.today)
