"""What every questionnaire's definition must hold, and that nothing from memory passes for a fact."""

import dataclasses
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from core.analysis.scoring import score_response
from core.catalogue import load_catalogue
from core.catalogue.loading import FOLDER
from core.model.questionnaire_definitions import Questionnaire
from tests.unit.catalogue import questionnaire_page

CATALOGUE = load_catalogue()
QUESTIONNAIRES = CATALOGUE.questionnaires
FULL = [
    "gad7",
    "gad2",
    "phq9",
    "phq2",
    "ecr_rs",
    "csi_4",
    "scs_sf",
    "rses",
    "ders_16",
    "oasis",
    "ucla_3",
    "cbi_personal",
]
SCORING_ONLY = [
    "wsas",
    "ras",
    "ecr_r",
    "ecr_12",
    "ecr_s",
    "ders_18",
    "pss_4",
    "pss_10",
    "roci",
    "diri_rs",
    "cd_quest",
    "cds",
]
EVERY = pytest.mark.parametrize("questionnaire", QUESTIONNAIRES.values(), ids=lambda definition: definition.id)


def test_twelve_ship_in_full_and_twelve_for_scoring_only_in_their_order() -> None:
    assert list(QUESTIONNAIRES) == FULL + SCORING_ONLY
    assert {name: QUESTIONNAIRES[name].ships for name in FULL} == dict.fromkeys(FULL, "topics")
    assert {name: QUESTIONNAIRES[name].ships for name in SCORING_ONLY} == dict.fromkeys(SCORING_ONLY, "scoring_only")


def test_forms_under_licence_and_with_an_unsure_range_are_not_shipped() -> None:
    texts = " ".join(file.read_text("utf-8") for file in (FOLDER / "questionnaires").glob("*.toml"))
    assert {"ors", "srs", "mbi", "sfcds"} & set(QUESTIONNAIRES) == set()
    assert "Maslach" not in texts
    assert "Spann" not in texts


@EVERY
def test_nothing_ships_with_published_wording(questionnaire: Questionnaire) -> None:
    assert [item.number for item in questionnaire.items if item.wording] == []
    assert [item.topic for item in questionnaire.items if len(item.topic.split()) > 8] == []


@EVERY
def test_each_definition_says_licence_direction_place_and_why_it_is_here(questionnaire: Questionnaire) -> None:
    assert questionnaire.licence.endswith(".")
    assert questionnaire.pointer is not None
    assert questionnaire.citation is not None
    assert questionnaire.version == 1
    assert questionnaire.place < 1_000


@EVERY
def test_no_line_or_rule_from_memory_is_read(questionnaire: Questionnaire) -> None:
    highest = {item.number: item.maximum for item in questionnaire.items}
    read = [reading.cut_off for reading in score_response(questionnaire, highest).cut_offs]
    assert [line for line in read if line.origin.remembered] == []
    assert [rule for rule in questionnaire.reliable_changes if not rule.origin.checked] == []


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("ecr_r", [9, 11, 20, 22, 26, 27, 28, 29, 30, 31, 33, 34, 35, 36]),
        ("ecr_12", [6, 9, 10, 11, 12]),
        ("ecr_s", [1, 5, 8, 9]),
        ("ecr_rs", [1, 2, 3, 4]),
        ("rses", [2, 5, 6, 8, 9]),
        ("scs_sf", [1, 4, 8, 9, 11, 12]),
        ("ders_18", [1, 4, 6]),
        ("ras", [4, 7]),
        ("pss_4", [2, 3]),
        ("pss_10", [4, 5, 7, 8]),
    ],
)
def test_turned_items_are_the_published_ones(name: str, turned: list[int]) -> None:
    assert [item.number for item in QUESTIONNAIRES[name].items if item.reverse] == turned


def test_no_other_form_has_turned_items() -> None:
    turned = {name for name, form in QUESTIONNAIRES.items() if any(item.reverse for item in form.items)}
    assert turned == {"ecr_r", "ecr_12", "ecr_s", "ecr_rs", "rses", "scs_sf", "ders_18", "ras", "pss_4", "pss_10"}


def test_higher_is_better_in_four_forms_only() -> None:
    better = [name for name, form in QUESTIONNAIRES.items() if not form.higher_is_worse]
    assert better == ["csi_4", "scs_sf", "rses", "ras"]


def test_only_phq9_has_a_safety_item() -> None:
    found = {name: [item.number for item in form.safety_items] for name, form in QUESTIONNAIRES.items()}
    assert {name: items for name, items in found.items() if items} == {"phq9": [9]}


