"""The formats of a session note: which sections it has, and what from the record each may hold."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from core.model.definitions import Definition, Identifier, StatementKind, Text, refuse_repeats


@dataclass(frozen=True, kw_only=True)
class NoteSection(Definition):
    """A section of a note; `words_only` sections take nothing but the therapist's own words."""

    id: Identifier
    label: Text
    accepts: tuple[StatementKind, ...]
    words_only: bool

    def __post_init__(self) -> None:
        refuse_repeats("kind of statement", self.accepts)
        if self.words_only == bool(self.accepts):
            raise ValueError("words_only must be true exactly when accepts is empty")
        if self.id in {"assessment", "plan"} and not self.words_only:
            raise ValueError(f"the section {self.id} is the therapist's alone and must be words_only")


@dataclass(frozen=True, kw_only=True)
class NoteTemplate(Definition):
    """A format of session note: its sections in the order they are written."""

    id: Identifier
    label: Text
    name: Text
    sections: Annotated[tuple[NoteSection, ...], Field(min_length=1)]

    def __post_init__(self) -> None:
        refuse_repeats("section", (section.id for section in self.sections))
