"""Prompts in the review: nothing when empty, why and entries when there are some, answered, refused."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.model.people import Client
from core.model.profile import Observations, PromptAnswers
from core.model.profile_items import ProfileItem
from core.model.prompt_answers import PromptAnswer, PromptAnswerKind
from core.model.prompts import LIFE_DISRUPTION, PERSISTENT, REPEATS_ACROSS
from core.services.check_ins import record_check_in
from core.services.prompts import answer_prompt
from core.store import profiles
from dashboard.runtime import Workplace
from tests.builders import check_in
from tests.services.entries import WEEK

Open = Callable[..., AppTest]


def written(practice: Workplace, client: Client) -> tuple[PromptAnswer, ...]:
    with practice.store.reading(practice.actor) as work:
        return profiles.profile(work, client.id).block(PromptAnswers).answers


def told(at: AppTest) -> str:
    assert not at.exception, [each.message for each in at.exception]
    return "\n".join([*(each.value for each in at.markdown), *(each.label for each in at.expander)])


def press(at: AppTest, label: str, place: int = 0) -> AppTest:
    [button for button in at.button if button.label == label][place].click()
    return at.run()


@pytest.fixture
def noted(practice: Workplace, client: Client) -> Client:
    """A client of whom two observations were noted."""
    items = tuple(
        ProfileItem(id=uuid4(), words="with *two* partners", entry=name) for name in (REPEATS_ACROSS, LIFE_DISRUPTION)
    )
    with practice.store.writing(practice.actor) as work:
        profiles.save(work, client.id, Observations(items=items), seen=0, held_from=work.today)
        work.commit()
    return client


def test_a_review_without_prompts_draws_nothing_of_them(open_page: Open, client: Client) -> None:
    at = open_page("review", client.id)
    assert "To consider" not in told(at)
    assert not [button for button in at.button if button.label == "Considered"]


def test_prompts_stand_with_why_source_and_limits(open_page: Open, noted: Client) -> None:
    at = open_page("review", noted.id)
    shown = told(at)
    assert "To consider* *" not in shown
    assert "##### To consider *2 open*" in shown
    assert "**Repeats across relationships.** Noted by hand in the profile: 1 line" in shown
    assert "line 205" in shown
    assert "project default" in shown
    assert "They are not sent anywhere" in shown
    assert "# Prompts to consider other support" in told(at.button(key="explain_prompts").click().run())


def test_words_of_the_profile_are_shown_letter_by_letter(open_page: Open, noted: Client) -> None:
    shown = told(open_page("review", noted.id))
    assert "with &#42;two&#42; partners" in shown
    assert "with *two* partners" not in shown


def test_entries_are_named_with_their_days(open_page: Open, practice: Workplace, client: Client) -> None:
    with practice.store.writing(practice.actor) as work:
        for back in range(8):
            record_check_in(work, client.id, check_in(work.today - back * WEEK, anxiety=7), uuid4())
        work.commit()
    shown = told(open_page("review", client.id))
    assert "**Persistent distress.** Anxiety on average was 7" not in shown
    assert "**Persistent distress.** Anxiety on average was 6 or more" in shown
    assert "8 entries: c1 " in shown


@pytest.mark.parametrize("kind", PromptAnswerKind)
def test_each_button_writes_its_answer_with_the_words(
    open_page: Open, practice: Workplace, noted: Client, kind: PromptAnswerKind
) -> None:
    labels = ["Considered", "Discussed with client", "Arranged", "Not relevant"]
    at = open_page("review", noted.id)
    at.text_area[0].input("asked about it")
    press(at, labels[list(PromptAnswerKind).index(kind)])
    (given,) = written(practice, noted)
    assert (given.prompt, given.answer, given.words, given.by) == (REPEATS_ACROSS, kind, "asked about it", "Dr Example")


def test_an_answered_prompt_rests_and_its_answer_can_be_read(open_page: Open, noted: Client) -> None:
    at = open_page("review", noted.id)
    at.text_area[0].input("asked *twice*")
    press(at, "Arranged")
    shown = told(at)
    assert "##### To consider *1 open*" in shown
    assert "1 at rest, 1 answer so far" in shown
    assert "rests: “Arranged” on" in shown
    assert "asked &#42;twice&#42;" in shown


def test_when_all_are_answered_only_a_folded_line_is_left(open_page: Open, noted: Client) -> None:
    at = open_page("review", noted.id)
    press(at, "Considered")
    press(at, "Not relevant")
    shown = told(at)
    assert "##### To consider *nothing open*" in shown
    assert "2 at rest, 2 answers so far" in shown
    assert not [button for button in at.button if button.label == "Considered"]
    assert "They are not sent anywhere" not in shown


def test_a_refused_answer_says_why_and_keeps_what_was_typed(
    open_page: Open, practice: Workplace, noted: Client
) -> None:
    at = open_page("review", noted.id)
    long = "x" * 2_001
    at.text_area[0].input(long)
    press(at, "Considered")
    assert "2,000 are kept" in at.error[0].value
    assert at.text_area[0].value == long
    assert written(practice, noted) == ()


def test_an_answer_from_a_page_that_is_behind_is_refused_and_keeps_its_words(
    open_page: Open, practice: Workplace, noted: Client
) -> None:
    at = open_page("review", noted.id)
    with practice.store.writing(practice.actor) as work:
        answer_prompt(work, noted.id, PERSISTENT, answer=PromptAnswerKind.CONSIDERED, words="elsewhere", seen=0)
        work.commit()
    at.text_area[0].input("typed here")
    press(at, "Considered")
    assert at.error
    assert at.text_area[0].value == "typed here"
    assert [given.words for given in written(practice, noted)] == ["elsewhere"]
    press(at, "Considered")
    assert [given.words for given in written(practice, noted)] == ["elsewhere", "typed here"]


def test_words_typed_for_one_client_are_not_there_for_the_next(open_page: Open, noted: Client) -> None:
    at = open_page("review", noted.id)
    at.text_area[0].input("half a thought").run()
    assert at.text_area[0].value == "half a thought"
    assert str(noted.id) in (at.text_area[0].key or "")
