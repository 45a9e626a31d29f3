"""Start: the first screen there is."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import runtime

Open = Callable[..., AppTest]


def test_first_start_offers_to_look_around_and_to_set_up(open_page: Open) -> None:
    at = open_page()
    assert [button.label for button in at.button] == ["Look around in the synthetic practice", "Set up my practice"]


def test_setting_up_a_practice_leads_to_today(open_page: Open) -> None:
    at = open_page()
    at.text_input[0].input("River Practice")
    at.text_input[1].input("Dr Example")
    at.selectbox[0].select("Europe/Berlin")
    at.button[1].click().run()
    assert not at.exception
    assert "# Today" in at.markdown[1].value or any(text.value.startswith("# Today") for text in at.markdown)
    found = runtime.own_store().practice()
    assert found is not None
    assert found[0].details.name == "River Practice"


def test_setting_up_without_a_name_says_everything_that_is_missing(open_page: Open) -> None:
    at = open_page()
    at.text_input[1].input("Dr Example")
    at.button[1].click().run()
    assert "name is empty" in at.error[0].value
    assert "time zone" in at.error[0].value
    assert at.text_input[1].value == "Dr Example"
    assert runtime.own_store().practice() is None


def test_nothing_is_said_to_stay_here_when_a_server_holds_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    assert runtime.keeps_to_this_computer()
    runtime.close()
    monkeypatch.setenv("DATABASE_URL", "postgresql://user@elsewhere.example/practice")
    assert not runtime.keeps_to_this_computer()
