"""All findings on change in one value: what takes part, what each rests on, and what the therapist set."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest
from msgspec import structs

from core.analysis.changes import ChangeRules, changes_of
from core.analysis.single_days import AGREED_POINTS, SHARE_OF_RATE
from core.errors import InvalidInput
from core.model.changes import Changes
from core.model.findings import Direction, Status, Verdict
from core.model.measures import ANXIETY, CHARTED, DISTORTIONS, REASSURANCE
from core.model.profile import Agreed, Phases
from core.model.series_findings import Against, Phase
from tests.builders import TODAY, all_recorded, check_in, daily, method, recorded, weekly
from tests.unit.charts.forms import QUESTIONNAIRES, START, filled, series

RULES = ChangeRules(method=method(), questionnaires=QUESTIONNAIRES)


def labels(found: Changes, against: Against) -> tuple[list[str], list[str]]:
    """The records of the two sides for anxiety."""
    comparison = found.measures[0].compared[against]
    return [ref.label for ref in comparison.now], [ref.label for ref in comparison.then]


def test_three_measures_are_compared_in_three_ways() -> None:
    found = changes_of(weekly(30, anxiety=5, reassurance=3), (), TODAY, rules=RULES)
    assert tuple(each.measure for each in found.measures) == CHARTED
    for each in found.measures:
        assert tuple(each.compared) == tuple(Against)
        assert {each.slope.measure, each.chart.measure} == {each.measure}


def test_nothing_recorded_is_judged_nowhere() -> None:
    found = changes_of((), (), TODAY, rules=RULES)
    for each in found.measures:
        assert {comparison.change.verdict for comparison in each.compared.values()} == {Verdict.NOT_ENOUGH_RECORDED}
        assert each.slope.status is Status.CANNOT_JUDGE
        assert each.chart.points == ()
    assert found.forms == ()
    assert found.rule_set is None


def test_each_side_names_the_check_ins_it_rests_on() -> None:
    found = changes_of(weekly(30, anxiety=5), (), TODAY, rules=RULES)
    now, before = labels(found, Against.BEFORE)
    look = found.measures[0].change(Against.BEFORE).look
    assert look is not None
    assert look.day == TODAY - timedelta(days=7)
    assert now == ["c26", "c27", "c28", "c29"]
    assert before == ["c22", "c23", "c24", "c25"]
    assert labels(found, Against.START)[1] == ["c3", "c4", "c5", "c6"]
    assert labels(found, Against.FIRST_DAYS) == ([], [])


def test_single_days_name_check_ins_of_one_day_only() -> None:
    mixed = (*daily(56, anxiety=5), recorded(check_in(TODAY, 7, anxiety=5), 99))
    found = changes_of(mixed, (), TODAY, rules=RULES)
    now, then = labels(found, Against.FIRST_DAYS)
    assert len(then) == 14
    assert "c99" not in (*now, *then)


def test_blank_check_in_is_no_evidence() -> None:
    records = weekly(30, anxiety=5)
    blank = [
        recorded(check_in(record.content.period_end, 7, reassurance=1), record.ref.number)
        if record.ref.number == 27
        else record
        for record in records
    ]
    now, _ = labels(changes_of(blank, (), TODAY, rules=RULES), Against.BEFORE)
    assert now == ["c26", "c28", "c29"]


def test_later_and_withdrawn_records_take_no_part() -> None:
    records, forms = weekly(30, anxiety=5, reassurance=3), series("gad7", (15, 12, 7))
    found = changes_of(records, forms, TODAY, rules=RULES)
    later = recorded(check_in(TODAY + timedelta(days=7), 7, anxiety=10), 50)
    gone = recorded(check_in(TODAY, 7, anxiety=0), 51, withdrawn=True)
    form = filled("gad7", 0, TODAY + timedelta(days=1), 9)
    withdrawn = filled("gad7", 0, START + timedelta(days=20), 8)
    withdrawn = structs.replace(withdrawn, response=structs.replace(withdrawn.response, withdrawn=True))
    assert changes_of((*records, later, gone), (*forms, form, withdrawn), TODAY, rules=RULES) == found


def test_order_of_rows_never_matters() -> None:
    chance = Random(7)
    records = list(weekly(40, anxiety=5, reassurance=3))
    forms = list(series("gad7", (15, None, 7)) + series("phq9", (9, 8)))
    found = changes_of(records, forms, TODAY, rules=RULES)
    for _ in range(5):
        chance.shuffle(records)
        chance.shuffle(forms)
        assert changes_of(records, forms, TODAY, rules=RULES) == found


def test_forms_stand_in_the_order_of_the_catalogue_each_subscale_for_itself() -> None:
    responses = (*series("ecr_rs", (3, 4)), *series("phq9", (9,)), *series("gad7", (15, 7)))
    found = changes_of((), responses, TODAY, rules=RULES)
    kept = [form.questionnaire.id for form in found.forms]
    order = [code for code in QUESTIONNAIRES if code in ("gad7", "phq9", "ecr_rs")]
    assert list(dict.fromkeys(kept)) == order
    parts = [form.part for form in found.forms if form.questionnaire.id == "ecr_rs"]
    assert parts == [each.id for each in QUESTIONNAIRES["ecr_rs"].subscales]


def test_rule_set_needs_one_of_its_forms_and_counts_attended_sessions() -> None:
    both = (*series("gad7", (15, 5)), *series("phq9", (14, 4)))
    attended = changes_of((), both, TODAY, rules=replace(RULES, attended=2)).rule_set
    assert attended is not None
    assert attended.status is Status.OK
    missed = changes_of((), both, TODAY, rules=replace(RULES, attended=1)).rule_set
    assert missed is not None
    assert missed.status is Status.CANNOT_JUDGE
    assert changes_of((), series("csi_4", (12, 10)), TODAY, rules=RULES).rule_set is None


def test_phases_of_the_therapist_are_set_side_by_side() -> None:
    phases = (
        Phase(day=TODAY - timedelta(weeks=5), words="second"),
        Phase(day=TODAY - timedelta(weeks=15), words="1st"),
    )
    found = changes_of(weekly(40, anxiety=5), (), TODAY, rules=replace(RULES, phases=phases))
    assert [(each.earlier, each.later) for each in found.measures[0].phases] == [("before", "1st"), ("1st", "second")]
    assert [phase.words for phase in found.phases] == ["1st", "second"]


def single_days(first: int, then: int, **names: str) -> Changes:
    """56 days one by one, the last 34 of them at another level, by the measure's name with what was agreed."""
    [(name, agreed)] = names.items()
    values = [first] * 22 + [then] * 34
    contents = [
        check_in(TODAY - timedelta(days=55 - at), 1, **{name: value + at % 2})  # type: ignore[arg-type] # by name
        for at, value in enumerate(values)
    ]
    amount = int(agreed) if agreed else None
    block = Agreed(points=amount) if name == "anxiety" else Agreed(percent=amount)
    return changes_of(all_recorded(*contents), (), TODAY, rules=replace(RULES, agreed=block))


