"""A clinic's own files: taken when right, left out with a reason when wrong, and nothing ever crashes."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.analysis.scoring import score_entered, score_response
from core.catalogue import Catalogue, load_catalogue
from core.catalogue.loading import FOLDER
from core.catalogue.questionnaire_files import LEFT_OUT
from core.errors import CatalogueError

PLAIN = load_catalogue()
SHIPPED = FOLDER / "questionnaires"
BASE = (SHIPPED / "wsas.toml").read_text("utf-8").replace('id = "wsas"', 'id = "own_form"')
SCORE_ONLY = """
id = "ius_12"
version = 1
name = "Intolerance of Uncertainty Scale, 12 items"
short_name = "IUS-12"
construct = "how hard uncertainty is to bear"
recall = "in general"
direction = "higher_is_worse"
method = "sum"
missing_rule = "complete_only"
axis = [12, 60]
minutes = 3
bears_on = "tolerance of uncertainty"
licence_class = "licensed_to_clinic"
licence = "Used by this clinic with the author's leave."
subscales = [{ id = "prospective", label = "prospective", axis = [7, 35] }]

[sources]
article = "Carleton 2007"

[origins]
items = { status = "not found" }
scale = { status = "not found" }
answers = { status = "not found" }
recall = { status = "memory" }
method = { status = "seen", sources = ["article"] }
range = { status = "seen", sources = ["article"] }
missing_rule = { status = "project default" }
minutes = { status = "project default" }
licence = { status = "project default" }
subscales = { status = "seen", sources = ["article"] }
"""


def load(folder: Path) -> Catalogue:
    return load_catalogue(clinic_folder=folder)


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_own_definition_is_taken_after_those_that_ship(tmp_path: Path) -> None:
    put(tmp_path, "own_form.toml", BASE)
    catalogue = load(tmp_path)
    assert catalogue.notices == ()
    assert "own_form" in catalogue.questionnaires
    found = score_response(catalogue.questionnaires["own_form"], dict.fromkeys(range(1, 6), 4))
    assert (found.total, found.questionnaire_id) == (20, "own_form")


def test_form_without_items_takes_range_checked_numbers(tmp_path: Path) -> None:
    put(tmp_path, "ius_12.toml", SCORE_ONLY)
    catalogue = load(tmp_path)
    assert catalogue.notices == ()
    found = score_entered(catalogue.questionnaires["ius_12"], {"total": 37, "prospective": 20})
    assert (found.total, found.subscale("prospective").value) == (37, 20)
    assert list(catalogue.questionnaires)[-1] == "ius_12", "forms without a place stand last"


def test_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert load(tmp_path / "nowhere") == PLAIN
    put(tmp_path, "file", "")
    assert load(tmp_path / "file") == PLAIN


def test_shipped_id_is_refused_and_the_shipped_definition_stays(tmp_path: Path) -> None:
    put(tmp_path, "gad7.toml", (SHIPPED / "gad7.toml").read_text("utf-8"))
    catalogue = load(tmp_path)
    (notice,) = catalogue.notices
    assert notice.startswith("gad7.toml: id 'gad7', the program ships a definition with this id; ")
    assert "gad7.wording.toml" in notice
    assert catalogue.questionnaires["gad7"] == PLAIN.questionnaires["gad7"]


def test_licensed_wording_is_put_under_the_key_that_ships(tmp_path: Path) -> None:
    put(tmp_path, "ucla_3.wording.toml", wording("ucla_3", 3))
    catalogue = load(tmp_path)
    assert catalogue.notices == ()
    form = catalogue.questionnaires["ucla_3"]
    assert [item.wording for item in form.items] == ["text 1", "text 2", "text 3"]
    assert (form.licence, form.licence_class) == ("Leave of the author, 2026.", "licensed_to_clinic")
    shipped = PLAIN.questionnaires["ucla_3"]
    assert score_response(form, {1: 1, 2: 2, 3: 3}) == score_response(shipped, {1: 1, 2: 2, 3: 3})


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ucla_3.wording.toml", ("ucla_3", 2), "it words items [1, 2]; the form has items [1, 2, 3]"),
        ("ucla_3.wording.toml", ("ucla_3", 3, 2), "it words version 2, and the definition is version 1"),
        ("nobody.wording.toml", ("nobody", 3), "there is no questionnaire with this id"),
        ("other.wording.toml", ("ucla_3", 3), "the file's name must be ucla_3.wording.toml"),
    ],
)
def test_wording_that_does_not_fit_is_left_out(tmp_path: Path, name: str, text: tuple[object, ...], said: str) -> None:
    put(tmp_path, name, wording(*text))  # type: ignore[arg-type]  # rows of a table
    (notice,) = load(tmp_path).notices
    assert notice.startswith(f"{name}: id ")
    assert said in notice


def wording(name: str, items: int, version: int = 1) -> str:
    rows = "".join(f'{{ number = {number}, wording = "text {number}" }},\n' for number in range(1, items + 1))
    return f'wording_of = "{name}"\nversion = {version}\nlicence = "Leave of the author, 2026."\nitems = [\n{rows}]\n'


# Versions


def test_earlier_version_stays_beside_the_newest_and_scores_its_own_responses(tmp_path: Path) -> None:
    newest = BASE.replace("version = 1", "version = 2", 1).replace(
        "maximum = 8, reverse = false", "maximum = 8, reverse = true", 1
    )
    put(tmp_path, "own_form.toml", newest)
    put(tmp_path, "own_form.v1.toml", BASE)
    catalogue = load(tmp_path)
    assert catalogue.notices == ()
    first, second = catalogue.questionnaire("own_form", 1), catalogue.questionnaire("own_form", 2)
    assert first is not None
    assert second is not None
    answers = {1: 8, 2: 0, 3: 0, 4: 0, 5: 0}
    assert (score_response(first, answers).total, score_response(second, answers).total) == (8, 0)
    assert catalogue.questionnaires["own_form"] == second
    assert catalogue.questionnaire("own_form", 3) is None, "another version is never given instead"
    assert catalogue.questionnaire("nobody", 1) is None


def test_earlier_version_stays_when_the_newest_is_left_out(tmp_path: Path) -> None:
    put(tmp_path, "own_form.toml", "broken")
    put(tmp_path, "own_form.v1.toml", BASE)
    catalogue = load(tmp_path)
    assert len(catalogue.notices) == 1
    assert "own_form" not in catalogue.questionnaires
    assert catalogue.questionnaire("own_form", 1) is not None


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("own_form.v2.toml", BASE, "version 1 is not the 2 of the file's name"),
        ("own_form.v1.toml", BASE.replace("own_form", "other"), "the id must be the file's name, 'own_form'"),
        ("own_form.v0.toml", BASE, "the id must be the file's name, 'own_form.v0'"),
    ],
)
def test_earlier_version_must_be_what_its_name_says(tmp_path: Path, name: str, text: str, said: str) -> None:
    put(tmp_path, name, text)
    (notice,) = load(tmp_path).notices
    assert said in notice


def test_two_files_of_one_version_leave_the_earlier_one_out(tmp_path: Path) -> None:
    put(tmp_path, "own_form.toml", BASE)
    put(tmp_path, "own_form.v1.toml", BASE)
    catalogue = load(tmp_path)
    assert catalogue.notices == (f"own_form.v1.toml: own_form.toml holds version 1. {LEFT_OUT}",)
    assert catalogue.earlier_questionnaires == {}


def test_shipped_earlier_version_needs_a_later_one(tmp_path: Path) -> None:
    copy = tmp_path / "catalogue"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    folder = copy / "questionnaires"
    shutil.copy(folder / "gad7.toml", folder / "gad7.v1.toml")
    with pytest.raises(CatalogueError, match=r"no version above 1 stands in gad7\.toml"):
        load_catalogue(copy)
    newest = (folder / "gad7.toml").read_text("utf-8").replace("version = 1", "version = 2", 1)
    put(folder, "gad7.toml", newest)
    catalogue = load_catalogue(copy)
    assert [catalogue.questionnaire("gad7", version) is not None for version in (1, 2, 3)] == [True, True, False]
    assert list(catalogue.earlier_questionnaires) == [("gad7", 1)]


# Two hundred files that are wrong

FIELDS = [line.split(" = ")[0] for line in BASE.split("\nitems")[0].splitlines() if " = " in line]
NEEDED = [name for name in FIELDS if name not in (
    "pointer", "place", "ships", "most_missing", "citation", "doi", "not_applicable",
)]  # fmt: skip
WRONG_VALUES = ["[]", "{}", "-1", "nan", "true", "1979-05-27", "99999999999999999999", '""', '" "']


def replaced(name: str, value: str) -> str:
    return re.sub(rf"(?m)^{name} = .*$", f"{name} = {value}", BASE, count=1)


def swapped(old: str, new: str) -> str:
    assert old in BASE, old
    return BASE.replace(old, new, 1)


def malformed() -> Iterator[tuple[str, str | bytes, str]]:
    """A name for the case, what stands in the file, and words that the refusal must hold."""
    for name in NEEDED:
        yield f"{name} missing", re.sub(rf"(?m)^{name} = .*\n", "", BASE, count=1), name
        yield f"{name} twice", BASE.replace(f"\n{name} = ", f"\n{name} = 1\n{name} = ", 1), "not valid TOML"
    for name in NEEDED:
        for value in WRONG_VALUES:
            yield f"{name} = {value}", replaced(name, value), name
    yield from ITEM_CASES
    yield from FORM_CASES
    yield from BYTE_CASES


ITEM = '{ number = 3, topic = "leisure with others", minimum = 0, maximum = 8, reverse = false, safety = false }'
ITEM_CASES = [
    (f"item with {new or 'nothing'} for {old}", swapped(ITEM, ITEM.replace(old, new)), said)
    for old, new, said in (
        ("number = 3, ", "", "items.2.number: Field required"),
        ("number = 3", "number = 4", "without a gap"),
        ("number = 3", "number = 2", "without a gap"),
        ("number = 3", 'number = "3"', "integer"),
        ("number = 3", "number = 0", "greater than or equal to 1"),
        ("number = 3", "number = 3.0", "number"),
        ('topic = "leisure with others", ', "", "number 3, topic: Field required"),
        ('"leisure with others"', '""', "number 3, topic"),
        ('"leisure with others"', "7", "number 3, topic"),
        ("minimum = 0, ", "", "number 3, minimum: Field required"),
        ("minimum = 0", "minimum = -1", "number 3, minimum"),
        ("minimum = 0", "minimum = 8", "number 3, minimum 8 is not below maximum 8"),
        ("minimum = 0", "minimum = 9", "number 3, minimum 9 is not below maximum 8"),
        ("minimum = 0", "minimum = 1", "item 3"),
        ("maximum = 8, ", "", "number 3, maximum: Field required"),
        ("maximum = 8", "maximum = 7", "item 3"),
        ("maximum = 8", "maximum = 1001", "number 3, maximum"),
        ("maximum = 8", "maximum = true", "number 3, maximum"),
        ("maximum = 8", "maximum = 8.5", "number 3, maximum"),
        ("maximum = 8", "maximum = inf", "number 3, maximum"),
        ("reverse = false, ", "", "number 3, reverse: Field required"),
        ("reverse = false", "reverse = 0", "number 3, reverse"),
        ("reverse = false", 'reverse = "no"', "number 3, reverse"),
        ("safety = false", "safety = 1", "number 3, safety"),
        (", safety = false", "", "number 3, safety: Field required"),
        ("safety = false", "safety = false, step = 3", "number 3, steps of 3"),
        ("safety = false", "safety = false, step = 0", "number 3, step"),
        ("safety = false", 'safety = false, loinc = "1"', "number 3, loinc"),
        ("safety = false", "safety = false, weight = 2", "number 3, weight"),
        ("safety = false", 'safety = false, answers = [{ value = 1, label = "x" }]', "item 3"),
        (
            "safety = false",
            'safety = false, answers = [{ value = 0, label = "a" }, { value = 0, label = "b" }]',
            "item 3",
        ),
        ("safety = false", 'safety = false, wording = ""', "number 3, wording"),
        ("safety = false", "safety = false, scored = 1", "number 3, scored"),
    )
]
FORM_CASES = [
    (f"form with {new[:30]}", swapped(old, new), said)
    for old, new, said in (
        ("axis = [0, 40]", "axis = [0, 32]", "axis [0, 32] is not the range of the items, [0, 40]"),
        ("axis = [0, 40]", "axis = [40, 0]", "axis [40, 0] runs backward"),
        ("axis = [0, 40]", "axis = [0]", "axis"),
        ("axis = [0, 40]", "axis = [0, 20, 40]", "axis"),
        ("axis = [0, 40]", 'axis = ["0", "40"]', "axis"),
        ("axis = [0, 40]", "axis = [nan, 40]", "axis"),
        ("axis = [0, 40]", "axis = [0, 1e300]", "axis"),
        ("most_missing = 1", "most_missing = 0", "does not go with most_missing 0"),
        ("most_missing = 1", "most_missing = 5", "leaves none of the 5 scored items"),
        ("most_missing = 1", "most_missing = -1", "most_missing"),
        ('missing_rule = "allowed_missing"', 'missing_rule = "complete_only"', "does not go with most_missing 1"),
        ('missing_rule = "allowed_missing"', 'missing_rule = "prorate"', "missing_rule"),
        ("{ items = [1], rule", "{ items = [6], rule", "not_applicable names items [6]"),
        ("{ items = [1], rule", "{ items = [], rule", "not_applicable.items"),
        ('rule = "mean_of_rest"', 'rule = "zero"', "not_applicable.rule"),
        ("low = 10, high = 20", "low = 9, high = 20", "once each"),
        ("low = 10, high = 20", "low = 11, high = 20", "once each"),
        ("low = 10, high = 20", "low = 20, high = 10", "once each"),
        ("low = 10, high = 20", "low = 10.25, high = 20", "no whole or half point"),
        ("low = 21, high = 40", "low = 21, high = 39", "once each"),
        ("low = 0, high = 9", "low = 1, high = 9", "once each"),
        ("low = 0, high = 9", "low = 0, high = 9, starts_above = true", "once each"),
        ('label = "significant"', 'label = "below the first line"', "stands twice"),
        ("value = 10, use", "value = 0, use", "cut-off 0"),
        ("value = 10, use", "value = 41, use", "cut-off 41"),
        ("value = 10, use", 'value = "10", use', "cut_offs.0.value"),
        ("value = 10, use", 'value = 10, side = "near", use', "cut_offs.0.side"),
        ("points = 8", "points = 0", "a change of 0 points"),
        ("points = 8", "points = 41", "a change of 41 points"),
        ("value = 0.73", "value = 1.73", "value"),
        ("value = 0.73", "value = 0", "value"),
        ('kind = "retest"', 'kind = "guess"', "kind"),
        ('population = "one sample"', 'population = "one sample", subscale = "none"', "there is no subscale 'none'"),
        ('sources = ["nhs_dictionary"]', 'sources = ["nobody"]', "the source 'nobody' is not among the sources"),
        ('sources = ["nhs_dictionary"]', "sources = []", "must name the source"),
        ('status = "seen"', 'status = "heard"', "status"),
        ("minutes = { status", "price = { status", "missing ['minutes'], not known ['price']"),
        ('section = "Long-Term Mental Health Effects"', 'section = "Elsewhere"', "has no section 'Elsewhere'"),
        ("lines = [118, 124]", "lines = [1, 2]", "are not within"),
        ('document = "d1"', 'document = "d9"', "there is no document 'd9'"),
        ('direction = "higher_is_worse"', 'direction = "sideways"', "direction"),
        ('method = "sum"', 'method = "median"', "method"),
        ('method = "sum"', 'method = "mean"', "axis"),
        ('id = "own_form"', 'id = "Own Form"', "pattern"),
        ('id = "own_form"', 'id = "another"', "the id must be the file's name"),
        ("answers = [", "has_total = false\nanswers = [", "there must be subscales"),
        (
            "answers = [",
            'subscales = [{ id = "a", label = "a" }]\nanswers = [',
            "subscale 'a' needs either items or an axis",
        ),
        (
            "answers = [",
            'subscales = [{ id = "a", label = "a", items = [9] }]\nanswers = [',
            "subscale 'a' names items [9]",
        ),
        ("answers = [", 'subscales = [{ id = "a", label = "a", items = [1, 1] }]\nanswers = [', "stands twice"),
        ("answers = [", 'subscales = [{ id = "a", label = "a", axis = [0, 9] }]\nanswers = [', "items exactly where"),
        ("answers = [", "speed = 3\nanswers = [", "speed"),
    )
]
BYTE_CASES: list[tuple[str, str | bytes, str]] = [
    ("empty", "", "Field required"),
    ("not TOML", "this is no definition", "not valid TOML"),
    ("half a table", "[[items", "not valid TOML"),
    ("JSON", '{"id": "own_form"}', "not valid TOML"),
    ("UTF-16", BASE.encode("utf-16"), "not UTF-8"),
    ("binary", bytes(range(256)), "not UTF-8"),
    ("NUL", "\x00", "not valid TOML"),
    ("too large", "#" * 1_000_001, "larger than"),
    ("deep", "a = " + "[" * 20_000, "nested too deeply"),
    ("deep and closed", "a = " + "[" * 5_000 + "]" * 5_000, "nested too deeply"),
    ("long number", "version = " + "9" * 10_000, "too long"),
    ("long hexadecimal number", "version = 0x" + "f" * 10_000, "too long"),
    ("a list at the top", "items = [1, 2, 3]", "items"),
    ("items of text", re.sub(r"(?s)items = \[\n.*?\n\]", 'items = ["a"]', BASE, count=1), "items.0"),
    ("too many items", re.sub(r"(?s)items = \[\n.*?\n\]", "items = [" + "{}," * 201 + "]", BASE, count=1), "items"),
    ("sources of numbers", re.sub(r"(?s)\[sources\].*?\n\n", "[sources]\na = 1\n\n", BASE, count=1), "sources"),
]
CASES = list(malformed())


def test_there_are_two_hundred_malformed_files() -> None:
    assert len({text for _, text, _ in CASES}) >= 200


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_malformed_file_is_left_out_with_file_place_and_reason(tmp_path: Path, text: str | bytes, said: str) -> None:
    (tmp_path / "own_form.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    catalogue = load(tmp_path)
    (notice,) = catalogue.notices
    assert notice.startswith("own_form.toml")
    assert notice.endswith(LEFT_OUT)
    assert said in notice
    assert len(notice) < 6_000
    assert catalogue.questionnaires == PLAIN.questionnaires


def test_good_file_is_taken_beside_all_wrong_ones(tmp_path: Path) -> None:
    for number, (_, text, _) in enumerate(CASES):
        (tmp_path / f"wrong_{number}.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "nowhere.toml").symlink_to(tmp_path / "gone")
    put(tmp_path, "own_form.toml", BASE)
    catalogue = load(tmp_path)
    assert len(catalogue.notices) == len(CASES) + 2
    assert "own_form" in catalogue.questionnaires
