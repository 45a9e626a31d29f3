"""Prompts through the services: worked out with the review, answered, resting, and told nowhere else."""

from datetime import timedelta

import pytest

from core.errors import Conflict, InvalidInput, NotFound
from core.model.audit import Action, Subject
from core.model.profile import BlockKind, Observations, PromptAnswers
from core.model.profile_items import ProfileItem
from core.model.prompt_answers import PromptAnswerKind
from core.model.prompts import LIFE_DISRUPTION, PERSISTENT, REPEATS_ACROSS, WORSENING, LineCrossed
from core.services.calendar import add_session
from core.services.check_ins import record_check_in
from core.services.progress import review_client
from core.services.prompts import answer_prompt
from core.services.questionnaires import record_response, withdraw_response
from core.services.session_notes import open_note, start_note
from core.store import audit, profiles
from tests.builders import check_in
from tests.services.entries import DAY, NOON, WEEK, form, phq9_answers, session_on

SECRET = "zebra talk with the practice nurse"


@pytest.fixture
def prompts(load, client, catalogue):
    return lambda **options: load(review_client, catalogue, client.id, **options).prompts


@pytest.fixture
def answer(save, client):
    def given(prompt=REPEATS_ACROSS, *, kind=PromptAnswerKind.DISCUSSED, words="", seen=0, client_id=client.id):
        return save(answer_prompt, client_id, prompt, answer=kind, words=words, seen=seen)

    return given


@pytest.fixture
def noted(save, client):
    """The therapist ticks two things in the profile."""
    names = (REPEATS_ACROSS, LIFE_DISRUPTION)
    items = tuple(ProfileItem(id=form(), words="told in session", entry=name) for name in names)
    return save(profiles.save, client.id, Observations(items=items), seen=0, held_from=DAY)


def test_an_empty_record_has_no_prompt(prompts):
    assert (prompts().prompts, prompts().answers, prompts().version) == ((), (), 0)


def test_what_was_noted_by_hand_is_shown(prompts, noted):
    assert [prompt.id for prompt in prompts().shown] == [REPEATS_ACROSS, LIFE_DISRUPTION]


def test_eight_weeks_of_high_anxiety_are_shown_with_their_entries(prompts, save, client):
    for back in range(8):
        save(record_check_in, client.id, check_in(DAY - back * WEEK, anxiety=6), form())
    (prompt,) = prompts().shown
    assert prompt.id == PERSISTENT
    assert [ref.label for ref in prompt.refs] == [f"c{number}" for number in range(1, 9)]


def test_an_earlier_review_knows_nothing_of_later_weeks(prompts, save, client):
    for back in range(8):
        save(record_check_in, client.id, check_in(DAY - back * WEEK, anxiety=6), form())
    assert prompts(as_of=DAY - WEEK).prompts == ()


def test_a_form_over_the_line_is_shown_and_gone_when_withdrawn(prompts, save, client, phq9):
    save(record_response, client.id, phq9, phq9_answers(DAY - WEEK, item9=0), form())
    second = save(record_response, client.id, phq9, phq9_answers(DAY, 2, item9=0), form())
    (prompt,) = prompts().shown
    (ground,) = prompt.grounds
    assert prompt.id == WORSENING
    assert isinstance(ground, LineCrossed)
    assert (ground.before.printed, ground.crossed.printed) == ("8", "16")
    assert [ref.label for ref in prompt.refs] == ["q1", "q2"]
    save(withdraw_response, second.ref)
    assert prompts().prompts == ()


def test_an_answer_rests_the_prompt_for_ninety_days(prompts, answer, noted, clock):
    answer(words="  with the client \n")
    (resting,) = prompts().resting
    (given,) = resting.answers
    assert (given.prompt, given.day, given.answer) == (REPEATS_ACROSS, DAY, PromptAnswerKind.DISCUSSED)
    assert (given.words, given.by) == ("with the client", "Dr One")
    assert [prompt.id for prompt in prompts().shown] == [LIFE_DISRUPTION]
    clock.move_to(NOON + timedelta(days=89))
    assert [prompt.id for prompt in prompts().resting] == [REPEATS_ACROSS]
    clock.move_to(NOON + timedelta(days=90))
    assert [prompt.id for prompt in prompts().shown] == [REPEATS_ACROSS, LIFE_DISRUPTION]


def test_earlier_answers_stay_listed(prompts, answer, noted, clock):
    answer(words="first")
    clock.move_to(NOON + timedelta(days=120))
    answer(kind=PromptAnswerKind.NOT_RELEVANT, words="second", seen=1)
    assert [given.words for given in prompts().answers] == ["second", "first"]
    assert prompts().version == 2


def test_every_answer_can_be_given(answer, prompts):
    for seen, kind in enumerate(PromptAnswerKind):
        answer(kind=kind, seen=seen)
    assert [given.answer for given in prompts().answers] == list(PromptAnswerKind)[::-1]


def test_an_answer_from_a_stale_page_is_refused_and_nothing_lost(prompts, answer, noted):
    answer(words="first")
    with pytest.raises(Conflict):
        answer(LIFE_DISRUPTION, words="second", seen=0)
    assert [given.words for given in prompts().answers] == ["first"]


@pytest.mark.parametrize("name", ["rf_phq9_item9", "ws_checking", ""])
def test_what_is_no_prompt_cannot_be_answered(answer, prompts, name):
    with pytest.raises(NotFound, match="no such prompt"):
        answer(name)
    assert prompts().version == 0


@pytest.fixture
def filled(save, client, phq9):
    """Two PHQ-9, the later one over the line and with its safety item above 0."""
    save(record_response, client.id, phq9, phq9_answers(DAY - WEEK, item9=0), form())
    return save(record_response, client.id, phq9, phq9_answers(DAY, 2, item9=1), form())


@pytest.mark.usefixtures("filled")
def test_a_safety_item_stays_pinned_whatever_is_answered(answer, load, client, catalogue):
    answer(WORSENING, kind=PromptAnswerKind.NOT_RELEVANT)
    assert len(load(review_client, catalogue, client.id).awaiting_review) == 1


def test_words_that_are_too_long_are_refused_without_being_quoted(answer, prompts):
    with pytest.raises(InvalidInput, match="2,000") as refused:
        answer(words=SECRET * 100)
    assert "zebra" not in str(refused.value)
    assert prompts().version == 0


def test_a_client_that_is_not_there_is_refused(answer):
    with pytest.raises(NotFound):
        answer(client_id=form())


def test_an_answer_is_in_the_trail_without_its_words(answer, load, client):
    answer(words=SECRET)
    entry = load(audit.all)[-1]
    assert (entry.action, entry.subject, entry.record_id) == (Action.CHANGE, Subject.PROFILE, client.id)
    assert SECRET not in repr(entry)


def test_earlier_versions_of_the_answers_are_kept(answer, load, client):
    answer(words="first")
    answer(words="second", seen=1)
    versions = load(profiles.history, client.id, BlockKind.PROMPT_ANSWERS)
    assert [len(each.content.answers) for each in versions if isinstance(each.content, PromptAnswers)] == [1, 2]


def test_a_note_holds_no_prompt_and_no_answer(answer, noted, save, client, catalogue):
    answer(words=SECRET)
    session = save(add_session, client.id, session_on(), form())
    save(record_check_in, client.id, check_in(DAY, anxiety=6), form())
    note = save(start_note, catalogue, session, "soap", form())
    opened = save(open_note, catalogue, note.id)
    assert SECRET not in repr(opened)
    assert REPEATS_ACROSS not in repr(opened)