@pytest.mark.parametrize(("agreed", "told"), [("", True), ("2", True), ("3", True), ("4", False)])
def test_agreed_points_are_the_smallest_difference_of_a_rating(agreed: str, told: bool) -> None:
    change = single_days(7, 4, anxiety=agreed).measures[0].change(Against.FIRST_DAYS)
    assert (change.direction is Direction.LOWER) == told


@pytest.mark.parametrize(("agreed", "told"), [("", True), ("40", True), ("60", False)])
def test_agreed_share_is_the_smallest_difference_of_a_count(agreed: str, told: bool) -> None:
    change = single_days(8, 4, reassurance=agreed).measures[1].change(Against.FIRST_DAYS)
    assert (change.direction is Direction.LOWER) == told


def test_parameters_say_what_was_agreed_and_what_is_the_default() -> None:
    def told(found: Changes, place: int) -> dict[str, tuple[object, str]]:
        change = found.measures[place].change(Against.FIRST_DAYS)
        return {each.name: (each.value, each.source) for each in change.parameters}

    default = changes_of((), (), TODAY, rules=RULES)
    agreed = changes_of((), (), TODAY, rules=replace(RULES, agreed=Agreed(points=2, percent=50)))
    smallest, part = "smallest difference (a rating)", "part of the first rate (a count)"
    assert told(default, 0)[smallest] == (AGREED_POINTS, "project default")
    assert told(default, 1)[part] == (SHARE_OF_RATE, "project default")
    assert told(agreed, 0)[smallest] == (Fraction(2), "agreed with the client beforehand")
    assert told(agreed, 2)[part] == (Fraction(1, 2), "agreed with the client beforehand")


def test_agreed_amount_of_each_measure() -> None:
    agreed = Agreed(points=2, percent=40)
    assert agreed.amount(ANXIETY) == 2
    assert agreed.amount(REASSURANCE) == agreed.amount(DISTORTIONS) == Fraction(2, 5)
    assert Agreed().amount(ANXIETY) is None
    assert Agreed().amount(REASSURANCE) is None


@pytest.mark.parametrize(("points", "percent"), [(0, None), (6, None), (None, 9), (None, 91)])
def test_agreed_amounts_out_of_range_are_refused(points: int | None, percent: int | None) -> None:
    with pytest.raises(InvalidInput, match="Nothing was saved"):
        Agreed(points=points, percent=percent)


@pytest.mark.parametrize(("points", "percent"), [(1, 10), (5, 90)])
def test_agreed_amounts_at_the_ends_are_taken(points: int, percent: int) -> None:
    assert Agreed(points=points, percent=percent).points == points


@pytest.mark.parametrize(
    ("phases", "told"),
    [
        ((Phase(day=TODAY, words="  "),), "is empty"),
        ((Phase(day=TODAY, words="x" * 61),), "61 characters"),
        ((Phase(day=TODAY, words="a"), Phase(day=TODAY, words="b")), "Two phases begin on 21 May 2026"),
        (tuple(Phase(day=TODAY - timedelta(days=at), words="a") for at in range(13)), "13 phases"),
    ],
)
def test_phases_that_cannot_be_kept_are_refused(phases: tuple[Phase, ...], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        Phases(phases=phases)
