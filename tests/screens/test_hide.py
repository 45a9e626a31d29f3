"""Hide: no name and no word of a record is in anything that is sent to the browser, on any screen."""

from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.model.calendar import EventDetails
from core.model.people import Client, ClientDetails
from core.services.calendar import add_event
from core.services.clients import add_client
from dashboard import runtime
from dashboard.components.hide import MARK, SWITCH
from dashboard.runtime import Workplace
from tests.screens.conftest import MAIN, PASSPHRASE, Open

SCREENS = sorted(path.stem for path in (MAIN.parent / "screens").glob("*.py") if path.stem != "__init__")
NAME, WORDS = "Wilhelmina", "quarrelled about the lighthouse"


@pytest.fixture
def client(practice: Workplace) -> Client:
    """A client whose name and words would be known anywhere."""
    with practice.store.writing(practice.actor) as work:
        made = add_client(work, ClientDetails(name=NAME, started_on=work.today), uuid4())
        add_event(work, made.id, EventDetails(day=work.today, words=WORDS), uuid4())
        work.commit()
    return made


def everything_sent(at: AppTest) -> str:
    """Every element and block of the page as it was sent, frames and figures with it."""
    return "\n".join(str(node.proto) for part in at._tree.children.values() for node in _with_children(part))


def _with_children(node):
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _with_children(child)


@pytest.mark.parametrize("screen", SCREENS)
def test_no_name_and_no_word_is_sent_while_hidden(open_page: Open, client: Client, screen: str) -> None:
    at = open_page(screen, client.id)
    at.toggle(key=SWITCH).set_value(True).run()
    sent = everything_sent(at)
    assert not at.exception
    assert NAME not in sent
    assert WORDS not in sent
    assert client.code in sent
    assert MARK in sent
    at.toggle(key=SWITCH).set_value(False).run()
    assert not at.exception
    assert NAME in everything_sent(at)


def test_the_words_are_sent_while_nothing_is_hidden(open_page: Open, client: Client) -> None:
    assert WORDS in everything_sent(open_page("sessions", client.id))


def test_another_screen_and_another_window_stay_hidden(open_page: Open, client: Client) -> None:
    at = open_page("review", client.id)
    at.toggle(key=SWITCH).set_value(True).run()
    at.switch_page("screens/sessions.py").run()
    assert WORDS not in everything_sent(at)
    other = open_page("sessions", client.id)
    assert WORDS not in everything_sent(other)
    assert other.toggle(key=SWITCH).value


def test_what_was_typed_is_there_again(open_page: Open, client: Client) -> None:
    at = open_page("check_in", client.id)
    box = at.text_area[0]
    box.set_value("typed and not saved").run()
    at.toggle(key=SWITCH).set_value(True).run()
    assert not at.text_area
    assert "typed and not saved" not in everything_sent(at)
    at.toggle(key=SWITCH).set_value(False).run()
    assert at.text_area(key=box.key).value == "typed and not saved"


def test_locked_window_is_sent_nothing_and_what_was_typed_is_there_again(open_page: Open, client: Client) -> None:
    at = open_page("check_in", client.id)
    box = at.text_area[0]
    box.set_value("typed and not saved").run()
    found = runtime.presence()
    assert found is not None
    runtime.presences().lock(found)
    at.run()
    sent = everything_sent(at)
    assert NAME not in sent
    assert client.code not in sent
    assert not at.text_area
    runtime.presences().unlock(found, PASSPHRASE)
    at.button(key="secure_base_again").click().run()
    assert at.text_area(key=box.key).value == "typed and not saved"


def test_what_was_typed_about_one_client_never_comes_back_for_another(
    open_page: Open, client: Client, practice: Workplace
) -> None:
    with practice.store.writing(practice.actor) as work:
        other = add_client(work, ClientDetails(name="Ben", started_on=work.today), uuid4())
        work.commit()
    at = open_page("check_in", client.id)
    at.text_area[0].set_value("typed and not saved").run()
    at.toggle(key=SWITCH).set_value(True).run()
    at.session_state["chosen_client"] = other.id
    at.toggle(key=SWITCH).set_value(False).run()
    assert "typed and not saved" not in everything_sent(at)
