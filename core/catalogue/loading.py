"""Reading the definition files into frozen nouns, or saying which file, which id and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from core.catalogue.explaining import FILE as EXPLANATIONS
from core.catalogue.explaining import Rules, read_chapters
from core.catalogue.links import Linked, broken_link
from core.catalogue.questionnaire_files import clinic_questionnaires, shipped_questionnaires
from core.catalogue.reading import by_id, read, wrong
from core.errors import CatalogueError
from core.model.catalogue_entries import Difference, Entry, EntryFamily
from core.model.definitions import (
    Definition,
    Distortion,
    Document,
    Measure,
    Pointer,
    RateRule,
    SignRule,
    WarningSign,
    refuse_repeats,
)
from core.model.explanations import Chapter
from core.model.handouts import Handout
from core.model.note_templates import NoteTemplate
from core.model.prompt_rules import PromptRules
from core.model.questionnaire_definitions import Questionnaire
from core.model.six_rules import SixRules
from core.model.wording import Wording

FOLDER = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything that is defined as data. Mappings go from id to definition, in the order of the files.

    `questionnaires` holds the newest version of each, in their own order; `earlier_questionnaires` the others,
    by id and version. `notices` say which of the clinic's own files were left out, and why.
    """

    documents: Mapping[str, Document]
    warning_signs: Mapping[str, WarningSign]
    distortions: Mapping[str, Distortion]
    measures: Mapping[str, Measure]
    rule: SignRule
    six_rules: SixRules
    rate_rule: RateRule
    prompt_rules: PromptRules
    questionnaires: Mapping[str, Questionnaire]
    earlier_questionnaires: Mapping[tuple[str, int], Questionnaire]
    notices: tuple[str, ...]
    note_templates: Mapping[str, NoteTemplate]
    wording: Wording
    families: Mapping[str, EntryFamily]
    entries: Mapping[str, Entry]
    differences: Mapping[str, Difference]
    handouts: Mapping[str, Handout]
    chapters: Mapping[str, Chapter]

    @property
    def rules(self) -> Rules:
        """Every rule with numbers by its id, as the definition files have them."""
        return {each.id: each for each in (self.rule, self.six_rules, self.rate_rule, self.prompt_rules)}

    def questionnaire(self, name: str, version: int) -> Questionnaire | None:
        """The definition with this id and version, or `None`: another version is never given instead."""
        newest = self.questionnaires.get(name)
        return newest if newest and newest.version == version else self.earlier_questionnaires.get((name, version))


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
    six_rules: SixRules
    rate_rule: RateRule
    prompt_rules: PromptRules

    @property
    def by_id(self) -> Rules:
        return {each.id: each for each in (self.sign_rule, self.six_rules, self.rate_rule, self.prompt_rules)}


