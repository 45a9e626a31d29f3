"""Settings, how long records are kept: not set at first, refused where it is no number, and a way to each erasure."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from core.model.people import Client, ClientDetails
from core.services.clients import add_client, close_client
from core.services.retention import years_kept
from dashboard import runtime
from tests.screens.conftest import Open
from tests.store.entries import request

BUTTON = "Save these years"


def said(at: AppTest) -> str:
    return "\n".join(each.value for each in (*at.markdown, *at.caption))


def save_years(at: AppTest, typed: str, version: int = 0) -> AppTest:
    at.text_input(key=f"retention_years_{version}").set_value(typed)
    (button,) = (each for each in at.button if each.label == BUTTON)
    return button.click().run()


@pytest.fixture
def closed(practice) -> Client:
    made = runtime.save(add_client, ClientDetails(name="Long ago", started_on=date(2001, 3, 4)), request())
    return runtime.save(close_client, made, date(2002, 3, 4))


def test_nothing_is_set_and_nobody_listed_at_first(open_page: Open, closed: Client) -> None:
    at = open_page("settings")
    assert "this program assumes nothing" in said(at)
    assert at.text_input(key="retention_years_0").value in ("", None)
    assert "Long ago" not in said(at)


def test_chosen_years_list_the_client_with_a_way_to_erase(open_page: Open, closed: Client) -> None:
    at = save_years(open_page("settings"), "10")
    assert runtime.load(years_kept) == (10, 1)
    assert "1 closed client is past this time." in said(at)
    assert "last contact 4 Mar 2002, kept until 4 Mar 2012" in said(at)
    at.button(key=f"erase_{closed.id}").click().run()
    found = runtime.presence()
    assert found is not None
    assert found.sign_in.client_id == closed.id


@pytest.mark.parametrize("typed", ["ten", "3,5", "0", "100", "-2"])
def test_what_is_no_number_of_years_is_refused_and_stays_typed(open_page: Open, practice, typed: str) -> None:
    at = save_years(open_page("settings"), typed)
    assert len(at.error) == 1
    assert at.text_input(key="retention_years_0").value == typed
    assert runtime.load(years_kept) == (None, 0)


def test_blank_goes_back_to_not_set(open_page: Open, closed: Client) -> None:
    at = save_years(open_page("settings"), "10")
    at = save_years(at, "", version=1)
    assert runtime.load(years_kept) == (None, 2)
    assert "this program assumes nothing" in said(at)
