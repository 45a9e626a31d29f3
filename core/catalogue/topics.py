"""Everything that can be looked up about how things are worked out: one topic for each definition, by chapter."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from core.catalogue.finding import any_holds, holds, words_of
from core.catalogue.loading import Catalogue
from core.model.catalogue_entries import Difference, EntryFamily
from core.model.definitions import Distortion, Document, Measure, Pointer, WarningSign
from core.model.explanations import Explanation
from core.model.questionnaire_definitions import Questionnaire

Differences = tuple[Difference, ...]
About = Explanation | WarningSign | Distortion | Measure | Questionnaire | Document | EntryFamily | Differences

DIFFERENCES = "differences"
HOW, ASKED, KIND = "how it is worked out", "asked at a check-in", "kind of distorted thought"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One thing to look up; `hint` says in a few words what it is. `chapter` is a chapter's id.

    `words` are texts that find it, besides label and hint.
    """

    id: str
    chapter: str
    label: str
    hint: str
    about: About
    words: tuple[str, ...]


def questionnaire_topic(questionnaire_id: str) -> str:
    """The id of a questionnaire's topic: a clinic's own form may have the id of something else."""
    return f"questionnaire.{questionnaire_id}"


def measure_topic(measure_id: str) -> str:
    """The id of a measure's topic: one measure has the id of a chapter."""
    return f"measure.{measure_id}"


def topics(catalogue: Catalogue) -> Mapping[str, Topic]:
    """Every topic by id, in the order of the chapters; in a chapter explanations come first."""
    return {topic.id: topic for chapter in catalogue.chapters for topic in _of_chapter(chapter, catalogue)}


def find_topics(text: str, catalogue: Catalogue) -> tuple[Topic, ...]:
    """The topics with every word of `text` in one of their texts, those with it in their label first.

    All of them for a blank `text`. Words may be shortened; case and accents make no difference.
    """
    sought = words_of(text)
    found = [
        topic
        for topic in topics(catalogue).values()
        if any_holds((f"{topic.label} {topic.hint}", *topic.words), sought)
    ]
    return tuple(sorted(found, key=lambda topic: not holds(f"{topic.label} {topic.hint}", sought)))


def differences_at(pointers: tuple[Pointer, ...], catalogue: Catalogue) -> Differences:
    """The differences between the documents that speak of one of these places."""
    return tuple(
        each
        for each in catalogue.differences.values()
        if any(_meet(place, pointer) for place in each.pointers for pointer in pointers)
    )


def _meet(one: Pointer, other: Pointer) -> bool:
    return one.document == other.document and one.lines[0] <= other.lines[1] and other.lines[0] <= one.lines[1]


def _of_chapter(chapter: str, catalogue: Catalogue) -> Iterator[Topic]:
    for told in catalogue.chapters[chapter].explanations:
        words = (told.lead, *told.steps, *(number.does for number in told.numbers))
        yield Topic(id=told.id, chapter=chapter, label=told.label, hint=HOW, about=told, words=words)
    yield from _OWN.get(chapter, _nothing)(chapter, catalogue)
    for name in catalogue.chapters[chapter].measures:
        measure = catalogue.measures[name]
        words = (measure.prompt, *(choice.label for choice in measure.choices))
        yield Topic(
            id=measure_topic(name), chapter=chapter, label=measure.label, hint=ASKED, about=measure, words=words
        )


def _nothing(_: str, __: Catalogue) -> Iterator[Topic]:
    yield from ()


def _signs(chapter: str, catalogue: Catalogue) -> Iterator[Topic]:
    for sign in catalogue.warning_signs.values():
        words = (sign.short_label, sign.definition, *sign.indicators, *sign.elsewhere)
        yield Topic(id=sign.id, chapter=chapter, label=sign.label, hint="sign", about=sign, words=words)


def _questionnaires(chapter: str, catalogue: Catalogue) -> Iterator[Topic]:
    for form in catalogue.questionnaires.values():
        items = (item.topic for item in form.items)
        words = (form.id, form.construct, form.bears_on, form.citation or "", *form.remarks, *items)
        name = questionnaire_topic(form.id)
        yield Topic(id=name, chapter=chapter, label=form.short_name, hint=form.name, about=form, words=words)


def _distortions(chapter: str, catalogue: Catalogue) -> Iterator[Topic]:
    for kind in catalogue.distortions.values():
        words = (kind.definition, *kind.indicators)
        yield Topic(id=kind.id, chapter=chapter, label=kind.label, hint=KIND, about=kind, words=words)


def _articles(chapter: str, catalogue: Catalogue) -> Iterator[Topic]:
    for document in catalogue.documents.values():
        label = f"{document.name[0].upper()}{document.name[1:]}"
        words = tuple(section.heading for section in document.sections)
        yield Topic(id=document.id, chapter=chapter, label=label, hint=document.title, about=document, words=words)
    yield _differences(chapter, tuple(catalogue.differences.values()))
    for family in catalogue.families.values():
        words = tuple(word for each in family.entries for word in (each.label, each.definition, *each.indicators))
        hint = f"{len(family.entries)} entries"
        name = f"family.{family.id}"
        yield Topic(id=name, chapter=chapter, label=family.label, hint=hint, about=family, words=words)


def _differences(chapter: str, found: Differences) -> Topic:
    words = tuple(word for each in found for word in (each.topic, each.first, each.second))
    hint = f"{len(found)} differences, and what the program does"
    return Topic(id=DIFFERENCES, chapter=chapter, label="Where the two differ", hint=hint, about=found, words=words)


# What a chapter lists besides its explanations and measures.
_OWN: Mapping[str, Callable[[str, Catalogue], Iterator[Topic]]] = {
    "signs": _signs,
    "questionnaires": _questionnaires,
    "distortions": _distortions,
    "articles": _articles,
}
