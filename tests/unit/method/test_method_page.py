"""The method page: fresh, every formula's source on it, and every figure measured by something that can be run."""

import importlib.util
import re
from typing import Any

import pytest

from core.catalogue import load_catalogue
from tests.unit.method.publish import CHAPTERS, PAGE, ROOT, measured, page, sources

ENTRIES = {name: entry for name, entry in measured().items() if isinstance(entry, dict)}
TOLD = page()
METHODS = (
    "exposure rule", "Rate of a count", "Interval", "Bursts", "Ratio of two periods", "Change on a questionnaire",
    "Change in a client's own series", "start level", "rule R0", "rules S6", "How a state holds", "reassurance loop",
    "Distortions", "Prompts", "What was practised",
)  # fmt: skip


def test_the_published_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == TOLD, "run: python -m tests.unit.method.publish"


@pytest.mark.parametrize("method", METHODS)
def test_the_page_has_a_place_for_the_method(method: str) -> None:
    told = re.findall(r"^## (.+)$|^\*\*(.+?)\.\*\*", TOLD, re.MULTILINE)
    assert [heading for pair in told for heading in pair if method in heading]


def test_every_chapter_on_a_method_says_what_it_cannot_see() -> None:
    chapters = re.split(r"^## ", TOLD, flags=re.MULTILINE)[1:]
    about_none = ("How everything here answers", "The numbers in force", "The period", "What waits", "Every formula")
    methods = [chapter for chapter in chapters if not chapter.startswith(about_none)]
    assert [chapter.splitlines()[0] for chapter in methods if "**It cannot see**" not in chapter] == []


def test_every_number_of_the_rules_stands_on_the_page_with_its_value() -> None:
    catalogue = load_catalogue()
    for rule in (catalogue.rule, catalogue.six_rules, catalogue.rate_rule, catalogue.prompt_rules):
        for name, value in vars(rule).items():
            if isinstance(value, int | float) and name != "version":
                assert f"| {rule.id} | `{name}` | {value} |" in TOLD


def test_every_source_is_a_sentence_without_names_of_constants() -> None:
    assert len(sources()) > 20
    assert [name for name, said in sources().items() if re.search(r"`[A-Z_]+`", said) or len(said) < 10] == []


@pytest.mark.parametrize("name", ENTRIES)
def test_measured_entry_is_on_the_page_once_and_can_be_measured_again(name: str) -> None:
    entry: dict[str, Any] = ENTRIES[name]
    assert CHAPTERS.read_text("utf-8").count(f"{{measured[{name}]}}") == 1
    assert entry["question"].endswith("?")
    assert all(len(row) == len(entry["columns"]) for row in entry["rows"])
    if entry["rows"]:
        module = re.search(r"tests\.bench\.\w+", entry["command"])
        file = re.search(r"tests/[\w/]+\.py", entry["command"])
        assert (module and importlib.util.find_spec(module[0])) or (file and (ROOT / file[0]).is_file())


def test_what_was_not_measured_says_so() -> None:
    told = " ".join(TOLD.split())
    for entry in ENTRIES.values():
        assert (f"*{entry['question']}* Not measured." in told) == (not entry["rows"])
