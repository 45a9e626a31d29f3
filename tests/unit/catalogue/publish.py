"""Prints the catalogue as docs/catalogue.md: `python -m tests.unit.catalogue.publish`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from core.catalogue import Catalogue, load_catalogue
from core.catalogue.handouts import Subject
from core.model.catalogue_entries import Difference, Entry
from core.model.definitions import Pointer, WarningSign
from core.model.handouts import Handout

PAGE = Path(__file__).parents[3] / "docs" / "catalogue.md"

OPENING = """# Everything the two documents name

Made from the definition files in `core/catalogue`, in our own words; change them there and run
`python -m tests.unit.catalogue.publish`. D1 and D2 are the two documents of `core/catalogue/documents.toml`, and the
numbers are lines of theirs; *echo* marks places that only come near. *Recorded by* names fields of a check-in, *scales*
the questionnaires and their subscales that bear on an entry; *elsewhere* are published forms that the program does not
hold. Nothing in a table below is ever worked out about a client, except the states of the six signs.
"""
ABOUT_SIGNS = "Only document 1 lists them. It says that most people know some, and gives no number."
ABOUT_KINDS = "Document 1 names five; document 2 names none and tells of the same thoughts in prose."


def page(catalogue: Catalogue) -> str:
    """The whole page as Markdown."""
    parts = [OPENING, *_family("Warning signs", ABOUT_SIGNS, catalogue.warning_signs.values())]
    parts += _family("Distortions", ABOUT_KINDS, catalogue.distortions.values())
    for family in catalogue.families.values():
        parts += _family(family.label, family.about, family.entries)
    parts += _differences(catalogue.differences.values())
    parts += _handouts(catalogue.handouts.values())
    return "\n".join(parts).rstrip() + "\n"


def _family(label: str, about: str, entries: Iterable[Subject]) -> Iterator[str]:
    yield f"## {label}\n\n{about}\n"
    yield _table(("entry", "meaning", "how it shows", "what bears on it", "where"), map(_row, entries))


def _row(entry: Subject) -> list[str]:
    meaning = f"{entry.definition} *{_aside(entry)}*" if _aside(entry) else entry.definition
    return [f"**{entry.label}**<br>`{entry.id}`", meaning, "; ".join(entry.indicators), _bears(entry), _where(entry)]


def _aside(entry: Subject) -> str:
    if isinstance(entry, Entry):
        return entry.caution or ""
    return (entry.kept_apart or "") if isinstance(entry, WarningSign) else ""


def _bears(entry: Subject) -> str:
    written_in = entry.written_in if isinstance(entry, Entry) else ()
    parts = (
        ("recorded by", [f"`{name}`" for name in entry.recorded_by]),
        ("scales", [f"`{name}`" for name in entry.scales]),
        ("elsewhere", entry.elsewhere),
        ("written in", written_in),
    )
    return "<br>".join(f"{what}: {', '.join(names)}" for what, names in parts if names)


def _where(entry: Subject) -> str:
    pointers = entry.pointers if isinstance(entry, Entry) else (entry.pointer,)
    echoes = f"; echo {_places(entry.echoes)}" if entry.echoes else ""
    return (_places(pointers) + echoes) if pointers else "project default"


def _places(pointers: Iterable[Pointer]) -> str:
    return ", ".join(map(_place, pointers))


def _place(pointer: Pointer) -> str:
    first, last = pointer.lines
    return f"{pointer.document.upper()} {first}" + (f"–{last}" if last > first else "")


def _differences(differences: Iterable[Difference]) -> Iterator[str]:
    yield "## Where the two documents differ\n"
    rows = ([each.topic, each.first, each.second, each.program, _places(each.pointers)] for each in differences)
    yield _table(("topic", "document 1", "document 2", "what the program does", "where"), rows)


def _handouts(handouts: Iterable[Handout]) -> Iterator[str]:
    yield "## Handouts\n"
    rows = ([f"**{each.title}**<br>`{each.id}`", _topics(each), _places(each.pointers)] for each in handouts)
    yield _table(("handout", "found by", "where"), rows)


def _topics(handout: Handout) -> str:
    return ", ".join([*(f"`{topic}`" for topic in handout.topics), *handout.search_words])


def _table(head: tuple[str, ...], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(load_catalogue()), encoding="utf-8")
