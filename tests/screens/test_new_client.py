"""New client: added, refused, and asked about when the name is there already."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from core.model.people import Client
from core.services.clients import list_clients
from dashboard import selection
from dashboard.runtime import Workplace

Open = Callable[..., AppTest]
ODD = 'O\'Neil "Ö" 🙂 <script>alert(1)</script> ![x](http://e.x/y.png) =cmd $z$ :red[w] \u202eevil'


def names(practice: Workplace) -> list[str]:
    with practice.store.reading(practice.actor) as work:
        return [client.details.name for client in list_clients(work)]


def field(at: AppTest, label: str):  # type: ignore[no-untyped-def]  # the element's type is not public
    return next(each for each in at.text_input if each.label == label)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_name_alone_is_enough(open_page: Open, practice: Workplace) -> None:
    at = open_page("new_client")
    field(at, "Name shown").input("Ada")
    press(at, "Add client")
    assert not at.exception
    assert names(practice) == ["Ada"]


def test_empty_name_is_refused_and_the_rest_stays(open_page: Open, practice: Workplace) -> None:
    at = open_page("new_client")
    field(at, "Pronouns (optional)").input("she/her")
    press(at, "Add client")
    assert "name is empty" in at.error[0].value
    assert field(at, "Pronouns (optional)").value == "she/her"
    assert names(practice) == []


def test_birth_year_in_letters_is_refused_in_a_sentence(open_page: Open, practice: Workplace) -> None:
    at = open_page("new_client")
    field(at, "Name shown").input("Ada")
    field(at, "Birth year (optional)").input("19x8")
    press(at, "Add client")
    assert "four digits" in at.error[0].value
    assert names(practice) == []


def test_odd_name_is_stored_as_it_was_typed(open_page: Open, practice: Workplace) -> None:
    at = open_page("new_client")
    field(at, "Name shown").input(ODD)
    press(at, "Add client")
    assert not at.exception
    assert names(practice) == [ODD]


def test_name_that_is_there_already_is_asked_about_once(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("new_client")
    field(at, "Name shown").input(client.details.name.upper())
    press(at, "Add client")
    assert "already a client named" in at.warning[0].value
    assert names(practice) == ["Ada"]
    press(at, "Add another")
    assert not at.exception
    assert sorted(names(practice)) == ["ADA", "Ada"]


def test_record_with_the_same_name_is_opened_instead(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("new_client")
    field(at, "Name shown").input(client.details.name)
    press(at, "Add client")
    press(at, "Open that record")
    assert not at.exception
    assert at.session_state[selection.CLIENT] == client.id
    assert any(text.value == "# Ada" for text in at.markdown)
    assert names(practice) == ["Ada"]


def test_confirmation_counts_once_and_not_for_a_later_change(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("new_client")
    field(at, "Name shown").input(client.details.name)
    press(at, "Add client")
    field(at, "Birth year (optional)").input("19x8")
    press(at, "Add another")
    assert "four digits" in at.error[0].value
    field(at, "Birth year (optional)").input("1988").run()
    assert names(practice) == ["Ada"]
