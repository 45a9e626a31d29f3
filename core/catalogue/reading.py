"""Reading one definition file into a noun, or saying what is wrong with it: the file, the id, the field."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from core.errors import CatalogueError
from core.model.definitions import frozen_mapping, refuse_repeats

LARGEST_FILE = 1_000_000  # bytes; the longest shipped definition has a hundredth of it
MOST_PROBLEMS = 20
NOTHING_LOADED = "Nothing was loaded."
CORRECT_IT = "Nothing was loaded; please correct the file."


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Noun = TypeVar("Noun")
Named = TypeVar("Named", bound=_Identified)


class WrongFile(CatalogueError):
    """A definition file that cannot be taken; `what` names the file and what is wrong, without what follows from it."""

    def __init__(self, what: str, consequence: str = CORRECT_IT) -> None:
        super().__init__(f"{what} {consequence}")
        self.what = what


def read(file: Path, shape: TypeAdapter[Noun]) -> Noun:
    """What stands in `file`, checked. Raises `WrongFile` naming every mistake, up to twenty."""
    name = file_name(file)
    content = _content(file, name)
    try:
        # By way of JSON, in which a strict check takes arrays for tuples. A date is no text: it is refused as a list.
        return shape.validate_json(json.dumps(content, default=lambda date: [str(date)]))
    except ValidationError as problem:
        raise _explained(name, content, problem) from problem
    except (ValueError, RecursionError) as problem:
        raise WrongFile(f"{name} holds a number too long to read, or is nested too deeply.") from problem


def by_id(file: str, nouns: tuple[Named, ...]) -> Mapping[str, Named]:
    """`nouns` by their ids, which must differ."""
    try:
        refuse_repeats("id", (noun.id for noun in nouns))
    except ValueError as problem:
        raise WrongFile(f"{file}: {problem}.") from problem
    return frozen_mapping({noun.id: noun for noun in nouns})


def wrong(file: str, name: str, what: str) -> WrongFile:
    """The error for a definition that is right by itself and does not fit the others."""
    return WrongFile(f"{file}: id {name!r}, {what}.")


def file_name(file: Path) -> str:
    """How messages call `file`: without the folders that only this computer has."""
    return f"questionnaires/{file.name}" if file.parent.name == "questionnaires" else file.name


def _content(file: Path, name: str) -> dict[str, object]:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise WrongFile(f"{name} is larger than {LARGEST_FILE:,} bytes.")
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise WrongFile(f"{name} cannot be read ({problem.strerror}).", NOTHING_LOADED) from problem
    except UnicodeDecodeError as problem:
        raise WrongFile(f"{name} is not UTF-8 text.", NOTHING_LOADED) from problem
    except tomllib.TOMLDecodeError as problem:
        raise WrongFile(f"{name} is not valid TOML: {problem}.", NOTHING_LOADED) from problem
    except (ValueError, RecursionError) as problem:
        raise WrongFile(f"{name} holds a number too long to read, or is nested too deeply.") from problem


def _explained(file: str, content: Mapping[str, object], problem: ValidationError) -> WrongFile:
    sentences = []
    for error in problem.errors(include_url=False)[:MOST_PROBLEMS]:
        owner, field = _place(content, error["loc"])
        what = error["msg"].removeprefix("Value error, ")
        sentences.append(f"{file}: {owner}{field}{what}.")
    return WrongFile(" ".join(sentences))


def _place(content: object, steps: tuple[int | str, ...]) -> tuple[str, str]:
    """The definitions on the way to the error by name, and the way on from the innermost of them."""
    owners, onward, here = "", steps, content
    for depth in range(len(steps) + 1):
        if name := _own_name(here):
            owners += f"{name}, "
            onward = steps[depth:]
        if depth < len(steps):
            here = _child(here, steps[depth])
    return owners, ".".join(str(step) for step in onward) + ": " if onward else ""


def _own_name(here: object) -> str | None:
    if not isinstance(here, dict):
        return None
    names = {key: here.get(key) for key in ("id", "number", "text")}
    return next((f"{key} {name!r}" for key, name in names.items() if isinstance(name, str) or type(name) is int), None)


def _child(here: object, step: int | str) -> object:
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return here[step]
    return None
