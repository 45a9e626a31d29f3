"""Every entry leads to a place in the documents, and every list of the documents is there, in its order."""

import dataclasses
from collections.abc import Iterable, Iterator

import pytest

from core.catalogue import load_catalogue
from core.catalogue.handouts import Subject
from core.model.catalogue_entries import Entry, EntryFamily
from core.model.definitions import Document, Lines, Pointer, Section
from tests.unit.catalogue.publish import PAGE, page
from tests.unit.catalogue.shingles import hashed, known, runs
from tests.wording import assert_clean

CATALOGUE = load_catalogue()
DOCUMENTS = CATALOGUE.documents
FAMILIES = CATALOGUE.families
SIGNS: tuple[Subject, ...] = tuple(CATALOGUE.warning_signs.values())
KINDS: tuple[Subject, ...] = tuple(CATALOGUE.distortions.values())
EVERYTHING: tuple[Subject, ...] = (*SIGNS, *KINDS, *CATALOGUE.entries.values())

# A list of a document, the family that holds it, and the ids in the list's order.
LISTS = {
    ("d1", "How to Spot Destructive Relationship Insecurity"): "ws_reassurance ws_checking ws_panic_jealousy "
    "ws_overthinking ws_isolation ws_repeated_conflict",
    ("d1", "Common Cognitive Distortions in Relationships"): "cd_mind_reading cd_catastrophizing cd_personalization "
    "cd_black_white cd_emotional_reasoning",
    ("d1", "Key Attachment Styles and Their Traits"): "ap_anxious ap_avoidant ap_fearful ap_secure",
    ("d1", "Common Origins"): "or_emotional_neglect_trauma or_past_betrayal or_unavailable_care or_mental_health",
    ("d1", "Biological Markers of Insecure Reactions"): "dm_cortisol dm_flooding dm_hyperarousal",
    ("d1", "Long-Term Mental Health Effects"): "lt_generalized_anxiety lt_depression lt_low_self_esteem "
    "lt_codependency lt_exhaustion",
    ("d1", "Features of Emotionally Secure Relationships"): "pf_responsive pf_validation pf_co_regulation "
    "pf_mutual_vulnerability",
    ("d1", "Best Therapy Approaches"): "ta_eft ta_attachment ta_cbt ta_somatic_trauma",
    ("d1", "The Three Elements of Self-Compassion"): "sc_self_kindness sc_common_humanity sc_mindfulness",
    ("d1", "Communication Tips"): "cs_i_language cs_descriptive cs_request cs_celebrate",
    ("d1", "Practices for Relationship Security"): "sh_daily_checkin sh_affection sh_rituals sh_follow_through "
    "sh_appreciation",
    ("d1", "Signs You May Benefit from Therapy"): "rf_unmanageable rf_comforted_still_insecure rf_repeats_across "
    "rf_worsening",
    ("d1", "Insecurity in Relationships: Is It Ruining Yours?"): "pe_amygdala pe_prefrontal pe_toll "
    "pe_early_experience pe_neuroplasticity",
    ("d2", "The Brain Circuits of Insecurity"): "pe_amygdala pe_prefrontal pe_dmn pe_insula",
    ("d2", "The Neuroscience of Insecurity in Everyday Relationships"): "ef_rumination ef_imposter ef_avoidance "
    "ef_reassurance",
    ("d2", "How Insecurity Impacts Relationships"): "ri_communication ri_jealousy_comparison ri_reactivity ri_sabotage",
    ("d2", "The Science of Overcoming Insecurity"): "pr_mindfulness pr_restructuring pr_small_risks pr_gratitude "
    "pr_sharing pr_self_compassion",
    ("d2", "Practical Steps to Rewire Your Brain"): "pr_mindfulness pr_restructuring pr_small_risks pr_gratitude "
    "pr_self_validation pr_celebrate",
}
COUNTS = [6, 5, 4, 4, 3, 5, 4, 4, 3, 4, 5, 4, 5, 4, 4, 4, 6, 6]
WITHOUT_ENTRIES = {"References"}  # what it says of evidence stands among the differences
BRAIN_WORDS = ["facts"]  # speaks of groups of people and stands on no page about a client


def pointers_of(entry: Subject) -> tuple[Pointer, ...]:
    return entry.pointers if isinstance(entry, Entry) else (entry.pointer,)


def by_id(name: str) -> Subject:
    return next(entry for entry in EVERYTHING if entry.id == name)


def all_pointers() -> Iterator[Pointer]:
    for entry in EVERYTHING:
        yield from (*pointers_of(entry), *entry.echoes)
    for handout in CATALOGUE.handouts.values():
        yield from handout.pointers


def texts_of(definition: object) -> Iterator[str]:
    """Every text of a definition, except names of headings, ids and drawings."""
    if isinstance(definition, Pointer | Section):
        return
    if isinstance(definition, str):
        yield definition
    elif isinstance(definition, tuple):
        for part in definition:
            yield from texts_of(part)
    elif dataclasses.is_dataclass(definition):
        for field in dataclasses.fields(definition):
            if field.name not in ("id", "svg", "topics", "recorded_by", "scales"):
                yield from texts_of(getattr(definition, field.name))


def leads_to(pointers: Iterable[Pointer], document: str, item: Lines) -> bool:
    return any(
        pointer.document == document and item[0] <= pointer.lines[0] and pointer.lines[1] <= item[1]
        for pointer in pointers
    )


@pytest.mark.parametrize("where", LISTS, ids=lambda where: f"{where[0]}: {where[1]}")
def test_each_item_of_a_list_has_the_entry_that_names_it(where: tuple[str, str]) -> None:
    document, heading = where
    items = next(each.items for each in DOCUMENTS[document].lists if each.heading == heading)
    named = [(by_id(name), item) for name, item in zip(LISTS[where].split(), items, strict=True)]
    assert [entry.id for entry, item in named if not leads_to(pointers_of(entry), document, item)] == []


