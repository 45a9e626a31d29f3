"""Reading the definition files into frozen nouns, or saying which file, which id and what is wrong."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from core.errors import CatalogueError
from core.model.definitions import (
    Definition,
    Distortion,
    Document,
    Measure,
    Pointer,
    RateRule,
    SignRule,
    WarningSign,
    Wording,
    frozen_mapping,
    refuse_repeats,
)
from core.model.note_templates import NoteTemplate
from core.model.questionnaire_definitions import Questionnaire

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything that is defined as data. Mappings go from id to definition, in the order of the files."""

    documents: Mapping[str, Document]
    warning_signs: Mapping[str, WarningSign]
    distortions: Mapping[str, Distortion]
    measures: Mapping[str, Measure]
    rule: SignRule
    rate_rule: RateRule
    questionnaires: Mapping[str, Questionnaire]
    note_templates: Mapping[str, NoteTemplate]
    wording: Wording


@dataclass(frozen=True, kw_only=True)
class _Documents(Definition):
    documents: Annotated[tuple[Document, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _WarningSigns(Definition):
    signs: Annotated[tuple[WarningSign, ...], Field(min_length=1)]

    def __post_init__(self) -> None:
        refuse_repeats("letter", (sign.letter for sign in self.signs))


@dataclass(frozen=True, kw_only=True)
class _Distortions(Definition):
    distortions: Annotated[tuple[Distortion, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _Measures(Definition):
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _Rules(Definition):
    sign_rule: SignRule
    rate_rule: RateRule


@dataclass(frozen=True, kw_only=True)
class _NoteTemplates(Definition):
    templates: Annotated[tuple[NoteTemplate, ...], Field(min_length=1)]


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Noun = TypeVar("Noun")
Named = TypeVar("Named", bound=_Identified)

_DOCUMENTS = TypeAdapter(_Documents)
_WARNING_SIGNS = TypeAdapter(_WarningSigns)
_DISTORTIONS = TypeAdapter(_Distortions)
_MEASURES = TypeAdapter(_Measures)
_RULES = TypeAdapter(_Rules)
_NOTE_TEMPLATES = TypeAdapter(_NoteTemplates)
_QUESTIONNAIRE = TypeAdapter(Questionnaire)
_WORDING = TypeAdapter(Wording)


def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """The catalogue in `folder`, read anew at each call: keep the value rather than calling again.

    Raises `CatalogueError` naming the file, the id and what is wrong.
    """
    signs = _read(folder / "warning_signs.toml", _WARNING_SIGNS).signs
    distortions = _read(folder / "distortions.toml", _DISTORTIONS).distortions
    measures = _read(folder / "measures.toml", _MEASURES).measures
    rules = _read(folder / "rules.toml", _RULES)
    catalogue = Catalogue(
        documents=_by_id("documents.toml", _read(folder / "documents.toml", _DOCUMENTS).documents),
        warning_signs=_by_id("warning_signs.toml", signs),
        distortions=_by_id("distortions.toml", distortions),
        measures=_by_id("measures.toml", measures),
        rule=rules.sign_rule,
        rate_rule=rules.rate_rule,
        questionnaires=_questionnaires(folder / "questionnaires"),
        note_templates=_by_id("note_templates.toml", _read(folder / "note_templates.toml", _NOTE_TEMPLATES).templates),
        wording=_read(folder / "wording.toml", _WORDING),
    )
    _check_pointers(catalogue)
    return catalogue


def _questionnaires(folder: Path) -> Mapping[str, Questionnaire]:
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise CatalogueError("No definition file was found in the folder questionnaires. Nothing was loaded.")
    found = {}
    for file in files:
        questionnaire = _read(file, _QUESTIONNAIRE)
        if questionnaire.id != file.stem:
            raise _wrong(_name(file), questionnaire.id, f"the id must be the file's name, {file.stem!r}")
        found[questionnaire.id] = questionnaire
    return frozen_mapping(found)


def _by_id(file: str, nouns: tuple[Named, ...]) -> Mapping[str, Named]:
    try:
        refuse_repeats("id", (noun.id for noun in nouns))
    except ValueError as problem:
        raise CatalogueError(f"{file}: {problem}. Nothing was loaded; please correct the file.") from problem
    return frozen_mapping({noun.id: noun for noun in nouns})


def _read(file: Path, shape: TypeAdapter[Noun]) -> Noun:
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CatalogueError(f"{_name(file)} cannot be read ({problem.strerror}). Nothing was loaded.") from problem
    except UnicodeDecodeError as problem:
        raise CatalogueError(f"{_name(file)} is not UTF-8 text. Nothing was loaded.") from problem
    except tomllib.TOMLDecodeError as problem:
        raise CatalogueError(f"{_name(file)} is not valid TOML: {problem}. Nothing was loaded.") from problem
    try:
        # By way of JSON, in which a strict check takes arrays for tuples; dates become text and are refused as such.
        return shape.validate_json(json.dumps(content, default=str))
    except ValidationError as problem:
        raise _explained(_name(file), content, problem) from problem


def _explained(file: str, content: Mapping[str, object], problem: ValidationError) -> CatalogueError:
    sentences = []
    for error in problem.errors(include_url=False):
        owner, field = _place(content, error["loc"])
        what = error["msg"].removeprefix("Value error, ")
        sentences.append(f"{file}: {owner}{field}{what}.")
    return CatalogueError(" ".join(sentences) + " Nothing was loaded; please correct the file.")


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


def _check_pointers(catalogue: Catalogue) -> None:
    for sign in catalogue.warning_signs.values():
        _check(catalogue, "warning_signs.toml", sign.id, (sign.pointer, *sign.echoes))
    for distortion in catalogue.distortions.values():
        _check(catalogue, "distortions.toml", distortion.id, (distortion.pointer, *distortion.echoes))
    for measure in catalogue.measures.values():
        _check(catalogue, "measures.toml", measure.id, (measure.rests_on,) if measure.rests_on else ())
    for questionnaire in catalogue.questionnaires.values():
        _check(catalogue, f"questionnaires/{questionnaire.id}.toml", questionnaire.id, (questionnaire.pointer,))


def _check(catalogue: Catalogue, file: str, name: str, pointers: tuple[Pointer, ...]) -> None:
    for pointer in pointers:
        document = catalogue.documents.get(pointer.document)
        problem = document.problem_with(pointer) if document else f"there is no document {pointer.document!r}"
        if problem:
            raise _wrong(file, name, problem)


def _wrong(file: str, name: str, what: str) -> CatalogueError:
    return CatalogueError(f"{file}: id {name!r}, {what}. Nothing was loaded; please correct the file.")


def _name(file: Path) -> str:
    return f"questionnaires/{file.name}" if file.parent.name == "questionnaires" else file.name
