"""The words that figures, tables and captions are handed, and how they write numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from core.model.course import RecordingChange
from core.model.measures import ANXIETY, DISTORTIONS, REASSURANCE
from core.model.readings import SignState
from core.model.words import STATE_WORDS


@dataclass(frozen=True, kw_only=True)
class MeasureWords:
    """How one measure is called: `name` over its panel, `unit` beneath it, `whole` inside a sentence."""

    name: str
    unit: str
    whole: str


PANEL_WORDS: Mapping[str, MeasureWords] = MappingProxyType(
    {
        ANXIETY: MeasureWords(name="Anxiety", unit="average 0 to 10", whole="anxiety"),
        REASSURANCE: MeasureWords(name="Reassurance", unit="times a week", whole="reassurance-seeking"),
        DISTORTIONS: MeasureWords(name="Distortions", unit="named a week", whole="distortions"),
    }
)


@dataclass(frozen=True, kw_only=True)
class ChartWords:
    """Labels by id. `signs` are the short labels in the catalogue's order, which is the order of the rows."""

    signs: Mapping[str, str]
    measures: Mapping[str, MeasureWords] = field(default_factory=lambda: PANEL_WORDS)
    states: Mapping[SignState, str] = field(default_factory=lambda: STATE_WORDS)


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def change_words(change: RecordingChange, *, short: bool = False) -> str:
    """`recording changed from weekly to daily`; `weekly to daily` where there is little room."""
    words = f"{_rhythm(change.from_days)} to {_rhythm(change.to_days)}"
    return words if short else f"recording changed from {words}"


def _rhythm(days: int) -> str:
    return {1: "daily", 7: "weekly"}.get(days, f"every {days} days")
