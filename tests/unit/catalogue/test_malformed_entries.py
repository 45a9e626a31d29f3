"""A wrong entry, difference or handout is refused with the file, the id and what is wrong."""

import shutil
from pathlib import Path

import pytest

from core.catalogue import load_catalogue
from core.catalogue.loading import FOLDER
from core.errors import CatalogueError

IDEAS, HELP = "entries/1_what_it_is.toml", "entries/4_what_helps.toml"
DIFFERENCES, LOOP, DOCUMENTS = "differences.toml", "handouts/ho_loop.toml", "documents.toml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped definitions that a test may spoil."""
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def refusal(folder: Path) -> str:
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(folder)
    return str(refused.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (IDEAS, 'id = "core_vulnerability"', 'id = "core_insecurity"', ["id 'core_insecurity' stands twice"]),
        (IDEAS, 'id = "core_vulnerability"', 'id = "openness"', ["openness", "pattern"]),
        (IDEAS, 'id = "core_vulnerability"', 'id = "tr_vulnerability"', ["'tr_vulnerability'", "begin with 'core_'"]),
        (IDEAS, 'label = "Healthy vulnerability"', 'label = "Relationship insecurity"', ["stands twice"]),
        (IDEAS, 'label = "Healthy vulnerability"', 'lable = "Healthy"', ["core_vulnerability", "lable"]),
        (IDEAS, 'prefix = "core_"', 'prefix = "core"', ["prefix"]),
        (IDEAS, "lines = [27, 27]", "lines = [127, 127]", ["core_vulnerability", "lines [127, 127]", "23 to 30"]),
        (IDEAS, 'document = "d1", section = "What Is', 'document = "d3", section = "What Is', ["no document 'd3'"]),
        (IDEAS, '"anxiety_average"', '"anxiety_mean"', ["core_insecurity", "no definition 'anxiety_mean'"]),
        (IDEAS, '"ecr_rs.anxiety"', '"ecr rs"', ["core_insecurity", "scales", "pattern"]),
        (IDEAS, 'written_in = ["note", "handout"]', 'written_in = ["diary"]', ["core_insecurity", "written_in"]),
        (HELP, 'origin = "project default"\n', "", ["ta_other", "needs a pointer"]),
        (DIFFERENCES, 'id = "df_tone"', 'id = "df_panic"', ["id 'df_panic' stands twice"]),
        (DIFFERENCES, 'program = "Prints two facts."', "", ["df_insula", "program"]),
        (LOOP, '"ef_reassurance"', '"ef_asking"', ["ho_loop", "no definition 'ef_asking'"]),
        (LOOP, "lines = [105, 105]", "lines = [205, 205]", ["ho_loop", "lines [205, 205]"]),
        (LOOP, "<svg ", "<svg onload='x' href='x' ", ["ho_loop", "shapes and words only"]),
        (LOOP, "place = 4", "place = 0", ["ho_loop", "place"]),
        (LOOP, "place = 4", "place = 5", ["place 5 stands twice"]),
        (LOOP, "try_this = ", "tries = ", ["ho_loop", "try_this", "tries"]),
        (DOCUMENTS, "lines = [23, 30]", "lines = [24, 30]", ["d1", "begins at line 24", "line 23 is next"]),
        (DOCUMENTS, "[93, 93], [94, 94]", "[94, 94], [93, 93]", ["d1", "not in the order"]),
    ],
)
def test_wrong_entry_or_handout_is_refused_by_its_id(
    folder: Path, file: str, old: str, new: str, said: list[str]
) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}: the case tests nothing"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    message = refusal(folder)
    assert "Nothing was loaded" in message
    assert [words for words in said if words not in message] == []


@pytest.mark.parametrize("file", [IDEAS, DIFFERENCES, "handouts"])
def test_catalogue_without_its_entries_or_handouts_is_refused(folder: Path, file: str) -> None:
    shutil.rmtree(folder / file) if (folder / file).is_dir() else (folder / file).unlink()
    assert "Nothing was loaded" in refusal(folder)
