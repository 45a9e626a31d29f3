"""The words that generated sentences about a client avoid, with the reason and the fixed phrases that may hold one."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from core.model.definitions import Definition, Text, refuse_repeats


@dataclass(frozen=True, kw_only=True)
class BannedWord(Definition):
    """A word or phrase that generated sentences about a client avoid; `stem` also takes any ending."""

    text: Annotated[str, Field(pattern=r"^[a-z]+( [a-z]+)*$")]
    stem: bool
    reason: Text
    instead: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Wording(Definition):
    """The banned words, and the fixed phrases in which one of them may stand."""

    banned: Annotated[tuple[BannedWord, ...], Field(min_length=1)]
    exemptions: tuple[Text, ...]

    def __post_init__(self) -> None:
        refuse_repeats("banned word", (word.text for word in self.banned))
        refuse_repeats("exemption", (phrase.casefold() for phrase in self.exemptions))
