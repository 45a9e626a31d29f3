"""The arithmetic of two scores, against published worked examples and at its edges."""

from fractions import Fraction
from math import inf, nan, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.reliable_change import (
    Spread,
    category_of,
    change_threshold,
    cut_off_points,
    error_of_difference,
    gulliksen_lord_novick,
    percentage_change,
    reliable_change_index,
    z_of,
)
from core.errors import InvalidInput
from core.model.change import Category, ChangeThreshold, CutOffPoint, Sense, SubCase

# Three forms with reliability, standard deviation, error of a difference and threshold as printed in table 1 of
# PMC8944273 (read in a stored copy): CDRS-R, CGAS, YMRS.
PRINTED_TABLE = [(0.79, 7.30, 4.73, 9.27), (0.91, 12.90, 5.47, 10.73), (0.73, 7.19, 5.28, 10.36)]

# The worked example of Jacobson and Truax 1991 (from memory): marital satisfaction, higher is better. A score of 32.5
# and then 47.5; SD 7.5 and r 0.80; means 40 and 60, both SDs 7.5. RC 3.16; a 55, b 45, c 50.
JACOBSON_TRUAX_1991 = {"first": 32.5, "last": 47.5, "sd": 7.5, "r": 0.80, "error": 4.74, "index": 3.16}

# The numbers of the test of the R package clinicalsignificance for the method of Gulliksen, Lord and Novick (read in a
# stored copy): M 5, SD 7, r 0.80, all to 2; worked here with the formula printed in a public script on the same method
# by Rudolph (read in a stored copy).
NOVICK_CASES = [(30, 2, -23 / 4.2), (20, 2, -15 / 4.2), (10, 2, -7 / 4.2), (2, 2, -0.6 / 4.2)]


@pytest.mark.parametrize(("reliability", "sd", "error", "points"), PRINTED_TABLE)
def test_threshold_is_the_one_of_the_printed_table(reliability: float, sd: float, error: float, points: float) -> None:
    assert error_of_difference(sd, reliability) == pytest.approx(error, abs=0.006)
    assert change_threshold(sd, reliability) == pytest.approx(points, abs=0.006)


def test_index_is_that_of_the_first_publication() -> None:
    case = JACOBSON_TRUAX_1991
    assert error_of_difference(case["sd"], case["r"]) == pytest.approx(case["error"], abs=0.005)
    difference = Fraction(case["last"]) - Fraction(case["first"])
    assert reliable_change_index(difference, case["sd"], case["r"]) == pytest.approx(case["index"], abs=0.005)


def test_lines_are_those_of_the_first_publication() -> None:
    clinical, functional = Spread(mean=Fraction(40), sd=Fraction(15, 2)), Spread(mean=Fraction(60), sd=Fraction(15, 2))
    lines = cut_off_points(clinical, functional, higher_is_worse=False)
    assert lines == {"a": (55, False), "b": (45, False), "c": (50, True)}


@pytest.mark.parametrize(
    ("sd", "reliability", "points"), [(4.5, 0.92, 3.53), (4.5, 0.83, 5.14), (5.5, 0.89, 5.06), (5.5, 0.84, 6.10)]
)
def test_threshold_follows_the_reliability(sd: float, reliability: float, points: float) -> None:
    assert change_threshold(sd, reliability) == pytest.approx(points, abs=0.005)


@pytest.mark.parametrize(("first", "last", "index"), NOVICK_CASES)
def test_second_opinion_is_that_of_the_published_code(first: int, last: int, index: float) -> None:
    population = Spread(mean=Fraction(5), sd=Fraction(7))
    assert gulliksen_lord_novick(Fraction(first), Fraction(last), population, 0.8) == pytest.approx(index)


def test_b_uses_the_spread_of_the_functional_group() -> None:
    lines = cut_off_points(
        Spread(mean=Fraction(20), sd=Fraction(10)), Spread(mean=Fraction(5), sd=Fraction(2)), higher_is_worse=True
    )
    assert lines["b"][0] == 9
    assert lines["a"][0] == 0


def test_groups_that_do_not_overlap_use_b() -> None:
    lines = cut_off_points(
        Spread(mean=Fraction(30), sd=Fraction(2)), Spread(mean=Fraction(5), sd=Fraction(2)), higher_is_worse=True
    )
    assert {kind: used for kind, (_, used) in lines.items()} == {"a": False, "b": True, "c": False}


@pytest.mark.parametrize(("clinical", "functional", "used"), [(True, False, "a"), (False, True, "b")])
def test_one_group_alone_gives_its_own_line(clinical: bool, functional: bool, used: str) -> None:
    group = Spread(mean=Fraction(10), sd=Fraction(3))
    lines = cut_off_points(group if clinical else None, group if functional else None, higher_is_worse=True)
    assert lines == {used: (Fraction(4) if used == "a" else Fraction(16), True)}


def test_no_group_gives_no_line() -> None:
    assert cut_off_points(None, None, higher_is_worse=True) == {}


@pytest.mark.parametrize("sd", [0, -1, nan, inf])
def test_a_spread_that_is_none_is_refused(sd: float) -> None:
    with pytest.raises(InvalidInput, match="standard deviation"):
        change_threshold(sd, 0.8)


@pytest.mark.parametrize("reliability", [0, 1, -0.2, 1.2, nan])
def test_a_reliability_that_is_none_is_refused(reliability: float) -> None:
    with pytest.raises(InvalidInput, match="reliability"):
        change_threshold(5, reliability)
    with pytest.raises(InvalidInput, match="reliability"):
        gulliksen_lord_novick(Fraction(9), Fraction(4), Spread(mean=Fraction(8), sd=Fraction(5)), reliability)


