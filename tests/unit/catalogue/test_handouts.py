"""The twelve handouts: plain, hedged, short, found by the catalogue's words, and free of claims about a client."""

import re
import xml.etree.ElementTree as ET

import pytest

from core.catalogue import find_banned_words, find_entries, find_handouts, load_catalogue
from core.catalogue.handouts import Subject
from core.model.definitions import Document
from core.model.handouts import Drawing, Handout
from tests.unit.catalogue.readability import grade, sentences, syllables

CATALOGUE = load_catalogue()
HANDOUTS = tuple(CATALOGUE.handouts.values())
EACH = pytest.mark.parametrize("handout", HANDOUTS, ids=lambda handout: handout.id)
HIGHEST_GRADE = 6.5
LONGEST_SENTENCE = 25
ORDER = "what signs traps loop brain attachment body compassion talk habits practice two_sided"
ABOUT_BODIES = {"ho_brain": ["amygdala"], "ho_body": ["cortisol"]}
HEDGED = {
    "ho_loop": "One explanation is", "ho_brain": "One explanation is", "ho_body": "One explanation is",
    "ho_two_sided": "One explanation goes", "ho_compassion": "One article reports", "ho_attachment": "may have made",
    "ho_habits": "It may help", "ho_signs": "One article names",
}  # fmt: skip


def test_twelve_handouts_stand_in_the_order_of_the_design() -> None:
    assert list(CATALOGUE.handouts) == [f"ho_{name}" for name in ORDER.split()]
    assert [handout.place for handout in HANDOUTS] == list(range(1, 13))


@EACH
def test_handout_has_120_to_200_words(handout: Handout) -> None:
    assert 120 <= len(handout.words.split()) <= 200


@EACH
def test_handout_reads_at_the_age_of_about_twelve(handout: Handout) -> None:
    assert grade(handout.words) <= HIGHEST_GRADE
    too_long = [sentence for sentence in sentences(handout.words) if len(sentence.split()) > LONGEST_SENTENCE]
    assert too_long == []


def test_grade_of_a_hard_text_is_high_and_of_a_plain_one_is_low() -> None:
    hard = "Neurobiological dysregulation exacerbates interpersonal hypersensitivity notwithstanding affiliation."
    assert grade(hard) > 20
    assert grade("The cat sat on the mat. It was warm.") < 1
    assert [syllables(word) for word in ("worry", "time", "asked", "wanted", "amygdala")] == [2, 1, 1, 2, 4]


@EACH
def test_handout_uses_no_banned_word(handout: Handout) -> None:
    texts = [handout.title, handout.words, handout.drawing.says, *labels_in(handout.drawing)]
    found = [word for text in texts for word in find_banned_words(text, CATALOGUE.wording)]
    assert sorted(set(found)) == ABOUT_BODIES.get(handout.id, [])


@EACH
def test_handout_says_nothing_about_the_brain_of_the_reader(handout: Handout) -> None:
    ours = r"\b(your|my|her|his|their|you[’']re)\b[^.]{0,30}\b(brain|amygdala|nerve|nervous|hormone|cortisol|wiring)"
    assert re.search(ours, handout.words, flags=re.IGNORECASE) is None
    assert re.search(r"rewir|studies show|proves|heals", handout.words, flags=re.IGNORECASE) is None


@pytest.mark.parametrize(("name", "hedge"), HEDGED.items(), ids=HEDGED)
def test_handout_is_as_careful_as_its_source(name: str, hedge: str) -> None:
    assert hedge in CATALOGUE.handouts[name].words


def test_facts_that_name_no_source_are_given_as_one_explanation() -> None:
    facts = CATALOGUE.families["facts"].entries
    unsourced = {fact.id for fact in facts if "names no source" in (fact.caution or "")}
    for handout in HANDOUTS:
        if unsourced & set(handout.topics):
            assert re.search(r"One explanation|One article| may | makes new habits easier", handout.words)


