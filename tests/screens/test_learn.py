"""Learn: twelve handouts, found by the catalogue's words, one to a page."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.model.people import Client, ClientDetails
from core.services.clients import add_client
from core.services.handouts import handouts_given
from dashboard.components.handout import SAFETY_LINE, source_line
from dashboard.components.page import INKS
from dashboard.runtime import Workplace
from tests.screens.test_profile import press

Open = Callable[..., AppTest]
CATALOGUE = load_catalogue()


def titles(at: AppTest) -> list[str]:
    return [button.label for button in at.main.button if not (button.key or "").startswith(INKS)]


def search(at: AppTest, text: str) -> AppTest:
    return at.text_input(key="learn_search").set_value(text).run()


def shown(at: AppTest) -> str:
    return "\n".join([*(each.value for each in at.markdown), *(each.value for each in at.info)])


def test_all_twelve_are_listed_in_a_practice_without_clients(open_page: Open, practice: Workplace) -> None:
    at = open_page("learn")
    assert titles(at) == [handout.title for handout in CATALOGUE.handouts.values()]
    assert at.text_input(key="learn_search").value == ""


def test_learn_stands_in_the_sidebar_with_and_without_a_client(open_page: Open, client: Client) -> None:
    for at in (open_page("learn"), open_page("learn", client.id)):
        assert "Learn" in [link.proto.label for link in at.sidebar.get("page_link")]


def test_search_by_a_word_of_the_catalogue_leaves_what_fits(open_page: Open, practice: Workplace) -> None:
    at = search(open_page("learn"), "reassurance")
    assert titles(at) == ["Why reassurance wears off", "Six things to notice"]
    assert titles(search(at, "")) == titles(open_page("learn"))


def test_no_hit_says_that_neither_article_covers_it(open_page: Open, practice: Workplace) -> None:
    at = search(open_page("learn"), " sleep ")
    assert titles(at) == []
    assert [info.value for info in at.info] == ["No handout on 'sleep': neither article covers it."]


def test_what_an_article_names_without_a_handout_is_shown_with_its_place(open_page: Open, practice: Workplace) -> None:
    at = search(open_page("learn"), "low mood")
    assert titles(at) == []
    assert "neither article" not in shown(at)
    assert "Low mood: article 1, “Long-Term Mental Health Effects”" in shown(at)


def test_place_of_a_sign_is_given_without_the_harsh_word_of_its_heading(open_page: Open, practice: Workplace) -> None:
    text = shown(search(open_page("learn"), "social media"))
    assert "Checking for signs of distance: article 1, “How to Spot Relationship Insecurity”" in text
    assert "Destructive" not in text


def test_what_is_searched_for_is_shown_as_it_was_typed(open_page: Open, practice: Workplace) -> None:
    at = search(open_page("learn"), "**zz** [a](http://b)")
    assert "**" not in at.info[0].value
    assert "](" not in at.info[0].value


@pytest.mark.parametrize("name", CATALOGUE.handouts)
def test_opened_handout_shows_its_text_its_try_and_its_source(name: str, open_page: Open, practice: Workplace) -> None:
    handout = CATALOGUE.handouts[name]
    at = open_page("learn").button(key=f"open_{name}").click().run()
    assert not at.exception
    text = shown(at)
    for part in (*handout.opening, *handout.points, *handout.closing, handout.try_this, SAFETY_LINE):
        assert part in text
    assert source_line(handout, CATALOGUE.documents) in text
    assert titles(at) == ["All handouts", "Where this comes from"]


def test_way_back_from_a_handout_leads_to_the_same_search(open_page: Open, practice: Workplace) -> None:
    at = search(open_page("learn"), "reassurance")
    at.button(key="open_ho_loop").click().run()
    press(at, "All handouts")
    assert at.text_input(key="learn_search").value == "reassurance"
    assert titles(at) == ["Why reassurance wears off", "Six things to notice"]


def test_source_line_names_each_section_once_and_says_that_it_is_no_advice() -> None:
    line = source_line(CATALOGUE.handouts["ho_loop"], CATALOGUE.documents)
    assert line == (
        "Based on: article 2, “Seeking Reassurance”; article 1, “How to Spot Relationship Insecurity”, "
        "“Long-Term Mental Health Effects”, “Talking to Your Partner About Insecurity”. Not medical advice."
    )


def test_picture_is_drawn_for_screen_and_paper_and_said_in_words(open_page: Open, practice: Workplace) -> None:
    at = open_page("learn").button(key="open_ho_loop").click().run()
    pictures = next(each.proto.body for each in at.get("html") if "handout-screen" in each.proto.body)
    assert pictures.count('src="data:image/svg+xml;base64,') == 2
    assert pictures.count(CATALOGUE.handouts["ho_loop"].drawing.says) == 2


def given(practice: Workplace, client: Client) -> list[str]:
    with practice.store.reading(practice.actor) as work:
        return [each.handout for each in handouts_given(work, client.id)]


def test_handout_is_logged_as_given_to_the_chosen_client_and_taken_back(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    at = open_page("learn", client.id).button(key="open_ho_loop").click().run()
    press(at, "Log as given")
    assert given(practice, client) == ["ho_loop"]
    assert "Logged as given to Ada on " in shown(at)
    press(at, "Undo")
    assert given(practice, client) == []
    assert "Logged as given" not in shown(at)


def test_without_a_chosen_client_one_is_chosen_first(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("learn").button(key="open_ho_loop").click().run()
    assert next(button for button in at.button if button.label == "Log as given").disabled
    at.selectbox[0].select("Ada").run()
    press(at, "Log as given")
    assert given(practice, client) == ["ho_loop"]


def test_handout_on_a_day_to_come_is_refused(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("learn", client.id).button(key="open_ho_loop").click().run()
    at.date_input[0].set_value(client.details.started_on + timedelta(days=1))
    press(at, "Log as given")
    assert "lies in the future" in at.error[0].value
    assert given(practice, client) == []


def test_what_was_logged_is_not_said_on_another_handout(open_page: Open, practice: Workplace, client: Client) -> None:
    at = open_page("learn", client.id).button(key="open_ho_loop").click().run()
    press(at, "Log as given")
    press(at, "All handouts")
    at.button(key="open_ho_body").click().run()
    assert "Logged as given" not in shown(at)
    assert given(practice, client) == ["ho_loop"]


def test_two_clients_of_one_name_are_told_apart_by_their_codes(
    open_page: Open, practice: Workplace, client: Client
) -> None:
    with practice.store.writing(practice.actor) as work:
        other = add_client(work, ClientDetails(name="Ada", started_on=work.today), uuid4())
        work.commit()
    at = open_page("learn", client.id).button(key="open_ho_loop").click().run()
    assert sorted(at.selectbox[0].options) == sorted([f"Ada, {client.code}", f"Ada, {other.code}"])
