"""Totals entered as numbers, range-checked; and responses whose definition is not here, which get no total."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from core.analysis.scoring import needs_safety_item, not_scored, score_entered
from core.errors import InvalidInput
from tests.unit.analysis.scoring.sheets import QUESTIONNAIRES


def refused(name: str, numbers: dict[str, object]) -> tuple[str, ...]:
    with pytest.raises(InvalidInput) as refusal:
        score_entered(QUESTIONNAIRES[name], numbers)
    return refusal.value.problems


def test_entered_total_is_read_by_bands_and_lines() -> None:
    found = score_entered(QUESTIONNAIRES["wsas"], {"total": 21})
    assert (found.total, found.printed, found.band) == (21, "21", "moderately severe or more")
    assert [reading.place for reading in found.cut_offs] == ["At or above 10"]
    assert (found.entered, found.answers, found.lowest, found.highest) == (True, {}, 0, 40)
    assert (found.filled, found.remark, found.no_total_reason) == (False, None, None)
    assert (found.short_name, found.questionnaire_id, found.questionnaire_version) == ("WSAS", "wsas", 1)


def test_entered_subscales_need_no_total() -> None:
    found = score_entered(QUESTIONNAIRES["ecr_s"], {"anxiety": "38"})
    anxiety, avoidance = found.subscale("anxiety"), found.subscale("avoidance")
    assert (anxiety.value, anxiety.reason, anxiety.lowest, anxiety.highest) == (38, None, 6, 42)
    assert (anxiety.answered, anxiety.items, anxiety.filled, anxiety.caution) == (0, 0, False, None)
    assert (avoidance.value, avoidance.reason) == (None, "not entered")
    assert (found.total, found.lowest, found.highest) == (None, None, None)
    assert found.no_total_reason == "this form has no total; its subscales are read"


def test_subscale_entered_alone_leaves_the_total_open() -> None:
    found = score_entered(QUESTIONNAIRES["scs_sf"], {"isolation": "3.5"})
    assert (found.total, found.no_total_reason) == (None, "no total was entered")
    assert found.subscale("isolation").caution == "two items: not advised as a score of its own"


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("2.25", Fraction(9, 4)), (" 3 ", 3), (2.1, Fraction(21, 10)), (Decimal("2.10"), Fraction(21, 10)),
        (Fraction(7, 3), Fraction(7, 3)), (1, 1), (5, 5), ("1.000001", Fraction(1000001, 1000000)),
    ],
)  # fmt: skip
def test_decimal_is_taken_as_it_is_written(given: object, value: Fraction) -> None:
    assert score_entered(QUESTIONNAIRES["scs_sf"], {"total": given}).total == value


def test_edges_of_an_entered_mean_fall_into_their_bands() -> None:
    bands = {
        given: score_entered(QUESTIONNAIRES["scs_sf"], {"total": given}).band for given in ("2.49", "2.495", "2.5")
    }
    assert bands == {"2.49": "low", "2.495": "low", "2.5": "moderate"}
    assert score_entered(QUESTIONNAIRES["scs_sf"], {"total": "3.5"}).band == "moderate"
    assert score_entered(QUESTIONNAIRES["scs_sf"], {"total": "3.505"}).band == "high"
    assert score_entered(QUESTIONNAIRES["scs_sf"], {"total": "2.4999"}).printed == "2.4999"
    assert score_entered(QUESTIONNAIRES["roci"], {"total": "2.13"}).cut_offs[0].reached is False
    assert score_entered(QUESTIONNAIRES["roci"], {"total": "2.14"}).cut_offs[0].reached is True


@pytest.mark.parametrize(
    "wrong",
    [
        True, False, float("nan"), float("inf"), -1, 41, "-3", "ten", "", "1e1", None, [3], 10**30,
        "1_0", "\uff11\uff12", Decimal("NaN"), b"3", Fraction(41), "3.0000001",
    ],
)  # fmt: skip
def test_number_that_the_form_cannot_give_is_refused(wrong: object) -> None:
    (problem,) = refused("wsas", {"total": wrong})
    assert " takes " in problem
    assert problem.endswith("was given. Nothing was saved.")


def test_refusal_names_range_and_kind_and_never_quotes_text() -> None:
    assert refused("gad7", {"total": 22}) == ("Total takes whole numbers 0 to 21; 22 was given. Nothing was saved.",)
    assert refused("scs_sf", {"total": "0.5"}) == ("Total takes numbers 1 to 5; 0.5 was given. Nothing was saved.",)
    assert refused("gad7", {"total": 10.5}) == (
        "Total takes whole numbers 0 to 21; 10.5 was given. Nothing was saved.",
    )
    assert refused("gad7", {"total": "he said"}) == (
        "Total takes whole numbers 0 to 21; something else was given. Nothing was saved.",
    )


def test_number_too_long_to_print_is_refused_in_words() -> None:
    (problem,) = refused("wsas", {"total": 10**5000})
    assert problem == "Total takes numbers 0 to 40; a very large number was given. Nothing was saved."


def test_score_the_form_does_not_have_is_refused_with_those_it_has() -> None:
    assert refused("ecr_rs", {"total": 3}) == (
        "ECR-RS has no such score; it has avoidance, anxiety. Nothing was saved.",
    )
    assert refused("gad7", {"secret words": 3}) == ("GAD-7 has no such score; it has total. Nothing was saved.",)


def test_all_wrong_numbers_are_named_at_once_and_none_is_refused() -> None:
    assert len(refused("ecr_s", {"anxiety": 5, "avoidance": 43})) == 2
    assert len(refused("gad7", {"else": 1, "total": 22})) == 2
    assert refused("gad7", {}) == ("No number was entered. Nothing was saved.",)


def test_prorated_total_of_a_form_that_allows_it_may_have_decimals() -> None:
    assert score_entered(QUESTIONNAIRES["wsas"], {"total": "38.75"}).total == Fraction(155, 4)


def test_entered_total_says_nothing_about_a_safety_item() -> None:
    found = score_entered(QUESTIONNAIRES["phq9"], {"total": 27})
    assert [(answer.item, answer.value, answer.label) for answer in found.safety] == [
        (9, None, "not known, since only totals were entered")
    ]


def test_total_beyond_the_other_items_needs_the_safety_item() -> None:
    phq9 = QUESTIONNAIRES["phq9"]  # eight items of 0 to 3 beside item 9: up to 24 without it
    assert [needs_safety_item(phq9, Fraction(total)) for total in (0, 24, 25, 27)] == [False, False, True, True]
    of_mean = replace(
        phq9, method="mean", axis=(Fraction(0), Fraction(3)), bands=(), caseness=None, cut_offs=(),
        reliable_changes=(), smallest_differences=(),
        origins={fact: origin for fact, origin in phq9.origins.items() if fact != "bands"},
    )  # fmt: skip
    assert [needs_safety_item(of_mean, Fraction(24 + extra, 9)) for extra in (0, 1)] == [False, True]
    assert needs_safety_item(QUESTIONNAIRES["gad7"], Fraction(21)) is False


def test_response_under_a_definition_that_is_not_here_gets_no_total() -> None:
    found = not_scored("phq9", 7, {1: 3, 9: 1}, QUESTIONNAIRES["phq9"])
    assert (found.total, found.printed, found.band, found.cut_offs, found.subscales) == (None, None, None, (), ())
    assert (found.short_name, found.questionnaire_id, found.questionnaire_version) == ("PHQ-9", "phq9", 7)
    assert (found.lowest, found.highest) == (None, None)
    assert found.no_total_reason == "the definition that it was filled in under, version 7, is not here"
    assert found.answers == {1: 3, 9: 1}
    assert found.safety_above_zero, "an answer that asks for a talk is still shown"


def test_response_of_a_form_that_is_gone_altogether_is_called_by_its_id() -> None:
    found = not_scored("our_own", 1, {1: 3}, None)
    assert (found.short_name, found.safety, found.total) == ("our_own", (), None)
