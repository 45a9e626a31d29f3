"""Profile: the quieter part, changed, refused, closed and opened again."""

from collections.abc import Callable
from datetime import timedelta

from streamlit.testing.v1 import AppTest

from core.model.people import Client, PartnerStatus
from core.services.clients import get_client
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]


def stored(practice: Workplace, client: Client) -> Client:
    with practice.store.reading(practice.actor) as work:
        return get_client(work, client.id)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_changed_name_is_kept(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("profile", client.id)
    at.text_input[0].input("Ada L.")
    press(at, "Save changes")
    assert stored(practice, client).details.name == "Ada L."


def test_empty_name_is_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("profile", client.id)
    at.text_input[0].input("  ")
    press(at, "Save changes")
    assert "name is empty" in at.error[0].value
    assert stored(practice, client).details.name == "Ada"


def test_partner_status_is_kept_with_its_day(open_page: Open, practice: Workplace, client: Client) -> None:
    at = press(open_page("profile", client.id), "Edit partner status")
    next(box for box in at.selectbox if box.label == "From that day").select("no partner now")
    press(at, "Save partner status")
    assert any("No partner now, from" in each.value for each in at.markdown)
    assert [dated.status for dated in stored(practice, client).partner] == [PartnerStatus.NO_PARTNER]


def test_start_level_in_the_future_is_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("profile", client.id)
    next(box for box in at.date_input if box.label.startswith("Let it begin")).set_value(
        client.details.started_on + timedelta(days=2)
    )
    press(at, "Save start level")
    assert "in the future" in at.error[0].value
    assert stored(practice, client).start_level_from is None


def test_closed_record_is_opened_again(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("profile", client.id)
    press(at, "Close this record")
    assert stored(practice, client).closed_on is not None
    press(at, "Open this record again")
    assert stored(practice, client).closed_on is None


def test_change_made_in_another_window_is_told_and_not_overwritten(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    here, there = open_page("profile", client.id), open_page("profile", client.id)
    there.text_input[0].input("Ada There")
    press(there, "Save changes")
    assert not there.warning
    here.text_input[0].input("Ada Here")
    press(here, "Save changes")
    assert ["was changed elsewhere" in each.value for each in here.warning] == [True]
    assert stored(practice, client).details.name == "Ada There"
    here.text_input[0].input("Ada Here")
    press(here, "Save changes")
    assert not here.warning
    assert stored(practice, client).details.name == "Ada Here"


def test_start_of_twenty_years_ago_is_kept_once_confirmed(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("profile", client.id)
    long_ago = client.details.started_on.replace(year=client.details.started_on.year - 20, day=1)
    started = next(box for box in at.date_input if box.label == "Start date")
    started.set_value(long_ago)
    press(at, "Save changes")
    assert "lies 19 years back" in at.warning[0].value or "lies 20 years back" in at.warning[0].value
    at.checkbox[0].check()
    press(at, "Save changes")
    assert stored(practice, client).details.started_on == long_ago