def test_both_mistakes_are_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        error_of_difference(0, 1)
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize(("level", "z"), [(0.90, 1.645), (0.95, 1.96)])
def test_two_levels_can_be_chosen(level: float, z: float) -> None:
    assert z_of(level) == z
    assert change_threshold(5, 0.8, level=level) == pytest.approx(z * 5 * sqrt(0.4))


def test_another_level_is_refused() -> None:
    with pytest.raises(InvalidInput, match="level"):
        z_of(0.99)


@pytest.mark.parametrize(("points", "published", "worked_out"), [(3, False, False), (4, True, False), (5, True, True)])
def test_a_published_number_is_taken_in_and_a_worked_out_one_is_not(
    points: int, published: bool, worked_out: bool
) -> None:
    for difference in (Fraction(points), Fraction(-points)):
        assert (
            ChangeThreshold(points=Fraction(4), inclusive=True, rule="r", source="s", deciding=True).passed(difference)
            is published
        )
        assert ChangeThreshold(points=4.0, inclusive=False, rule="r", source="s", deciding=True).passed(
            difference
        ) is worked_out  # fmt: skip


def test_an_error_of_rounding_does_not_pass_a_threshold() -> None:
    threshold = ChangeThreshold(points=0.1 + 0.2, inclusive=False, rule="r", source="s", deciding=True)
    assert not threshold.passed(Fraction(3, 10))
    assert ChangeThreshold(points=0.1 + 0.2, inclusive=True, rule="r", source="s", deciding=True).passed(
        Fraction(3, 10)
    )


LINE = CutOffPoint(kind="c", value=Fraction(8), source="s", used=True, higher_is_worse=True)


@pytest.mark.parametrize(
    ("first", "last", "sense", "category", "beside"),
    [
        (9, 7, Sense.IMPROVED, Category.RECOVERED, ()),
        (9, 8, Sense.IMPROVED, Category.IMPROVED, ()),
        (8, 7, Sense.IMPROVED, Category.IMPROVED, ()),
        (7, 2, Sense.IMPROVED, Category.IMPROVED, (SubCase.STARTED_FUNCTIONAL,)),
        (9, 7, None, Category.UNCHANGED, (SubCase.CROSSED_WITHIN_ERROR,)),
        (7, 9, None, Category.UNCHANGED, (SubCase.STARTED_FUNCTIONAL, SubCase.CROSSED_WITHIN_ERROR)),
        (9, 10, None, Category.UNCHANGED, ()),
        (9, 15, Sense.DETERIORATED, Category.DETERIORATED, ()),
        (
            7, 9, Sense.DETERIORATED, Category.DETERIORATED,
            (SubCase.STARTED_FUNCTIONAL, SubCase.CROSSED_INTO_CLINICAL_RANGE),
        ),
    ],
)  # fmt: skip
def test_a_score_on_a_worked_out_line_is_on_neither_side(
    first: int, last: int, sense: Sense | None, category: Category, beside: tuple[SubCase, ...]
) -> None:
    assert category_of(Fraction(first), Fraction(last), sense, LINE) == (category, beside)


def test_without_a_line_nobody_is_on_a_side() -> None:
    assert category_of(Fraction(20), Fraction(0), Sense.IMPROVED, None) == (Category.IMPROVED, ())


@pytest.mark.parametrize(
    ("first", "last", "lowest", "expected"),
    [(2, 1, 0, -50), (10, 15, 0, 50), (0, 4, 0, None), (6, 3, 3, None), (8, 8, 0, 0)],
)
def test_percentage_needs_a_true_zero_and_a_first_score_above_it(
    first: int, last: int, lowest: int, expected: int | None
) -> None:
    assert percentage_change(Fraction(first), Fraction(last), Fraction(lowest)) == expected


@given(
    st.integers(0, 50), st.integers(0, 50), st.integers(1, 49), st.integers(1, 12), st.integers(1, 12), st.booleans()
)
def test_turning_the_scale_round_swaps_the_sides_and_keeps_the_category(
    first: int, last: int, gap: int, clinical_sd: int, functional_sd: int, changed: bool
) -> None:
    clinical = Spread(mean=Fraction(25 + gap, 2), sd=Fraction(clinical_sd))
    functional = Spread(mean=Fraction(25 - gap, 2), sd=Fraction(functional_sd))
    down, up = Sense.IMPROVED, Sense.DETERIORATED
    sense = (down if last < first else up) if changed and last != first else None

    def turned(group: Spread) -> Spread:
        return Spread(mean=50 - group.mean, sd=group.sd)

    lines = cut_off_points(clinical, functional, higher_is_worse=True)
    mirrored = cut_off_points(turned(clinical), turned(functional), higher_is_worse=False)
    assert mirrored == {kind: (50 - value, used) for kind, (value, used) in lines.items()}
    found = category_of(Fraction(first), Fraction(last), sense, _point(lines, worse=True))
    assert found == category_of(Fraction(50 - first), Fraction(50 - last), sense, _point(mirrored, worse=False))


def _point(lines: dict[str, tuple[Fraction, bool]], *, worse: bool) -> CutOffPoint:
    kind, value = next((kind, value) for kind, (value, used) in lines.items() if used)
    return CutOffPoint(kind=kind, value=value, source="s", used=True, higher_is_worse=worse)
