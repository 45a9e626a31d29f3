"""Scores beside the signs: the latest one in the sign's own days, with its base, and no state moved by it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from msgspec import structs

from core.analysis.sign_forms import with_forms
from core.analysis.warning_signs import read_signs
from core.catalogue import load_catalogue
from core.model.check_in_parts import SignAnswer
from core.model.review import ScoredResponse
from core.model.sign_findings import FormBeside, SignFinding
from core.notes.sign_grounds import form_sentence
from tests.builders import TODAY, all_recorded, check_in, thresholds
from tests.unit.charts.forms import answered, filled
from tests.wording import assert_clean

CATALOGUE = load_catalogue()
SIGNS = CATALOGUE.warning_signs
FIRST_DAY = TODAY - timedelta(days=CATALOGUE.rule.window_days - 1)


def readings(*responses: ScoredResponse) -> dict[str, SignFinding]:
    """Four weeks of *often* on every sign, with these forms beside them."""
    records = all_recorded(
        *(
            check_in(TODAY - timedelta(weeks=back), signs=dict.fromkeys(SIGNS, SignAnswer.OFTEN))
            for back in (3, 2, 1, 0)
        )
    )
    found = read_signs(records, TODAY, tuple(SIGNS), thresholds())
    beside = with_forms(found, responses, signs=SIGNS, forms=CATALOGUE.questionnaires)
    assert [structs.replace(each, forms=()) for each in beside] == list(found), "a form changed something else"
    return {each.sign: each for each in beside}


def beside(sign: str, *responses: ScoredResponse) -> tuple[FormBeside, ...]:
    return readings(*responses)[sign].forms


def test_the_catalogue_says_which_form_stands_beside_which_sign_and_why():
    assert {sign.id: sign.scales for sign in SIGNS.values() if sign.scales} == {
        "ws_reassurance": ("diri_rs",),
        "ws_repeated_conflict": ("csi_4",),
    }
    for sign in SIGNS.values():
        assert bool(sign.scales) == bool(sign.scales_origin)
        for scale in sign.scales:
            questionnaire, _, part = scale.partition(".")
            form = CATALOGUE.questionnaires[questionnaire]
            assert part in {each.id for each in form.subscales} if part else form.has_total
        assert_clean(sign.scales_origin or "")


def test_the_score_stands_beside_its_own_sign_and_no_other():
    found = readings(filled("diri_rs", 4.5, TODAY))
    assert [form.scale for form in found["ws_reassurance"].forms] == ["diri_rs"]
    assert not [sign for sign, finding in found.items() if finding.forms and sign != "ws_reassurance"]


def test_a_form_that_no_sign_names_stands_beside_none():
    assert not any(finding.forms for finding in readings(filled("gad7", 15, TODAY)).values())


@pytest.mark.parametrize(
    ("days_before", "shown"), [(-1, False), (0, True), (1, True), (27, True), (28, False)], ids=str
)
def test_only_a_form_of_the_sign_s_own_days_is_shown(days_before: int, shown: bool):
    forms = beside("ws_repeated_conflict", filled("csi_4", 9, TODAY - timedelta(days=days_before)))
    assert bool(forms) == shown
    assert TODAY - timedelta(days=27) == FIRST_DAY


def test_the_latest_form_with_a_score_is_the_one_shown():
    forms = [
        filled("csi_4", 9, TODAY - timedelta(days=9), 1),
        filled("csi_4", 12, TODAY - timedelta(days=2), 3),
        filled("csi_4", 11, TODAY - timedelta(days=2), 2),
        filled("csi_4", None, TODAY, 4),
    ]
    for order in (forms, forms[::-1]):
        [form] = beside("ws_repeated_conflict", *order)
        assert (form.printed, form.ref.number) == ("12", 3)


def test_a_form_without_a_score_is_not_shown():
    assert beside("ws_repeated_conflict", filled("csi_4", None, TODAY)) == ()


def test_a_subscale_stands_by_its_own_name():
    sign = replace(SIGNS["ws_checking"], scales=("ecr_s.anxiety",), scales_origin="a test")
    found = read_signs((), TODAY, ("ws_checking",), thresholds())
    form = CATALOGUE.questionnaires["ecr_s"]
    sheet = answered("ecr_s", {item.number: 4 for item in form.items}, TODAY)
    [finding] = with_forms(found, [sheet], signs={"ws_checking": sign}, forms=CATALOGUE.questionnaires)
    [told] = finding.forms
    part = sheet.score.subscale("anxiety")
    assert (told.name, told.printed, told.items) == (f"ECR-S {part.label}", part.printed, part.items)
    assert told.lines == ()


def test_the_sentence_gives_score_range_day_and_how_much_was_answered():
    [form] = beside("ws_repeated_conflict", answered("csi_4", {1: 3, 2: 2, 3: 2, 4: 2}, TODAY, 7))
    assert form_sentence(form) == (
        "CSI-4, satisfaction with the relationship: 9 (of 0 to 21) on 21 May 2026, 4 of 4 items answered. By its "
        "published lines: below 13.5, notable dissatisfaction with the relationship."
    )
    [form] = beside("ws_reassurance", filled("diri_rs", 4.5, TODAY))
    told = "DIRI-RS, asking for reassurance: 4.5 (of 1 to 7) on 21 May 2026, entered as a total."
    assert form_sentence(form) == told
    assert_clean(told)


def test_a_score_on_the_other_side_of_a_line_names_no_line():
    [form] = beside("ws_repeated_conflict", filled("csi_4", 14, TODAY))
    assert form.lines == ()
