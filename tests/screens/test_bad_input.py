"""Input that nobody means: refused by its field's name in a sentence, nothing saved, what was typed still there."""

from collections.abc import Callable
from datetime import date, time
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from core.model.people import Client
from core.services.calendar import sessions_of
from core.services.clients import list_clients
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]
COUNT = "Asked for reassurance, another number"


def field(at: AppTest, label: str):  # type: ignore[no-untyped-def]  # the element's type is not public
    return next(each for each in at.text_input if each.label == label)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def refusal(at: AppTest) -> str:
    assert not at.exception
    return unescape(at.error[0].value)


@pytest.mark.parametrize("typed", ["", "   ", "x" * 121, "A\0da"])
def test_name_of_blanks_or_with_what_cannot_be_kept_is_refused(
    open_page: Open, practice: Workplace, typed: str
) -> None:
    at = open_page("new_client")
    field(at, "Name shown").input(typed)
    press(at, "Add client")
    assert "name" in refusal(at)
    assert "Nothing was saved" in refusal(at)
    with practice.store.reading(practice.actor) as work:
        assert list_clients(work) == ()


def test_session_at_an_hour_that_the_clocks_leave_out_is_refused_with_the_way_out(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("sessions", client.id)
    at.date_input[0].set_value(date(2026, 3, 29))
    at.time_input[0].set_value(time(2, 30))
    press(at, "Add session")
    assert "tick “29 Mar 2026 is right”" in refusal(at)
    at.checkbox[0].check()
    press(at, "Add session")
    assert "there is no 02:30 on that day. Nothing was saved; choose 01:30 or 03:30." in refusal(at)
    with practice.store.reading(practice.actor) as work:
        assert sessions_of(work, client.id) == ()
