"""The numbers of the signs on Settings and on the profile: changed, refused, named under the signs, put back."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.model.check_in_parts import Episode
from core.model.days import print_day
from core.model.people import Client
from core.model.sign_numbers import SIGN_NUMBERS
from core.services.check_ins import record_check_in
from core.services.thresholds import change_thresholds, threshold_settings
from dashboard import runtime
from dashboard.components import sign_numbers
from dashboard.runtime import Workplace
from tests.builders import check_in
from tests.wording import assert_clean

Open = Callable[..., AppTest]
PRESENT_AT = "reassurance_present_per_week"
NAME = "reassurance present per week"


@pytest.fixture
def asking(practice: Workplace, client: Client) -> Client:
    """Eight times a week for four weeks, with little relief."""
    little = tuple(Episode(relief=1, relief_minutes=5) for _ in range(3))
    with practice.store.writing(practice.actor) as work:
        for back in range(4):
            day = work.today - timedelta(weeks=back)
            record_check_in(work, client.id, check_in(day, 7, reassurance=8, episodes=little), uuid4())
        work.commit()
    return client


def shown(at: AppTest) -> str:
    return unescape("\n".join(text.value for text in at.markdown))


def sign_line(open_page: Open, client: Client) -> tuple[str, str]:
    """The line of the sign on reassurance, and everything shown as text."""
    at = open_page("review", client.id)
    label = runtime.catalogue().warning_signs["ws_reassurance"].label
    [line] = [each.label for each in at.expander if label in each.label]
    return line, shown(at)


def type_number(at: AppTest, name: str, typed: str) -> AppTest:
    next(box for box in at.selectbox if box.label == "Change a number").select(sign_numbers.WORDS[name]).run()
    next(box for box in at.text_input if box.label.startswith(SIGN_NUMBERS[name].words)).input(typed)
    next(button for button in at.button if button.label == "Save number").click()
    return at.run()


def own_of(practice: Workplace, client_id: UUID | None) -> dict[str, int | float]:
    with practice.store.reading(practice.actor) as work:
        own = threshold_settings(work, runtime.catalogue(), client_id).own
    return {each.name: each.value for each in own}


@pytest.mark.parametrize("page", ["settings", "profile"])
def test_changed_number_moves_the_state_is_named_under_the_signs_and_goes_back(
    open_page: Open, practice: Workplace, asking: Client, page: str
) -> None:
    whose = asking.id if page == "profile" else None
    line, told = sign_line(open_page, asking)
    assert "Present" in line
    assert "Thresholds changed" not in told

    at = type_number(open_page(page, asking.id), PRESENT_AT, "10")
    assert not at.error
    assert not at.warning
    assert own_of(practice, whose) == {PRESENT_AT: 10}
    before = "for all 7" if whose else "default 7"
    assert f"**{NAME} 10** :gray[({before})] Dr Example, " in shown(at)
    line, told = sign_line(open_page, asking)
    assert "Watch" in line
    with practice.store.reading(practice.actor) as work:
        today = print_day(work.today)
    own = " for this client" if whose else ""
    assert f"Thresholds changed by you on {today}{own} ({NAME} 10)." in told

    back = "Back to the numbers for all" if whose else "Back to the defaults"
    next(button for button in at.button if button.label == back).click().run()
    assert not at.error
    assert own_of(practice, whose) == {}
    line, told = sign_line(open_page, asking)
    assert "Present" in line
    assert "Thresholds changed" not in told


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("window_days", "85", "14 to 84 is taken"),
        ("window_days", "", "No number was typed"),
        ("window_days", "2e1", "something else than a whole number"),
        ("watch_share", "60", "watch share is above present share"),
        ("watch_share", "101", "10 to 100 % is taken"),
    ],
)
def test_number_that_cannot_be_is_refused_and_what_was_typed_stays(
    open_page: Open, practice: Workplace, name: str, typed: str, words: str
) -> None:
    at = type_number(open_page("settings"), name, typed)
    assert words in unescape(at.error[0].value)
    assert next(box for box in at.text_input if box.label.startswith(SIGN_NUMBERS[name].words)).value == typed
    assert own_of(practice, None) == {}


def test_share_is_typed_in_per_cent_and_a_number_put_back_alone_is_gone(open_page: Open, practice: Workplace) -> None:
    at = type_number(open_page("settings"), "watch_share", "35")
    assert own_of(practice, None) == {"watch_share": 0.35}
    at = type_number(at, "watch_share", "50")
    assert own_of(practice, None) == {}
    assert f"All {len(SIGN_NUMBERS)} numbers are the project's defaults." in shown(at)


def test_all_numbers_stand_in_a_table_with_their_defaults(open_page: Open, practice: Workplace) -> None:
    at = type_number(open_page("settings"), "window_days", "42")
    next(each for each in at.toggle if each.label == "All numbers").set_value(True).run()
    [table] = [each.value for each in at.table if "In force" in each.value.columns]
    assert table["Number"].tolist() == list(sign_numbers.WORDS.values())
    assert table["In force"].tolist()[:2] == ["**42**", "14"]
    assert table["Default"].tolist()[0] == "28"
    assert [unescape(each) != "" for each in table["Changed by"]] == [True] + [False] * (len(SIGN_NUMBERS) - 1)


def test_numbers_changed_in_another_window_are_told_and_not_overwritten(open_page: Open, practice: Workplace) -> None:
    at = open_page("settings")
    with practice.store.writing(practice.actor) as work:
        change_thresholds(work, runtime.catalogue(), None, {"window_days": 42}, seen=0)
        work.commit()
    at.run()
    assert "was changed elsewhere" in at.warning[0].value
    assert own_of(practice, None) == {"window_days": 42}
    at = type_number(at, "window_days", "56")
    assert own_of(practice, None) == {"window_days": 56}


def test_words_of_the_numbers_use_no_banned_word() -> None:
    for sentence in (sign_numbers.ABOUT, sign_numbers.BLANK, *sign_numbers.WORDS.values()):
        assert_clean(sentence)
    for number in SIGN_NUMBERS.values():
        assert_clean(number.problem(1e6) or "")
