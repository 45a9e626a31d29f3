"""Documents: every topic opens, is found, and leads back to where one was."""

from collections.abc import Callable
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue, topics
from core.model.check_in import CheckIn
from core.model.check_in_parts import SignAnswer, Source
from core.model.full_answers import FullAnswers
from core.model.people import Client
from core.services.check_ins import record_check_in
from dashboard import selection
from dashboard.components.text import WORD_JOINER
from dashboard.runtime import Workplace
from tests.screens.conftest import MAIN, SECONDS
from tests.screens.hostile_form import FORM, HOSTILE, put_hostile_form, taken_as_markdown

Open = Callable[..., AppTest]
CATALOGUE = load_catalogue()
TOPICS = topics(CATALOGUE)


@pytest.fixture
def recorded(practice: Workplace, client: Client) -> Client:
    """A check-in of the last seven days."""
    with practice.store.writing(practice.actor) as work:
        content = CheckIn(
            period_end=work.today, period_days=7, source=Source.CLIENT_IN_SESSION, anxiety_average=6,
            signs={"ws_checking": SignAnswer.OFTEN}, full=FullAnswers(practised={}),
        )  # fmt: skip
        record_check_in(work, client.id, content, uuid4())
        work.commit()
    return client


def listed(at: AppTest) -> list[str]:
    """The labels of the topics in the list."""
    return [button.label for button in at.button if str(button.key).startswith("open_")]


def search(at: AppTest, text: str) -> AppTest:
    return at.text_input(key="documents_search").set_value(text).run()


def links(at: AppTest) -> dict[str, str]:
    """The topics that the open one leads to, by their keys."""
    return {str(button.key): button.label for button in at.button if str(button.key).startswith("to_")}


def opened(at: AppTest, topic: str) -> AppTest:
    at = search(at, TOPICS[topic].label).button(key=f"open_{topic}").click().run()
    assert not at.exception
    return at


def shown(at: AppTest) -> str:
    tables = (str(cell) for table in at.table for cell in table.value.to_numpy().ravel())
    return unescape("\n".join([*(each.value for each in at.markdown), *tables]))


@pytest.mark.parametrize("name", TOPICS)
def test_each_topic_opens_under_its_label(name: str, open_page: Open, practice: Workplace) -> None:
    at = opened(open_page("documents"), name)
    assert f"# {TOPICS[name].label}" in shown(at)


def test_list_opens_on_the_signs_in_a_practice_without_clients(open_page: Open, practice: Workplace) -> None:
    at = open_page("documents")
    assert listed(at)[0] == "State of a warning sign"
    assert [sign.label for sign in CATALOGUE.warning_signs.values()] == listed(at)[3:9]
    assert at.text_input(key="documents_search").value == ""


def test_each_chapter_lists_its_topics_and_together_all_of_them(open_page: Open, practice: Workplace) -> None:
    at, seen = open_page("documents"), []
    for chapter in CATALOGUE.chapters:
        at.segmented_control(key="documents_chapter").set_value(chapter).run()
        assert CATALOGUE.chapters[chapter].about in shown(at)
        seen += listed(at)
    assert seen == [topic.label for topic in TOPICS.values()]


def test_search_looks_through_all_chapters_and_finds_labels_first(open_page: Open, practice: Workplace) -> None:
    at = search(open_page("documents"), "reassur")
    own_rule = "Rule: reassurance that never quite helps"
    assert listed(at)[:3] == ["Reassurance that never quite helps", own_rule, "Asked for reassurance"]
    assert "DIRI-RS" in listed(at)
    assert listed(search(at, "LOINC nonsense")) == []
    assert [info.value for info in at.info] == ["Nothing here is called or speaks of 'LOINC nonsense'."]


def test_what_is_searched_for_is_shown_as_it_was_typed(open_page: Open, practice: Workplace) -> None:
    at = search(open_page("documents"), "**zz** [a](http://b)")
    assert "**" not in at.info[0].value
    assert "](" not in at.info[0].value


def test_way_to_all_topics_leads_to_the_same_search(open_page: Open, practice: Workplace) -> None:
    at = search(open_page("documents"), "relief").button(key="open_measure.relief").click().run()
    at.button(key="all_topics").click().run()
    assert at.text_input(key="documents_search").value == "relief"


def test_a_sign_leads_to_its_rule_with_every_number_and_its_source(open_page: Open, practice: Workplace) -> None:
    at = opened(open_page("documents"), "ws_isolation")
    assert "Document 1, “How to Spot Destructive Relationship Insecurity”, line 109" in shown(at)
    assert "Document 2: From the partner, from talks and decisions." in shown(at)
    at.button(key="to_how_sign_state").click().run()
    table = at.table[0].value
    assert table["Default"].tolist() == ["28", "14", "2", "2", "half", "1", "2", "half"]
    assert set(table["Source"]) == {"project default"}


@pytest.mark.parametrize("sign", CATALOGUE.warning_signs)
def test_each_sign_says_what_is_read_beside_its_answers_and_leads_there(
    sign: str, open_page: Open, practice: Workplace
) -> None:
    [own] = [told for told in CATALOGUE.chapters["sign_rules"].explanations if told.sign == sign]
    at = opened(open_page("documents"), sign)
    assert own.lead in shown(at)
    at.button(key=f"to_{own.id}").click().run()
    assert f"# {own.label}" in shown(at)
    at.button(key="to_how_sign_state").click().run()
    assert f"to_{own.id}" in links(at)


