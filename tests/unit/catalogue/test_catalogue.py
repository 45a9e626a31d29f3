"""What the shipped definitions say, checked against the facts they were written from."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.catalogue import load_catalogue
from core.catalogue.loading import FOLDER
from core.model import check_in_parts as check_in
from core.model.check_in import CheckIn
from core.model.check_in_parts import CountKind, Episode, SignAnswer
from core.model.definitions import MeasureKind, StatementKind
from core.model.questionnaire_checks import facts_needed
from core.model.questionnaire_definitions import Questionnaire
from core.model.questionnaire_facts import STATUS_WORDS

CATALOGUE = load_catalogue()
GAD7 = CATALOGUE.questionnaires["gad7"]
PHQ9 = CATALOGUE.questionnaires["phq9"]


def test_six_signs_stand_in_the_order_of_the_document() -> None:
    assert [(sign.id, sign.short_label, sign.letter) for sign in CATALOGUE.warning_signs.values()] == [
        ("ws_reassurance", "Reassurance", "R"),
        ("ws_checking", "Checking", "C"),
        ("ws_panic_jealousy", "Jealousy", "J"),
        ("ws_overthinking", "Overthinking", "O"),
        ("ws_isolation", "Friends dropped", "F"),
        ("ws_repeated_conflict", "Same fight", "S"),
    ]
    lines = [sign.pointer.lines for sign in CATALOGUE.warning_signs.values()]
    assert lines == [(line, line) for line in range(105, 111)]


def test_three_signs_need_a_partner() -> None:
    needing = [sign.id for sign in CATALOGUE.warning_signs.values() if sign.needs_partner]
    assert needing == ["ws_checking", "ws_panic_jealousy", "ws_repeated_conflict"]


def test_five_distortions_stand_in_the_order_of_the_document() -> None:
    assert [(kind.id, kind.pointer.lines[0]) for kind in CATALOGUE.distortions.values()] == [
        ("cd_mind_reading", 79),
        ("cd_catastrophizing", 80),
        ("cd_personalization", 81),
        ("cd_black_white", 82),
        ("cd_emotional_reasoning", 83),
    ]


def test_each_measure_is_a_field_of_the_record_with_its_range() -> None:
    fields = {field.name for field in dataclasses.fields(CheckIn)} | set(Episode.__struct_fields__)
    derived = {"distortions_total"}
    assert set(CATALOGUE.measures) <= fields | derived
    highest = {name: measure.maximum for name, measure in CATALOGUE.measures.items() if measure.maximum is not None}
    assert highest == {
        "anxiety_average": check_in.HIGHEST_RATING,
        "anxiety_peak": check_in.HIGHEST_RATING,
        "relief": check_in.HIGHEST_RATING,
        "reassurance_count": check_in.HIGHEST_COUNT,
        "distortions_total": check_in.HIGHEST_COUNT,
        "distortions_unsorted": check_in.HIGHEST_COUNT,
        "distortions_by_kind": check_in.HIGHEST_COUNT,
        "relief_minutes": check_in.LONGEST_RELIEF_MINUTES,
    }
    assert {CATALOGUE.measures[name].minimum for name in highest} == {0}


def test_choices_are_the_answers_the_record_knows() -> None:
    choices = {name: [choice.id for choice in measure.choices] for name, measure in CATALOGUE.measures.items()}
    assert choices["signs"] == [answer.value for answer in SignAnswer]
    assert choices["reassurance_count_kind"] == [kind.value for kind in CountKind]


def test_minutes_are_a_duration_and_never_become_a_rate() -> None:
    assert CATALOGUE.measures["relief_minutes"].kind is MeasureKind.DURATION


def test_blank_and_zero_are_never_said_in_the_same_words() -> None:
    for measure in CATALOGUE.measures.values():
        assert measure.blank_means != measure.zero_means


def test_rule_r0_holds_the_default_numbers_and_says_so() -> None:
    rule = CATALOGUE.rule
    assert (rule.window_days, rule.min_asked_days, rule.min_check_ins) == (28, 14, 2)
    assert (rule.present_often_check_ins, rule.present_share) == (2, 0.5)
    assert (rule.watch_often_check_ins, rule.watch_seen_check_ins, rule.watch_share) == (1, 2, 0.5)
    assert rule.threshold_origin == CATALOGUE.rate_rule.threshold_origin == "project default"


def test_gad7_has_the_published_bands_cut_offs_and_rules() -> None:
    assert [(band.label, band.low, band.high) for band in GAD7.bands] == [
        ("minimal", 0, 4),
        ("mild", 5, 9),
        ("moderate", 10, 14),
        ("severe", 15, 21),
    ]
    assert [line.value for line in GAD7.all_cut_offs] == [8, 10, 8]
    assert [change.points for change in GAD7.reliable_changes] == [4, 6]
    assert GAD7.safety_items == ()


def test_phq9_has_the_published_bands_cut_offs_and_rule() -> None:
    assert [(band.label, band.low, band.high) for band in PHQ9.bands] == [
        ("minimal", 0, 4),
        ("mild", 5, 9),
        ("moderate", 10, 14),
        ("moderately severe", 15, 19),
        ("severe", 20, 27),
    ]
    assert {line.value for line in PHQ9.all_cut_offs} == {10}
    assert [change.points for change in PHQ9.reliable_changes] == [6]
    assert [item.number for item in PHQ9.safety_items] == [9]


def test_gad7_codes_for_irritability_and_dread_are_not_swapped() -> None:
    codes = {item.topic: item.loinc for item in GAD7.items}
    assert (codes["irritability"], codes["sense of dread"]) == ("69689-8", "69736-7")


def loinc_codes() -> Iterator[str]:
    for questionnaire in CATALOGUE.questionnaires.values():
        yield from (code for code in (questionnaire.loinc_panel, questionnaire.loinc_total) if code)
        yield from (item.loinc for item in questionnaire.items if item.loinc)


@pytest.mark.parametrize("code", list(loinc_codes()))
def test_loinc_check_digit_is_right(code: str) -> None:
    number, check_digit = code.split("-")
    # Mod 10: every second digit from the right is doubled, and the digits of all results are added.
    digits = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(number))]
    assert (10 - sum(digit // 10 + digit % 10 for digit in digits) % 10) % 10 == int(check_digit)


@pytest.mark.parametrize("questionnaire", CATALOGUE.questionnaires.values(), ids=lambda definition: definition.id)
def test_every_fact_of_a_questionnaire_has_an_origin_in_words(questionnaire: Questionnaire) -> None:
    assert set(questionnaire.origins) == set(facts_needed(questionnaire))
    for origin in questionnaire.origins.values():
        words = questionnaire.origin_words(origin)
        assert words.endswith(tuple(STATUS_WORDS.values()) + tuple(f"({said})" for said in STATUS_WORDS.values()))


def test_fact_from_memory_says_so_when_printed() -> None:
    remembered = dataclasses.replace(GAD7.origins["bands"], status="memory")
    assert not remembered.checked
    assert GAD7.origin_words(remembered).endswith("(from memory, not checked)")


def test_assessment_and_plan_take_nothing_from_the_record() -> None:
    assert list(CATALOGUE.note_templates) == ["soap", "dap"]
    for template in CATALOGUE.note_templates.values():
        own = {section.id for section in template.sections if section.words_only}
        assert own == {"assessment", "plan"}
        taken = [kind for section in template.sections for kind in section.accepts]
        assert sorted(taken) == sorted(StatementKind), "each kind of statement has exactly one section"


def test_pointer_says_its_place_in_words() -> None:
    sign = CATALOGUE.warning_signs["ws_reassurance"]
    assert sign.pointer.place == "“How to Spot Destructive Relationship Insecurity”, line 105"
    assert CATALOGUE.measures["signs"].rests_on.place.endswith("lines 101 to 110")  # type: ignore[union-attr]  # set


def test_catalogue_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CATALOGUE.warning_signs["ws_new"] = CATALOGUE.warning_signs["ws_checking"]  # type: ignore[index]  # the point
    with pytest.raises(dataclasses.FrozenInstanceError):
        CATALOGUE.rule.window_days = 7  # type: ignore[misc]  # the point of the test
    with pytest.raises(TypeError):
        GAD7.origins["bands"] = GAD7.origins["items"]  # type: ignore[index]  # the point of the test


def test_loading_twice_gives_equal_values() -> None:
    assert load_catalogue() == CATALOGUE


def test_definitions_ship_beside_the_code() -> None:
    assert Path(FOLDER / "warning_signs.toml").is_file()
