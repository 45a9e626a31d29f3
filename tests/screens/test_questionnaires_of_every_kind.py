"""Forms of other shapes on the entry page: two subscales, steps of 25, a half-point line, a clinic's file."""

from collections.abc import Callable
from html import unescape
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.catalogue import load_catalogue
from core.model.people import Client
from dashboard import runtime
from dashboard.runtime import CLINIC_FOLDER, Workplace

Open = Callable[..., AppTest]
OFFERED = [form.id for form in load_catalogue().questionnaires.values() if form.ships == "topics"]


def opened(open_page: Open, client_id: UUID, form: str) -> AppTest:
    at = open_page("questionnaires", client_id)
    next(each for each in at.button_group if each.label == "Questionnaire").set_value(form)
    return at.run()


def fill(at: AppTest, digits: str) -> str:
    next(box for box in at.text_input if box.label == "Answers in order").input(digits).run()
    return "\n".join(text.value for text in at.markdown)


@pytest.mark.parametrize("form", OFFERED)
def test_form_is_drawn_with_a_row_for_each_item(open_page: Open, client: Client, form: str) -> None:
    at = opened(open_page, client.id, form)
    rows = [each for each in at.button_group if each.label.startswith("Item ")]
    assert len(rows) == len(load_catalogue().questionnaires[form].items)
    assert not at.exception


def test_two_subscales_are_shown_instead_of_a_total(open_page: Open, client: Client) -> None:
    at = opened(open_page, client.id, "ecr_rs")
    assert "The total appears" in fill(at, "")
    shown = fill(at, "777711777")
    assert "attachment avoidance 1 of 1 to 7; attachment anxiety 7 of 1 to 7" in shown


def test_digits_stand_for_steps_of_twenty_five(open_page: Open, practice: Workplace, client: Client) -> None:
    at = opened(open_page, client.id, "cbi_personal")
    shown = fill(at, "43210")
    assert "**Total 50** of 0 to 100 (prorated: item 6 not answered, counted as the mean of the others)" in shown
    field = next(box for box in at.text_input if box.label == "Answers in order")
    assert field.value == "43210"
    rows = [each.value for each in at.button_group if each.label.startswith("Item ")]
    assert rows == [100, 75, 50, 25, 0, None]


def test_line_at_a_half_point_is_written_as_one(open_page: Open, client: Client) -> None:
    at = opened(open_page, client.id, "csi_4")
    fill(at, "4333")
    assert any("Below 13.5: notable dissatisfaction" in caption.value for caption in [*at.caption, *at.markdown])


def test_file_of_the_clinic_that_is_wrong_is_named_in_settings(open_page: Open, client: Client) -> None:
    folder = runtime.settings().data_dir / CLINIC_FOLDER
    folder.mkdir(parents=True)
    (folder / "ours.toml").write_text("this is no definition", encoding="utf-8")
    runtime.catalogue.cache_clear()
    at = open_page("settings")
    (warning,) = at.warning
    assert unescape(warning.value).startswith("questionnaires/ours.toml is not valid TOML")
