"""Finding handouts, and other entries, by the words of the catalogue."""

from collections.abc import Iterator

from core.catalogue.finding import any_holds, holds, words_of
from core.catalogue.loading import Catalogue
from core.model.catalogue_entries import Entry
from core.model.definitions import Distortion, WarningSign
from core.model.handouts import Handout

Subject = Entry | WarningSign | Distortion

_NOT_SUBJECTS = ("vignettes",)


def find_handouts(text: str, catalogue: Catalogue) -> tuple[Handout, ...]:
    """The handouts that `text` finds, those with it in their title first; all of them for a blank `text`.

    Every word of `text` must begin a word of one title, of one topic's label, or of one search word.
    Case, accents and punctuation make no difference.
    """
    sought = words_of(text)
    found = [handout for handout in catalogue.handouts.values() if any_holds(_names(handout, catalogue), sought)]
    return tuple(sorted(found, key=lambda handout: (not holds(handout.title, sought), handout.place)))


def find_entries(text: str, catalogue: Catalogue) -> tuple[Subject, ...]:
    """What the documents name under the words of `text`, whether or not a handout speaks of it.

    Looks in labels, definitions and indicators; nothing for a blank `text`.
    """
    sought = words_of(text)
    if not sought:
        return ()
    return tuple(entry for entry in _subjects(catalogue) if any_holds(_texts(entry), sought))


def _names(handout: Handout, catalogue: Catalogue) -> Iterator[str]:
    labelled: dict[str, Subject] = {**catalogue.entries, **catalogue.warning_signs, **catalogue.distortions}
    yield handout.title
    yield from handout.search_words
    yield from (labelled[topic].label for topic in handout.topics)


def _subjects(catalogue: Catalogue) -> Iterator[Subject]:
    yield from catalogue.warning_signs.values()
    yield from catalogue.distortions.values()
    for family in catalogue.families.values():
        if family.id not in _NOT_SUBJECTS:
            yield from (entry for entry in family.entries if entry.pointers)


def _texts(entry: Subject) -> Iterator[str]:
    yield from (entry.label, entry.definition, *entry.indicators)