def test_rules_for_missing_items_are_named_where_the_sources_name_one() -> None:
    rules = {name: form.most_missing for name, form in QUESTIONNAIRES.items() if form.missing_rule == "allowed_missing"}
    assert rules == {"rses": 2, "cbi_personal": 3, "wsas": 1}
    assert all(QUESTIONNAIRES[name].origins["missing_rule"].checked for name in rules)


def test_published_reliable_changes_are_shipped_as_published() -> None:
    found = {name: [rule.points for rule in form.reliable_changes] for name, form in QUESTIONNAIRES.items()}
    assert {name: points for name, points in found.items() if points} == {"gad7": [4, 6], "phq9": [6], "oasis": [5]}


def test_spread_and_reliability_stand_with_kind_and_population() -> None:
    roci = QUESTIONNAIRES["roci"]
    retest = next(each for each in roci.reliabilities if each.kind == "retest")
    assert (retest.value, retest.interval, retest.population) == (0.69, "9 weeks", "authors’ page")
    group = roci.norms[0]
    assert (group.population, group.mean, group.sd) == ("ROCD group", Fraction(213, 100), Fraction(4, 5))


def test_band_lines_of_a_chart_lie_at_half_points() -> None:
    halves = [Fraction(9, 2), Fraction(19, 2), Fraction(29, 2)]
    assert list(QUESTIONNAIRES["gad7"].band_lines) == halves
    assert [*QUESTIONNAIRES["rses"].band_lines] == [Fraction(29, 2), Fraction(51, 2)]
    assert QUESTIONNAIRES["ucla_3"].band_lines == ()


def test_axis_of_each_form_is_the_published_range() -> None:
    spans = {name: tuple(map(int, form.axis)) for name, form in QUESTIONNAIRES.items()}
    assert spans == {
        "gad7": (0, 21), "gad2": (0, 6), "phq9": (0, 27), "phq2": (0, 6), "ecr_rs": (1, 7), "csi_4": (0, 21),
        "scs_sf": (1, 5), "rses": (0, 30), "ders_16": (16, 80), "oasis": (0, 20), "ucla_3": (3, 9),
        "cbi_personal": (0, 100), "wsas": (0, 40), "ras": (1, 5), "ecr_r": (1, 7), "ecr_12": (1, 7),
        "ecr_s": (6, 42), "ders_18": (18, 90), "pss_4": (0, 16), "pss_10": (0, 40), "roci": (0, 4), "diri_rs": (1, 7),
        "cd_quest": (0, 75), "cds": (20, 140),
    }  # fmt: skip


def test_csi_4_first_item_goes_one_further_and_has_its_own_words() -> None:
    form = QUESTIONNAIRES["csi_4"]
    assert [item.maximum for item in form.items] == [6, 5, 5, 5]
    assert form.answer_label(form.items[0], 6) == "perfect"
    assert form.answer_label(form.items[1], 5) == "completely"
    assert form.answer_label(form.items[1], 3) == "3"


def test_digits_of_long_answers_are_their_places() -> None:
    assert QUESTIONNAIRES["cbi_personal"].items[0].digits == {"0": 0, "1": 25, "2": 50, "3": 75, "4": 100}
    assert QUESTIONNAIRES["ucla_3"].items[0].digits == {"1": 1, "2": 2, "3": 3}


@pytest.mark.parametrize("file", sorted((FOLDER / "questionnaires").glob("*.toml")), ids=lambda file: file.stem)
def test_every_source_is_used_by_a_fact(file: Path) -> None:
    content = tomllib.loads(file.read_text("utf-8"))
    used = str({name: value for name, value in content.items() if name != "sources"})
    assert [source for source in content["sources"] if f"'{source}'" not in used] == []


def test_page_of_questionnaires_is_as_the_definitions_say() -> None:
    again = "python -m tests.unit.catalogue.questionnaire_page"
    assert questionnaire_page.PAGE.read_text("utf-8") == questionnaire_page.page(), f"stale; run {again}"


def test_page_prints_what_is_known_from_memory_under_that_heading_only() -> None:
    text = questionnaire_page.page()
    for part in text.split("\n## ")[1:]:
        facts, _, remembered = part.partition("**From memory, not checked**")
        assert "(from memory" not in facts
        if remembered:
            assert "read in a stored copy" not in remembered


def test_changing_a_definition_changes_the_page() -> None:
    changed = dataclasses.replace(QUESTIONNAIRES["gad7"], minutes=9)
    assert questionnaire_page.part(changed) != questionnaire_page.part(QUESTIONNAIRES["gad7"])
