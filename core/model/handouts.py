"""A handout: one page for a client to take home, in plain words, with one thing to try and its sources."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from core.model.definitions import Definition, Identifier, Pointer, Positive, Text

NOT_DRAWN = ("<script", "<style", "<image", "<foreignObject", "href", "url(")


@dataclass(frozen=True, kw_only=True)
class Drawing(Definition):
    """A small picture made by us: SVG that draws in `currentColor` alone, and the same in words."""

    svg: Annotated[str, Field(pattern=r"(?s)^<svg [^>]*viewBox=.*</svg>\s*$")]
    says: Text

    def __post_init__(self) -> None:
        foreign = [part for part in NOT_DRAWN if part in self.svg]
        if foreign:
            raise ValueError(f"a drawing holds shapes and words only, and not {', '.join(foreign)}")


@dataclass(frozen=True, kw_only=True)
class Handout(Definition):
    """One page in our own words, at its `place` in the list; `points` are a list between `opening` and `closing`.

    `topics` are ids of the catalogue: their labels find this handout, and `search_words` do so too.
    """

    id: Annotated[str, Field(pattern=r"^ho_[a-z_]+$")]
    place: Positive
    title: Text
    opening: Annotated[tuple[Text, ...], Field(min_length=1)]
    points: tuple[Text, ...] = ()
    closing: tuple[Text, ...] = ()
    try_this: Text
    drawing: Drawing
    topics: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    search_words: tuple[Text, ...] = ()
    pointers: Annotated[tuple[Pointer, ...], Field(min_length=1)]

    @property
    def words(self) -> str:
        """Everything a client reads above the source line, without the title and the drawing."""
        return "\n".join((*self.opening, *self.points, *self.closing, self.try_this))
