"""A wrong definition is refused with the file, the id and what is wrong; nothing is half loaded."""

import shutil
from pathlib import Path

import pytest

from core.catalogue import load_catalogue
from core.catalogue.loading import FOLDER
from core.errors import CatalogueError

SIGNS, DISTORTIONS, MEASURES = "warning_signs.toml", "distortions.toml", "measures.toml"
RULES, NOTES, WORDING = "rules.toml", "note_templates.toml", "wording.toml"
DOCUMENTS, GAD7, PHQ9 = "documents.toml", "questionnaires/gad7.toml", "questionnaires/phq9.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped definitions that a test may spoil."""
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}: the case tests nothing"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(folder)
    return str(refused.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (SIGNS, 'letter = "C"\n', "", ["ws_checking", "letter", "Field required"]),
        (SIGNS, 'letter = "C"', 'letter = "CC"', ["ws_checking", "letter", "pattern"]),
        (SIGNS, 'letter = "C"', 'letter = "R"', ["letter 'R' stands twice"]),
        (SIGNS, 'id = "ws_checking"', 'id = "ws_reassurance"', ["id 'ws_reassurance' stands twice"]),
        (SIGNS, 'id = "ws_checking"', 'id = "checking"', ["'checking'", "pattern"]),
        (SIGNS, 'label = "Checking for', 'lable = "Checking for', ["ws_checking", "lable"]),
        (SIGNS, "needs_partner = true", "needs_partner = 1", ["ws_checking", "needs_partner", "boolean"]),
        (SIGNS, "lines = [106, 106]", "lines = [206, 206]", ["ws_checking", "lines [206, 206]", "101 to 115"]),
        (SIGNS, "lines = [106, 106]", "lines = [106]", ["ws_checking", "lines"]),
        (SIGNS, "lines = [106, 106]", "lines = [107, 106]", ["ws_checking", "lines [107, 106]"]),
        (SIGNS, 'document = "d1"', 'document = "d9"', ["ws_reassurance", "no document 'd9'"]),
        (SIGNS, 'section = "Seeking Reassurance"', 'section = "Seeking"', ["ws_reassurance", "no section 'Seeking'"]),
        (SIGNS, "[[signs]]", "[[sings]]", ["sings"]),
        (SIGNS, 'scales = ["csi_4"]', 'scales = ["csi_99"]', ["ws_repeated_conflict", "no definition 'csi_99'"]),
        (SIGNS, 'scales = ["csi_4"]\n', "", ["ws_repeated_conflict", "scales_origin"]),
        (SIGNS, "scales_origin = ", "kept_from = ", ["ws_reassurance", "kept_from"]),
        (DISTORTIONS, 'label = "Mind-reading"', 'label = ""', ["cd_mind_reading", "label"]),
        (DISTORTIONS, 'label = "Mind-reading"', "label = 7", ["cd_mind_reading", "label", "string"]),
        (DISTORTIONS, 'indicators = ["“always”, “never”"]', "indicators = []", ["cd_black_white", "indicators"]),
        (MEASURES, "maximum = 10\n", "maximum = 10.5\n", ["anxiety_average", "maximum", "integer"]),
        (MEASURES, "maximum = 10\n", "maximum = true\n", ["anxiety_average", "maximum", "integer"]),
        (MEASURES, "maximum = 10\n", "maximum = 0\n", ["anxiety_average", "not below maximum"]),
        (MEASURES, "maximum = 10\n", "", ["anxiety_average", "needs minimum, maximum"]),
        (MEASURES, 'kind = "rating"', 'kind = "grade"', ["anxiety_average", "kind", "rating"]),
        (MEASURES, 'kind = "rating"', 'kind = "answer"', ["anxiety_average", "needs choices"]),
        (MEASURES, 'id = "exact"', 'id = "about"', ["reassurance_count_kind", "choice 'about' stands twice"]),
        (MEASURES, 'range_origin = "project default"', 'range_origin = "a study"', ["anxiety_average", "range_origin"]),
        (RULES, "window_days = 28", "window_days = 0", ["R0", "window_days"]),
        (RULES, "min_asked_days = 14", "min_asked_days = 29", ["R0", "more than window_days 28"]),
        (RULES, "present_share = 0.5", "present_share = nan", ["R0", "present_share"]),
        (RULES, "present_share = 0.5", "present_share = 1.5", ["R0", "present_share"]),
        (RULES, "watch_share = 0.5", "watch_share = 0.9", ["R0", "below Watch"]),
        (RULES, "watch_often_check_ins = 1", "watch_often_check_ins = 3", ["R0", "below Watch"]),
        (RULES, 'threshold_origin = "project default"', 'threshold_origin = ""', ["R0", "threshold_origin"]),
        (
            RULES,
            "min_days_for_weekly_figure = 4",
            "min_days_for_weekly_figure = 8",
            ["E0", "min_days_for_weekly_figure"],
        ),
        (RULES, "start_level_min_days = 14", "start_level_min_days = 29", ["E0", "more than start_level_days"]),
        (NOTES, '"rating", "count"', '"rating", "rating"', ["soap", "stands twice"]),
        (NOTES, '"rating", "count"', '"rating", "mood"', ["soap", "accepts"]),
        (NOTES, 'label = "Plan", accepts = []', 'label = "Plan", accepts = ["count"]', ["plan", "words_only"]),
        (
            NOTES,
            'label = "Plan", accepts = [], words_only = true',
            'label = "Plan", accepts = ["count"], words_only = false',
            ["soap", "plan", "therapist's alone"],
        ),
        (WORDING, 'text = "diagnos"', 'text = "Diagnos"', ["Diagnos", "pattern"]),
        (WORDING, 'text = "disorder"', 'text = "diagnos"', ["'diagnos' stands twice"]),
        (WORDING, '"diagnos"\nstem = true', '"diagnos"\nstem = 0', ["text 'diagnos'", "stem", "boolean"]),
        (DOCUMENTS, "lines = [1, 22]", "lines = [22, 1]", ["d1", "run backward"]),
        (DOCUMENTS, 'id = "d2"', 'id = "d1"', ["id 'd1' stands twice"]),
        (GAD7, 'id = "gad7"', 'id = "gad8"', ["gad8", "file's name, 'gad7'"]),
        (GAD7, "number = 3,", "number = 4,", ["gad7", "without a gap"]),
        (GAD7, "number = 3,", "number = true,", ["gad7", "items.2.number", "integer"]),
        (GAD7, "maximum = 3,", "maximum = 4,", ["gad7", "item 1"]),
        (GAD7, "axis = [0, 21]", "axis = [0, 27]", ["gad7", "axis [0, 27]", "[0, 21]"]),
        (GAD7, "low = 5, high = 9", "low = 4, high = 9", ["gad7", "bands", "once each"]),
        (GAD7, "low = 5, high = 9", "low = 6, high = 9", ["gad7", "bands", "once each"]),
        (GAD7, 'label = "mild"', 'label = "minimal"', ["gad7", "'minimal' stands twice"]),
        (GAD7, "{ value = 10, use", "{ value = 22, use", ["gad7", "cut-off 22"]),
        (GAD7, "points = 4", "points = 40", ["gad7", "40 points"]),
        (GAD7, "sensitivity = 0.89", "sensitivity = 89.0", ["gad7", "sensitivity"]),
        (GAD7, 'sources = ["plummer"]', 'sources = ["plumber"]', ["gad7", "'plumber'"]),
        (GAD7, 'sources = ["plummer"]', "sources = []", ["gad7", "must name the source"]),
        (GAD7, 'minutes = { status = "project default" }\n', "", ["gad7", "missing ['minutes']"]),
        (GAD7, 'minutes = { status = "project default" }', 'price = { status = "memory" }', ["not known ['price']"]),
        (GAD7, 'status = "seen"', 'status = "heard"', ["gad7", "status"]),
        (GAD7, 'loinc = "69725-0"', 'loinc = "69725"', ["gad7", "number 1", "loinc"]),
        (GAD7, 'missing_rule = "complete_only"', 'missing_rule = "prorate"', ["gad7", "missing_rule"]),
        (GAD7, 'value = 3, label = "nearly', 'value = 4, label = "nearly', ["gad7", "answers [0, 1, 2, 4]"]),
        (PHQ9, "lines = [121, 121]", "lines = [128, 128]", ["phq9", "lines [128, 128]"]),
        (PHQ9, "safety = true", 'safety = "yes"', ["phq9", "number 9", "safety", "boolean"]),
        (PHQ9, "version = 1", "version = 2026-05-21", ["phq9", "version", "integer"]),
    ],
)
def test_wrong_definition_is_refused_by_file_and_id(
    folder: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    spoil(folder / file, old, new)
    message = refusal(folder)
    assert message.startswith(f"{file}: ")
    assert "Nothing was loaded" in message
    assert [words for words in said if words not in message] == []


@pytest.mark.parametrize("file", [SIGNS, DISTORTIONS, MEASURES, RULES, NOTES, WORDING, DOCUMENTS])
def test_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert refusal(folder).startswith(f"{file} cannot be read (No such file")


@pytest.mark.parametrize("file", [SIGNS, RULES, GAD7])
def test_empty_file_is_refused_by_name(folder: Path, file: str) -> None:
    (folder / file).write_text("", encoding="utf-8")
    assert refusal(folder).startswith(f"{file}: ")


def test_broken_toml_is_refused_with_its_line(folder: Path) -> None:
    spoil(folder / RULES, "version = 1", "version = ")
    message = refusal(folder)
    assert message.startswith("rules.toml is not valid TOML: ")
    assert "line 5" in message


def test_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / NOTES).write_bytes("label = “SOAP”".encode("utf-16"))
    assert refusal(folder) == "note_templates.toml is not UTF-8 text. Nothing was loaded."


def test_folder_without_questionnaires_is_refused(folder: Path) -> None:
    for file in (folder / "questionnaires").iterdir():
        file.unlink()
    assert refusal(folder).startswith("No definition file was found in the folder questionnaires.")


def test_all_mistakes_of_a_file_are_named_at_once(folder: Path) -> None:
    spoil(folder / SIGNS, 'letter = "C"', 'letter = "c"')
    spoil(folder / SIGNS, 'letter = "O"', "letter = 0")
    message = refusal(folder)
    assert "ws_checking" in message
    assert "ws_overthinking" in message


def test_copy_of_the_shipped_definitions_loads(folder: Path) -> None:
    assert load_catalogue(folder) == load_catalogue()
