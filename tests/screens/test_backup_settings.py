"""Settings, Backups: the time of the last checked one, one more when asked for, and what a failure says."""

from pathlib import Path

import pytest

from dashboard import runtime
from dashboard.runtime import Workplace
from tests.screens.conftest import Open


def said(at: object) -> str:
    return "\n".join(each.value for each in at.markdown)  # type: ignore[attr-defined]


def test_back_up_now_makes_one_and_says_when(open_page: Open, practice: Workplace, own_data_folder: Path) -> None:
    at = open_page("settings")
    assert "No checked backup is in this folder yet." in said(at)
    assert "same disk" in said(at)
    at.button(key="back_up_now").click().run()
    assert "Last checked backup: **today, " in said(at)
    assert "1 is kept" in said(at)
    assert len(list((own_data_folder / "backups").iterdir())) == 2


def test_another_folder_can_be_chosen(open_page: Open, practice: Workplace, tmp_path: Path) -> None:
    at = open_page("settings")
    at.text_input(key="backup_folder_0").set_value(str(tmp_path / "stick")).run()
    at.button(key="choose_backup_folder").click().run()
    assert at.text_input(key="backup_folder_1").value == str(tmp_path / "stick")
    at.button(key="back_up_now").click().run()
    assert len(list((tmp_path / "stick").iterdir())) == 2


@pytest.mark.parametrize("folder", ["backups", "{}/data/practice.db"])
def test_folder_that_cannot_be_used_is_refused_in_a_sentence(
    open_page: Open, practice: Workplace, tmp_path: Path, folder: str
) -> None:
    at = open_page("settings")
    at.text_input(key="backup_folder_0").set_value(folder.format(tmp_path)).run()
    at.button(key="choose_backup_folder").click().run()
    assert len(at.error) == 1
    assert "Nothing was changed" in at.error[0].value


def test_failure_is_told_on_every_screen_until_one_succeeds(
    open_page: Open, practice: Workplace, own_data_folder: Path
) -> None:
    (own_data_folder / "backups").write_text("a file in the way")
    at = open_page("settings")
    at.button(key="back_up_now").click().run()
    assert at.error
    assert ["Settings says why" in each.value for each in open_page("learn").warning] == [True]
    assert any("Not a directory" in each.value for each in open_page("settings").warning)
    (own_data_folder / "backups").unlink()
    runtime.backups().back_up_now()
    assert not open_page("learn").warning


def test_visitor_of_the_synthetic_practice_is_offered_no_backup(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = runtime.presences().look_around(instead_of=None)
    monkeypatch.setattr(runtime, "sign_in_token", lambda: token)
    assert "back_up_now" not in {each.key for each in open_page("settings").button}
