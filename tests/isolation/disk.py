"""Looking for typed words on the disk: every file of a folder, and those that a process holds open without a name."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

PIECE = 12
"""A run of so many characters counts as found: pages of a file may cut a text anywhere."""
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
LETTERS = "bcdfghjklmnpqrstvwxz"


def canaries(fields: Iterable[str]) -> dict[str, str]:
    """A word for each field that nobody ever wrote, and long enough that two pieces of it stand side by side."""
    return {field: "Q" + "".join(secrets.choice(LETTERS) for _ in range(2 * PIECE - 1)) for field in fields}


def pieces_of(words: Mapping[str, str]) -> dict[bytes, str]:
    """Every piece of every word in every encoding, with the field that it is from."""
    return {
        word[start : start + PIECE].encode(encoding): field
        for field, word in words.items()
        for start in range(len(word) - PIECE + 1)
        for encoding in ENCODINGS
    }


def found_in(files: Iterable[Path], pieces: Mapping[bytes, str]) -> list[tuple[str, str]]:
    """Each file with each field of which a piece lies in it."""
    found: set[tuple[str, str]] = set()
    for file in files:
        content = file.read_bytes()
        found |= {(file.name, field) for piece, field in pieces.items() if piece in content}
    return sorted(found)


def files_under(folder: Path) -> Iterator[Path]:
    """Every file of a folder, however deep."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def open_files_of(process: int) -> Iterator[Path]:
    """The regular files that a process holds open, those that were deleted among them; none where /proc is not."""
    for each in Path(f"/proc/{process}/fd").glob("*"):
        if each.is_file():  # follows the link, which for a deleted file still leads to its content
            yield each
