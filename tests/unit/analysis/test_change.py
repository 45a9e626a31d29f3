"""Change on questionnaires: confirmation, refusals, what is told beside it, and properties of every series."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from core.analysis.change import (
    DISAGREE,
    NO_THRESHOLD,
    NOT_BEYOND,
    PRORATED,
    administrations,
    change_on,
    changes_on,
)
from core.analysis.scoring import score_entered, score_response
from core.catalogue import load_catalogue
from core.errors import InvalidInput
from core.model.change import Administration, Category, QuestionnaireChange, Sense
from core.model.findings import Direction, Status, Verdict
from core.model.questionnaire_definitions import Questionnaire
from core.model.questionnaire_facts import Norm, Origin, Reliability

CATALOGUE = load_catalogue()
GAD7, PHQ9, ROCI, OASIS = (CATALOGUE.questionnaires[form] for form in ("gad7", "phq9", "roci", "oasis"))
START = date(2026, 1, 5)
SEEN = Origin(status="seen", sources=("iapt",))
TURNED = {Direction.LOWER: Direction.HIGHER, Direction.HIGHER: Direction.LOWER, None: None}


def forms(questionnaire: Questionnaire, *totals: object) -> tuple[Administration, ...]:
    """One form a week; `None` is an incomplete one."""
    return tuple(_form(questionnaire, total, number) for number, total in enumerate(totals))


def _form(questionnaire: Questionnaire, total: object, number: int) -> Administration:
    score = (
        score_response(questionnaire, {1: 0}) if total is None else score_entered(questionnaire, {"total": str(total)})
    )
    return Administration(day=START + timedelta(weeks=number), score=score, number=number)


def change(questionnaire: Questionnaire, *totals: object) -> QuestionnaireChange:
    return change_on(questionnaire, forms(questionnaire, *totals))


def turned(questionnaire: Questionnaire) -> Questionnaire:
    """The same form read the other way: a higher score is better, and every group is mirrored."""
    high = questionnaire.axis[1]
    norms = tuple(replace(norm, mean=high - norm.mean) for norm in questionnaire.norms)
    origins = {name: origin for name, origin in questionnaire.origins.items() if name != "bands"}
    plain = replace(questionnaire, bands=(), caseness=None, cut_offs=(), origins=origins)
    return replace(plain, direction="higher_is_better", norms=norms)


def test_estimate_interval_and_span_are_of_the_first_and_the_last_form() -> None:
    found = change(GAD7, 14, 12, 8)
    assert (found.estimate, found.difference, found.used, found.missing, found.span_days) == (-6, -6, 3, 0, 14)
    reach = 1.96 * 4.5 * (2 * (1 - 0.89)) ** 0.5
    assert (found.interval.low, found.interval.high) == (pytest.approx(-6 - reach), pytest.approx(-6 + reach))
    assert found.index == pytest.approx(-6 / (reach / 1.96))
    assert found.percentage == Fraction(-600, 14)


def test_every_threshold_names_its_source() -> None:
    found = change(GAD7, 14, 8)
    assert [float(each.threshold.points) for each in found.thresholds] == [4, 6, pytest.approx(4.137, abs=5e-4)]
    assert [each.threshold.deciding for each in found.thresholds] == [True, True, False]
    assert all(each.source for each in found.parameters)
    assert any("alpha" in each.name for each in found.parameters)


def test_a_fact_known_only_from_memory_takes_no_part() -> None:
    remembered = Origin(status="memory")
    rules = tuple(replace(rule, origin=remembered) for rule in PHQ9.reliable_changes)
    reliabilities = tuple(replace(each, origin=remembered) for each in PHQ9.reliabilities)
    found = change(replace(PHQ9, reliable_changes=rules, reliabilities=reliabilities), 20, 2)
    assert (found.status, found.reason, found.thresholds) == (Status.CANNOT_JUDGE, NO_THRESHOLD, ())
    assert (found.difference, found.direction, found.category) == (-18, None, None)


def test_a_worked_out_threshold_decides_where_none_is_published() -> None:
    found = change(ROCI, 2, 0.5)
    assert [each.threshold.deciding for each in found.thresholds] == [True]
    assert float(found.thresholds[0].threshold.points) == pytest.approx(1.96 * 0.8 * (2 * 0.31) ** 0.5)
    assert found.verdict is Verdict.POSSIBLE_CHANGE
    assert found.cut_off.value == (Fraction("0.77") * Fraction("2.13") + Fraction("0.8") * Fraction("0.68")) / Fraction(
        "1.57"
    )


def test_the_worked_out_threshold_is_strict() -> None:
    exact = replace(
        PHQ9,
        reliable_changes=(),
        norms=(Norm(population="p", mean=Fraction(10), sd=Fraction(5), origin=SEEN),),
        reliabilities=(Reliability(kind="retest", value=0.5, population="p", origin=SEEN),),
    )
    assert change(exact, 20, 11).verdict is Verdict.NO_CLEAR_CHANGE
    assert change(exact, 20, 10).verdict is Verdict.POSSIBLE_CHANGE
    assert float(change(exact, 20, 10).thresholds[0].threshold.points) == pytest.approx(9.8)


def test_a_reliability_over_time_comes_before_one_within_the_form() -> None:
    names = [each.name for each in change(PHQ9, 20, 2).parameters]
    assert any(name.startswith("reliability (retest") for name in names)


def test_the_second_opinion_allows_for_an_extreme_start() -> None:
    found = change(PHQ9, 25, 18)
    assert found.second_opinion.index == pytest.approx(
        ((18 - 15.4) - 0.737 * (25 - 15.4)) / (5.5 * (1 - 0.737**2) ** 0.5)
    )
    assert not found.second_opinion.beyond_error
    assert NOT_BEYOND in found.cautions
    assert NOT_BEYOND not in change(PHQ9, 16, 1).cautions


def test_disagreeing_thresholds_are_told() -> None:
    assert DISAGREE in change(GAD7, 14, 10).cautions
    assert DISAGREE not in change(GAD7, 14, 8).cautions
    assert DISAGREE not in change(GAD7, 14, 11).cautions


@pytest.mark.parametrize(
    ("totals", "told"),
    [
        ((14, 13), "a score of 10 or below or of 18 or above would be a possible change"),
        ((20, 20), "a score of 16 or below would be a possible change"),
        ((14, 10), "two GAD-7 in a row at 8 or below make this a reliable change"),
        ((14, 8), "the next GAD-7 also at 8 or below makes this a reliable change"),
        ((8, 14), "the next GAD-7 also at 14 or above makes this a reliable change"),
        ((14, 8, 8), "a next GAD-7 that is not at 8 or below leaves no more than a possible change"),
        ((14,), "1 more complete GAD-7 of the same form"),
        ((), "2 more complete GAD-7 of the same form"),
    ],
)
def test_what_would_change_it_is_said_in_scores(totals: tuple[int, ...], told: str) -> None:
    assert change(GAD7, *totals).would_change == (told,)


def test_what_is_said_of_the_next_score_comes_true() -> None:
    assert change(GAD7, 14, 8, 8).verdict is Verdict.RELIABLE_CHANGE
    assert change(GAD7, 14, 8, 9).verdict is Verdict.POSSIBLE_CHANGE
    assert change(GAD7, 14, 13, 10).verdict is Verdict.POSSIBLE_CHANGE
    assert change(GAD7, 14, 13, 11).verdict is Verdict.NO_CLEAR_CHANGE


def test_smallest_difference_is_a_description_beside_the_threshold() -> None:
    (reading,) = change(GAD7, 14, 10).smallest_differences
    assert (reading.points, reading.reached, reading.within_error) == (4, True, True)
    (missed,) = change(GAD7, 14, 11).smallest_differences
    assert not missed.reached


def test_forms_of_two_questionnaires_are_refused() -> None:
    found = change_on(GAD7, [*forms(GAD7, 14, 8), *forms(PHQ9, 3)])
    assert (found.status, found.verdict) == (Status.REFUSED, Verdict.NOT_ENOUGH_RECORDED)
    assert found.reason == "GAD-7 and PHQ-9 are two forms, and their scores are not compared"


def test_forms_in_two_languages_are_refused() -> None:
    one, two = forms(GAD7, 14, 8)
    found = change_on(GAD7, [structs.replace(one, language="English"), structs.replace(two, language="German")])
    assert found.status is Status.REFUSED
    assert "English and German" in found.reason
    same = change_on(GAD7, [structs.replace(one, language="English"), two])
    assert same.status is Status.OK


def test_forms_under_two_versions_are_refused() -> None:
    second = replace(GAD7, version=2)
    found = change_on(second, [*forms(GAD7, 14), structs.replace(forms(second, 8)[0], day=date(2026, 3, 2))])
    assert found.status is Status.REFUSED
    assert "two versions" in found.reason


def test_only_forms_of_the_asked_version_are_compared() -> None:
    second = replace(GAD7, version=2)
    later = [structs.replace(each, day=each.day + timedelta(days=70)) for each in forms(second, 14, 10)]
    found = change_on(second, [*forms(GAD7, 3), *later])
    assert (found.difference, found.used) == (-4, 2)


def test_incomplete_forms_are_refused_and_counted() -> None:
    found = change(GAD7, 14, None)
    assert (found.status, found.used, found.missing) == (Status.REFUSED, 1, 1)
    assert found.reason == "1 of 2 forms has a score of all items, and two are needed"
    assert change(GAD7, None, None).reason == "none of 2 forms has a score of all items, and two are needed"


def test_a_prorated_total_is_told() -> None:
    rses = CATALOGUE.questionnaires["rses"]
    filled = score_response(rses, {item.number: 1 for item in rses.items if item.number != 3})
    whole = score_response(rses, {item.number: 3 for item in rses.items})
    given_forms = [
        Administration(day=START + timedelta(weeks=number), score=score) for number, score in enumerate((filled, whole))
    ]
    assert PRORATED in change_on(rses, given_forms).cautions


def test_subscales_are_compared_where_there_is_no_total() -> None:
    form = CATALOGUE.questionnaires["ecr_s"]
    scores = [score_entered(form, {"anxiety": anxiety, "avoidance": 20}) for anxiety in (40, 20)]
    given_forms = [Administration(day=START + timedelta(weeks=week), score=score) for week, score in enumerate(scores)]
    anxiety, avoidance = changes_on(form, given_forms)
    assert (anxiety.part, anxiety.label, anxiety.difference) == ("anxiety", "ECR-S, attachment anxiety", -20)
    assert (avoidance.part, avoidance.difference) == ("avoidance", 0)
    assert anxiety.reason == NO_THRESHOLD


def test_a_moved_start_leaves_earlier_forms_out() -> None:
    given_forms = forms(GAD7, 3, 14, 8)
    found = change_on(GAD7, given_forms, since=START + timedelta(days=1))
    assert (found.first.value, found.difference) == (14, -6)


def test_a_form_past_the_start_itself_does_not_confirm() -> None:
    assert change(GAD7, 14, 8).verdict is Verdict.POSSIBLE_CHANGE


def test_a_level_other_than_two_is_refused() -> None:
    with pytest.raises(InvalidInput, match="level"):
        change_on(GAD7, forms(GAD7, 14, 8), level=0.99)


def test_the_lower_level_has_a_lower_worked_out_threshold() -> None:
    points = [change_on(ROCI, forms(ROCI, 2, 1), level=level).thresholds[0].threshold.points for level in (0.9, 0.95)]
    assert points[0] == pytest.approx(points[1] * 1.645 / 1.96)


def test_without_norms_there_is_no_cut_off_and_no_first_category() -> None:
    found = change(OASIS, 20, 0)
    assert (found.cut_off, found.category, found.index) == (None, Category.IMPROVED, None)


def test_withdrawn_and_other_forms_are_left_out_of_administrations() -> None:
    from core.model.records import Recorded, RecordKind, RecordRef
    from core.model.responses import Response
    from core.model.review import ScoredResponse
    from tests.builders import CLIENT

    def scored(number: int, questionnaire: Questionnaire, *, withdrawn: bool = False) -> ScoredResponse:
        content = Response(questionnaire=questionnaire.id, questionnaire_version=1, day=START, answers={1: 0})
        ref = RecordRef(kind=RecordKind.QUESTIONNAIRE, number=number, version=1, id=CLIENT)
        response = Recorded(
            ref=ref, client_id=CLIENT, recorded_at=None, recorded_on=START, recorded_by="a", reason=None,
            withdrawn=withdrawn, content=content,
        )  # fmt: skip
        return ScoredResponse(response=response, score=score_response(questionnaire, {1: 0}))

    given_forms = administrations([scored(1, GAD7), scored(2, GAD7, withdrawn=True), scored(3, PHQ9)])["gad7"]
    assert [(each.number, each.day, each.ref.label) for each in given_forms] == [(1, START, "q1")]


TOTALS = st.lists(st.none() | st.integers(0, 21), max_size=8)


@given(TOTALS, st.randoms(use_true_random=False))
def test_the_order_of_forms_makes_no_difference(totals: Sequence[int | None], chance: Random) -> None:
    given_forms = list(forms(GAD7, *totals))
    expected = change_on(GAD7, given_forms)
    chance.shuffle(given_forms)
    assert change_on(GAD7, given_forms) == expected


@given(st.lists(st.integers(0, 21), max_size=8))
def test_turning_the_direction_round_swaps_better_and_worse(totals: Sequence[int]) -> None:
    one = change(GAD7, *totals)
    mirrored = change(turned(GAD7), *(21 - total for total in totals))
    assert (mirrored.verdict, mirrored.sense, mirrored.direction) == (one.verdict, one.sense, TURNED[one.direction])
    flipped = change_on(turned(GAD7), forms(turned(GAD7), *totals))
    swapped = {Sense.IMPROVED: Sense.DETERIORATED, Sense.DETERIORATED: Sense.IMPROVED, None: None}
    assert (flipped.verdict, flipped.sense, flipped.direction) == (one.verdict, swapped[one.sense], one.direction)


@given(st.lists(st.integers(0, 21), min_size=1, max_size=8), st.data())
def test_an_incomplete_form_never_makes_a_finding_stronger(totals: list[int], data: st.DataObject) -> None:
    order = [Verdict.NOT_ENOUGH_RECORDED, Verdict.NO_CLEAR_CHANGE, Verdict.POSSIBLE_CHANGE, Verdict.RELIABLE_CHANGE]
    which = data.draw(st.integers(0, len(totals) - 1))
    kept = [*totals[:which], None, *totals[which + 1 :]]
    before, after = change(GAD7, *totals), change(GAD7, *kept)
    if 0 < which < len(totals) - 1:
        assert order.index(after.verdict) <= order.index(before.verdict)
    if before.verdict is Verdict.NOT_ENOUGH_RECORDED:
        assert after.verdict is Verdict.NOT_ENOUGH_RECORDED


@given(TOTALS)
def test_reliable_always_rests_on_two_forms_past_every_threshold(totals: Sequence[int | None]) -> None:
    found = change(GAD7, *totals)
    complete = [total for total in totals if total is not None]
    if found.verdict is Verdict.RELIABLE_CHANGE:
        assert len(complete) >= 3
        assert all(abs(total - complete[0]) >= 6 for total in complete[-2:])
    assert (found.direction is None) == (found.verdict not in (Verdict.POSSIBLE_CHANGE, Verdict.RELIABLE_CHANGE))


def test_two_in_a_row_calls_few_unchanged_clients_changed() -> None:
    chance = Random(20261121)
    error = 4.5 * (1 - 0.89) ** 0.5
    series = [[max(0, min(21, round(chance.gauss(12, error)))) for _ in range(13)] for _ in range(600)]
    found = {"once": 0, "twice": 0}
    for totals in series:
        given_forms = forms(GAD7, *totals)
        looks = [change_on(GAD7, given_forms[: last + 1]).verdict for last in range(1, 13)]
        found["once"] += any(verdict is not Verdict.NO_CLEAR_CHANGE for verdict in looks)
        found["twice"] += Verdict.RELIABLE_CHANGE in looks
    assert found["once"] / 600 > 0.4
    assert found["twice"] / 600 < 0.03