@dataclass(frozen=True, kw_only=True)
class _NoteTemplates(Definition):
    templates: Annotated[tuple[NoteTemplate, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _Families(Definition):
    families: Annotated[tuple[EntryFamily, ...], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class _Differences(Definition):
    differences: Annotated[tuple[Difference, ...], Field(min_length=1)]


_DOCUMENTS = TypeAdapter(_Documents)
_WARNING_SIGNS = TypeAdapter(_WarningSigns)
_DISTORTIONS = TypeAdapter(_Distortions)
_MEASURES = TypeAdapter(_Measures)
_RULES = TypeAdapter(_Rules)
_NOTE_TEMPLATES = TypeAdapter(_NoteTemplates)
_WORDING = TypeAdapter(Wording)
_FAMILIES = TypeAdapter(_Families)
_DIFFERENCES = TypeAdapter(_Differences)
_HANDOUT = TypeAdapter(Handout)


def load_catalogue(folder: Path = FOLDER, *, clinic_folder: Path | None = None) -> Catalogue:
    """The catalogue in `folder`, read anew at each call: keep the value rather than calling again.

    `clinic_folder` holds the clinic's own questionnaires and licensed wordings. A file there that is wrong is
    left out with a notice; a folder that is not there holds nothing.
    Raises `CatalogueError` naming the file, the id and what is wrong in what ships with the program.
    """
    signs = read(folder / "warning_signs.toml", _WARNING_SIGNS).signs
    distortions = read(folder / "distortions.toml", _DISTORTIONS).distortions
    measures = read(folder / "measures.toml", _MEASURES).measures
    rules = read(folder / "rules.toml", _RULES)
    families = _families(folder / "entries")
    differences = read(folder / "differences.toml", _DIFFERENCES).differences
    documents = by_id("documents.toml", read(folder / "documents.toml", _DOCUMENTS).documents)
    shipped = shipped_questionnaires(folder / "questionnaires")
    known = shipped if clinic_folder is None else clinic_questionnaires(clinic_folder, shipped, documents)
    catalogue = Catalogue(
        documents=documents,
        warning_signs=by_id("warning_signs.toml", signs),
        distortions=by_id("distortions.toml", distortions),
        measures=by_id("measures.toml", measures),
        rule=rules.sign_rule,
        six_rules=rules.six_rules,
        rate_rule=rules.rate_rule,
        prompt_rules=rules.prompt_rules,
        questionnaires=known.newest,
        earlier_questionnaires=known.earlier,
        notices=known.notices,
        note_templates=by_id("note_templates.toml", read(folder / "note_templates.toml", _NOTE_TEMPLATES).templates),
        wording=read(folder / "wording.toml", _WORDING),
        families=families,
        entries=by_id("entries", tuple(entry for family in families.values() for entry in family.entries)),
        differences=by_id("differences.toml", differences),
        handouts=_handouts(folder / "handouts"),
        chapters=read_chapters(folder / EXPLANATIONS, rules.by_id),
    )
    _check_links(catalogue)
    return catalogue


def _families(folder: Path) -> Mapping[str, EntryFamily]:
    files = sorted(folder.glob("*.toml"))
    return by_id("entries", tuple(family for file in files for family in read(file, _FAMILIES).families))


def _handouts(folder: Path) -> Mapping[str, Handout]:
    found = sorted((read(file, _HANDOUT) for file in folder.glob("*.toml")), key=lambda handout: handout.place)
    if not found:
        raise CatalogueError("No definition file was found in the folder handouts. Nothing was loaded.")
    for before, after in pairwise(found):
        if before.place == after.place:
            raise wrong("handouts", after.id, f"the place {after.place} stands twice")
    return by_id("handouts", tuple(found))


def _check_links(catalogue: Catalogue) -> None:
    told = {each.id for chapter in catalogue.chapters.values() for each in chapter.explanations}
    known = {*catalogue.measures, *catalogue.warning_signs, *catalogue.distortions, *catalogue.entries, *told}
    known |= catalogue.questionnaires.keys()
    if broken := broken_link(_linked(catalogue), catalogue.documents, known):
        linked, problem = broken
        raise wrong(linked.file, linked.id, problem)
    for sign in catalogue.warning_signs.values():
        if bool(sign.scales) != bool(sign.scales_origin):
            raise wrong("warning_signs.toml", sign.id, "scales and scales_origin stand together: which forms, and why")


def _linked(catalogue: Catalogue) -> Iterator[Linked]:
    for sign in catalogue.warning_signs.values():
        forms = (scale.partition(".")[0] for scale in sign.scales)
        yield _link("warning_signs.toml", sign.id, (sign.pointer, *sign.echoes), (*sign.recorded_by, *forms))
    for kind in catalogue.distortions.values():
        yield _link("distortions.toml", kind.id, (kind.pointer, *kind.echoes), kind.recorded_by)
    for measure in catalogue.measures.values():
        yield _link("measures.toml", measure.id, (measure.rests_on,) if measure.rests_on else ())
    for questionnaire in catalogue.questionnaires.values():
        pointers = (questionnaire.pointer,) if questionnaire.pointer else ()
        yield _link(f"questionnaires/{questionnaire.id}.toml", questionnaire.id, pointers)
    for entry in catalogue.entries.values():
        yield _link("entries", entry.id, (*entry.pointers, *entry.echoes), entry.recorded_by)
    for difference in catalogue.differences.values():
        yield _link("differences.toml", difference.id, difference.pointers)
    prompts = catalogue.prompt_rules
    yield _link("rules.toml", prompts.id, (), (*prompts.trauma_origins, *prompts.trauma_approaches))
    for handout in catalogue.handouts.values():
        yield _link("handouts", handout.id, handout.pointers, handout.topics)
    yield from _linked_explanations(catalogue)


def _linked_explanations(catalogue: Catalogue) -> Iterator[Linked]:
    for chapter in catalogue.chapters.values():
        yield _link(EXPLANATIONS, chapter.id, (), chapter.measures)
        for told in chapter.explanations:
            signs = (told.sign,) if told.sign else ()
            yield _link(EXPLANATIONS, told.id, (), (*told.measures, *signs, *told.see))


def _link(file: str, name: str, pointers: tuple[Pointer, ...], ids: tuple[str, ...] = ()) -> Linked:
    return Linked(file=file, id=name, pointers=pointers, ids=ids)
