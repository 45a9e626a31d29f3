"""The talking-therapies rule set: what it needs, its published numbers, and its outcomes for every pair of forms."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.scoring import score_entered
from core.analysis.talking_therapies import MIXED, outcome_of, talking_therapies
from core.catalogue import load_catalogue
from core.model.change import Administration, RuleSetFinding, RuleSetOutcome, Sense
from core.model.findings import Status, Verdict

QUESTIONNAIRES = load_catalogue().questionnaires
START = date(2026, 1, 5)
Totals = tuple[int, ...]


def read(phq9: Totals, gad7: Totals, attended: int = 6) -> RuleSetFinding:
    given_forms = {form: _forms(form, totals) for form, totals in (("phq9", phq9), ("gad7", gad7))}
    return talking_therapies(QUESTIONNAIRES, given_forms, attended=attended)


def _forms(form: str, totals: Totals) -> list[Administration]:
    return [
        Administration(day=START + timedelta(weeks=week), score=score_entered(QUESTIONNAIRES[form], {"total": total}))
        for week, total in enumerate(totals)
    ]


@pytest.mark.parametrize(
    ("phq9", "gad7", "case"), [(9, 7, False), (10, 7, True), (9, 8, True), (10, 8, True), (27, 0, True)]
)
def test_a_case_is_at_the_line_of_one_form_or_more(phq9: int, gad7: int, case: bool) -> None:
    assert read((phq9, 0), (gad7, 0)).case_at_start is case


@pytest.mark.parametrize(("last", "sense"), [(11, None), (10, Sense.IMPROVED), (9, Sense.IMPROVED)])
def test_reliable_change_on_gad7_takes_four_points(last: int, sense: Sense | None) -> None:
    assert read((15, 15), (14, last)).parts["gad7"].sense is sense


@pytest.mark.parametrize(("last", "sense"), [(20, None), (21, Sense.DETERIORATED), (22, Sense.DETERIORATED)])
def test_reliable_change_on_phq9_takes_six_points(last: int, sense: Sense | None) -> None:
    assert read((15, last), (14, 14)).parts["phq9"].sense is sense


@pytest.mark.parametrize(("attended", "judged"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_contacts_must_have_been_attended(attended: int, judged: bool) -> None:
    found = read((15, 9), (14, 7), attended)
    assert (found.status is Status.OK) is judged
    assert (found.outcome is None) is not judged


def test_one_form_alone_gives_its_part_and_no_outcome() -> None:
    found = read((), (14, 7))
    assert (found.status, found.verdict) == (Status.CANNOT_JUDGE, Verdict.NOT_ENOUGH_RECORDED)
    assert list(found.parts) == ["gad7"]
    assert found.parts["gad7"].sense is Sense.IMPROVED
    assert (found.outcome, found.recovery, found.reliable_recovery) == (None, None, None)
    assert found.reason == "needs two complete PHQ-9"


def test_a_definition_without_the_rule_is_refused() -> None:
    only_gad7 = {"gad7": QUESTIONNAIRES["gad7"]}
    found = talking_therapies(only_gad7, {"gad7": _forms("gad7", (14, 7))}, attended=6)
    assert found.reason == "the definition of phq9 has no line or no points by this rule set"


def test_who_was_no_case_has_no_recovery() -> None:
    found = read((9, 3), (7, 3))
    assert (found.case_at_start, found.outcome) == (False, RuleSetOutcome.RELIABLE_IMPROVEMENT)
    assert (found.recovery, found.reliable_recovery) == (None, None)


def test_mixed_is_shown_as_mixed_and_no_change() -> None:
    found = read((20, 14), (10, 14))
    assert (found.outcome, found.verdict) == (RuleSetOutcome.MIXED, Verdict.NO_CLEAR_CHANGE)
    assert MIXED in found.cautions


def test_a_single_look_is_at_most_possible() -> None:
    assert read((27, 0), (21, 0)).verdict is Verdict.POSSIBLE_CHANGE


def test_numbers_are_the_published_ones_with_their_source() -> None:
    found = {each.name: (each.value, each.source) for each in read((15, 9), (14, 7)).parameters}
    assert [value for value, _ in found.values()] == [2, 10, 6, 8, 4]
    assert all("Talking Therapies manual" in source for _, source in found.values())


@given(st.integers(0, 27), st.integers(0, 27), st.integers(0, 21), st.integers(0, 21))
def test_the_rule_set_holds_for_every_pair_of_forms(
    phq_first: int, phq_last: int, gad_first: int, gad_last: int
) -> None:
    found = read((phq_first, phq_last), (gad_first, gad_last))
    better = phq_first - phq_last >= 6 or gad_first - gad_last >= 4
    worse = phq_last - phq_first >= 6 or gad_last - gad_first >= 4
    case = phq_first >= 10 or gad_first >= 8
    recovery = phq_last < 10 and gad_last < 8
    assert found.case_at_start is case
    assert (found.outcome in (RuleSetOutcome.RELIABLE_IMPROVEMENT, RuleSetOutcome.MIXED)) is better
    assert (found.outcome in (RuleSetOutcome.RELIABLE_DETERIORATION, RuleSetOutcome.MIXED)) is worse
    assert found.recovery is (recovery if case else None)
    assert found.reliable_recovery is (recovery and better and not worse if case else None)
    turned = read((phq_last, phq_first), (gad_last, gad_first))
    swapped = {
        RuleSetOutcome.RELIABLE_IMPROVEMENT: RuleSetOutcome.RELIABLE_DETERIORATION,
        RuleSetOutcome.RELIABLE_DETERIORATION: RuleSetOutcome.RELIABLE_IMPROVEMENT,
    }
    assert turned.outcome is swapped.get(found.outcome, found.outcome)


def test_no_form_at_all_has_no_reliable_change() -> None:
    assert outcome_of([]) is RuleSetOutcome.NO_RELIABLE_CHANGE
