"""Runs of eight words of the two documents, kept as short hashes, so that a copied sentence is found without them.

The documents do not belong to the project. With them at hand `python -m tests.unit.catalogue.shingles FILE FILE`
checks the headings in `documents.toml` line by line and writes the hashes again.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from core.catalogue import load_catalogue
from core.model.definitions import Document

FILE = Path(__file__).with_name("shingles.bin")
RUN = 8
BYTES = 5  # two of a few thousand runs sharing 40 bits by chance is far rarer than a copied sentence
OURS = ("Opening",)  # the file of document 2 begins without a heading

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def words(text: str) -> list[str]:
    """The words of `text`, whatever their case, quotes and punctuation."""
    return _WORD.findall(text.replace("’", "'").casefold())


def runs(text: str, length: int = RUN) -> Iterator[str]:
    """Every run of `length` words."""
    found = words(text)
    yield from (" ".join(found[start : start + length]) for start in range(len(found) - length + 1))


def hashed(run: str) -> bytes:
    """The short hash of one run."""
    return hashlib.sha256(run.encode()).digest()[:BYTES]


def known() -> frozenset[bytes]:
    """The hashes of every run in both documents."""
    stored = FILE.read_bytes()
    return frozenset(stored[start : start + BYTES] for start in range(0, len(stored), BYTES))


def wrong_headings(document: Document, lines: list[str]) -> list[str]:
    """The headings that do not stand on their line of the document, and a last section that does not end with it."""
    there = [(section.heading, lines[section.lines[0] - 1]) for section in document.sections]
    wrong = [heading for heading, line in there if heading not in (*OURS, line.strip())]
    return wrong if document.sections[-1].lines[1] in (len(lines), len(lines) - 1) else [*wrong, "the last line"]


def main(files: list[str]) -> None:
    """Check the headings and write the hashes."""
    found: set[bytes] = set()
    for document, file in zip(load_catalogue().documents.values(), files, strict=True):
        text = Path(file).read_text(encoding="utf-8")
        print(document.id, "headings that are not there:", wrong_headings(document, text.splitlines()))
        found |= {hashed(run) for run in runs(text)}
    FILE.write_bytes(b"".join(sorted(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
