"""The pages of the project say what the program has, and point only at what is there."""

import ast
import dataclasses
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.catalogue import load_catalogue
from core.model.definitions import RateRule, SignRule
from core.model.six_rules import SixRules
from dashboard import settings

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("core", "dashboard", "docs", "sample_data", "tests")
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in (ROOT / folder).rglob("*.md"))])
CATALOGUE = load_catalogue()

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED_PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]+)`")
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
MACHINE = re.compile(r"(?<![\w:/.~])/(work|root|home|Users|opt|mnt|tmp)/")
PROMISES = {"alert", "alerts", "cure", "cures", "guarantee", "guarantees", "heals", "patient", "patients", "proven"}


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def told(*pages: str) -> str:
    return "\n".join(map(text_of, pages))


def rows_of(page: str) -> list[list[str]]:
    """The cells of every table row of a page, headings and rulers included."""
    lines = (line for line in page.splitlines() if line.startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def options_and_commands() -> Iterator[str]:
    spec = importlib.util.spec_from_file_location("run_py", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    run_py = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run_py)
    yield from (f"run.py {command}" for command in run_py.COMMANDS if command != "start")
    yield from re.findall(r'add_argument\("(--[a-z-]+)"', text_of("run.py"))


def libraries() -> Iterator[str]:
    for line in told("requirements.in", "requirements-dev.in").splitlines():
        if line and not line.startswith(("#", "-")):
            yield re.split(r"[\[=<>~;\s]", line)[0]


def nouns() -> Iterator[str]:
    """The public classes of the model, in words: `SignReading` is `sign reading`."""
    for path in sorted((ROOT / "core" / "model").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield re.sub(r"(?<!^)(?=[A-Z])", " ", node.name)


def labels() -> Iterator[str]:
    for definitions in (CATALOGUE.warning_signs, CATALOGUE.distortions, CATALOGUE.measures):
        yield from (definition.label for definition in definitions.values())
    yield from (questionnaire.short_name for questionnaire in CATALOGUE.questionnaires.values())


def as_word(text: str) -> str:
    return text.casefold().replace("-", " ")


def glossary() -> list[list[str]]:
    return rows_of(text_of("GLOSSARY.md"))[2:]


@pytest.mark.parametrize("given", [*options_and_commands()])
def test_what_can_be_given_to_run_py_is_explained(given: str) -> None:
    assert f"`{given}" in told("README.md", "CONTRIBUTING.md").replace("`python3 ", "`")


@pytest.mark.parametrize("variable", [*(settings.PREFIX + name for name in settings.KNOWN), "DATABASE_URL"])
def test_every_environment_variable_is_explained(variable: str) -> None:
    assert variable in [row[0].strip("`") for row in rows_of(text_of("docs/deployment.md"))]


def test_each_library_has_one_line_on_why_it_is_there() -> None:
    table = text_of("CONTRIBUTING.md").partition("## The libraries")[2].partition("\n## ")[0]
    explained = [row[0].strip("`") for row in rows_of(table)[2:]]
    assert sorted(explained) == sorted(libraries())


def test_every_noun_and_label_stands_in_the_glossary() -> None:
    explained = {as_word(row[0]) for row in glossary()}
    assert [word for word in (*nouns(), *labels()) if as_word(word) not in explained] == []


def test_glossary_is_in_order_and_every_row_has_meaning_and_source() -> None:
    words = [row[0].casefold() for row in glossary()]
    assert words == sorted(set(words))
    assert [row[0] for row in glossary() if len(row) != 4 or not row[1] or not row[3]] == []


@pytest.mark.parametrize("rule", [CATALOGUE.rule, CATALOGUE.six_rules, CATALOGUE.rate_rule], ids=["R0", "S6", "E0"])
def test_numbers_of_the_rules_are_those_of_the_method_page(rule: SignRule | SixRules | RateRule) -> None:
    written = {row[1].strip("`"): row[2] for row in rows_of(text_of("docs/method.md")) if row[0] == rule.id}
    numbers = {name: str(value) for name, value in dataclasses.asdict(rule).items() if isinstance(value, int | float)}
    assert written == {name: value for name, value in numbers.items() if name != "version"}


@pytest.mark.parametrize("name", ["gad7", "phq9"])
def test_facts_of_the_two_worked_questionnaires_are_those_of_the_method_page(name: str) -> None:
    questionnaire = CATALOGUE.questionnaires[name]
    table = rows_of(text_of("docs/method.md").partition("## Questionnaires")[2].partition("\n## ")[0])
    column = table[0].index(questionnaire.short_name)
    facts = {row[0]: row[column] for row in table}
    assert facts["total"] == "{} to {}".format(*questionnaire.axis)
    assert facts["bands"] == ", ".join(f"{band.label} {band.low}–{band.high}" for band in questionnaire.bands)
    assert questionnaire.caseness is not None
    assert facts["caseness (NHS Talking Therapies)"] == str(questionnaire.caseness.value)
    points = [int(number) for number in re.findall(r"(\d+) points", facts["reliable change"])]
    assert points == [change.points for change in questionnaire.reliable_changes]


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_pictures_and_named_files_are_there(page: Path) -> None:
    text = page.read_text("utf-8")
    linked = [link for link in LINK.findall(text) if not link.startswith(("http://", "https://", "#"))]
    assert [link for link in linked if not (page.parent / link.partition("#")[0]).exists()] == []
    assert [name for name in NAMED_PATH.findall(text) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_no_page_names_a_place_on_one_machine(page: Path) -> None:
    assert MACHINE.search(page.read_text("utf-8")) is None


def test_each_hazard_is_shown_by_tests_that_exist() -> None:
    hazards = [row for row in rows_of(text_of("docs/safety/hazards.md")) if re.fullmatch(r"H\d+", row[0])]
    assert [row[0] for row in hazards] == [f"H{number}" for number in range(1, len(hazards) + 1)]
    assert [row[0] for row in hazards if not NAMED_TEST.search(row[4])] == []
    named = [test for row in hazards for test in NAMED_TEST.findall(row[4])]
    gone = [f"{file}::{test}" for file, test in named if f"def {test}(" not in _source(file)]
    assert gone == []


def test_the_readme_says_what_is_not_done() -> None:
    readme = " ".join(text_of("README.md").split())
    limits = ("does not diagnose", "does not predict", "does not rank", "Nobody is watching between sessions")
    for said in (*limits, "No practising therapist has tried it", "nobody outside has tested its security"):
        assert said in readme


def test_the_readme_promises_nothing_about_clients() -> None:
    assert PROMISES & set(re.findall(r"[a-z]+", text_of("README.md").casefold())) == set()


def _source(file: str) -> str:
    path = ROOT / file
    return path.read_text("utf-8") if path.is_file() else ""