def test_explanation_leads_to_those_that_go_on_from_it(open_page: Open, practice: Workplace) -> None:
    at = opened(open_page("documents"), "how_own_change").button(key="to_how_single_days").click().run()
    assert "# Change in single days" in shown(at)


def test_measure_and_what_is_worked_out_from_it_lead_to_each_other(open_page: Open, practice: Workplace) -> None:
    at = opened(open_page("documents"), "measure.anxiety_peak")
    at.button(key="to_how_level").click().run()
    assert "36 ÷ 8 = 4.5" in shown(at)
    at.button(key="to_measure.anxiety_peak").click().run()
    assert "# Anxiety, peak" in shown(at)


def test_sign_without_measures_has_no_empty_part(open_page: Open, practice: Workplace) -> None:
    assert "What bears on it" not in shown(opened(open_page("documents"), "ws_isolation"))
    at = opened(open_page("documents"), "ws_reassurance")
    assert set(links(at)) >= {"to_measure.relief", "to_questionnaire.diri_rs", "to_how_sign_state"}


@pytest.mark.parametrize("name", CATALOGUE.questionnaires)
def test_questionnaire_says_licence_version_what_ships_and_what_is_only_remembered(
    name: str, open_page: Open, practice: Workplace
) -> None:
    form = CATALOGUE.questionnaires[name]
    text = shown(opened(open_page("documents"), f"questionnaire.{name}"))
    assert form.licence in text
    assert f"Version {form.version}" in text
    assert ("the key alone" in text) == (form.ships == "scoring_only")
    assert ("Known from memory only" in text) == bool(form.unchecked)
    for line in form.all_cut_offs:
        assert line.use in text
        assert form.origin_words(line.origin) in text
    for item in form.items:
        assert f"- {item.number} {item.topic}" in text


def test_what_is_only_remembered_is_never_shown_as_read(open_page: Open, practice: Workplace) -> None:
    at = opened(open_page("documents"), "questionnaire.gad7")
    rows = [row for table in at.table for row in table.value.to_dict("records")]
    [remembered] = [row for row in rows if row["Value"] == "0.92"]
    assert unescape(remembered["Source"]) == "from memory, not checked"


def test_text_of_a_clinic_s_own_form_is_shown_letter_by_letter(
    open_page: Open, practice: Workplace, own_data_folder: Path
) -> None:
    put_hostile_form(own_data_folder)
    at = open_page("documents", looked_up={"topic": f"questionnaire.{FORM}"})
    cells = [str(cell) for table in at.table for cell in table.value.to_numpy().ravel()]
    assert f"# {HOSTILE}" in shown(at).replace(WORD_JOINER, "")
    assert taken_as_markdown([*(each.value for each in at.markdown), *cells]) == []
    listed_at = search(open_page("documents"), "bold")
    assert taken_as_markdown([*listed(listed_at), *(each.value for each in listed_at.markdown)]) == []


@pytest.mark.parametrize(
    ("page", "place", "topic"),
    [
        ("review", "ledger_how_start", "Start level"),
        ("review", "course_how_bars", "Bars"),
        ("review", "changes", "Change in the client's own record"),
        ("review", "signs", "State of a warning sign"),
        ("review", "practised", "What was practised"),
        ("review", "sign_ws_checking", "Checking for signs of distance"),
        ("today", "today_how_today", "What stands on Today"),
        ("settings", "settings", "State of a warning sign"),
    ],
)
def test_link_opens_its_topic_and_the_way_back_keeps_the_client(
    page: str, place: str, topic: str, open_page: Open, recorded: Client
) -> None:
    at = open_page(page, recorded.id)
    title = at.markdown[1].value if page == "review" else None
    at.button(key=f"explain_{place}").click().run()
    assert not at.exception
    assert f"# {topic}" in shown(at)
    at.button(key="way_back").click().run()
    assert not at.exception
    assert at.session_state[selection.CLIENT] == recorded.id
    assert at.button(key=f"explain_{place}")
    assert title is None or at.markdown[1].value == title


def test_sign_one_came_from_is_open_on_the_way_back(open_page: Open, recorded: Client) -> None:
    at = open_page("review", recorded.id).button(key="explain_sign_ws_checking").click().run()
    at.button(key="way_back").click().run()
    told = {each.label.split("**")[1]: each.proto.expanded for each in at.expander if "**" in each.label}
    assert {lead: expanded for lead, expanded in told.items() if ":" in lead} == {
        "Checking for signs of distance: Not enough recorded.": True
    } | {
        f"{sign.label}: Not enough recorded.": False
        for sign in CATALOGUE.warning_signs.values()
        if sign.id != "ws_checking"
    }


def test_documents_opened_without_a_screen_before_has_no_way_back(open_page: Open, practice: Workplace) -> None:
    at = AppTest.from_file(str(MAIN), default_timeout=SECONDS).switch_page("screens/documents.py").run()
    assert not at.exception
    assert "way_back" not in [button.key for button in at.button]