@EACH
def test_drawing_takes_its_colour_from_the_page_and_is_said_in_words(handout: Handout) -> None:
    drawing = ET.fromstring(handout.drawing.svg)
    painted = {node.get(name) for node in drawing.iter() for name in ("fill", "stroke", "color")} - {None}
    assert painted <= {"none", "currentColor"}
    said = set(re.findall(r"\w+", handout.drawing.says.casefold()))
    drawn = [word for label in labels_in(handout.drawing) for word in re.findall(r"\w+", label.casefold())]
    assert [word for word in drawn if word not in said] == []


@EACH
def test_drawing_lies_within_its_frame(handout: Handout) -> None:
    drawing = ET.fromstring(handout.drawing.svg)
    _, _, width, height = (float(number) for number in drawing.attrib["viewBox"].split())
    for node in drawing.iter("{http://www.w3.org/2000/svg}text"):
        half = 4 * len(node.text or "")
        assert half - 8 <= float(node.attrib["x"]) <= width - half + 8
        assert 12 <= float(node.attrib["y"]) <= height - 4


@pytest.mark.parametrize("part", ["<script>", '<a href="x"/>', '<image x="1"/>', "<style/>", '<g fill="url(x)"/>'])
def test_drawing_that_could_do_anything_but_draw_is_refused(part: str) -> None:
    with pytest.raises(ValueError, match="shapes and words only"):
        Drawing(svg=f'<svg viewBox="0 0 1 1">{part}</svg>', says="a box")


@EACH
def test_handout_is_found_by_every_label_it_speaks_of(handout: Handout) -> None:
    labelled: dict[str, Subject] = {**CATALOGUE.entries, **CATALOGUE.warning_signs, **CATALOGUE.distortions}
    assert handout in find_handouts(handout.title, CATALOGUE)
    for words in (*handout.search_words, *(labelled[topic].label for topic in handout.topics)):
        assert handout in find_handouts(words, CATALOGUE)


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_blank_search_finds_all_in_order(text: str) -> None:
    assert find_handouts(text, CATALOGUE) == HANDOUTS


@pytest.mark.parametrize("text", ["reassurance", "REASSURANCE", " reassur ", "réassurance,"])
def test_search_minds_neither_case_nor_accents_and_puts_titles_first(text: str) -> None:
    assert [handout.id for handout in find_handouts(text, CATALOGUE)] == ["ho_loop", "ho_signs"]


def test_all_words_of_a_search_must_be_found_in_one_name() -> None:
    assert find_handouts("pause phrase", CATALOGUE) != ()
    assert find_handouts("pause jealousy", CATALOGUE) == ()


@pytest.mark.parametrize("text", ["sleep", "zzz", "<zz>"])
def test_what_neither_document_names_finds_nothing(text: str) -> None:
    assert find_handouts(text, CATALOGUE) == ()
    assert find_entries(text, CATALOGUE) == ()


def test_entry_without_a_handout_is_found_and_a_person_of_document_2_is_not() -> None:
    assert find_handouts("low mood", CATALOGUE) == ()
    assert [entry.id for entry in find_entries("low mood", CATALOGUE)] == ["lt_depression", "rf_worsening", "pe_toll"]
    assert find_entries("sarah", CATALOGUE) == ()
    assert find_entries("", CATALOGUE) == ()


@pytest.mark.parametrize("document", CATALOGUE.documents.values(), ids=CATALOGUE.documents)
def test_heading_with_a_banned_word_has_another_form_for_handouts(document: Document) -> None:
    used = {pointer.section for handout in HANDOUTS for pointer in handout.pointers if pointer.document == document.id}
    for section in document.sections:
        if section.heading in used:
            assert find_banned_words(section.shown, CATALOGUE.wording) in (
                [],
                ["positive"],
                ["amygdala"],
                ["prefrontal"],
            )


def labels_in(drawing: Drawing) -> list[str]:
    return [node.text or "" for node in ET.fromstring(drawing.svg).iter("{http://www.w3.org/2000/svg}text")]
