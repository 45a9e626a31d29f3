"""Prints docs/method.md from its chapters, with every number taken from where it is in force.

`python -m tests.unit.method.publish`
"""

import ast
import importlib
import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from string import Formatter
from typing import Any

from core.analysis.counts import poisson_interval
from core.analysis.reliable_change import Z_OF_LEVEL
from core.catalogue import Catalogue, load_catalogue
from core.model.numbers import one_decimal
from core.model.questionnaire_definitions import Questionnaire
from core.services import caseload
from tests.unit.method import references

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "method.md"
CHAPTERS = Path(__file__).with_name("chapters.txt")
RULES = ROOT / "core" / "catalogue" / "rules.toml"
MEASURED = ROOT / "tests" / "bench" / "measured.toml"
ANALYSIS = ROOT / "core" / "analysis"

RULE_ORDER = ("R0", "S6", "E0", "P1")
NUMBER_LINE = re.compile(r"^(\w+) = ([\d.]+)\s+# (.+)$")
TWO_FORMS = ("gad7", "phq9")
WIDTH = 120


class _Looked(Mapping[str, str]):
    """Looks a name up by a function when the page asks for it."""

    def __init__(self, look_up: Callable[[str], str]) -> None:
        self._look_up = look_up

    def __getitem__(self, name: str) -> str:
        return self._look_up(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Page(Formatter):
    """Fills braces in; `:percent`, `:points` and `:decimal` say how a number is written."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "percent":
            return f"{round(100 * value)} %"
        if format_spec == "points":
            return str(round(100 * value))
        if format_spec == "decimal":
            return f"{float(value):g}"
        return str(super().format_field(value, format_spec))


def page() -> str:
    """The whole page as Markdown."""
    filled = _Page().vformat(CHAPTERS.read_text("utf-8"), (), _names(load_catalogue()))
    return "\n\n".join(map(_wrapped, filled.rstrip().split("\n\n"))) + "\n"


def measured() -> dict[str, Any]:
    """Every measured entry by name, with the day of all of them."""
    return tomllib.loads(MEASURED.read_text("utf-8"))


def _names(catalogue: Catalogue) -> dict[str, Any]:
    """What a brace of the chapters may name; modules of analysis go by their own names."""
    modules = {path.stem: importlib.import_module(f"core.analysis.{path.stem}") for path in ANALYSIS.glob("[a-z]*.py")}
    figures, forms = measured(), catalogue.questionnaires
    return {
        **modules,
        "caseload": caseload,
        "R0": catalogue.rule,
        "S6": catalogue.six_rules,
        "E0": catalogue.rate_rule,
        "P1": catalogue.prompt_rules,
        "sign": {sign.id: sign.label for sign in catalogue.warning_signs.values()},
        "prompt_forms": " or ".join(forms[each].short_name for each in catalogue.prompt_rules.questionnaires),
        "z95": Z_OF_LEVEL[0.95],
        "z90": Z_OF_LEVEL[0.90],
        "rules": "\n".join(_rules()),
        "zero_week": one_decimal(Fraction(poisson_interval(0).high).limit_denominator(1000)),
        "two_forms": _two_forms([forms[each] for each in TWO_FORMS]),
        "source": _Looked(lambda name: sources()[name]),
        "sources": "\n".join(f"| `{name}` | {said} |" for name, said in sources().items()),
        "references": references.table(),
        "measured": _Looked(lambda name: _figures(figures[name], figures["day"])),
        "when_measured": _when(figures),
    }  # fmt: skip


def sources() -> dict[str, str]:
    """What each public function of analysis gives as its source, by `module.function`, in order."""
    found = {}
    for path in sorted(ANALYSIS.glob("[a-z]*.py")):
        module = importlib.import_module(f"core.analysis.{path.stem}")
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                said = (ast.get_docstring(node) or "").partition("Source: ")[2].partition("\n\n")[0]
                if said:
                    found[f"{path.stem}.{node.name}"] = _in_full(said, vars(module))
    return found


def _wrapped(block: str) -> str:
    """A paragraph or a list at the width of the pages; tables, headings and formulas stay as they are."""
    if block.startswith(("|", "#", "```")):
        return block
    lines = []
    for part in re.split(r"\n(?=- |\d\. )", block):
        indent = re.match(r"(- |\d\. )?", part)
        deep = " " * len(indent[0] if indent else "")
        told = textwrap.TextWrapper(WIDTH, subsequent_indent=deep, break_long_words=False, break_on_hyphens=False)
        lines.append(told.fill(" ".join(part.split())))
    return "\n".join(lines)


def _in_full(said: str, module: Mapping[str, Any]) -> str:
    """A source on one line, with the text of a constant in place of its name."""
    line = " ".join(said.split())
    line = re.sub(r"`([A-Z_]+)`", lambda name: str(module[name[1]]), line)
    return re.sub(r"`([a-z_.]+\.)?([a-z_]+)`", r"`\2`", line)


def _rules() -> Iterator[str]:
    """A row for each number of the rules file, with its own remark."""
    by_rule: dict[str, list[str]] = {}
    rule = origin = ""
    for line in RULES.read_text("utf-8").splitlines():
        if line.startswith("id = "):
            rule = line.split('"')[1]
            by_rule[rule] = []
        if line.startswith("threshold_origin = "):
            origin = line.split('"')[1]
            by_rule[rule] = [row.replace("ORIGIN", origin) for row in by_rule[rule]]
        number = NUMBER_LINE.match(line)
        if number:
            by_rule[rule].append(f"| {rule} | `{number[1]}` | {number[2]} | {number[3]} | ORIGIN |")
    return (row for name in RULE_ORDER for row in by_rule[name])


def _figures(entry: Mapping[str, Any], day: str) -> str:
    """The table of a measured entry, or that it was not measured."""
    if not entry["rows"]:
        return f"*{entry['question']}* Not measured."
    seed = f", seed {entry['seed']}" if "seed" in entry else ""
    rows = [entry["columns"], ["---"] * len(entry["columns"]), *entry["rows"]]
    table = "\n".join("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)
    return f"*{entry['question']}*\n\n{table}\n\nMeasured on {day} with `{entry['command']}`{seed}."


def _when(figures: Mapping[str, Any]) -> str:
    known = [entry for entry in figures.values() if isinstance(entry, dict) and entry["rows"]]
    return (
        f"**How often by chance.** {len(known)} tables below were measured on invented people, whose true course is "
        "known. The assumptions behind them (how much carries over from day to day, how counts scatter) are ours; real "
        "people differ, so read them as a comparison of rules and not as a promise."
    )


def _two_forms(forms: list[Questionnaire]) -> str:
    rows = [
        ["", *(form.short_name for form in forms)],
        ["---"] * (1 + len(forms)),
        ["items, answers", *(_items(form) for form in forms)],
        ["total", *("{} to {}".format(*form.axis) for form in forms)],
        ["bands", *(", ".join(f"{band.label} {band.low}–{band.high}" for band in form.bands) for form in forms)],
        ["caseness (NHS Talking Therapies)", *(str(form.caseness.value) if form.caseness else "" for form in forms)],
        ["other published lines", *(_lines(form) for form in forms)],
        ["reliable change", *(_points(form) for form in forms)],
        ["safety item", *(", ".join(f"item {item.number}" for item in form.safety_items) or "none" for form in forms)],
    ]  # fmt: skip
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _lines(form: Questionnaire) -> str:
    return "; ".join(
        f"{line.value}, {line.use}: {form.origin_words(line.origin)}"
        for line in form.all_cut_offs
        if line is not form.caseness and not line.origin.remembered
    )


def _points(form: Questionnaire) -> str:
    said = "; ".join(f"{change.points} points ({change.rule})" for change in form.reliable_changes)
    return said + (": the rules disagree" if len({change.points for change in form.reliable_changes}) > 1 else "")


def _items(form: Questionnaire) -> str:
    return f"{len(form.items)}, each {form.answers[0].value} to {form.answers[-1].value}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