def test_every_list_of_both_documents_is_looked_at_and_as_long_as_it_should_be() -> None:
    assert set(LISTS) == {(document.id, each.heading) for document in DOCUMENTS.values() for each in document.lists}
    assert [len(names.split()) for names in LISTS.values()] == COUNTS


def test_referral_signs_are_four_of_the_one_and_three_of_the_other_document() -> None:
    signs = FAMILIES["referral_signs"].entries
    assert [pointers_of(sign)[0].document for sign in signs] == ["d1"] * 4 + ["d2"] * 3


def test_four_people_of_document_2_stand_where_it_tells_of_them() -> None:
    places = {entry.label: entry.pointers[0].lines for entry in FAMILIES["vignettes"].entries}
    assert places == {"Daniel": (2, 3), "Sarah": (6, 6), "Lena": (51, 51), "Emily": (82, 84)}


def test_families_hold_what_the_design_lists() -> None:
    assert {family.id: len(family.entries) for family in FAMILIES.values()} == {
        "protective_factors": 7, "habits": 5, "communication": 5, "self_compassion": 4, "practices": 10,
        "approaches": 6, "referral_signs": 7, "ideas": 6, "core_beliefs": 6, "triggers": 11,
        "attachment_patterns": 5, "origins": 13, "markers": 6, "effects": 6, "everyday_forms": 4, "impacts": 6,
        "facts": 17, "vignettes": 4,
    }  # fmt: skip
    assert len(CATALOGUE.differences) == 16


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_no_section_of_a_document_is_passed_over(document: Document) -> None:
    reached = {pointer.section for pointer in all_pointers() if pointer.document == document.id}
    listed = {section.heading for section in document.sections if section.lines[0] < section.lines[1]}
    assert listed - reached - WITHOUT_ENTRIES - {each.heading for each in document.lists} == set()


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_each_item_of_a_list_lies_within_one_section(document: Document) -> None:
    spans = [section.lines for section in document.sections]
    items = [item for each in document.lists for item in each.items]
    assert [item for item in items if not any(low <= item[0] <= item[1] <= high for low, high in spans)] == []


def test_documents_are_as_long_as_the_files_that_were_read() -> None:
    assert {document.id: document.sections[-1].lines[1] for document in DOCUMENTS.values()} == {"d1": 245, "d2": 104}


def test_only_the_two_entries_of_our_own_have_no_pointer() -> None:
    own = [entry.id for entry in CATALOGUE.entries.values() if entry.origin == "project default"]
    assert own == [entry.id for entry in CATALOGUE.entries.values() if not entry.pointers]
    assert sorted(own) == ["ap_not_formulated", "ta_other"]


def test_every_entry_is_observable_or_only_for_handouts_or_the_one_that_says_nothing() -> None:
    blind = [entry.id for entry in CATALOGUE.entries.values() if not entry.indicators]
    handout_only = {entry.id for entry in CATALOGUE.entries.values() if entry.written_in == ("handout",)}
    assert set(blind) - handout_only == {"ap_not_formulated"}


def test_everything_says_where_it_is_recorded_or_written() -> None:
    assert [entry.id for entry in CATALOGUE.entries.values() if not (entry.recorded_by or entry.written_in)] == []


def test_no_attachment_pattern_and_no_fact_is_recorded_by_a_field() -> None:
    families: tuple[EntryFamily, ...] = (FAMILIES["attachment_patterns"], FAMILIES["facts"], FAMILIES["origins"])
    assert [entry.id for family in families for entry in family.entries if entry.recorded_by] == []
    assert {entry.written_in for entry in FAMILIES["facts"].entries} == {("handout",)}


@pytest.mark.parametrize("scale", sorted({scale for entry in EVERYTHING for scale in entry.scales}))
def test_scale_belongs_to_a_questionnaire_of_the_project(scale: str) -> None:
    questionnaire, _, part = scale.partition(".")
    definition = CATALOGUE.questionnaires[questionnaire]
    assert part in ("", *(subscale.id for subscale in definition.subscales))


def test_sign_about_friends_bears_no_withdrawal_from_the_partner() -> None:
    assert "ws_isolation" not in by_id("ef_avoidance").recorded_by
    assert by_id("ws_isolation").scales == ()


@pytest.mark.parametrize("entry", EVERYTHING, ids=lambda entry: entry.id)
def test_entry_uses_no_banned_word(entry: Subject) -> None:
    if any(entry in FAMILIES[family].entries for family in BRAIN_WORDS):
        return
    for text in texts_of(entry):
        assert_clean(text)


@pytest.mark.parametrize(
    "definition",
    [
        *EVERYTHING,
        *FAMILIES.values(),
        *CATALOGUE.differences.values(),
        *CATALOGUE.handouts.values(),
        *CATALOGUE.measures.values(),
    ],
    ids=lambda definition: definition.id,
)
def test_no_eight_words_in_a_row_are_those_of_a_document(definition: object) -> None:
    copied = known()
    assert [run for text in texts_of(definition) for run in runs(text) if hashed(run) in copied] == []


def test_a_copied_sentence_would_be_found() -> None:
    heading = DOCUMENTS["d2"].section("Final Thoughts: Embracing the Neuroscience of Insecurity").heading
    assert [run for run in runs(f"{heading} INSECURITY is not") if hashed(run) in known()] != []


def test_the_page_of_the_catalogue_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(CATALOGUE), "run: python -m tests.unit.catalogue.publish"
