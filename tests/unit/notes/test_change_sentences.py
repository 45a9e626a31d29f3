"""Sentences on change: they name scores, days and thresholds, and none of the words for a person."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.change import change_on, changes_on
from core.analysis.counts import compare_rates, describe_rate
from core.analysis.scoring import score_entered, score_response
from core.analysis.talking_therapies import talking_therapies
from core.catalogue import load_catalogue
from core.model.change import Administration
from core.model.counts import Dispersion, UnitKind
from core.model.days import Window
from core.model.readings import Asked, Rate
from core.notes.change_sentences import change_sentences, rule_set_sentences
from core.notes.count_sentences import rate_range_sentence, ratio_sentence
from tests.builders import TODAY
from tests.wording import assert_clean

QUESTIONNAIRES = load_catalogue().questionnaires
GAD7, PHQ9 = QUESTIONNAIRES["gad7"], QUESTIONNAIRES["phq9"]
START = date(2026, 1, 5)
UNKNOWN = Dispersion(factor=1.0, units=4, by=None)
BURSTS = Dispersion(factor=2.5, units=9, by=UnitKind.RECORDS)


def forms(form: str, totals: Sequence[int | None]) -> list[Administration]:
    questionnaire = QUESTIONNAIRES[form]
    return [
        Administration(
            day=START + timedelta(weeks=week),
            score=score_response(questionnaire, {1: questionnaire.items[0].minimum})
            if total is None
            else score_entered(questionnaire, {"total": total}),
        )
        for week, total in enumerate(totals)
    ]


def told(form: str, *totals: int | None) -> tuple[str, ...]:
    return change_sentences(change_on(QUESTIONNAIRES[form], forms(form, totals)))


def a_rate(count: int, days: int, window_days: int = 28) -> Rate:
    return Rate(
        window=Window.ending(TODAY, window_days),
        count=Fraction(count),
        observed_days=days,
        asked=Asked(asked=1, check_ins=1),
        refs=(),
    )


def test_scores_stand_with_their_days_and_the_points_between() -> None:
    assert told("gad7", 14, 9)[0] == "GAD-7: 14 on 5 Jan 2026 and 9 on 12 Jan 2026, 5 points lower."
    assert told("gad7", 14, 14)[0].endswith("14 on 12 Jan 2026, the same.")
    assert told("gad7", 13, 14)[0].endswith("1 point higher.")


def test_both_disagreeing_thresholds_are_told() -> None:
    assert told("gad7", 14, 10)[1] == (
        "Past the change threshold of one rule (4), not of the other (6); first time: possible change."
    )


@pytest.mark.parametrize(
    ("totals", "sentence"),
    [
        ((15, 9), "Past the change threshold (6 points, NHS Talking Therapies rule); first time: possible change."),
        (
            (15, 9, 9),
            "Past the change threshold (6 points, NHS Talking Therapies rule); twice in a row: reliable change.",
        ),
        ((15, 10), "Within the change threshold (6 points, NHS Talking Therapies rule): no clear change."),
    ],
)
def test_one_threshold_is_named_with_its_rule(totals: tuple[int, ...], sentence: str) -> None:
    assert told("phq9", *totals)[1] == sentence


def test_room_that_is_missing_is_said() -> None:
    assert "From 4 the form leaves no room to show a reliable improvement." in told("gad7", 4, 4)
    assert "From 20 the form leaves no room to show a reliable worsening." in told("gad7", 20, 20)
    assert not any("no room" in sentence for sentence in told("gad7", 10, 10))


def test_the_side_of_the_line_is_said_only_where_it_matters() -> None:
    crossed = "The first score lies on the clinical side of the cut-off c (7.7), the last on the other side."
    assert crossed in told("gad7", 14, 7)
    within = "The two scores lie on both sides of the cut-off c (7.7), with a change within error."
    assert within in told("gad7", 9, 7)
    into = "The last score lies on the clinical side of the cut-off c (7.7), the first on the other side."
    assert into in told("gad7", 7, 14)
    assert "The first score is not on the clinical side of the cut-off c (7.7)." in told("gad7", 6, 5)
    assert not any("side of" in sentence for sentence in told("gad7", 14, 12))


def test_without_two_scores_there_is_one_sentence_on_why() -> None:
    assert told("gad7", 14) == ("GAD-7: 1 complete GAD-7 so far, and two are needed.",)


def test_without_a_threshold_only_the_scores_are_said() -> None:
    scores, why = told("wsas", 20, 4)
    assert scores == "WSAS: 20 on 5 Jan 2026 and 4 on 12 Jan 2026, 16 points lower."
    assert why == "No change threshold of this form, and no error of measurement, has been read in a source."


def test_forms_without_a_score_are_counted() -> None:
    assert told("gad7", 14, None, 13)[-1] == "Without a score of all items: 1 form."


def test_the_rule_set_is_told_without_its_terms_for_a_person() -> None:
    found = talking_therapies(
        QUESTIONNAIRES, {"phq9": forms("phq9", (16, 9)), "gad7": forms("gad7", (14, 7))}, attended=6
    )
    assert found.reliable_recovery is True
    assert rule_set_sentences(found) == (
        "NHS Talking Therapies rule set: Reliable improvement by this rule set.",
        "PHQ-9: 16 on 5 Jan 2026 and 9 on 12 Jan 2026; line 10; the change reaches 6 points.",
        "GAD-7: 14 on 5 Jan 2026 and 7 on 12 Jan 2026; line 8; the change reaches 4 points.",
        "A first score reaches its line on one form or both, and no last score does.",
    )


@given(st.lists(st.none() | st.integers(0, 21), max_size=6), st.sampled_from(sorted(QUESTIONNAIRES)))
def test_no_sentence_on_change_uses_a_banned_word(totals: list[int | None], form: str) -> None:
    questionnaire = QUESTIONNAIRES[form]
    low, high = questionnaire.axis
    fitting = [
        None if total is None or not questionnaire.items else int(low + (high - low) * Fraction(total, 21))
        for total in totals
    ]
    if questionnaire.has_total:
        for change in changes_on(questionnaire, forms(form, fitting)):
            sentences = change_sentences(change)
            assert sentences
            for sentence in (*sentences, *change.would_change, *change.cautions, change.reason or ""):
                assert_clean(sentence)
            if change.status == "ok":
                assert str(change.first.printed) in sentences[0], "no verdict without its scores"


@given(*(st.lists(st.integers(0, 21), max_size=3) for _ in range(2)), st.integers(0, 3))
def test_no_sentence_on_the_rule_set_uses_a_banned_word(phq9: list[int], gad7: list[int], attended: int) -> None:
    found = talking_therapies(
        QUESTIONNAIRES, {"phq9": forms("phq9", phq9), "gad7": forms("gad7", gad7)}, attended=attended
    )
    for sentence in (*rule_set_sentences(found), *found.would_change, *found.cautions, found.reason or ""):
        assert_clean(sentence)


def test_a_zero_says_what_it_still_allows() -> None:
    found = describe_rate(a_rate(0, 7, 7), UNKNOWN)
    assert rate_range_sentence(found) == (
        "0 in 7 days still allows 3.7 a week (95 % interval); observed on 7 of 7 days"
    )


def test_a_rate_says_what_would_fit_as_well_and_on_how_many_days_it_rests() -> None:
    assert rate_range_sentence(describe_rate(a_rate(31, 28), UNKNOWN)) == (
        "5.3 to 11.0 a week would fit as well (95 % interval); observed on 28 of 28 days; "
        "assumes that events do not come in bursts"
    )
    assert rate_range_sentence(describe_rate(a_rate(4, 6), UNKNOWN)) == (
        "observed on 6 of 28 days; 6 days observed, and 7 are needed"
    )


def test_a_ratio_says_its_interval_or_why_there_is_none() -> None:
    assert ratio_sentence(compare_rates(a_rate(20, 28), a_rate(10, 28), UNKNOWN)).startswith(
        "2.0 times the earlier rate; 0.9 to 4.8 times would fit as well (95 % interval)"
    )
    assert ratio_sentence(compare_rates(a_rate(9, 28), a_rate(0, 28), UNKNOWN)).startswith(
        "at least 2.0 times the earlier rate (95 % interval)"
    )
    bursts = Dispersion(factor=500.0, units=8, by=UnitKind.RECORDS)
    assert ratio_sentence(compare_rates(a_rate(20, 28), a_rate(10, 28), bursts)).startswith(
        "2.0 times the earlier rate; 0.0 times or more would fit as well (95 % interval)"
    )
    assert ratio_sentence(compare_rates(a_rate(9, 28), a_rate(9, 12), UNKNOWN)) == (
        "recorded too differently to compare: 28 of 28 days observed in one period, 12 of 28 days in the other"
    )


@given(*(st.integers(0, 60) for _ in range(2)), *(st.integers(0, 28) for _ in range(2)), st.booleans())
def test_no_sentence_on_counts_uses_a_banned_word(
    after: int, before: int, later: int, earlier: int, bursts: bool
) -> None:
    spread = BURSTS if bursts else UNKNOWN
    later_rate, earlier_rate = a_rate(after if later else 0, later), a_rate(before if earlier else 0, earlier)
    rate, ratio = describe_rate(later_rate, spread), compare_rates(later_rate, earlier_rate, spread)
    for found, sentence in ((rate, rate_range_sentence(rate)), (ratio, ratio_sentence(ratio))):
        for each in (sentence, *found.would_change, *found.cautions, found.reason or ""):
            assert_clean(each)
        assert sentence
