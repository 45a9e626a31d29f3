"""What the two documents name beside signs and distortions: entries in families, and where the documents differ.

An entry is vocabulary for a therapist's own words. Nothing here is worked out from a record.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from core.model.definitions import Definition, Identifier, Pointer, Recordable, Text, refuse_repeats

Place = Literal["note", "profile", "goal", "custom measure", "handout"]


@dataclass(frozen=True, kw_only=True)
class Entry(Recordable):
    """One thing that a document names, in our own words.

    `pointers` are the places that name it, the first of them the main one; `echoes` only come near it.
    `written_in` says where a therapist may write about it; with nothing there and nothing in
    `recorded_by` it is not recorded at all. An entry of the project's own has no pointer.
    """

    id: Annotated[str, Field(pattern=r"^[a-z]+_[a-z0-9_]+$")]
    label: Text
    definition: Text
    indicators: tuple[Text, ...] = ()
    written_in: tuple[Place, ...] = ()
    origin: Literal["documents", "project default"] = "documents"
    pointers: tuple[Pointer, ...] = ()
    echoes: tuple[Pointer, ...] = ()
    caution: Text | None = None

    def __post_init__(self) -> None:
        if (self.origin == "documents") != bool(self.pointers):
            raise ValueError("an entry of the documents needs a pointer, and one of the project's own has none")

    @property
    def pointer(self) -> Pointer | None:
        """The place that names it first; `None` for an entry of the project's own."""
        return self.pointers[0] if self.pointers else None


@dataclass(frozen=True, kw_only=True)
class EntryFamily(Definition):
    """Entries of one sort, in the order of the documents; their ids begin with `prefix`."""

    id: Identifier
    prefix: Annotated[str, Field(pattern=r"^[a-z]+_$")]
    label: Text
    about: Text
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]

    def __post_init__(self) -> None:
        refuse_repeats("label", (entry.label for entry in self.entries))
        for entry in self.entries:
            if not entry.id.startswith(self.prefix):
                raise ValueError(f"the id {entry.id!r} does not begin with {self.prefix!r}")


@dataclass(frozen=True, kw_only=True)
class Difference(Definition):
    """A topic on which the documents differ: what each says, and what this program does about it.

    `first` and `second` speak of document 1 and 2; `pointers` lead to both where both speak.
    """

    id: Annotated[str, Field(pattern=r"^df_[a-z_]+$")]
    topic: Text
    first: Text
    second: Text
    program: Text
    pointers: tuple[Pointer, ...] = ()
