"""Chapters of explanations with the numbers of the rules written into their texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from core.catalogue.reading import by_id, read, wrong
from core.model.definitions import Definition, RateRule, SignRule
from core.model.explanations import Chapter, Explanation
from core.model.prompt_rules import PromptRules
from core.model.six_rules import SixRules

Rules = Mapping[str, SignRule | SixRules | RateRule | PromptRules]

FILE = "explanations.toml"
_PLACE = re.compile(r"\{(\w+)\.(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class _Chapters(Definition):
    chapters: Annotated[tuple[Chapter, ...], Field(min_length=1)]


_CHAPTERS = TypeAdapter(_Chapters)


def read_chapters(file: Path, rules: Rules) -> Mapping[str, Chapter]:
    """The chapters by id, each number in its place. Raises `WrongFile` where a rule has no such number."""
    chapters = read(file, _CHAPTERS).chapters
    by_id(FILE, tuple(each for chapter in chapters for each in chapter.explanations))
    return by_id(FILE, tuple(_filled_chapter(chapter, rules) for chapter in chapters))


def number_of(rules: Rules, rule: str, name: str) -> str:
    """A number of a rule in words: whole numbers as they are, a share as `half` or `60 %`; `KeyError` without one."""
    found = vars(rules[rule])[name]
    if isinstance(found, float):
        return "half" if found == 0.5 else f"{found:.0%}".replace("%", " %")
    if not isinstance(found, int):
        raise KeyError(name)
    return str(found)


def _filled_chapter(chapter: Chapter, rules: Rules) -> Chapter:
    return replace(chapter, explanations=tuple(_filled(each, rules) for each in chapter.explanations))


def _filled(explanation: Explanation, rules: Rules) -> Explanation:
    def number(match: re.Match[str]) -> str:
        return number_of(rules, match[1], match[2])

    try:
        for each in explanation.numbers:
            number_of(rules, each.rule, each.name)
        steps = tuple(_PLACE.sub(number, step) for step in explanation.steps)
        return replace(explanation, lead=_PLACE.sub(number, explanation.lead), steps=steps)
    except KeyError as missing:
        raise wrong(FILE, explanation.id, f"no rule has the number {missing.args[0]!r}") from None
