"""A clinic's own questionnaire with hostile texts is drawn letter by letter wherever its form is entered."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

from core.model.people import Client
from tests.screens.hostile_form import FORM, put_hostile_form, taken_as_markdown

Open = Callable[..., AppTest]


def drawn(at: AppTest) -> list[str]:
    """Every text on the screen that Streamlit reads as Markdown."""
    cells = [str(cell) for table in at.table for cell in table.value.to_numpy().ravel()]
    controls = [each for control in at.segmented_control for each in (control.label, *control.options)]
    boxes = [each.label for each in (*at.text_input, *at.button)]
    messages = [each.value for each in (*at.markdown, *at.success, *at.info, *at.error)]
    return [*cells, *controls, *boxes, *messages]


def opened(at: AppTest) -> AppTest:
    """The form of the clinic, chosen among all of them."""
    chooser = next(each for each in at.segmented_control if str(each.key).endswith("_which"))
    at = chooser.set_value(FORM).run()
    assert not at.exception
    return at


def test_topics_name_and_licence_of_a_clinic_s_form_are_no_markdown(
    own_data_folder: Path, open_page: Open, client: Client
) -> None:
    put_hostile_form(own_data_folder)
    at = opened(open_page("questionnaires", client.id))
    assert sum("bold" in text for text in drawn(at)) > 5
    assert taken_as_markdown(drawn(at)) == []


def test_score_of_a_clinic_s_form_is_no_markdown(own_data_folder: Path, open_page: Open, client: Client) -> None:
    put_hostile_form(own_data_folder)
    at = opened(open_page("questionnaires", client.id))
    typed = next(each for each in at.text_input if str(each.key).endswith("_typed"))
    typed.set_value("44444").run()
    next(each for each in at.button if each.label == "Save questionnaire").click().run()
    assert not at.exception
    assert any("Total 20" in text for text in drawn(at))
    assert taken_as_markdown(drawn(at)) == []
    assert taken_as_markdown(drawn(at.switch_page("screens/review.py").run())) == []
