"""Questionnaires from their files: those that ship, all of them right, and a clinic's own, each taken or left out.

`<id>.toml` is the newest version of a definition. An earlier one stays beside it as `<id>.v<version>.toml`, so that
responses keep the version they were filled in under. A clinic adds definitions of its own, and for the forms it
may show `<id>.wording.toml`: the published text, under the key that ships.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter

from core.catalogue.links import Linked, broken_link
from core.catalogue.reading import NOTHING_LOADED, WrongFile, file_name, read, wrong
from core.model.definitions import Definition, Document, Identifier, Positive, Text, frozen_mapping, refuse_repeats
from core.model.questionnaire_definitions import Questionnaire

LEFT_OUT = "The file was left out; everything else works."
_EARLIER = re.compile(r"(?P<id>[a-z][a-z0-9_]*)\.v(?P<version>[1-9][0-9]{0,3})")
_WORDING_END = ".wording"

Key = tuple[str, int]
Taken = TypeVar("Taken")


@dataclass(frozen=True, kw_only=True)
class Questionnaires:
    """The newest version of each form by id, earlier ones by id and version, and what was left out."""

    newest: Mapping[str, Questionnaire]
    earlier: Mapping[Key, Questionnaire]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _ItemWording(Definition):
    number: Positive
    wording: Text


@dataclass(frozen=True, kw_only=True)
class _Wording(Definition):
    """The published text of one version of a form, and the sentence that says who allowed its use."""

    wording_of: Identifier
    version: Positive
    licence: Text
    items: Annotated[tuple[_ItemWording, ...], Field(min_length=1)]

    def __post_init__(self) -> None:
        refuse_repeats("item", (str(item.number) for item in self.items))


_QUESTIONNAIRE = TypeAdapter(Questionnaire)
_WORDING = TypeAdapter(_Wording)


def shipped_questionnaires(folder: Path) -> Questionnaires:
    """The definitions in `folder`; `WrongFile` for the first that is wrong."""
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise WrongFile("No definition file was found in the folder questionnaires.", NOTHING_LOADED)
    newest, earlier = {}, {}
    for file in files:
        questionnaire = _definition(file)
        if _EARLIER.fullmatch(file.stem):
            earlier[questionnaire.id, questionnaire.version] = questionnaire
        else:
            newest[questionnaire.id] = questionnaire
    for questionnaire in earlier.values():
        _refuse_no_successor(questionnaire, newest.get(questionnaire.id))
    return Questionnaires(newest=_in_order(newest.values()), earlier=frozen_mapping(earlier))


def clinic_questionnaires(folder: Path, shipped: Questionnaires, documents: Mapping[str, Document]) -> Questionnaires:
    """`shipped` with what a clinic put into `folder`; a file that is wrong is left out with a notice."""
    newest, earlier = dict(shipped.newest), dict(shipped.earlier)
    notices: list[str] = []
    definitions, wordings = _clinic_files(folder, notices)
    for file in definitions:
        found = _taken(notices, partial(_own, file, shipped, documents))
        if found and _EARLIER.fullmatch(file.stem):
            earlier[found.id, found.version] = found
        elif found:
            newest[found.id] = found
    for key in [key for key in earlier if key[0] in newest and newest[key[0]].version <= key[1]]:
        notices.append(f"{key[0]}.v{key[1]}.toml: {key[0]}.toml holds version {newest[key[0]].version}. {LEFT_OUT}")
        del earlier[key]
    for file in wordings:
        worded = _taken(notices, partial(_worded, file, newest))
        if worded:
            newest[worded.id] = worded
    return Questionnaires(newest=_in_order(newest.values()), earlier=frozen_mapping(earlier), notices=tuple(notices))


def _clinic_files(folder: Path, notices: list[str]) -> tuple[list[Path], list[Path]]:
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".toml") if folder.is_dir() else []
    except OSError as problem:
        notices.append(f"The clinic's folder of questionnaires cannot be read ({problem.strerror}). Nothing was taken.")
        return [], []
    wordings = [file for file in files if file.stem.endswith(_WORDING_END)]
    return [file for file in files if file not in wordings], wordings


def _taken(notices: list[str], take: Callable[[], Taken]) -> Taken | None:
    try:
        return take()
    except WrongFile as refusal:
        notices.append(f"{refusal.what} {LEFT_OUT}")
        return None


def _definition(file: Path) -> Questionnaire:
    questionnaire = read(file, _QUESTIONNAIRE)
    earlier = _EARLIER.fullmatch(file.stem)
    if questionnaire.id != (earlier["id"] if earlier else file.stem):
        stem = earlier["id"] if earlier else file.stem
        raise wrong(file_name(file), questionnaire.id, f"the id must be the file's name, {stem!r}")
    if earlier and questionnaire.version != int(earlier["version"]):
        said = f"version {questionnaire.version} is not the {earlier['version']} of the file's name"
        raise wrong(file_name(file), questionnaire.id, said)
    return questionnaire


def _own(file: Path, shipped: Questionnaires, documents: Mapping[str, Document]) -> Questionnaire:
    questionnaire = _definition(file)
    name = file_name(file)
    if questionnaire.id in shipped.newest:
        said = (
            "the program ships a definition with this id; choose another id, or add your licensed text as "
            f"{questionnaire.id}{_WORDING_END}.toml"
        )
        raise wrong(name, questionnaire.id, said)
    pointers = (questionnaire.pointer,) if questionnaire.pointer else ()
    if broken := broken_link([Linked(file=name, id=questionnaire.id, pointers=pointers)], documents, ()):
        raise wrong(name, questionnaire.id, broken[1])
    return questionnaire


def _worded(file: Path, newest: Mapping[str, Questionnaire]) -> Questionnaire:
    wording, name = read(file, _WORDING), file_name(file)
    if file.stem != wording.wording_of + _WORDING_END:
        raise wrong(name, wording.wording_of, f"the file's name must be {wording.wording_of}{_WORDING_END}.toml")
    questionnaire = newest.get(wording.wording_of)
    if questionnaire is None:
        raise wrong(name, wording.wording_of, "there is no questionnaire with this id")
    if questionnaire.version != wording.version:
        said = f"it words version {wording.version}, and the definition is version {questionnaire.version}"
        raise wrong(name, wording.wording_of, said)
    texts = {item.number: item.wording for item in wording.items}
    numbers = [item.number for item in questionnaire.items]
    if sorted(texts) != numbers:
        raise wrong(name, wording.wording_of, f"it words items {sorted(texts)}; the form has items {numbers}")
    items = tuple(replace(item, wording=texts[item.number]) for item in questionnaire.items)
    return replace(questionnaire, items=items, licence=wording.licence, licence_class="licensed_to_clinic")


def _refuse_no_successor(earlier: Questionnaire, newest: Questionnaire | None) -> None:
    if newest is None or newest.version <= earlier.version:
        name = f"questionnaires/{earlier.id}.v{earlier.version}.toml"
        raise wrong(name, earlier.id, f"no version above {earlier.version} stands in {earlier.id}.toml")


def _in_order(questionnaires: Iterable[Questionnaire]) -> Mapping[str, Questionnaire]:
    ordered = sorted(questionnaires, key=lambda questionnaire: (questionnaire.place, questionnaire.id))
    return frozen_mapping({questionnaire.id: questionnaire for questionnaire in ordered})
